"""Text → lines: where a line may end, and how a headline is set in few lines of like width.

Words end at spaces. Chinese and Japanese have none: there a line may end after any letter, but no line begins with a
mark that belongs to what precedes it, and none ends with one that belongs to what follows (*kinsoku*).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from operator import add
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


class Pieces:
    """A text that is to be set in lines: what stays on one line, and how wide that is.

    Args:
        pieces: As :func:`pieces_of` returns them.
        measure: Returns how wide a text is, in any unit.
    """

    def __init__(self, pieces: Sequence[str], measure: Callable[[str], float]) -> None:
        self._pieces = pieces
        self._measure = measure
        bare = [measure(piece.rstrip()) for piece in pieces]
        self.longest = max(bare, default=0.0)
        # Where each piece would begin and end if all stood on one line, without the space after it.
        self._begins = [0.0, *accumulate(map(measure, pieces))]
        self._ends = list(map(add, self._begins, bare))

    def lines(self, width: float) -> list[str]:
        """Return the pieces in as few lines as they need, each as full as it can be.

        A piece that is wider than a line, such as an address, is divided between any two letters.
        """
        if self.longest > width:
            parts = [part for piece in self._pieces for part in self._divided(piece, width)]
            if len(parts) > len(self._pieces):
                return Pieces(parts, self._measure).lines(width)
        ends = self._breaks(width)
        return ["".join(self._pieces[begin:end]).rstrip() for begin, end in pairwise([0, *ends])]

    def count(self, width: float) -> int:
        """Return how many lines :meth:`lines` has."""
        return len(self.lines(width) if self.longest > width else self._breaks(width))

    def balanced(self, width: float) -> list[str]:
        """Return the pieces in as few lines as :meth:`lines`, of widths as like each other as may be."""
        count = self.count(width)
        if count > 1:
            narrow = self._begins[-1] / (count + 1)
            for _ in range(_STEPS):
                middle = (narrow + width) / 2
                if self.count(middle) > count:
                    narrow = middle
                else:
                    width = middle
        return self.lines(width)

    def cut_off(self, lines: Sequence[str], *, limit: int, width: float) -> list[str]:
        """Return at most *limit* of *lines*, the last with an ellipsis where something was left out."""
        if len(lines) <= limit:
            return list(lines)
        last = lines[limit - 1]
        while last and self._measure(f"{last}{ELLIPSIS}") > width:
            shorter = last.rpartition(" ")[0]
            last = shorter or last[:-1]
        return [*lines[: limit - 1], f"{last.rstrip(' ,;:.-–—、，。')}{ELLIPSIS}"]

    def _breaks(self, width: float) -> list[int]:
        """Return how many pieces stand before the end of each line."""
        found = [0]
        while found[-1] < len(self._pieces):
            begin = found[-1]
            found.append(max(begin + 1, bisect_right(self._ends, self._begins[begin] + width, begin)))
        return found[1:]

    def _divided(self, piece: str, width: float) -> list[str]:
        """Return *piece*, or parts of it that are no wider than *width* if a letter is not."""
        parts = [""]
        for character in piece:
            is_mark = unicodedata.category(character).startswith("M")
            if parts[-1] and not is_mark and self._measure((parts[-1] + character).rstrip()) > width:
                parts.append("")
            parts[-1] += character
        return parts


_STEPS: Final = 6


def hanging(line: str) -> float:
    """Return how much of an em is empty before the first letter of *line*: full-width brackets open in their middle."""
    return 0.5 if line[:1] in _HALF_EMPTY else 0.0


_HALF_EMPTY: Final = frozenset("「『（【〈《〔［｛〖〘")
