"""The swing bridge: with people at dawn, with otters at night."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..palettes import MUSTARD, RED
from ..shapes.animals import otter
from ..shapes.buildings import roof
from ..shapes.people import person
from ..shapes.sky import cloud, gulls, stars
from ..shapes.water import glitter, swell

if TYPE_CHECKING:
    from ..canvas import Canvas

DECK = 372.0
STEEL = "#1d3346"
STEEL_LIT = "#284a60"
MOONLIT_STEEL = "#101d38"


def bridge_at_dawn(canvas: Canvas) -> None:
    """Draw a swing bridge closed again at sunrise, with people crossing."""
    canvas.gradient(["#2f6f8c", "#7fb0ae", "#f6cf9d", "#f9a877", "#ee8468"], bottom=420)
    canvas.glow(690, 392, 420, "#fff0c4", 0.9)
    canvas.disc(690, 384, 74, "#fff3cf")
    for x, y, width in ((230, 120, 230), (960, 96, 300), (560, 70, 160)):
        cloud(canvas, x, y, width, "#fff1dc66")
    _distant_town(canvas, "#b9716f")
    canvas.mirror(420, tint="#16607f", strength=0.62)
    canvas.glow(690, 440, 260, "#ffd9a0", 0.5)
    glitter(canvas, 690, 180, (428, 620), "#fff0c8c8", 70)
    _swing_span(canvas)
    _bridge_cabin(canvas)
    _quays(canvas)
    coats = (RED, MUSTARD, "#f4efe4", "#3d7d8c", "#8a4a6a", "#e8935a")
    for index, x in enumerate((196, 232, 300, 322, 404, 452, 520, 694, 716, 778, 846, 866, 950, 1006)):
        person(canvas, x, DECK + 1, 40 + index % 3 * 4, coats[index % 6], "#f3d3b4")
    gulls(canvas, ((250, 196, 46), (318, 164, 34), (880, 190, 50), (1010, 226, 30), (800, 130, 26)), "#fdf6e6")


def _distant_town(canvas: Canvas, colour: str) -> None:
    heights = (
        *(30, 46, 38, 64, 42, 30, 52, 88, 40, 34, 56, 44, 70, 36),
        *(48, 30, 42, 62, 38, 50, 84, 44, 36, 58, 40, 66, 48, 34),
    )
    for x, height in zip(range(0, 1200, 44), heights, strict=True):
        canvas.rect(x, 420 - height, 46, height, colour)
    for x in (330, 902):
        roof(canvas, (x - 12, 338, 24), 70, colour)


def _swing_span(canvas: Canvas) -> None:
    """Draw the span on its pier: a truss whose braces lean towards the middle."""
    chord = [(600 + dx, DECK - 46 - 118 * math.cos(dx / 470 * math.pi / 2) ** 1.5) for dx in range(-450, 451, 50)]
    canvas.line(chord, STEEL, 12)
    for index, (x, y) in enumerate(chord):
        canvas.line([(x, y), (x, DECK)], STEEL, 6)
        if index + 1 < len(chord):
            following = chord[index + 1]
            rising = following[1] < y
            canvas.line([(x, DECK), following] if rising else [(x, y), (following[0], DECK)], STEEL_LIT, 4)
    canvas.rect(140, DECK, 920, 20, STEEL)
    canvas.rect(140, DECK + 20, 920, 5, "#f2a06d")
    canvas.rect(556, DECK + 25, 88, 18, STEEL_LIT)
    for x in range(566, 640, 17):
        canvas.disc(x, DECK + 43, 6, "#c9b79c")
    canvas.shade([(536, DECK + 46), (664, DECK + 46), (690, 560), (510, 560)], ["#6b5a60", "#35404f"])
    for row in range(4):
        canvas.rect(528 - row * 5, DECK + 68 + row * 28, 144 + row * 10, 3, "#2b344466")


def _bridge_cabin(canvas: Canvas) -> None:
    canvas.rect(564, 150, 72, 64, "#efe2c8")
    roof(canvas, (554, 152, 92), 40, "#a8402f")
    for x in (574, 606):
        canvas.rect(x, 166, 20, 26, "#2f5a70")
    canvas.line([(600, 112), (600, 72)], STEEL, 4)
    canvas.polygon([(602, 74), (648, 84), (602, 98)], "#d84a36")


def _quays(canvas: Canvas) -> None:
    for x, width in ((-10, 160), (1050, 170)):
        canvas.pane(x, DECK - 6, width, 646 - DECK, ["#57606b", "#26333f"])
        canvas.rect(x, DECK - 12, width, 12, "#c9b79c")
        for course in range(1, 7):
            canvas.rect(x, DECK + course * 38, width, 3, "#1b2733")
            for joint in range(3):
                canvas.rect(x + 20 + joint * 46 + course % 2 * 22, DECK + course * 38 - 36, 3, 36, "#1b273388")


def otters_on_the_bridge(canvas: Canvas) -> None:
    """Draw a family of otters that crosses an empty bridge by moonlight."""
    canvas.gradient(["#0d1a3a", "#1d3567", "#3f6296", "#8fa9bd"], bottom=560)
    stars(canvas, 70, 330, (0.8, 2.4), "#f7eecbb0")
    canvas.glow(760, 270, 380, "#f7eecb", 0.6)
    canvas.disc(760, 270, 136, "#fbf3d6")
    for x, y, radius in ((716, 232, 26), (806, 300, 34), (744, 336, 16), (812, 214, 14)):
        canvas.disc(x, y, radius, "#eadfb8")
    swell(canvas, 520, 24, 900, 0.15, ["#2a4a78", "#20395f"])
    for x in range(-60, 1300, 272):
        canvas.line([(x, 20), (x, 610)], MOONLIT_STEEL, 22)
        canvas.line([(x, 610), (x + 272, 40)], MOONLIT_STEEL, 13)
    canvas.rect(0, 16, 1200, 28, MOONLIT_STEEL)
    canvas.rect(0, 470, 1200, 9, MOONLIT_STEEL)
    for x in range(10, 1200, 34):
        canvas.rect(x, 476, 5, 134, MOONLIT_STEEL)
    canvas.gradient(["#6f86a6", "#465c80"], top=606, bottom=716)
    canvas.rect(0, 606, 1200, 7, "#a9bdd0")
    for x in range(30, 1200, 190):
        canvas.rect(x, 676, 96, 8, "#dfe6ea90")
    canvas.gradient(["#1b2a4a", MOONLIT_STEEL], top=716)
    for x in range(18, 1200, 48):
        canvas.disc(x, 740, 6, "#3b5078")
    for x, length in ((190, 196), (352, 168), (508, 178), (672, 206), (930, 296)):
        canvas.oval(x, 668, length * 0.5, 9, "#1b2a4a77")
        otter(canvas, x, 668, length, ("#4a3230", "#d9b48c"))
