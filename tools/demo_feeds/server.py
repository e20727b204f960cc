"""Answers as feeds do: by name, with an ETag, 304 for what is known, and 301 for the one that moved."""

from __future__ import annotations

import hashlib
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tools.demo_feeds.forms import feed_of, sources_yaml
from tools.demo_feeds.town import SOURCES

# Where the feed that moved is now.
MOVED = "moved/"


class FeedServer(ThreadingHTTPServer):
    """Serves the feeds of one day.

    Attributes:
        day: How much has happened, 1 to 3; it may be changed at any time.
        today: The third day.
        known: How often a feed was answered with 304.
    """

    daemon_threads = True

    def __init__(self, port: int, *, day: int, today: date) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.day = day
        self.today = today
        self.known = 0

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def base(self) -> str:
        """The address of all feeds, with a slash at its end."""
        return f"http://{self.host}/"

    def answer(self, name: str) -> tuple[str, bytes] | None:
        """Return media type and bytes of what is called *name*; None: nothing is."""
        if name == "sources.yaml":
            return "text/plain; charset=utf-8", sources_yaml(self.base).encode()
        source = next((s for s in SOURCES if name == (MOVED if s.form == "moved" else "") + s.file), None)
        return feed_of(source, day=self.day, today=self.today) if source else None


def serve(*, port: int, day: int, today: date) -> FeedServer:
    """Return a server that listens at *port* (0: any) of this machine; the caller lets it run."""
    return FeedServer(port, day=day, today=today)


class _Handler(BaseHTTPRequestHandler):
    server: FeedServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer one request."""
        name = self.path.removeprefix("/").partition("?")[0]
        found = self.server.answer(name)
        if found is None:
            has_moved = self.server.answer(f"{MOVED}{name}") is not None
            self._send(HTTPStatus.MOVED_PERMANENTLY if has_moved else HTTPStatus.NOT_FOUND,
                       location=f"/{MOVED}{name}" if has_moved else "")  # fmt: skip
            return
        kind, body = found
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self.server.known += 1
            self._send(HTTPStatus.NOT_MODIFIED, etag=etag)
        else:
            self._send(HTTPStatus.OK, body, kind=kind, etag=etag)

    def _send(
        self, status: HTTPStatus, body: bytes = b"", *, kind: str = "", etag: str = "", location: str = ""
    ) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("ETag", etag), ("Location", location)):
            if value:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Stay quiet."""
