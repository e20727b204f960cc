"""One such file: read, measured, or refused with the setting's name."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ...errors import SettingError
from ..measure import look_at

if TYPE_CHECKING:
    from ..own import OwnLook


class Mark(NamedTuple):
    """A picture: the ending of its file's name, in lower case, its bytes and its size in pixels."""

    ending: str
    data: bytes
    width_px: int
    height_px: int


def read_mark(setting: str, path: str, *, most_bytes: int, why: str) -> Mark:
    """Return the picture that *setting* names.

    Args:
        path: Its value, from the current folder on.
        most_bytes: How large the file may be.
        why: Said of one that is larger.

    Raises:
        SettingError: The file is not there, is no picture, or is too large.
    """
    file = Path(os.path.abspath(path))
    try:
        stat = file.stat()
        data = file.read_bytes() if stat.st_size <= most_bytes else b""
    except OSError as error:
        raise SettingError([f"{setting}: {file} cannot be read: {error.strerror}"]) from error
    look = _look(file, stat.st_size, stat.st_mtime_ns)
    if look.problem:
        raise SettingError([f"{setting}: {path} is {look.problem}"])
    if not data:
        raise SettingError([f"{setting}: {path} has {stat.st_size // 1000} kB; {why}: at most {most_bytes // 1000} kB"])
    return Mark(file.suffix.lower(), data, look.width_px, look.height_px)


@lru_cache(maxsize=8)
def _look(file: Path, size: int, changed_ns: int) -> OwnLook:
    """Return what *file* is; a preview asks at each build, and most files stay as they are."""
    del size, changed_ns
    return look_at(file, measures=True)
