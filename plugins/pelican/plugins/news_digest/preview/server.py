"""Speaks HTTP with browsers on this machine: keep-alive, one thread for each connection, nothing to be kept."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urlsplit

import msgspec

from ..errors import printable
from .answer import Answer
from .desk.gate import Asked, Refused, read_form, refusal_of_body, refusal_to_act, refusal_to_show
from .desk.query import ACT, PLACE
from .door import THIS_MACHINE, Door

if TYPE_CHECKING:
    from .desk.desk import Desk
    from .page import Served
    from .site import PreviewSite

# A sign of life for pages that have nothing to hear, so that those whose browser is gone are found.
HEARTBEAT_S: Final = 15.0
# How long a connection may say nothing.
IDLE_S: Final = 60.0
RETRY_MS: Final = 300
CHUNK_BYTES: Final = 1 << 16


class PreviewServer(ThreadingHTTPServer):
    """Serves one site.

    Args:
        port: 0 takes any free one.
        note: Called with what the owner should know, in one line.
        inherited: A socket that listens already, from the process that this one replaced.
        desk: Who answers at ``/_desk/``; None: nobody does.

    Raises:
        OSError: The port is taken, or this machine has no such address.
    """

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    # Here this only skips a wait after the last server; on Windows it would share the port with another program.
    allow_reuse_address = os.name != "nt"

    def __init__(
        self,
        port: int,
        *,
        site: PreviewSite,
        note: Callable[[str], None],
        door: Door = THIS_MACHINE,
        inherited: socket.socket | None = None,
        desk: Desk | None = None,
    ) -> None:
        self.site = site
        self.note = note
        self.door = door
        self.desk = desk
        self.address_family = socket.AF_INET6 if ":" in door.address else socket.AF_INET
        super().__init__((door.address, port), PreviewHandler, bind_and_activate=inherited is None)
        if inherited is not None:
            self.socket.close()
            self.socket = inherited
            self.server_address = inherited.getsockname()

    @property
    def port(self) -> int:
        """The port it listens at."""
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"{self.door.url(self.port)}{self.site.base}"

    def server_bind(self) -> None:
        """Bind, and do not ask a name server what this machine is called, as the base class does."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.door.address, self.port

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the base class's
        """Stay quiet about browsers that went away; say what is our own fault."""
        del request, client_address
        error = sys.exc_info()[1]
        if not isinstance(error, (ConnectionError, TimeoutError)):
            self.note(f"the preview's own fault: {type(error).__name__}: {error}")


class PreviewHandler(BaseHTTPRequestHandler):
    """One connection."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"
    timeout = IDLE_S
    # An event is a few small writes, and each of them is to arrive now.
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer a request that a browser on this machine makes for this site; refuse any other."""
        site = self.server.site
        if self.headers.get("Content-Length") or self.headers.get("Transfer-Encoding"):
            self.close_connection = True  # a body that nobody reads
        refusal = self._refusal()
        if refusal is not None:
            self._send(refusal)
        elif site.board is not None and urlsplit(self.path).path == f"{site.tools}events":
            self._events()
        elif self._is_at_desk:
            self._send(self._desk_page())
        else:
            self._send(self._dressed(site.answer(self.path)))

    do_HEAD = do_GET  # noqa: N815 - named after the method

    def _refuse_method(self) -> None:
        self.close_connection = True
        self._send(Answer(status=HTTPStatus.METHOD_NOT_ALLOWED, body=b"Only GET and HEAD.\n"))

    def do_POST(self) -> None:
        """Do what a form of the desk says; nothing else is ever posted here."""
        if self._is_at_desk:
            self._send(self._desk_act())
        else:
            self._refuse_method()

    # Named after methods of HTTP, as the base class asks.
    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _refuse_method  # noqa: N815

    @property
    def _is_at_desk(self) -> bool:
        path = urlsplit(f"http://host{self.path}").path
        return self.server.desk is not None and path.startswith(f"{self.server.site.base}{PLACE}")

    @property
    def _asked(self) -> Asked:
        names = {name.lower() for name in self.headers}
        headers = {name: tuple(self.headers.get_all(name, [])) for name in names}
        return Asked(listens_at=self.server.door.address, peer=self.client_address[0], headers=headers)

    def _desk_page(self) -> Answer:
        desk, base = self.server.desk, self.server.site.base
        assert desk is not None  # noqa: S101 - asked by the caller
        refused = refusal_to_show(self._asked)
        return desk.refuse(refused, base=base) if refused else desk.show(self.path, base=base)

    def _desk_act(self) -> Answer:
        """Return the answer to a form; a body that is not read ends the connection."""
        desk, base, asked = self.server.desk, self.server.site.base, self._asked
        assert desk is not None  # noqa: S101 - asked by the caller
        self.close_connection = True
        refused = refusal_to_show(asked) or refusal_of_body(asked)
        if refused is None:
            body = self.rfile.read(int(asked.one("content-length")))
            form = read_form(body)
            refused = refusal_to_act(asked, form=form, token=desk.token)
            if refused is None and urlsplit(self.path).path == f"{base}{PLACE}{ACT}":
                return desk.act(form, base=base)
        if refused is None:
            refused = Refused(HTTPStatus.NOT_FOUND, "The desk takes no forms here.")
        self.server.note(printable(f"refused at the desk: {refused.reason}"))
        return desk.refuse(refused, base=base)

    def _refusal(self) -> Answer | None:
        hosts = self.headers.get_all("Host", [])
        if not self.path.startswith("/"):
            return Answer(status=HTTPStatus.BAD_REQUEST, body=b"An address begins with a slash.\n")
        if not self.server.door.knows(hosts):
            asked = f"refused: asked for as {', '.join(hosts) or 'nobody'}, not as this machine"
            self.server.note(printable(f"{asked} (`--allow-host NAME` allows a name)"))
            said = b"This preview does not answer to this name; news-digest serve --allow-host NAME lets it.\n"
            return Answer(status=HTTPStatus.MISDIRECTED_REQUEST, body=said)
        if self.headers.get("Sec-Fetch-Site") == "cross-site" and self.headers.get("Sec-Fetch-Mode") != "navigate":
            said = b"Pages of other sites may link to the preview, and not more.\n"
            return Answer(status=HTTPStatus.FORBIDDEN, body=said)
        return None

    @property
    def _origin(self) -> str:
        return self.server.door.origin(self.headers["Host"])

    def _dressed(self, answer: Answer) -> Answer:
        """Put the script into a page that is shown in a tab; frames and scripts get the file as it is."""
        site = self.server.site
        if answer.status is HTTPStatus.NOT_FOUND and not self.path.startswith("/favicon.ico"):
            asker = self.headers.get("Referer", "").removeprefix(self._origin)
            self.server.note(printable(f"404 {self.path}" + (f" (asked for by {asker})" if asker else "")))
        if site.board is None or not answer.is_page or self.headers.get("Sec-Fetch-Dest", "document") != "document":
            return answer
        served = site.served(answer.body, origin=self._origin, path=urlsplit(self.path).path)
        return msgspec.structs.replace(answer, body=served.body)

    def _send(self, answer: Answer) -> None:
        if answer.path:
            self._send_file(answer)
            return
        self._send_head(answer, size=len(answer.body))
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def _send_file(self, answer: Answer) -> None:
        with open(answer.path, "rb") as file:
            left = os.fstat(file.fileno()).st_size
            self._send_head(answer, size=left)
            while self.command != "HEAD" and left:
                chunk = file.read(min(left, CHUNK_BYTES))
                if not chunk:  # the file became shorter than was announced
                    self.close_connection = True
                    return
                self.wfile.write(chunk)
                left -= len(chunk)

    def _send_head(self, answer: Answer, *, size: int) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(size))
        self.send_header("Cache-Control", "no-store")
        # So that pages of other sites can neither load what is here nor guess from it.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.location:
            self.send_header("Location", answer.location)
        if answer.status is HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def _events(self) -> None:
        """Tell one open page of every build: to load anew, to dress anew, and what is to be mended."""
        board = self.server.site.board
        assert board is not None  # noqa: S101 - asked by the caller
        self.close_connection = True
        query = parse_qs(urlsplit(self.path).query)
        page = query.get("page", ["/"])[0]
        known = self.headers.get("Last-Event-ID") or query.get("prints", [""])[0]
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(f"retry: {RETRY_MS}\n\n".encode())
        turn = -1
        while not board.is_closed:
            state = board.wait(turn, timeout_s=HEARTBEAT_S)
            if state.turn == turn:
                self.wfile.write(b": still here\n\n")
                continue
            turn = state.turn
            known = self._tell(page, known)
            self._send_event("state", msgspec.json.encode(state), known)

    def _tell(self, page: str, known: str) -> str:
        """Tell a page what became of it since it was *known*; return what it is known by from now on."""
        now = self._current(page)
        prints = str(now.prints)
        if prints == known:
            return known
        if now.prints.page == known.partition("-")[0]:
            self._send_event("styles", msgspec.json.encode(now.styles), prints)
        else:
            self._send_event("reload", b"", prints)
        return prints

    def _current(self, page: str) -> Served:
        """Return *page* as it would be served now."""
        site = self.server.site
        return site.served(site.answer(page).body, origin=self._origin, path=page)

    def _send_event(self, name: str, data: bytes, known: str) -> None:
        safe = "".join(mark for mark in known if mark.isalnum() or mark == "-")
        self.wfile.write(f"event: {name}\nid: {safe}\ndata: ".encode() + data + b"\n\n")

    def version_string(self) -> str:
        """Return what the answers come from."""
        return "News Digest preview"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Stay quiet: what is worth a line is said where it happens."""
