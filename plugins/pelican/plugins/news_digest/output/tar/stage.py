"""A tar on its way: what is new is collected beside it, then the whole is written and takes its place at once.

What is as it was is copied from the last tar, without being read here. A build that is killed leaves the last one.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from functools import cached_property
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple, Self

from ...disk.sealed import name_for
from ...running.elsewhere import marked
from ..folder.writer import PART, Outcome, Written
from ..place import Place
from .members import END, header, members
from .spool import Spool

if TYPE_CHECKING:
    from ...disk.files import FileState

_FOLDER: Final = ".news-digest-new"
_COPY_BYTES: Final = 1 << 20


class _Piece(NamedTuple):
    """Members that stand one behind the other in the file *path*; where *path* is ``""``, *data* itself."""

    path: str
    start: int
    end: int
    data: bytes = b""


class TarStage:
    """One build's new files, on their way into the tar *target*. Use it as a context.

    Args:
        target: The tar; its folder is made where it is missing.
        cache: The plugin's folder in Pelican's ``CACHE_PATH``, where new files wait; None: they wait beside the tar.
        last: The files of the tar that is there, all of which are what they were; none: it is not used.
    """

    def __init__(self, target: Path, *, cache: Path | None, last: Mapping[str, FileState]) -> None:
        self._target = os.fspath(target)
        self._place = _place(target, cache)
        self._last = last
        self._new: dict[str, Outcome] = {}
        self._marks = ExitStack()
        # Nothing of it can be used, so a build may write before it has planned everything.
        self.is_first = not last

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Throw away what is no longer needed."""
        self._marks.close()
        if "_spool" in self.__dict__:
            self._spool.close()
        with suppress(OSError):
            os.unlink(f"{self._target}{PART}")
        shutil.rmtree(self._place, ignore_errors=True)

    @cached_property
    def folder(self) -> str:
        """Where new files wait. It is made when asked for.

        Raises:
            OSError: It cannot be.
        """
        shutil.rmtree(self._place, ignore_errors=True)  # left by a build that was killed
        os.makedirs(self._place)
        return self._place

    @cached_property
    def _spool(self) -> Spool:
        return Spool(self.folder)

    def expect(self, count: int) -> None:
        """Be told that about *count* files will be written."""

    def place(self, *, is_empty: bool, is_elsewhere: bool = False) -> Place:
        """Return where processes write.

        Raises:
            OSError: There is no place for it.
        """
        mark = self._marks.enter_context(marked(self.folder)) if is_elsewhere else ""
        return Place(self.folder, is_empty=is_empty, is_tar=True, mark=mark)

    def write(self, save_as: str, data: bytes) -> Written:
        """Make *data* ready to be *save_as*, unless it is that already.

        Raises:
            UnsafePathError: *save_as* leaves the site.
            OSError: The disk is full.
        """
        return self.take(save_as, self._spool.put(save_as, data)).written

    def copy(self, source: str, save_as: str, *, links: bool) -> None:
        """Make a copy of the file *source* ready to be *save_as*; there are no links in a tar.

        Raises:
            OSError: It cannot be read, or the disk is full.
        """
        del links
        self.take(save_as, self._spool.copy(save_as, source))

    def take(self, save_as: str, outcome: Outcome) -> Outcome:
        """Take what a process made ready, or brought back, and return what becomes of it.

        Raises:
            OSError: There is no room for what it brought.
        """
        if outcome.data is not None:
            outcome = self._spool.put(save_as, outcome.data)
        old = self._last.get(save_as)
        if old == outcome.state:
            self._new.pop(save_as, None)
            return Outcome(Written.SAME, outcome.state)
        self._new[save_as] = outcome
        return outcome if old else Outcome(Written.NEW, outcome.state)

    def state(self, save_as: str, digest: bytes) -> FileState:
        """Return what *save_as* is in the tar."""
        del digest
        return self._new[save_as].state if save_as in self._new else self._last[save_as]

    def publish(self, over: Iterable[str], *, kept: Collection[str]) -> tuple[str, ...]:
        """Write the tar of the files *kept*, and put it in the place of the last; return what of that is gone.

        Raises:
            OSError: It cannot be written, or a file has the name of a folder.
        """
        going = tuple(sorted(self._last.keys() & set(over)))
        if not self._new and not going and self._last:
            return ()
        pieces = self._pieces({save_as: self.state(save_as, b"").size for save_as in kept})
        part = f"{self._target}{PART}"
        os.makedirs(os.path.dirname(os.path.abspath(self._target)), exist_ok=True)
        with open(part, "wb", buffering=0) as tar:
            for path, run in groupby(_joined(pieces), key=lambda piece: piece.path):
                if not path:
                    tar.write(b"".join(piece.data for piece in run))
                    continue
                with open(path, "rb", buffering=0) as source:
                    for piece in run:
                        _copy(source, tar, piece)
        os.replace(part, self._target)
        return going

    def _pieces(self, sizes: Mapping[str, int]) -> Iterator[_Piece]:
        """Yield what the tar of files of *sizes* is put together from, in order."""
        old = {member.name: member for member in members({name: state.size for name, state in self._last.items()})}
        for member in members(sizes):
            name = member.name
            if name.endswith("/"):
                if name[:-1] in sizes:
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), f"{self._target}: {name[:-1]}")
                last = old.get(name)
                yield _Piece(self._target, last.start, last.end) if last else _Piece("", 0, 0, header(name, 0))
            elif name in self._new:
                new = self._new[name]
                yield _Piece(new.spool, new.start, new.start + member.end - member.start)
            else:
                yield _Piece(self._target, old[name].start, old[name].end)
        yield _Piece("", 0, 0, END)


def settle_tar(target: Path, *, cache: Path | None) -> None:
    """Throw away what a build that was killed had made ready."""
    with suppress(OSError):
        os.unlink(f"{target}{PART}")
    shutil.rmtree(_place(target, cache), ignore_errors=True)


def empty(beside: Path) -> None:
    """Remove what others wrote to the folder *beside* a tar when it was made last."""
    shutil.rmtree(beside, ignore_errors=True)


def _place(target: Path, cache: Path | None) -> str:
    real = target.resolve()
    name = name_for(real)
    return os.fspath(cache / f"output-{name}{_FOLDER}" if cache else real.parent / f".{real.name}{_FOLDER}")


def _joined(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Yield *pieces*, those of one file that follow each other there as one."""
    last: _Piece | None = None
    for piece in pieces:
        if last is not None and piece.path and piece.path == last.path and piece.start == last.end:
            last = _Piece(last.path, last.start, piece.end)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _copy(source: BinaryIO, tar: BinaryIO, piece: _Piece) -> None:
    """Append *piece* of the file *source* to *tar*, without bringing it here where the system can.

    Raises:
        OSError: It cannot be written, or *source* has become shorter.
    """
    at = piece.start
    while at < piece.end and hasattr(os, "copy_file_range"):
        try:
            count = os.copy_file_range(source.fileno(), tar.fileno(), piece.end - at, at)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise
            break  # not between these disks, or not by this system
        if not count:
            break
        at += count
    source.seek(at)
    while at < piece.end:
        data = source.read(min(_COPY_BYTES, piece.end - at))
        if not data:
            raise OSError(errno.EIO, "changed while it was read", piece.path)
        tar.write(data)
        at += len(data)
