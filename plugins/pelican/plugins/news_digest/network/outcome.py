"""What asking for one picture comes to. Values only."""

from __future__ import annotations

import msgspec


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """A picture to be asked for, and what is known of it.

    Attributes:
        source: The digest of what was fetched before; ``""``: nothing is there, so it is wanted unconditionally.
        etag, modified: As its host sent them then.
    """

    url: str
    source: str = ""
    etag: str = ""
    modified: str = ""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an :class:`Ask`.

    Attributes:
        source: The digest of the picture, fetched now or (nothing changed) before.
        size_bytes: How much came over the network.
        problem: Why there is none, in words; ``""`` for a picture.
        is_final: Whether asking again soon is pointless: there is no such picture, or it is none.
        is_unreachable: Whether the host did not even answer.
        is_slow: Whether it kept us waiting for longer than it may.
        wait_s: How long the host wants to be left alone.
    """

    url: str
    source: str = ""
    etag: str = ""
    modified: str = ""
    size_bytes: int = 0
    problem: str = ""
    is_final: bool = False
    is_unreachable: bool = False
    is_slow: bool = False
    wait_s: int = 0
