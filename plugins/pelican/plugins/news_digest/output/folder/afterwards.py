"""What others made of a site after it was put in place: minifiers, packers, plugins that write a file of ours anew."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...disk.files import digest_of

if TYPE_CHECKING:
    from ..manifest import Entry

# What packers write beside a file, and hosts serve in its place.
PACKED: Final = (".gz", ".br", ".zst")
# Files that machines ask for by name at the root, and that other plugins write as well.
_AT_THE_ROOT: Final = (".xml", ".txt")


def foreign_files(output: Path, entries: Mapping[str, Entry]) -> Iterator[str]:
    """Yield each page, and each file of the root that others may write, whose bytes are not those of *entries*."""
    for save_as, entry in entries.items():
        if save_as.endswith(".html") or is_contested(save_as):
            path, state = os.path.join(output, save_as), entry.state
            with suppress(OSError):
                stat = os.stat(path)
                if (stat.st_size, stat.st_mtime_ns, stat.st_ino) != (state.size, state.mtime_ns, state.inode):
                    with open(path, "rb") as file:
                        digest = digest_of(file.read())
                    if digest != state.digest:
                        yield save_as


def is_contested(save_as: str) -> bool:
    """Whether other plugins write a file of this name as a whole, such as ``sitemap.xml``."""
    return "/" not in save_as and save_as.endswith(_AT_THE_ROOT)


def packed_beside(output: Path, names: Iterable[str]) -> Iterator[str]:
    """Yield the packed files that lie beside *names*: of other bytes than those that stand there now."""
    for name in names:
        for ending in PACKED:
            if os.path.lexists(os.path.join(output, f"{name}{ending}")):
                yield f"{name}{ending}"
