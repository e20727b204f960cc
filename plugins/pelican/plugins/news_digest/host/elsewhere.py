"""What other machines must have in common with this one, to do work of a build."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from ..disk.code import code_key
from ..running.elsewhere import Elsewhere, Program
from .sharing import card_state

if TYPE_CHECKING:
    from ..settings import DigestSettings


def elsewhere_of(settings: DigestSettings) -> Elsewhere | None:
    """Return where the site's owner has work done; None: on this machine."""
    if not settings.executor:
        return None
    fonts = os.path.abspath(settings.card_fonts) if settings.card_fonts else ""
    return Elsewhere(settings.executor, Program(program_of, (fonts,)))


def program_of(fonts: str) -> bytes:
    """Return a digest of all that decides about bytes and is not part of a job: code, libraries, fonts.

    Args:
        fonts: The folder of the site's own fonts; ``""``: none.
    """
    digest = hashlib.blake2b(code_key(), digest_size=16)
    digest.update(repr(card_state(fonts=fonts, is_wanted=True)).encode("utf-8", "surrogateescape"))
    return digest.digest()
