"""Large steel things: cranes, wind turbines, girders."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..geometry import between, placed

if TYPE_CHECKING:
    from ..canvas import Canvas


def crane(canvas: Canvas, x: float, y: float, size: float, reach: float, colours: tuple[str, str]) -> None:
    """Draw a dockside crane; *reach* is negative for a jib that leans left."""
    dark, light = colours
    side = math.copysign(1, reach)
    foot, shoulder = size * 0.17, size * 0.09
    deck = y - size * 0.34
    for leg in (-1, 1):
        canvas.line([(x + leg * foot, y), (x + leg * shoulder, deck)], dark, size * 0.03)
    canvas.line([(x - foot * 0.86, y - size * 0.1), (x + foot * 0.86, y - size * 0.1)], dark, size * 0.018)
    canvas.line([(x - foot * 0.8, y - size * 0.11), (x + shoulder, deck)], dark, size * 0.014)
    canvas.rect(x - size * 0.13, deck - size * 0.02, size * 0.26, size * 0.035, dark)
    canvas.rect(x - size * 0.1, deck - size * 0.17, size * 0.2, size * 0.16, dark)
    window = x + side * size * 0.02 - (0 if side > 0 else size * 0.06)
    canvas.rect(window, deck - size * 0.14, size * 0.06, size * 0.06, light)
    mast = (x - side * size * 0.05, deck - size * 0.36)
    canvas.polygon(
        [
            (x - size * 0.07, deck - size * 0.15),
            (x + size * 0.07, deck - size * 0.15),
            (mast[0] + size * 0.012, mast[1]),
            (mast[0] - size * 0.012, mast[1]),
        ],
        dark,
    )
    tip = (x + reach, y - size * 0.98)
    root = (x + side * size * 0.07, deck - size * 0.08)
    upper = (root[0], root[1] - size * 0.07)
    for start in (root, upper):
        canvas.line([start, tip], dark, size * 0.016)
    for step in range(1, 9):
        share = step / 9
        low = between(root, tip, share)
        high = between(upper, tip, min(1, share + 0.06))
        canvas.line([low, high], dark, size * 0.008)
    canvas.line([mast, between(upper, tip, 0.94)], dark, size * 0.008)
    canvas.line([mast, (x - side * size * 0.14, deck - size * 0.03)], dark, size * 0.008)
    canvas.rect(x - side * size * 0.13 - size * 0.05, deck - size * 0.1, size * 0.1, size * 0.08, dark)
    hook = tip[1] + size * 0.42
    canvas.line([tip, (tip[0], hook)], dark, size * 0.007)
    canvas.rect(tip[0] - size * 0.015, hook, size * 0.03, size * 0.035, dark, radius=size * 0.008)


def turbine(canvas: Canvas, x: float, y: float, height: float, turn: float, colour: str) -> None:
    """Draw a wind turbine; *turn* is the angle of its first blade in degrees."""
    hub = y - height
    canvas.polygon(
        [(x - height * 0.016, y), (x + height * 0.016, y), (x + height * 0.008, hub), (x - height * 0.008, hub)], colour
    )
    for blade in range(3):
        at = placed(x, hub, height, turn + blade * 120)
        canvas.polygon([at(0, 0.012), at(0.12, 0.035), at(0.6, 0.01), at(0.62, 0), at(0, -0.012)], colour)
    canvas.disc(x, hub, height * 0.026, colour)


def girder(canvas: Canvas, top: float, bottom: float, colour: str) -> None:
    """Draw the zigzag of a lattice girder across the picture."""
    for x in range(-30, canvas.width + 20, 60):
        canvas.line([(x, bottom), (x + 30, top), (x + 60, bottom)], colour, 5)
