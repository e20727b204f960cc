"""Animals of land, water and air."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..geometry import curve, placed

if TYPE_CHECKING:
    from ..canvas import Canvas


def fish(canvas: Canvas, x: float, y: float, length: float, turn: float, colours: tuple[str, str, str]) -> None:
    """Draw a fish; *turn* in degrees, 0 looks right."""
    back, belly, mark = colours
    at = placed(x, y, length, turn)
    outline = [(0.5 - t / 24, 0.19 * math.sin(math.pi * (t / 24) ** 0.72)) for t in range(25)]
    canvas.polygon([at(-0.42, 0), at(-0.66, -0.16), at(-0.6, 0), at(-0.66, 0.16)], back)
    canvas.polygon([at(-0.12, -0.14), at(0.1, -0.26), at(0.16, -0.15)], back)
    below = [at(along, across) for along, across in outline]
    canvas.polygon([*below, *(at(along, -across) for along, across in reversed(outline))], back)
    canvas.polygon([*below, *(at(along, across * 0.1) for along, across in reversed(outline))], belly)
    for step in range(4):
        canvas.line([at(-0.22 + step * 0.11, -0.12), at(-0.26 + step * 0.11, -0.01)], mark, length * 0.022)
    canvas.line([at(0.25, -0.13), at(0.21, 0), at(0.25, 0.13)], mark, length * 0.014)
    canvas.disc(*at(0.36, -0.045), length * 0.028, "#fdf8ea")
    canvas.disc(*at(0.365, -0.045), length * 0.015, "#16202c")


def gannet(canvas: Canvas, x: float, y: float, size: float, turn: float) -> None:
    """Draw a gannet that flies right; *turn* in degrees."""
    at = placed(x, y, size, turn)
    white, black = "#fffdf5", "#20262e"
    for colour, outline in (
        ("#d9d5c6", [(-20, 4), (-70, -60), (-150, -118), (-236, -150), (-160, -80), (-90, -18)]),
        (black, [(-150, -118), (-236, -150), (-172, -92)]),
        (
            white,
            [
                *((-120, 0), (-170, -14), (-176, 12), (-118, 14), (-40, 30), (40, 26)),
                *((96, 8), (110, -6), (88, -20), (30, -18), (-50, -14)),
            ],
        ),
        (white, [(-10, -12), (30, -100), (70, -170), (128, -236), (110, -140), (66, -10)]),
        (black, [(70, -170), (128, -236), (112, -150)]),
        ("#f4d38a", [(60, -17), (88, -20), (110, -6), (96, 8), (66, 16)]),
        ("#8fa5ae", [(106, -10), (152, 4), (104, 5)]),
    ):
        canvas.polygon([at(*point) for point in outline], colour)
    canvas.disc(*at(94, -8), 4.5 * size, black)


def otter(canvas: Canvas, x: float, y: float, length: float, colours: tuple[str, str]) -> None:
    """Draw an otter that walks right; *x*, *y* between its feet."""
    fur, bib = colours
    spine = [(-0.66, -0.03), (-0.5, -0.07), (-0.3, -0.2), (-0.08, -0.27), (0.14, -0.22), (0.3, -0.25), (0.42, -0.33)]
    for index, (along, up) in enumerate(curve(spine)):
        share = index / 72
        girth = length * (0.012 + 0.1 * math.sin(min(1.0, share * 1.25) * math.pi / 1.55) ** 1.6)
        canvas.disc(x + along * length, y + up * length, girth, fur)
    for along, lean in ((-0.3, -0.06), (-0.2, 0.05), (0.14, -0.05), (0.24, 0.06)):
        foot = (x + (along + lean) * length, y - 0.025 * length)
        canvas.rope([(x + along * length, y - 0.17 * length), foot], fur, length * 0.07)
        canvas.rope([foot, (foot[0] + 0.04 * length, foot[1])], fur, length * 0.045)
    canvas.rope([(x + 0.3 * length, y - 0.2 * length), (x + 0.4 * length, y - 0.27 * length)], bib, length * 0.06)
    canvas.disc(x + 0.42 * length, y - 0.36 * length, length * 0.088, fur)
    canvas.oval(x + 0.49 * length, y - 0.335 * length, length * 0.06, length * 0.048, bib)
    canvas.disc(x + 0.37 * length, y - 0.435 * length, length * 0.026, fur)
    canvas.disc(x + 0.545 * length, y - 0.345 * length, length * 0.017, "#14121f")
    canvas.disc(x + 0.455 * length, y - 0.385 * length, length * 0.013, "#14121f")
