"""The web of links of the last build: while every item is linked as it was, nobody walks all ``related`` lists again.

Only for speed: it saves a twentieth of a build after one edit of five thousand items whose files repeat their stories
(``python benchmarks/without.py web --set azure``). Without this module each build finds the web anew.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

import msgspec

from ..catalogue.web import Web, web_of
from ..disk.code import code_key
from ..disk.files import digest_of
from ..disk.sealed import read_packed, write_sealed
from ..model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ..model import NewsItem

log = logging.getLogger(__name__)
NAME: Final = "web.msgpack"


class _Stored(msgspec.Struct, array_like=True):
    mark: bytes
    web: Web


_MARK: Final = msgspec.msgpack.Decoder(tuple[bytes, msgspec.Raw])
_DECODER: Final = msgspec.msgpack.Decoder(_Stored)
# The date of an article that Pelican read is one of its own kind.
_ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=repr)


def known_web(items: Sequence[NewsItem], *, ties: Mapping[str, bytes], folder: Path | None) -> Web:
    """Return the links of *items*: those of the last build, if nothing about them has changed.

    Args:
        items: The whole archive.
        ties: As of :class:`~..frontmatter.reader.Archive`.
        folder: Where the cache lives; None: nothing is known of the last build.
    """
    if folder is None:
        return web_of(items)
    path, mark = folder / NAME, _mark_of(items, ties)

    def same(data: bytes) -> Web | None:
        return _DECODER.decode(data).web if _MARK.decode(data)[0] == mark else None

    known = read_packed(path, same, kind=NAME, what="the web of links")
    if known is not None:
        return known
    web = web_of(items)
    try:
        write_sealed(path, msgspec.msgpack.encode(_Stored(mark, web)), kind=NAME)
    except OSError as error:
        log.info("the web of links cannot be kept: %s", error)
    return web


def _mark_of(items: Iterable[NewsItem], ties: Mapping[str, bytes]) -> bytes:
    """Return what tells whether the links of *items* are the same; what is a draft has none."""
    present = (item for item in items if item.status is not Status.DRAFT)
    return digest_of(code_key() + b"".join([ties.get(item.slug) or _ties_of(item) for item in present]))


def _ties_of(item: NewsItem) -> bytes:
    """Return the same for an article that Pelican read."""
    return digest_of(_ENCODER.encode(item))
