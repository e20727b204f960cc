"""HTML as the words that it can be found by, and how much each weighs: the search weighs headings as Pagefind does."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from .parts import OF

# What an ordinary word weighs, in the unit of the index; one in a heading weighs some times as much.
ORDINARY: Final = 24
_TIMES: Final = {"h1": 7, "h2": 6, "h3": 5, "h4": 4, "h5": 3, "h6": 2}
# Their texts end, if need be with a full stop: an excerpt is to be read.
_BLOCKS: Final = frozenset(
    "address article aside blockquote caption dd details div dl dt figcaption figure header li main ol p pre section"
    " summary table td th tr ul".split()
) | _TIMES.keys()  # fmt: skip
# Comments, what is no text with all that is in it, and tags, which may have a ">" between quotation marks. What is not
# closed goes to the end, as in a browser; so nothing is looked at twice.
_MARKUP: Final = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<left>footer|form|head|iframe|label|nav|noscript|script|style|svg|template)(?=[\s/>])"
    r".*?(?:</(?P=left)\s*>|\Z)"
    r"|<(?P<end>/?)(?P<name>[a-z][^\s/>]*+)(?:[^>\"']++|\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z))*+(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_GOES_ON: Final = re.compile(r"[\w'\")$*]")
# Words by which Pagefind speaks to itself.
_PRIVATE: Final = re.compile(r"___(?:END_)?PAGEFIND_\S*")
_INVISIBLE: Final = {ord(OF): " ", 0x200B: None}


def one_line(text: str) -> str:
    """Return *text* with one space between words, as an index can hold them."""
    if "___" in text:
        text = _PRIVATE.sub(" ", text)
    return " ".join(text.translate(_INVISIBLE).split())


def weighed_text(html: str) -> list[tuple[int, str]]:
    """Return the text of *html* in pieces that each weigh the same: the weight of a word, and the words on one line."""
    found: list[tuple[int, str]] = []
    weight, at, piece = ORDINARY, 0, ""
    for markup in _MARKUP.finditer(html):
        piece += html[at : markup.start()]
        at = markup.end()
        name = (markup["name"] or "").lower()
        if name in _BLOCKS:
            piece += ". " if markup["end"] and _GOES_ON.match(piece[-1:]) else " "
        elif name == "br":
            piece += " "
        if name in _TIMES:
            found.append((weight, piece))
            weight, piece = ORDINARY * (1 if markup["end"] else _TIMES[name]), ""
    found.append((weight, piece + html[at:]))
    lines = ((weight, one_line(unescape(piece))) for weight, piece in found)
    return [(weight, line) for weight, line in lines if line]
