"""Share cards: the pictures that networks and chats show beside a link; type on paper, as the site itself is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from PIL import Image, ImageDraw

from .card_spec import COVER_HEIGHT_PX, WIDTH_PX, Card, CardColours
from .line_breaking import hanging
from .png import SPARE_PX, encode_png
from .typeface import Face, own_face
from .typesetting import PAPER, Ramp, Text, engine, text_of

MARGIN_PX: Final = 72
INNER_PX: Final = WIDTH_PX - 2 * MARGIN_PX
BAR_PX: Final = 16
SITE_PX, SMALL_PX, KICKER_PX, SOURCE_PX = 38, 30, 34, 36
SITE_BASELINE: Final = 98
RULE_TOP, RULE_PX = 124, 4
FOOT_PX, FOOT_BASELINE = 96, 42  # from the lower edge
TILE_PX: Final = 44
TITLE_TILE_PX: Final = 112
SIZES_PX: Final = (132, 120, 108, 96, 88, 80, 72, 66, 60, 54, 48, 44, 40, 36, 32)
TEXT_SIZES_PX: Final = (42, 38, 34)
HEADLINE_SIZES_PX: Final = (54, 48, 44, 40, 36, 33)
COVER_SIZES_PX: Final = (96, 88, 80, 72, 66, 60, *HEADLINE_SIZES_PX)
# How many lines a headline may take, by how many there are: a card has up to three, the cover of a book five.
HEADLINE_LINES: Final = (0, 4, 3, 2, 4, 4)
HEADLINE_GAP: Final = 0.42  # ems between a rule and the letters
TITLE_LEADING, TEXT_LEADING, HEADLINE_LEADING = 1.1, 1.3, 1.2
# No headline needs more lines to be read at a glance; smaller letters are better than a seventh.
MOST_LINES: Final = 6
# Down to this size letters get smaller before a long word is divided; one that cannot be gets smaller still.
DIVIDE_BELOW_PX: Final = 54
# Sixteen colours, four bits: paper, six steps of ink, three of accent and of muted, the rule, the tile and its letter.
INK: Final[Ramp] = (1, 6)
ACCENT: Final[Ramp] = (7, 3)
MUTED: Final[Ramp] = (10, 3)
RULE, TILE, TILE_EDGE = 13, 14, 15


def ingredients(card: Card, *, fonts: str) -> bytes:
    """Return what the picture of *card* depends on beside its own words: faces, and the libraries that draw."""
    faces: set[Face] = set()
    for string, role in _strings(card):
        # Our own faces have these letters, and most cards have no others.
        faces.update([own_face(role)] if string.isascii() else text_of(string, role, card.lang, fonts).faces)
    return b"".join(sorted(face.digest for face in faces)) + engine().encode()


def lacks_letters(card: Card, *, fonts: str) -> bool:
    """Whether the title of *card* cannot be drawn on this machine."""
    return not (card.title.isascii() or text_of(card.title, "serif", card.lang, fonts).is_drawable)


def draw_card(card: Card, *, fonts: str = "") -> bytes:
    """Return *card* as a PNG picture.

    Args:
        card: What it says.
        fonts: A folder with the site's own fonts, for letters that ours lack; ``""``: none.
    """
    sheet = _Sheet(card, fonts)
    sheet.draw()
    return sheet.png()


def _strings(card: Card) -> Iterator[tuple[str, str]]:
    """Yield every text of *card*, and what it is set in."""
    for string in (card.title, card.site, *card.instead, *card.headlines):
        yield string, "serif"
    for string in (card.date, card.kicker, card.text, card.source, card.letter, card.address):
        yield string, "sans"


class _Sheet:
    """The card while it is drawn: a picture whose greys are numbers of colours.

    Cards that run from left to right and from right to left differ in nothing but the side where things begin.
    """

    def __init__(self, card: Card, fonts: str) -> None:
        self._card = card
        self._fonts = fonts
        self._picture = Image.new("L", (WIDTH_PX + SPARE_PX, card.height_px), PAPER)
        self._pen = ImageDraw.Draw(self._picture)

    def png(self) -> bytes:
        """Return the picture with its colours."""
        card = self._card
        colours = _palette(card.colours, card.tint % len(card.colours.tints))
        self._picture.putpalette(colours)
        return encode_png(self._picture, colours)

    def draw(self) -> None:
        """Draw everything, from the top."""
        self._box(0, 0, WIDTH_PX, BAR_PX, ACCENT[0] + ACCENT[1] - 1)
        top = self._head()
        bottom = self._foot()
        self._middle(top, bottom)

    def _head(self) -> int:
        """Draw the masthead, and return where it ends."""
        card = self._card
        if not card.site:
            return BAR_PX
        taken = self._far(card.date, SITE_BASELINE)
        self._near(self._text(card.site, "serif"), SITE_PX, SITE_BASELINE, INK, taken=taken)
        self._box(MARGIN_PX, RULE_TOP, WIDTH_PX - MARGIN_PX, RULE_TOP + RULE_PX, INK[0] + INK[1] - 1)
        return RULE_TOP + RULE_PX

    def _foot(self) -> int:
        """Draw the foot, and return where it begins."""
        card = self._card
        source = self._text(card.source, "sans")
        rule, baseline = card.height_px - FOOT_PX, card.height_px - FOOT_BASELINE
        self._box(MARGIN_PX, rule, WIDTH_PX - MARGIN_PX, rule + 2, RULE)
        if card.source and source.is_drawable:
            taken = self._far(card.address, baseline)
            indent = self._tile(TILE_PX, baseline - 36)
            self._near(source, SOURCE_PX, baseline, INK, taken=taken, indent=indent)
        else:
            self._near(self._text(card.address, "sans"), SMALL_PX, baseline, MUTED)
        return rule

    def _middle(self, top: int, bottom: int) -> None:
        """Draw kicker, title and what stands below it between two heights."""
        card = self._card
        title, text = self._title(), self._text(card.text, "sans")
        if not card.site:
            self._name(title, text, top, bottom)
            return
        top += 60
        self._near(self._text(card.kicker, "sans"), KICKER_PX, top, ACCENT, is_rtl=title.is_rtl)
        top += 24 if card.kicker else -36
        room = bottom - 24 - top
        if card.headlines:
            top = self._block(title, top, room, INK, limit=1)
            self._headlines(top + 10, bottom)
            return
        indent = 0 if card.source else self._tile(TITLE_TILE_PX, top + 8)
        has_text = bool(text.string) and text.is_drawable
        share = 0.66 if has_text else 1.0
        top = self._block(title, top, int(room * share), INK, limit=3 if has_text else MOST_LINES, indent=indent)
        if has_text:
            self._paragraph(text, top + 18, bottom - 20, indent)

    def _name(self, title: Text, text: Text, top: int, bottom: int) -> None:
        """Draw the site's name and what it says of itself, in the middle."""
        lines, px = self._fitted(title, bottom - top - 200, MOST_LINES, INNER_PX)
        height = len(lines) * px * TITLE_LEADING + (70 if text.string else 0)
        top = self._block(title, round(top + (bottom - top - height) / 2), bottom - top, INK, limit=MOST_LINES)
        if text.string and text.is_drawable:
            self._paragraph(text, top + 14, bottom - 20, 0)

    def _title(self) -> Text:
        """Return what stands largest: the title where its letters can be drawn, else what is said instead."""
        texts = (self._text(string, "serif") for string in (self._card.title, *self._card.instead))
        return next((text for text in texts if text.string and text.is_drawable), self._text("", "serif"))

    def _paragraph(self, text: Text, top: int, bottom: int, indent: int) -> None:
        """Draw a sentence of smaller letters, cut off where there is no room for all of it."""
        width = INNER_PX - indent
        for px in TEXT_SIZES_PX:
            limit = max(1, int((bottom - top) / (px * TEXT_LEADING * text.leading)))
            if text.pieces.count(width / px) <= limit:
                break
        lines = text.pieces.cut_off(text.pieces.lines(width / px), limit=limit, width=width / px)
        self._stamp(text, lines, top + px, px, MUTED, leading=TEXT_LEADING, indent=indent)

    def _headlines(self, top: int, bottom: int) -> None:
        """Draw the headlines of a day between rules, in one size, and the last ones only where that is no small one."""
        texts = [text for headline in self._card.headlines if (text := self._text(headline, "serif")).is_drawable]
        sizes = COVER_SIZES_PX if self._card.height_px == COVER_HEIGHT_PX else HEADLINE_SIZES_PX
        px, count = _headline_size(texts, bottom - top, sizes)
        width, gap = INNER_PX / px, round(px * HEADLINE_GAP)
        for text in texts[:count]:
            lines = text.pieces.cut_off(text.pieces.balanced(width), limit=HEADLINE_LINES[count], width=width)
            self._box(MARGIN_PX, top, WIDTH_PX - MARGIN_PX, top + 2, RULE)
            self._stamp(text, lines, top + gap + px, px, INK, leading=HEADLINE_LEADING)
            top += _headline_height(text, len(lines), px)

    def _block(self, text: Text, top: int, room: int, ramp: Ramp, *, limit: int, indent: int = 0) -> int:
        """Draw *text* as large as it fits, in lines of like width, and return where it ends."""
        lines, px = self._fitted(text, room, limit, INNER_PX - indent)
        self._stamp(text, lines, top + round(px * 0.9 * text.leading), px, ramp, leading=TITLE_LEADING, indent=indent)
        return top + round(len(lines) * px * TITLE_LEADING * text.leading)

    def _fitted(self, text: Text, room: int, limit: int, width_px: int) -> tuple[list[str], int]:
        """Return the lines of *text* and the size in which they fit."""
        pieces = text.pieces
        leading = TITLE_LEADING * text.leading
        for px in (px for px in SIZES_PX if px <= self._card.title_px):
            width = width_px / px
            if pieces.longest > width and (px > DIVIDE_BELOW_PX or text.is_shaped):
                continue
            count = pieces.count(width)
            if count <= limit and count * px * leading <= room:
                break
        width = width_px / px
        limit = max(1, min(limit, int(room / (px * leading))))
        return pieces.cut_off(pieces.balanced(width), limit=limit, width=width), px

    def _text(self, string: str, role: str) -> Text:
        return text_of(string, role, self._card.lang, self._fonts)

    def _box(self, left: int, top: int, right: int, bottom: int, colour: int) -> None:
        self._pen.rectangle((left, top, right - 1, bottom - 1), fill=colour)

    def _tile(self, side: int, top: int) -> int:
        """Draw the tile with the first letter of the source, and return how far its name stands from the edge."""
        card = self._card
        letter = self._text(card.letter, "sans")
        if not letter.string or not letter.is_drawable:
            return 0
        left = WIDTH_PX - MARGIN_PX - side if card.is_rtl else MARGIN_PX
        self._picture.paste(_tile(letter, side), (left, top))
        return side + round(side * 0.36)

    def _far(self, string: str, baseline: int) -> int:
        """Draw a short text at the far end of a line, and return how much room it takes, a gap included."""
        text = self._text(string, "sans")
        if not text.string or not text.is_drawable:
            return 0
        width = text.measure(text.string) * SMALL_PX
        left = MARGIN_PX if self._card.is_rtl else WIDTH_PX - MARGIN_PX - width
        self._put(text, text.string, left, baseline, SMALL_PX, MUTED)
        return round(width) + 40

    def _near(  # noqa: PLR0913 - a line of type has this many sides
        self,
        text: Text,
        px: int,
        baseline: int,
        ramp: Ramp,
        *,
        taken: int = 0,
        indent: int = 0,
        is_rtl: bool | None = None,
    ) -> None:
        """Draw *text* on one line from the near end, with an ellipsis where others have *taken* the room for it."""
        if not text.string or not text.is_drawable:
            return
        width = (INNER_PX - taken - indent) / px
        (line,) = text.pieces.cut_off(text.pieces.lines(width), limit=1, width=width)
        side = self._card.is_rtl if is_rtl is None else is_rtl
        self._put(text, line, self._left(text, line, px, indent, is_rtl=side), baseline, px, ramp)

    def _left(self, text: Text, line: str, px: int, indent: int, *, is_rtl: bool) -> float:
        """Return the left end of *line*; an opening bracket's empty half hangs over the edge."""
        if is_rtl:
            return WIDTH_PX - MARGIN_PX - indent - text.measure(line) * px
        return MARGIN_PX + indent - hanging(line) * px

    def _put(self, text: Text, line: str, left: float, baseline: int, px: int, ramp: Ramp) -> None:
        """Draw one line. The same one stands on many cards, so what it looks like is kept."""
        halves = round(left % 1 * 2)
        part, x, y = _pressed(text, line, halves, px, ramp)
        if part:
            self._picture.paste(part, (int(left) - _OVERHANG_PX + x, baseline + y))

    def _stamp(  # noqa: PLR0913 - as above
        self, text: Text, lines: Sequence[str], baseline: int, px: int, ramp: Ramp, *, leading: float, indent: int = 0
    ) -> None:
        """Draw *lines* one below the other, each on the side where the text begins."""
        step, clear = px * leading * text.leading, 0
        for number, line in enumerate(lines):
            x = self._left(text, line, px, indent, is_rtl=text.is_rtl)
            at = baseline + round(number * step)
            clear = text.draw(self._picture, line, ramp, x=x, baseline=at, px=px, clear=clear)


def _headline_size(texts: Sequence[Text], room: int, sizes: Sequence[int]) -> tuple[int, int]:
    """Return the largest size in which the headlines of a day have room, and how many of them do."""
    for count in range(min(len(texts), len(HEADLINE_LINES) - 1), 0, -1):
        for px in sizes:
            width = INNER_PX / px
            lines = [t.pieces.count(width) for t in texts[:count]]
            heights = map(_headline_height, texts, lines, [px] * count)
            if max(lines) <= HEADLINE_LINES[count] and sum(heights) <= room:
                return px, count
    return sizes[-1], min(len(texts), 1)


def _headline_height(text: Text, lines: int, px: int) -> int:
    return round(lines * px * HEADLINE_LEADING * text.leading) + 2 * round(px * HEADLINE_GAP)


_OVERHANG_PX: Final = 40  # room for letters that reach over the place where their line begins


@lru_cache(maxsize=256)
def _pressed(text: Text, line: str, halves: int, px: int, ramp: Ramp) -> tuple[Image.Image | None, int, int]:
    """Return *line* in the colours of *ramp*, and where it stands from the pen."""
    layer = Image.new("L", (round(text.measure(line) * px) + 2 * _OVERHANG_PX, 3 * px), PAPER)
    text.draw(layer, line, ramp, x=_OVERHANG_PX + halves / 2, baseline=2 * px, px=px)
    inked = layer.getbbox()
    return (layer.crop(inked), inked[0], inked[1] - 2 * px) if inked else (None, 0, 0)


@lru_cache(maxsize=256)
def _tile(letter: Text, side: int) -> Image.Image:
    """Return a tile with *letter* in the colour of the paper."""
    px = round(side * 0.68)
    tile = Image.new("L", (side, side), PAPER)
    x = (side - letter.measure(letter.string) * px) / 2
    letter.draw(tile, letter.string, (1, 2), x=x, baseline=round(side * 0.73), px=px)
    return tile.point([TILE, TILE_EDGE, *[PAPER] * 254])


@lru_cache(maxsize=16)
def _palette(colours: CardColours, tint: int) -> list[int]:
    """Return the sixteen colours of a card, red, green and blue each; *tint* is the number of its tile's colour."""
    paper = _rgb(colours.paper)
    found = [paper]
    for colour, (_, count) in ((colours.ink, INK), (colours.accent, ACCENT), (colours.muted, MUTED)):
        found += [_mixed(paper, _rgb(colour), step / count) for step in range(1, count + 1)]
    tile = _rgb(colours.tints[tint])
    found += [_rgb(colours.rule), tile, _mixed(tile, paper, 0.5)]
    return [part for colour in found for part in colour]


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _mixed(one: tuple[int, int, int], other: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
