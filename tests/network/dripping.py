"""A host on loopback that begins an answer well, and then sends one byte at a time for as long as anybody listens."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Iterable
from contextlib import suppress
from itertools import cycle
from pathlib import Path

from tests.network.host import GOOD

PAUSE_S = 0.02
OK = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n"
HALF = GOOD[:2000]
PACKED = gzip.compress(GOOD)
# Way → what is sent at once, and what then drips, over and over.
WAYS: dict[str, tuple[bytes, bytes]] = {
    "HTTP/1.0": (b"HTTP/1.0 200 OK\r\nContent-Type: image/jpeg\r\n\r\n" + HALF, b"\0"),
    "HTTP/1.0 with a length": (b"HTTP/1.0 200 OK\r\nContent-Length: 900000\r\n\r\n" + HALF, b"\0"),
    "the last answer": (OK + b"Connection: close\r\n\r\n" + HALF, b"\0"),
    "the last answer, with a length": (OK + b"Connection: close\r\nContent-Length: 900000\r\n\r\n" + HALF, b"\0"),
    "no length": (OK + b"\r\n" + HALF, b"\0"),
    "a length that is never reached": (OK + b"Content-Length: 900000\r\n\r\n" + HALF, b"\0"),
    "a length that is no number": (OK + b"Content-Length: many\r\n\r\n" + HALF, b"\0"),
    "no HTTP for long": (b"", b"H"),
    "a status": (b"HTTP/1.1 200 ", b"O"),
    "one header": (b"HTTP/1.1 200 OK\r\nX-Long: ", b"a"),
    "many headers": (b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"),
    "Continue for ever": (b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"),
    "Continue with headers": (b"HTTP/1.1 100 Continue\r\n", b"X-A: b\r\n"),
    "a redirect": (b"HTTP/1.1 302 Found\r\nLocation: http://elsewhere.example/", b"a"),
    "chunks": (OK + b"Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + HALF + b"\r\n", b"1\r\n\0\r\n"),
    "the size of a chunk": (OK + b"Transfer-Encoding: chunked\r\n\r\n7d0\r\n" + HALF + b"\r\n", b"0"),
    "one chunk": (OK + b"Transfer-Encoding: chunked\r\n\r\nffffff\r\n" + HALF, b"\0"),
    "what comes after chunks": (OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\n\xff\r\n0\r\n", b"X-A: b\r\n"),
    "packed": (OK + b"Content-Encoding: gzip\r\n\r\n" + PACKED[:900], PACKED[900:]),
    "packed in HTTP/1.0": (b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + PACKED[:900], PACKED[900:]),
    "a refusal": (b"HTTP/1.1 404 Not", b" Found"),
    "a picture that is none": (OK + b"Connection: close\r\n\r\n<", b"!"),
}


class DrippingHost:
    """The host. What it says first may be a whole answer, so that the connection is kept for the one that drips.

    Args:
        begin, drip: Of the answer that drips.
        first: Whole answers to earlier requests on the same connection.
        certificate: Speak TLS, with this certificate and key.
    """

    def __init__(
        self, begin: bytes, drip: bytes, *, first: Iterable[bytes] = (), certificate: Path | None = None
    ) -> None:
        self._begin, self._drip, self._first = begin, drip, tuple(first)
        self._tls: ssl.SSLContext | None = None
        if certificate is not None:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(certificate)
        self.ended = threading.Event()
        self.accepted = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def name(self) -> str:
        """``127.0.0.1:PORT``."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/a.jpg", *, scheme: str = "http") -> str:
        """Return the address of *path*."""
        return f"{scheme}://{self.name}{path}"

    def close(self) -> None:
        """End everything."""
        self.ended.set()
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                found, _ = self._listener.accept()
                self.accepted += 1
                threading.Thread(target=self._answer, args=(found,), daemon=True).start()

    def _answer(self, found: socket.socket) -> None:
        with suppress(OSError):
            if self._tls is not None:
                found = self._tls.wrap_socket(found, server_side=True)
            with found:
                for whole in self._first:
                    found.recv(65536)
                    found.sendall(whole)
                found.recv(65536)
                found.sendall(self._begin)
                for byte in cycle(self._drip):
                    if self.ended.wait(PAUSE_S):
                        return
                    found.sendall(bytes([byte]))
