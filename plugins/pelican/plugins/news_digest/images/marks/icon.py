"""The site's icon in the sizes that browsers, phones and launchers ask for, drawn from one picture."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image

from ..cards.png import chunk

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_RGB, _RGBA = 2, 6  # kinds of PNG
_UNFILTERED: Final = b"\0"
_CHANNELS: Final = {"RGB": (_RGB, 3), "RGBA": (_RGBA, 4)}


@lru_cache(maxsize=4)
def is_whole(source: bytes) -> bool:
    """Whether *source* is a picture to its last pixel, and no larger than one that an icon is made from."""
    try:
        with Image.open(BytesIO(source)) as opened:
            opened.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # whatever Pillow says of what it reads
        return False
    return True


def draw_icon(source: bytes, *, side_px: int, ground: str, as_ico: bool) -> bytes:
    """Return a picture as a square PNG: the same bytes wherever it is drawn.

    Args:
        source: A square picture that Pillow reads.
        ground: ``#rrggbb`` behind what can be seen through; ``""``: nothing.
        as_ico: Whether the PNG is put into an ICO file, which is what ``/favicon.ico`` is.
    """
    with Image.open(BytesIO(source)) as opened:
        picture = opened.convert("RGBA").resize((side_px, side_px), Image.Resampling.LANCZOS)
    if ground:
        paper = Image.new("RGBA", picture.size, ground)
        picture = Image.alpha_composite(paper, picture).convert("RGB")
    png = _encode(picture)
    return _ico(png, side_px) if as_ico else png


def _encode(picture: Picture) -> bytes:
    """Return *picture* as PNG; not by Pillow, whose copies bring different versions of zlib with them."""
    kind, channels = _CHANNELS[picture.mode]
    width, height = picture.size
    pixels, row = picture.tobytes(), width * channels
    rows = b"".join(_UNFILTERED + pixels[at : at + row] for at in range(0, len(pixels), row))
    header = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    data = zlib.compress(rows, 9)
    return b"".join((_SIGNATURE, chunk(b"IHDR", header), chunk(b"IDAT", data), chunk(b"IEND", b"")))


def _ico(png: bytes, side_px: int) -> bytes:
    """Return the file of one picture: a directory of one entry, then the picture."""
    entry = struct.pack("<BBBBHHII", side_px, side_px, 0, 0, 1, 32, len(png), 6 + 16)
    return struct.pack("<HHH", 0, 1, 1) + entry + png
