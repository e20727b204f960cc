"""Lines of mails: none longer than RFC 5322 allows, 998 bytes, and none broken where a reader would see it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from ...images.cards.line_breaking import may_break

LIMIT_BYTES: Final = 998
COLUMNS: Final = 76
_TOKEN: Final = re.compile(r"""<!--.*?-->|<(?:[^<>"']|"[^"]*"|'[^']*')*>|[^<]+|<""")
_IN_TAG: Final = re.compile(r"""\s+|(?:[^\s"']|"[^"]*"|'[^']*')+""")
_IN_TEXT: Final = re.compile(r"\s+|\S+")
# What is one character to a reader of HTML, with the marks on it.
_CHARACTER: Final = re.compile(r"&#?\w+;|.", re.DOTALL)
_TITLE: Final = "<title"
# A comment may hold the end of a line, and nobody sees it.
_OPEN, _CLOSE = "<!--", "-->"


def folded(html: str) -> str:
    """Return *html* with the lines that are too long for an email broken: at a space, or inside a comment.

    A space and the end of a line are the same in HTML. Chinese and Japanese have no spaces, and an end of a line would
    be one in most readers; so there it stands inside a comment.
    """
    return "\n".join(part for line in html.split("\n") for part in _folded(line))


def wrapped_lines(text: str, width: int) -> Iterator[str]:
    """Yield *text* in lines of at most *width* columns, those of wide characters two.

    A word that is wider has a line of its own and stays whole, as an address has to, unless no email can hold it.
    """
    line, used = "", 0
    for piece in _pieces(text):
        bare = piece.rstrip()
        if line and used + _columns(bare) > width:
            yield line.rstrip()
            line, used = "", 0
        line += piece
        used += _columns(piece)
    if line.strip():
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """Yield words, each with the space behind it, and parts of words between which a line may end."""
    for word in re.findall(r"\S+\s*", text):
        piece = word[:1]
        for before, after in pairwise(word):
            is_full = len(piece.encode()) > LIMIT_BYTES - COLUMNS and not unicodedata.combining(after)
            if after != " " and (is_full or may_break(before, after)):
                yield piece
                piece = ""
            piece += after
        yield piece


def _columns(text: str) -> int:
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _folded(line: str) -> list[str]:
    if _size(line) <= LIMIT_BYTES:
        return [line]
    is_title = _TITLE in line
    return [part for whole in _filled(_words(line), " ") for part in _divided(whole, is_title=is_title)]


def _divided(line: str, *, is_title: bool) -> Iterable[str]:
    """Break a line that has no space left to break it at."""
    if _size(line) <= LIMIT_BYTES:
        return (line,)
    lines = _filled(_characters(line), "", room=len(_OPEN + _CLOSE))
    if is_title:  # where a comment would be words
        return lines
    return (
        f"{_CLOSE if number else ''}{part}{_OPEN if number < len(lines) - 1 else ''}"
        for number, part in enumerate(lines)
    )


def _filled(pieces: Iterable[str], joint: str, *, room: int = 0) -> list[str]:
    """Return *pieces* in as few lines as they need, with *joint* between those of one line."""
    lines: list[str] = []
    for piece in pieces:
        if lines and _size(lines[-1]) + len(joint) + _size(piece) + room <= LIMIT_BYTES:
            lines[-1] += joint + piece
        else:
            lines.append(piece)
    return lines


def _words(line: str) -> Iterator[str]:
    """Yield what stands between spaces, those inside values of attributes aside."""
    word = ""
    for token in _TOKEN.findall(line):
        parts = [token] if token.startswith(_OPEN) else (_IN_TAG if token.startswith("<") else _IN_TEXT).findall(token)
        for part in parts:
            if part.isspace():
                if word:
                    yield word
                word = ""
            else:
                word += part
    yield word


def _characters(line: str) -> Iterator[str]:
    """Yield tags whole, and of words each character with the marks on it."""
    held = ""
    for token in _TOKEN.findall(line):
        for part in (token,) if token.startswith("<") else _CHARACTER.findall(token):
            is_mark = len(part) == 1 and unicodedata.category(part) in {"Mn", "Mc", "Me", "Cf"}
            if held and not is_mark:
                yield held
                held = ""
            held += part
    yield held


def _size(text: str) -> int:
    return len(text.encode())
