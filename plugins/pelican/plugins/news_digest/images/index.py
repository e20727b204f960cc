"""What a build knows of pictures: read from the cache, checked against what is there. Nothing here writes."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from stat import S_ISREG
from typing import Final

import msgspec

from ..disk.files import FileState, digest_of
from ..disk.sealed import BrokenSealError, read_packed, read_regular
from ..errors import counted
from .pictures import AVIF, NO_PICTURES, WEBP, Picture, PictureIndex

log = logging.getLogger(__name__)
FOLDER: Final = "images"
MADE: Final = "made"
NAME: Final = "index.msgpack"
FORMAT: Final = 2
KIND: Final = "pictures"


# What a made file is known again by: its size, and its time in nanoseconds.
Look = tuple[int, int]


class LocalFile(msgspec.Struct, frozen=True, array_like=True):
    """One of the site's own pictures: the file that was looked at, and the key of what was made of it."""

    state: FileState
    key: str


class IndexFile(msgspec.Struct, array_like=True):
    """What is on disk: pictures by address, the files behind those that are the site's own, and made files by name."""

    format: int
    seen_ns: int
    pictures: dict[str, Picture]
    local: dict[str, LocalFile]
    made: dict[str, Look]


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
    made = folder / MADE
    pictures = {}
    damaged: list[str] = []
    for address, picture in stored.pictures.items():
        if is_whole(made, picture, stored.made):
            own = stored.local.get(address)
            if own is None or _is_same(content / address, own.state, stored.seen_ns):
                pictures[address] = picture
        elif all(os.path.lexists(made / name) for name in picture.files()):
            damaged.append(picture.stem)
    if damaged:
        log.warning(
            "%s in the cache left out as damaged, such as %s; `news-digest images` makes each again",
            counted(len(damaged), "picture"),
            min(damaged),
        )
    return PictureIndex(folder=str(made), pictures=pictures)


def is_whole(folder: Path, picture: Picture, known: Mapping[str, Look]) -> bool:
    """Whether the files of *picture* in *folder* are what was made.

    Files that look as *known* are; the others are told by their bytes, which their names follow from.
    """
    try:
        if all(look_of_file(folder / name) == known.get(name, ()) for name in picture.files()):
            return True
        digest = hashlib.blake2b(digest_size=8)
        for width in reversed(picture.widths):
            for ending in (WEBP, AVIF) if picture.has_avif else (WEBP,):
                digest.update(read_regular(folder / picture.file(width, ending)))
    except (OSError, BrokenSealError):
        return False
    return digest.hexdigest() == picture.stem


def look_of_file(path: Path) -> Look:
    """Return what the file at *path* looks like; a link is none.

    Raises:
        OSError: It is not there.
        BrokenSealError: It is no regular file.
    """
    stat = os.lstat(path)
    if not S_ISREG(stat.st_mode):
        raise BrokenSealError
    return (stat.st_size, stat.st_mtime_ns)


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
    hint = "none are shown until `news-digest images` makes it again"
    stored = read_packed(path, _DECODER.decode, kind=KIND, what="the list of pictures", hint=hint)
    return stored if stored and stored.format == FORMAT else None
