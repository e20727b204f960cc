"""What asking for one file comes to. Values only."""

from __future__ import annotations

from collections.abc import Callable

import msgspec


class Wants(msgspec.Struct, frozen=True, kw_only=True):
    """What hosts are asked for, and what is taken of what they send.

    Attributes:
        accept: The media types, as HTTP writes them.
        encodings: What it may be packed with, as HTTP writes it. ``identity`` is often not obeyed, and gzip then taken.
        problem: Returns why the first bytes of an answer are not wanted; ``""``: they are.
        head_bytes: How many of them it needs.
    """

    accept: str
    encodings: str = "identity"
    problem: Callable[[bytes], str]
    head_bytes: int


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """A file to be asked for, and what is known of it; or a form to be sent.

    Attributes:
        source: The digest of what was fetched before; ``""``: nothing of it is there any more.
        etag, modified: As its host sent them then; without any it is wanted unconditionally.
        is_look: Whether only the host's answer matters: it is asked with HEAD, then with GET where HEAD gets no good
            answer, and nothing is taken of what it sends.
        form: What is sent, as forms are (POST); again only the host's answer matters. ``""``: nothing is.
    """

    url: str
    source: str = ""
    etag: str = ""
    modified: str = ""
    is_look: bool = False
    form: str = ""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an :class:`Ask`.

    Attributes:
        source: The digest of the file, fetched now or (nothing changed) before; ``""``: see :class:`Ask`.
        size_bytes: How much came over the network.
        problem: Why there is none, in words; ``""`` where there is.
        is_final: Whether asking again soon is pointless: there is no such file, or it is not what is wanted.
        is_unreachable: Whether the host did not even answer.
        is_unknown: Whether that is because nobody knows an address of it.
        is_slow: Whether it kept us waiting for longer than it may.
        wait_s: How long the host wants to be left alone.
        status: What the host answered last, such as 304; 0: nothing.
        found_at: Where it was in the end.
        moved_to: The same, where every redirect on the way there was meant for good; else ``""``.
        content_type: As the host said.
        took_s: How long it took in all.
        max_age_s: For how long the host wants nobody to ask again; 0: it does not say.
    """

    url: str
    source: str = ""
    etag: str = ""
    modified: str = ""
    size_bytes: int = 0
    problem: str = ""
    is_final: bool = False
    is_unreachable: bool = False
    is_unknown: bool = False
    is_slow: bool = False
    wait_s: int = 0
    status: int = 0
    found_at: str = ""
    moved_to: str = ""
    content_type: str = ""
    max_age_s: int = 0
    took_s: float = 0.0
