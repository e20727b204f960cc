"""Streets of the town: market, terraces, roofs in the rain, and the school."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..geometry import bow
from ..palettes import (
    BROWN,
    CREAM_PAINT,
    FAIR,
    MUSTARD,
    OLIVE,
    PETROL,
    POPPY,
    RED,
    SKINS,
    SLATE,
    SUNFLOWER,
    WHITE_PAINT,
)
from ..shapes.buildings import roof, sash_window, windows
from ..shapes.people import person
from ..shapes.sky import cloud
from ..shapes.water import swell

if TYPE_CHECKING:
    from ..canvas import Canvas

CLOTH = "#f8f0dc"


def market_stalls(canvas: Canvas) -> None:
    """Draw striped awnings and full crates under a string of lamps."""
    canvas.gradient(["#f7e3bd", "#f9cf9b", "#f2ad7e"])
    for index, x in enumerate(range(-30, 1200, 176)):
        top = (150, 96, 190, 120, 170, 84, 140)[index % 7]
        colour = ("#e2a07e", "#d98d74", "#e8b48c")[index % 3]
        canvas.rect(x, top, 172, 800, colour)
        roof(canvas, (x - 6, top, 184), 74, "#b5654f")
        windows(canvas, (x + 20, top + 24, 132, 300), 2, 3, ["#8d4f48", "#fbe6b8", "#9f5c50"])
    canvas.gradient(["#c98f6a", "#a86f55"], top=760)
    wire = [(float(x), 236 + 46 * math.sin((x % 400) / 400 * math.pi)) for x in range(0, 1201, 10)]
    canvas.line(wire, "#5a3434", 3)
    for lamp, hang in wire[2::4]:
        canvas.glow(lamp, hang + 12, 34, "#fff2c0", 0.75)
        canvas.disc(lamp, hang + 11, 7, "#fffbe4")
    _stall(canvas, 60, "#2f7f78", (POPPY, "#f3a712", "#9ac05c"), "#f0e3c8")
    _stall(canvas, 440, "#c8443a", ("#7a3e6e", "#f2c14e", POPPY), "#3f6f73")
    _stall(canvas, 820, "#2d5d8a", ("#8fb04f", "#e9753c", "#f6d365"), "#d8a24a")
    for x, height, coat in ((30, 250, "#3a5a78"), (410, 270, "#b8513f"), (786, 240, "#4f7358"), (1170, 262, "#6a4a78")):
        canvas.oval(x, 872, height * 0.24, 12, "#5a343455")
        person(canvas, x, 872, height, coat, OLIVE)


def _stall(canvas: Canvas, left: int, awning: str, produce: tuple[str, str, str], coat: str) -> None:
    """Draw a stall: its keeper behind three crates of *produce*, under a striped awning."""
    for post in (left + 12, left + 306):
        canvas.rect(post, 430, 12, 380, "#6d4334")
    canvas.pane(left + 20, 470, 290, 170, ["#5b3434", "#7d4a40"])
    person(canvas, left + 170, 694, 210, coat, BROWN)
    canvas.rect(left + 134, 600, 72, 100, CLOTH, radius=8)
    canvas.pane(left - 4, 640, 338, 160, ["#94603f", "#6d4334"])
    for box in range(3):
        x = left + 8 + box * 108
        for row in range(3):
            for column in range(5):
                canvas.disc(x + 13 + column * 18 + row % 2 * 6, 648 - row * 13, 12, produce[box])
                canvas.disc(x + 10 + column * 18 + row % 2 * 6, 644 - row * 13, 3.5, "#fffbe488")
        canvas.rect(x - 3, 648, 104, 46, "#d9a66c")
        canvas.rect(x - 3, 668, 104, 5, "#a8763f")
    for stripe in range(8):
        x = left - 14 + stripe * 44
        colour = CLOTH if stripe % 2 else awning
        inner = left + 22 + stripe * 35
        canvas.polygon([(inner, 352), (inner + 35, 352), (x + 44, 446), (x, 446)], colour)
        canvas.disc(x + 22, 446, 22, colour)
    canvas.rect(left - 14, 440, 352, 5, "#00000022")


def terraced_houses(canvas: Canvas) -> None:
    """Draw a row of painted terraces that climbs a hill."""
    canvas.gradient(["#8cc7d6", "#c9e4dc", "#f8ecd2"])
    cloud(canvas, 230, 120, 240, "#fffdf4e0")
    cloud(canvas, 640, 84, 150, "#fffdf4b0")
    walls = ("#e8785a", "#f3c05f", "#5c9ea0", "#f1ddc2", "#d9607a", "#7aa874", "#4f77a3", "#f0a06a")
    doors = ("#2b4a5e", "#b8403a", "#f4e7cd", "#2f6a5a", "#f2c552", "#5a3350", "#e9dcc0", "#2d3f63")
    for index in range(9):
        x = -50.0 + index * 146
        base = 660.0 - index * 22
        _terraced_house(canvas, x, base, walls[index % 8], doors[index % 8])
        for flower in range(6):
            canvas.disc(x + 84 + flower * 10, base - 42, 7, ("#f7d154", POPPY, "#fff3e0")[(index + flower) % 3])
    canvas.polygon([(0, 664), (1200, 484), (1200, 680), (0, 680)], "#c9bba8")
    canvas.polygon([(0, 676), (1200, 508), (1200, 680), (0, 680)], "#8b8f96")
    person(canvas, 300, 626, 104, RED, FAIR)
    person(canvas, 346, 621, 70, "#f2c14e", FAIR)
    person(canvas, 900, 536, 100, "#2f5a70", BROWN)


def _terraced_house(canvas: Canvas, x: float, base: float, wall: str, door: str) -> None:
    top = base - 318
    canvas.rect(x + 108, top - 104, 30, 80, "#a4573f")
    canvas.rect(x + 102, top - 112, 42, 14, "#7f3f32")
    for pot in (110, 126):
        canvas.rect(x + pot, top - 130, 9, 20, "#c9744f")
    roof(canvas, (x - 4, top, 154), 66, SLATE, hip=22)
    for row in range(1, 4):
        canvas.line([(x + 2 + row * 4, top - row * 16), (x + 144 - row * 4, top - row * 16)], "#3d4557", 2)
    canvas.pane(x, top, 147, 690 - top, [wall, wall])
    canvas.rect(x + 138, top, 9, 700 - top, "#00000020")
    canvas.rect(x, top, 147, 8, WHITE_PAINT)
    for left, upper, height in ((18, top + 34, 84), (84, top + 34, 84), (84, base - 142, 96)):
        glass = (x + left, upper, 44, height)
        sash_window(canvas, glass, (WHITE_PAINT, 5), ["#34506a", "#6d93a8"], (20, height / 2, 4))
    canvas.rect(x + 80, base - 38, 60, 8, WHITE_PAINT)
    canvas.rect(x + 14, base - 152, 52, 152, WHITE_PAINT)
    canvas.rect(x + 19, base - 118, 42, 118, door)
    canvas.rect(x + 19, base - 146, 42, 24, "#f8dd92")
    canvas.disc(x + 54, base - 58, 3.5, "#f6e3a6")
    canvas.rect(x + 10, base, 62, 10, "#b8aa98")


def storm_over_roofs(canvas: Canvas) -> None:
    """Draw rain on slate roofs and one red umbrella."""
    canvas.gradient(["#39424f", "#5c6877", "#8f979b", "#b9b7ad"])
    for x, y, width, tint in (
        (240, 210, 620, "#4a5563"),
        (860, 240, 740, "#434d5a"),
        (540, 160, 560, "#363f4b"),
        (1080, 150, 460, "#2f3742"),
        (80, 120, 420, "#2f3742"),
    ):
        cloud(canvas, x, y, width, tint)
    canvas.polygon([(760, 236), (700, 360), (748, 360), (690, 486), (812, 328), (760, 328), (812, 236)], "#ffe27a")
    for index, x in enumerate(range(-20, 1220, 118)):
        top = (480, 440, 510, 462, 430, 500, 470)[index % 7]
        canvas.rect(x, top, 119, 400, ("#4d545f", "#565c66", "#474d58")[index % 3])
        roof(canvas, (x - 6, top, 128), 54, "#2f353f", hip=30)
        canvas.rect(x + 84, top - 88, 18, 50, "#6b4d48")
        windows(canvas, (x + 14, top + 18, 88, 150), 2, 2, ["#2b313b", "#f4bf5f", "#39414d"])
    canvas.gradient(["#59616c", "#3b424d"], top=668)
    for _ in range(150):
        start = (canvas.random.uniform(-40, 1240), canvas.random.uniform(170, 800))
        length = canvas.random.uniform(26, 62)
        end = (start[0] - length * 0.36, start[1] + length)
        canvas.line([start, end], "#dfe7ea66", 2)
    for x, y, width in ((250, 730, 150), (860, 752, 190), (560, 776, 130)):
        canvas.oval(x, y, width, 11, "#9aa3ab66")
    canvas.rope([(440, 522), (440, 640)], "#1f242c", 5)
    person(canvas, 426, 744, 180, "#27465c", FAIR)
    canvas.polygon(bow(440, 546, 132, 100, range(180, 361, 6)), "#d9402f")
    canvas.polygon(bow(440, 546, 50, 100, range(180, 361, 6)), "#ec5a43")
    canvas.line([(440, 446), (440, 430)], "#1f242c", 5)
    canvas.oval(430, 748, 66, 8, "#1f242c66")


def school_house(canvas: Canvas) -> None:
    """Draw a school on the first warm day, bunting out."""
    canvas.gradient(["#6fb7c8", "#aedbd4", "#eff3d9"], bottom=640)
    cloud(canvas, 220, 170, 260, "#ffffffd8")
    cloud(canvas, 980, 130, 220, "#ffffffc0")
    swell(canvas, 560, 26, 900, 0.1, ["#8fbf7f", "#6da86d"])
    _school_front(canvas)
    canvas.gradient(["#c9b58e", "#b59f78"], top=716)
    _school_yard(canvas)


def _school_front(canvas: Canvas) -> None:
    canvas.pane(250, 380, 700, 340, ["#d8775a", "#c4644b"])
    for row in range(16):
        for column in range(12):
            if (row * 7 + column * 5) % 4 == 0:
                canvas.rect(262 + column * 58 + (row % 2) * 26, 396 + row * 20, 30, 8, "#b6573f66")
    roof(canvas, (220, 384, 760), 94, SLATE, hip=80)
    canvas.rect(516, 240, 168, 480, "#e28a68")
    roof(canvas, (490, 246, 220), 114, SLATE)
    canvas.rect(566, 78, 68, 66, CREAM_PAINT)
    roof(canvas, (554, 80, 92), 50, "#b8403a")
    canvas.disc(600, 112, 18, "#d8a032")
    canvas.disc(600, 320, 46, CREAM_PAINT)
    canvas.ring(600, 320, 46, "#2b4a5e", 6)
    canvas.rope([(600, 320), (600, 290)], "#2b4a5e", 5)
    canvas.rope([(600, 320), (622, 330)], "#2b4a5e", 5)
    for left in (290, 400, 724, 834):
        for top in (420, 560):
            sash_window(canvas, (left, top, 76, 100), (CREAM_PAINT, 6), ["#35566e", "#7fa9b8"], (36, 46, 5))
    canvas.rect(548, 560, 104, 160, CREAM_PAINT)
    canvas.rect(556, 572, 42, 148, PETROL)
    canvas.rect(602, 572, 42, 148, PETROL)
    canvas.rect(528, 420, 144, 96, "#35566e")
    canvas.rect(596, 420, 6, 96, CREAM_PAINT)


def _school_yard(canvas: Canvas) -> None:
    flags = (POPPY, SUNFLOWER, "#2f7f78", CREAM_PAINT, "#7a4a86")
    string = [(120 + 960 * t / 48, 470 + 120 * math.sin(t / 48 * math.pi)) for t in range(49)]
    canvas.line(string, "#3b2f2f", 3)
    for index, (x, y) in enumerate(string[1:-1:2]):
        canvas.polygon([(x - 15, y), (x + 15, y), (x, y + 36)], flags[index % 5])
    for x in (110, 1090):
        canvas.rect(x - 9, 470, 18, 260, "#6d4a38")
        for dx, dy, radius in ((0, 400, 92), (-62, 460, 66), (62, 462, 70)):
            canvas.disc(x + dx, dy, radius, "#4d8f62")
        canvas.disc(x - 24, 372, 44, "#68a874")
    for index, (x, y) in enumerate(((700, 838), (776, 838), (738, 798), (738, 878))):
        canvas.rect(x, y - 20, 70, 36, WHITE_PAINT, radius=3)
        canvas.rect(x + 4, y - 16, 62, 28, ("#d9775a", MUSTARD, "#6fa8a0", "#b58ab0")[index])
    for x, y, height, coat in (
        (330, 846, 120, SUNFLOWER),
        (400, 868, 112, "#2f7f78"),
        (250, 872, 118, POPPY),
        (520, 834, 116, "#7a4a86"),
        (916, 850, 122, POPPY),
        (470, 880, 190, "#35566e"),
    ):
        canvas.oval(x, y, height * 0.2, 8, "#5a4a3444")
        person(canvas, x, y, height, coat, SKINS[x % 3])
