"""What a ranking keeps for the next one, in a file beside the other caches: without it the next one takes longer."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

import msgspec

from ...code import code_key
from ...disk.sealed import read_packed, write_sealed
from ..stories.grouping import Kept

log = logging.getLogger(__name__)
NAME: Final = "stories.msgpack"
_WHAT: Final = "the cache of likenesses"


class _File(msgspec.Struct, array_like=True):
    """What was found, and the code that found it."""

    made_with: bytes
    kept: Kept


def load_kept(folder: Path | None) -> Kept:
    """Return what the last ranking kept in *folder*; nothing where it is of no use."""
    if folder is None:
        return Kept()
    found = read_packed(folder / NAME, msgspec.msgpack.Decoder(_File).decode, kind=NAME, what=_WHAT)
    return found.kept if found is not None and found.made_with == code_key() else Kept()


def save_kept(folder: Path | None, kept: Kept) -> None:
    """Keep *kept* for the next ranking."""
    if folder is None:
        return
    try:
        write_sealed(folder / NAME, msgspec.msgpack.encode(_File(code_key(), kept)), kind=NAME)
    except OSError as error:
        log.info("%s cannot be written: %s", _WHAT, error)
