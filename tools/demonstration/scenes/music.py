"""Music: a concert by night, a brass band."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..geometry import around
from ..shapes.machines import girder
from ..shapes.people import person

if TYPE_CHECKING:
    from ..canvas import Canvas

RIG = "#0b0414"
SILHOUETTE = "#1a0a2b"
OUTLINE = "#5a1426"
NOTE = "#fdf1d6"


def concert_lights(canvas: Canvas) -> None:
    """Draw stage lights over a crowd with raised hands."""
    canvas.gradient(["#12061f", "#2b0f45", "#541b5f", "#8a2a62"])
    beams = (
        ("#ff5d8f", 120, 90, 460),
        ("#ffb347", 330, 250, 520),
        ("#5ad1e6", 540, 380, 700),
        ("#b68cff", 660, 480, 860),
        ("#ffb347", 870, 640, 960),
        ("#ff5d8f", 1080, 740, 1120),
    )
    for index, (colour, x, left, right) in enumerate(beams):
        lean = (index - 2.5) * -40
        canvas.beam([(x - 8, 40), (x + 8, 40), (right + lean, 640), (left + lean, 640)], colour, 0.42, 9)
    canvas.rect(0, 22, 1200, 12, RIG)
    girder(canvas, 6, 34, RIG)
    for colour, x, _, _ in beams:
        canvas.rect(x - 18, 24, 36, 34, RIG, radius=8)
        canvas.glow(x, 60, 70, colour, 0.95)
        canvas.disc(x, 58, 12, "#fff8e8")
    _stage(canvas)
    _crowd(canvas)


def _stage(canvas: Canvas) -> None:
    """Draw the band, dark against the light, and its singer."""
    canvas.shade([(180, 430), (1020, 430), (1100, 500), (100, 500)], ["#f4a45c", "#6d2550"])
    for x, y, height in ((380, 440, 120), (490, 436, 118), (710, 436, 118), (820, 440, 120)):
        person(canvas, x, y, height, SILHOUETTE, SILHOUETTE)
    canvas.rope([(350, 366), (420, 396)], SILHOUETTE, 8)
    canvas.rect(790, 352, 66, 40, SILHOUETTE, radius=12)
    canvas.line([(852, 372), (900, 350)], SILHOUETTE, 6)
    person(canvas, 600, 446, 146, "#fff0d2", "#f3d3b4")
    canvas.line([(624, 350), (660, 318)], "#fff0d2", 9)
    canvas.line([(578, 350), (548, 326)], "#fff0d2", 9)
    canvas.line([(660, 318), (682, 292)], "#fff8e8", 3)


def _crowd(canvas: Canvas) -> None:
    """Draw rows of heads; a third of them raise a hand."""
    for row, (y, tint, size) in enumerate(((520, "#3a1147", 22), (562, "#260a35", 28), (606, "#140520", 36))):
        seat, end = -20.0 + row * 14, 1230
        while seat < end:
            sway = canvas.random.uniform(-9, 9)
            canvas.disc(seat, y + sway, size, tint)
            canvas.rect(seat - size * 1.4, y + sway + size * 0.7, size * 2.8, 150, tint, radius=size)
            if canvas.chance(0.34):
                reach = size * canvas.random.uniform(2.2, 3.2)
                side = canvas.random.choice((-1, 1)) * size * 0.9
                canvas.rope([(seat + side, y + size), (seat + side * 1.3, y + sway - reach)], tint, size * 0.44)
            seat += size * canvas.random.uniform(2.3, 3.1)


def brass_band(canvas: Canvas) -> None:
    """Draw a horn as a set of golden circles."""
    canvas.gradient(["#7a1f33", "#9c2c3c", "#b8453f"])
    for ray in range(36):
        if ray % 2:
            low, high = ray * math.tau / 36, (ray + 1) * math.tau / 36
            canvas.polygon([(400, 420), around(400, 420, 1300, low), around(400, 420, 1300, high)], "#c9563f55")
    _horn(canvas)
    for x, y, size in ((760, 180, 1.0), (880, 300, 0.8), (120, 820, 0.9), (250, 900, 0.7)):
        canvas.oval(x, y, 26 * size, 20 * size, NOTE)
        canvas.rect(x + 19 * size, y - 100 * size, 7 * size, 100 * size, NOTE)
        flag = ((20, -100), (64, -66), (58, -36), (26, -70))
        canvas.polygon([(x + dx * size, y + dy * size) for dx, dy in flag], NOTE)


def _horn(canvas: Canvas) -> None:
    for radius, width in ((250, 44), (182, 40)):
        canvas.ring(640, 640, radius + 5, OUTLINE, width + 10)
        canvas.ring(640, 640, radius, "#d9962f", width)
        canvas.ring(640, 640, radius - 5, "#f6cf6a", width * 0.42)
    for index in range(3):
        x = 560.0 + index * 62
        canvas.rect(x - 24, 470 - index * 8, 48, 250, OUTLINE, radius=16)
        canvas.rect(x - 19, 476 - index * 8, 38, 240, "#e8ae42", radius=14)
        canvas.rect(x - 11, 484 - index * 8, 9, 220, "#fbe09a", radius=4)
        canvas.rect(x - 7, 424 - index * 8, 14, 56, "#f4ead2")
        canvas.disc(x, 420 - index * 8, 19, "#f4ead2")
    canvas.rope([(640, 880), (820, 880), (900, 820)], OUTLINE, 44)
    canvas.rope([(640, 878), (820, 878), (900, 820)], "#e8ae42", 32)
    canvas.disc(916, 806, 34, "#f6cf6a")
    canvas.disc(922, 800, 17, "#8f4f1f")
    for radius, colour in (
        (306, OUTLINE),
        (296, "#b8741f"),
        (286, "#f2bd52"),
        (262, "#fbe09a"),
        (246, "#e8a93c"),
        (206, "#cf8a2a"),
        (160, "#a8641c"),
        (112, "#7a3f16"),
        (66, "#431d10"),
    ):
        canvas.disc(340, 350, radius, colour)
    canvas.arc(340, 350, 230, (190, 262), "#fff3cf", 12)
    canvas.arc(340, 350, 182, (196, 250), "#fbe09a", 8)
