"""``news-digest new``: a valid file, named rightly, in nobody's way."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.errors import Severity
from pelican.plugins.news_digest.frontmatter.reader import read_archive
from tests.builders import front_matter
from tests.newsdesk.incoming.feed_host import FeedHost

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem
    from tests.conftest import Site

LINK = "https://www.harbour.example/night-ferry"


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site with one item, in its folder."""
    site.settings(TIMEZONE="Pacific/Auckland", PLUGINS=[], THEME="simple")
    site.write(
        "news/a.md",
        front_matter(
            webUrl="https://harbour.example/old",
            topics="\n  - Port Ellery\n  - Transport",
            provider="{name: Harbour Radio, domain: harbour.example}",
        ),
    )
    monkeypatch.chdir(site.root)
    return site


def item_in(path: Path) -> NewsItem:
    """Return the item of one file, as a build reads it, which has nothing to say about it."""
    archive = read_archive(path.parents[1], timezone="Pacific/Auckland")
    assert [] == [said for said in archive.diagnostics if said.severity is not Severity.NOTE]
    return next(item for item in archive.items if item.source_path.endswith(path.name))


def test_file_is_valid_and_spelled_as_the_site_spells(here: Site, capsys: pytest.CaptureFixture[str]):
    """The source is known by its host, topics by their letters; day and name are those of the site's zone."""
    arguments = ["--link", LINK, "--topic", "port ellery", "-t", "TRANSPORT", "--date", "2026-05-03T20:30:00Z"]
    assert 0 == main(["new", "Ferry runs all night", "--excerpt", "Six boats.", *arguments])
    path = here.root / "content" / "news" / "2026-05-04-ferry-runs-all-night.md"
    assert "content/news/2026-05-04-ferry-runs-all-night.md\n" == capsys.readouterr().out
    item = item_in(path)
    assert ("Ferry runs all night", "Six boats.", LINK) == (item.title, item.excerpt, item.url)
    assert ("Port Ellery", "Transport") == item.topics
    assert item.provider is not None
    assert ("Harbour Radio", "harbour.example") == (item.provider.name, item.provider.domain)
    assert datetime(2026, 5, 3, 20, 30, tzinfo=UTC) == item.date
    assert item.status == "published"


def test_date_is_now_unless_said(here: Site, capsys: pytest.CaptureFixture[str]):
    """The moment is the file's, and its day in the site's zone the name's."""
    before = datetime.now(UTC).replace(microsecond=0)
    assert 0 == main(["new", "Now", "--link", ""])
    path = here.root / capsys.readouterr().out.strip()
    item = item_in(path)
    assert before <= item.date <= before + timedelta(minutes=1)
    assert path.name.startswith(item.date.astimezone(ZoneInfo("Pacific/Auckland")).date().isoformat())


def test_nothing_is_overwritten(here: Site, capsys: pytest.CaptureFixture[str]):
    """The same title on the same day is refused, and the first file stays as it was."""
    first = ["new", "Ferry", "--link", "", "--date", "2026-05-03"]
    assert 0 == main(first)
    path = here.root / capsys.readouterr().out.strip()
    path.write_text(path.read_text(encoding="utf-8") + "My words.\n", encoding="utf-8")
    assert 1 == main(first)
    assert f"news-digest: {path.relative_to(here.root)} already exists" in capsys.readouterr().err
    assert "My words." in path.read_text(encoding="utf-8")


def test_link_that_stands_in_another_file_is_refused(here: Site, capsys: pytest.CaptureFixture[str]):
    """Two spellings of one address are one; --again says that it is meant."""
    again = ["new", "Once more", "--link", "http://www.harbour.example/old/?utm_source=x"]
    assert 1 == main(again)
    assert "news/a.md already has this link" in capsys.readouterr().err
    assert 0 == main([*again, "--again"])


def test_new_topic_that_looks_like_another_is_said(here: Site, capsys: pytest.CaptureFixture[str]):
    """A misspelled topic is written as it is, and what was meant is named."""
    assert 0 == main(["new", "Trams", "--link", "", "--topic", "Transprot"])
    assert "'Transprot' is a new topic; the site already has 'Transport'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("expected", "arguments"),
    [
        ("the item needs a headline", [""]),
        ("the item needs a headline", []),
        ("'ftp://a.example/' is ", ["T", "--link", "ftp://a.example/"]),
        ("'soon' is not a date; use YYYY-MM-DD", ["T", "--link", "", "--date", "soon"]),
        ("an item without a link is your own", ["T", "--link", "", "--provider", "The Post"]),
    ],
)
def test_what_cannot_be_used_is_said(
    expected: str, arguments: list[str], here: Site, capsys: pytest.CaptureFixture[str]
):
    """Exit code 2, one sentence, and no file."""
    assert 2 == main(["new", *arguments])
    assert expected in capsys.readouterr().err
    assert ["a.md"] == [path.name for path in (here.root / "content" / "news").iterdir()]


def typed(answers: list[str], *command: str, cwd: Path) -> tuple[int, str]:
    """Run ``news-digest`` on a terminal of its own, type *answers*, and return exit code and screen."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "pelican.plugins.news_digest", *command],
        cwd=cwd,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "COLUMNS": "200"},
    )
    os.close(theirs)
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    screen = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        screen += part
    os.close(ours)
    return process.wait(timeout=30), screen.decode()


def test_terminal_is_asked_for_everything(here: Site):
    """A wrong answer is explained and asked for again; an empty one takes what stands in brackets."""
    answers = [
        "",
        "Ferry runs all night",
        "harbour.example",
        LINK,
        "",
        "Six boats.",
        "transport, Ferries",
        "2026-05-03",
    ]
    code, screen = typed([*answers, "2026-05-03"], "new", cwd=here.root)
    assert 0 == code, screen
    for words in ("the item needs a headline", "give the full https URL", "Source [Harbour Radio]", "(such as "):
        assert words in screen
    item = item_in(here.root / "content" / "news" / "2026-05-03-ferry-runs-all-night.md")
    assert ("Transport", "Ferries") == item.topics
    assert item.provider is not None
    assert "Harbour Radio" == item.provider.name


@pytest.fixture
def host() -> Iterator[FeedHost]:
    """Start a host of this test's own."""
    started = FeedHost()
    yield started
    started.close()


def test_a_url_fills_the_rest_from_its_page(here: Site, host: FeedHost, capsys: pytest.CaptureFixture[str]):
    """Headline, excerpt, picture, source, date and language; what the command line says counts for more."""
    head = (
        '<meta property="og:title" content="Ferry runs all night"><meta property="og:site_name" content="Quay News">'
        '<meta property="og:description" content="Six boats."><meta property="og:image" content="/f.jpg">'
        '<meta property="article:published_time" content="2026-05-03T08:00:00Z">'
    )
    url = host.set("/ferry", f'<html lang="en-nz"><head>{head}</head></html>')
    assert 0 == main(["new", url, "-t", "Transport", "--excerpt", "Mine.", "--allow-host", host.name])
    item = item_in(here.root / "content" / "news" / "2026-05-03-ferry-runs-all-night.md")
    assert ("Ferry runs all night", "Mine.", url, "en-NZ") == (item.title, item.excerpt, item.url, item.lang)
    assert item.provider is not None
    assert "Quay News" == item.provider.name
    assert [host.url("/f.jpg")] == [image.url for image in item.images]
    assert 1 == main(["new", url, "--allow-host", host.name])
    assert "already has this link" in capsys.readouterr().err


def test_a_page_that_cannot_be_had_is_said(
    here: Site, host: FeedHost, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """Then a person says the rest, or nothing is written."""
    assert 2 == main(["new", host.url("/missing"), "--allow-host", host.name])
    assert "the host answered 404; its headline has to be typed" in capsys.readouterr().err
    assert 2 == main(["new", "http://me:pw@harbour.example/", "--allow-host", host.name])
    monkeypatch.setattr("pelican.plugins.news_digest.newsdesk.incoming.web_page.TIME_S", 1.5)
    assert 2 == main(["new", host.set("/deep", "<div>" * 200_000), "--allow-host", host.name])
    assert "the page cannot be read: it took longer than 1.5 s" in capsys.readouterr().err
    assert 1 == len(list((here.root / "content" / "news").iterdir()))
