"""``news-digest links``: what is gone is found, said and written; hosts are asked politely, and not twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from pelican.plugins.news_digest.cli import links
from pelican.plugins.news_digest.cli.main import main
from tests.builders import front_matter
from tests.network.loopback import LoopbackHost

if TYPE_CHECKING:
    from tests.conftest import Site

pytestmark = pytest.mark.busy("hosts on loopback have seconds to answer")
TODAY = datetime(2026, 5, 3, 12, tzinfo=UTC)


class Reports(LoopbackHost):
    """A source; ``answers["/path"]`` is the status of HEAD, of GET, and where it leads.

    Attributes:
        asked: Method and path of each request.
    """

    def __init__(self) -> None:
        super().__init__(_Handler)
        self.answers: dict[str, tuple[int, int, str]] = {}
        self.asked: list[str] = []
        self.start()


class _Handler(BaseHTTPRequestHandler):
    server: Reports

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own name
        """Keep quiet."""

    def do_HEAD(self) -> None:
        """Answer HEAD."""
        self._answer(0)

    def do_GET(self) -> None:
        """Answer GET with a body that nobody reads."""
        self._answer(1)
        self.wfile.write(b"x" * 1000)

    def _answer(self, place: int) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        *statuses, location = self.server.answers[self.path]
        self.send_response(int(statuses[place]))
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "1000")
        self.end_headers()


@pytest.fixture
def host() -> Iterator[Reports]:
    """Start a host of this test's own."""
    started = Reports()
    yield started
    started.close()


@pytest.fixture
def run(site: Site, host: Reports, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Return what runs the command in a site's folder; its host may be asked at once again."""
    site.settings(TIMEZONE="UTC", PLUGINS=[], THEME="simple", CACHE_PATH="cache")
    (site.root / "content" / "news").mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(site.root)
    monkeypatch.setattr(links, "MANNERS", msgspec.structs.replace(links.MANNERS, rest_s=0.0))
    monkeypatch.setattr(links, "utc_now", lambda: TODAY)
    return lambda *words: main(["links", "--allow-host", host.name, *words])


@pytest.fixture
def item(site: Site, host: Reports) -> Callable[..., Path]:
    """Return what writes an item whose link the host answers as told."""

    def write(name: str, head: int, get: int = 0, *, to: str = "", **values: str) -> Path:
        host.answers[f"/{name}"] = (head, get, to)
        return site.write(f"news/{name}.md", front_matter(webUrl=f'"{host.url(f"/{name}")}"', **values))

    return write


def test_what_is_gone_is_written_and_taken_back(
    run: Callable[..., int], item: Callable[..., Path], host: Reports, capsys: pytest.CaptureFixture[str]
):
    """First it is only said; a file keeps every other byte; an answer takes the date back, and no person's word."""
    gone, kept = item("gone", 404, 404), item("mine", 200, dead="true")
    before = gone.read_text("utf-8")
    assert 1 == run()
    said = capsys.readouterr().out
    assert f"content/news/gone.md: gone: {host.url('/gone')} → the host answered 404\n" in said
    assert "2 links: 1 answers, 0 moved, 1 gone, 0 not known\n1 file would change with --write\n" in said
    assert before == gone.read_text("utf-8")
    assert 0 == run("--write")
    assert [line for line in gone.read_text("utf-8").splitlines() if line not in before.splitlines()] in (
        ["dead: 2026-05-03"], ['dead: "2026-05-03"'],
    )  # fmt: skip
    host.answers["/gone"] = (200, 200, "")
    assert 0 == run("--write", "--days", "0")
    assert before == gone.read_text("utf-8")
    assert "dead: true" in kept.read_text("utf-8")


def test_head_is_asked_first_and_get_where_that_is_refused(
    run: Callable[..., int], item: Callable[..., Path], host: Reports
):
    """A host that does not know HEAD has the report all the same; one that is busy is not asked twice."""
    item("a", 200)
    item("b", 405, 200)
    item("c", 404, 200)
    item("d", 429, 200)
    assert 0 == run()
    wanted = ["GET /b", "GET /c", "HEAD /a", "HEAD /b", "HEAD /c", "HEAD /d"]
    assert wanted == sorted(host.asked)


def test_a_second_run_asks_only_what_is_old(run: Callable[..., int], item: Callable[..., Path], host: Reports):
    """Two items with one link ask once; drafts are nobody's business."""
    item("a", 200)
    item("draft", 200, draft="true")
    assert 0 == run()
    item("b", 200)
    host.asked.clear()
    assert 0 == run()
    assert ["HEAD /b"] == host.asked


def test_what_moved_and_what_is_not_known_is_said(
    run: Callable[..., int], item: Callable[..., Path], host: Reports, capsys: pytest.CaptureFixture[str]
):
    """Neither changes a file; what moved only for now did not move."""
    item("moved", 301, to="/new")
    item("lent", 302, to="/new")
    item("refused", 403, 403)
    host.answers["/new"] = (200, 200, "")
    assert 0 == run("--write")
    said = capsys.readouterr().out
    assert f"moved.md: moved: {host.url('/moved')} → {host.url('/new')}\n" in said
    assert f"refused.md: not known: {host.url('/refused')} → the host answered 403\n" in said
    assert "3 links: 1 answers, 1 moved, 0 gone, 1 not known\n" in said
    assert "0 files changed\n" in said


def test_without_a_network_nothing_is_learnt(
    run: Callable[..., int], item: Callable[..., Path], host: Reports, capsys: pytest.CaptureFixture[str]
):
    """It is said; when there is one again, everything is asked for."""
    path = item("a", 404, 404)
    name = host.name
    host.close()
    assert 1 == run("--write")
    assert "no host can be reached" in capsys.readouterr().err
    assert "dead" not in path.read_text("utf-8")
    assert name not in (path.parents[2] / "cache" / "news-digest" / "links.jsonl").read_text("utf-8")


def test_a_private_host_is_not_asked(
    run: Callable[..., int], item: Callable[..., Path], host: Reports, capsys: pytest.CaptureFixture[str]
):
    """A file of somebody else's sends nobody into the owner's network."""
    item("a", 200)
    assert 0 == main(["links"])
    assert [] == host.asked
    assert "has a private address, and --allow-host does not name it" in capsys.readouterr().out
