"""What hangs in the sky: clouds, stars and gulls."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..canvas import Canvas


def cloud(canvas: Canvas, x: float, y: float, width: float, colour: str) -> None:
    """Draw a flat-bottomed cloud, *x* and *y* at the middle of its base."""
    puffs = [(x - width * 0.28, 0.15), (x - width * 0.06, 0.24), (x + width * 0.2, 0.18)]
    canvas.discs(
        [
            *((px, y - share * width * 0.72, share * width) for px, share in puffs),
            *((x + width * (step / 20 - 0.425), y - width * 0.075, width * 0.075) for step in range(18)),
        ],
        colour,
    )


def stars(canvas: Canvas, count: int, bottom: float, sizes: tuple[float, float], colour: str) -> None:
    """Scatter stars of different sizes above *bottom*."""
    for _ in range(count):
        place = (canvas.random.uniform(0, canvas.width), canvas.random.uniform(0, bottom))
        canvas.disc(*place, canvas.random.uniform(*sizes), colour)


def gulls(canvas: Canvas, flock: Iterable[tuple[float, float, float]], colour: str) -> None:
    """Draw distant gulls (x, y, span): two curved strokes each."""
    wing = [(t / 8, math.sin(t / 8 * math.pi) ** 0.8) for t in range(9)]
    for x, y, span in flock:
        left = [(x - t * span / 2, y - lift * span * 0.16) for t, lift in wing]
        right = [(x + t * span / 2, y - lift * span * 0.16) for t, lift in wing]
        canvas.line([*reversed(left), *right[1:]], colour, max(1.6, span / 16))
