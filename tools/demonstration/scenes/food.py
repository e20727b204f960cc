"""Food: fish on ice, bread from the oven."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..geometry import around, between, curve
from ..shapes.animals import fish

if TYPE_CHECKING:
    from ..canvas import Canvas


def fish_on_ice(canvas: Canvas) -> None:
    """Draw rows of fish on a fishmonger's slab."""
    canvas.gradient(["#d5ecec", "#b4dce0"])
    for _ in range(240):
        x, y = canvas.random.uniform(0, 1000), canvas.random.uniform(0, 1000)
        size = canvas.random.uniform(14, 40)
        turn = canvas.random.uniform(0, math.tau)
        corners = [around(x, y, size, turn + k * 1.9) for k in range(4)]
        canvas.polygon(corners, canvas.random.choice(("#ffffff70", "#e8f7f780", "#9ccfd770")))
    kinds = (
        ("#23506e", "#c7dde2", "#17374f"),
        ("#e2674a", "#f9cdb0", "#b8432f"),
        ("#3d8a83", "#d6ead0", "#25635f"),
        ("#f0ae4a", "#fbe6b4", "#c77f22"),
    )
    for row in range(6):
        for column in range(4):
            x = 20 + column * 300 + (row % 2) * 150
            y = 80 + row * 172
            canvas.oval(x + 6, y + 40, 130, 22, "#5a9aa855")
            fish(canvas, x, y, 236, -14 + 4 * ((row + column) % 2), kinds[(row + column * 3) % 4])
    for x, y, turn in ((130, 172, 0), (720, 345, 40), (300, 690, 80), (880, 880, 20), (900, 150, 60)):
        canvas.disc(x, y, 46, "#f6d443")
        canvas.disc(x, y, 38, "#fdf1b0")
        for wedge in range(8):
            angle = math.radians(turn + wedge * 45)
            canvas.line([(x, y), around(x, y, 36, angle)], "#f6d443", 4)


def loaves(canvas: Canvas) -> None:
    """Draw three loaves and an ear of wheat, still warm."""
    canvas.gradient(["#3a2733", "#5e3a3c", "#8a5440"])
    canvas.glow(500, 420, 560, "#f2a65a", 0.55)
    canvas.pane(0, 760, 1000, 240, ["#c98d5a", "#8d5a3c"])
    for y in (800, 850, 915):
        canvas.line([(0, y), (1000, y + 6)], "#7a4a3466", 3)
    canvas.polygon([(120, 770), (900, 770), (960, 880), (60, 880)], "#f2e2c4")
    for x in range(140, 900, 60):
        canvas.line([(x, 770), (x - 30 + (x - 510) * 0.12, 880)], "#c4553f55", 8)
    for loaf in ((290, 640, 250, 150), (720, 650, 240, 146), (500, 730, 330, 150)):
        _loaf(canvas, *loaf)
    for _ in range(130):
        flour = (canvas.random.gauss(500, 190), canvas.random.gauss(640, 60))
        canvas.disc(*flour, canvas.random.uniform(1, 3.4), "#fff6e2b0")
    _wheat(canvas)
    for x, phase in ((230, 0.0), (760, 1.4)):
        steam = [(x + 26 * math.sin(t / 9 + phase), 460 - t * 5.0) for t in range(48)]
        canvas.line(steam, "#fff6e228", 22)


def _loaf(canvas: Canvas, x: float, y: float, radius_x: float, radius_y: float) -> None:
    canvas.oval(x, y + 38, radius_x * 0.96, radius_y * 0.86, "#3a1f1c66")
    canvas.oval(x, y, radius_x, radius_y, "#b8682f")
    canvas.oval(x - 8, y - 14, radius_x * 0.94, radius_y * 0.88, "#d68a43")
    canvas.oval(x - 22, y - 40, radius_x * 0.74, radius_y * 0.56, "#e9a95e")
    for slash in (-0.48, -0.16, 0.16, 0.48):
        foot = (x + slash * radius_x - 34, y + radius_y * 0.24 * (1 - abs(slash)))
        tip = (x + slash * radius_x + 30, y - radius_y * (0.84 - 0.5 * abs(slash)))
        bulge = 26 - 14 * abs(slash)
        middle = between(foot, tip, 0.5)
        left = curve([foot, (middle[0] - bulge, middle[1] - 6), tip])
        right = curve([foot, (middle[0] + bulge * 0.7, middle[1] + 6), tip])
        canvas.polygon([*left, *reversed(right)], "#fbe3b4")
        canvas.line(left, "#9a5424", 6)


def _wheat(canvas: Canvas) -> None:
    """Draw three ears of wheat."""
    for stalk in range(3):
        lean = (stalk - 1) * 70
        foot, tip = (500 + lean * 0.2, 520), (500 + lean * 2.2, 130 + abs(lean) * 0.6)
        canvas.line([foot, tip], "#e8c069", 6)
        for grain in range(9):
            ear_x, ear_y = between(tip, foot, grain / 17)
            for side in (-1, 1):
                husk = [(ear_x + side * dx, ear_y + dy) for dx, dy in ((0, 14), (30, -8), (22, -34), (4, -10))]
                canvas.polygon(husk, "#f4d27c" if side < 0 else "#dba845")
