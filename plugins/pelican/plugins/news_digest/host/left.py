"""What a build leaves for the next one, which reads nothing where it sees the same: see :mod:`.unchanged`."""

from __future__ import annotations

import msgspec

from ..errors import Diagnostic


class Left(msgspec.Struct, frozen=True, array_like=True):
    """What a build leaves for the next one.

    Attributes:
        key: Of all that decides about the site.
        texts: Of what Pelican has read of the owner's: see :func:`.unchanged.texts_key`.
        stamp: Of the site that was written: see :mod:`..output.stamp`.
        seconds: When that was, since 1970. For a clock that was set back, other items are ahead.
        item_count, published_count: Of the archive.
        reported: What was reported of the content.
        said: What was reported of everything else.
    """

    key: bytes
    texts: bytes
    stamp: bytes
    seconds: float
    item_count: int
    published_count: int
    reported: tuple[Diagnostic, ...]
    said: tuple[Diagnostic, ...]
