"""Names with signs in them (``C++``, ``.NET``, ``$AAPL``, ``R&D``, ``3.5%``), as words that Pagefind can find.

Pagefind throws signs away, so that ``C++`` is ``c`` and finds every vitamin. With its ``--include-characters`` a word
before a full stop would be another one than in the middle of a sentence. So each name with a sign also stands in the
index in letters, ``cplusplus``, and the page asks for it in the same letters: theme/static/js/search.js has the same
expression and the same names of signs, and a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNS: Final = {
    "+": "plus",
    "#": "sharp",
    "&": "and",
    "@": "at",
    ".": "dot",
    "/": "slash",
    "%": "percent",
    "٪": "percent",
    "‰": "permille",
    "°": "degree",
    "$": "dollar",
    "€": "euro",
    "£": "pound",
    "¥": "yen",
    "₹": "rupee",
    "₽": "rouble",
    "₩": "won",
    "₿": "bitcoin",
}
# Letters and digits of Latin, or those of other scripts: between the two a word ends, since some have no spaces. Said
# by what they are not, which means the same to Python and to JavaScript.
_LATIN: Final = r"A-Za-z0-9\u00c0-\u024f"
_OTHER: Final = (
    rf"[^\s\u0000-\u00bf{_LATIN}\u2000-\u206f\u20a0-\u20cf\u3000-\u303f\uff00-\uff20\u060c\u061b\u061f\u066a]"
)
_PART: Final = rf"(?:[{_LATIN}]+|{_OTHER}+)"
EXPRESSION: Final = rf"[#@$€£¥₹₽₩₿.]?{_PART}(?:[&/.@]{_PART})*[+#%٪‰°]*"
_TAG: Final = re.compile(r"<[^>]*>")
# An address is no name, and what is longer is none either.
_ADDRESS: Final = re.compile(r"\b[a-z]{2,8}:\S+")
_MAX_CHARS: Final = 40


@cache
def _name() -> re.Pattern[str]:
    """Return the expression, compiled when it is first needed: that takes longer than all others of the package."""
    return re.compile(EXPRESSION)


def spelled_out(text: str) -> tuple[str, ...]:
    """Return the names with signs in plain *text*, in letters, each once and in order."""
    if text.isalnum():
        return ()
    text = _ADDRESS.sub(" ", unicodedata.normalize("NFKC", text).lower())
    found = [part for name in _names(text) for part in (name, *name.split("/")) if not SIGNS.keys().isdisjoint(part)]
    return tuple(_letters(name) for name in dict.fromkeys(found))


def spelled_out_html(html: str) -> tuple[str, ...]:
    """Return the same of HTML."""
    return spelled_out(unescape(_TAG.sub(" ", html)))


def _names(text: str) -> Iterator[str]:
    for found in _name().finditer(text):
        if len(found[0]) <= _MAX_CHARS and not SIGNS.keys().isdisjoint(found[0]):
            yield found[0]


def _letters(name: str) -> str:
    return "".join(SIGNS.get(c, c) for c in name)
