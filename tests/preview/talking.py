"""How tests talk to a preview: real sockets on loopback, and nothing that waits for a clock."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pelican.plugins.news_digest.preview.board import Board
from pelican.plugins.news_digest.preview.door import THIS_MACHINE, Door
from pelican.plugins.news_digest.preview.session import open_server
from pelican.plugins.news_digest.preview.site import PreviewSite

if TYPE_CHECKING:
    from pelican.plugins.news_digest.preview.server import PreviewServer

PATIENCE_S = 30.0


def plain(folder: Path, base: str = "/") -> PreviewSite:
    """Return a site that is served as it is."""
    return PreviewSite(None, folder=str(folder), base=base)


def live(folder: Path, base: str = "/") -> PreviewSite:
    """Return a site whose pages are told of builds."""
    board = Board()
    board.tell(is_building=False)
    return PreviewSite(board, folder=str(folder), base=base)


@dataclass(frozen=True)
class Reply:
    """One answer; header names in lower case."""

    status: int
    body: str
    headers: dict[str, str]


@contextmanager
def served(site: PreviewSite, *, said: list[str] | None = None, door: Door = THIS_MACHINE) -> Iterator[PreviewServer]:
    """Serve *site* on any free port while the block runs."""
    server = open_server(site, port=0, say=(said if said is not None else []).append, door=door)
    with serving(server):
        yield server


@contextmanager
def serving(server: PreviewServer) -> Iterator[None]:
    """Let *server* answer while the block runs; then it is closed."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        if server.site.board is not None:
            server.site.board.close()
        server.shutdown()
        thread.join()
        server.server_close()


def ask(port: int, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
    """Return one answer; ``_`` in the names of headers stands for ``-``."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        connection.request(
            method, path, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        return reply_of(connection)
    finally:
        connection.close()


def reply_of(connection: http.client.HTTPConnection) -> Reply:
    """Return the answer to what was asked last."""
    answer = connection.getresponse()
    return Reply(
        answer.status,
        answer.read().decode("utf-8", "replace"),
        {name.lower(): value for name, value in answer.getheaders()},
    )


def send_raw(port: int, data: bytes) -> bytes:
    """Send *data* as it is and return everything that is answered until the connection ends."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        found = b""
        while chunk := connection.recv(65536):
            found += chunk
        return found


class Listener:
    """An open page, as far as it listens: each call waits for the next event of a kind, but not for ever.

    A preview says something now and then, lest connections close, so the socket's own patience never ends.
    """

    def __init__(self, port: int, page: str, *, prints: str = "", base: str = "/", last_id: str = "") -> None:
        headers = {"Last-Event-ID": last_id} if last_id else {}
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        self._connection.request("GET", f"{base}_preview/events?page={page}&prints={prints}", headers=headers)
        self.answer = self._connection.getresponse()
        self.last_id = last_id

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Go away, as a closed tab does."""
        self.answer.close()
        self._connection.close()

    def next(self) -> tuple[str, Any]:
        """Return the next event: its name and what it says."""
        name, deadline = "", time.monotonic() + PATIENCE_S
        while line := self.answer.readline().decode():
            if time.monotonic() > deadline:
                raise TimeoutError
            word, _, value = line.rstrip("\n").partition(": ")
            if word == "event":
                name = value
            elif word == "id":
                self.last_id = value
            elif word.startswith("data"):
                return name, json.loads(value) if value else None
        raise EOFError

    def until(self, name: str, **wanted: object) -> Any:
        """Return what the next event called *name* says in which the values *wanted* stand."""
        while True:
            kind, said = self.next()
            if kind == name and all(said[key] == value for key, value in wanted.items()):
                return said
