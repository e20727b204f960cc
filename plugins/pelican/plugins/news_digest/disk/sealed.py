"""Files of the cache: written whole, under a seal, and read only if the seal is unbroken. Never pickle, no links.

The seal tells what a disk, a kill, a copy or a hand has damaged. It keeps out nobody who means harm and can write to
the cache: what such a file says is checked for its type, names no program, and no path outside the output.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from stat import S_IMODE, S_ISREG
from threading import get_ident
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

import msgspec

from ..code import code_key
from .files import DIGEST_BYTES, digest_of

if TYPE_CHECKING:
    from io import FileIO

log = logging.getLogger(__name__)
Stored = TypeVar("Stored")
Record = TypeVar("Record", bound=msgspec.Struct)
MADE_ANEW: Final = "it is rebuilt"
# Before each part of a file of several: its seal, and how many bytes it has.
_LENGTH_BYTES: Final = 8
# A pipe would keep whoever opens it waiting, and a link lead elsewhere.
_READ: Final = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


class BrokenSealError(ValueError):
    """A file of the cache is not what was written."""

    def __init__(self) -> None:
        super().__init__("it is not what was written")


def name_for(place: str | os.PathLike[str]) -> str:
    """Return the part of a file's name that tells it from those of other places: 16 hexadecimal digits.

    Args:
        place: The output folder or the file that something is kept about, with all links followed.
    """
    return hashlib.blake2b(os.fsencode(place), digest_size=8).hexdigest()


def write_sealed(path: Path, data: bytes, *, kind: str) -> None:
    """Replace the file at *path* by *data* under a seal, in one step.

    Args:
        kind: What it is, so that it is not taken for another file of the cache.

    Raises:
        OSError: It cannot be written.
    """
    replace_file(path, _seal(data, kind), data)


def renew_sealed(path: Path, data: bytes, *, kind: str) -> None:
    """Do what :func:`write_sealed` does, unless the file has that seal already.

    Raises:
        OSError: It cannot be written.
    """
    seal = _seal(data, kind)
    with suppress(OSError, BrokenSealError), _open_regular(path) as file:
        is_whole = os.fstat(file.fileno()).st_size == len(seal) + len(data)
        if is_whole and file.read(len(seal)) == seal:
            return
    replace_file(path, seal, data)


def read_sealed(path: Path, *, kind: str) -> bytes:
    """Return what :func:`write_sealed` wrote to *path* as *kind*.

    Raises:
        FileNotFoundError: Nothing is there.
        OSError: It cannot be read.
        BrokenSealError: It is something else.
    """
    seal, data = _read_regular(path, DIGEST_BYTES)
    if seal != _seal(data, kind):
        raise BrokenSealError
    return data


def read_packed(
    path: Path, decode: Callable[[bytes], Stored], *, kind: str, what: str, hint: str = MADE_ANEW
) -> Stored | None:
    """Return what was written to *path* as *kind*, decoded; None: there is nothing, or nothing of use, which is said.

    What is damaged goes, if it is made anew, so that it is complained of once.

    Args:
        decode: May raise what msgspec raises, and IndexError.
        what: What the file is, for people.
        hint: What becomes of it.
    """
    return _decoded(path, lambda: decode(read_sealed(path, kind=kind)), what, hint)


def read_packed_parts(
    path: Path, decode: Callable[[Iterator[bytes]], Stored], *, kind: str, what: str
) -> Stored | None:
    """Return what :func:`write_parts` wrote, decoded; None as for :func:`read_packed`.

    Args:
        decode: Gets the parts one by one: each is read when it is asked for, and what is damaged raises then.
    """
    return _decoded(path, lambda: decode(_parts(path, kind)), what, MADE_ANEW)


def _decoded(path: Path, read: Callable[[], Stored], what: str, hint: str) -> Stored | None:
    try:
        return read()
    except FileNotFoundError:
        return None
    except (OSError, BrokenSealError, msgspec.MsgspecError, IndexError) as error:
        log.warning("%s (%s) is damaged; %s: %s", what, path, hint, error)
        if hint == MADE_ANEW:
            throw_away(path)
        return None


def write_parts(path: Path, parts: Iterable[bytes], *, kind: str) -> None:
    """Replace the file at *path* by *parts*, none of them empty, each under a seal of its own, in one step.

    What is large is never in memory as a whole: neither here, nor where it is read.

    Raises:
        OSError: It cannot be written.
    """
    _replace(path, _sealed_parts(parts, kind))


def _sealed_parts(parts: Iterable[bytes], kind: str) -> Iterator[bytes]:
    seal = b""
    for data in chain(parts, (b"",)):  # the empty one says that nothing is missing
        seal = _part_seal(seal, data, kind)
        yield seal + len(data).to_bytes(_LENGTH_BYTES, "big")
        yield data


def _part_seal(last: bytes, data: bytes, kind: str) -> bytes:
    """Return the seal of a part, which tells also what stands before it."""
    return _seal(last + digest_of(data), kind)


def _parts(path: Path, kind: str) -> Iterator[bytes]:
    """Yield what :func:`write_parts` wrote to *path* as *kind*.

    Raises:
        OSError: It cannot be read.
        BrokenSealError: It is something else, from this part on.
    """
    with _open_regular(path) as file:
        left, last = os.fstat(file.fileno()).st_size, b""
        while True:
            head = file.read(DIGEST_BYTES + _LENGTH_BYTES)
            seal, length = head[:DIGEST_BYTES], int.from_bytes(head[DIGEST_BYTES:], "big")
            left -= len(head) + length
            data = file.read(length) if left >= 0 else b""
            is_whole = len(head) == DIGEST_BYTES + _LENGTH_BYTES and len(data) == length and (data or not left)
            if not is_whole or seal != _part_seal(last, data, kind):
                raise BrokenSealError
            if not data:
                return
            yield data
            last = seal


def _seal(data: bytes, kind: str) -> bytes:
    return digest_of(digest_of(data) + kind.encode())


def read_regular(path: str | Path) -> bytes:
    """Return the bytes of a regular file; a link is not followed, and a pipe not waited for.

    Raises:
        OSError: It cannot be read.
        BrokenSealError: It is no regular file.
    """
    return _read_regular(path, 0)[1]


def _read_regular(path: str | Path, start: int) -> tuple[bytes, bytes]:
    """Return the first *start* bytes of a regular file, and the rest, which is never copied: it may be large."""
    with _open_regular(path) as file:
        return file.read(start), file.read()


def _open_regular(path: str | Path) -> FileIO:
    if os.path.islink(path):
        raise BrokenSealError
    handle = os.open(path, _READ)
    file = os.fdopen(handle, "rb", buffering=0)
    if not S_ISREG(os.fstat(handle).st_mode):
        file.close()
        raise BrokenSealError
    return file


def replace_file(path: Path, *data: bytes) -> None:
    """Write *data*, one behind the other, beside *path* and rename it there, so that nobody sees half of it.

    Its folder is made if need be.
    A file that is there keeps its permissions. Several threads may write to one path: the last one wins.

    Raises:
        OSError: It cannot be written.
    """
    _replace(path, data)


def _replace(path: Path, data: Iterable[bytes]) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}-{get_ident()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            file.writelines(data)
        with suppress(FileNotFoundError):
            part.chmod(S_IMODE(path.stat().st_mode))
        os.replace(part, path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise


def throw_away(path: Path) -> None:
    """Remove a file of the cache that is of no use, so that it is complained of once."""
    with suppress(OSError):
        path.unlink()


class Answers:
    """What follows from the content and takes long to work out, kept from build to build.

    Only for speed: a twentieth of a build after one edit of five thousand items whose files repeat their stories
    (``python benchmarks/without.py answers --set azure``). Without it each build would work everything out.

    Args:
        folder: Where the cache lives; None: nothing is kept.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def of(self, name: str, mark: bytes, make: Callable[[], Stored], kind: type[Stored]) -> Stored:
        """Return the answer called *name*: the last build's, if *mark* and the code are the same, else a new one.

        Args:
            mark: A digest of all that the answer follows from.
            make: Works it out.
        """
        known = self.last(name, kind, mark=mark)
        if known is not None:
            return known
        answer = make()
        self.keep(name, answer, mark=mark)
        return answer

    def last(self, name: str, kind: type[Stored], *, mark: bytes = b"") -> Stored | None:
        """Return what was kept as *name* under this *mark* by the same code; None: nothing was."""
        if self._folder is None:
            return None
        path, expected = self._folder / f"{name}.msgpack", digest_of(code_key() + mark)

        def same(data: bytes) -> Stored | None:
            known, answer = msgspec.msgpack.decode(data, type=tuple[bytes, msgspec.Raw])
            return msgspec.msgpack.decode(answer, type=kind) if known == expected else None

        return read_packed(path, same, kind=path.name, what="what the last build worked out")

    def keep(self, name: str, answer: object, *, mark: bytes = b"") -> None:
        """Keep *answer* as *name*, for a build that asks with the same *mark*."""
        if self._folder is None:
            return
        path = self._folder / f"{name}.msgpack"
        try:
            write_sealed(path, msgspec.msgpack.encode((digest_of(code_key() + mark), answer)), kind=path.name)
        except OSError as error:
            log.info("%s cannot be kept: %s", path.name, error)


class Journal(Generic[Record]):
    """Records in a file, one a line.

    Args:
        path: The file; it need not be there.
        key: What tells records apart.
    """

    def __init__(self, path: Path, kind: type[Record], key: Callable[[Record], str]) -> None:
        self._path = path
        self._key = key
        self._decoder: Any = msgspec.json.Decoder(kind)
        self.records: dict[str, Record] = {key(record): record for record in self._read()}

    def _read(self) -> Iterator[Record]:
        try:
            lines = read_regular(self._path).split(b"\n")
        except FileNotFoundError:
            return
        except (OSError, BrokenSealError) as error:
            log.warning("%s is damaged; a new one is started: %s", self._path, error)
            throw_away(self._path)  # what is noted would go to wherever a link leads
            return
        for line in filter(None, lines):
            try:
                yield self._decoder.decode(line)
            except msgspec.MsgspecError:  # the last line of a run that was killed, or not ours
                log.info("a line of %s cannot be read and is skipped", self._path.name)

    def note(self, record: Record) -> None:
        """Add *record*, in memory and on disk."""
        self.records[self._key(record)] = record
        with open(self._path, "ab") as file:
            file.write(b"\n" + msgspec.json.encode(record) + b"\n")

    def tidy(self, kept: Iterable[str]) -> None:
        """Write the file anew with the records *kept*, in order."""
        self.records = {key: self.records[key] for key in sorted(set(kept)) if key in self.records}
        replace_file(self._path, b"".join(msgspec.json.encode(record) + b"\n" for record in self.records.values()))
