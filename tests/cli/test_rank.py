"""``news-digest rank`` writes what changed, tells why, and leaves everything else alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.cli import rank
from pelican.plugins.news_digest.cli.main import main

if TYPE_CHECKING:
    from tests.conftest import Site

FERRY = """\
---
# Kept as it is
title: "Night ferry to Tern Island to run from June"  # theirs
excerpt: 'The harbour board has approved an all-night ferry between Port Ellery and Tern Island.'
publishedDateTime: 2026-05-04T08:00:00Z
webUrl: "https://harbour.example/ferry"
---
"""
AGAIN = """\
---
title: "All-night ferry to Tern Island approved"
excerpt: "A night ferry between Port Ellery and Tern Island will run from June, the harbour board said."
publishedDateTime: 2026-05-04T10:00:00Z
webUrl: "https://radio.example/night"
---
"""
OLD = """\
---
title: "Seal pups counted"
publishedDateTime: 2026-01-04T10:00:00Z
webUrl: "https://radio.example/seals"
---
"""


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site with two reports of one story and an old item, in its folder."""
    site.settings(TIMEZONE="UTC", PLUGINS=[], THEME="simple")
    for name, text in (("a", FERRY), ("b", AGAIN), ("old", OLD)):
        site.write(f"news/{name}.md", text)
    monkeypatch.chdir(site.root)
    return site


def texts(site: Site) -> dict[str, str]:
    """Return the text of each item's file."""
    return {path.stem: path.read_text(encoding="utf-8") for path in (site.root / "content" / "news").iterdir()}


def test_it_writes_what_changed_and_nothing_else(here: Site, capsys: pytest.CaptureFixture[str]):
    """Files get their keys, comments and quotes stay; old files are left alone; a second run changes nothing."""
    assert main(["rank"]) == 0
    said = capsys.readouterr()
    assert ("2 items, 1 story, 1 published; 2 files changed\n", "") == (said.out, said.err)
    first = texts(here)
    assert first["a"].startswith(FERRY.removesuffix("---\n"))
    assert "story: night-ferry-to-tern-island-to-run-from-june\n" in first["a"]
    assert "story: night-ferry-to-tern-island-to-run-from-june\n" in first["b"]
    assert first["old"] == OLD
    assert main(["rank"]) == 0
    assert "0 files changed" in capsys.readouterr().out
    assert texts(here) == first


def test_all_reaches_old_files(here: Site):
    """With --all, older files are ranked, too."""
    assert main(["rank", "--all"]) == 0
    assert "quality: 50\n" in texts(here)["old"]


def test_a_dry_run_writes_nothing(here: Site, capsys: pytest.CaptureFixture[str]):
    """It lists what would change, file by file."""
    before = texts(here)
    assert main(["rank", "--dry-run"]) == 0
    said = capsys.readouterr().out
    assert "news/a.md: story: night-ferry" in said
    assert "2 files would change" in said
    assert texts(here) == before


def test_a_sum_is_explained(here: Site, capsys: pytest.CaptureFixture[str]):
    """Each part of the quality is told, then story, heat and what follows; nothing is written."""
    before = texts(here)
    assert main(["rank", "--explain", "a"]) == 0
    expected = """\
a: Night ferry to Tern Island to run from June
  +50  every item
  +10  a headline of good length
  +15  an excerpt that says something
   +5  the first report of its story
   80  quality
       story: night-ferry-to-tern-island-to-run-from-june, 2 reports
  100  heat: quality, and 20 for each of 1 other source
       published
"""
    assert expected == capsys.readouterr().out
    assert texts(here) == before


@pytest.mark.parametrize(("slug", "said"), [("aa", "no item is called 'aa'"), ("old", "older than DIGEST_RANK_DAYS")])
def test_what_cannot_be_explained_is_said(here: Site, capsys: pytest.CaptureFixture[str], slug: str, said: str):
    """Who asks for an item that is not there, or not looked at, learns that."""
    del here
    assert main(["rank", "--explain", slug]) == 2
    assert said in capsys.readouterr().err


def test_a_file_that_cannot_be_edited_stops_no_other(here: Site, capsys: pytest.CaptureFixture[str]):
    """It is named and left alone; the others are written, and the command says that not all went well."""
    broken = AGAIN.replace("title:", "? quality\n: 7\ntitle:").replace("---\n", "---\ncurated: {quality: 80}\n", 1)
    here.write("news/b.md", broken)
    assert main(["rank"]) == 1
    assert "news/b.md" in capsys.readouterr().err
    assert texts(here)["b"] == broken
    assert "ranked:" in texts(here)["a"]


def test_weights_of_sources_count(here: Site):
    """What sources.yaml adds to a feed's items is part of their quality."""
    (here.root / "sources.yaml").write_text("- feed: https://radio.example/feed\n  weight: -30\n", encoding="utf-8")
    imported = "imported:\n  source: https://radio.example/feed\n  id: x\n  first_seen: 2026-05-30T00:00:00Z\n"
    here.write("news/b.md", AGAIN.replace("---\n", f"---\n{imported}", 1))
    assert main(["rank"]) == 0
    assert "quality: 45\n" in texts(here)["b"]


def test_settings_that_are_not_understood_stop_it(here: Site, capsys: pytest.CaptureFixture[str]):
    """A name that counts for nothing is said, with the one that was probably meant."""
    here.settings(TIMEZONE="UTC", PLUGINS=[], THEME="simple", DIGEST_QUALITY=["pictures=20"])
    assert main(["rank"]) == 2
    assert "did you mean picture?" in capsys.readouterr().err
    assert texts(here)["a"] == FERRY


def test_many_files_are_written_by_several_processes(here: Site, monkeypatch: pytest.MonkeyPatch):
    """The result is the same, and what comes next finds the files read."""
    monkeypatch.setattr(rank, "MANY", 1)
    assert main(["rank"]) == 0
    assert "ranked:" in texts(here)["a"]
    assert "ranked:" in texts(here)["b"]
