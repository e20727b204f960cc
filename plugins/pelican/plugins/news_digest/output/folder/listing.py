"""Which files of a published folder builds wrote, in that folder itself: it may travel without the cache.

The list holds no names, only digests of them: a page that nothing links to is not given away by it. With it, what is
no longer part of the site can be told from what the owner put there, though the cache is lost.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from typing import Final

from ...disk.sealed import BrokenSealError, read_regular

LISTING: Final = ".news-digest"
# A list of the same names is left alone: who changes how it is written has the manifest's FORMAT change, too.
_ABOUT: Final = b"# Digests of the names of the files here that builds of News Digest wrote.\n"
_LENGTH: Final = 8


def listing_of(names: Iterable[str]) -> bytes:
    """Return the list of files called *names*; it depends on nothing else."""
    return _ABOUT + b"".join(sorted(_line(name) for name in names))


def listed_names(output: str | os.PathLike[str]) -> set[str]:
    """Return the files below *output* that the list there has; none where there is no list."""
    root = os.fspath(output)
    try:
        lines = set(read_regular(os.path.join(root, LISTING)).splitlines(keepends=True))
    except (OSError, BrokenSealError):
        return set()
    found = set()
    for base, _, names in os.walk(root):
        below = os.path.relpath(base, root).replace(os.sep, "/")
        for name in names:
            path = name if below == "." else f"{below}/{name}"
            if _line(path) in lines:
                found.add(path)
    return found


def _line(name: str) -> bytes:
    return hashlib.blake2b(os.fsencode(name), digest_size=_LENGTH).hexdigest().encode() + b"\n"
