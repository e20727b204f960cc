"""What extensions of Markdown may do while they read a body, which a stranger wrote: read files that may be included.

An include is a path in a text. So whoever opens a file while a body is read is asked which, by Python's audit hook:
one of the content folder, or one of Python's own libraries; nothing is written, run or asked of the network. An
extension that was refused goes on as it does without that file, and the body says which it was.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from types import CodeType, FrameType
from typing import TYPE_CHECKING, Any, Final

from ..opening import headers_of, secured_line

if TYPE_CHECKING:
    from ...setting.values import MarkdownRules

_FILES: Final = ("open", "os.listdir", "os.scandir")
# Beginnings of events; whatever else Python announces neither reads a file nor leaves the process.
_REFUSED: Final = (
    "socket.", "subprocess.", "os.", "shutil.", "urllib.", "http.", "ftplib.", "smtplib.", "sqlite3.", "ctypes.",
    "pty.", "webbrowser.", "tempfile.", "signal.",
)  # fmt: skip
_HARMLESS: Final = frozenset({"os.listxattr", "os.getxattr", "os.walk", "os.fwalk", "os.putenv", "os.unsetenv"})
_ASKED: Final = (*_FILES, *_REFUSED)
_LIBRARIES: Final = ("stdlib", "platstdlib", "purelib", "platlib")
# What a text of its own has in its head; a piece of one has none of it.
_HEADS: Final = frozenset({"title", "date", "status", "template", "slug"})
_IMPORTS: Final = ("<frozen importlib", os.path.dirname(importlib.__file__) + os.sep)


class Watch:
    """What was read while one body was.

    Attributes:
        read: Whether a file of the content folder was.
        refused: What was asked for and not given, each with the reason, in order.

    Args:
        rules: Name the folder that files may be read from.
    """

    def __init__(self, rules: MarkdownRules, *, reader: CodeType) -> None:
        self.reader = reader
        self._root = os.path.realpath(rules.content)
        self._closed = tuple(os.path.join(self._root, *folder.split("/")) for folder in rules.closed)
        self.read = False
        self.refused: dict[str, str] = {}

    def ask(self, event: str, args: tuple[Any, ...]) -> None:
        """Let what Python is about to do pass.

        Raises:
            FileNotFoundError: It may not: to an extension, that there is nothing.
        """
        if event not in _FILES:
            reason = f"{event} is not allowed"
        elif isinstance(args[0], int):  # opened before
            return
        else:
            path = os.path.realpath(os.fsdecode(args[0] or "."))
            reason = self._problem(path, is_read=event != "open" or _reads(args))
            if not reason:
                self.read = self.read or _is_in(path, self._root)
                return
        shown = os.fsdecode(args[0]) if args and isinstance(args[0], str | bytes | os.PathLike) else event
        self.refused[shown] = reason
        raise FileNotFoundError(errno.ENOENT, reason, shown)

    def _problem(self, path: str, *, is_read: bool) -> str:
        """Return why *path* may not be opened; ``""``: it may."""
        if not is_read:
            return "nothing is written"
        if not _is_in(path, self._root):
            return (
                "" if any(_is_in(path, library) for library in _libraries()) else "it lies outside the content folder"
            )
        if any(part.startswith((".", "_")) or part == "drafts" for part in Path(path).relative_to(self._root).parts):
            return "it is hidden"
        if any(_is_in(path, folder) for folder in self._closed):
            return "items and records cannot be included"
        return _problem_of_text(path)


def _reads(args: tuple[Any, ...]) -> bool:
    flags = args[2] if len(args) > 2 and isinstance(args[2], int) else 0  # noqa: PLR2004 - path, mode, flags
    writes = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    return not flags & writes and not set(str(args[1] or "r")) & set("wax+")


def _problem_of_text(path: str) -> str:
    """Return why the text of *path* may not stand in another one: it has a head of its own, or a secret."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        return error.strerror or "it cannot be read"
    if text.startswith(("---", "+++", "{")) or _HEADS & headers_of(text).keys():
        return "it is a text of its own, which may be hidden"
    return "it has 'secured' in it" if secured_line(text) else ""


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


@cache
def _libraries() -> tuple[str, ...]:
    return tuple({os.path.realpath(sysconfig.get_path(name)) for name in _LIBRARIES})


_watching: Watch | None = None


def _hook(event: str, args: tuple[Any, ...]) -> None:
    """Ask whoever watches; the import of a module, and the watch itself, are nobody's concern."""
    global _watching  # noqa: PLW0603 - Python has one hook for all that it does
    watch = _watching
    if watch is None or event in _HARMLESS or not event.startswith(_ASKED):
        return
    if _is_import(sys._getframe(1), reader=watch.reader):  # noqa: SLF001 - who asks
        return
    _watching = None
    try:
        watch.ask(event, args)
    finally:
        _watching = watch


def _is_import(frame: FrameType | None, *, reader: CodeType) -> bool:
    """Whether Python looks for a module, or for what is installed, on behalf of the extension that *reader* runs."""
    is_import = False
    while frame is not None and frame.f_code is not reader:
        is_import = is_import or frame.f_code.co_filename.startswith(_IMPORTS)
        frame = frame.f_back
    return is_import and frame is not None


@cache
def _hook_up() -> None:
    sys.addaudithook(_hook)  # which cannot be taken back: only sites that ask for it have it


@contextmanager
def watched(rules: MarkdownRules, *, reader: CodeType) -> Iterator[Watch]:
    """Watch what is done while the block runs, which stands in *reader*; what it prints is nobody's concern."""
    global _watching  # noqa: PLW0603 - as above
    _libraries()
    _hook_up()
    watch = _watching = Watch(rules, reader=reader)
    try:
        with redirect_stdout(StringIO()):
            yield watch
    finally:
        _watching = None
