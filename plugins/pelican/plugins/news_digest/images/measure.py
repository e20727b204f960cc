"""Looking at a file of the site's own: whether browsers show it, and how large it is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from ..disk.sniff import HEAD_BYTES, describe, is_drawing, is_icon, picture_format
from .own import OwnLook

# Where a drawing says how large it is.
_DRAWING_BYTES: Final = 4096
_ROOT: Final = re.compile(rb"<svg\b[^>]*>", re.IGNORECASE)
_SIDE: Final = rb"""\s%b\s*=\s*["']\s*(\d+(?:\.\d+)?)(?:px)?\s*["']"""
_VIEW_BOX: Final = re.compile(rb"""\sviewBox\s*=\s*["']\s*\S+[\s,]+\S+[\s,]+(\d+(?:\.\d+)?)[\s,]+(\d+(?:\.\d+)?)""")


def look_at(path: Path, *, measures: bool) -> OwnLook:
    """Return what the first bytes of the file at *path* show.

    Args:
        measures: Whether its size is wanted, too: that takes longer.
    """
    try:
        with open(path, "rb") as file:
            head = file.read(_DRAWING_BYTES)
    except OSError as error:
        return OwnLook(problem=f"not to be read: {error.strerror}")
    if is_drawing(head[:HEAD_BYTES]) and path.suffix.lower() == ".svg":
        return _sized(*_drawn_size(head)) if measures else OwnLook()
    if not picture_format(head[:HEAD_BYTES]):
        return OwnLook() if is_icon(head) and not measures else OwnLook(problem=describe(head[:HEAD_BYTES]))
    if not measures:
        return OwnLook()
    from .making.process import size_of  # noqa: PLC0415 - loading Pillow takes longer than most builds of a few edits

    return _sized(*size_of(str(path)))


def _sized(width_px: int, height_px: int) -> OwnLook:
    if width_px and height_px:
        return OwnLook(width_px=width_px, height_px=height_px)
    return OwnLook(problem="damaged, or does not state its size")


def _drawn_size(head: bytes) -> tuple[int, int]:
    """Return width and height of an SVG drawing that begins with *head*; 0 where it does not say."""
    found = _ROOT.search(head)
    root = found[0] if found else b""
    sides = [re.search(_SIDE % name, root) for name in (b"width", b"height")]
    if all(sides):
        width, height = (float(side[1]) for side in sides if side)
    elif box := _VIEW_BOX.search(root):
        width, height = float(box[1]), float(box[2])
    else:
        return 0, 0
    return round(width), round(height)
