"""What is kept of the last index: what it has of each document, in runs of neighbours, a file for each run.

So an edit writes one of them, however many there are; and what is shown of a result, and the words of single documents,
are not in memory unless they are asked for.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from ...disk.files import digest_of
from ...disk.sealed import read_packed, write_sealed
from .words import Reading

log = logging.getLogger(__name__)
FILE: Final = "index.msgpack"
KIND, RUN_KIND = "search index", "run of the search index"
WHAT: Final = "the cached search index"


class Member(msgspec.Struct, frozen=True, array_like=True):
    """One member of an index.

    Attributes:
        facts: What its record is made from; ``b""``: nobody said.
        document: A digest of the document.
        filters, date: As of the record.
        fragment: A digest of the file that a result is shown from; ``b""``: there is no word to be found by.
        length: How many words it has.
    """

    facts: bytes
    document: bytes
    filters: dict[str, tuple[str, ...]]
    date: str
    fragment: bytes = b""
    length: int = 0


class Run(msgspec.Struct, frozen=True, array_like=True):
    """Some members that follow each other.

    Attributes:
        members: Address → member, in order.
        words: Where their words are, joined: a :class:`.parts.Part` in msgpack.
    """

    members: dict[str, Member]
    words: bytes

    @property
    def documents(self) -> bytes:
        """A digest of the documents, which the words depend on alone."""
        return digest_of(b"".join(member.document for member in self.members.values()))


class KeptRun(Run, frozen=True, array_like=True):
    """A run as it is kept.

    Attributes:
        readings: What the index has of each member's document.
    """

    readings: dict[str, Reading]


class Head(msgspec.Struct, frozen=True, array_like=True):
    """An index without its runs.

    Attributes:
        stamp: What it was made with; one that was made with something else is of no use.
        program: The files of Pagefind's program for the browser, and the entry of an index.
        runs: Digests of the runs, which their files are called after, in order.
        packed: A digest of what a file of the index holds → a digest of the file.
    """

    stamp: bytes = b""
    program: dict[str, bytes] = {}
    runs: tuple[bytes, ...] = ()
    packed: dict[bytes, bytes] = {}


_HEAD: Final = msgspec.msgpack.Decoder(Head)
# What follows the fields of a run in its file is passed over.
_RUN: Final = msgspec.msgpack.Decoder(Run)
_KEPT_RUN: Final = msgspec.msgpack.Decoder(KeptRun)


class KeptIndex:
    """The index that is kept in the folder *cache*; an empty one where there is none of use.

    Args:
        stamp: See :class:`Head`.

    Attributes:
        head: The index without its runs.
        runs: Digest → run, for those that are there.
        members: Address → member.
    """

    def __init__(self, cache: Path | None, *, stamp: bytes) -> None:
        self._cache = cache
        self.head = Head(stamp)
        self.runs: dict[bytes, Run] = {}
        self._open: tuple[bytes, dict[str, Reading]] = (b"", {})
        if cache is not None:
            head = read_packed(cache / FILE, _HEAD.decode, kind=KIND, what=WHAT)
            if head is not None and head.stamp == stamp:
                self.head = head
                found = {
                    key: read_packed(_file_of(cache, key), _RUN.decode, kind=RUN_KIND, what=WHAT) for key in head.runs
                }
                self.runs = {key: run for key, run in found.items() if run is not None}
        self._place = {address: key for key, run in self.runs.items() for address in run.members}
        self.members = {address: member for run in self.runs.values() for address, member in run.members.items()}

    def reading(self, address: str) -> Reading:
        """Return what the index has of the member at *address*.

        Raises:
            KeyError: The file that it was in has changed since it was looked at.
        """
        key = self._place[address]
        if key != self._open[0] and self._cache is not None:
            run = read_packed(_file_of(self._cache, key), _KEPT_RUN.decode, kind=RUN_KIND, what=WHAT)
            self._open = (key, run.readings if run else {})
        return self._open[1][address]

    def keep_run(self, run: KeptRun) -> bytes:
        """Keep *run*, and return its digest; it counts as soon as :meth:`keep` names it."""
        data = msgspec.msgpack.encode(run)
        key = digest_of(data)
        if self._cache is not None:
            self._write(_file_of(self._cache, key), data, RUN_KIND)
        return key

    def keep(self, program: dict[str, bytes], runs: Sequence[bytes], packed: dict[bytes, bytes]) -> None:
        """Keep an index of *runs* in the place of this one and of whatever else is in the folder; see :class:`Head`."""
        head = Head(self.head.stamp, program, tuple(runs), packed)
        if self._cache is None or head == self.head:
            return
        self._write(self._cache / FILE, msgspec.msgpack.encode(head), KIND)
        names = {FILE, *(_file_of(self._cache, key).name for key in runs)}
        try:
            for other in self._cache.iterdir():
                if other.name not in names:
                    shutil.rmtree(other) if other.is_dir() and not other.is_symlink() else other.unlink()
        except OSError as error:
            log.info("the search index cannot be cached: %s", error)

    def _write(self, path: Path, data: bytes, kind: str) -> None:
        try:
            if path.parent.is_symlink():
                path.parent.unlink()
            write_sealed(path, data, kind=kind)
        except OSError as error:  # a cache that cannot be written is only a slower build
            log.info("the search index cannot be cached: %s", error)


def _file_of(cache: Path, key: bytes) -> Path:
    return cache / f"{key.hex()}.run"
