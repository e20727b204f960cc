"""``news-digest ping``: a hub on loopback is told of feeds that changed, one by one, and left alone when it fails."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from pelican.plugins.news_digest.cli import ping
from pelican.plugins.news_digest.cli.main import main
from tests.network.loopback import LoopbackHost

if TYPE_CHECKING:
    from tests.conftest import Site

pytestmark = pytest.mark.busy("a host on loopback has seconds to answer")
FEEDS = ["feeds/all.atom.xml", "topics/%C3%BC/feed.json"]


class Hub(LoopbackHost):
    """A hub.

    Attributes:
        told: The forms that came.
        answers: The status of each answer, in order; after that 204.
    """

    def __init__(self) -> None:
        super().__init__(_Handler)
        self.told: list[dict[str, list[str]]] = []
        self.answers: list[int] = []
        self.start()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Hub

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own name
        """Keep quiet."""

    def do_POST(self) -> None:
        """Take a form."""
        assert "application/x-www-form-urlencoded" == self.headers["Content-Type"]
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.told.append(parse_qs(body))
        status = self.server.answers.pop(0) if self.server.answers else 204
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "60")
        if status == 301:
            self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()


@pytest.fixture
def hub(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """Yield the hub of a site whose list of changes names two feeds and a page."""
    monkeypatch.chdir(site.root)
    monkeypatch.setattr(ping, "PAUSE_S", 0)
    lines = [{"path": "index.html", "address": ""}, {"path": "topics/ü/feed.json", "address": FEEDS[1]}]
    changed = [{"path": FEEDS[0], "address": FEEDS[0]}]
    (site.root / "changed.json").write_text(json.dumps({"new": lines, "changed": changed, "gone": []}))
    found = Hub()
    site.settings(SITEURL="https://x.example/repo", DIGEST_FEED_HUB=found.url("/hub"))
    yield found
    found.close()


def run(hub: Hub, *words: str) -> int:
    """Run the command, which may ask loopback."""
    return main(["ping", *words, "--allow-host", hub.name])


def test_the_hub_is_told_of_each_feed_that_changed(hub: Hub, capsys: pytest.CaptureFixture[str]):
    """By the address that the feed names itself by, those of the whole site first."""
    assert 0 == run(hub)
    topics = [f"https://x.example/repo/{feed}" for feed in FEEDS]
    assert [{"hub.mode": ["publish"], "hub.url": [topic]} for topic in topics] == hub.told
    assert f"2 feeds of 2 told to {hub.url('/hub')}" in capsys.readouterr().out


def test_feeds_can_be_listed_and_named(hub: Hub, capsys: pytest.CaptureFixture[str]):
    """What one machine lists another one can tell."""
    assert 0 == run(hub, "--list")
    listed = capsys.readouterr().out.split()
    assert (FEEDS, []) == (listed, hub.told)
    assert 0 == run(hub, *listed[1:])
    assert [[f"https://x.example/repo/{FEEDS[1]}"]] == [form["hub.url"] for form in hub.told]


@pytest.mark.parametrize("words", [(), ("--list",)])
def test_without_a_hub_nobody_is_asked(
    site: Site, hub: Hub, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
):
    """And nothing is listed."""
    site.settings(SITEURL="https://x.example", DIGEST_FEED_HUB="")
    assert 0 == run(hub, *words)
    assert ([], not words) == (hub.told, "No hub is told" in capsys.readouterr().out)


@pytest.mark.parametrize(
    ("answers", "told", "asked"),
    [
        ([500], 1, 2),  # of one feed it wants to know nothing now
        ([301], 1, 2),  # who moved is not followed with a form
        ([429], 0, 1),  # it says that it wants to be left alone
        ([404, 404], 0, 2),
    ],
)
def test_a_hub_that_fails_is_said_and_left_alone(
    hub: Hub, answers: list[int], told: int, asked: int, capsys: pytest.CaptureFixture[str]
):
    """The exit code says it, too: it is for a workflow to go on."""
    hub.answers = answers
    assert 1 == run(hub)
    said = capsys.readouterr()
    assert (asked, asked - told) == (len(hub.told), said.err.count("https://x.example/repo/"))
    assert f"{told} feed" in said.out


def test_after_three_failures_the_rest_is_left(hub: Hub, capsys: pytest.CaptureFixture[str]):
    """A hub that is down is not asked a hundred times."""
    hub.answers = [500] * 9
    assert 1 == run(hub, *(f"feeds/{number}.atom.xml" for number in range(9)))
    assert 3 == len(hub.told)
    assert "0 feeds of 9 told" in capsys.readouterr().out


def test_a_hundred_feeds_are_told_at_most(hub: Hub, monkeypatch: pytest.MonkeyPatch):
    """A first publication has a feed for each topic and source."""
    monkeypatch.setattr(ping, "MOST_FEEDS", 2)
    assert 0 == run(hub, "feeds/a.atom.xml", "feeds/b.atom.xml", "feeds/c.atom.xml")
    assert 2 == len(hub.told)


def test_what_cannot_be_told_is_said(site: Site, hub: Hub, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """No list, no address of the site: the hub is not asked. No feed changed: that is fine."""
    assert 2 == run(hub, "--changed", "none.json")
    (tmp_path / "empty.json").write_text('{"new": [], "changed": []}')
    assert 0 == run(hub, "--changed", str(tmp_path / "empty.json"))
    assert "No feed changed" in capsys.readouterr().out
    site.settings(SITEURL="", DIGEST_FEED_HUB=hub.url("/hub"))
    assert 2 == run(hub)
    assert "SITEURL is empty" in capsys.readouterr().err
    assert [] == hub.told


def test_a_private_hub_has_to_be_allowed(hub: Hub, capsys: pytest.CaptureFixture[str]):
    """As every other host."""
    assert 1 == main(["ping"])
    assert "private address" in capsys.readouterr().err
    assert [] == hub.told
