"""What is ready → its place, in one short step: a list that is written first, then nothing but renames and removals.

Run as a program (by :mod:`.stage`), this does the same for a build that may be killed: it waits for a word on its
standard input, and is not of the process group that the build is of. So it imports nothing but what Python starts with
anyway, and nothing of this package.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from contextlib import suppress

JOURNAL = "journal"
_SEAL_BYTES = 32
_COPY_BYTES = 1 << 20


def ready_name(save_as: str) -> str:
    """Return what the file *save_as* is called until it is put in place."""
    return hashlib.sha256(os.fsencode(save_as)).hexdigest()[:32]


def write_journal(folder: str, output: str, *, puts: list[str], over: list[str]) -> None:
    """Decide what becomes of *output*: from here on the new site is finished, whatever happens.

    Args:
        folder: Where the new files lie, each under its :func:`ready_name`.
        puts: The new files, in the order in which they are put in place.

    Raises:
        OSError: It cannot be written; nothing is decided then.
    """
    names = [output, str(len(puts)), *puts, *over]
    data = b"\0".join(map(os.fsencode, names))
    part = os.path.join(folder, f"{JOURNAL}.part")
    with open(part, "wb") as file:
        file.write(hashlib.sha256(data).digest() + data)
    os.replace(part, os.path.join(folder, JOURNAL))


def finish(folder: str) -> list[str]:
    """Do what the journal in *folder* says, as far as it is not yet done; without a journal nothing is to be done.

    Returns:
        The files that are over and cannot be removed.

    Raises:
        ValueError: The journal is damaged; nothing was done.
        OSError: A file cannot be put in place; it may be tried again.
    """
    try:
        with open(os.path.join(folder, JOURNAL), "rb") as file:
            output, puts, over = _read(file.read())
    except FileNotFoundError:
        return []
    going = set(over)
    for save_as in puts:
        _put(os.path.join(folder, ready_name(save_as)), output, save_as, going)
    stuck = remove_all(output, over)
    os.unlink(os.path.join(folder, JOURNAL))
    return stuck


def remove_all(output: str, over: list[str]) -> list[str]:
    """Remove the files *over*, and folders that are empty then; return those that cannot be removed."""
    return [save_as for save_as in over if not _remove(output, save_as)]


def _read(data: bytes) -> tuple[str, list[str], list[str]]:
    if hashlib.sha256(data[_SEAL_BYTES:]).digest() != data[:_SEAL_BYTES]:
        raise ValueError(JOURNAL)
    output, count, *names = map(os.fsdecode, data[_SEAL_BYTES:].split(b"\0"))
    if any(part in {"", ".", ".."} for name in names for part in name.split("/")):
        raise ValueError(JOURNAL)
    return output, names[: int(count)], names[int(count) :]


def _put(ready: str, output: str, save_as: str, going: set[str]) -> None:
    target = os.path.join(output, save_as)
    try:
        os.replace(ready, target)
    except OSError:
        if not os.path.lexists(ready):  # put in place before
            return
        _make_room(output, save_as, going)
        try:
            os.replace(ready, target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            _move(ready, target)


def _make_room(output: str, save_as: str, going: set[str]) -> None:
    """Make the folders of *save_as*. A file of ours that is over gives way to a folder, a folder of such to a file."""
    folder = ""
    for part in save_as.split("/")[:-1]:
        folder = f"{folder}/{part}" if folder else part
        if folder in going and not os.path.isdir(os.path.join(output, folder)):
            _remove(output, folder)
    if os.path.isdir(os.path.join(output, save_as)):
        for name in sorted(going):
            if name.startswith(f"{save_as}/"):
                _remove(output, name)
    # With the last file of a folder, those go in which there was nothing else.
    os.makedirs(os.path.dirname(os.path.join(output, save_as)), exist_ok=True)


def _move(ready: str, target: str) -> None:
    """Move a file to another disk: a folder of the output may be a link to one."""
    part = f"{target}.news-digest-part"
    with open(ready, "rb") as source, open(part, "wb") as copy:
        while data := source.read(_COPY_BYTES):
            copy.write(data)
    os.replace(part, target)
    os.unlink(ready)


def _remove(output: str, save_as: str) -> bool:
    """Remove a file and the folders that are empty then; return whether it is gone."""
    path = os.path.join(output, save_as)
    try:
        os.unlink(path)
    except FileNotFoundError:
        pass
    except OSError:
        # A folder has taken its name, so it is gone.
        return os.path.isdir(path) or not os.path.lexists(path)
    folder = os.path.dirname(save_as)
    with suppress(OSError):  # it is not empty
        while folder:
            os.rmdir(os.path.join(output, folder))
            folder = os.path.dirname(folder)
    return True


def main(folder: str) -> None:
    """Wait for the word, finish, and answer with what is stuck; without the word do nothing."""
    if sys.stdin.buffer.read(1):
        sys.stdout.buffer.write(b"\0".join(map(os.fsencode, finish(folder))))


if __name__ == "__main__":
    main(sys.argv[1])
