"""What is new in a tar, one member after the other, before the last of them is known.

One file for many pages: a file for each would take longer than its bytes. Every process has its own.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from types import TracebackType
from typing import Final, Self

from ...disk.files import DIGEST_BYTES, FileState, digest_of
from ..folder.writer import Outcome, Written, require_below
from .members import header, padding

_ENDING: Final = ".members"
_READ_BYTES: Final = 1 << 20


class Spool:
    """A file of members below *folder*, under a name that no other process has. Use it as a context.

    Raises:
        OSError: It cannot be written; so does every method.
    """

    def __init__(self, folder: str) -> None:
        handle, self.path = tempfile.mkstemp(_ENDING, dir=folder)
        # Unbuffered: what was put is there, for whoever reads it before this one is closed.
        self._file = os.fdopen(handle, "wb", buffering=0)
        self._end = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Add no more."""
        self.close()

    def close(self) -> None:
        """Add no more."""
        self._file.close()

    def put(self, save_as: str, data: bytes) -> Outcome:
        """Add the file *save_as*; whether it is new is asked where the last tar is known.

        Raises:
            UnsafePathError: *save_as* is absolute or leads out of the site.
        """
        require_below(save_as)
        start = self._add(header(save_as, len(data)), data, padding(len(data)))
        return Outcome(Written.CHANGED, state_of(len(data), digest_of(data)), spool=self.path, start=start)

    def copy(self, save_as: str, source: str) -> Outcome:
        """Add the file *source* as *save_as*, however large it is.

        Raises:
            UnsafePathError: See :meth:`put`.
            OSError: It cannot be read, or became shorter meanwhile.
        """
        require_below(save_as)
        digest = hashlib.sha256()
        with open(source, "rb") as file:
            size = left = os.fstat(file.fileno()).st_size
            start = self._add(header(save_as, size))
            while left:
                data = file.read(min(left, _READ_BYTES))
                if not data:
                    raise OSError(errno.EIO, "changed while it was read", source)
                digest.update(data)
                self._add(data)
                left -= len(data)
        self._add(padding(size))
        state = state_of(size, digest.digest()[:DIGEST_BYTES])
        return Outcome(Written.CHANGED, state, spool=self.path, start=start)

    def _add(self, *parts: bytes) -> int:
        """Add *parts*, and return where the first begins."""
        start = self._end
        left = memoryview(b"".join(parts))
        self._end += len(left)
        while left:
            left = left[self._file.write(left) :]
        return start


def state_of(size: int, digest: bytes) -> FileState:
    """Return what is known of a file in a tar: it has no times."""
    return FileState(size, 0, 0, 0, digest)
