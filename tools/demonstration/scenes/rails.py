"""Rails: the tram from outside, and from its cab."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..geometry import Point, around, bow
from ..shapes.buildings import roof, windows
from ..shapes.sky import stars
from ..shapes.water import glitter

if TYPE_CHECKING:
    from ..canvas import Canvas

NIGHT = "#0a1230"
TRAM_DARK = "#8d2f35"
CAB = "#15132a"
DIAL = "#0a0918"
GANTRY = "#231c3c"
VANISHING = (600, 356)


def night_tram(canvas: Canvas) -> None:
    """Draw a lit tram in a blue street after midnight."""
    canvas.gradient(["#0b1638", "#163063", "#27508a"], bottom=600)
    moon = [*bow(980, 130, 58, 58, range(27, 258, 5)), *bow(1003, 112, 53, 53, range(227, 56, -5))]
    canvas.polygon(moon, "#f7eecb")
    stars(canvas, 60, 260, (0.8, 2.2), "#f7eecbb0")
    _sleeping_street(canvas)
    canvas.gradient(["#1a2c56", "#0d1836"], top=590)
    for y in (652, 716):
        canvas.rect(0, y, 1200, 5, "#7f93c0")
        canvas.rect(0, y + 6, 1200, 3, NIGHT)
    canvas.line([(0, 214), (600, 226), (1200, 214)], NIGHT, 4)
    canvas.glow(1010, 560, 330, "#ffdf94", 0.42)
    canvas.beam([(990, 556), (1240, 470), (1240, 690), (990, 590)], "#ffe9ad", 0.5, 14)
    _tram_body(canvas)
    _tram_windows(canvas)
    _tram_cab(canvas)
    glitter(canvas, 540, 640, (672, 795), "#ffc86a70", 80)


def _sleeping_street(canvas: Canvas) -> None:
    x = -20.0
    for index in range(11):
        width = (124, 98, 146, 110, 132)[index % 5]
        top = (250, 190, 290, 220, 262, 170, 240)[index % 7]
        colour = ("#14264f", "#1a3060", "#10204a")[index % 3]
        canvas.rect(x, top, width, 400, colour)
        if index % 2 == 0:
            roof(canvas, (x, top, width), 52, colour)
        panes = ("#0c1a40", "#0c1a40", "#0c1a40", "#f6b95a", "#27457f")
        windows(canvas, (x + 8, top + 18, width - 16, 250), 3 + index % 2, 5, panes)
        x += width


def _tram_body(canvas: Canvas) -> None:
    canvas.rect(120, 640, 880, 26, f"{NIGHT}aa", radius=13)
    canvas.line([(500, 326), (556, 272), (520, 230)], NIGHT, 6)
    canvas.line([(480, 226), (560, 230)], NIGHT, 6)
    canvas.rect(400, 312, 300, 26, TRAM_DARK, radius=10)
    side = [(110, 352), (132, 332), (940, 332), (984, 380), (1010, 520), (1010, 630), (110, 630)]
    canvas.shade(side, ["#d6493f", "#b9362f"])
    canvas.rect(110, 520, 900, 34, "#f6e7c8")
    canvas.rect(110, 618, 896, 28, "#4a1c28", radius=8)
    for x in (190, 300, 640, 750):
        canvas.disc(x + 40, 646, 26, NIGHT)
        canvas.disc(x + 40, 646, 11, "#5c6a94")


def _tram_windows(canvas: Canvas) -> None:
    """Draw lit windows, all but one with a passenger, and two doors."""
    coats = ("#7a4a3a", "#3d5a80", TRAM_DARK, "#4f7358")
    for index, x in enumerate((140, 252, 456, 568, 772)):
        canvas.pane(x, 366, 98, 138, ["#fff0bd", "#ffcf6e"])
        if index != 1:
            canvas.disc(x + 36 + index * 5, 436, 15, "#5a3a34")
            canvas.rect(x + 14 + index * 5, 454, 44, 50, coats[index % 4], radius=14)
    for x in (362, 678):
        canvas.rect(x, 360, 82, 262, TRAM_DARK, radius=4)
        for half in (4, 43):
            canvas.pane(x + half, 370, 35, 220, ["#fff0bd", "#ffc65e"])


def _tram_cab(canvas: Canvas) -> None:
    canvas.shade([(886, 366), (936, 366), (968, 396), (986, 504), (886, 504)], ["#d9ecf2", "#8fb6cf"])
    canvas.rope([(934, 504), (930, 462)], "#1b2547", 22)
    canvas.disc(930, 434, 15, "#3a2a30")
    canvas.disc(990, 586, 14, "#fff6d6")
    canvas.rect(884, 340, 66, 20, "#141a33", radius=4)
    canvas.rect(892, 346, 34, 8, "#ffb84a")


def drivers_view(canvas: Canvas) -> None:
    """Draw rails that run towards the evening, seen from the cab."""
    canvas.gradient(["#3f4a8a", "#8a5f9a", "#e8837a", "#fcc27a"], bottom=360)
    canvas.glow(600, 340, 330, "#fff0c0", 0.85)
    canvas.disc(600, 322, 62, "#fff3cc")
    canvas.gradient(["#8a6484", "#4a3a66", "#241f42"], top=356)
    for side in (-1, 1):
        for index in range(7):
            _house_front(canvas, side, index)
    canvas.shade([(560, 368), (640, 368), (1500, 690), (-300, 690)], ["#c98a80", "#4a4266", "#2c2848"])
    for near_x, far_x in ((330, 584), (520, 592), (680, 608), (870, 616)):
        canvas.polygon([(far_x - 1, 372), (far_x + 1, 372), (near_x + 15, 680), (near_x - 15, 680)], "#f6cfa0")
    _overhead_line(canvas)
    canvas.rect(566, 318, 34, 46, "#d6493f", radius=6)
    canvas.rect(571, 324, 24, 18, "#ffe9ad")
    for x in (573, 593):
        canvas.disc(x, 352, 3.4, "#fff8dc")
    _cab_frame(canvas)
    _dashboard(canvas)


def _house_front(canvas: Canvas, side: int, index: int) -> None:
    """Draw one house on the left (-1) or right (1) of the rails, *index* houses away."""
    near, far = 1 / (1 + index * 0.62), 1 / (1 + (index + 0.94) * 0.62)
    height = (300, 380, 330, 280, 360, 310, 340)[index]
    middle, horizon = VANISHING

    def at(nearness: float, up: float) -> Point:
        return (middle + side * 660 * nearness, horizon - up * nearness)

    wall = ("#3b2f5a", "#4a3566", "#332a52")[(index + (side > 0)) % 3]
    canvas.polygon([at(near, height), at(far, height), at(far, -130), at(near, -130)], wall)
    for floor in range(4):
        top, low = height * (0.86 - floor * 0.24), height * (0.72 - floor * 0.24)
        for bay in range(3):
            a = near + (far - near) * (0.16 + bay * 0.28)
            b = near + (far - near) * (0.3 + bay * 0.28)
            light = "#ffc76a" if canvas.chance(0.4) else "#241c40"
            canvas.polygon([at(a, top), at(b, top), at(b, low), at(a, low)], light)


def _overhead_line(canvas: Canvas) -> None:
    for wire in (500, 700):
        canvas.line([(wire, -10), (600, 330)], GANTRY, 3)
    for nearness in (0.95, 0.6, 0.4, 0.28):
        left, right = 600 - 400 * nearness, 600 + 400 * nearness
        top, foot, beam = 356 - 330 * nearness, 356 + 120 * nearness, 356 - 330 * nearness + 14 * nearness
        for x in (left, right):
            canvas.line([(x, top), (x, foot)], GANTRY, 9 * nearness)
        canvas.line([(left, beam), (right, beam)], GANTRY, 5 * nearness)


def _cab_frame(canvas: Canvas) -> None:
    canvas.polygon([(0, 0), (96, 0), (44, 560), (0, 560)], CAB)
    canvas.polygon([(1200, 0), (1104, 0), (1156, 560), (1200, 560)], CAB)
    desk: list[Point] = [(0, 590), (300, 556), (900, 556), (1200, 590)]
    canvas.polygon([*desk, (1200, 690), (0, 690)], CAB)
    canvas.polygon([*desk, *((x, y + 10) for x, y in reversed(desk))], "#3a3560")


def _dashboard(canvas: Canvas) -> None:
    for x, colour in ((330, "#5ad17a"), (372, "#f6c445"), (414, "#e8563f"), (800, "#5ac3e0"), (842, "#f6c445")):
        canvas.disc(x, 606, 12, DIAL)
        canvas.disc(x, 606, 8, colour)
    canvas.disc(600, 640, 62, DIAL)
    canvas.ring(600, 640, 62, "#5a5486", 5)
    for tick in range(9):
        angle = math.pi + tick * math.pi / 8
        canvas.line([around(600, 640, 46, angle), around(600, 640, 54, angle)], "#f6e9cc", 3)
    canvas.rope([(600, 640), (622, 598)], "#f2694b", 4)
