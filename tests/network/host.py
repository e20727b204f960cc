"""A web server on loopback that behaves well, or badly in every way that hosts do."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from urllib.parse import urlsplit

import brotli

from tests.images.drawing import draw, encode
from tests.network.loopback import LoopbackHost

GOOD = encode(draw(700, 400))
ETAG = '"one"'
# Sixty million bytes in some thousands.
BROTLI_BOMB = brotli.compress(GOOD + bytes(60_000_000), quality=1)
BOMB = gzip.compress(GOOD + bytes(60_000_000), 9)


@dataclass
class Seen:
    """What was asked for, in order, and how many at once."""

    paths: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    active: int = 0
    most: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Host(LoopbackHost):
    """The server; ``/good/…`` is a picture, other first parts of a path are ways to misbehave."""

    def __init__(self, pictures: dict[str, bytes] | None = None) -> None:
        super().__init__(_Handler)
        self.seen = Seen()
        self.pictures = pictures or {}
        self.start()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Host

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's own name
        """Keep quiet."""

    def do_GET(self) -> None:
        """Answer as the first part of the path says."""
        seen = self.server.seen
        with seen.lock:
            seen.paths.append(self.path)
            seen.headers.append(dict(self.headers))
            seen.active += 1
            seen.most = max(seen.most, seen.active)
        try:
            name = urlsplit(self.path).path.split("/")[1].replace("-", "_")
            with suppress(OSError):
                getattr(self, f"_{name}", self._gone)()
        finally:
            with seen.lock:
                seen.active -= 1

    def _send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for key, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _good(self) -> None:
        if self.headers.get("If-None-Match") == ETAG:
            self._send(b"", 304)
        else:
            self._send(self.server.pictures.get(self.path, GOOD), ETag=ETAG, Content_Type="text/plain")

    def _slow_but_good(self) -> None:
        time.sleep(0.05)
        self._send(GOOD)

    def _gone(self) -> None:
        self._send(b"gone", 404)

    def _forbidden(self) -> None:
        self._send(b"no", 403)

    def _busy_once(self) -> None:
        if self.server.seen.paths.count(self.path) > 1:
            self._send(GOOD)
        else:
            self._send(b"later", 503, Retry_After="0")

    def _busy(self) -> None:
        self._send(b"later", 503)

    def _busy_long(self) -> None:
        self._send(b"tomorrow", 429, Retry_After="3600")

    def _svg(self) -> None:
        self._send(b"<svg xmlns='http://www.w3.org/2000/svg'/>", Content_Type="image/jpeg")

    def _page(self) -> None:
        self._send(b"<!DOCTYPE html><p>Please enable cookies", Content_Type="image/png")

    def _empty(self) -> None:
        self._send(b"")

    def _huge_by_word(self) -> None:
        self._send(GOOD, Content_Length=str(10**10))

    def _huge_in_truth(self) -> None:
        self._send_chunks(GOOD, b"\0" * 10_000, times=10**6)

    def _endless(self) -> None:
        self._send_chunks(GOOD, b"\0", times=10**9, pause_s=0.02)

    def _send_chunks(self, *parts: bytes, times: int, pause_s: float = 0.0) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        first, more = parts
        for number in range(times):
            part = more if number else first
            self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
            if self.server.ended.wait(pause_s) if pause_s else self.server.ended.is_set():
                return

    def _silent(self) -> None:
        self.server.ended.wait(30)

    def _dripping_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(10**6):
            self.wfile.write(b"X-%d: drip\r\n" % number if number % 3 == 0 else b"")
            if self.server.ended.wait(0.03):
                return

    def _cut_off(self) -> None:
        self._send(GOOD[:-900], Content_Length=str(len(GOOD)))
        self.close_connection = True

    def _short_by_word(self) -> None:
        self._send(GOOD, Content_Length=str(len(GOOD) - 900))
        self.close_connection = True

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.close_connection = True

    def _no_http(self) -> None:
        self.wfile.write(b"HELLO\r\n\r\n")
        self.close_connection = True

    def _packed(self) -> None:
        self._send(gzip.compress(GOOD), Content_Encoding="gzip")

    def _bomb(self) -> None:
        self._send(BOMB, Content_Encoding="gzip")

    def _packed_and_damaged(self) -> None:
        self._send(gzip.compress(GOOD)[:9] + b"\xff" * 400, Content_Encoding="gzip")

    def _brotli(self) -> None:
        self._send(GOOD, Content_Encoding="br")

    def _brotli_in_truth(self) -> None:
        self._send(brotli.compress(GOOD, quality=1), Content_Encoding="br")

    def _brotli_bomb(self) -> None:
        self._send(BROTLI_BOMB, Content_Encoding="br")

    def _brotli_cut_off(self) -> None:
        self._send(brotli.compress(GOOD, quality=1)[:-50], Content_Encoding="br")

    def _busy_until(self) -> None:
        self._send(b"later", 503, Retry_After=formatdate(time.time() + 1800, usegmt=True))

    def _fresh(self) -> None:
        self._send(GOOD, Cache_Control="public, max-age=900", Content_Type="text/xml; charset=utf-8")

    def _same_but_new(self) -> None:
        self._send(b"", 304, ETag='"two"')

    def _moved(self) -> None:
        self._send(b"moved", 308, Location="/to-good/")

    def _lent(self) -> None:
        self._send(b"moved", 302, Location="/to-good/")

    def _to(self) -> None:
        self._send(b"moved", 302, Location=self.path.removeprefix("/to/") or "/good/")

    def _to_good(self) -> None:
        self._send(b"moved", 301, Location="/good/moved.jpg")

    def _circle(self) -> None:
        self._send(b"moved", 302, Location="/circle/")

    def _slow_circle(self) -> None:
        self.server.ended.wait(0.2)
        self._send(b"moved", 302, Location="/slow-circle/")

    def _nowhere(self) -> None:
        self._send(b"moved", 302)
