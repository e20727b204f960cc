"""Each kind of host gets what it deserves, in bounded time, and nothing that a host says is believed but its bytes."""

from __future__ import annotations

import hashlib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pelican.plugins.news_digest.images.request import PICTURES
from pelican.plugins.news_digest.network.client import Client
from pelican.plugins.news_digest.network.exchange import Connections, Limits, Target
from pelican.plugins.news_digest.network.guard import Allowed
from pelican.plugins.news_digest.network.outcome import Ask, Outcome, Wants
from tests.network.host import ETAG, GOOD, Host
from tests.network.loopback import make_certificate

pytestmark = pytest.mark.busy("hosts on loopback have fractions of a second to answer")

LIMITS = Limits(connect_s=1, read_s=0.5, total_s=1.2, max_bytes=10**6)


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """Start a host that knows all the tricks."""
    started = Host()
    yield started
    started.close()


def client(
    tmp_path: Path,
    *hosts: str,
    resolve: Callable[[str, int], tuple[str, ...]] | None = None,
    wants: Wants = PICTURES,
) -> Client:
    """Return a client that may ask *hosts*."""
    return Client(
        tmp_path,
        wants=wants,
        allowed=Allowed(hosts),
        limits=LIMITS,
        agent="Test/1",
        resolve=resolve,
    )


def get(tmp_path: Path, host: Host, path: str, **known: str) -> Outcome:
    """Ask *host* for *path*."""
    return once(client(tmp_path, host.name), host.url(path), **known)


def once(asking: Client, url: str, **known: str) -> Outcome:
    """Ask for one picture, over a connection of its own."""
    connections = Connections()
    found = asking.get(Ask(url=url, **known), connections)
    connections.close()
    return found


def kept(tmp_path: Path) -> list[bytes]:
    """Return everything that was kept."""
    return [path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()]


@pytest.mark.parametrize("path", ["/good/a.jpg", "/good/a.svg?x=1", "/to-good/", "/packed/", "/busy-once/x"])
def test_a_picture_is_kept_by_its_digest(tmp_path: Path, host: Host, path: str):
    """Whatever it is called, said to be, or packed in: its bytes are those of a picture."""
    found = get(tmp_path, host, path)
    if path == "/busy-once/x":
        assert ("the host answered 503", False) == (found.problem, found.is_final)
        found = get(tmp_path, host, path)
    assert ("", hashlib.blake2b(GOOD, digest_size=16).hexdigest()) == (found.problem, found.source)
    assert GOOD == (tmp_path / found.source[:2] / found.source).read_bytes()
    assert [GOOD] == kept(tmp_path)


@pytest.mark.parametrize(
    ("expected", "is_final", "path"),
    [
        ("the host answered 404", True, "/gone/"),
        ("the host answered 403", True, "/forbidden/"),
        ("the host answered 503", False, "/busy/"),
        ("the host answered 429", False, "/busy-long/"),
        ("is an SVG drawing, which could hold scripts", True, "/svg/a.jpg"),
        ("is a web page", True, "/page/a.png"),
        ("is empty", True, "/empty/"),
        ("larger than 0.953674 MB", True, "/huge-by-word/"),
        ("larger than 0.953674 MB", True, "/huge-in-truth/"),
        ("larger than 0.953674 MB", True, "/bomb/"),
        ("compressed, and damaged", True, "/packed-and-damaged/"),
        ("compressed as 'br', which was not requested", True, "/brotli/"),
        ("the host took longer than 1.2 s", False, "/endless/"),
        ("the host took longer than 1.2 s", False, "/dripping-headers/"),
        ("the answer was cut off: no answer in time", False, "/silent/"),
        ("more than 5 redirects", True, "/circle/"),
        ("a redirect without a URL", True, "/nowhere/"),
        ("redirected to a URL that cannot be fetched: not an http or https URL", True, "/to/file:///etc/passwd"),
        ("redirected to a URL that cannot be fetched: not an http or https URL", True, "/to/ftp://x.example/a.jpg"),
        ("port 22 is not a web server's", True, "/to/http://x.example:22/"),
    ],
)
def test_everything_else_is_a_problem(tmp_path: Path, host: Host, expected: str, is_final: bool, path: str):
    """It is said in words, soon, whether it may pass; and nothing is kept."""
    started = time.monotonic()
    found = get(tmp_path, host, path)
    assert (expected, is_final, "") == (found.problem, found.is_final, found.source)
    assert time.monotonic() - started < 9
    assert [] == kept(tmp_path)


@pytest.mark.parametrize("path", ["/cut-off/", "/reset/", "/no-http/"])
def test_broken_answers_may_pass(tmp_path: Path, host: Host, path: str):
    """An answer that is no whole answer is a problem of the moment, and half a picture is not kept."""
    found = get(tmp_path, host, path)
    assert found.problem.startswith("the answer was cut off: ")
    assert not found.is_final
    assert [] == kept(tmp_path)


def test_a_length_that_is_too_short_is_believed(tmp_path: Path, host: Host):
    """What comes after the stated length is nobody's; such a picture is cut off, as making it will find."""
    found = get(tmp_path, host, "/short-by-word/")
    assert "" == found.problem
    assert [GOOD[:-900]] == kept(tmp_path)


def test_a_host_is_asked_whether_anything_changed(tmp_path: Path, host: Host):
    """With what it said last time; unchanged pictures are not sent again."""
    first = get(tmp_path, host, "/good/a.jpg")
    assert ETAG == first.etag
    again = get(tmp_path, host, "/good/a.jpg", source=first.source, etag=first.etag)
    assert (first.source, "", 0) == (again.source, again.problem, again.size_bytes)
    assert ETAG == host.seen.headers[-1]["If-None-Match"]
    changed = get(tmp_path, host, "/good/a.jpg", source="other", etag='"two"')
    assert (first.source, len(GOOD)) == (changed.source, changed.size_bytes)


def test_a_host_that_wants_rest_says_how_long(tmp_path: Path, host: Host):
    """Retry-After is read."""
    assert 3600 == get(tmp_path, host, "/busy-long/").wait_s


ANYTHING = Wants(accept="*/*", encodings="gzip, br", problem=lambda _head: "", head_bytes=1)


def get_packed(tmp_path: Path, host: Host, path: str, **known: str) -> Outcome:
    """Ask *host* for *path*, which may be packed in any way."""
    return once(client(tmp_path, host.name, wants=ANYTHING), host.url(path), **known)


@pytest.mark.parametrize(
    ("expected", "path"),
    [
        ("", "/brotli-in-truth/"),
        ("", "/packed/"),
        ("larger than 0.953674 MB", "/brotli-bomb/"),
        ("larger than 0.953674 MB", "/bomb/"),
        ("compressed, and damaged", "/brotli/"),
        ("compressed, and cut off", "/brotli-cut-off/"),
    ],
)
def test_what_was_asked_for_packed_is_unpacked_within_limits(tmp_path: Path, host: Host, expected: str, path: str):
    """Brotli as gzip: the limit is that of what comes out."""
    found = get_packed(tmp_path, host, path)
    assert expected == found.problem
    assert ([] if expected else [GOOD]) == kept(tmp_path)
    assert "gzip, br" == host.seen.headers[-1]["Accept-Encoding"]


def test_what_a_host_says_of_a_file_is_noted(tmp_path: Path, host: Host):
    """Its status, its type, and for how long nobody is to ask again."""
    found = get_packed(tmp_path, host, "/fresh/")
    assert (200, 900, "text/xml; charset=utf-8") == (found.status, found.max_age_s, found.content_type)
    assert 404 == get_packed(tmp_path, host, "/gone/").status
    same = get_packed(tmp_path, host, "/same-but-new/", source="known", etag='"one"')
    assert (304, '"two"', "known") == (same.status, same.etag, same.source)


def test_a_host_may_name_the_moment_until_which_it_wants_rest(tmp_path: Path, host: Host):
    """Retry-After is a date as often as a number."""
    assert 1700 < get_packed(tmp_path, host, "/busy-until/").wait_s <= 1800


def test_moved_is_what_is_moved_for_good_all_the_way(tmp_path: Path, host: Host):
    """One redirect that is meant for now, and the old address is the one to ask next time."""
    good = host.url("/good/moved.jpg")
    moved = get_packed(tmp_path, host, "/moved/")
    lent = get_packed(tmp_path, host, "/lent/")
    stays = get_packed(tmp_path, host, "/good/")
    assert [(good, good), (good, ""), (host.url("/good/"), "")] == [
        (found.found_at, found.moved_to) for found in (moved, lent, stays)
    ]


def test_a_connection_that_was_closed_meanwhile_is_opened_anew(tmp_path: Path):
    """A host may hang up on what is kept in the very moment in which it is used again."""
    host = Host()
    asking, connections = client(tmp_path, host.name), Connections()
    assert "" == asking.get(Ask(url=host.url("/good/1.jpg")), connections).problem
    target, kept_one = Target.of(host.url("/")), connections.take(Target.of(host.url("/")))
    kept_one.sock.shutdown(socket.SHUT_WR)  # the host reads the end, and answers nothing
    connections.put(target, kept_one)
    assert "" == asking.get(Ask(url=host.url("/good/2.jpg")), connections).problem
    connections.close()
    host.close()


def test_who_asks_is_said_and_nothing_else(tmp_path: Path, host: Host):
    """No cookie, no referrer, no packing."""
    get(tmp_path, host, "/good/who.jpg")
    assert {"Host", "User-Agent", "Accept", "Accept-Encoding"} == set(host.seen.headers[-1])
    assert ("Test/1", "identity") == tuple(host.seen.headers[-1][key] for key in ("User-Agent", "Accept-Encoding"))


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "[::1]"])
def test_this_machine_is_not_asked(tmp_path: Path, host: Host, name: str):
    """However loopback is spelt, nothing reaches a server there that nobody named."""
    before = len(host.seen.paths)
    found = once(client(tmp_path), f"http://{name}:{host.server_address[1]}/good/")
    assert "private address" in found.problem or found.is_unreachable
    assert before == len(host.seen.paths)


def test_a_redirect_does_not_lead_around_the_guard(tmp_path: Path, host: Host):
    """The first host is named; the one that it sends on to is not."""
    other = Host()
    found = get(tmp_path, host, f"/to/{other.url('/good/')}")
    assert ("the host 127.0.0.1 has a private address, and --allow-host does not name it", True) == (
        found.problem,
        found.is_final,
    )
    assert [] == other.seen.paths
    other.close()


def test_a_name_that_leads_to_a_private_address_is_refused(tmp_path: Path, host: Host):
    """What counts is where a name leads, not what it is called."""
    asking = client(tmp_path, resolve=lambda _host, _port: ("127.0.0.1", "10.0.0.1", "::1"))
    found = once(asking, f"http://public.example:{host.server_address[1]}/good/")
    assert "has a private address" in found.problem


def test_the_address_that_was_checked_is_the_one_that_is_asked(tmp_path: Path, host: Host):
    """A name is looked up once: a second look-up, that leads elsewhere, never happens (DNS rebinding)."""
    answers = iter([("127.0.0.1",), ("10.0.0.1",)])
    port = host.server_address[1]
    asking = client(tmp_path, f"rebind.example:{port}", resolve=lambda _host, _port: next(answers))
    found = once(asking, f"http://rebind.example:{port}/good/once.jpg")
    assert "" == found.problem
    assert f"rebind.example:{port}" == host.seen.headers[-1]["Host"]
    assert ("10.0.0.1",) == next(answers)


def test_unknown_and_deaf_hosts_are_unreachable(tmp_path: Path):
    """A host without an address, and one where nobody listens, did not answer."""

    def unknown(_host: str, _port: int) -> tuple[str, ...]:
        raise OSError(-2, "Name or service not known")

    found = once(client(tmp_path, resolve=unknown), "http://gone.example/a.jpg")
    assert (True, "the host gone.example is unknown: Name or service not known") == (
        found.is_unreachable,
        found.problem,
    )
    deaf = Host()
    deaf.close()
    found = once(client(tmp_path, deaf.name), deaf.url("/good/"))
    assert found.is_unreachable
    assert "cannot be reached" in found.problem


def test_a_connection_is_used_again(tmp_path: Path):
    """Pictures of one host come over one connection, also after one that is not there."""
    host = Host()
    asking, connections = client(tmp_path, host.name), Connections()
    accepted = []
    accept = host.get_request
    host.get_request = lambda: accepted.append(1) or accept()  # type: ignore[method-assign]
    for number in range(5):
        assert "" == asking.get(Ask(url=host.url(f"/good/{number}.jpg")), connections).problem
    connections.close()
    host.close()
    assert 1 == len(accepted)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with the certificate and the key of ``pictures.example``, signed by itself."""
    return make_certificate(tmp_path_factory.mktemp("tls"), subject="pictures.example", name="DNS:pictures.example")


@pytest.mark.parametrize(
    ("expected", "name", "is_believed"),
    [
        ("", "pictures.example", True),
        ("certificate verify failed", "pictures.example", False),
        ("Hostname mismatch", "other.example", True),
    ],
)
def test_a_certificate_is_of_the_name_not_of_the_address(
    tmp_path: Path, certificate: Path, expected: str, name: str, is_believed: bool
):
    """The connection goes to an address that was checked; who answers there must be who the name says."""
    host = Host()
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(certificate)
    host.socket = server_side.wrap_socket(host.socket, server_side=True)
    port = host.server_address[1]
    tls = ssl.create_default_context()
    if is_believed:
        tls.load_verify_locations(certificate)
    asking = Client(
        tmp_path,
        wants=PICTURES,
        allowed=Allowed([f"{name}:{port}"]),
        limits=LIMITS,
        agent="Test/1",
        resolve=lambda _host, _port: ("127.0.0.1",),
        tls=tls,
    )
    found = once(asking, f"https://{name}:{port}/good/a.jpg")
    host.close()
    if expected:
        assert expected in found.problem
        assert found.is_unreachable
        assert [] == host.seen.paths
    else:
        assert "" == found.problem
        assert [GOOD] == kept(tmp_path)
