"""Words and where they are, on pages that follow each other: parts of an index, which are joined to larger ones.

A part is joined without being read: what it says of a word is bytes as the index has them, but for the number of the
first page, which counts from the last page before it. So it does not matter which pages were joined first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

import msgspec

# Between a word and one of its spellings. No document holds it, and a word comes before its spellings.
OF: Final = "\0"
_ONE_BYTE: Final = 24
_SIZES: Final = ((1, 24), (2, 25), (4, 26), (8, 27))


class _Heads(dict[int, bytes]):
    """How CBOR begins a value of one kind: number → bytes. There are hundreds of thousands, of which few differ."""

    def __init__(self, kind: int) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, number: int) -> bytes:
        kind, size = (self._kind, number) if number >= 0 else (0x20, -1 - number)
        if size < _ONE_BYTE:
            data = bytes((kind | size,))
        else:
            length, mark = next((length, mark) for length, mark in _SIZES if size < 1 << 8 * length)
            data = bytes((kind | mark,)) + size.to_bytes(length, "big")
        self[number] = data
        return data


# A whole number itself; how long a text or a list is.
NUMBERS, TEXTS, LISTS = _Heads(0x00), _Heads(0x60), _Heads(0x80)


class Part(msgspec.Struct, frozen=True, array_like=True):
    """The words of some pages.

    Attributes:
        pages: How many pages there are.
        words: Each word once, and each other spelling of one as word, :data:`OF`, spelling.
        firsts, lasts: The first and the last page that it is on, counted from 0.
        counts: On how many pages it is.
        places: Where it is on them, without the number of the first.
    """

    pages: int
    words: list[str]
    firsts: list[int]
    lasts: list[int]
    counts: list[int]
    places: list[bytes]

    def rows(self) -> Iterator[tuple[str, int, int, int, bytes]]:
        """Yield word, first and last page, number of pages and places."""
        return zip(self.words, self.firsts, self.lasts, self.counts, self.places, strict=True)


def page_part(places: dict[str, bytes]) -> Part:
    """Return the part of a single page: word → where it is, in the text and in fields."""
    zeros = [0] * len(places)
    return Part(1, list(places), zeros, zeros, [1] * len(places), list(places.values()))


@lru_cache(maxsize=8192)  # most words are on a page once, and not far from its beginning
def encoded_places(found: tuple[tuple[int, int], ...] = ()) -> bytes:
    """Return places in order as the index has them: each follows what is said of it, its weight or its field."""
    numbers: list[int] = []
    last = (-1, 0)
    for said, at in found:
        numbers += (at - last[1],) if said == last[0] else (-1 - said, at)
        last = (said, at)
    return LISTS[len(numbers)] + b"".join(map(NUMBERS.__getitem__, numbers))


def joined(parts: Iterable[Part]) -> Part:
    """Return one part of *parts*, whose pages follow each other in this order."""
    firsts: dict[str, int] = {}
    lasts: dict[str, int] = {}
    counts: dict[str, int] = {}
    places: dict[str, list[bytes]] = {}
    offset = 0
    for part in parts:
        for word, first, last, count, found in part.rows():
            if word in places:
                places[word] += (LISTS[3], NUMBERS[first + offset - lasts[word]], found)
                counts[word] += count
            else:
                places[word] = [found]
                firsts[word] = first + offset
                counts[word] = count
            lasts[word] = last + offset
        offset += part.pages
    return Part(
        offset, list(places), list(firsts.values()), [lasts[word] for word in places], list(counts.values()),
        list(map(b"".join, places.values())),
    )  # fmt: skip


def encoded_words(part: Part) -> Iterator[tuple[str, bytes]]:
    """Yield the words of *part* in order, each with what the index has of it."""
    rows = sorted(part.rows())
    at = 0
    while at < len(rows):
        word = rows[at][0].partition(OF)[0]
        own = LISTS[0]
        if rows[at][0] == word:
            own = _encoded_places(*rows[at][1:])
            at += 1
        spellings = []
        while at < len(rows) and rows[at][0].startswith(word + OF):
            text = rows[at][0].partition(OF)[2]
            spellings.append(LISTS[2] + _encoded_text(text) + _encoded_places(*rows[at][1:]))
            at += 1
        yield word, b"".join(chain((LISTS[3], _encoded_text(word), own, LISTS[len(spellings)]), spellings))


def _encoded_text(text: str) -> bytes:
    data = text.encode()
    return TEXTS[len(data)] + data


def _encoded_places(first: int, last: int, count: int, places: bytes) -> bytes:
    del last
    return LISTS[count] + LISTS[3] + NUMBERS[first] + places
