"""Plain values as YAML: the way back. Read again, by any library and any version of YAML, it gives the same values."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Final

# What may stand without quotes: begins with a letter, ends with a letter or digit, and holds nothing of YAML's.
_PLAIN: Final = re.compile(r"[A-Za-z](?:[\w./+ -]*[\w/])?\Z", re.ASCII)
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)\Z", re.ASCII)
# Some version of YAML takes these for something else than text.
_WORDS: Final = frozenset("true false yes no on off y n null nan inf".split())
_INDENT: Final = "  "


def quoted(text: str) -> str:
    """Return *text* as a double-quoted scalar, on one line."""
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char.isprintable():
        return char
    return f"\\U{ord(char):08X}" if ord(char) > 0xFFFF else f"\\u{ord(char):04X}"  # noqa: PLR2004 - what \u can hold


def block(key: str, value: object, *, indent: str = "") -> str:
    r"""Return the lines of ``key: value``, each with *indent* and ``\n``; maps and lists one entry a line.

    Raises:
        TypeError: A value of a type that front matter does not have.
        ValueError: A number or a text that no file can hold.
    """
    return f"{indent}{_scalar(key)}:{behind_key(value, indent=indent)}\n"


def behind_key(value: object, *, indent: str = "") -> str:
    """Return what stands behind ``key:``, with the space or line end before it and without the one after it.

    Raises:
        TypeError, ValueError: See :func:`block`.
    """
    if isinstance(value, Mapping) and value:
        inner = indent + _INDENT
        return "\n" + "".join(block(str(key), entry, indent=inner) for key, entry in value.items()).rstrip("\n")
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)) and value:
        return "".join(f"\n{indent}{_INDENT}- {flow(entry)}" for entry in value)
    return f" {flow(value)}"


def flow(value: object) -> str:
    """Return *value* on one line: maps and lists in brackets.

    Raises:
        TypeError, ValueError: See :func:`block`.
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{quoted(str(key))}: {flow(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return "[" + ", ".join(map(flow, value)) + "]"
    return _scalar(value)


def _scalar(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float() if math.isfinite(value):
            return repr(value)
        case str():
            return _text(value)
    if isinstance(value, float):
        raise ValueError(f"{value} is no number that a file can hold")  # noqa: TRY004 - its type is right
    raise TypeError(f"{type(value).__name__} is no type that front matter has")


def _text(value: str) -> str:
    value.encode()  # half a character is an error, here and not when the file is written
    is_plain = (_PLAIN.match(value) and "  " not in value and value.lower() not in _WORDS) or _MOMENT.match(value)
    return value if is_plain else quoted(value)
