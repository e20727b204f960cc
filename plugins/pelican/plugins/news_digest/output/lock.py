"""One build at a time for each output folder: a preview and a build beside it would write the same files."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

try:
    import fcntl
except ImportError:  # Windows refuses to replace a file that another program has open, which is clear enough
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@contextmanager
def only_one(folder: Path | None, *, output: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Let no other process build into *output* while the block runs; wait for one that does.

    The system lets go of it when this process ends, however it ends.

    Args:
        folder: Where the lock lies; None: nothing is kept between builds, and nothing is locked.
        output: The output folder.
        on_wait: Called before waiting.
    """
    file = _open(folder, output) if folder and fcntl else None
    if file is None:
        yield
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            on_wait()
            with suppress(OSError):  # a file system without locks
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _open(folder: Path, output: Path) -> BinaryIO | None:
    name = hashlib.blake2b(os.fsencode(output.resolve()), digest_size=8).hexdigest()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / f"output-{name}.lock").open("wb")
    except OSError:  # a cache that cannot be written is only a slower build
        return None
