"""Bytes → files below one folder: renamed into place, and only when they differ."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from ..errors import UnsafePathError

if TYPE_CHECKING:
    from pathlib import Path


# What a file is called until it is whole; only a build that was killed leaves one.
PART: Final = ".news-digest-part"
_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Written(StrEnum):
    """What became of one file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


def remove_parts(folder: Path) -> None:
    """Remove what a killed build left half-written below *folder*."""
    for base, _, names in os.walk(folder):
        for name in names:
            if name.endswith(PART):
                with suppress(OSError):
                    os.unlink(os.path.join(base, name))


def copy_file(source: str, target: str) -> None:
    """Copy *source* to *target*, times included, renamed into place; folders are made as they are needed.

    Raises:
        OSError: It cannot be read, or the target cannot be written.
    """
    part = f"{target}{PART}"
    os.makedirs(os.path.dirname(target), exist_ok=True)
    try:
        shutil.copy2(source, part)
        os.replace(part, target)
    except OSError:
        with suppress(OSError):
            os.unlink(part)
        raise


class OutputWriter:
    """Writes below *output* and nowhere else.

    A file is written beside its place and renamed, so a reader (or a killed build) never sees half of one; one that
    has the same bytes already is left alone, so times stay true for rsync and live reload.
    """

    def __init__(self, output: Path) -> None:
        self._output = output

    def write(self, save_as: str, data: bytes) -> Written:
        """Write *data* to *save_as*.

        Raises:
            UnsafePathError: *save_as* is absolute or leaves the output folder.
            OSError: The disk is full, or the folder cannot be written.
        """
        path = self._safe_path(save_as)
        existed = False
        try:
            with open(path, "rb") as file:
                existed = True
                if file.read() == data:
                    return Written.SAME
        except FileNotFoundError:
            pass
        part = f"{path}{PART}"
        try:
            # By the system's own calls: thousands of files are small, and a file object costs more than its bytes.
            handle = self._create(part)
            try:
                left = memoryview(data)
                while left:
                    left = left[os.write(handle, left) :]
            finally:
                os.close(handle)
            os.replace(part, path)
        except OSError:
            with suppress(OSError):
                os.unlink(part)
            raise
        return Written.CHANGED if existed else Written.NEW

    def _create(self, path: str) -> int:
        try:
            return os.open(path, _CREATE, 0o666)
        except FileNotFoundError:
            folder = os.path.dirname(path)
            try:
                os.mkdir(folder)  # most often only the page's own folder is missing
            except FileNotFoundError:
                os.makedirs(folder, exist_ok=True)
            except FileExistsError:  # made by another process a moment ago
                pass
            return os.open(path, _CREATE, 0o666)

    def _safe_path(self, save_as: str) -> str:
        parts = save_as.split("/")
        if not save_as or "\\" in save_as or "\0" in save_as or any(part in {"", ".", ".."} for part in parts):
            raise UnsafePathError(save_as)
        return os.path.join(self._output, *parts)
