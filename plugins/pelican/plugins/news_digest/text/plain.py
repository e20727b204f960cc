"""Plain text as strangers wrote it, made fit to print: never Markdown, never HTML, one line.

The rules, and how often each oddity occurs in real archives, stand in docs/reference/front-matter.md.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from markupsafe import escape

if TYPE_CHECKING:
    from collections.abc import Callable

# Text as HTML, without the object that ``markupsafe.escape`` makes of it, which takes far longer.
escape_text: Callable[[str], str]
try:
    from markupsafe._speedups import _escape_inner as escape_text
except ImportError:  # another release, or one without its part in C
    escape_text = escape

# Only tags that feeds really leave behind: "<MSFT.O>" or "<b" in a headline is text. Those that stand inside a word or
# a sentence leave nothing behind, those that part texts leave a space.
_KNOWN_TAG: Final = re.compile(
    r"</?(?:(?:a|abbr|b|big|cite|code|em|font|i|q|s|small|span|strike|strong|sub|sup|tt|u)"
    r"|(?P<parts>blockquote|br|dd|div|dl|dt|figure|figcaption|h[1-6]|hr|img|li|ol|p|pre|section|table|tbody|td|th|thead"
    r"|tr|ul))(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)

# Soft hyphen, zero-width space, word joiner, BOM, bidi overrides and isolates, object replacement, and control
# characters that are no white space. ZWJ, ZWNJ and the plain bidi marks stay: emoji, Persian and Hebrew need them.
# Nor do those stay that Unicode calls no characters: no feed may hold them.
_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(
    f"{chr(n + 0xFFFE)}{chr(n + 0xFFFF)}" for n in range(0, 0x110000, 0x10000)
)
_INVISIBLE: Final = re.compile(
    "[\u00ad\u200b\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u206f\ufff9-\ufffc\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
    f"{_NONCHARACTERS}]"
)
# What no page and no feed may hold, whoever wrote it.
_FORBIDDEN: Final = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff{_NONCHARACTERS}]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

MAX_SLUG_BYTES: Final = 200
# What makes an emoji of the character before it: the picture form, and the frame of a key.
_EMOJI_ENDS: Final = ("\ufe0f", "\u20e3")
# Signs of punctuation that a sentence goes on after, in all scripts; every other one may end it.
_GOES_ON: Final = frozenset(",;:/\\&@#*·‚、，；：،؛՝፣፤፥፦၊᠂᠄߸･・")
# Scripts that end a sentence with a space or with nothing: where one of their letters stands, nothing tells of a cut.
_WITHOUT_ENDS: Final = re.compile("[\u0e00-\u0eff]")
_GREEK: Final = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
# What stands before an ellipsis only because something was cut off, further dots included.
_DANGLING: Final = " ,;:–—-.…、，；：،؛"

# Letters whose marks are accents, and points that may be left out: Arabic's short vowels, Hebrew's.
_ACCENTED: Final = re.compile("[A-Za-z\u00c0-\u024f\u0250-\u02af\u0370-\u03ff\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\ua7ff]")
_POINT: Final = re.compile("[\u0591-\u05c7\u064b-\u0652\u0670]")

# What UTF-8 looks like when it was read as Windows-1252: a capital A or a with a hat, or an i with two dots, before a
# mark that no language puts there. "Ã" ends Portuguese words in capitals: what may follow those counts after a small
# letter only.
_MOJIBAKE: Final = re.compile(
    "â(?:€|‚¬|„¢)|Ã[\u0080-\u009f\u00a1-\u00ba\u00bc-\u00bf€‚ƒ„†‡ˆ‰Š‹ŒŽ‘“•˜™šœžŸ]|(?<=[a-z])Ã[\u00a0\u00bb’”…–—›]"
    "|ï»¿|Â[\u00a0-\u00bf]"
)


def clean_text(value: str) -> str:
    """Return *value* as one line of plain text: no invisible marks, white space collapsed, ends trimmed.

    Entities are left alone: see :func:`clean_markup_text`.
    """
    # Of what is looked for below Python would print one sign alone, and no white space but the space.
    if value.isprintable() and "  " not in value and "\ufffc" not in value:
        return value.strip()
    value = _SURROGATE.sub("\ufffd", value)
    value = _INVISIBLE.sub("", value)
    # str.split() without arguments also splits at no-break spaces and at the Unicode line separators.
    return " ".join(value.split())


def without_controls(html: str) -> str:
    """Return HTML without characters that no page and no feed may hold; line ends and tabs stay."""
    # What can be printed can be held, and nearly all texts can: looking takes less than half as long as searching.
    return html if html.isprintable() else _FORBIDDEN.sub("", html)


def clean_title(value: str) -> str:
    """Return a headline as plain text: entities decoded once, no tag stripped (``<b>`` may be its subject)."""
    return clean_text(html.unescape(value) if "&" in value else value)


def clean_markup_text(value: str) -> str:
    """Return text that came out of HTML: known tags gone, entities decoded once, then :func:`clean_text`."""
    if "<" in value:
        value = _KNOWN_TAG.sub(lambda tag: " " if tag["parts"] else "", value)
    if "&" in value:
        value = html.unescape(value)
    return clean_text(value)


def clean_excerpt(value: str) -> str:
    """Return an excerpt fit to print; one that was cut off ends with one ellipsis.

    ``"..."`` at the end becomes ``"…"``; hashtags and emoji count as an end. Empty stays empty.
    """
    value = clean_markup_text(value)
    if not value:
        return ""
    if value.endswith(("...", "…")):
        return value.rstrip(_DANGLING) + "…"
    if _has_end(value) or value.rsplit(" ", 1)[-1].startswith(("#", "@", "http")):
        return value
    return value.rstrip(_DANGLING) + "…"


def _has_end(value: str) -> bool:
    """Whether *value* may be whole: it ends with a sign that ends a sentence, a quotation or a figure, or an emoji."""
    if value.endswith(_EMOJI_ENDS):
        return True
    # Marks of direction, joiners and accents belong to what stands before them.
    at = len(value) - 1
    while at > 0 and unicodedata.category(value[at])[0] in "MC":
        at -= 1
    last = value[at]
    match unicodedata.category(last):
        case "Pe" | "Pf" | "Pi":
            return True
        case "Po":
            # Greek asks with a semicolon.
            return last not in _GOES_ON or (last == ";" and bool(_GREEK.match(value[at - 1])))
        case kind:
            return kind[0] == "S" or bool(_WITHOUT_ENDS.match(last))


@lru_cache(maxsize=4096)
def clean_name(value: str) -> str:
    """Return a name as plain text; a percent-encoded one (``Morningstar%2c Inc.``) is decoded once."""
    if "%" in value:
        value = unquote(value)
    return clean_title(value)


def has_mojibake(value: str) -> bool:
    """Whether *value*, as it was before it was cleaned, holds UTF-8 that somebody once read as Windows-1252."""
    if "&" in value:
        value = html.unescape(value)
    return not value.isascii() and bool(_MOJIBAKE.search(value))


# What is neither ASCII nor one of the marks of most texts, which have no case and no accents.
_FOLDS: Final = re.compile("[^\x00-\x7f©®«»‐‒–—―‘’‚“”„†‡•…]")


@lru_cache(maxsize=65536)
def fold(value: str) -> str:
    """Return what two spellings of one name have in common: no case, no accents, single spaces.

    Accents are those of Latin and Greek letters, and the points of Arabic and Hebrew that people write or leave out.
    Any other mark makes another letter, or a syllable: ガ is not カ, й is not и.
    """
    if value.isascii() or not _FOLDS.search(value):
        return " ".join(value.lower().split()).replace("…", "...")
    # Words apart: most of them are ASCII, and looking at each character costs more than all the rest.
    words = (word if word.isascii() else _without_accents(word) for word in value.casefold().split())
    return " ".join(" ".join(words).split())


def _without_accents(word: str) -> str:
    kept: list[str] = []
    has_accents = False  # whether marks of the letter at hand are accents
    # A sign such as ㎐ is taken apart into capitals.
    for c in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold()):
        if not unicodedata.combining(c):
            has_accents = bool(_ACCENTED.match(c)) or not c.isalpha()
        elif has_accents or _POINT.match(c):
            continue
        kept.append(c)
    return unicodedata.normalize("NFC", "".join(kept))


def slugify(value: str) -> str:
    """Return *value* as the last part of an address: lower-case letters and digits of any script, joined by ``-``.

    What is longer than a file's name may be is cut.
    """
    value = fold(value).replace("&", " and ").replace("+", " plus ").replace("#", " sharp ")
    if not value.isascii():
        # Vowel signs and the like are marks to Unicode and part of a word to those who read it.
        value = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else "-" for c in value)
        return cut_slug(re.sub("-+", "-", value).strip("-")).strip("-")
    return cut_slug(re.sub(r"[\W_]+", "-", value).strip("-")).strip("-")


def cut_slug(slug: str) -> str:
    """Return as much of *slug* as a file's name may hold on every disk, endings and numbers included."""
    data = slug.encode("utf-8", "replace")
    return slug if len(data) <= MAX_SLUG_BYTES else data[:MAX_SLUG_BYTES].decode("utf-8", "ignore")
