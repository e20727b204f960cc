"""Fonts: which letters one has, and which font has the letters of a text.

Four lie in this package, so that a card of Latin, Greek, Cyrillic, Arabic or Hebrew letters is the same on every
machine. What they lack is looked for in the site's own folder, then under known names on the system. Two tables of a
font file are read here by hand: Pillow does not say which letters a font has, and sets what it kerns a sixty-fourth of
as close as it should; fontTools, which could say, is five megabytes.
"""

from __future__ import annotations

import hashlib
import os
import struct
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

OWN: Final = Path(__file__).resolve().parent / "fonts"
EM: Final = 1000  # units of the package's fonts
ENDINGS: Final = (".otf", ".ttc", ".ttf")
_COLLECTION: Final = b"ttcf"
# Tables of characters, the better one first: all of Unicode, then its first 65,536.
_WIDE, _NARROW = 12, 4
_LAST: Final = 0xFFFF


class FontFileError(ValueError):
    """A file that is no font, or has no table of characters."""


class Face:
    """One face of a font file.

    Args:
        index: Which of the faces in a collection (``.ttc``).
    """

    def __init__(self, path: str, index: int = 0) -> None:
        self.path = path
        self.index = index
        self._glyphs: dict[str, int] = {}
        self._kerned: dict[str, float] = {}

    def has(self, character: str) -> bool:
        """Whether there is a glyph for *character*."""
        return self._glyph(character) > 0

    def kerning(self, left: str, right: str) -> float:
        """Return how much closer than usual *right* stands to *left*, in ems."""
        pair = left + right
        closer = self._kerned.get(pair)
        if closer is None:
            closer = self._kerned[pair] = self._pairs.get(self._glyph(left) << 16 | self._glyph(right), 0) / EM
        return closer

    def _glyph(self, character: str) -> int:
        """Return the number of the glyph for *character*; 0, which is that of an empty box, for none."""
        glyph = self._glyphs.get(character)
        if glyph is None:
            starts, ends, glyphs = self._ranges
            at = bisect_right(starts, ord(character)) - 1
            glyph = glyphs[at] + ord(character) - starts[at] if at >= 0 and ord(character) <= ends[at] else 0
            self._glyphs[character] = glyph
        return glyph

    def covers(self, characters: frozenset[str]) -> bool:
        """Whether there is a glyph for each of *characters*."""
        return all(self.has(character) for character in characters)

    @cached_property
    def digest(self) -> bytes:
        """A digest of the file and the index."""
        digest = hashlib.blake2b(f"{self.index}|".encode(), digest_size=16)
        with open(self.path, "rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
        return digest.digest()

    @cached_property
    def _ranges(self) -> tuple[list[int], list[int], list[int]]:
        """Return where the runs of characters begin and end, and the first glyph of each; none for a useless file."""
        try:
            with open(self.path, "rb") as file:
                found = sorted(read_ranges(file.read(), self.index))
        except (OSError, FontFileError):
            found = []
        return [run[0] for run in found], [run[1] for run in found], [run[2] for run in found]

    @cached_property
    def _pairs(self) -> dict[int, int]:
        """Return the kerning of pairs of glyphs; only the package's own fonts are known to keep it as it is read."""
        if Path(self.path).parent != OWN:
            return {}
        with open(self.path, "rb") as file:
            return read_kerning(file.read())


def read_ranges(data: bytes, index: int = 0) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of characters, first and last, that one face of the font file *data* has, and the first's glyph.

    Raises:
        FontFileError: *data* is no font, or ends too soon.
    """
    try:
        table = _character_table(data, _tables_of(data, index).get(b"cmap"))
        (kind,) = struct.unpack_from(">H", data, table)
        yield from _wide_ranges(data, table) if kind == _WIDE else _narrow_ranges(data, table)
    except (struct.error, IndexError) as error:
        raise FontFileError(str(error)) from error


def read_kerning(data: bytes) -> dict[int, int]:
    """Return the pairs of glyphs, the left one's number times 65,536 and the right one's, with their kerning in units.

    It is the table that :mod:`tools/make_fonts.py` writes: one subtable of format 0.
    """
    table = _tables_of(data).get(b"kern")
    if table is None:
        return {}
    (count,) = struct.unpack_from(">H", data, table + 10)
    return dict(struct.iter_unpack(">Ih", data[table + 18 : table + 18 + 6 * count]))


def _tables_of(data: bytes, index: int = 0) -> dict[bytes, int]:
    """Return where the tables of one face begin."""
    font = struct.unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == _COLLECTION else 0
    (count,) = struct.unpack_from(">H", data, font + 4)
    found = {}
    for number in range(count):
        tag, _, at, _ = struct.unpack_from(">4sIII", data, font + 12 + 16 * number)
        found[tag] = at
    return found


def _character_table(data: bytes, cmap: int | None) -> int:
    """Return where the best table of characters begins."""
    if cmap is None:
        message = "no table of characters"
        raise FontFileError(message)
    (tables,) = struct.unpack_from(">H", data, cmap + 2)
    places = [cmap + struct.unpack_from(">HHI", data, cmap + 4 + 8 * number)[2] for number in range(tables)]
    kinds = {struct.unpack_from(">H", data, place)[0]: place for place in places}
    if not kinds.keys() & {_WIDE, _NARROW}:
        message = "no table of Unicode's characters"
        raise FontFileError(message)
    return int(kinds.get(_WIDE, kinds.get(_NARROW, 0)))


def _wide_ranges(data: bytes, table: int) -> Iterator[tuple[int, int, int]]:
    (count,) = struct.unpack_from(">I", data, table + 12)
    yield from struct.iter_unpack(">III", data[table + 16 : table + 16 + 12 * count])


def _narrow_ranges(data: bytes, table: int) -> Iterator[tuple[int, int, int]]:
    (doubled,) = struct.unpack_from(">H", data, table + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", data, table + 14)
    starts = struct.unpack_from(f">{count}H", data, table + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", data, table + 16 + 2 * doubled)
    offsets_at = table + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", data, offsets_at)
    for number, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        if start == _LAST:
            continue
        if not offset:
            yield start, end, (start + delta) & _LAST
            continue
        first = offsets_at + 2 * number + offset
        for character in range(start, end + 1):
            (glyph,) = struct.unpack_from(">H", data, first + 2 * (character - start))
            if glyph:
                yield character, character, (glyph + delta) & _LAST


@lru_cache(maxsize=256)
def face_at(path: str, index: int = 0) -> Face:
    """Return the face; the same file is read once."""
    return Face(path, index)


@lru_cache(maxsize=4)
def own_face(name: str) -> Face:
    """Return a face of this package: ``serif``, ``sans``, ``arabic`` or ``hebrew``."""
    return face_at(str(OWN / f"{name}.ttf"))


def own_faces() -> tuple[Face, ...]:
    """Return all faces of this package."""
    return tuple(map(own_face, ("serif", "sans", "arabic", "hebrew")))


@lru_cache(maxsize=8)
def faces_in(folder: str) -> tuple[Face, ...]:
    """Return the fonts of a site's own folder, by name; ``()`` for no folder."""
    if not folder:
        return ()
    try:
        names = sorted(name for name in os.listdir(folder) if name.lower().endswith(ENDINGS))
    except OSError:
        return ()
    return tuple(face_at(os.path.join(folder, name)) for name in names)


def is_ornament(character: str) -> bool:
    """Whether a text says the same without *character*: emoji and other pictures, and invisible marks."""
    return unicodedata.category(character) in {"So", "Sk", "Cf", "Cn", "Co", "Cs"} or character in _SELECTORS


# Choosers of one form of a letter, and rings and caps around it.
_SELECTORS: Final = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0x20D0, 0x2100))))


def needs_shaping(text: str) -> bool:
    """Whether the letters of *text* cannot just stand side by side, from left to right."""
    return any(map(_is_shaped, frozenset(text)))


@lru_cache(maxsize=8192)
def _is_shaped(character: str) -> bool:
    code = ord(character)
    return code > _LATIN_END and (
        unicodedata.bidirectional(character) in {"R", "AL", "AN"}
        or unicodedata.category(character).startswith("M")
        or any(first <= code <= last for first, last in _JOINED)
    )


_LATIN_END: Final = 0x2FF
# India's scripts, Thai, Lao, Tibetan and Burmese; Khmer and Mongolian; Balinese and others.
_JOINED: Final = ((0x900, 0x109F), (0x1780, 0x18AF), (0x1900, 0x1CFF), (0xA800, 0xABFF))


def is_right_to_left(text: str) -> bool:
    """Whether *text* runs from right to left: as its first letter does, which is what ``dir="auto"`` asks."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return False
