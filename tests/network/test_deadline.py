"""However a host spends our time, it gets no more than its share; and so does a run as a whole."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pelican.plugins.news_digest.images.request import PICTURES
from pelican.plugins.news_digest.network.client import Client
from pelican.plugins.news_digest.network.deadline import answer_within
from pelican.plugins.news_digest.network.exchange import Connections, Limits
from pelican.plugins.news_digest.network.fetch import Fetcher, Manners
from pelican.plugins.news_digest.network.guard import Allowed
from pelican.plugins.news_digest.network.outcome import Ask, Outcome
from tests.network.dripping import HALF, OK, WAYS, DrippingHost
from tests.network.host import GOOD, Host
from tests.network.loopback import make_certificate

pytestmark = pytest.mark.busy("what drips is cut off after half a second, and threads wake late")

# A part comes well within *read_s*: only *total_s* can end such an answer.
LIMITS = Limits(connect_s=0.5, read_s=5, total_s=0.5, max_bytes=10**6)
# A busy machine wakes threads late; a host that is not cut off at all drips on for minutes.
SOON_S = 5
LATE = "the host took longer than 0.5 s"
WHOLE = OK + b"Content-Length: %d\r\n\r\n" % len(GOOD) + GOOD


def client(
    tmp_path: Path, *names: str, resolve: Callable[[str, int], tuple[str, ...]] | None = None, **more: ssl.SSLContext
) -> Client:
    """Return a client that may ask the hosts called *names*."""
    return Client(
        tmp_path,
        wants=PICTURES,
        allowed=Allowed(names),
        limits=LIMITS,
        agent="Test/1",
        resolve=resolve,
        **more,
    )


def once(asking: Client, url: str) -> tuple[Outcome, float]:
    """Ask for one picture; return what became of it, and how long that took."""
    started, connections = time.monotonic(), Connections()
    found = asking.get(Ask(url=url), connections)
    connections.close()
    return found, time.monotonic() - started


@pytest.fixture
def dripping() -> Iterator[Callable[..., DrippingHost]]:
    """Return what starts a host; it ends with the test."""
    started: list[DrippingHost] = []

    def start(begin: bytes, drip: bytes, **more: object) -> DrippingHost:
        started.append(DrippingHost(begin, drip, **more))  # type: ignore[arg-type]
        return started[-1]

    yield start
    for host in started:
        host.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a certificate of 127.0.0.1, signed by itself, and its key."""
    return make_certificate(tmp_path_factory.mktemp("tls"), subject="localhost", name="IP:127.0.0.1")


def assert_cut_off(tmp_path: Path, found: Outcome, took_s: float) -> None:
    """The time was used and no more, the reason is said, and nothing is kept."""
    assert (LATE, False, True) == (found.problem, found.is_final, found.is_slow)
    assert LIMITS.total_s <= took_s < SOON_S
    assert [] == [path for path in tmp_path.rglob("*") if path.is_file()]


@pytest.mark.parametrize("way", WAYS)
def test_a_host_that_drips_is_cut_off(tmp_path: Path, dripping: Callable[..., DrippingHost], way: str):
    """Whatever part of its answer it spreads over time, and whoever holds the connection then."""
    host = dripping(*WAYS[way])
    assert_cut_off(tmp_path, *once(client(tmp_path, host.name), host.url()))


@pytest.mark.parametrize("way", ["HTTP/1.0", "no length", "chunks", "one header", "a redirect"])
def test_a_host_that_drips_through_tls_is_cut_off(
    tmp_path: Path, dripping: Callable[..., DrippingHost], certificate: Path, way: str
):
    """What is encrypted drips no less."""
    host = dripping(*WAYS[way], certificate=certificate)
    tls = ssl.create_default_context(cafile=str(certificate))
    assert_cut_off(tmp_path, *once(client(tmp_path, host.name, tls=tls), host.url(scheme="https")))


@pytest.mark.parametrize("begin", [b"", b"\x16\x03\x03\x3f\xff\x02"])
def test_a_handshake_that_drips_is_given_up(tmp_path: Path, dripping: Callable[..., DrippingHost], begin: bytes):
    """Somebody who begins to speak TLS, and never comes to the end of a sentence, cannot be reached."""
    host = dripping(begin, b"\x16")
    found, took_s = once(client(tmp_path, host.name), host.url(scheme="https"))
    assert found.is_unreachable
    assert "cannot be reached" in found.problem
    assert took_s < SOON_S


def test_a_line_that_does_not_end_is_not_kept(tmp_path: Path, dripping: Callable[..., DrippingHost]):
    """The size of a chunk has a few digits: somebody who sends millions of them wants our memory."""
    host = dripping(OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"0" * 200_000, b"0")
    found, took_s = once(client(tmp_path, host.name), host.url())
    assert "the answer was cut off: got more than 65536 bytes when reading chunk size" == found.problem
    assert took_s < LIMITS.total_s


def test_a_connection_that_was_kept_is_cut_off(tmp_path: Path, dripping: Callable[..., DrippingHost]):
    """A host that answered well at first gets no more time for the next picture."""
    host = dripping(*WAYS["the last answer"], first=[WHOLE])
    asking, connections = client(tmp_path, host.name), Connections()
    first = asking.get(Ask(url=host.url("/1.jpg")), connections)
    second = asking.get(Ask(url=host.url("/2.jpg")), connections)
    assert ("", LATE, 1) == (first.problem, second.problem, host.accepted)


def test_redirects_share_one_share_of_time(tmp_path: Path):
    """Hosts that each take a little, and send on to the next, take no more together than one alone."""
    host = Host()
    found, took_s = once(client(tmp_path, host.name), host.url("/slow-circle/"))
    host.close()
    assert (LATE, True) == (found.problem, found.is_slow)
    assert took_s < SOON_S
    assert 1 < len(host.seen.paths) < 5


def test_a_redirect_that_was_cut_off_is_not_followed(tmp_path: Path, dripping: Callable[..., DrippingHost]):
    """Half of an address may be another host's."""
    asked: list[str] = []

    def resolve(host: str, _port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",)

    host = dripping(*WAYS["a redirect"])
    once(client(tmp_path, host.name, resolve=resolve), host.url())
    assert ["127.0.0.1"] == asked


def test_a_name_that_nobody_finds_is_given_up(tmp_path: Path):
    """Looking a host up is part of the time, though nothing can stop it."""
    ended = threading.Event()

    def hanging(_host: str, _port: int) -> tuple[str, ...]:
        ended.wait(60)
        return ()

    found, took_s = once(client(tmp_path, resolve=hanging), "http://lost.example/a.jpg")
    ended.set()
    assert ("the host lost.example was not found in time", True) == (found.problem, found.is_unreachable)
    assert took_s < SOON_S


def test_what_answers_in_time_is_as_it_was():
    """The answer, or the error."""

    def fail() -> int:
        raise OSError(-2, "Name or service not known")

    assert 7 == answer_within(5, lambda: 7)
    with pytest.raises(OSError, match="not known"):
        answer_within(5, fail)


def test_a_host_that_is_slow_again_and_again_is_left_alone(tmp_path: Path, dripping: Callable[..., DrippingHost]):
    """Hundreds of its pictures cost three times its time; those of others come."""
    slow, good = dripping(OK + b"\r\n" + HALF, b"\0"), Host()
    asks = [Ask(url=slow.url(f"/{number}.jpg")) for number in range(200)] + [Ask(url=good.url("/good/"))]
    manners = Manners(connections=4, per_host=1, pause_s=0.02, max_pause_s=0.2)
    fetching = Fetcher(client(tmp_path, slow.name, good.name), manners=manners)
    outcomes = list(fetching.fetch(asks))
    good.close()
    assert (201, 200) == (len(outcomes), sum(outcome.problem == LATE for outcome in outcomes))
    assert 3 == slow.accepted
    assert not fetching.is_offline


def test_a_picture_that_took_too_long_is_left_for_the_next_run(tmp_path: Path, dripping: Callable[..., DrippingHost]):
    """Asking again at once would cost as much once more."""
    host = dripping(OK + b"\r\n" + HALF, b"\0")
    manners = Manners(connections=4, per_host=1, pause_s=0.02, max_pause_s=0.2)
    fetching = Fetcher(client(tmp_path, host.name), manners=manners)
    assert [LATE] == [outcome.problem for outcome in fetching.fetch([Ask(url=host.url())])]
    assert 1 == host.accepted


def test_a_run_ends_when_its_time_is_up(tmp_path: Path, dripping: Callable[..., DrippingHost]):
    """What came until then is there; what did not has no outcome, so that it is asked for the next time."""
    slow, good = dripping(OK + b"\r\n" + HALF, b"\0"), Host()
    asks = [Ask(url=good.url("/good/")), *(Ask(url=slow.url(f"/{number}.jpg")) for number in range(200))]
    limits = Limits(connect_s=1, read_s=60, total_s=60, max_bytes=10**6)
    asking = Client(
        tmp_path,
        wants=PICTURES,
        allowed=Allowed([slow.name, good.name]),
        limits=limits,
        agent="Test/1",
    )
    fetching = Fetcher(asking, manners=Manners())
    started = time.monotonic()
    outcomes = list(fetching.fetch(asks, until_s=started + 1))
    good.close()
    assert [good.url("/good/")] == [outcome.url for outcome in outcomes]
    assert time.monotonic() - started < SOON_S
