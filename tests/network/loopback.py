"""What servers of tests on loopback share: they start by themselves, end everything, and may speak TLS."""

from __future__ import annotations

import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest


class LoopbackHost(ThreadingHTTPServer):
    """A server that answers as *handler* says, from a thread of its own.

    Attributes:
        ended: Set when it ends; answers that would go on for ever look at it.
    """

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(("127.0.0.1", 0), handler)
        self.ended = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    @property
    def name(self) -> str:
        """``127.0.0.1:PORT``."""
        return f"127.0.0.1:{self.server_address[1]}"

    def url(self, path: str) -> str:
        """Return the address of *path*."""
        return f"http://{self.name}{path}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients are meant to hang up."""

    def close(self) -> None:
        """End everything, also answers that would go on for ever."""
        self.ended.set()
        self.shutdown()
        self.server_close()
        self._thread.join()


def make_certificate(folder: Path, *, subject: str, name: str) -> Path:
    """Return a file in *folder* with a certificate of *subject*, signed by itself, and its key.

    Args:
        name: What it is valid for, as openssl writes it, such as ``DNS:pictures.example``.
    """
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("no openssl to make a certificate with")
    path = folder / "both.pem"
    asked = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN={subject}"
    names = ["-addext", f"subjectAltName={name}", "-keyout", str(path), "-out", f"{path}.crt"]
    subprocess.run([program, *asked.split(), *names], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + path.with_name("both.pem.crt").read_bytes())
    return path
