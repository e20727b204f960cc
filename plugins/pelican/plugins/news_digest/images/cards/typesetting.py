"""Text on a picture: letters that stand side by side are set here, letter by letter; others are left to Raqm.

Most cards are set from glyphs that were drawn before: a headline takes a millisecond instead of ten, spaced to a
quarter of a pixel, and looks the same whether this machine's Pillow has Raqm or not. Arabic, Hebrew and the scripts of
India and South-East Asia need Raqm (it comes with Pillow, and needs the system's FriBiDi); without it they are not
drawn at all, rather than wrong.
"""

from __future__ import annotations

import unicodedata
import zlib
from functools import cached_property, lru_cache
from math import floor
from typing import Final

from PIL import Image, ImageDraw, ImageFont, features

from .line_breaking import pieces_of
from .system_fonts import eastern_language, forget_faces, system_faces
from .typeface import Face, faces_in, is_ornament, is_right_to_left, needs_shaping, own_face, own_faces

EM: Final = 1000  # the size at which widths are asked for
# From this size on a letter stands on a whole pixel: half of one cannot be seen there, and fewer glyphs are drawn.
_WHOLE_PX: Final = 48
_QUARTERS: Final = 4
_PAD_PX: Final = 2
# Arabic letters are small beside Latin ones of the same size, and need more room above and below.
_ARABIC_SCALE: Final = 1.2
_SHAPED_LEADING: Final = 1.3


def forget_fonts() -> None:
    """Look for fonts again: a process that builds more than once asks for it before each build."""
    for cached in (text_of, _face_of, _is_usable, _font, _step, _advance, _shaped_width, _glyph):
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
        self._widths: dict[str, float] = {}
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
    def pieces(self) -> list[str]:
        """What stays on one line, as :func:`.line_breaking.pieces_of` says."""
        return pieces_of(self.string)

    def measure(self, part: str) -> float:
        """Return how wide *part* of the text is, in ems."""
        width = self._widths.get(part)
        if width is None:
            width = self._widths[part] = self._measure(part)
        return width

    def _measure(self, part: str) -> float:
        if self._shaped:
            return _shaped_width(self._shaped, part, self.is_rtl) * self._scale
        return sum(step for _, step, _ in self._steps(part))

    def _steps(self, part: str) -> list[tuple[str, float, Face]]:
        """Return each letter with how far the next one begins, and its face."""
        found = [(letter, face) for letter in part if (face := _face_of(letter, self._place))]
        after = [*found[1:], ("", None)] if found else []
        return [
            (letter, _step(face, letter, following if its_face is face else ""), face)
            for (letter, face), (following, its_face) in zip(found, after, strict=True)
        ]

    def draw(self, layer: Image.Image, part: str, *, x: float, baseline: int, px: int) -> None:
        """Draw *part* on *layer*, a greyscale picture, in white; *x* is its left end whichever way it runs."""
        if self._shaped:
            font = _font(self._shaped, round(px * self._scale), ImageFont.Layout.RAQM)
            direction = "rtl" if self.is_rtl else "ltr"
            ImageDraw.Draw(layer).text((x, baseline), part, fill=255, font=font, anchor="ls", direction=direction)
            return
        parts = 1 if px >= _WHOLE_PX else _QUARTERS
        pen = ImageDraw.Draw(layer)
        for letter, step, face in self._steps(part):
            at = round(x * parts)
            whole = at // parts
            glyph, left, top = _glyph(face, letter, px, at - whole * parts)
            if glyph is not None:
                pen.bitmap((whole + left, baseline + top), glyph, fill=255)
            x += step * px


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
def _glyph(face: Face, letter: str, px: int, quarter: int) -> tuple[Image.Image | None, int, int]:
    """Return *letter* drawn *quarter* quarters of a pixel to the right, and where it stands from the pen."""
    font = _font(face, px, ImageFont.Layout.BASIC)
    left, top, right, bottom = (floor(edge) for edge in font.getbbox(letter, anchor="ls"))
    if right <= left or bottom <= top:
        return None, 0, 0
    glyph = Image.new("L", (right - left + 2 * _PAD_PX, bottom - top + 2 * _PAD_PX))
    at = (_PAD_PX - left + quarter / _QUARTERS, _PAD_PX - top)
    ImageDraw.Draw(glyph).text(at, letter, fill=255, font=font, anchor="ls")
    return glyph, left - _PAD_PX, top - _PAD_PX
