"""``news-digest sources``: who is asked, how they are, and the file that says so, kept as a person keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.cli.sources import health
from pelican.plugins.news_digest.newsdesk.incoming.feeds import FeedState
from pelican.plugins.news_digest.newsdesk.incoming.sources import Source
from tests.newsdesk.incoming.feed_host import FeedHost, entry, rss

if TYPE_CHECKING:
    from tests.conftest import Site

pytestmark = [pytest.mark.busy("hosts on loopback have seconds to answer"), pytest.mark.usefixtures("reads_here")]
DAY_S = 24 * 3600
NOW_S = 1000 * DAY_S
URL = "https://harbour.example/feed"


@pytest.fixture
def host() -> Iterator[FeedHost]:
    """Start a host of this test's own."""
    started = FeedHost()
    yield started
    started.close()


@pytest.fixture
def file(site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the sources of a site are named, in whose folder this is."""
    site.settings(PLUGINS=[], THEME="simple")
    (site.root / "content").mkdir(exist_ok=True)
    monkeypatch.chdir(site.root)
    return site.root / "sources.yaml"


@pytest.fixture
def run(host: FeedHost) -> Callable[..., int]:
    """Return what runs the command, which may ask the host."""
    return lambda *words: main(["sources", *words, "--allow-host", host.name])


def test_the_feed_of_a_page_is_found(file: Path, host: FeedHost, run: Callable[..., int]):
    """What the page names, not the feed of its comments; and a feed is one itself."""
    links = (
        '<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments">'
        '<link rel="stylesheet" href="/style"><link rel="alternate" hreflang="de" href="/de">'
        '<link rel="alternate" type="application/atom+xml" href="/news">'
    )
    page = host.set("/", f"<!DOCTYPE html><html><head>{links}</head><body>Hello</body></html>")
    host.set("/comments", rss(entry(1)))
    feed = host.set("/news", rss(entry(1)))
    assert 0 == run("add", page, "--topic", "Harbour", "--topic", "Sea, tides")
    assert 0 == run("add", feed)
    assert f'- feed: "{feed}"\n  topics: [Harbour, "Sea, tides"]\n' == file.read_text("utf-8")


@pytest.mark.parametrize("path", ["/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml"])
def test_a_page_that_names_none_may_have_one_in_the_usual_place(
    file: Path, host: FeedHost, run: Callable[..., int], path: str
):
    """Where most sites have theirs."""
    host.set("/blog/", "<!DOCTYPE html><title>Harbour</title>")
    feed = host.set(path, rss(entry(1)))
    assert 0 == run("add", host.url("/blog/"))
    assert feed in file.read_text("utf-8")


@pytest.mark.parametrize("path", ["/missing", "/page", "/picture"])
def test_without_a_feed_nothing_is_added(
    file: Path, host: FeedHost, run: Callable[..., int], path: str, capsys: pytest.CaptureFixture[str]
):
    """It is said why; with `--offline` the URL is taken as it is."""
    host.set("/page", "<!DOCTYPE html><title>Harbour</title>")
    host.set("/picture", b"\x89PNG\r\n\x1a\n")
    assert 1 == run("add", host.url(path))
    assert "nothing was added" in capsys.readouterr().err
    assert not file.exists()
    assert 0 == run("add", host.url(path), "--offline")
    assert host.url(path) in file.read_text("utf-8")


def test_a_feed_that_moved_for_good_is_added_where_it_is(file: Path, host: FeedHost, run: Callable[..., int]):
    """So that nobody has to be sent on at each import."""
    feed = host.set("/new", rss(entry(1)))
    host.set("/old", "", status=301, headers={"Location": feed}, has_validators=False)
    assert 0 == run("add", host.url("/old"))
    assert f'- feed: "{feed}"\n' == file.read_text("utf-8")


def test_lists_go_in_and_out(file: Path, run: Callable[..., int], capsys: pytest.CaptureFixture[str]):
    """A second time adds nothing; what is written out is read again; comments stay."""
    file.write_text("# mine\n- feed: https://a.example/\n", encoding="utf-8")
    opml = file.with_name("feeds.opml")
    outline = '<outline text="B" xmlUrl="https://b.example/"/><outline xmlUrl="ftp://c.example"/>'
    opml.write_text(f'<opml><body><outline text="News">{outline}</outline></body></opml>', encoding="utf-8")
    assert 0 == run("import", str(opml))
    assert "1 source added, 0 there already, 1 without a URL that can be asked\n" == capsys.readouterr().out
    wanted = '# mine\n- feed: https://a.example/\n- feed: "https://b.example/"\n  topics: [News]\n  title: B\n'
    assert wanted == file.read_text("utf-8")
    out = file.with_name("out.opml")
    assert 0 == run("export", str(out))
    assert 0 == run("import", str(out))
    assert wanted == file.read_text("utf-8")
    assert 0 == run("remove", "B")
    assert "# mine\n- feed: https://a.example/\n" == file.read_text("utf-8")
    assert 1 == run("remove", "https://nobody.example/")


@pytest.mark.parametrize(
    ("expected", "words"),
    [
        ("`news-digest sources add` needs a URL", ["add"]),
        ("`news-digest sources import` needs an OPML file", ["import"]),
        ("there is no sources.yaml; `news-digest sources add URL` starts one", ["list"]),
        ("'ftp://x' is not an http or https URL; give the full https URL", ["add", "ftp://x"]),
        ("nowhere.opml cannot be read", ["import", "nowhere.opml"]),
        ("pelicanconf.py is no OPML", ["import", "pelicanconf.py"]),
    ],
)
def test_what_cannot_be_done_is_said(
    file: Path, run: Callable[..., int], expected: str, words: list[str], capsys: pytest.CaptureFixture[str]
):
    """With what to do."""
    assert 2 == run(*words)
    assert expected in capsys.readouterr().err


def test_a_file_that_is_not_understood_is_not_changed(
    file: Path, run: Callable[..., int], capsys: pytest.CaptureFixture[str]
):
    """It is named with its line."""
    file.write_text("a: [\n", encoding="utf-8")
    assert 2 == run("add", "https://a.example/", "--offline")
    assert "nothing was changed" in capsys.readouterr().err
    assert "a: [\n" == file.read_text("utf-8")


@pytest.mark.parametrize(
    ("expected", "state"),
    [
        ("not asked yet", None),
        ("answered 5 minutes ago", FeedState(feed=URL, answered_s=NOW_S - 300)),
        ("newest item 3 days ago", FeedState(feed=URL, answered_s=NOW_S, newest_s=NOW_S - 3 * DAY_S)),
        ("SILENT for more than 30 days", FeedState(feed=URL, answered_s=NOW_S, newest_s=NOW_S - 31 * DAY_S)),
        ("FAILING 4 times in a row: the host answered 500", FeedState(
            feed=URL, failures=4, problem="the host answered 500")),
        ("GONE for good (the host answered 410): not asked any more", FeedState(
            feed=URL, failures=1, problem="the host answered 410", is_gone=True)),
        ("MOVED to https://new.example/", FeedState(feed=URL, moved_to="https://new.example/", moved_times=3)),
        ("SLOW (7.5 s)", FeedState(feed=URL, took_s=7.5)),
    ],
)  # fmt: skip
def test_who_needs_somebody_is_seen_without_looking(expected: str, state: FeedState | None):
    """A line for each source: when it answered, how old its news is, what is wrong."""
    states = {URL: state} if state else {}
    [line] = health([Source(feed=URL, title="Harbour Radio")], states, now_s=NOW_S)
    assert line.startswith("Harbour Radio  https://harbour.example/feed  ")
    assert expected in line


def test_a_source_that_was_moved_twice_has_not_moved_yet():
    """Hosts make mistakes."""
    state = FeedState(feed=URL, moved_to="https://new.example/", moved_times=2)
    [line] = health([Source(feed=URL)], {URL: state}, now_s=NOW_S)
    assert "MOVED" not in line
