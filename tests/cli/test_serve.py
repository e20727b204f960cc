"""The preview's server: as GitHub Pages would, on this machine only."""

from __future__ import annotations

import http.client
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.cli.serve import PORTS_TO_TRY, open_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.server import ThreadingHTTPServer
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a built site of three files beside a secret."""
    output = tmp_path / "output"
    for path, text in {
        "index.html": "home", "404.html": "lost", "news/a/index.html": "a", "feeds/all.atom.xml": "<feed/>",
        "topics/café/index.html": "coffee",
    }.items():  # fmt: skip
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (output / "way-out").symlink_to(tmp_path / "secret.txt")
    return output


@contextmanager
def served(folder: Path, base: str = "/") -> Iterator[ThreadingHTTPServer]:
    """Serve *folder* on any free port while the block runs."""
    server = open_server(folder, port=0, base=base)
    assert server is not None
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask(
    server: ThreadingHTTPServer, path: str, *, host: str = "", method: str = "GET"
) -> tuple[int, str, dict[str, str]]:
    """Return status, body and headers of one answer."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1], timeout=5)
    connection.request(method, path, headers={"Host": host} if host else {})
    answer = connection.getresponse()
    found = answer.status, answer.read().decode(), {name.lower(): value for name, value in answer.getheaders()}
    connection.close()
    return found


@pytest.mark.parametrize(
    ("status", "body", "path"),
    [
        (200, "home", "/"),
        (200, "a", "/news/a/"),
        (200, "a", "/news/a/?q=1"),
        (200, "coffee", "/topics/caf%C3%A9/"),
        (404, "lost", "/gone"),
        (404, "lost", "/gone/deeper/"),
    ],
)
def test_addresses_are_answered_as_pages_does(folder: Path, status: int, body: str, path: str):
    """A folder is its index; what is not there is 404.html with that status."""
    with served(folder) as server:
        assert (status, body) == ask(server, path)[:2]


def test_folder_without_its_slash_is_redirected(folder: Path):
    """Relative links of a page work only below its slash."""
    with served(folder) as server:
        status, _, headers = ask(server, "/news/a")
        assert (301, "/news/a/") == (status, headers["location"])


def test_redirect_never_leaves_the_site(folder: Path):
    """A double slash is no other host."""
    with served(folder) as server:
        status, _, headers = ask(server, "//news/a")
        assert not headers.get("location", "/").startswith("//")
        assert status in {301, 404}


@pytest.mark.parametrize(
    ("status", "path"), [(200, "/repo/"), (200, "/repo/news/a/"), (404, "/"), (404, "/news/a/"), (404, "/repository/")]
)
def test_site_below_a_path_is_served_there_only(folder: Path, status: int, path: str):
    """With --base /repo/ a link that forgets the prefix is seen to be broken, as on the real host."""
    with served(folder, "/repo/") as server:
        assert status == ask(server, path)[0]


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/news/../../secret.txt", "/..%2fsecret.txt", "/way-out", "/%00"]
)
def test_nothing_outside_the_folder_is_served(folder: Path, path: str):
    """No dots and no link lead out."""
    with served(folder) as server:
        status, body, _ = ask(server, path)
        assert status in {400, 404}
        assert "secret" not in body


def test_another_host_name_is_refused(folder: Path):
    """A page of a stranger cannot read the preview through a name that leads to this machine."""
    with served(folder) as server:
        assert 421 == ask(server, "/", host="evil.example")[0]
        for host in ("localhost", "127.0.0.1", f"localhost:{server.server_address[1]}"):
            assert 200 == ask(server, "/", host=host)[0]


def test_server_listens_on_loopback_only(folder: Path):
    """Nobody else in the network sees the preview."""
    with served(folder) as server:
        assert "127.0.0.1" == server.server_address[0]


def test_types_are_those_of_the_web(folder: Path):
    """A feed is a feed, a page says its encoding, and nothing is kept."""
    with served(folder) as server:
        assert "application/atom+xml; charset=utf-8" == ask(server, "/feeds/all.atom.xml")[2]["content-type"]
        headers = ask(server, "/")[2]
        assert ("text/html; charset=utf-8", "no-store") == (headers["content-type"], headers["cache-control"])


def test_head_has_no_body(folder: Path):
    """HEAD asks for the headers alone."""
    with served(folder) as server:
        status, body, headers = ask(server, "/", method="HEAD")
        assert (200, "", "4") == (status, body, headers["content-length"])


def test_taken_port_is_reported_and_the_next_one_tried(folder: Path, capsys: pytest.CaptureFixture[str]):
    """Two previews run beside each other, and the second says why it is elsewhere."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = open_server(folder, port=port)
        assert server is not None
        server.server_close()
    assert port < server.server_address[1] < port + PORTS_TO_TRY
    assert f"Port {port} is taken" in capsys.readouterr().err
