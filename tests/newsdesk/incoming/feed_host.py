"""A web server on loopback with feeds of invented news: good ones, and those that misbehave in every known way."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from hashlib import blake2b
from html import escape
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.network.loopback import LoopbackHost

ITEM = (
    "<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{guid}</guid>"
    "<pubDate>{date}</pubDate><description>{text}</description></item>"
)


def entry(number: int = 1, *, title: str = "", link: str = "", hours: float = 1, text: str = "", guid: str = "") -> str:
    """Return an item of RSS; *hours* is how old it is."""
    return ITEM.format(
        title=escape(title or f"Ferry {number} runs late"),
        link=escape(link or f"https://harbour.example/ferry-{number}"),
        guid=guid or f"guid-{number}",
        date=formatdate(time.time() - hours * 3600, usegmt=True),
        text=escape(text or f"<p>The ferry was late, for the {number}th time.</p>"),
    )


def rss(*items: str, title: str = "Harbour Radio", site: str = "https://harbour.example/", more: str = "") -> bytes:
    """Return a feed with *items*."""
    head = f"<title>{escape(title)}</title><link>{site}</link>{more}"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'.encode()


@dataclass
class Page:
    """What is answered at one path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    has_validators: bool = True


class FeedHost(LoopbackHost):
    """The server; set ``pages["/path"]`` to what it answers there.

    Attributes:
        asked: Path and headers of each request, in order.
        most: How many requests there were at once.
    """

    def __init__(self) -> None:
        super().__init__(_Handler)
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.active = self.most = 0
        self.lock = threading.Lock()
        self.start()

    def set(self, path: str, body: bytes | str, **more: Any) -> str:
        """Answer *body* at *path* from now on; return the address."""
        self.pages[path] = Page(body.encode() if isinstance(body, str) else body, **more)
        return self.url(path)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FeedHost

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own name
        """Keep quiet."""

    def do_GET(self) -> None:
        """Answer what is set for the path, or misbehave as it says."""
        host = self.server
        with host.lock:
            host.asked.append((self.path, dict(self.headers)))
            host.active += 1
            host.most = max(host.most, host.active)
        try:
            with suppress(OSError):
                if self.path in host.pages:
                    self._page(host.pages[self.path])
                else:
                    way = self.path.split("/")[1].replace("-", "_")
                    getattr(self, f"_{way}", self._missing)()
        finally:
            with host.lock:
                host.active -= 1

    def _page(self, page: Page) -> None:
        etag = f'"{blake2b(page.body, digest_size=8).hexdigest()}"'
        if page.has_validators and self.headers.get("If-None-Match") == etag:
            self._send(b"", 304, {"ETag": etag})
            return
        headers = {"ETag": etag, **page.headers} if page.has_validators else page.headers
        self._send(page.body, page.status, headers)

    def _send(self, body: bytes, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def _missing(self) -> None:
        self._send(b"not here", 404, {})

    def _gone(self) -> None:
        self._send(b"gone", 410, {})

    def _broken(self) -> None:
        self._send(b"out of order", 500, {})

    def _busy(self) -> None:
        self._send(b"later", 429, {"Retry-After": "7200"})

    def _to(self) -> None:
        self._send(b"moved", 302, {"Location": self.path.removeprefix("/to/")})

    def _circle(self) -> None:
        self._send(b"moved", 301, {"Location": self.path})

    def _silent(self) -> None:
        self.server.ended.wait(60)

    def _dripping(self) -> None:
        self._stream(rss()[:40], b" ", pause_s=0.05)

    def _endless(self) -> None:
        self._stream(rss()[:60], b"<item><title>more and more of it</title></item>" * 200, pause_s=0.0)

    def _stream(self, first: bytes, part: bytes, *, pause_s: float) -> None:
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        self.wfile.write(first)
        while not self.server.ended.wait(pause_s):
            self.wfile.write(part)

    def _lying(self) -> None:
        self._send(rss(entry()), 200, {"Content-Length": "99999"})
        self.close_connection = True

    def _reset(self) -> None:
        self.close_connection = True
