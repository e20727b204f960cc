"""A built site as a host gets it: a folder, or one tar."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class Published(Protocol):
    """What is going to be published."""

    def files(self) -> Iterator[tuple[str, int | None]]:
        """Yield path and bytes of each file; None for a link."""

    def read(self, path: str, most: int = -1) -> bytes:
        """Return the file at *path*, or the first *most* bytes of it.

        Raises:
            OSError: It cannot be read.
        """


class PublishedFolder:
    """A site in *folder*."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def files(self) -> Iterator[tuple[str, int | None]]:
        """Yield path and bytes of each file; None for a link."""
        for base, folders, names in os.walk(self._folder):
            below = os.path.relpath(base, self._folder).replace(os.sep, "/")
            folders.sort()
            links = [name for name in folders if os.path.islink(os.path.join(base, name))]
            for name in (*links, *sorted(names)):
                path = os.path.join(base, name)
                size = None if os.path.islink(path) else os.stat(path).st_size
                yield name if below == "." else f"{below}/{name}", size

    def read(self, path: str, most: int = -1) -> bytes:
        """Return the file at *path*, or the first *most* bytes of it.

        Raises:
            OSError: It cannot be read.
        """
        with open(self._folder / path, "rb") as file:
            return file.read(most)


class PublishedTar:
    """A site in the file *tar*.

    Raises:
        OSError: It cannot be read.
        tarfile.TarError: It is none, or its end is missing.
    """

    def __init__(self, tar: Path) -> None:
        self._tar = tar
        with tarfile.open(tar, mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
            members = [member for member in archive if not member.isdir()]
        end = max((member.offset_data + member.size for member in members if member.isfile()), default=0)
        if end > os.path.getsize(tar):
            raise tarfile.ReadError("its end is missing")
        self._members = {member.name.removeprefix("./"): member for member in members}

    def files(self) -> Iterator[tuple[str, int | None]]:
        """Yield path and bytes of each file; None for a link."""
        return ((name, member.size if member.isfile() else None) for name, member in self._members.items())

    def read(self, path: str, most: int = -1) -> bytes:
        """Return the file at *path*, or the first *most* bytes of it.

        Raises:
            OSError: It cannot be read.
        """
        member = self._members[path]
        with open(self._tar, "rb") as file:
            file.seek(member.offset_data)
            return file.read(member.size if most < 0 else min(most, member.size))
