"""Maps: a sea chart, the tram network."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from ..geometry import Point, between, blob, curve
from ..palettes import SAILCLOTH, SCARLET

if TYPE_CHECKING:
    from ..canvas import Canvas

INK = "#23506e"
BLACK = "#20263a"
WHITE = "#fffaf0"


def sea_chart(canvas: Canvas) -> None:
    """Draw a depth chart of the bay with a dotted course."""
    canvas.gradient(["#bfe0e0", "#b2d8dc"])
    wobble = ((2, 0.16, 0.4), (3, 0.1, 1.8), (5, 0.05, 0.2))
    for index, tint in enumerate(("#a3ced5", "#8ac0cb", "#6dadbd", "#5499ad", "#3d839b", "#2c6d87")):
        canvas.polygon(blob(560, 560, 470 - index * 72, [(n, s, p + index * 0.16) for n, s, p in wobble]), tint)
    coast = curve([(520, -10), (470, 70), (360, 110), (310, 200), (190, 250), (130, 370), (40, 430), (-10, 540)])
    inland = curve([(420, -10), (380, 40), (290, 80), (230, 160), (130, 200), (90, 310), (-10, 400)])
    canvas.polygon([(-10, -10), *coast], "#f3e3bd")
    canvas.polygon([(-10, -10), *inland], "#e5cd98")
    canvas.polygon(blob(850, 210, 96, ((3, 0.14, 0.0), (4, 0.08, 1.0))), "#f3e3bd")
    canvas.polygon(blob(856, 206, 60, ((3, 0.14, 0.0), (4, 0.08, 1.0))), "#e5cd98")
    for step in range(0, 1001, 125):
        canvas.line([(step, 0), (step, 1000)], f"{INK}22", 2)
        canvas.line([(0, step), (1000, step)], f"{INK}22", 2)
    course = [(330 + 500 * t / 60 + 60 * math.sin(t / 9), 190 + 640 * t / 60) for t in range(61)]
    for x, y in course[::2]:
        canvas.disc(x, y, 6, SCARLET)
    canvas.disc(*course[0], 15, SCARLET)
    canvas.disc(*course[0], 7, SAILCLOTH)
    x, y = course[-1]
    canvas.line([(x - 20, y - 20), (x + 20, y + 20)], SCARLET, 9)
    canvas.line([(x - 20, y + 20), (x + 20, y - 20)], SCARLET, 9)
    _compass_rose(canvas, 210.0, 800.0)
    for px, py in ((640, 420), (560, 640), (700, 760), (430, 520)):
        canvas.disc(px, py, 4, SAILCLOTH)


def _compass_rose(canvas: Canvas, x: float, y: float) -> None:
    """Draw a compass rose; its north is red."""

    def towards(bearing: float, far: float) -> Point:
        return (x + far * math.sin(bearing), y - far * math.cos(bearing))

    canvas.disc(x, y, 124, SAILCLOTH)
    canvas.ring(x, y, 124, INK, 5)
    canvas.ring(x, y, 104, INK, 2)
    for point in range(16):
        bearing = point * math.tau / 16
        far = 100 if point % 4 == 0 else 72 if point % 2 == 0 else 44
        for side, colour in ((-1, INK), (1, SCARLET if point == 0 else "#7ba7b5")):
            canvas.polygon([(x, y), towards(bearing, far), towards(bearing + side * 0.32, 24)], colour)
    canvas.disc(x, y, 9, SAILCLOTH)


def network_map(canvas: Canvas) -> None:
    """Draw a tram map without names."""
    canvas.gradient(["#faf4e4", "#f3ead2"])
    shore = curve([(-10, 500), (200, 470), (380, 520), (560, 560), (760, 530), (980, 590), (1210, 560)])
    canvas.polygon([*shore, (1210, 690), (-10, 690)], "#bfe0e4")
    river = curve([(860, -40), (840, 120), (900, 240), (880, 380), (820, 470), (830, 580)])
    canvas.line(river, "#bfe0e4", 46)
    canvas.rect(120, 90, 190, 120, "#d3e6c0", radius=26)
    canvas.rect(970, 330, 150, 110, "#d3e6c0", radius=26)
    routes: tuple[tuple[str, list[Point]], ...] = (
        (SCARLET, [(60, 330), (300, 330), (420, 330), (560, 330), (760, 330), (960, 330), (1060, 230), (1160, 230)]),
        ("#2f6fa8", [(180, 610), (180, 480), (330, 330), (430, 230), (430, 60)]),
        ("#2f8f6a", [(80, 250), (340, 250), (560, 470), (700, 470), (1150, 470)]),
        ("#f0a92e", [(640, 50), (640, 330), (640, 420), (740, 520), (740, 640)]),
        ("#7a4a9a", [(360, 140), (980, 140), (1070, 50)]),
    )
    for colour, points in routes:
        canvas.rope(points, WHITE, 30)
        canvas.rope(points, colour, 18)
        for bend in points[1:-1]:
            canvas.disc(*bend, 9, colour)
    for colour, points in routes:
        for start, end in pairwise(points):
            length = math.dist(start, end)
            for stop in range(1, int(length // 80) + 1):
                x, y = between(start, end, stop * 80 / length)
                canvas.disc(x, y, 6, WHITE)
        for end in (points[0], points[-1]):
            canvas.disc(*end, 19, colour)
            canvas.disc(*end, 10, WHITE)
    for x, y in ((330, 330), (640, 330), (640, 140), (430, 140), (418, 328), (560, 470), (690, 470)):
        canvas.disc(x, y, 23, BLACK)
        canvas.disc(x, y, 15, WHITE)
    canvas.line([(850, 306), (850, 356)], BLACK, 5)
    canvas.line([(916, 306), (916, 356)], BLACK, 5)
