"""What one file of a site is in a tar, and where: a function of its name and its bytes, and of nothing else.

Names begin with ``./`` and folders are members, as ``tar -c .`` has it and hosts expect it. Times, owners and modes are
the same for all, so equal sites are equal tars, on any machine.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

BLOCK: Final = 512
# What stands behind the last member.
END: Final = bytes(2 * BLOCK)
_FILE_MODE: Final = 0o644
_FOLDER_MODE: Final = 0o755
# Longer names, and larger files, have headers of another form.
_NAME_BYTES: Final = 100
_MOST_BYTES: Final = 8**11
_BLANK_SUM: Final = b"        "


class Member(NamedTuple):
    """A file or a folder in a tar.

    Attributes:
        name: Relative to the site; that of a folder ends with ``/``.
        size: Bytes of the file.
        start: Where its header begins.
        end: Where the next member's begins.
    """

    name: str
    size: int
    start: int
    end: int


def header(name: str, size: int) -> bytes:
    """Return what stands before the bytes of a file, or the whole of a folder, whose *name* ends with ``/``."""
    path = _path(name)
    kind, mode = (tarfile.DIRTYPE, _FOLDER_MODE) if name.endswith("/") else (tarfile.REGTYPE, _FILE_MODE)
    if len(path) > _NAME_BYTES or size >= _MOST_BYTES:
        info = tarfile.TarInfo(f"./{name}".rstrip("/"))
        info.size, info.mode, info.type = size, mode, kind
        return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "surrogateescape")
    # The same, in a tenth of the time: there is one for every page.
    before = b"%s%07o\0%07o\0%07o\0%011o\0%011o\0" % (path.ljust(_NAME_BYTES, b"\0"), mode, 0, 0, size, 0)
    after = (kind + bytes(100) + tarfile.GNU_MAGIC).ljust(BLOCK - len(before) - len(_BLANK_SUM), b"\0")
    total = sum(path) + sum(before[_NAME_BYTES:]) + sum(_BLANK_SUM) + sum(kind) + sum(tarfile.GNU_MAGIC)
    return before + b"%06o\0 " % total + after


def padding(size: int) -> bytes:
    """Return what stands behind the bytes of a file."""
    return bytes(-size % BLOCK)


def members(sizes: Mapping[str, int]) -> Iterator[Member]:
    """Yield the members of the tar that holds files of *sizes*, folders included, in their order.

    Args:
        sizes: Path → bytes.
    """
    start = 0
    made: set[str] = set()
    for name in sorted(sizes):
        for folder in _folders(name, made):
            end = start + _header_bytes(folder)
            yield Member(folder, 0, start, end)
            start = end
        size = sizes[name]
        end = start + _header_bytes(name) + size + -size % BLOCK
        yield Member(name, size, start, end)
        start = end


def _folders(name: str, made: set[str]) -> Iterator[str]:
    """Yield the folders that *name* lies in, the outermost first, and that are not in *made*, which gets them."""
    missing: list[str] = []
    folder = name.rpartition("/")[0]
    while folder and folder not in made:
        missing.append(f"{folder}/")
        made.add(folder)
        folder = folder.rpartition("/")[0]
    return reversed(missing)


def _path(name: str) -> bytes:
    return b"./" + name.encode("utf-8", "surrogateescape")


def _header_bytes(name: str) -> int:
    length = len(_path(name))
    # A long name is a member of its own, ended by a zero, before the file's.
    return BLOCK if length <= _NAME_BYTES else 2 * BLOCK + length + 1 + -(length + 1) % BLOCK
