"""Boats."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..canvas import Canvas


def hull(canvas: Canvas, x: float, y: float, length: float, depth: float, colours: tuple[str, str]) -> None:
    """Draw a hull with its bow to the right; *y* is the deck line, *x* the middle."""
    paint, stripe = colours
    half = length / 2
    stern, bow = (x - half, y), (x + half * 1.08, y - depth * 0.22)
    canvas.polygon([stern, bow, (x + half * 0.86, y + depth), (x - half * 0.92, y + depth)], paint)
    canvas.polygon([stern, bow, (x + half * 1.02, y + depth * 0.06), (x - half * 0.98, y + depth * 0.22)], stripe)
