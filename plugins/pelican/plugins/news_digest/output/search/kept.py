"""What is kept of the last index, in one file: what Pagefind made of each document, and the files it became."""

from __future__ import annotations

import logging
import shutil
from typing import TYPE_CHECKING, Final

import msgspec

from ...disk.sealed import read_packed, write_sealed
from .form import Reading

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)
FILE: Final = "index.msgpack"
KIND: Final = "search index"


class Member(msgspec.Struct, frozen=True, array_like=True):
    """One member of an index.

    Attributes:
        facts: What its record is made from; ``b""``: nobody said.
        document: A digest of the document that Pagefind read.
        filters, date: As of the record.
    """

    facts: bytes
    document: bytes
    reading: Reading
    filters: dict[str, tuple[str, ...]]
    date: str


class KeptIndex(msgspec.Struct, frozen=True, array_like=True):
    """An index.

    Attributes:
        stamp: What it was made with; one that was made with something else is of no use.
        program: The files of Pagefind's program for the browser, and the entry of an index.
        members: Address → member.
        parts: A digest of the documents of some pages that follow each other → their words.
        packed: A digest of what a file holds → the file.
    """

    stamp: bytes = b""
    program: dict[str, bytes] = {}
    members: dict[str, Member] = {}
    parts: dict[bytes, bytes] = {}
    packed: dict[bytes, bytes] = {}


_DECODER: Final = msgspec.msgpack.Decoder(KeptIndex)


def read_kept(cache: Path | None, *, stamp: bytes) -> KeptIndex:
    """Return the index that is kept in the folder *cache*, an empty one where there is none of use."""
    if cache is None:
        return KeptIndex(stamp)
    kept = read_packed(cache / FILE, _DECODER.decode, kind=KIND, what="the cached search index")
    return kept if kept is not None and kept.stamp == stamp else KeptIndex(stamp)


def keep(index: KeptIndex, cache: Path) -> None:
    """Keep *index* for the next build, in the place of the last one and of whatever else is in the folder."""
    try:
        if cache.is_symlink():
            cache.unlink()
        write_sealed(cache / FILE, msgspec.msgpack.encode(index), kind=KIND)
        for other in cache.iterdir():
            if other.name != FILE:
                shutil.rmtree(other) if other.is_dir() and not other.is_symlink() else other.unlink()
    except OSError as error:  # a cache that cannot be written is only a slower build
        log.info("the search index cannot be cached: %s", error)
