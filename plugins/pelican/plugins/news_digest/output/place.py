"""Where a process puts what it has rendered: files of the output folder, or members of a tar."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from ..disk.files import FileState, digest_of
from ..running.elsewhere import sees
from .folder.writer import Outcome, OutputWriter, Written

if TYPE_CHECKING:
    from .tar.spool import Spool


class Place(msgspec.Struct, frozen=True):
    """Where files are written.

    Attributes:
        ready: The folder where they are made ready; ``""``: where they belong.
        is_empty: Whether the output was empty, so that none is looked for.
        is_tar: Whether the site is a tar: then what is made ready are its members.
        mark: The file that whoever writes there has to see, else bytes are brought back; ``""``: no other machine does.
    """

    ready: str = ""
    is_empty: bool = False
    is_tar: bool = False
    mark: str = ""


# They are written to where they belong, whatever is there.
BELONGS: Final = Place()


class Carrier:
    """Brings bytes back, for whoever sees the place to write them."""

    def put(self, save_as: str, data: bytes) -> Outcome:
        """Return *data*, to be *save_as*."""
        del save_as
        return Outcome(Written.CHANGED, FileState(len(data), 0, 0, 0, digest_of(data)), data=data)


@contextmanager
def writer_at(place: Place, *, output: str) -> Iterator[OutputWriter | Spool | Carrier]:
    """Return who writes to *place*, of a site that belongs to *output*.

    Raises:
        OSError: It cannot be written.
    """
    if place.mark and not sees(place.mark):
        yield Carrier()
    elif place.is_tar:
        from .tar.spool import Spool  # noqa: PLC0415 - few sites are a tar

        with Spool(place.ready) as spool:
            yield spool
    else:
        yield OutputWriter(Path(output), ready=place.ready, is_empty=place.is_empty, is_shared=bool(place.mark))
