"""Pictures that were made: what a build knows of them, and where their files lie. Values only; no disk."""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec

# The folder of made pictures, on the site and in its addresses.
SITE_FOLDER: Final = "pictures"
# What a browser that knows no ``srcset`` gets, and what feeds name.
USUAL_WIDTH_PX: Final = 960
WEBP: Final = "webp"
AVIF: Final = "avif"


class Picture(msgspec.Struct, frozen=True, array_like=True):
    """A picture in the sizes that pages ask for.

    Attributes:
        stem: What the names of its files begin with; it follows from their bytes.
        width_px, height_px: Of the original, as it is seen (turned upright).
        widths: Of the files, ascending; none is wider than the original.
        has_avif: Whether each size is there as AVIF beside WebP.
        tone: Its main colour, coarsely: three steps from 0 to 7 for red, green and blue, as ``5-3-1``; ``""`` for a
            picture that can be seen through.
        look: What it looks like: two pictures that look alike have few different bits.
    """

    stem: str
    width_px: int
    height_px: int
    widths: tuple[int, ...]
    has_avif: bool = False
    tone: str = ""
    look: bytes = b""

    def file(self, width_px: int, ending: str = WEBP) -> str:
        """Return the name of one of its files."""
        return f"{self.stem}-{width_px}.{ending}"

    def files(self) -> tuple[str, ...]:
        """Return the names of all of its files."""
        endings = (WEBP, AVIF) if self.has_avif else (WEBP,)
        return tuple(self.file(width, ending) for ending in endings for width in self.widths)


class MadePicture(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of a job of :mod:`.making.process`: a picture, or in words why there is none.

    Attributes:
        source_bytes, made_bytes: Sizes before, and of all files after.
    """

    key: str
    picture: Picture | None = None
    problem: str = ""
    source_bytes: int = 0
    made_bytes: int = 0


class PictureIndex(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a build knows of made pictures.

    Attributes:
        folder: Where their files lie on this machine.
        pictures: By address: ``https://…``, or the path below the content folder for the site's own.
    """

    folder: str = ""
    pictures: dict[str, Picture] = {}

    def usual_files(self) -> frozenset[str]:
        """Return the site-relative paths of the files for whoever cannot choose, one a picture."""
        return frozenset(made_path(picture) for picture in self.pictures.values())

    def stamp(self) -> bytes:
        """Return a digest of it that does not depend on the machine."""
        data = msgspec.msgpack.encode(self.pictures, order="deterministic")
        return hashlib.blake2b(data, digest_size=16).digest()


NO_PICTURES: Final = PictureIndex()


def usual_width(widths: tuple[int, ...]) -> int:
    """Return the width of the file for whoever cannot choose, of *widths* in ascending order."""
    return max((width for width in widths if width <= USUAL_WIDTH_PX), default=widths[0])


def made_path(picture: Picture) -> str:
    """Return the site-relative path of the file for whoever cannot choose between sizes."""
    return f"{SITE_FOLDER}/{picture.file(usual_width(picture.widths))}"
