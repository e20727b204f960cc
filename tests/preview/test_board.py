"""What an open page is told of builds, by real connections: what changed, what is to be mended, and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pelican.plugins.news_digest.preview import server as server_module
from pelican.plugins.news_digest.preview.board import Board
from pelican.plugins.news_digest.preview.problems import Problem
from pelican.plugins.news_digest.preview.site import PreviewSite

from .talking import Listener, ask, live, served

if TYPE_CHECKING:
    import pytest


def prints_of(port: int, path: str = "/") -> str:
    """Return what the page at *path* is known by, as its script has it."""
    return ask(port, path).body.partition('data-prints="')[2].partition('"')[0]


def test_page_is_told_when_its_bytes_changed(folder: Path):
    """Of two open pages only the one that changed loads anew."""
    site = live(folder)
    with (
        served(site) as server,
        Listener(server.port, "/", prints=prints_of(server.port)) as home,
        Listener(server.port, "/news/a/", prints=prints_of(server.port, "/news/a/")) as item,
    ):
        assert "text/event-stream; charset=utf-8" == home.answer.getheader("content-type")
        assert "state" == home.next()[0] == item.next()[0]
        (folder / "news/a/index.html").write_text("b")
        site.board.tell()
        assert "reload" == item.next()[0]
        assert "state" == home.next()[0]


def test_page_is_told_of_its_style_sheets_alone(folder: Path):
    """Their addresses come along, and the page goes on."""
    (folder / "index.html").write_text('<head><link rel="stylesheet" href="x.css?v=1"></head>')
    site = live(folder)
    with served(site) as server, Listener(server.port, "/", prints=prints_of(server.port)) as page:
        page.until("state")
        (folder / "index.html").write_text('<head><link rel="stylesheet" href="x.css?v=2"></head>')
        (folder / "x.css").write_text("p{color:red}")
        site.board.tell()
        assert ("styles", ["x.css?v=2"]) == page.next()
        assert page.last_id == prints_of(server.port)


def test_page_that_comes_back_is_told_what_it_missed(folder: Path):
    """What it last heard counts, not what it was loaded with: a restart does not load it anew."""
    with served(live(folder)) as server:
        prints = prints_of(server.port)
        with Listener(server.port, "/", prints="0-0", last_id=prints) as page:
            assert "state" == page.next()[0]
        with Listener(server.port, "/", prints=prints, last_id="0-0") as page:
            assert "reload" == page.next()[0]


def test_page_that_was_not_there_is_told_when_it_is(folder: Path):
    """A 404 turns into the page."""
    site = live(folder)
    with served(site) as server, Listener(server.port, "/new/", prints=prints_of(server.port, "/new/")) as page:
        page.until("state")
        (folder / "new").mkdir()
        (folder / "new/index.html").write_text("new")
        site.board.tell()
        assert "reload" == page.next()[0]


def test_listener_gets_what_is_to_be_mended(folder: Path):
    """All of it, as data; and when it is mended, that."""
    site = live(folder)
    problem = Problem(path="content/a.md", line=3, name="ND103", message="</script><b>", hint="quote it")
    with served(site) as server, Listener(server.port, "/") as page:
        site.board.tell(problems=(problem,), is_held=True)
        said = page.until("state", is_held=True)
        assert ["</script><b>"] == [one["message"] for one in said["problems"]]
        site.board.tell(problems=(), is_held=False)
        assert [] == page.until("state", is_held=False)["problems"]


def test_silent_line_gives_signs_of_life(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """A comment now and then, or nobody would find out that a browser is gone."""
    monkeypatch.setattr(server_module, "HEARTBEAT_S", 0.01)
    with served(live(folder)) as server, Listener(server.port, "/") as page:
        page.until("state")
        assert [b"\n", b": still here\n"] == [page.answer.readline(), page.answer.readline()]


def test_without_a_site_there_is_a_page_that_waits(tmp_path: Path):
    """It says what goes on, then what is wrong, escaped; then it is the site."""
    board = Board()
    site = PreviewSite(board)
    with served(site) as server:
        reply = ask(server.port, "/news/a/")
        assert 503 == reply.status
        assert "is being built" in reply.body
        with Listener(server.port, "/", prints=prints_of(server.port)) as page:
            page.until("state")
            board.tell(is_building=False, problems=(Problem(name="ValueError", message="<script>alert(1)</script>"),))
            assert "reload" == page.next()[0]
            reply = ask(server.port, "/")
            assert "&lt;script&gt;alert(1)" in reply.body
            assert "<script>alert" not in reply.body
            page.until("state")
            (tmp_path / "index.html").write_text("there")
            site.folder = str(tmp_path)
            board.tell(problems=())
            assert "reload" == page.next()[0]
        assert 200 == ask(server.port, "/").status
