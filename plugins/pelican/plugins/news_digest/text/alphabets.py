"""The order of letters in a language, where it is not that of their numbers, and capitals as the language has them."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

from .plain import fold

# After every letter: "ł" is written as "l" and this, so that it stands between "l" and "m".
_LAST: Final = "\uffff"
# A letter of its own → the one that it follows.
_FOLLOWS: Final = {
    "da": {"æ": "z", "ø": "z" + _LAST, "å": "z" + _LAST * 2},
    "es": {"ñ": "n"},
    "fa": {"پ": "ب", "چ": "ج", "ژ": "ز", "ک": "ق", "گ": "ق" + _LAST, "و": "ن", "ی": "ه"},
    "pl": {"ą": "a", "ć": "c", "ę": "e", "ł": "l", "ń": "n", "ó": "o", "ś": "s", "ź": "z", "ż": "z" + _LAST},
    "sv": {"å": "z", "ä": "z" + _LAST, "ö": "z" + _LAST * 2},
    "tr": {"ç": "c", "ğ": "g", "ı": "h", "ö": "o", "ş": "s", "ü": "u"},
    "uk": {"ґ": "г", "є": "е", "і": "и", "ї": "и" + _LAST},
}
_FOLLOWS["nb"] = _FOLLOWS["nn"] = _FOLLOWS["no"] = _FOLLOWS["da"]
_FOLLOWS["fi"] = _FOLLOWS["sv"]
_FOLLOWS["az"] = _FOLLOWS["tr"]
# Elsewhere a stroke is an accent, too.
_STROKES: Final = str.maketrans("łøđħı", "lodhi")
_DOTTED: Final = frozenset({"az", "tr"})  # where "i" keeps its dot: İ, and I is another letter


@lru_cache(maxsize=8192)
def name_key(name: str, lang: str) -> str:
    """Return what names are sorted by in the language of the tag *lang*; case and foreign accents do not count."""
    follows = _FOLLOWS.get(_language(lang), {})
    lower = _lower(name, lang)
    if not follows:
        return fold(lower.translate(_STROKES))
    return fold("".join(follows[c] + _LAST if c in follows else c for c in lower))


def initial(name: str, lang: str) -> str:
    """Return the letter below which *name* is listed, as a capital: ``E`` for ``Écho``, and ``Ł`` in Polish."""
    first = _lower(name.lstrip(), lang)[:1]
    plain = first if first in _FOLLOWS.get(_language(lang), {}) else fold(first.translate(_STROKES))[:1]
    return upper(plain, lang)[:1]


def upper(text: str, lang: str) -> str:
    """Return *text* in capitals, as the language of the tag *lang* has them."""
    return (text.replace("i", "İ") if _language(lang) in _DOTTED else text).upper()


def _lower(text: str, lang: str) -> str:
    if _language(lang) in _DOTTED:
        text = text.replace("I", "ı").replace("İ", "i")
    return unicodedata.normalize("NFC", text.casefold())


def _language(lang: str) -> str:
    return lang.partition("-")[0].lower()
