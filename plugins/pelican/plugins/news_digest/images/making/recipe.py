"""How pictures are made: sizes, formats, limits. A picture is made again when its recipe is another one."""

from __future__ import annotations

import hashlib
from typing import Final

import msgspec

# To be raised when process.py would make other bytes of the same source.
PROCESS_VERSION: Final = 1
WIDTHS_PX: Final = (320, 640, 960, 1280)
ICON_WIDTHS_PX: Final = (96,)
# A size of its own for a picture that is this much wider than the widest usual size below it.
WORTH_A_SIZE: Final = 1.15


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be made of one picture; as it stands, of one beside a story.

    Attributes:
        widths: The usual sizes; none is made that would enlarge the picture.
        has_avif: Whether each size is made as AVIF, too.
        is_lossless: For icons: few colours, sharp edges.
        keeps_motion: Whether an animation stays one; else its first frame is shown.
        least_px: The shortest side that is still a picture.
        made_with: The versions of the libraries that encode.
    """

    widths: tuple[int, ...] = WIDTHS_PX
    has_avif: bool = False
    is_lossless: bool = False
    keeps_motion: bool = False
    least_px: int = 48
    made_with: str = ""

    def key(self) -> str:
        """Return what tells recipes apart."""
        data = msgspec.json.encode((PROCESS_VERSION, self))
        return hashlib.blake2b(data, digest_size=6).hexdigest()


def icon_recipe(*, made_with: str) -> Recipe:
    """Return how the icon of a provider is made: one file, enough for a sharp screen."""
    return Recipe(widths=ICON_WIDTHS_PX, is_lossless=True, least_px=8, made_with=made_with)


def choose_widths(width_px: int, usual: tuple[int, ...]) -> tuple[int, ...]:
    """Return the sizes of a picture that is *width_px* wide, ascending; never one that enlarges it.

    A picture between two usual sizes has its own width as well where that is worth a file:

    >>> choose_widths(2000, (320, 640, 960, 1280))
    (320, 640, 960, 1280)
    >>> choose_widths(800, (320, 640, 960, 1280))
    (320, 640, 800)
    >>> choose_widths(650, (320, 640, 960, 1280))
    (320, 640)
    """
    found = tuple(width for width in usual if width <= width_px)
    if width_px < usual[-1] and (not found or width_px >= found[-1] * WORTH_A_SIZE):
        return (*found, width_px)
    return found
