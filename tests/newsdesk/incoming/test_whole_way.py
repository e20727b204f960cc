"""The whole way, offline: three days of twelve feeds come in, are ranked, edited at the desk, and published."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import yaml
from tools.demo_feeds.forms import feed_of, sources_yaml
from tools.demo_feeds.server import FeedServer, serve
from tools.demo_feeds.town import DAYS, ENTRIES, SOURCES, articles

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.preview.board import Board
from pelican.plugins.news_digest.preview.desk.desk import Desk
from pelican.plugins.news_digest.preview.owner import Owner, Wishes
from pelican.plugins.news_digest.preview.session import open_server
from pelican.plugins.news_digest.preview.site import PreviewSite
from tests.preview.desk.conftest import AtDesk
from tests.preview.talking import serving

if TYPE_CHECKING:
    from tests.conftest import Site

TODAY = datetime.now(UTC).date()


@pytest.fixture
def feeds() -> Iterator[FeedServer]:
    """Serve the feeds of the first day."""
    server = serve(port=0, day=1, today=TODAY)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def ellery(site: Site, feeds: FeedServer, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return an empty site that knows the feeds, and whose folder one stands in."""
    site.settings(DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    (site.root / "sources.yaml").write_text(sources_yaml(feeds.base), encoding="utf-8")
    (site.root / "content/news").mkdir(parents=True)
    monkeypatch.chdir(site.root)
    return site


def take_in(feeds: FeedServer, day: int) -> None:
    """Import and rank what *day* brings."""
    feeds.day = day
    assert 0 == main(["import", "--now", "--allow-host", feeds.host])
    assert 0 == main(["rank"])


def fronts(ellery: Site) -> dict[str, dict[str, object]]:
    """Return the front matter of all items, by title."""
    texts = [path.read_text(encoding="utf-8") for path in (ellery.root / "content/news").glob("*.md")]
    values = [yaml.safe_load(text.split("---\n")[1]) for text in texts]
    return {str(value["title"]): value for value in values}


def slug_of(ellery: Site, words: str) -> str:
    """Return the slug of the item whose headline holds *words*."""
    paths = (ellery.root / "content/news").glob("*.md")
    return next(path.stem for path in paths if re.search(rf"^title:.*{words}", path.read_text(), re.MULTILINE))


@pytest.fixture
def desk(ellery: Site) -> Iterator[AtDesk]:
    """Return somebody at the desk of the site."""
    owner = Owner(Wishes(settings=ellery.root / "pelicanconf.py"), site_url=lambda base: base)
    owner.read()
    board = Board()
    board.tell(is_building=False)
    with serving(server := open_server(PreviewSite(board), port=0, say=print, desk=Desk(owner, board))):
        yield AtDesk(port=server.port, content=ellery.root / "content")


def test_what_is_decided_outlives_imports_and_rankings(ellery: Site, feeds: FeedServer, desk: AtDesk):
    """Import, rank, edit, import again, rank again: news came in, and nothing of a person's is undone."""
    take_in(feeds, 1)
    first = fronts(ellery)
    assert "Sponsored: the pan that forgives" not in first
    assert any("“Café Bollard”" in str(front["excerpt"]) for front in first.values())
    desk.press("publish", slug_of(ellery, "A footbridge"))
    desk.press("hide", slug_of(ellery, "Line 7"))
    desk.press("retitle", slug_of(ellery, "Exam results"), value="Letters, again")
    desk.press("pin", slug_of(ellery, "The last kippers"))
    for day in (2, DAYS):
        take_in(feeds, day)
    after = fronts(ellery)
    assert len(after) > len(first) + 20
    footbridge, kippers = (
        after["A footbridge that folds like a fan"],
        after["The last kippers of the season, and where to queue"],
    )
    assert (True, {"hide": False}) == (footbridge.get("published", True), footbridge["curated"])
    assert (True, {"pin": True, "hide": False}) == (kippers.get("published", True), kippers["curated"])
    assert after["Line 7 turns at Saltmarket until Thursday"]["published"] is False
    assert "Letters, again" in after
    assert not any(title.startswith("Exam results") for title in after)


def test_reports_of_one_thing_are_one_story(ellery: Site, feeds: FeedServer, desk: AtDesk):
    """Several sources tell it in their own words; what ranking keeps apart an editor joins, and it stays joined."""
    take_in(feeds, DAYS)
    found = fronts(ellery)
    strike = {front.get("story") for title, front in found.items() if "strike" in title.lower()}
    assert 1 == len(strike - {None})
    crane, floating = slug_of(ellery, "Crane Nine falls across Quay"), slug_of(ellery, "Floating crane leaves")
    page = desk.get(f"story?item={floating}&q=nobody+hurt").body
    form = next(
        text for text in re.findall(r"<form.*?</form>", page, re.DOTALL) if f'name="into" value="{crane}"' in text
    )
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    assert 303 == desk.send({**fields, "act": "merge"}).status
    assert 0 == main(["rank", "--all"])
    names = {title: front.get("story") for title, front in fronts(ellery).items()}
    assert (
        names["Floating crane leaves Vellmouth to lift Crane Nine"]
        == names["Crane Nine falls across Quay Four, nobody hurt"]
    )


def test_what_was_decided_is_what_is_published(ellery: Site, feeds: FeedServer, desk: AtDesk):
    """The pin leads the front page; what is hidden is nowhere on the site."""
    take_in(feeds, DAYS)
    desk.press("pin", slug_of(ellery, "The organ"))
    hidden = slug_of(ellery, "Ropeworks hires")
    desk.press("publish", hidden)
    desk.press("hide", hidden)
    assert 0 == main(["build"])
    home = ellery.page("index.html")
    assert "The organ in the swimming pool" in home.partition('data-size="lead"')[2][:2000]
    pages = [path.read_text(encoding="utf-8") for path in (ellery.root / "output").rglob("*.html")]
    assert not any("Ropeworks hires" in page for page in pages)


def test_a_second_import_is_told_that_nothing_changed(
    ellery: Site, feeds: FeedServer, capsys: pytest.CaptureFixture[str]
):
    """Every feed answers 304, also the one that moved, and no file is written."""
    take_in(feeds, 2)
    before = {path.name: path.read_bytes() for path in (ellery.root / "content").rglob("*.md")}
    capsys.readouterr()
    take_in(feeds, 2)
    assert "0 new files, 0 updated. 12 sources asked: 12 unchanged (304)" in capsys.readouterr().out
    assert before == {path.name: path.read_bytes() for path in (ellery.root / "content").rglob("*.md")}


def test_the_town_is_told_the_same_way_each_time():
    """One day is one text, byte for byte; every day brings something to somebody, and takes nothing away."""
    for source in SOURCES:
        feed = [feed_of(source, day=day, today=TODAY) for day in (1, 2, 3)]
        assert feed == [feed_of(source, day=day, today=TODAY) for day in (1, 2, 3)]
        assert len(articles(source, day=1)) <= len(articles(source, day=2)) <= len(articles(source, day=DAYS))
    assert {entry.source for entry in ENTRIES} == {source.file for source in SOURCES}
    assert {"rss", "atom", "rdf", "json", "moved", "wrong-charset"} == {source.form for source in SOURCES}
