"""Which front matter must not be read, and which only by PyYAML: judged by its bytes, before any library sees them.

Every file passes here, so each question is one scan in C; only a text that looks suspicious is looked at closely.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from ...disk.limits import USUAL_LIMITS, Limits

# Each a byte, and the pattern to search for where that byte is.
_Questions = tuple[tuple[bytes, "Callable[[bytes], re.Match[bytes] | None]"], ...]
# A whole number of more than 64 bits is read in as many ways as there are libraries.
_INT_BITS: Final = 63


def _questions(patterns: Iterable[tuple[bytes, bytes]]) -> _Questions:
    return tuple((needle, re.compile(pattern).search) for needle, pattern in patterns)


# What the two libraries see differently, or only PyYAML refuses: control characters, the Unicode line ends, surrogates,
# block scalars (whose last line end they count in two ways), tabs, anchors, tags, keys that are lists or maps. Each
# pattern stands behind a byte that it needs.
_TEXT_BYTES: Final = bytes(c for c in range(256) if c >= 0x20 and c != 0x7F) + b"\t\n\r"  # noqa: PLR2004 - ASCII
_CONTESTED: Final = _questions(
    (
        (b"\t", rb"\t"),
        (b"!", rb"!(?<![^\n\[{,:? -]!)"),
        (b"&", rb"&(?<![^\n\[{,:? -]&)\S"),
        (b"\\", rb"\\(?:u|U0000)[dD]"),
        (b"|", rb"[|][-+0-9]*[ ]*[#\n]"),
        (b">", rb"[>][-+0-9]*[ ]*[#\n]"),
        (b"?", rb"\n[ -]*[?][ \n]"),
        (b"\xc2", rb"\xc2[\x80-\x9f]"),
        (b"\xe2", rb"\xe2\x80[\xa8\xa9]"),
        (b"\xef", rb"\xef\xbf[\xbe\xbf]"),
    )
)
# Where a list or map in brackets may begin: after a mark of YAML's and spaces. Most brackets stand inside headlines.
_BEGINS: Final = _questions(
    (bracket, rb"\%b(?<![^\n:? -]\%b)(?<![^\n:? -] \%b)" % (bracket, bracket, bracket)) for bracket in (b"[", b"{")
)
# In brackets: a list or map that is a key, and what would begin a block scalar elsewhere.
_CONTESTED_IN_BRACKETS: Final = _questions(
    (
        (b"]", rb"\] *:"),
        (b"}", rb"\} *:"),
        (b"|", rb"[\[{,:?-] *[|]"),
        (b">", rb"[\[{,:?-] *>"),
    )
)
_NO_BRACKETS: Final = bytes(c for c in range(256) if c not in b"[]{}\n")
# What a line of nested blocks begins with, all as one character; each column opens two levels at most.
_INDENT: Final = bytes.maketrans(b"-?:\t", b"    ")


def is_contested(data: bytes) -> bool:
    """Whether the libraries could read *data* differently, so that PyYAML has to decide."""
    if data.translate(None, _TEXT_BYTES):
        return True
    if _finds(_CONTESTED, data):
        return True
    # In brackets, what goes on on the next line may hold a key that does, too.
    return _finds(_BEGINS, data) and (_finds(_CONTESTED_IN_BRACKETS, data) or _open_brackets(data)[0] > 0)


def _finds(questions: _Questions, data: bytes) -> bool:
    """Whether one of *questions* finds something in *data*; only those are asked whose byte is there."""
    for needle, search in questions:  # noqa: SIM110 - `any` would make a generator for each file
        if needle in data and search(data):
            return True
    return False


def has_plain_values(value: dict[Any, Any] | list[Any]) -> bool:
    """Whether all keys inside *value* are text, and all whole numbers fit into 64 bits: the others are contested."""
    if type(value) is dict:
        try:
            "".join(value)
        except TypeError:
            return False
        inner: Any = value.values()
    else:
        inner = value
    for entry in inner:
        kind = type(entry)
        if kind is str:
            continue
        if kind is dict or kind is list:
            if not has_plain_values(entry):
                return False
        elif kind is int and entry.bit_length() > _INT_BITS:
            return False
    return True


def is_too_deep(fm: str, data: bytes, *, limits: Limits) -> bool:
    """Whether *fm*, of which *data* is the UTF-8, nests more levels than *limits* allow."""
    most = limits.yaml_depth
    is_suspicious = b" " * (most // 4) in data.translate(_INDENT)
    if not is_suspicious and (b"[" in data or b"{" in data):
        left, rounds = _open_brackets(data.replace(b"\n", b""), most=most)
        is_suspicious = left + rounds > most // 2
    if not is_suspicious:
        return False
    from .plain import depths  # noqa: PLC0415 - see there

    return any(depth > most for depth in depths(fm))


def _open_brackets(data: bytes, *, most: int = USUAL_LIMITS.yaml_depth) -> tuple[int, int]:
    """Return how many brackets of *data* have no partner on their line, and how many pairs stand in each other."""
    brackets, rounds = data.translate(None, _NO_BRACKETS), 0
    while rounds <= most:
        fewer = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if fewer == brackets:
            break
        brackets, rounds = fewer, rounds + 1
    return len(brackets) - brackets.count(b"\n"), rounds


def what_is_too_much(value: object, *, limits: Limits) -> str:
    """Return what is too much in *value*, whose aliases may repeat or hold themselves; ``""`` for nothing."""
    count, rest = 0, [(value, 1)]
    while rest:
        entry, depth = rest.pop()
        inner = entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else ()
        count += len(inner)
        if depth > limits.yaml_depth:
            return "nested too deeply"
        if count > limits.yaml_values:
            return "aliases that expand to too much"
        rest.extend((one, depth + 1) for one in inner if isinstance(one, (dict, list)))
    return ""
