"""The harbour: cranes, ferry, containers, and the town behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..palettes import BROWN, CREAM_PAINT, MUSTARD, PETROL, RED, SAILCLOTH, SKINS, TAN
from ..shapes.boats import hull
from ..shapes.buildings import lighthouse, roof, windows
from ..shapes.machines import crane, girder
from ..shapes.people import person
from ..shapes.sky import gulls
from ..shapes.water import glitter, swell

if TYPE_CHECKING:
    from ..canvas import Canvas

FERRY_BLUE = "#27435a"
GANTRY = "#31405a"
SAFETY_YELLOW = "#f1cf6a"


def harbour_at_dusk(canvas: Canvas) -> None:
    """Draw cranes and a freighter under a violet evening sky."""
    canvas.gradient(["#2b2553", "#63397a", "#c2527c", "#f58a5e", "#ffcf7d"], bottom=470)
    canvas.disc(880, 428, 92, "#ffe6a6")
    canvas.glow(880, 428, 380, "#ffe0a0", 0.55)
    for y, x, width in ((150, 260, 420), (206, 780, 520), (262, 380, 300)):
        canvas.rect(x - width / 2, y, width, 14, "#ffb98a3c", radius=7)
        canvas.rect(x - width / 3, y + 18, width * 0.8, 9, "#ffb98a30", radius=5)
    crane(canvas, 640, 466, 250, 130, ("#7c3f6d", "#ffd891"))
    crane(canvas, 1080, 466, 260, -120, ("#7c3f6d", "#ffd891"))
    canvas.rect(0, 452, 1200, 20, "#54305f")
    for index, x in enumerate(range(500, 1200, 54)):
        height = (16, 32, 16, 48, 32)[index % 5]
        canvas.rect(x, 454 - height, 50, height, ("#8a3f63", "#6b3a68", "#a24a5e")[index % 3])
    canvas.mirror(470, tint="#35295c", strength=0.4)
    glitter(canvas, 880, 150, (476, 660), "#ffe2a8c0", 60)
    crane(canvas, 210, 540, 470, 250, ("#231f45", "#ffc978"))
    crane(canvas, 60, 540, 420, 190, ("#1c1939", "#ffc978"))
    hull(canvas, 720, 486, 520, 64, ("#1f1c3d", "#b8404e"))
    for row, y in enumerate((462, 438, 414)):
        for column in range(7 - row):
            colour = ("#d95d4e", "#f0a34e", "#3f7f8f", "#f2d6a0", "#7a4a86")[(row * 2 + column * 3) % 5]
            canvas.rect(566 + column * 48, y, 45, 22, colour)
    canvas.rect(494, 392, 56, 94, "#f5e6cd")
    canvas.rect(484, 382, 76, 14, "#f5e6cd")
    windows(canvas, (494, 402, 56, 66), 3, 3, ["#2f2a56", "#ffd27d"])
    canvas.rect(506, 350, 26, 34, "#b8404e")
    canvas.shade([(0, 536), (380, 536), (410, 680), (0, 680)], ["#1c1939", "#14122b"])
    for x in (60, 190, 320):
        canvas.rect(x, 522, 16, 18, "#14122b", radius=4)
    gulls(canvas, ((470, 250, 40), (540, 222, 30), (430, 300, 26)), "#2b2553")


def little_ferry(canvas: Canvas) -> None:
    """Draw a small ferry full of passengers on a calm crossing."""
    canvas.gradient(["#f4b8a0", "#f9d4ac", "#fdeccb"], bottom=400)
    canvas.disc(300, 300, 86, "#f2694b")
    swell(canvas, 370, 14, 900, 0.2, ["#c98f8f", "#b67d86"])
    for index, x in enumerate(range(700, 1190, 40)):
        height = (30, 46, 34, 60, 40, 28, 52)[index % 7]
        canvas.rect(x, 396 - height, 42, height + 6, "#9c6676")
    swell(canvas, 400, 2, 300, 0, ["#e9a58e", "#7f9aa6", "#3c7489"])
    glitter(canvas, 300, 150, (408, 640), "#ffdcaec8", 60)
    canvas.polygon([(140, 610), (-20, 640), (-20, 700), (240, 640)], "#ffffff50")
    canvas.polygon([(170, 616), (-20, 664), (-20, 680), (240, 628)], "#ffffff70")
    _ferry_decks(canvas)
    _ferry_bridge(canvas)
    hull(canvas, 600, 556, 740, 92, ("#1f4a63", "#f2f0e4"))
    swell(canvas, 636, 7, 240, 0.3, ["#3a7f92", "#1f5570"])
    for offset in range(7):
        canvas.oval(980 - offset * 9, 638 + offset * 3, 60 - offset * 6, 9, "#ffffff66")
    swell(canvas, 700, 9, 330, 0.7, ["#2c6a80", "#184861"])
    glitter(canvas, 520, 820, (660, 790), "#ffe9cc60", 50)
    gulls(canvas, ((560, 200, 56), (640, 160, 40), (960, 210, 48), (120, 150, 34)), "#fffaf0")


def _ferry_decks(canvas: Canvas) -> None:
    """Draw the passengers between rail and awning."""
    canvas.rect(300, 396, 500, 14, FERRY_BLUE, radius=5)
    for x in range(316, 800, 78):
        canvas.rect(x, 404, 9, 150, FERRY_BLUE)
    canvas.rect(300, 470, 500, 90, CREAM_PAINT)
    coats = (RED, PETROL, MUSTARD, "#6a4a78", "#4f7358", "#e8935a")
    for index in range(9):
        x = 336 + index * 52
        canvas.disc(x, 446, 15, SKINS[index % 3])
        canvas.rect(x - 20, 462, 40, 70, coats[index % 6], radius=13)
    canvas.rect(300, 498, 500, 66, CREAM_PAINT)
    canvas.rect(300, 498, 500, 8, RED)
    for x in range(330, 780, 72):
        canvas.ring(x + 20, 532, 16, RED, 7)


def _ferry_bridge(canvas: Canvas) -> None:
    """Draw the wheelhouse with its flag, and the smoking funnel."""
    canvas.rect(760, 372, 150, 190, CREAM_PAINT)
    canvas.rect(746, 356, 178, 20, FERRY_BLUE, radius=6)
    canvas.pane(776, 392, 124, 60, ["#a9d3d8", "#5b96a6"])
    canvas.disc(842, 428, 16, TAN)
    canvas.rect(816, 438, 52, 16, "#1d2d44", radius=8)
    canvas.line([(836, 356), (836, 286)], FERRY_BLUE, 6)
    canvas.polygon([(838, 288), (900, 300), (838, 320)], RED)
    canvas.rect(400, 330, 60, 70, RED)
    canvas.rect(400, 346, 60, 14, CREAM_PAINT)
    for x, y, radius in ((410, 306, 18), (384, 280, 24), (346, 256, 30)):
        canvas.disc(x, y, radius, "#fffaf070")


def container_yard(canvas: Canvas) -> None:
    """Draw stacked containers and one on the hook."""
    canvas.gradient(["#f7d7b0", "#f5b98f", "#e98f76"], bottom=600)
    canvas.disc(250, 190, 84, "#fff0cf")
    colours = ("#c8443a", "#2f6f8f", "#e9a23b", "#3f7f6a", "#7c4a6d", "#d97a4a", "#27465c", "#e6d3b0")
    heights = (3, 4, 2, 2, 4, 5, 3)
    for stack, count in enumerate(heights):
        for level in range(count):
            x, y = -30.0 + stack * 182, 536.0 - level * 84
            _container(canvas, x, y, colours[(stack * 3 + level * 5) % 8])
    canvas.rect(0, 618, 1200, 70, "#574a50")
    canvas.rect(0, 618, 1200, 6, SAFETY_YELLOW)
    for x in range(-40, 1240, 90):
        canvas.rect(x, 650, 46, 6, "#f3ead8")
    _gantry(canvas)
    person(canvas, 436, 664, 96, "#f1a93b", BROWN)
    canvas.oval(436, 580, 14, 8, SAILCLOTH)
    gulls(canvas, ((620, 150, 36), (690, 176, 28), (1020, 130, 32)), "#7c3f3f")


def _container(canvas: Canvas, x: float, y: float, colour: str) -> None:
    canvas.pane(x, y, 178, 82, [colour, colour])
    for ridge in range(11):
        canvas.rect(x + 10 + ridge * 15, y + 8, 6, 66, "#00000022")
        canvas.rect(x + 16 + ridge * 15, y + 8, 3, 66, "#ffffff18")
    canvas.rect(x, y, 178, 6, "#ffffff26")
    canvas.rect(x, y + 76, 178, 6, "#00000033")
    canvas.rect(x, y, 6, 82, "#00000026")
    canvas.rect(x + 172, y, 6, 82, "#00000026")


def _gantry(canvas: Canvas) -> None:
    """Draw the gantry crane, with a container on its hook."""
    canvas.rect(0, 40, 1200, 30, GANTRY)
    girder(canvas, 42, 70, "#4a5c7a")
    canvas.rect(0, 66, 1200, 10, GANTRY)
    canvas.rect(370, 70, 120, 34, SAFETY_YELLOW, radius=6)
    for x in (390, 470):
        canvas.line([(x, 104), (x, 218)], "#2a3044", 4)
    canvas.rect(352, 214, 156, 18, SAFETY_YELLOW, radius=4)
    canvas.rect(342, 236, 178, 82, "#e6d3b0")
    for ridge in range(11):
        canvas.rect(352 + ridge * 15, 244, 6, 66, "#00000022")
    canvas.rect(342, 230, 178, 8, "#b99f78")
    canvas.rect(342, 310, 178, 8, "#b99f78")


def city_panorama(canvas: Canvas) -> None:
    """Draw the whole town from the sea, wide as the bay."""
    canvas.gradient(["#d7e7e3", "#f6ead0", "#f9d2a8", "#f3b391"], bottom=350)
    canvas.disc(860, 190, 54, "#fffbe6")
    canvas.glow(860, 190, 200, "#fffbe6", 0.7)
    hills: tuple[tuple[float, float, float, list[str]], ...] = (
        (214, 30, 760, ["#e8c4a8", "#dba98f"]),
        (250, 22, 520, ["#d79c86", "#c98a7b"]),
    )
    for y, height, length, stops in hills:
        swell(canvas, y, height, length, 0.3, stops)
    _house_rows(canvas)
    _towers(canvas)
    crane(canvas, 1000, 352, 190, 90, ("#3c2a3f", "#ffdf9a"))
    crane(canvas, 1090, 352, 210, 70, ("#3c2a3f", "#ffdf9a"))
    canvas.rect(0, 346, 1200, 12, "#4d3444")
    canvas.polygon([(20, 352), (60, 324), (120, 318), (170, 352)], "#4d3444")
    lighthouse(canvas, 92, 330, 150, ("#fbf1de", "#c4453c"))
    canvas.mirror(356, tint="#5d8a94", strength=0.42)
    glitter(canvas, 860, 120, (362, 455), "#fffbe6b4", 40)
    for x, size in ((300, 1.0), (390, 0.7), (740, 0.85)):
        canvas.polygon([(x, 392), (x + 34 * size, 392), (x, 392 - 70 * size)], "#fffbf0")
        canvas.polygon([(x - 4, 392), (x - 24 * size, 392), (x - 4, 392 - 54 * size)], "#f5dcc0")
        keel = [(x - 28 * size, 394), (x + 40 * size, 394), (x + 24 * size, 404), (x - 18 * size, 404)]
        canvas.polygon(keel, "#3c2a3f")
    gulls(canvas, ((190, 110, 32), (240, 92, 24), (720, 80, 28), (1060, 70, 26)), "#7f4d58")


def _house_rows(canvas: Canvas) -> None:
    rows = ((340, ("#b97468", "#c4806f", "#ad685f"), 34), (352, ("#7f4d58", "#8d5660", "#73444f"), 46))
    for layer, (base, tints, step) in enumerate(rows):
        x, end = 110.0 + layer * 30, 1090
        while x < end:
            width = step * canvas.random.uniform(0.7, 1.3)
            height = canvas.random.uniform(30, 92) - layer * 14
            tint = canvas.random.choice(tints)
            canvas.rect(x, base - height, width, height + 20, tint)
            if canvas.chance(0.6):
                roof(canvas, (x - 2, base - height, width + 4), width * 0.5, tint)
            if layer:  # the nearer row
                wall = (x + 3, base - height + 6, width - 6, height - 8)
                windows(canvas, wall, 3, 3, ["#ffe1a0", "#5f3846", "#5f3846", "#5f3846"])
            x += width + 2


def _towers(canvas: Canvas) -> None:
    """Draw two church towers and the dome of the town hall."""
    for x, height in ((430, 150), (676, 128)):
        canvas.rect(x - 13, 350 - height, 26, height, "#6a3e4b")
        roof(canvas, (x - 17, 350 - height, 34), 66, "#4d2f40")
        canvas.disc(x, 350 - height + 18, 8, "#ffe9b8")
    canvas.disc(556, 276, 36, "#5c7f80")
    canvas.rect(520, 276, 72, 76, "#e9d3b4")
    canvas.rect(552, 226, 8, 20, "#5c7f80")
    for x in range(526, 590, 14):
        canvas.rect(x, 288, 7, 60, "#b99c80")
