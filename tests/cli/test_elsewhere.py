"""``news-digest import FROM``: items of other places are taken over once, and a person's hand stays above them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.errors import Severity
from pelican.plugins.news_digest.frontmatter.reader import read_archive
from tests.builders import front_matter
from tests.newsdesk.incoming.feed_host import FeedHost

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem
    from tests.conftest import Site

BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8"><TITLE>Bookmarks</TITLE><H1>Bookmarks</H1>
<DL><p>
  <DT><H3 PERSONAL_TOOLBAR_FOLDER="true">Bar</H3>
  <DL><p>
    <DT><H3>Harbour</H3>
    <DL><p>
      <DT><A HREF="https://harbour.example/ferry?utm_source=x" ADD_DATE="1777809600"
      TAGS="Sea,Night">Night &amp; ferry</A>
      <DD>Six boats, and no last one.
      <DT><A HREF="javascript:alert(1)" ADD_DATE="1777809600">Bookmarklet</A>
    </DL><p>
    <DT><A HREF="https://quay.example/" ADD_DATE="1777809600000000"></A>
  </DL><p>
  <DT><A HREF="https://future.example/" ADD_DATE="99999999999">Later</A>
</DL><p>
"""


def api_item(number: int, **more: Any) -> dict[str, Any]:
    """Return an item as the JSON API has it."""
    return {
        "path": f"_news/2026-05-0{number}-ferry.md",
        "title": f"Ferry {number}",
        "excerpt": "Late.",
        "sourceUrl": None,
        "webUrl": f"https://harbour.example/{number}",
        "originalUrl": None,
        "heat": 70 + number,
        "tags": None,
        "images": [{"url": "https://harbour.example/f.jpg", "width": 640, "height": 360, "title": None}],
        "type": "article",
        "publishedDateTime": f"2026-05-0{number}T12:00:00Z",
        "provider": {"name": "Harbour Radio", "domain": "harbour.example", "images": None, "publishers": None},
        "topics": ["Port Ellery"],
        **more,
    }


@pytest.fixture
def here(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site without items, in its folder."""
    site.settings(PLUGINS=[], THEME="simple")
    (site.root / "content" / "news").mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(site.root)
    return site


def items(here: Site) -> dict[str, NewsItem]:
    """Return the items by their file's name; a build has nothing to say about them."""
    archive = read_archive(here.root / "content", timezone="UTC")
    assert [] == [said for said in archive.diagnostics if said.severity is Severity.ERROR]
    return {item.slug: item for item in archive.items}


def test_bookmarks_become_items(here: Site, capsys: pytest.CaptureFixture[str]):
    """Folders and tags are topics, a browser's own bars are none; notes are excerpts; nothing lies in the future."""
    (here.root / "marks.html").write_text(BOOKMARKS, encoding="utf-8")
    assert 0 == main(["import", "marks.html"])
    assert (
        "3 new files; 0 there already, 0 deleted here, 1 refused\n  1: the link is not an http"
        in capsys.readouterr().out
    )
    found = items(here)
    ferry = found["2026-05-03-night-and-ferry"]
    assert ("Night & ferry", "Six boats, and no last one.", ("Harbour", "Sea", "Night")) == (
        ferry.title,
        ferry.excerpt,
        ferry.topics,
    )
    assert "2026-05-03-quay-example" in found
    assert not [item for item in found.values() if item.date.year > 2100]


@pytest.fixture
def host() -> Iterator[FeedHost]:
    """Start a host of this test's own."""
    started = FeedHost()
    yield started
    started.close()


def write_api(folder: Path) -> dict[str, dict[str, Any]]:
    """Write a JSON API of two pages, and return it."""
    pages: dict[str, dict[str, Any]] = {
        "index.json": {"page": 1, "value": [api_item(3), api_item(2)], "nextPage": 2},
        "page/2/index.json": {"page": 2, "value": [api_item(1, images=None), {"title": ""}], "nextPage": None},
    }
    for name, page in pages.items():
        path = folder / "api" / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(page), encoding="utf-8")
    return pages


def test_a_json_api_is_taken_over_page_by_page(here: Site, capsys: pytest.CaptureFixture[str]):
    """From a folder, under the names that its files have; null is nothing."""
    write_api(here.root / "old")
    assert 0 == main(["import", "old"])
    assert "3 new files; 0 there already, 0 deleted here, 1 refused\n  1: no title\n" == capsys.readouterr().out
    found = items(here)
    assert {"2026-05-01-ferry", "2026-05-02-ferry", "2026-05-03-ferry"} == found.keys()
    ferry = found["2026-05-03-ferry"]
    assert ("Ferry 3", 73, ("Port Ellery",)) == (ferry.title, ferry.heat, ferry.topics)
    assert ferry.provider is not None
    assert "Harbour Radio" == ferry.provider.name
    assert () == found["2026-05-01-ferry"].images


@pytest.mark.parametrize("path", ["/site/", "/site", "/site/api/news/", "/site/api/news/index.json"])
def test_a_json_api_is_taken_over_from_its_address(here: Site, host: FeedHost, tmp_path: Path, path: str):
    """Of the site, or of the API itself."""
    for name, page in write_api(tmp_path / "api-files").items():
        host.set(f"/site/api/news/{name}", json.dumps(page))
    assert 0 == main(["import", host.url(path), "--allow-host", host.name])
    assert 3 == len(items(here))


def test_a_folder_of_items_is_copied_as_it_is(here: Site, capsys: pytest.CaptureFixture[str]):
    """Byte for byte, below `_news` or in itself; links that are here already are not, whatever they are called."""
    here.write("news/mine.md", front_matter(webUrl="https://harbour.example/1"))
    old = here.root / "old" / "_news"
    old.mkdir(parents=True)
    texts = {f"{n}.md": front_matter(webUrl=f"https://www.harbour.example/{n}/").replace("\n", "\r\n") for n in (1, 2)}
    for name, text in texts.items():
        (old / name).write_bytes(text.encode())
    assert 0 == main(["import", "old"])
    assert "1 new file; 1 there already, 0 deleted here, 0 refused\n" == capsys.readouterr().out
    assert texts["2.md"].encode() == (here.root / "content" / "news" / "2.md").read_bytes()
    assert not (here.root / "content" / "news" / "1.md").exists()


def test_a_second_time_nothing_is_written_and_nothing_comes_back(here: Site, capsys: pytest.CaptureFixture[str]):
    """What was deleted or edited since stays deleted and edited."""
    write_api(here.root / "old")
    (here.root / "marks.html").write_text(BOOKMARKS, encoding="utf-8")
    main(["import", "old"])
    main(["import", "marks.html"])
    news = here.root / "content" / "news"
    (news / "2026-05-01-ferry.md").unlink()
    (news / "2026-05-03-quay-example.md").unlink()
    (news / "2026-05-02-ferry.md").write_text(front_matter(title="Mine"), encoding="utf-8")
    before = {path: path.read_bytes() for path in news.iterdir()}
    capsys.readouterr()
    assert 0 == main(["import", "old"])
    assert 0 == main(["import", "marks.html"])
    assert before == {path: path.read_bytes() for path in news.iterdir()}
    assert "0 new files; 2 there already, 1 deleted here, 1 refused" in capsys.readouterr().out


def test_a_dry_run_only_counts(here: Site, capsys: pytest.CaptureFixture[str]):
    """Nothing is written, the list beside the items included."""
    write_api(here.root / "old")
    assert 0 == main(["import", "old", "--dry-run"])
    assert "3 new files" in capsys.readouterr().out
    assert [] == list((here.root / "content" / "news").iterdir())


@pytest.mark.parametrize(
    ("expected", "place"),
    [
        ("nowhere: neither items", "nowhere"),
        ("empty: neither items", "empty"),
        ("words.txt: is no export of a browser's bookmarks", "words.txt"),
        ("broken: index.json is no JSON", "broken"),
        ("other: index.json is no page of the JSON API", "other"),
    ],
)
def test_what_nothing_can_be_taken_from_is_said(
    here: Site, expected: str, place: str, capsys: pytest.CaptureFixture[str]
):
    """With what it could have been."""
    for name in ("empty", "broken", "other"):
        (here.root / name).mkdir()
    (here.root / "words.txt").write_text("Words", encoding="utf-8")
    (here.root / "broken" / "index.json").write_text("{", encoding="utf-8")
    (here.root / "other" / "index.json").write_text("{}", encoding="utf-8")
    assert 2 == main(["import", place])
    assert expected in capsys.readouterr().err
