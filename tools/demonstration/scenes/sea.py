"""The open sea: lighthouse, breakers, wind farm, gannets."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..geometry import Point, between, curve
from ..palettes import SAILCLOTH
from ..shapes.animals import gannet
from ..shapes.boats import hull
from ..shapes.buildings import lighthouse, roof
from ..shapes.machines import turbine
from ..shapes.sky import cloud, gulls, stars
from ..shapes.water import glitter, swell

if TYPE_CHECKING:
    from ..canvas import Canvas

FOAM = "#f6faf2"


def lighthouse_beam(canvas: Canvas) -> None:
    """Draw a lighthouse on its rock under a field of stars."""
    canvas.gradient(["#081229", "#14264f", "#2f4a86", "#7a6aa6", "#e79a8f"], bottom=600)
    stars(canvas, 150, 430, (0.7, 2.4), "#fff4d6b8")
    lantern = (430.0, 226.0)
    canvas.beam([lantern, (1300, 30), (1300, 290)], "#fff0b8", 0.55, 12)
    canvas.beam([lantern, (-200, 240), (-200, 380)], "#fff0b8", 0.38, 12)
    for y, tint in (
        (560, ["#4d5c96", "#3b4a83"]),
        (600, ["#324684", "#22346c"]),
        (650, ["#22386f", "#162754"]),
        (712, ["#162a58", "#0c1838"]),
    ):
        swell(canvas, y, 9, 260 + y / 4, y / 313, tint)
    glitter(canvas, 860, 420, (575, 780), "#ffe9b06e", 60)
    left: list[Point] = [(150, 820), (210, 690), (270, 640), (322, 596), (400, 572)]
    right: list[Point] = [(470, 570), (540, 596), (596, 640), (690, 676), (770, 760)]
    canvas.shade([*left, *right, (800, 820)], ["#2e2c4e", "#15152e"])
    canvas.polygon([*right, (640, 720), (560, 660)], "#3d3a63")
    canvas.rect(500, 536, 104, 58, "#e9dcc7")
    roof(canvas, (490, 540, 124), 34, "#a83c3a", hip=24)
    for x in (516, 562):
        canvas.rect(x, 552, 22, 22, "#ffd27a")
    lighthouse(canvas, 430, 582, 420, ("#f4ead8", "#c4453c"))
    canvas.glow(*lantern, 210, "#fff3c2", 0.85)
    for x, y, radius in ((150, 742, 30), (240, 770, 24), (812, 762, 28), (720, 782, 34)):
        canvas.oval(x, y, radius * 2.4, radius * 0.34, "#dfe6f566")
    gulls(canvas, ((720, 420, 40), (790, 396, 28), (676, 380, 24)), "#f4ead8cc")


def waves_over_the_wall(canvas: Canvas) -> None:
    """Draw a breaker that climbs over the sea wall."""
    canvas.gradient(["#2c3e4a", "#4a6470", "#8ba2a0", "#c9cbb8"], bottom=430)
    for x, y, width, tint in ((200, 150, 520, "#3b505b"), (720, 120, 640, "#34474f"), (1080, 190, 420, "#435962")):
        cloud(canvas, x, y, width, tint)
    for y, stops in ((330, ["#7d9a97", "#5d8083"]), (382, ["#547c80", "#3d666d"])):
        swell(canvas, y, 18, 380, y / 190, stops)
    _breaker(canvas)
    _sea_wall(canvas)
    swell(canvas, 566, 14, 300, 0.1, ["#2f7a82", "#0f3f4d"])
    glitter(canvas, 400, 760, (575, 622), "#e7f4ec88", 40)


def _breaker(canvas: Canvas) -> None:
    """Draw a wave that curls over, with its foam and spray."""
    back = curve([(-60, 500), (90, 452), (240, 352), (370, 210), (500, 110), (640, 74), (760, 110), (826, 196)])
    hollow = curve([(826, 196), (812, 260), (766, 224), (690, 204), (612, 250), (590, 350), (640, 450), (740, 520)])
    canvas.shade([*back, *hollow, (760, 640), (-60, 640)], ["#d9efe2", "#6fb5ad", "#2f8088", "#17596a", "#104556"])
    for pull, colour in ((0.16, "#e4f4e8c0"), (0.33, "#a5d5c988"), (0.5, "#77b8b277"), (0.67, "#4f9a9b77")):
        outer = back[16:76]
        inner = hollow[: len(outer)]
        ribbon = [between(o, i, pull) for o, i in zip(outer, reversed(inner), strict=False)]
        canvas.line(curve(ribbon[::6]), colour, 9)
    canvas.discs(
        [
            (
                x + canvas.random.uniform(-10, 12),
                y + canvas.random.uniform(-12, 8),
                canvas.random.uniform(9, 20) * (0.4 + index / 50),
            )
            for index, (x, y) in enumerate(back[34:])
        ],
        FOAM,
    )
    canvas.discs(
        [
            (x + canvas.random.uniform(-4, 18), y + canvas.random.uniform(-6, 14), canvas.random.uniform(10, 24))
            for x, y in hollow[:22]
        ],
        FOAM,
    )
    for index in range(90):
        far = canvas.random.uniform(0, 1) ** 0.7
        angle = canvas.random.uniform(-2.2, 0.5)
        canvas.disc(
            780 + math.cos(angle) * far * 250,
            150 + math.sin(angle) * far * 150,
            canvas.random.uniform(2, 9) * (1.1 - far * 0.6),
            "#f6faf2d8" if index % 2 else "#dcebe5a0",
        )


def _sea_wall(canvas: Canvas) -> None:
    """Draw the wall, its lamp, and foam where the wave meets it."""
    canvas.shade([(790, 372), (1210, 350), (1210, 640), (730, 640)], ["#6b6259", "#3b3935"])
    canvas.polygon([(780, 360), (1210, 336), (1210, 358), (786, 382)], "#a29684")
    for row in range(6):
        y = 410 + row * 40
        canvas.line([(786 - row * 6, y), (1200, y - 14)], "#2c2b2988", 3)
        for column in range(5):
            x = 830 + column * 92 + (row % 2) * 44
            canvas.line([(x, y - 4), (x, y + 36)], "#2c2b2988", 3)
    canvas.line([(1040, 348), (1040, 150)], "#23282c", 9)
    canvas.line([(1040, 156), (1000, 142)], "#23282c", 6)
    canvas.glow(992, 152, 130, "#ffdb8c", 0.75)
    canvas.disc(992, 150, 12, "#fff0c4")
    foam = (
        *((760, 390, 26), (806, 372, 20), (740, 430, 30), (850, 366, 14)),
        *((724, 480, 34), (716, 540, 38), (708, 600, 44)),
    )
    for x, y, radius in foam:
        canvas.disc(x, y, radius, "#f4f8f0")


def turbines_at_sea(canvas: Canvas) -> None:
    """Draw a wind farm on a bright, breezy morning."""
    canvas.gradient(["#5fb3c9", "#a5d8d4", "#f3efcf", "#fbdfa8"], bottom=480)
    canvas.glow(300, 380, 300, "#fff6d2", 0.9)
    canvas.disc(300, 380, 80, "#fff4c4")
    for x, y, width in ((170, 150, 200), (410, 92, 130), (1050, 92, 190)):
        cloud(canvas, x, y, width, "#fffdf2d8")
    distant = (
        *((92, 120, 20), (206, 110, 65), (430, 116, 8), (540, 124, 90)),
        *((650, 112, 40), (770, 120, 75), (1010, 118, 30), (1130, 112, 100)),
    )
    for x, height, turn in distant:
        turbine(canvas, x, 472, height, turn, "#d8e8df")
    swell(canvas, 470, 3, 300, 0, ["#5aa6b4", "#3b8a9e"])
    turbine(canvas, 560, 540, 290, 34, "#f6f5e9")
    turbine(canvas, 1040, 530, 260, 74, "#f6f5e9")
    swell(canvas, 520, 8, 340, 0.2, ["#3f93a4", "#2b7389"])
    turbine(canvas, 800, 610, 500, 12, "#fffdf4")
    canvas.rect(785, 560, 30, 44, "#f2b53c")
    canvas.rect(772, 556, 56, 8, "#d6932a")
    swell(canvas, 586, 10, 420, 0.55, ["#2c7a8f", "#1d5a72"])
    swell(canvas, 636, 8, 300, 0.1, ["#1f6179", "#154860"])
    glitter(canvas, 300, 260, (490, 660), "#fff3c4a0", 60)
    hull(canvas, 330, 560, 130, 24, ("#e6613f", SAILCLOTH))
    canvas.rect(286, 528, 54, 32, SAILCLOTH)
    canvas.rect(322, 534, 12, 12, "#1d5a72")
    canvas.line([(300, 528), (300, 496)], "#1d4a60", 3)


def gannets(canvas: Canvas) -> None:
    """Draw seabirds over patterned waves."""
    canvas.gradient(["#f6ead2", "#f8d9b4", "#f3bd9c"], bottom=520)
    canvas.disc(890, 250, 120, "#ef7d57")
    for row in range(7):
        y = 470 + row * 52
        colour = ("#2b6f86", "#37859a", "#22596f", "#2f7890", "#1c4a60", "#28667c", "#163c50")[row]
        canvas.rect(0, y, 1200, 400, colour)
        for index in range(-1, 15):
            x = index * 92 + (row % 2) * 46
            canvas.disc(x, y + 4, 52, colour)
            for ring in range(2):
                canvas.arc(x, y + 4, 40 - ring * 15, (180, 360), "#e9f1e855", 4)
    flock = ((370, 330, 1.08, -8), (740, 380, 0.8, 8), (620, 170, 0.55, -4), (1000, 500, 0.66, 14), (130, 470, 0.5, 4))
    for place in flock:
        gannet(canvas, *place)
