"""A host of files that can be told to go away, to hang, or to have lost a page."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Host(ThreadingHTTPServer):
    """Serves a folder below ``/repo/``; no connection outlives its answer.

    Attributes:
        folder: What is served.
        instead: What is sent for a path instead of its file, as a script.
        off: Whether every connection ends without an answer, as without a network.
        lost: The status that a path is answered with; 0: it is not answered before ``ends`` is set.
        asked: Set when such a path is asked for.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.instead: dict[str, str] = {}
        self.off = False
        self.lost: dict[str, int] = {}
        self.asked = threading.Event()
        self.ends = threading.Event()

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"http://127.0.0.1:{self.server_port}/repo/"


class _Handler(SimpleHTTPRequestHandler):
    server: Host

    def do_GET(self) -> None:
        # A file's time says which second: what is published twice within one would be called unchanged.
        del self.headers["If-Modified-Since"]
        status = self.server.lost.get(self.path)
        if status == 0:
            self.server.asked.set()
            self.server.ends.wait()
        if status:
            self.send_error(status)
        elif self.path in self.server.instead:
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript")
            self.end_headers()
            self.wfile.write(self.server.instead[self.path].encode())
        elif not self.server.off:
            super().do_GET()

    def translate_path(self, path: str) -> str:
        relative = path.partition("?")[0].removeprefix("/repo/")
        return str(self.server.folder / relative)

    def end_headers(self) -> None:
        """Leave it to nobody's guess how long an answer is true."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def hosted(folder: Path) -> Iterator[Host]:
    """Serve *folder* at an address where no browser has been."""
    with Host(folder) as host:
        thread = threading.Thread(target=host.serve_forever, daemon=True)
        thread.start()
        try:
            yield host
        finally:
            host.ends.set()
            host.shutdown()
            thread.join()
