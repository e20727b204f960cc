"""Many pictures at once: every one has an outcome, hosts are treated politely, and nothing waits for ever."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from pelican.plugins.news_digest.images.request import PICTURES
from pelican.plugins.news_digest.network.client import Client
from pelican.plugins.news_digest.network.exchange import Limits
from pelican.plugins.news_digest.network.fetch import Fetcher, Manners
from pelican.plugins.news_digest.network.guard import Allowed
from pelican.plugins.news_digest.network.outcome import Ask
from tests.network.host import Host

pytestmark = pytest.mark.busy("hosts on loopback have fractions of a second to answer")

MANNERS = Manners(connections=8, per_host=2, pause_s=0.02, max_pause_s=0.2)
LIMITS = Limits(connect_s=1, read_s=0.3, total_s=0.6, max_bytes=10**6)
PATIENT = Limits(connect_s=10, read_s=10, total_s=20, max_bytes=10**6)  # a busy machine cuts nobody off
URL = "https://cdn.example/a.jpg"


@pytest.fixture
def host() -> Iterator[Host]:
    """Start a host of this test's own."""
    started = Host()
    yield started
    started.close()


def fetcher(tmp_path: Path, *hosts: Host, limits: Limits = LIMITS) -> Fetcher:
    """Return a fetcher that may ask *hosts*."""
    allowed = Allowed([host.name for host in hosts])
    client = Client(tmp_path, wants=PICTURES, allowed=allowed, limits=limits, agent="Test/1")
    return Fetcher(client, manners=MANNERS)


def test_every_picture_has_one_outcome(tmp_path: Path, host: Host):
    """Good and bad ones, whatever their order."""
    kinds = ["good", "gone", "svg", "silent", "cut-off", "busy-once", "to-good", "endless", "reset", "bomb"]
    asks = [Ask(url=host.url(f"/{kind}/{number}")) for number in range(2) for kind in kinds]
    outcomes = list(fetcher(tmp_path, host).fetch(asks))
    assert sorted(ask.url for ask in asks) == sorted(outcome.url for outcome in outcomes)
    good = {outcome.url.split("/")[3] for outcome in outcomes if not outcome.problem}
    assert {"good", "busy-once", "to-good"} == good


def test_one_host_is_asked_politely(tmp_path: Path, host: Host):
    """However many pictures it has, it sees two requests at once; another host does not wait for it."""
    other = Host()
    asks = [Ask(url=h.url(f"/slow-but-good/{number}")) for h in (host, other) for number in range(8)]
    started = time.monotonic()
    fetching = fetcher(tmp_path, host, other, limits=PATIENT)
    assert all(not outcome.problem for outcome in fetching.fetch(asks))
    assert (2, 2) == (host.seen.most, other.seen.most)
    assert time.monotonic() - started >= 4 * 0.05
    other.close()


def test_what_may_pass_is_tried_three_times(tmp_path: Path, host: Host):
    """What is final is not."""
    list(fetcher(tmp_path, host).fetch([Ask(url=host.url("/busy/")), Ask(url=host.url("/gone/"))]))
    assert {"/busy/": 3, "/gone/": 1} == {path: host.seen.paths.count(path) for path in ("/busy/", "/gone/")}


def test_who_wants_a_long_rest_gets_it(tmp_path: Path, host: Host):
    """A host that wants an hour is not asked again in this run."""
    found = list(fetcher(tmp_path, host).fetch([Ask(url=host.url("/busy-long/"))]))
    assert [3600] == [outcome.wait_s for outcome in found]
    assert ["/busy-long/"] == host.seen.paths


def test_a_dead_host_is_given_up(tmp_path: Path, host: Host):
    """Hundreds of its pictures cost two attempts; others are not affected."""
    dead = Host()
    dead.close()
    asks = [Ask(url=dead.url(f"/good/{number}")) for number in range(300)] + [Ask(url=host.url("/good/"))]
    started = time.monotonic()
    fetching = fetcher(tmp_path, host, dead)
    outcomes = list(fetching.fetch(asks))
    assert (301, 300) == (len(outcomes), sum(outcome.is_unreachable for outcome in outcomes))
    assert time.monotonic() - started < 5
    assert not fetching.is_offline


def test_without_a_network_it_ends_soon(tmp_path: Path):
    """When no host can be reached, none is waited for."""

    def nothing(_host: str, _port: int) -> tuple[str, ...]:
        raise OSError(-3, "Temporary failure in name resolution")

    client = Client(
        tmp_path,
        wants=PICTURES,
        allowed=Allowed(()),
        limits=LIMITS,
        agent="Test/1",
        resolve=nothing,
    )
    fetching = Fetcher(client, manners=MANNERS)
    outcomes = list(fetching.fetch([Ask(url=f"https://h{number}.example/a.jpg") for number in range(200)]))
    assert (200, True) == (len(outcomes), fetching.is_offline)
    assert all(outcome.is_unreachable for outcome in outcomes)


def test_nothing_to_ask(tmp_path: Path):
    """No picture, no thread."""
    assert [] == list(fetcher(tmp_path).fetch([]))


def test_a_host_rests_between_two_requests(tmp_path: Path, host: Host):
    """Also when all is well: who asks for hundreds of pages does it at a reader's pace."""
    client = Client(tmp_path, wants=PICTURES, allowed=Allowed([host.name]), limits=PATIENT, agent="Test/1")
    manners = msgspec.structs.replace(MANNERS, per_host=1, rest_s=0.05)
    started = time.monotonic()
    asks = [Ask(url=host.url(f"/good/{number}")) for number in range(3)]
    assert 3 == len(list(Fetcher(client, manners=manners).fetch(asks)))
    assert time.monotonic() - started >= 2 * 0.05
