"""The sea front: promenade and beach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..geometry import bow
from ..palettes import BROWN, FAIR, OLIVE, PAPER, POPPY, SAILCLOTH, SCARLET, SUNFLOWER, WHITE_PAINT
from ..shapes.buildings import roof
from ..shapes.people import person, rider
from ..shapes.sky import cloud
from ..shapes.water import glitter, swell

if TYPE_CHECKING:
    from ..canvas import Canvas


def bicycle_lane(canvas: Canvas) -> None:
    """Draw two riders on a new lane along the sea front."""
    canvas.gradient(["#f9d9a0", "#fbe8c6", "#dff0e6"], bottom=330)
    canvas.disc(930, 170, 70, "#f58a4e")
    swell(canvas, 300, 3, 260, 0, ["#55b0ae", "#3a94a0"])
    swell(canvas, 350, 6, 340, 0.4, ["#3b95a0", "#2c7d8f"])
    glitter(canvas, 930, 160, (306, 400), "#fff1c8b0", 34)
    for x, size in ((180, 1.0), (1060, 0.8)):
        canvas.polygon([(x, 292), (x + 60 * size, 292), (x, 292 - 120 * size)], SAILCLOTH)
        canvas.polygon([(x - 6, 292), (x - 44 * size, 292), (x - 6, 292 - 92 * size)], "#f3e3c4")
        hull = [(x - 46 * size, 294), (x + 66 * size, 294), (x + 40 * size, 310), (x - 30 * size, 310)]
        canvas.polygon(hull, "#b8453a")
    canvas.rect(0, 408, 1200, 30, "#f2e6cf")
    for x in range(20, 1200, 94):
        canvas.rect(x, 366, 12, 46, "#f2e6cf")
    canvas.rect(0, 360, 1200, 10, "#f2e6cf")
    canvas.gradient(["#d9c3a0", "#cdb591"], top=436, bottom=480)
    canvas.gradient(["#cf5f45", "#b94e38"], top=480, bottom=630)
    canvas.rect(0, 480, 1200, 6, PAPER)
    canvas.rect(0, 624, 1200, 8, PAPER)
    canvas.gradient(["#5d6470", "#4a505c"], top=632)
    for x in range(-40, 1200, 150):
        canvas.rect(x, 552, 80, 7, PAPER)
    for x, height in ((96, 250), (690, 270), (1130, 240)):
        canvas.rect(x - 6, 440 - height * 0.5, 12, height * 0.55, "#6d4a38")
        for dx, dy, radius in ((0, 0.86, 0.26), (-0.2, 0.7, 0.19), (0.2, 0.7, 0.2)):
            canvas.disc(x + dx * height, 450 - dy * height, radius * height, "#3f8a6a")
        canvas.disc(x - 0.06 * height, 450 - 0.94 * height, 0.12 * height, "#5aa67c")
    canvas.oval(400, 542, 150, 9, "#7a2f2566")
    rider(canvas, 400, 540, 230, ("#f2c14e", "#2c6f7d", OLIVE))
    canvas.oval(850, 610, 170, 10, "#7a2f2566")
    rider(canvas, 850, 608, 260, (PAPER, "#3d3a63", BROWN))


def beach_huts(canvas: Canvas) -> None:
    """Draw painted huts on the north beach."""
    canvas.gradient(["#59b4d3", "#a6dbe0", "#f4f0d6"], bottom=560)
    cloud(canvas, 260, 190, 280, "#ffffffd0")
    cloud(canvas, 850, 130, 220, "#ffffffc0")
    canvas.disc(1050, 150, 58, "#ffe9a0")
    canvas.gradient(["#3f9db0", "#6fc0bf"], top=520, bottom=600)
    glitter(canvas, 600, 1100, (528, 590), "#ffffff90", 40)
    canvas.gradient(["#f6e2b4", "#e9c98c"], top=596)
    colours = (POPPY, SUNFLOWER, "#2f8f8a", "#f28fa0", "#3f6fa8", "#8fb85a")
    for index, colour in enumerate(colours):
        x = 44.0 + index * 188
        _hut(canvas, x, colour, colours[(index + 2) % 6], striped=index % 2 == 0)
    for x, y in ((300, 836), (980, 826)):
        canvas.oval(x + 40, y + 8, 130, 12, "#b5955a66")
        canvas.line([(x, y), (x + 30, y - 176)], "#7a5a3c", 7)
        canvas.polygon(bow(x + 30, y - 130, 120, 82, range(190, 371, 6)), SCARLET)
        canvas.polygon(bow(x + 30, y - 134, 44, 78, range(190, 371, 6)), WHITE_PAINT)
    canvas.line([(640, 780), (790, 250)], "#ffffff88", 2)
    canvas.polygon([(790, 250), (826, 196), (786, 150), (752, 206)], "#7a3e8f")
    canvas.polygon([(790, 250), (786, 150), (752, 206)], "#a05ab4")
    canvas.line([(790, 250), (812, 286), (796, 316), (820, 344)], "#7a3e8f", 4)
    person(canvas, 634, 846, 120, POPPY, BROWN)
    canvas.rope([(640, 766), (646, 742)], BROWN, 8)
    person(canvas, 704, 850, 96, SUNFLOWER, FAIR)


def _hut(canvas: Canvas, x: float, colour: str, door: str, *, striped: bool) -> None:
    canvas.polygon([(x + 10, 742), (x + 172, 742), (x + 220, 784), (x + 40, 784)], "#b5955a66")
    canvas.rect(x + 10, 724, 12, 32, "#7a5a3c")
    canvas.rect(x + 140, 724, 12, 32, "#7a5a3c")
    canvas.rect(x, 460, 164, 270, colour)
    for plank in range(1, 9):
        canvas.rect(x + plank * 18, 460, 2, 270, "#00000018")
    if striped:
        for stripe in range(0, 9, 2):
            canvas.rect(x + stripe * 18.2, 460, 18.2, 270, WHITE_PAINT)
    roof(canvas, (x, 462, 164), 82, colour)
    canvas.line([(x - 18, 472), (x + 82, 370), (x + 182, 472)], WHITE_PAINT, 15)
    canvas.disc(x + 82, 428, 13, WHITE_PAINT)
    canvas.rect(x + 44, 536, 76, 194, WHITE_PAINT)
    canvas.rect(x + 51, 544, 62, 186, door)
    canvas.rect(x + 62, 560, 40, 46, "#bfe3e6")
    canvas.disc(x + 104, 644, 4, WHITE_PAINT)
    canvas.rect(x - 4, 728, 172, 10, "#a8794c")
