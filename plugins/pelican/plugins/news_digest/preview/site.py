"""What is answered to an address: decided here, sent by :mod:`.server`."""

from __future__ import annotations

import os
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ..package import theme_path
from .address import TOOLS, Kind, find, type_of
from .answer import HTML, Answer
from .page import Served, served_page
from .placeholders import lost_page, outside_page, waiting_page

if TYPE_CHECKING:
    from .board import Board

_ASSETS: Final = Path(__file__).resolve().parent / "assets"
_DESK: Final = frozenset({"desk.js", "desk.svg", "desk-room.css", "desk-story.css", "desk-acts.css"})
_ASSET_NAMES: Final = frozenset({"preview.js", "preview.css", "marks.css", *_DESK})
# The theme's colours, sizes and first rules, as the desk has them, too.
_THEMES: Final = frozenset({"tokens.css", "reset.css", "base.css", "utilities.css"})


class PreviewSite:
    """The site that is served; what it is changes when the settings do.

    Attributes:
        folder: What is served; ``""``: nothing yet.
        base: The path of the site, such as ``/`` or ``/repo/``.
        board: What open pages are told; None: pages are served as they are, and told nothing.
    """

    def __init__(self, board: Board | None, *, folder: str = "", base: str = "/") -> None:
        self.board = board
        self.folder = folder
        self.base = base

    @property
    def tools(self) -> str:
        """The path of the preview's own files."""
        return f"{self.base}{TOOLS}"

    def answer(self, target: str) -> Answer:
        """Return the answer to a request for *target*: as GitHub Pages gives it, or one of the preview's own."""
        path = urlsplit(f"http://host{target}").path
        if self.board is not None and path.startswith(self.tools):
            return _asset(path.removeprefix(self.tools))
        found = find(target, folder=self.folder, base=self.base)
        if found.kind is Kind.OUTSIDE:
            return _own_page(HTTPStatus.NOT_FOUND, outside_page(base=self.base))
        if self.board is not None and not self._has_front_page():
            return _own_page(HTTPStatus.SERVICE_UNAVAILABLE, waiting_page(self.board.state, base=self.base))
        if found.kind is Kind.FILE:
            return _file(found.path, HTTPStatus.OK)
        if found.kind is Kind.FOLDER:
            query = urlsplit(target).query
            return Answer(status=HTTPStatus.MOVED_PERMANENTLY, location=f"{path}/?{query}" if query else f"{path}/")
        return self._lost()

    def _lost(self) -> Answer:
        lost = find(f"{self.base}404.html", folder=self.folder, base=self.base)
        if lost.kind is Kind.FILE:
            return _file(lost.path, HTTPStatus.NOT_FOUND)
        return _own_page(HTTPStatus.NOT_FOUND, lost_page(base=self.base))

    def _has_front_page(self) -> bool:
        return bool(self.folder) and os.path.isfile(os.path.join(self.folder, "index.html"))

    def served(self, page: bytes, *, origin: str, path: str) -> Served:
        """Return *page* as it is shown at *path* of the host *origin*."""
        return served_page(
            page,
            url=f"{origin}{path}",
            tools=f"{origin}{self.tools}",
            content_of=self._content_of,
            marks=self.board.marks if self.board else {},
        )

    def _content_of(self, path: str) -> bytes | None:
        found = find(path, folder=self.folder, base=self.base)
        try:
            return Path(found.path).read_bytes() if found.kind is Kind.FILE else None
        except OSError:
            return None


def _file(path: str, status: HTTPStatus) -> Answer:
    kind = type_of(path)
    if kind != HTML:
        return Answer(status=status, kind=kind, path=path)
    try:
        return Answer(status=status, kind=kind, body=Path(path).read_bytes(), is_page=True)
    except OSError:  # a build removed it meanwhile
        return Answer(status=HTTPStatus.NOT_FOUND, body=b"The file is gone.\n")


def _own_page(status: HTTPStatus, page: bytes) -> Answer:
    return Answer(status=status, kind=HTML, body=page, is_page=True)


def _asset(name: str) -> Answer:
    if name in _THEMES:
        return Answer(kind=type_of(name), path=os.path.join(theme_path(), "static", "css", name))
    if name not in _ASSET_NAMES:
        return Answer(status=HTTPStatus.NOT_FOUND, body=b"The preview has no such file.\n")
    return Answer(kind=type_of(name), path=str(_ASSETS / name))
