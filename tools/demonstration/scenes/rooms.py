"""Indoors: library shelves, a window in the rain."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..palettes import MUSTARD, PETROL

if TYPE_CHECKING:
    from ..canvas import Canvas

SPINES = (
    *("#b8403a", PETROL, "#e9a23b", "#6a4a78", "#f4ead2"),
    *("#3f7f6a", "#d97a4a", "#27465c", "#c98fa0", "#8fae7a"),
)
THIN_BOOK = 34
CAT = "#2b2a33"


def library_shelves(canvas: Canvas) -> None:
    """Draw full shelves, a ladder and a sleeping cat."""
    canvas.gradient(["#f1dfc0", "#e6c99c"])
    for shelf in range(3):
        base = 262.0 + shelf * 252
        canvas.pane(40, base - 222, 1120, 222, ["#7a4a34", "#9c6444"])
        x, right = 56.0, 1140
        while x < right:
            if canvas.chance(0.07) and x < right - 120:
                for stacked in range(3):
                    canvas.rect(x, base - 26 - stacked * 27, 108 - stacked * 12, 25, canvas.random.choice(SPINES))
                x += 116
                continue
            width = canvas.random.uniform(20, 46)
            if x + width > right + 4:
                break
            _book(canvas, x, base, width)
            x += width + 2
        canvas.rect(24, base, 1152, 24, "#5c3526")
        canvas.rect(24, base, 1152, 5, "#84523a")
    for x in (20, 1150):
        canvas.rect(x, 10, 30, 790, "#6a3f2c")
    canvas.rect(10, 10, 1180, 30, "#5c3526")
    for x, lean in ((826, -60), (936, 60)):
        canvas.line([(x, 30), (x + lean, 800)], "#f0cf96", 15)
    for step in range(7):
        y = 100.0 + step * 104
        spread = 60 * (y - 30) / 770
        canvas.line([(826 - spread, y), (936 + spread, y)], "#e0b878", 13)
    _sleeping_cat(canvas)


def _book(canvas: Canvas, x: float, base: float, width: float) -> None:
    height = canvas.random.uniform(126, 202)
    colour = canvas.random.choice(SPINES)
    canvas.rect(x, base - height, width, height, colour)
    canvas.rect(x, base - height, 4, height, "#ffffff30")
    canvas.rect(x + width - 4, base - height, 4, height, "#00000026")
    band = canvas.random.choice(("#fff3d0", "#00000040", MUSTARD))
    canvas.rect(x, base - height * 0.84, width, 7, band)
    canvas.rect(x, base - height * 0.2, width, 5, band)
    if width > THIN_BOOK:
        canvas.rect(x + 8, base - height * 0.64, width - 16, height * 0.2, "#fff3d0cc")


def _sleeping_cat(canvas: Canvas) -> None:
    canvas.oval(330, 752, 92, 44, CAT)
    canvas.disc(250, 738, 36, CAT)
    canvas.polygon([(222, 722), (220, 688), (246, 708)], CAT)
    canvas.polygon([(254, 706), (280, 688), (280, 722)], CAT)
    canvas.arc(238, 738, 8, (20, 160), MUSTARD, 3)
    canvas.arc(262, 738, 8, (20, 160), MUSTARD, 3)
    canvas.arc(396, 738, 52, (300, 90), CAT, 18)


def rain_on_glass(canvas: Canvas) -> None:
    """Draw city lights through a wet window."""
    canvas.gradient(["#17233f", "#2b3a63", "#5a4a78", "#9a5f7a"])
    for _ in range(70):
        x, y = canvas.random.uniform(0, 1200), canvas.random.gauss(430, 110)
        colour = canvas.random.choice(("#ffcf6e", "#ff8f5a", "#6fc3e0", "#f6e3c0", "#e85a6a"))
        canvas.disc(x, y, canvas.random.uniform(10, 44), colour + canvas.random.choice(("40", "60", "88")))
    canvas.soften(5)
    for _ in range(150):
        x, y = canvas.random.uniform(0, 1200), canvas.random.uniform(0, 675)
        size = canvas.random.triangular(3, 17, 4)
        canvas.oval(x + 1, y + 2, size, size * 1.15, "#0f182e77")
        canvas.oval(x, y, size * 0.94, size * 1.08, "#a9bcd888")
        canvas.oval(x, y + size * 0.3, size * 0.7, size * 0.6, "#e8eef688")
        canvas.disc(x - size * 0.3, y - size * 0.4, size * 0.2, "#ffffffe0")
    for x, top, bottom in ((180, 60, 420), (470, 130, 560), (706, 20, 300), (960, 210, 610), (1100, 40, 260)):
        trail = [(x + 5 * math.sin(t / 5), top + (bottom - top) * t / 40) for t in range(41)]
        canvas.line(trail, "#c4d3e84c", 9)
        canvas.oval(trail[-1][0], bottom, 14, 19, "#b9cae4c0")
        canvas.disc(trail[-1][0] - 4, bottom - 7, 4, "#ffffff")
    canvas.rect(0, 0, 26, 675, "#f0e4cf")
    canvas.rect(1174, 0, 26, 675, "#f0e4cf")
    canvas.rect(0, 640, 1200, 35, "#f0e4cf")
    canvas.rect(0, 640, 1200, 5, "#cdbb9c")
    canvas.rect(590, 0, 20, 640, "#e6d7bd")
    canvas.rect(606, 0, 4, 640, "#bda98a")
    canvas.rect(826, 560, 120, 82, "#c4553f", radius=10)
    canvas.ring(950, 600, 32, "#c4553f", 12)
    canvas.oval(886, 562, 60, 11, "#8f3a2c")
    canvas.oval(886, 563, 52, 7, "#4a2418")
    for phase in (0, 2):
        canvas.line([(870 + phase * 16 + 9 * math.sin(t / 4 + phase), 548 - t * 4) for t in range(24)], "#fff8ea38", 9)
