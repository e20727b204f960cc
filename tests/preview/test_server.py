"""The preview's server, by real connections: as GitHub Pages answers, to this machine only, and many at once."""

from __future__ import annotations

import http.client
import socket
import threading
from pathlib import Path

import pytest

from pelican.plugins.news_digest.preview.door import Door
from pelican.plugins.news_digest.preview.session import NoAddressError, open_server

from .conftest import HEAD
from .talking import Listener, ask, live, plain, reply_of, send_raw, served


@pytest.mark.parametrize(
    ("status", "body", "path"),
    [
        (200, f"{HEAD}home", "/"),
        (200, "a", "/news/a/"),
        (200, "a", "/news/a/?q=1"),
        (200, "coffee", "/topics/caf%C3%A9/"),
        (404, f"{HEAD}lost", "/gone"),
        (404, f"{HEAD}lost", "/gone/deeper/"),
        (404, f"{HEAD}lost", "/way-out"),
        (404, f"{HEAD}lost", "/..%2fsecret.txt"),
        (404, f"{HEAD}lost", "/%00"),
    ],
)
def test_addresses_are_answered_as_pages_does(folder: Path, status: int, body: str, path: str):
    """A folder is its index; what is not there, or not of the site, is 404.html with that status."""
    with served(plain(folder)) as server:
        reply = ask(server.port, path)
        assert (status, body) == (reply.status, reply.body)


def test_folder_without_its_slash_is_redirected(folder: Path):
    """Relative links of a page work only below its slash; a query goes along."""
    with served(plain(folder)) as server:
        reply = ask(server.port, "/news/a?x=1")
        assert (301, "/news/a/?x=1") == (reply.status, reply.headers["location"])


@pytest.mark.parametrize("path", ["//news/a", "/\\news/a", "//evil.example/%2e%2e", "/news/a%0d%0aX:%20y"])
def test_redirect_never_leaves_the_site(folder: Path, path: str):
    """A double slash is no other host, and a line end no other header."""
    with served(plain(folder)) as server:
        reply = ask(server.port, path)
        assert reply.status in {301, 404}
        assert reply.headers.get("location", "/news/a/") == "/news/a/"
        assert "x" not in reply.headers


def test_site_below_a_path_is_served_there_only(folder: Path):
    """What lies beside it says so, and the way in."""
    with served(live(folder, "/repo/")) as server:
        assert 200 == ask(server.port, "/repo/news/a/").status
        outside = ask(server.port, "/news/a/")
        assert 404 == outside.status
        assert 'href="/repo/"' in outside.body
        assert 'src="/repo/_preview/preview.js"' in ask(server.port, "/repo/").body


@pytest.mark.parametrize(
    "hosts",
    [
        b"Host: evil.example",
        b"Host: localhost\r\nHost: evil.example",
        b"Host:",
        b"X: y",
        b"Host: localhost.evil.example:80",
    ],
)
def test_other_host_names_are_refused(folder: Path, hosts: bytes):
    """A page of a stranger cannot read the preview through a name that leads to this machine."""
    said: list[str] = []
    with served(live(folder), said=said) as server:
        for path in (b"/", b"/_preview/events?page=/", b"/x.css"):
            answer = send_raw(server.port, b"GET " + path + b" HTTP/1.1\r\n" + hosts + b"\r\nConnection: close\r\n\r\n")
            assert answer.startswith(b"HTTP/1.1 421 ")
            assert b"home" not in answer
    assert any("refused" in line for line in said)


def test_absolute_targets_are_refused(folder: Path):
    """This is no proxy."""
    with served(plain(folder)) as server:
        answer = send_raw(server.port, b"GET http://localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 400 ")


def test_pages_of_other_sites_may_link_and_not_more(folder: Path):
    """Scripts, pictures and frames of strangers get nothing; a click gets a page."""
    with served(live(folder)) as server:
        stranger = {"Sec_Fetch_Site": "cross-site"}
        assert 403 == ask(server.port, "/x.css", Sec_Fetch_Mode="no-cors", **stranger).status
        assert 403 == ask(server.port, "/_preview/events?page=/", Sec_Fetch_Mode="cors", **stranger).status
        assert 200 == ask(server.port, "/", Sec_Fetch_Mode="navigate", **stranger).status
        assert "same-origin" == ask(server.port, "/x.css").headers["cross-origin-resource-policy"]


def test_server_listens_on_loopback_only(folder: Path):
    """Nobody else in the network sees the preview."""
    with served(plain(folder)) as server:
        assert "127.0.0.1" == server.socket.getsockname()[0]


def test_server_listens_where_it_is_told(folder: Path):
    """At every address if asked to, and it answers to the names that were allowed, and to no others."""
    door = Door(address="0.0.0.0", allowed=("desk.local",))  # noqa: S104 - what is tried
    with served(live(folder), door=door) as server:
        assert door.address == server.socket.getsockname()[0]
        assert 200 == ask(server.port, "/", Host="desk.local:1").status
        assert 200 == ask(server.port, "/", Host="localhost:1").status
        refused = ask(server.port, "/", Host="evil.example")
        assert (421, True) == (refused.status, "--allow-host" in refused.body)
        assert f"http://desk.local:{server.port}/" == server.url


def test_address_of_another_machine_is_told_at_once(folder: Path):
    """And not called a port that is taken, twenty times."""
    said: list[str] = []
    with pytest.raises(NoAddressError, match=r"this machine has no address 192\.0\.2\.1 to listen at"):
        open_server(plain(folder), port=8000, say=said.append, door=Door(address="192.0.2.1"))
    assert [] == said


@pytest.mark.skipif(not socket.has_ipv6, reason="this Python knows no IPv6")
def test_server_listens_at_ipv6(folder: Path):
    """Where this machine has it."""
    try:
        with served(plain(folder), door=Door(address="::1")) as server:
            connection = http.client.HTTPConnection("::1", server.port, timeout=30)
            connection.request("GET", "/")
            assert 200 == connection.getresponse().status
            connection.close()
    except NoAddressError:
        pytest.skip("this machine has no address ::1")


def test_types_are_right_and_nothing_is_kept(folder: Path):
    """A feed is a feed, a page says its encoding, and a browser asks each time."""
    with served(plain(folder)) as server:
        assert "application/atom+xml; charset=utf-8" == ask(server.port, "/feeds/all.atom.xml").headers["content-type"]
        headers = ask(server.port, "/").headers
        assert ("text/html; charset=utf-8", "no-store") == (headers["content-type"], headers["cache-control"])
        assert "nosniff" == headers["x-content-type-options"]


@pytest.mark.parametrize("path", ["/", "/data.bin", "/gone", "/news/a"])
def test_head_has_no_body_and_the_same_length(folder: Path, path: str):
    """HEAD asks for the headers alone, also of a page that is served with a script."""
    with served(live(folder)) as server:
        head, get = ask(server.port, path, method="HEAD"), ask(server.port, path)
        assert "" == head.body
        assert (get.status, get.headers["content-length"]) == (head.status, head.headers["content-length"])


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_nothing_can_be_sent(folder: Path, method: str):
    """The preview only shows; and what follows in the connection is not read as a request."""
    request = (
        f"{method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40\r\n\r\nGET /data.bin HTTP/1.1\r\n"
    ).encode()
    with served(live(folder)) as server:
        answer = send_raw(server.port, request)
        assert answer.startswith(b"HTTP/1.1 405 ")
        assert 1 == answer.count(b"HTTP/1.1 ")


def test_one_connection_serves_many_requests(folder: Path):
    """Keep-alive: a page and all that it needs come through one connection."""
    with served(live(folder)) as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.connect()
        first = connection.sock
        for path in ("/", "/x.css", "/gone", "/data.bin", "/news/a", "/"):
            connection.request("GET", path)
            assert reply_of(connection).status in {200, 301, 404}
            assert connection.sock is first
        connection.close()


def test_many_connections_are_served_at_once(folder: Path):
    """Two hundred at a time, while forty pages listen and one connection says nothing at all."""
    with served(live(folder)) as server, socket.create_connection(("127.0.0.1", server.port)):
        listeners = [Listener(server.port, "/") for _ in range(40)]
        found: list[int] = []
        threads = [threading.Thread(target=lambda: found.append(ask(server.port, "/").status)) for _ in range(200)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [200] * 200 == found
        for listener in listeners:
            assert "reload" == listener.next()[0]
            listener.__exit__()


def test_browser_that_went_away_disturbs_nobody(folder: Path):
    """A connection that ends in the middle of an answer is not worth a word."""
    said: list[str] = []
    with served(live(folder), said=said) as server:
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", server.port)) as connection:
                connection.sendall(b"GET /data.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
                connection.recv(10)
        assert 200 == ask(server.port, "/").status
    assert [] == said


def test_missing_file_is_said_with_who_asked(folder: Path):
    """A broken link can be found from the terminal; what a browser asks for by itself is passed over."""
    said: list[str] = []
    with served(live(folder), said=said) as server:
        ask(server.port, "/gone%1b[31m.png")
        ask(server.port, "/gone.png", Referer=f"http://127.0.0.1:{server.port}/news/a/")
        ask(server.port, "/favicon.ico")
    assert ["404 /gone%1b[31m.png", "404 /gone.png (asked for by /news/a/)"] == said


def test_frames_and_scripts_get_the_file_as_it_is(folder: Path):
    """An old newsletter in a frame that may run nothing is not given a script."""
    with served(live(folder)) as server:
        assert "preview.js" in ask(server.port, "/", Sec_Fetch_Dest="document").body
        for kind in ("iframe", "empty"):
            assert f"{HEAD}home" == ask(server.port, "/", Sec_Fetch_Dest=kind).body


@pytest.mark.parametrize("name", ["preview.js", "preview.css", "marks.css"])
def test_previews_own_files_are_there(folder: Path, name: str):
    """And nothing else is, whatever is asked for."""
    with served(live(folder, "/repo/")) as server:
        assert 200 == ask(server.port, f"/repo/_preview/{name}").status
        for path in ("", "../server.py", "..%2fserver.py", "nothing", f"{name}/"):
            assert 404 == ask(server.port, f"/repo/_preview/{path}").status
