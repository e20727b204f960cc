"""Text → lines: where a line may end, and how a headline is set in few lines of like width.

Words end at spaces. Chinese and Japanese have none: there a line may end after any letter, but no line begins with a
mark that belongs to what precedes it, and none ends with one that belongs to what follows (*kinsoku*).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

# No line begins with one of these: ends of sentences and brackets, marks of repetition and length, small kana.
NOT_FIRST: Final = frozenset(
    "、。，．・：；？！‼⁇⁈⁉,.:;?!)]}）］｝」』】〉》〕〗〙｠»›”’'\"%％‰°℃…‥・ー〜～々〻ヽヾゝゞ‐–—"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ｡､｣･ｰｧｨｩｪｫｬｭｮｯ"
)
# No line ends with one of these: what opens, and signs that stand before a number.
NOT_LAST: Final = frozenset("([{（［｛「『【〈《〔〖〘｟«‹“‘$£¥€￥＄￡#＃№")
# A word may be divided after these, when a letter stands before and after them.
_AFTER_MARK: Final = re.compile(r"(?<=\w[-‐/–—])(?=[^\W\d_])")
# Han, kana, bopomofo, and their punctuation; not Korean, which has spaces between words.
_IDEOGRAPHIC: Final = (
    (0x2E80, 0x2FFF),
    (0x3000, 0x30FF),
    (0x3100, 0x312F),
    (0x31A0, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)
ELLIPSIS: Final = "…"


def is_ideographic(character: str) -> bool:
    """Whether *character* is set without spaces beside it, as Chinese and Japanese are."""
    code = ord(character)
    return any(first <= code <= last for first, last in _IDEOGRAPHIC)


def pieces_of(text: str) -> list[str]:
    """Return *text* in pieces that stay on one line; a space ends the piece before it."""
    found: list[str] = []
    for word in text.split(" "):
        if found:
            found[-1] += " "
        found += [part for divided in _AFTER_MARK.split(word) for part in _ideographs(divided)]
    return [piece for piece in found if piece]


def _ideographs(word: str) -> list[str]:
    """Return a word as it is, or between its ideographs where a line may end."""
    if word.isascii() or not any(is_ideographic(letter) or letter in _SYLLABLE_FIRST for letter in word):
        return [word]
    found = [word[:1]]
    for before, character in pairwise(word):
        if may_break(before, character):
            found.append(character)
        else:
            found[-1] += character
    return found


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between two characters without a space between them."""
    if before in NOT_LAST or after in NOT_FIRST or unicodedata.category(after).startswith("M"):
        return False
    return is_ideographic(before) or is_ideographic(after) or after in _SYLLABLE_FIRST


# Thai and Lao have no spaces between words either. Where a word ends only a dictionary knows; a syllable begins before
# each of these vowels.
_SYLLABLE_FIRST: Final = frozenset("เแโใไເແໂໃໄ")


def set_lines(pieces: Sequence[str], *, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return *pieces* in as few lines as they need, each as full as it can be.

    A piece that is wider than a line, such as an address, is divided between any two letters.
    """
    lines: list[str] = []
    line, used = "", 0.0
    for piece in pieces:
        bare, full = measure(piece.rstrip()), measure(piece)
        if line and used + bare > width:
            lines.append(line.rstrip())
            line, used = "", 0.0
        if bare > width:
            *whole, piece = _divided(piece, width=width, measure=measure)  # noqa: PLW2901 - its rest goes on
            lines += whole
            full = measure(piece)
        line += piece
        used += full
    return [*lines, line.rstrip()] if line.strip() else lines


def _divided(piece: str, *, width: float, measure: Callable[[str], float]) -> list[str]:
    parts = [""]
    for character in piece:
        is_mark = unicodedata.category(character).startswith("M")
        if parts[-1] and not is_mark and measure((parts[-1] + character).rstrip()) > width:
            parts.append("")
        parts[-1] += character
    return parts


def balanced(pieces: Sequence[str], *, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return *pieces* in as few lines as :func:`set_lines` needs, of widths as like each other as may be."""
    best = set_lines(pieces, width=width, measure=measure)
    if len(best) <= 1:
        return best
    narrow, wide = sum(map(measure, pieces)) / (len(best) + 1), width
    for _ in range(_STEPS):
        middle = (narrow + wide) / 2
        lines = set_lines(pieces, width=middle, measure=measure)
        if len(lines) > len(best):
            narrow = middle
        else:
            best, wide = lines, middle
    return best


_STEPS: Final = 6


def cut_off(lines: Sequence[str], *, limit: int, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return at most *limit* lines, the last with an ellipsis where something was left out."""
    if len(lines) <= limit:
        return list(lines)
    last = lines[limit - 1]
    while last and measure(f"{last}{ELLIPSIS}") > width:
        shorter = last.rpartition(" ")[0]
        last = shorter or last[:-1]
    return [*lines[: limit - 1], f"{last.rstrip(' ,;:.-–—、，。')}{ELLIPSIS}"]


def hanging(line: str) -> float:
    """Return how much of an em is empty before the first letter of *line*: full-width brackets open in their middle."""
    return 0.5 if line[:1] in _HALF_EMPTY else 0.0


_HALF_EMPTY: Final = frozenset("「『（【〈《〔［｛〖〘")
