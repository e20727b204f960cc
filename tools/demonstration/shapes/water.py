"""Water: its waves, and light on it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..canvas import Canvas


def swell(canvas: Canvas, y: float, height: float, length: float, phase: float, stops: Sequence[str]) -> None:
    """Fill everything below a wavy line."""
    crest = [
        (float(x), y + height * math.sin((x / length + phase) * math.tau)) for x in range(-10, canvas.width + 20, 6)
    ]
    canvas.shade([*crest, (canvas.width + 20.0, canvas.height + 4.0), (-10.0, canvas.height + 4.0)], stops)


def glitter(canvas: Canvas, x: float, spread: float, depths: tuple[float, float], colour: str, count: int) -> None:
    """Scatter flat dashes of light on water between two *depths*, wider towards the viewer."""
    top, bottom = depths
    for _ in range(count):
        depth = canvas.random.random()
        y = top + (bottom - top) * depth
        offset = canvas.random.gauss(0, 0.35) * spread * (0.35 + depth)
        length = canvas.random.uniform(14, 46) * (0.5 + depth)
        thickness = 1.5 + 2.5 * depth
        canvas.rect(x + offset - length / 2, y, length, thickness, colour, radius=thickness / 2)
