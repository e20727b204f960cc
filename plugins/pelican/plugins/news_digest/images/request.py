"""What hosts are asked for when it is pictures, and what is taken of what they send: bytes, not their names."""

from __future__ import annotations

from typing import Final

from ..disk.sniff import HEAD_BYTES, describe, picture_format
from ..network.outcome import Wants


def picture_problem(head: bytes) -> str:
    """Return what *head*, the first bytes of an answer, are of, where that is no picture; ``""`` for a picture."""
    return "" if picture_format(head) else f"is {describe(head)}"


PICTURES: Final = Wants(
    accept="image/avif,image/webp,image/png,image/jpeg,image/gif,image/*;q=0.5",
    problem=picture_problem,
    head_bytes=HEAD_BYTES,
)
