"""Text as the words that it can be compared by: no case, no endings, no words that every text has.

In any script: where words are written without spaces (Chinese, Japanese, Thai, …) each two characters that stand
together are one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

import snowballstemmer

from ...text.plain import fold
from .stop_words import STOP_WORDS

# Thai, Lao, Tibetan, Burmese, Khmer; kana, Han, Hangul.
_UNSPACED: Final = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
# A run without spaces, a figure with its separators, a word with what may stand inside of one.
_TOKEN: Final = re.compile(
    rf"([{_UNSPACED}]+)|(\d+(?:[.,]\d+)*)|[^\W\d_{_UNSPACED}](?:[^\W_{_UNSPACED}]|['’.](?=[^\W_]))*"
)
# Scripts that tell the language, for most of those who write in them: items seldom say theirs.
_SCRIPTS: Final = (("\u0370", "\u03ff", "el"), ("\u0400", "\u04ff", "ru"), ("\u0600", "\u06ff", "ar"))
_OWN_SCRIPTS: Final = frozenset(("sr", "uk", "bg", "fa", "ur"))
# Where an article stands before a word with nothing between them but an apostrophe: l'élection, dell'anno.
_ELIDING: Final = frozenset(("fr", "it", "ca"))
_ELIDED: Final = re.compile(r"(?:[cdjlmnst]|qu|un|(?:d|n|s)ell|all|dall|sull|quell)'(?=\w)")
_STEMMERS: Final = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


def words_of(text: str, *, lang: str) -> Iterator[str]:
    """Yield the words of *text* in order, each as what its forms have in common.

    Args:
        lang: BCP 47 tag of its language, for texts whose script does not tell.
    """
    language = lang.partition("-")[0].lower()
    for found in _TOKEN.finditer(text):
        word = found[0]
        if found[1]:
            yield from _pairs(word)
        elif found[2]:
            yield word.replace(",", "")
        elif key := key_of(word, language):
            yield key


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for at in range(len(run) - 1):
        yield run[at : at + 2]


@lru_cache(maxsize=200_000)
def key_of(word: str, language: str) -> str:
    """Return what the forms of *word* have in common in *language*; ``""`` for words that every text has."""
    plain = fold(word.replace("’", "'"))
    if language in _ELIDING:
        plain = _ELIDED.sub("", plain)
    plain = plain.removesuffix("'s").replace("'", "").replace(".", "")
    if language not in _OWN_SCRIPTS:
        language = next((code for first, last, code in _SCRIPTS if first <= plain[:1] <= last), language)
    if len(plain) < 2 or plain in STOP_WORDS.get(language, ()):  # noqa: PLR2004 - a letter is no word
        return ""
    return _stemmer(language)(plain)


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Callable[[str], str]:
    name = _STEMMERS.get(language)
    return snowballstemmer.stemmer(name).stemWord if name else str
