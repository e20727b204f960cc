"""Text on a picture: letters that stand side by side are set here, letter by letter; others are left to Raqm.

Most cards are set from glyphs that were drawn before: a headline takes a millisecond instead of ten, spaced to half
a pixel, and looks the same whether this machine's Pillow has Raqm or not. Arabic, Hebrew and the scripts of
India and South-East Asia need Raqm (it comes with Pillow, and needs the system's FriBiDi); without it they are not
drawn at all, rather than wrong.
"""

from __future__ import annotations

import unicodedata
import zlib
from functools import cached_property, lru_cache
from math import floor
from typing import Final

from PIL import Image, ImageChops, ImageDraw, ImageFont, features

from .line_breaking import Pieces, pieces_of
from .system_fonts import eastern_language, forget_faces, system_faces
from .typeface import Face, faces_in, is_ornament, is_right_to_left, needs_shaping, own_face, own_faces

EM: Final = 1000  # the size at which widths are asked for
# From this size on a letter stands on a whole pixel, below it on half of one: a hundredth of the letter's size at most,
# which cannot be seen, and fewer glyphs are drawn.
_WHOLE_PX: Final = 48
_HALVES: Final = 2
_PAD_PX: Final = 2
_FULL: Final = 255
# Colours are numbers: paper, and ramps from it.
PAPER: Final = 0
Ramp = tuple[int, int]  # the first colour, and how many steps there are
Box = tuple[int, int, int, int]
Inked = tuple[Image.Image, Box]  # letters in numbers of colours, without anything around them, and where they stand
# Arabic letters are small beside Latin ones of the same size, and need more room above and below.
_ARABIC_SCALE: Final = 1.2
_SHAPED_LEADING: Final = 1.3


def forget_fonts() -> None:
    """Look for fonts again: a process that builds more than once asks for it before each build."""
    for cached in (text_of, _face_of, _is_usable, _font, _row, _step, _advance, _shaped_width, _glyph):
        cached.cache_clear()
    forget_faces()


@lru_cache(maxsize=1)
def has_raqm() -> bool:
    """Whether this machine can shape letters."""
    return bool(features.check("raqm"))


@lru_cache(maxsize=1)
def engine() -> str:
    """Return what draws, and in which versions: part of what determines a card's bytes."""
    names = ("pil", "freetype2", "raqm", "fribidi", "harfbuzz")
    versions = {name: features.version(name) for name in names}
    return f"{versions}; zlib {zlib.ZLIB_RUNTIME_VERSION}; shapes: {has_raqm()}"


class Text:
    """A text that can be drawn: it has a face for each of its letters.

    Args:
        string: The text.
        role: ``serif`` or ``sans``.
        lang: The text's language, BCP 47.
        folder: The site's own fonts; ``""``: none.

    Attributes:
        string: The text without what adds nothing and cannot be drawn, such as emoji.
        is_drawable: False when a letter has no glyph anywhere, or cannot be shaped here: then nothing else is of use.
        is_rtl: Whether it runs from right to left.
        leading: How much more than usual its lines stand apart.
    """

    def __init__(self, string: str, role: str, *, lang: str = "", folder: str = "") -> None:
        self.string = _cleaned(string)
        self.is_rtl = is_right_to_left(self.string)
        self._place = (role, eastern_language(self.string, lang), folder)
        self._shaped: Face | None = None
        self.leading = 1.0
        if self.string.isascii():
            self.is_drawable = True
        elif needs_shaping(self.string):
            self._shaped = _shaped_face(frozenset(self.string), self._place) if has_raqm() else None
            self.is_drawable = self._shaped is not None
            self.leading = _SHAPED_LEADING
        else:
            self.is_drawable = all(_face_of(letter, self._place) for letter in frozenset(self.string))
        self._scale = _ARABIC_SCALE if self._shaped is own_face("arabic") else 1.0

    @property
    def is_shaped(self) -> bool:
        """Whether its letters are joined or stacked, so that a word cannot be divided anywhere."""
        return self._shaped is not None

    @property
    def faces(self) -> tuple[Face, ...]:
        """The faces that it is drawn with, in the order of their letters."""
        if not self.is_drawable:
            return ()
        if self._shaped:
            return (self._shaped,)
        if self.string.isascii():
            return (own_face(self._place[0]),)
        return tuple(dict.fromkeys(face for letter in self.string if (face := _face_of(letter, self._place))))

    @cached_property
    def pieces(self) -> Pieces:
        """What stays on one line."""
        return Pieces(pieces_of(self.string), self.measure)

    def measure(self, part: str) -> float:
        """Return how wide *part* of the text is, in ems."""
        if self._shaped:
            return _shaped_width(self._shaped, part, self.is_rtl) * self._scale
        return sum(_row(word, self._place)[1] for word in _words(part))

    def draw(  # noqa: PLR0913 - a line of type has this many sides
        self, picture: Image.Image, part: str, ramp: Ramp, *, x: float, baseline: int, px: int, clear: int = 0
    ) -> int:
        """Draw *part* on *picture*, and return below which height nothing of it stands.

        Args:
            picture: Its greys are numbers of colours; it is :data:`PAPER` where letters are to stand.
            ramp: The colours.
            x: The left end, whichever way the text runs.
            px: The size of the letters.
            clear: Below which height nothing stands yet.
        """
        if self._shaped:
            font = _font(self._shaped, round(px * self._scale), ImageFont.Layout.RAQM)
            layer = Image.new("L", (picture.width, 3 * px))
            direction = "rtl" if self.is_rtl else "ltr"
            pen = ImageDraw.Draw(layer)
            pen.text((x, 2 * px), part, fill=_FULL, font=font, anchor="ls", direction=direction)
            found = _cropped(layer, ramp, 0, baseline - 2 * px)
            if found:
                _merge(picture, *found)
            return found[1][3] if found else clear
        parts = 1 if px >= _WHOLE_PX else _HALVES
        end, bottom = 0, clear
        for word in _words(part):
            for letter, step, face in _row(word, self._place)[0]:
                at = round(x * parts)
                x += step * px
                glyph = _glyph(face, letter, px, at % parts, ramp)
                if glyph is None:
                    continue
                inked, (left, top, right, below) = glyph
                box = (at // parts + left, baseline + top, at // parts + right, baseline + below)
                if box[0] < end or box[1] < clear:
                    _merge(picture, inked, box)
                else:
                    picture.paste(inked, box)
                end, bottom = max(end, box[2]), max(bottom, box[3])
        return bottom


def _words(part: str) -> list[str]:
    """Return the words of *part*, each with the space after it."""
    *first, last = part.split(" ")
    return [*(f"{word} " for word in first), last]


@lru_cache(maxsize=4096)
def _row(word: str, place: tuple[str, str, str]) -> tuple[list[tuple[str, float, Face]], float]:
    """Return each letter of *word* with how far the next one begins, and its face; and how far that is together."""
    found = [(letter, face) for letter in word if (face := _face_of(letter, place))]
    after = [*found[1:], ("", None)] if found else []
    row = [
        (letter, _step(face, letter, following if its_face is face else ""), face)
        for (letter, face), (following, its_face) in zip(found, after, strict=True)
    ]
    return row, sum(step for _, step, _ in row)


def _merge(picture: Image.Image, inked: Image.Image, box: Box) -> None:
    """Draw *inked* where letters may stand already: of two steps of ink the darker shows."""
    picture.paste(ImageChops.lighter(picture.crop(box), inked), box)


def _cleaned(string: str) -> str:
    """Return *string* composed, on one line, without pictures and marks that no face of ours has."""
    if string.isascii():
        return " ".join(string.split())
    text = unicodedata.normalize("NFC", string)
    drop = {c for c in frozenset(text) if is_ornament(c) and not any(face.has(c) for face in own_faces())}
    if drop:
        text = "".join(c for c in text if c not in drop)
    if not needs_shaping(text):
        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(text.split())


@lru_cache(maxsize=2048)
def text_of(string: str, role: str, lang: str, folder: str) -> Text:
    """Return the :class:`Text`; names of sites, topics and sources come again and again."""
    return Text(string, role, lang=lang, folder=folder)


@lru_cache(maxsize=16_384)
def _face_of(letter: str, place: tuple[str, str, str]) -> Face | None:
    role, eastern, folder = place
    face = own_face(role)
    if face.has(letter):
        return face
    others = (*own_faces(), *faces_in(folder), *system_faces(letter, eastern))
    return next((face for face in others if face.has(letter) and _is_usable(face)), None)


def _shaped_face(letters: frozenset[str], place: tuple[str, str, str]) -> Face | None:
    """Return the one face that has all *letters*: what is shaped together cannot come from two fonts."""
    role, eastern, folder = place
    others = [face for letter in sorted(letters) for face in system_faces(letter, eastern)]
    faces = (own_face("arabic"), own_face("hebrew"), own_face(role), *faces_in(folder), *others)
    return next((face for face in faces if face.covers(letters) and _is_usable(face)), None)


@lru_cache(maxsize=64)
def _is_usable(face: Face) -> bool:
    try:
        _font(face, EM, ImageFont.Layout.BASIC)
    except OSError:
        return False
    return True


@lru_cache(maxsize=128)
def _font(face: Face, px: int, layout: ImageFont.Layout) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(face.path, px, index=face.index, layout_engine=layout)


@lru_cache(maxsize=16_384)
def _step(face: Face, letter: str, following: str) -> float:
    """Return how far after *letter* the next one begins, which is *following*, or has another face (``""``)."""
    return _advance(face, letter) + (face.kerning(letter, following) if following else 0.0)


@lru_cache(maxsize=32_768)
def _advance(face: Face, letter: str) -> float:
    return _font(face, EM, ImageFont.Layout.BASIC).getlength(letter) / EM


@lru_cache(maxsize=16_384)
def _shaped_width(face: Face, part: str, is_rtl: bool) -> float:  # noqa: FBT001 - a key of the cache
    font = _font(face, EM, ImageFont.Layout.RAQM)
    return font.getlength(part, direction="rtl" if is_rtl else "ltr") / EM


@lru_cache(maxsize=8192)
def _glyph(face: Face, letter: str, px: int, halves: int, ramp: Ramp) -> Inked | None:
    """Return *letter* drawn *halves* of a pixel to the right of the pen."""
    font = _font(face, px, ImageFont.Layout.BASIC)
    left, top, right, bottom = (floor(edge) for edge in font.getbbox(letter, anchor="ls"))
    layer = Image.new("L", (right - left + 2 * _PAD_PX, bottom - top + 2 * _PAD_PX))
    at = (_PAD_PX - left + halves / _HALVES, _PAD_PX - top)
    ImageDraw.Draw(layer).text(at, letter, fill=_FULL, font=font, anchor="ls")
    return _cropped(layer, ramp, left - _PAD_PX, top - _PAD_PX)


def _cropped(layer: Image.Image, ramp: Ramp, x: int, y: int) -> Inked | None:
    """Return what was drawn on *layer*, white on black, in the colours of *ramp*; *x* and *y*: where the layer is."""
    box = layer.getbbox()
    if not box:
        return None
    left, top, right, bottom = box
    part = layer.crop(box)
    inked = Image.frombytes("L", part.size, part.tobytes().translate(_numbers(ramp)))
    return inked, (x + left, y + top, x + right, y + bottom)


@lru_cache(maxsize=8)
def _numbers(ramp: Ramp) -> bytes:
    """Return for each strength of grey the number of its colour."""
    first, count = ramp
    numbers = [round(grey * count / _FULL) for grey in range(_FULL + 1)]
    return bytes(first + number - 1 if number else PAPER for number in numbers)
