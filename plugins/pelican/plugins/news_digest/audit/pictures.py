"""Files that are not what their names say: pictures that are none, and pointers that Git LFS left in their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from ..disk.files import LFS_BYTES, LFS_HINT, LFS_START
from ..disk.sniff import HEAD_BYTES, describe, is_drawing, is_icon, picture_format
from ..errors import Diagnostic, diagnose

if TYPE_CHECKING:
    from .published import Published

_PICTURES: Final = (".avif", ".bmp", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp")


def find_broken_pictures(site: Published, paths: Iterable[str]) -> dict[str, str]:
    """Return what those of *paths* are that have a picture's name and that no browser shows."""
    found = {}
    for path in paths:
        if path.lower().endswith(_PICTURES):
            head = site.read(path, HEAD_BYTES)
            is_shown = picture_format(head) or is_icon(head) or (is_drawing(head) and path.lower().endswith(".svg"))
            if not is_shown:
                found[path] = describe(head)
    return found


def find_pointers(site: Published, sizes: Iterable[tuple[str, int]], *, shown: str = "") -> Iterator[Diagnostic]:
    """Yield an error for each file that is still with Git LFS.

    Args:
        sizes: Path and bytes of each.
        shown: What paths begin with when they are said.
    """
    for path, size in sizes:
        if len(LFS_START) < size <= LFS_BYTES and site.read(path, len(LFS_START)) == LFS_START:
            problem = "a Git LFS pointer, not the file itself"
            yield diagnose("ND508", problem, path=f"{shown}{path}", hint=f"{LFS_HINT}; then build again")
