"""What a build knows of pictures: read from the cache, checked against what is there. Nothing here writes."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Final

import msgspec

from ..frontmatter.files import FileState, digest_of
from .pictures import NO_PICTURES, Picture, PictureIndex

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)
FOLDER: Final = "images"
MADE: Final = "made"
NAME: Final = "index.msgpack"
FORMAT: Final = 1


class LocalFile(msgspec.Struct, frozen=True, array_like=True):
    """One of the site's own pictures: the file that was looked at, and the key of what was made of it."""

    state: FileState
    key: str


class IndexFile(msgspec.Struct, array_like=True):
    """What is on disk: pictures by address, and the files behind those that are the site's own."""

    format: int
    seen_ns: int
    pictures: dict[str, Picture]
    local: dict[str, LocalFile]


_DECODER: Final = msgspec.msgpack.Decoder(IndexFile)


def load_pictures(cache: Path, content: Path) -> PictureIndex:
    """Return what a build may know: pictures whose files are all there, and of the site's own those still the same.

    Nothing is written, and nothing here can make a build fail.

    Args:
        cache: The plugin's folder in Pelican's ``CACHE_PATH``.
        content: Pelican's ``PATH``.
    """
    folder = cache / FOLDER
    stored = read_index(folder / NAME)
    if stored is None:
        return NO_PICTURES
    try:
        there = {entry.name for entry in os.scandir(folder / MADE)}
    except OSError:
        return NO_PICTURES
    pictures = {
        address: picture
        for address, picture in stored.pictures.items()
        if there.issuperset(picture.files())
        and (address not in stored.local or _is_same(content / address, stored.local[address].state, stored.seen_ns))
    }
    return PictureIndex(folder=str(folder / MADE), pictures=pictures)


def _is_same(path: Path, state: FileState, seen_ns: int) -> bool:
    try:
        stat = os.stat(path)
        if state.is_still(stat, seen_ns=seen_ns):
            return True
        return stat.st_size == state.size and digest_of(path.read_bytes()) == state.digest
    except OSError:
        return False


def read_index(path: Path) -> IndexFile | None:
    """Return the list at *path*; None when there is none, or none that is of use."""
    try:
        stored = _DECODER.decode(path.read_bytes())
    except OSError:
        return None
    except msgspec.MsgspecError as error:
        log.info("the list of pictures is of no use: %s; `news-digest images` makes a new one", error)
        return None
    return stored if stored.format == FORMAT else None
