"""What a share card says and in which colours: plain data, made by planners, drawn by :mod:`.card`."""

from __future__ import annotations

import re
from typing import Final

import msgspec

WIDTH_PX: Final = 1200
HEIGHT_PX: Final = 630
COVER_HEIGHT_PX: Final = 1800
_TOKEN: Final = re.compile(
    r"--(?P<name>[a-z0-9-]+):\s*(?:(?:light-dark\(|var\(--when-light,)\s*)?(?P<colour>#[0-9a-fA-F]{3,8})\b"
)
_TINT: Final = re.compile(r'\[data-tint="(?P<number>\d)"\]\s*\{\s*--tint:\s*(?P<colour>#[0-9a-fA-F]{3,8})\b')
_HEX_DIGITS: Final = 6


class CardColours(msgspec.Struct, frozen=True, kw_only=True):
    """The theme's colours, its light ones: a card stands in other people's pages. ``#rrggbb`` each."""

    paper: str = "#fbfaf7"
    ink: str = "#1b1b19"
    muted: str = "#66645c"
    rule: str = "#dfdbd1"
    accent: str = "#a32a17"
    tints: tuple[str, ...] = (
        "#7a3b2e",
        "#6b4e16",
        "#3f5b2a",
        "#1f5f57",
        "#1f4e79",
        "#4a4487",
        "#6e3a6b",
        "#55524a",
    )


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """One share card. What is ``""`` is left out.

    Attributes:
        title: What the page is about; set as large as it fits, and never larger than *title_px*.
        instead: What is said when no font has the letters of *title*: the first of these whose letters one has.
        site: The name in the masthead.
        date: Stands beside it.
        kicker: What kind of thing it is, above the title.
        text: A sentence below the title.
        headlines: Set one below the other, between rules, in place of *text*.
        source: Who published it, at the foot.
        letter, tint: The tile before *source*, and the number of its colour.
        address: The site's address in readable form, at the foot.
        lang: BCP 47, of the title.
        is_rtl: Whether the site runs from right to left.
        height_px: Its height; a cover of a book is taller than a card.
    """

    title: str
    title_px: int
    instead: tuple[str, ...] = ()
    site: str = ""
    date: str = ""
    kicker: str = ""
    text: str = ""
    headlines: tuple[str, ...] = ()
    source: str = ""
    letter: str = ""
    tint: int = 0
    address: str = ""
    lang: str = ""
    is_rtl: bool = False
    height_px: int = HEIGHT_PX
    colours: CardColours = CardColours()


def colours_of(css: str) -> CardColours:
    """Return the colours that a theme's style sheet declares; ours for those that it does not.

    What is declared last holds, as in a browser; the first of two (``light-dark()``, or what the build
    writes for it) is the light one.
    """
    found = {match["name"]: _long(match["colour"]) for match in _TOKEN.finditer(css)}
    tints = {int(match["number"]): _long(match["colour"]) for match in _TINT.finditer(css)}
    ours = CardColours()
    return CardColours(
        paper=found.get("paper", ours.paper),
        ink=found.get("ink", ours.ink),
        muted=found.get("ink-3", ours.muted),
        rule=found.get("rule", ours.rule),
        accent=found.get("accent", ours.accent),
        tints=tuple(tints.get(number, tint) for number, tint in enumerate(ours.tints)),
    )


def _long(colour: str) -> str:
    """Return ``#abc`` or ``#aabbccff`` as ``#aabbcc``."""
    digits = colour[1:].lower()
    if len(digits) < _HEX_DIGITS:
        digits = "".join(2 * digit for digit in digits[:3])
    return f"#{digits[:_HEX_DIGITS]}"
