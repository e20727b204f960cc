"""``news-digest serve``: build the site and show it on this machine only."""

from __future__ import annotations

import http.server
import posixpath
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from pelican.settings import read_settings

from .build import build_site
from .command import add_content, add_output, add_settings

if TYPE_CHECKING:
    import argparse
    from io import BufferedReader
    from socket import socket
    from socketserver import BaseServer

HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = 8000
PORTS_TO_TRY: Final = 20

DESCRIPTION = "Build the site and serve it on loopback."
EXAMPLES = """\
news-digest serve                  look at it at http://127.0.0.1:8000/
news-digest serve --base /repo/    below a path, as a project page of GitHub Pages lives
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``serve`` can be told."""
    add_content(parser)
    add_settings(parser)
    add_output(parser)
    parser.add_argument("-p", "--port", type=int, default=DEFAULT_PORT, help="first port to try (default: %(default)s)")
    parser.add_argument("--base", default="/", help="serve below this path, such as /repo/, as GitHub Pages would")


def run(args: argparse.Namespace) -> int:
    """Build and serve."""
    return serve(settings=args.settings, content=args.content, output=args.output, port=args.port, base=args.base)


def serve(*, settings: Path, content: Path | None, output: Path | None, port: int, base: str) -> int:
    """Build, then serve until interrupted.

    Args:
        port: The first port to try; a taken one is reported and the next is tried.
        base: The path the site lives below, ``/`` or ``/repo/``.

    Returns:
        0 after Ctrl-C, 1 when the build failed or no port was free.
    """
    code = build_site(settings=settings, content=content, output=output)
    if code:
        return code
    folder = output or Path(read_settings(str(settings))["OUTPUT_PATH"])
    server = open_server(folder, port=port, base=base)
    if server is None:
        print(
            f"news-digest: ports {port} to {port + PORTS_TO_TRY - 1} are all taken; name another with --port",
            file=sys.stderr,
        )
        return 1
    print(f"Serving {folder} at http://{HOST}:{server.server_address[1]}{_prefix(base)}  (Ctrl-C stops)", flush=True)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


def open_server(folder: Path, *, port: int, base: str = "/") -> http.server.ThreadingHTTPServer | None:
    """Return a server of *folder* on the first free port from *port* on (0: any); None when all are taken."""
    handler = partial(PreviewHandler, directory=str(folder), base=_prefix(base))
    for candidate in range(port, port + PORTS_TO_TRY) if port else (0,):
        try:
            return http.server.ThreadingHTTPServer((HOST, candidate), handler)
        except OSError:
            print(f"Port {candidate} is taken (`ss -ltnp 'sport = :{candidate}'` says by whom)", file=sys.stderr)
    return None


def _prefix(base: str) -> str:
    return f"/{base.strip('/')}/" if base.strip("/") else "/"


class PreviewHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files as GitHub Pages does: below a prefix, 404.html for what is not there; nothing is cached."""

    extensions_map = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".xml": "application/xml; charset=utf-8",
        ".atom.xml": "application/atom+xml; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".json": "application/json; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".webp": "image/webp",
        ".avif": "image/avif",
    }

    def __init__(
        self, request: socket, client_address: object, server: BaseServer, *, directory: str, base: str
    ) -> None:
        self.base = base
        super().__init__(request, client_address, server, directory=directory)

    def send_head(self) -> BufferedReader | None:
        """Answer with the file, its folder's index, or 404.html; refuse what is not asked of this machine."""
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0].strip("[]")
        if host not in {"", HOST, "localhost", "::1"}:
            self.send_error(421, "This preview answers to 127.0.0.1 and localhost only")
            return None
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(self.base):
            return self._not_found()
        inside = posixpath.normpath("/" + path[len(self.base) :]).lstrip("/")
        if "\0" in inside:
            return self._not_found()
        target = Path(self.directory, inside).resolve()
        if not target.is_relative_to(Path(self.directory).resolve()):
            return self._not_found()
        if target.is_dir() and not path.endswith("/"):
            self.send_response(301)
            self.send_header("Location", f"{urlsplit(self.path).path}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        file = target / "index.html" if target.is_dir() else target
        return self._send(file, 200) if file.is_file() else self._not_found()

    def _not_found(self) -> BufferedReader | None:
        page = Path(self.directory, "404.html")
        if page.is_file():
            return self._send(page, 404)
        self.send_error(404)
        return None

    def _send(self, file: Path, status: int) -> BufferedReader:
        self.send_response(status)
        name = str(file)
        ending = ".atom.xml" if name.endswith(".atom.xml") else file.suffix
        self.send_header("Content-Type", self.extensions_map.get(ending) or self.guess_type(name))
        self.send_header("Content-Length", str(file.stat().st_size))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        return file.open("rb")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Stay quiet about what was found; say what was not."""
        if len(args) > 1 and str(args[1]).startswith(("4", "5")):
            super().log_message(format, *args)
