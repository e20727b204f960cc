"""Names with signs in them (``C++``, ``.NET``, ``$AAPL``, ``R&D``, ``3.5%``), as words that Pagefind can find.

Pagefind throws signs away, so that ``C++`` is ``c`` and finds every vitamin. With its ``--include-characters`` a word
before a full stop would be another one than in the middle of a sentence. So each name with a sign also stands in the
index in letters, ``cplusplus``, and the page asks for it in the same letters: theme/static/js/search.js has the same
expression and the same names of signs, and a test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

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
# An address is no name, and what is longer is none either.
_ADDRESS: Final = re.compile(r"\b[a-z]{2,8}:\S+")
_MAX_CHARS: Final = 40


@cache
def _name() -> re.Pattern[str]:
    """Return the expression, compiled when it is first needed: that takes longer than all others of the package."""
    return re.compile(EXPRESSION)


def spelled_out(text: str) -> tuple[str, ...]:
    """Return the names with signs in plain *text*, in letters, each once and in order."""
    return tuple(dict.fromkeys(name for word in text.split() if not word.isalnum() for name in _spelled_out(word)))


@lru_cache(maxsize=65_536)  # what stands between two spaces is often the same
def _spelled_out(word: str) -> tuple[str, ...]:
    plain = _ADDRESS.sub(" ", unicodedata.normalize("NFKC", word).lower())
    if SIGNS.keys().isdisjoint(plain):
        return ()
    names = (found[0] for found in _name().finditer(plain) if len(found[0]) <= _MAX_CHARS)
    parts = (part for name in names for part in dict.fromkeys((name, *name.split("/"))))
    return tuple(_letters(part) for part in parts if not SIGNS.keys().isdisjoint(part))


def _letters(name: str) -> str:
    return "".join(SIGNS.get(c, c) for c in name)
