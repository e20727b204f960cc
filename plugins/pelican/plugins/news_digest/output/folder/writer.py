"""Bytes → files below one folder: renamed into place, and only when they differ."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from ...disk.files import FileState, digest_of, set_back
from ...errors import UnsafePathError
from .swap import ready_name

# What a file is called until it is whole; only a build that was killed leaves one.
PART: Final = ".news-digest-part"
_NO_NAMES: Final = frozenset(("", ".", ".."))
_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Written(StrEnum):
    """What became of one file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


class Outcome(msgspec.Struct, frozen=True, array_like=True):
    """What became of one file.

    Attributes:
        written: Whether its bytes are new, or the whole file.
        state: The file as it is, or as it is made ready.
        spool: The file that it is a member of, on its way into a tar.
        start: Where it begins there.
        data: Its bytes, from a process that could not write them.
    """

    written: Written
    state: FileState
    spool: str = ""
    start: int = 0
    data: bytes | None = None


def require_below(save_as: str) -> None:
    """Do nothing where *save_as* is the name of a file below a folder.

    Raises:
        UnsafePathError: It is absolute or leads out.
    """
    if not save_as or "\\" in save_as or "\0" in save_as or not _NO_NAMES.isdisjoint(save_as.split("/")):
        raise UnsafePathError(save_as)


def remove_parts(folder: Path) -> None:
    """Remove what a killed build left half-written below *folder*."""
    for base, _, names in os.walk(folder):
        for name in names:
            if name.endswith(PART):
                with suppress(OSError):
                    os.unlink(os.path.join(base, name))


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)  # most often only the page's own folder is missing
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)
    except FileExistsError:  # it was there, or another process has made it a moment ago
        pass


def copy_file(source: str, target: str) -> None:
    """Copy *source* to *target*, times included, renamed into place; folders are made as they are needed.

    Raises:
        OSError: It cannot be read, or the target cannot be written.
    """
    part = f"{target}{PART}"
    os.makedirs(os.path.dirname(target), exist_ok=True)
    try:
        shutil.copy2(source, part)
        os.replace(part, target)
    except OSError:
        with suppress(OSError):
            os.unlink(part)
        raise


class OutputWriter:
    """Writes below *output* and nowhere else.

    A file is written beside its place and renamed, so a reader (or a killed build) never sees half of one; one that
    has the same bytes already is left alone, so times stay true for rsync and live reload. Into an empty folder files
    are written as they are: nobody reads there, and what a killed build leaves differs from what the next one makes.

    Attributes:
        written_ns: What time the last file had before it was set back; 0: that was not done.

    Args:
        output: The folder.
        ready: Where files are made ready instead, for :mod:`.stage` to put them in place; ``""``: they are written.
        is_empty: Whether nothing is there yet of what will be written: then no file is looked for.
        is_shared: Whether another process may write the same file at the same time: one that was taken for lost.
    """

    def __init__(self, output: Path, *, ready: str = "", is_empty: bool = False, is_shared: bool = False) -> None:
        self._root = os.path.join(output, "")
        self._ready = ready
        self._is_empty = is_empty
        # Until it is whole, a file has a name that no other process gives it.
        self._own = f".{secrets.token_hex(8)}" if is_shared else ""
        # Folders that are known to be there.
        self._folders: set[str] = set()
        self.written_ns = 0
        # The last file as it is, or as it is made ready.
        self._stat: os.stat_result

    def put(self, save_as: str, data: bytes) -> Outcome:
        """Write *data* to *save_as*, and return what became of it.

        Raises:
            UnsafePathError, OSError: See :meth:`write`.
        """
        written = self.write(save_as, data)
        return Outcome(written, FileState.of(self._stat, digest_of(data), written_ns=self.written_ns))

    def write(self, save_as: str, data: bytes) -> Written:
        """Write *data* to *save_as*.

        Raises:
            UnsafePathError: *save_as* is absolute or leaves the output folder.
            OSError: The disk is full, or the folder cannot be written.
        """
        path = self.path_of(save_as)
        old = None if self._is_empty else self._read(path)
        if old == data:
            self.written_ns, self._stat = 0, os.stat(path)
            return Written.SAME
        target = os.path.join(self._ready, ready_name(save_as)) if self._ready else path
        # What is made ready, or goes into an empty folder, is read by nobody before it is whole.
        part = target if (self._ready or self._is_empty) and not self._own else f"{target}{self._own}{PART}"
        try:
            try:
                self._fill(part, data)
            except FileExistsError:  # the same name on a disk that knows no case: it may be a link to somebody's file
                part = f"{target}{PART}"
                self._fill(part, data)
            if part != target:
                os.replace(part, target)
                self._stat = os.stat(target)
        except OSError as error:
            with suppress(OSError):
                os.unlink(part)
            if self._ready:  # people know it by this name
                error.filename = path
            raise
        return Written.NEW if old is None else Written.CHANGED

    def _read(self, path: str) -> bytes | None:
        """Return the bytes of the file that is there; None where none is."""
        try:
            with open(path, "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None
        except (IsADirectoryError, NotADirectoryError):
            if not self._ready:  # else it is looked at again when all is known that goes
                raise
            return None

    def _fill(self, path: str, data: bytes) -> None:
        # By the system's own calls: thousands of files are small, and a file object costs more than its bytes.
        handle = self._create(path)
        try:
            if self._ready and data and hasattr(os, "posix_fallocate"):
                # Else the file system looks for room when the file is renamed, and that step is to be short.
                with suppress(OSError):
                    os.posix_fallocate(handle, 0, len(data))
            left = memoryview(data)
            while left:
                left = left[os.write(handle, left) :]
            self.written_ns = set_back(handle)
            self._stat = os.fstat(handle)
        finally:
            os.close(handle)

    def _create(self, path: str) -> int:
        anew = 0 if self._ready or path.endswith(PART) else os.O_EXCL
        if self._is_empty:  # most pages have a folder of their own: it is made before anybody looks for it
            folder = os.path.dirname(path)
            if folder not in self._folders:
                _make_folder(folder)
                self._folders.add(folder)
        try:
            return os.open(path, _CREATE | anew, 0o666)
        except FileNotFoundError:
            _make_folder(os.path.dirname(path))
            return os.open(path, _CREATE | anew, 0o666)

    def path_of(self, save_as: str) -> str:
        """Return where *save_as* lies.

        Raises:
            UnsafePathError: It is absolute or leaves the output folder.
        """
        require_below(save_as)
        return self._root + save_as.replace("/", os.sep)
