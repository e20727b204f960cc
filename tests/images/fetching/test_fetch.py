"""Many pictures at once: every one has an outcome, hosts are treated politely, and nothing waits for ever."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.images.fetching.client import PictureClient
from pelican.plugins.news_digest.images.fetching.exchange import Limits
from pelican.plugins.news_digest.images.fetching.fetch import Fetcher, Manners
from pelican.plugins.news_digest.images.fetching.guard import Allowed
from pelican.plugins.news_digest.images.fetching.ledger import DAY_S, HOUR_S, Patience, due_addresses, note_outcome
from pelican.plugins.news_digest.images.fetching.outcome import Ask, Outcome
from pelican.plugins.news_digest.images.making.store import Answer
from tests.images.host import Host

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.busy("hosts on loopback have fractions of a second to answer")

MANNERS = Manners(connections=8, per_host=2, pause_s=0.02, max_pause_s=0.2)
LIMITS = Limits(connect_s=1, read_s=0.3, total_s=0.6, max_bytes=10**6)
URL = "https://cdn.example/a.jpg"


@pytest.fixture
def host() -> Iterator[Host]:
    """Start a host of this test's own."""
    started = Host()
    yield started
    started.close()


def fetcher(tmp_path: Path, *hosts: Host) -> Fetcher:
    """Return a fetcher that may ask *hosts*."""
    allowed = Allowed([host.name for host in hosts])
    client = PictureClient(tmp_path, allowed=allowed, limits=LIMITS, agent="Test/1", clock=time.monotonic)
    return Fetcher(client, manners=MANNERS, clock=time.monotonic)


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
    assert all(not outcome.problem for outcome in fetcher(tmp_path, host, other).fetch(asks))
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

    client = PictureClient(
        tmp_path, allowed=Allowed(()), limits=LIMITS, agent="Test/1", clock=time.monotonic, resolve=nothing
    )
    fetching = Fetcher(client, manners=MANNERS, clock=time.monotonic)
    outcomes = list(fetching.fetch([Ask(url=f"https://h{number}.example/a.jpg") for number in range(200)]))
    assert (200, True) == (len(outcomes), fetching.is_offline)
    assert all(outcome.is_unreachable for outcome in outcomes)


def test_nothing_to_ask(tmp_path: Path):
    """No picture, no thread."""
    assert [] == list(fetcher(tmp_path).fetch([]))


def due(answer: Answer | None, now_s: int, *, has_source: bool = True, **patience: int) -> bool:
    """Whether an address with *answer* is asked at *now_s*."""
    answers = {URL: answer} if answer else {}
    return bool(
        due_addresses(
            [URL],
            answers,
            has_source={URL: has_source},
            now_s=now_s,
            patience=Patience(**{"recheck_s": 30 * DAY_S, **patience}),
        )
    )


def test_what_is_known_is_not_asked_again():
    """A fetched picture is asked for after a month, or when its file was lost."""
    answer = Answer(url=URL, checked=0, source="s")
    assert [True, False, False, True] == [
        due(None, 0), due(answer, HOUR_S), due(answer, 30 * DAY_S - 1), due(answer, 30 * DAY_S)
    ]  # fmt: skip
    assert due(answer, HOUR_S, has_source=False)
    assert not due(answer, 10**9, recheck_s=0)


def test_failures_are_remembered_for_a_while():
    """Passing ones for hours, longer each time; final ones for a month; unless the owner wants to know now."""
    passing = note_outcome(None, Outcome(url=URL, problem="busy"), now_s=0)
    assert [False, True] == [due(passing, 6 * HOUR_S - 1), due(passing, 6 * HOUR_S)]
    again = note_outcome(passing, Outcome(url=URL, problem="busy"), now_s=0)
    assert [False, True] == [due(again, 12 * HOUR_S - 1), due(again, 12 * HOUR_S)]
    for _ in range(40):
        again = note_outcome(again, Outcome(url=URL, problem="busy"), now_s=0)
    assert [False, True] == [due(again, 7 * DAY_S - 1), due(again, 7 * DAY_S)]
    final = note_outcome(None, Outcome(url=URL, problem="gone", is_final=True), now_s=0)
    assert [False, True] == [due(final, 30 * DAY_S - 1), due(final, 30 * DAY_S)]
    assert due(final, 1, retries_failed=True)


def test_a_host_that_asks_for_rest_gets_it():
    """Longer than we would have waited, if it says so."""
    answer = note_outcome(None, Outcome(url=URL, problem="busy", wait_s=9 * HOUR_S), now_s=100)
    assert 100 + 9 * HOUR_S == answer.retry


def test_a_picture_that_was_there_stays():
    """A host that fails later takes nothing away; one that answers again is forgiven."""
    first = note_outcome(None, Outcome(url=URL, source="s", etag="e"), now_s=0)
    failed = note_outcome(first, Outcome(url=URL, problem="gone", is_final=True), now_s=5)
    assert ("s", "e", "gone", 1) == (failed.source, failed.etag, failed.problem, failed.failures)
    assert Answer(url=URL, checked=9, source="t") == note_outcome(failed, Outcome(url=URL, source="t"), now_s=9)
