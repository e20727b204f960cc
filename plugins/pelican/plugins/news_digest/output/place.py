"""Where a process puts what it has rendered: files of the output folder, or members of a tar."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from .folder.writer import OutputWriter
from .tar.spool import Spool

if TYPE_CHECKING:
    from collections.abc import Iterator


class Place(msgspec.Struct, frozen=True):
    """Where files are written.

    Attributes:
        ready: The folder where they are made ready; ``""``: where they belong.
        is_empty: Whether the output was empty, so that none is looked for.
        is_tar: Whether the site is a tar: then what is made ready are its members.
    """

    ready: str = ""
    is_empty: bool = False
    is_tar: bool = False


# They are written to where they belong, whatever is there.
BELONGS: Final = Place()


@contextmanager
def writer_at(place: Place, *, output: str) -> Iterator[OutputWriter | Spool]:
    """Return who writes to *place*, of a site that belongs to *output*.

    Raises:
        OSError: It cannot be written.
    """
    if place.is_tar:
        with Spool(place.ready) as spool:
            yield spool
    else:
        yield OutputWriter(Path(output), ready=place.ready, is_empty=place.is_empty)
