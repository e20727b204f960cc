"""A folder as a tar: for a site that others still write to when we are done."""

from __future__ import annotations

import errno
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ..folder.writer import PART
from .members import END, header, members, padding

log = logging.getLogger(__name__)


def pack_folder(folder: Path, tar: Path) -> int:
    """Write the files below *folder* to *tar*, which takes the place of the last at once; return how many there are.

    A link to a file is packed as that file; one to a folder is left out, and said.

    Raises:
        OSError: A file cannot be read, or the tar cannot be written.
    """
    sizes = {name: os.path.getsize(folder / name) for name in _files(folder)}
    part = tar.with_name(f"{tar.name}{PART}")
    tar.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(part, "wb") as file:
            for member in members(sizes):
                file.write(header(member.name, member.size))
                if not member.name.endswith("/"):
                    before = file.tell()
                    with open(folder / member.name, "rb") as source:
                        shutil.copyfileobj(source, file)
                    if file.tell() - before != member.size:
                        raise OSError(errno.EIO, "changed while it was packed", str(folder / member.name))
                    file.write(padding(member.size))
            file.write(END)
        os.replace(part, tar)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    return len(sizes)


def _files(folder: Path) -> Iterator[str]:
    for base, folders, names in os.walk(folder):
        below = os.path.relpath(base, folder).replace(os.sep, "/")
        for name in folders:
            if os.path.islink(os.path.join(base, name)):
                log.warning("%s is a link to a folder, and left out of the tar", os.path.join(base, name))
        for name in names:
            yield name if below == "." else f"{below}/{name}"
