"""One build at a time for each output folder: a preview and a build beside it would write the same files."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import Final

try:
    import fcntl
except ImportError:  # Windows refuses to replace a file that another program has open, which is clear enough
    fcntl = None  # type: ignore[assignment]

from collections.abc import Callable, Iterator
from pathlib import Path

from ...disk.sealed import name_for

# A link is not followed: whoever can write to a cache would have a file elsewhere opened.
_OPEN: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


@contextmanager
def only_one(folder: Path | None, *, output: Path, on_wait: Callable[[], None]) -> Iterator[int | None]:
    """Let no other process build into *output* while the block runs; wait for one that does.

    The system lets go of it when this process ends, however it ends, and every process that was handed the lock.

    Args:
        folder: Where the lock lies; None: nothing is kept between builds, and *output* itself is locked.

    Yields:
        The lock's file descriptor; None where nothing can be locked.
    """
    lock = _open(folder, output) if fcntl else None
    if lock is None:
        yield None
        return
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            on_wait()
            with suppress(OSError):  # a file system without locks
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def _open(folder: Path | None, output: Path) -> int | None:
    try:
        if folder is None:
            return os.open(output, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        name = name_for(output.resolve())
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / f"output-{name}.lock", _OPEN, 0o666)
    except OSError:  # a cache that cannot be written is only a slower build; an output that is not there is nobody's
        return None
