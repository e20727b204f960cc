"""Files of the content folder: what is in them, what they are called, and whether one is still what it was."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from stat import S_ISREG
from typing import Final, NamedTuple
from urllib.parse import quote

import msgspec

from ..errors import ContentError, Diagnostic, diagnose
from ..naming.names import is_ordinary, name_key, portable_name
from ..naming.places import NOTHING, Known, Settled, settle
from ..text.plain import slugify
from .limits import USUAL_LIMITS, Limits
from .walking import find_files

MARKDOWN: Final = (".md", ".markdown", ".mkd", ".mdown")
YAML: Final = (".yaml", ".yml")
_SLUG: Final = re.compile(r"\w[\w.-]*\Z")
# File systems keep times in steps of some milliseconds, and clocks of other machines differ.
RACY_NS: Final = 2_000_000_000
DIGEST_BYTES: Final = 16
# What Git LFS leaves in a file's place; it never has more bytes than this.
LFS_START: Final = b"version https://git-lfs.github.com/spec/"
LFS_BYTES: Final = 1024
LFS_HINT: Final = "`git lfs pull` fetches it; in a workflow, `lfs: true` beside actions/checkout"
# How often a file is read that changes meanwhile.
READS: Final = 3


class Looks(NamedTuple):
    """What of the system's words on a file tells whether it is the same; ``os.stat`` calls it the same."""

    st_size: int
    st_mtime_ns: int
    st_ctime_ns: int
    st_ino: int


_looks: Final = attrgetter(*Looks._fields)


class FileState(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a file was when it was read or written: enough to know it again without reading it.

    Attributes:
        is_set_back: Whether its time was set back when it was written (see :func:`set_back`).
    """

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    digest: bytes
    is_set_back: bool = False

    @classmethod
    def of(cls, stat: os.stat_result, digest: bytes, *, written_ns: int = 0) -> FileState:
        """Return the state of the file that *stat* is about, whose bytes have *digest*.

        Args:
            written_ns: What :func:`set_back` said when it was written; 0: it was not asked.
        """
        is_set_back = stat.st_mtime_ns < written_ns
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, digest, is_set_back)

    def is_still(self, stat: os.stat_result | Looks, *, seen_ns: int) -> bool:
        """Whether *stat* shows the same, untouched file, which was last looked at at *seen_ns*.

        A change within the same tick of the clock would leave the times as they are; so a file that was young
        when it was read is never trusted, unless its time was set back: no change gives it that time again.
        """
        return (
            self.size == stat.st_size
            and self.mtime_ns == stat.st_mtime_ns
            and self.ctime_ns == stat.st_ctime_ns
            and self.inode == stat.st_ino
            and (self.is_set_back or max(self.mtime_ns, self.ctime_ns) + RACY_NS < seen_ns)
        )


def set_back(handle: int) -> int:
    """Set the time of a file that was just written back by the least that its disk knows, and return what it was.

    Then whoever writes to it, even in the same tick of the clock, gives it a later time than it has.

    Args:
        handle: Its descriptor; everything is written.

    Returns:
        Nanoseconds; 0 where the time cannot be set.
    """
    if os.utime not in os.supports_fd:
        return 0
    try:
        stat = os.fstat(handle)
        os.utime(handle, ns=(stat.st_atime_ns, stat.st_mtime_ns - 1))
    except OSError:  # a disk that has no times
        return 0
    return stat.st_mtime_ns


# What a file is known again by while nobody asks for its bytes: inode, size, time.
Mark = tuple[int, int, int]


def mark_of(path: str | Path) -> Mark | None:
    """Return what the file at *path* is known again by; None when it is not there."""
    try:
        stat = os.stat(path)
    except OSError:
        return None
    return (stat.st_ino, stat.st_size, stat.st_mtime_ns)


def digest_of(data: bytes) -> bytes:
    """Return a digest of *data*: 16 bytes of SHA-256, which processors have built in: twice as fast as BLAKE2b."""
    return hashlib.sha256(data).digest()[:DIGEST_BYTES]


class Listing:
    """Files as they lie below some folders; none is opened.

    Attributes:
        seen_ns: The time before the first of them was looked at.
        states: What each looks like, by path.
        is_plain: Whether there is nothing else: no link, no pipe, no folder that cannot be looked into.
    """

    def __init__(self, seen_ns: int) -> None:
        self.seen_ns = seen_ns
        self.states: dict[str, Looks] = {}
        self.is_plain = True

    def add(self, path: str) -> None:
        """Look at the file *path*, or at all that lies below it; it may be a link, and need not be there."""
        folders = [path] if os.path.isdir(path) else []
        if os.path.isfile(path):
            self.states[path] = Looks(*_looks(os.stat(path)))
        while folders:
            try:
                with os.scandir(folders.pop()) as entries:
                    for entry in entries:
                        if entry.is_file(follow_symlinks=False):
                            self.states[entry.path] = Looks(*_looks(entry.stat(follow_symlinks=False)))
                        elif entry.is_dir(follow_symlinks=False):
                            folders.append(entry.path)
                        else:
                            self.is_plain = False
            except OSError:
                self.is_plain = False

    def key(self) -> bytes:
        """Return a digest that is another one as soon as a file comes, goes or is written."""
        found = sorted(self.states.items())
        paths = os.fsencode("\0".join([path for path, _ in found]))
        return digest_of(paths + msgspec.msgpack.encode([looks for _, looks in found]))

    @property
    def is_settled(self) -> bool:
        """Whether the same key will tell that nobody has changed a file since: all were old enough."""
        newest = max((max(looks[1:3]) for looks in self.states.values()), default=0)
        return self.is_plain and newest + RACY_NS < self.seen_ns


def read_file(path: str | Path, *, source_path: str, limits: Limits = USUAL_LIMITS) -> tuple[str, FileState]:
    r"""Return a file's text (UTF-8, a byte-order mark dropped, every line end ``\n``) and its state.

    Raises:
        ContentError: The file cannot be read, is none but a pipe or a device, is too large, changed while it was read,
            is not UTF-8, or is still with Git LFS; the diagnostic names the line.
    """
    for _ in range(READS):
        data, stat = _read(path, source_path, limits)
        if data is not None:
            if data.startswith(LFS_START) and len(data) <= LFS_BYTES:
                problem = "a Git LFS pointer, not the file itself"
                raise ContentError(diagnose("ND102", problem, path=source_path, hint=LFS_HINT))
            return decode_text(data, source_path=source_path), FileState.of(stat, digest_of(data))
    hint = "build again when it is complete"
    raise ContentError(diagnose("ND102", "changed while it was being read", path=source_path, hint=hint))


# A pipe would keep whoever opens it waiting for somebody to write.
_READ: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def _read(path: str | Path, source_path: str, limits: Limits) -> tuple[bytes | None, os.stat_result]:
    """Return a file's bytes, or None when somebody wrote to it meanwhile."""
    try:
        # By the system's own calls: thousands of files are small, and a file object costs more than its bytes.
        handle = os.open(path, _READ)
        try:
            stat = os.fstat(handle)
            if not S_ISREG(stat.st_mode):
                raise ContentError(diagnose("ND116", "not a regular file", path=source_path, hint="it is not read"))
            if stat.st_size > limits.file_bytes:
                problem = f"{stat.st_size:,} bytes; the limit is {limits.file_bytes:,}"
                raise ContentError(diagnose("ND117", problem, path=source_path, hint="see DIGEST_MAX_FILE_BYTES"))
            data = os.read(handle, stat.st_size + 1)
            after = os.fstat(handle)
        finally:
            os.close(handle)
    except OSError as error:
        raise ContentError(diagnose("ND102", f"cannot be read: {error.strerror}", path=source_path)) from None
    is_whole = (len(data), after.st_size, after.st_mtime_ns) == (stat.st_size, stat.st_size, stat.st_mtime_ns)
    return data if is_whole else None, stat


def decode_text(data: bytes, *, source_path: str) -> str:
    r"""Return *data* as text: UTF-8, a byte-order mark dropped, every line end ``\n``.

    Raises:
        ContentError: It is not UTF-8; the diagnostic names the line.
    """
    data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = diagnose("ND102", "not UTF-8", path=source_path, line=line, hint="save the file as UTF-8")
        raise ContentError(problem) from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def item_address(slug: str) -> str:
    """Return the site-relative address of an item's page; characters outside ASCII are percent-encoded."""
    return f"news/{slug if is_ordinary(slug) else quote(slug)}/"


def stem_of(path: str) -> str:
    """Return a file's name without its ending."""
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def settle_slugs(
    paths: Iterable[str], known: Known = NOTHING, *, reserved: frozenset[str] = frozenset()
) -> tuple[Settled, tuple[Diagnostic, ...]]:
    """Return path → slug, each one once in any case, and what had to be changed for it.

    The slug is the file's stem. One that cannot be an address, or that disks refuse, is mended. Of files with the same
    stem the first one keeps it and the others get a number; so do names that differ in case alone, whose pages would be
    one file on many disks. Who was first is *known*, or else a matter of the order of paths.

    Args:
        reserved: Names that nobody gets, as :func:`..naming.names.name_key` has them.
    """
    wanted, mended = _wanted_slugs(paths)
    settled = settle(wanted, known, reserved=reserved)
    if settled.names == wanted:
        return settled, mended
    holders = {name_key(slug): path for path, slug in settled.names.items()}
    said = list(mended)
    for path, slug in settled.names.items():
        holder = holders.get(name_key(wanted[path]))
        if slug != wanted[path]:
            by = f" by {holder}" if holder is not None else ""
            message = f"{wanted[path]!r} is taken{by}; this file gets {slug!r}"
            said.append(diagnose("ND112", message, path=path, hint="rename one of them"))
    return settled, tuple(said)


def _wanted_slugs(paths: Iterable[str]) -> tuple[Mapping[str, str], tuple[Diagnostic, ...]]:
    """Return path → the slug that its name asks for, and what had to be mended in it."""
    wanted: dict[str, str] = {}
    said: list[Diagnostic] = []
    for path in paths:
        stem = stem_of(path)
        if is_ordinary(stem):  # nearly all are
            wanted[path] = stem
            continue
        stem = unicodedata.normalize("NFC", stem)
        wanted[path] = portable_name(stem if _SLUG.match(stem) else slugify(stem)) or "item"
        if wanted[path] != stem:
            message = f"{stem!r} became {wanted[path]!r}"
            said.append(diagnose("ND113", message, path=path, hint="use letters, digits, '-' and '_'"))
    return wanted, tuple(said)


def read_texts(
    content: Path, folder: str, endings: tuple[str, ...], diagnostics: list[Diagnostic], limits: Limits
) -> Iterator[tuple[str, str]]:
    """Yield path and text of each record that can be read; say what cannot."""
    for path in find_files(content, folder, endings, said=diagnostics):
        try:
            yield path, read_file(content / path, source_path=path, limits=limits)[0]
        except ContentError as error:
            diagnostics.append(error.diagnostic)
