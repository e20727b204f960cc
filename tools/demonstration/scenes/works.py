"""Engineering: a great bearing, a heat network."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..geometry import around
from ..palettes import FAIR
from ..shapes.buildings import roof
from ..shapes.people import person

if TYPE_CHECKING:
    from ..canvas import Canvas


def great_bearing(canvas: Canvas) -> None:
    """Draw a roller bearing as large as a room."""
    canvas.gradient(["#16323a", "#1f4a50", "#163a42"])
    canvas.glow(500, 470, 620, "#3f8a86", 0.6)
    x, y = 500.0, 500.0
    for tooth in range(40):
        angle = tooth * math.tau / 40
        points = [(438, -0.045), (476, -0.028), (476, 0.028), (438, 0.045)]
        canvas.polygon([around(x, y, far, angle + turn) for far, turn in points], "#b0692f")
    canvas.disc(x + 10, y + 16, 444, "#0c222866")
    canvas.disc(x, y, 444, "#b0692f")
    canvas.disc(x, y, 430, "#d68f45")
    canvas.disc(x, y, 398, "#8f4f26")
    canvas.disc(x, y, 386, "#12292f")
    for roller in range(14):
        cx, cy = around(x, y, 318, roller * math.tau / 14 + 0.1)
        canvas.disc(cx + 4, cy + 6, 62, "#08171b")
        canvas.disc(cx, cy, 61, "#a9b8b6")
        canvas.disc(cx - 4, cy - 5, 52, "#d8e2dc")
        canvas.disc(cx - 8, cy - 10, 36, "#f1f5ec")
        canvas.disc(cx, cy, 13, "#7f918f")
    canvas.disc(x, y, 256, "#8f4f26")
    canvas.disc(x, y, 246, "#d68f45")
    canvas.disc(x - 6, y - 8, 224, "#eab469")
    canvas.disc(x, y, 196, "#c47d3a")
    canvas.disc(x, y, 150, "#16323a")
    canvas.ring(x, y, 172, "#8f4f26", 5)
    for bolt in range(12):
        cx, cy = around(x, y, 222, bolt * math.tau / 12)
        canvas.disc(cx, cy, 13, "#8f4f26")
        canvas.disc(cx - 2, cy - 2, 9, "#f6d39a")
    crack = [(586, 386), (606, 372), (614, 350), (640, 338), (648, 312), (672, 298), (680, 280)]
    canvas.line([(px - 44, py + 30) for px, py in crack], "#3b1a12", 7)
    person(canvas, 500, 632, 190, "#e8703f", FAIR)
    canvas.arc(500, 466, 26, (180, 360), "#f6d365", 20)
    canvas.rect(400, 630, 200, 10, "#0c2228")


def heat_network(canvas: Canvas) -> None:
    """Draw homes above ground, warm and cool pipes below."""
    canvas.gradient(["#223a5e", "#3f5f86", "#a98a9a", "#f0b48c"], bottom=330)
    for _ in range(40):
        canvas.disc(canvas.random.uniform(0, 1200), canvas.random.uniform(0, 150), 1.6, "#fff4d6a0")
    _homes(canvas, ground=330)
    canvas.gradient(["#5a7a4a", "#4c6a42"], top=328, bottom=346)
    canvas.gradient(["#6b4b3c", "#53392f", "#3d2a26"], top=346)
    for _ in range(90):
        canvas.oval(
            canvas.random.uniform(0, 1200),
            canvas.random.uniform(360, 620),
            canvas.random.uniform(4, 16),
            canvas.random.uniform(3, 8),
            canvas.random.choice(("#8a675055", "#2f201d66", "#a07f6255")),
        )
    _pipes(canvas, ground=330)


def _homes(canvas: Canvas, ground: float) -> None:
    for index, x in enumerate(range(40, 1130, 158)):
        top = 240 - (index * 37 % 60)
        canvas.rect(x, top, 126, ground - top, ("#f3e3c4", "#d8775a", "#7aa8a0", "#e9b45c")[index % 4])
        roof(canvas, (x - 10, top, 146), 64, "#3a3f57")
        for wx in (18, 72):
            for wy in (20, 74):
                if top + wy + 34 < ground:
                    canvas.rect(x + wx, top + wy, 36, 34, "#ffe08a")
                    canvas.rect(x + wx + 16, top + wy, 3, 34, "#8a5a44")
        canvas.rect(x + 50, ground - 44, 26, 44, "#5a3344")


def _pipes(canvas: Canvas, ground: float) -> None:
    hot, cold, casing = "#f26a3d", "#4aa3c2", "#2b1b1b"
    for index, x in enumerate(range(103, 1200, 158)):
        for left, depth, colour in ((x - 14, 440, hot), (x + 16, 520, cold)):
            canvas.line([(left, ground), (left, depth)], casing, 22)
            canvas.line([(left, ground), (left, depth)], colour, 14)
        canvas.glow(x - 14, 440, 60, "#ffb36a", 0.5 if index % 2 else 0.3)
    for y, colour, light in ((440, hot, "#ffb88a"), (520, cold, "#a5dcec")):
        canvas.rect(0, y - 24, 1200, 48, casing)
        canvas.rect(0, y - 18, 1200, 36, colour)
        canvas.rect(0, y - 11, 1200, 6, light)
        for x in range(30, 1200, 158):
            canvas.rect(x, y - 28, 16, 56, "#8f8f96", radius=3)
    for x in range(60, 1200, 158):
        canvas.polygon([(x + 30, 430), (x + 54, 441), (x + 30, 452)], "#fff3e0")
        canvas.polygon([(x + 54, 510), (x + 30, 521), (x + 54, 532)], "#f2fbff")
