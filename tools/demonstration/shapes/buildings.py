"""Buildings and their parts: roofs, windows and a lighthouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..canvas import Canvas
    from ..geometry import Box

IRON = "#232642"


def roof(canvas: Canvas, eaves: tuple[float, float, float], height: float, colour: str, *, hip: float = 0) -> None:
    """Fill a roof over its *eaves* (left end, y, width).

    It is a gable; or, with *hip*, its ridge starts that far inside the eaves on both sides.
    """
    x, y, width = eaves
    ridge = [(x + width - hip, y - height), (x + hip, y - height)] if hip else [(x + width / 2, y - height)]
    canvas.polygon([(x, y), (x + width, y), *ridge], colour)


def windows(canvas: Canvas, box: Box, columns: int, rows: int, colours: Sequence[str]) -> None:
    """Fill a wall with a grid of windows, some lit."""
    left, top, width, height = box
    cell_x, cell_y = width / columns, height / rows
    for row in range(rows):
        for column in range(columns):
            canvas.rect(
                left + cell_x * (column + 0.25),
                top + cell_y * (row + 0.2),
                cell_x * 0.5,
                cell_y * 0.6,
                canvas.random.choice(colours),
            )


def sash_window(
    canvas: Canvas, box: Box, frame: tuple[str, float], glass: Sequence[str], bars: tuple[float, float, float]
) -> None:
    """Draw one window in its frame.

    Args:
        box: The glass.
        frame: The colour of the wood and how far it stands out around the glass.
        glass: Colours of the glass, from top to bottom.
        bars: How far from the left and from the top the two bars begin, and how thick they are.

    """
    x, y, width, height = box
    wood, margin = frame
    left, top, thickness = bars
    canvas.rect(x - margin, y - margin, width + margin * 2, height + margin * 2, wood)
    canvas.pane(*box, glass)
    canvas.rect(x + left, y, thickness, height, wood)
    canvas.rect(x, y + top, width, thickness, wood)


def lighthouse(canvas: Canvas, x: float, y: float, height: float, colours: tuple[str, str]) -> None:
    """Draw a banded tower with a lit lantern; *y* is its foot."""
    light, band = colours
    bottom, top = height * 0.13, height * 0.08
    wall = y - height * 0.78

    def half_width(share: float) -> float:
        return bottom + (top - bottom) * share

    for index in range(5):
        low, high = index / 5, (index + 1) / 5
        canvas.polygon(
            [
                (x - half_width(low), y + (wall - y) * low),
                (x + half_width(low), y + (wall - y) * low),
                (x + half_width(high), y + (wall - y) * high),
                (x - half_width(high), y + (wall - y) * high),
            ],
            light if index % 2 == 0 else band,
        )
    # One darker side makes the tower round.
    canvas.polygon([(x + bottom * 0.35, y), (x + bottom, y), (x + top, wall), (x + top * 0.35, wall)], "#1b1e3a40")
    canvas.rect(x - top * 1.45, wall - height * 0.02, top * 2.9, height * 0.03, IRON)
    canvas.rect(x - top * 0.75, wall - height * 0.12, top * 1.5, height * 0.1, "#ffe9a8")
    for post in (-0.75, 0.0, 0.65):
        canvas.rect(x + top * post, wall - height * 0.12, top * 0.1, height * 0.1, IRON)
    roof(canvas, (x - top, wall - height * 0.12, top * 2), height * 0.08, band)
    canvas.disc(x, wall - height * 0.205, height * 0.012, band)
    for share in (0.2, 0.5):
        sill = y + (wall - y) * share
        canvas.rect(
            x - height * 0.016, sill - height * 0.04, height * 0.032, height * 0.05, IRON, radius=height * 0.014
        )
