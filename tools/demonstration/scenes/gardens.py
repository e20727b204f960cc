"""The allotments."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..geometry import Box, around

if TYPE_CHECKING:
    from ..canvas import Canvas

GREENS = ("#4f8a4b", "#7fae55", "#2f6b4f", "#a9c46c", "#5d9a78", "#c9b25a")
SOILS = ("#6a4c35", "#5f4430", "#765640")
PLOT_LENGTHS = (210, 170, 250, 190)
SHORTEST_PLOT = 60
FENCE = 640.0


def allotments(canvas: Canvas) -> None:
    """Draw vegetable plots from above, like a quilt."""
    canvas.gradient(["#8a6a4a", "#7c5e42"])
    for number, (left, width) in enumerate(((20, 252), (292, 300), (612, 232))):
        y = 20.0
        for plot in range(4):
            height = min(PLOT_LENGTHS[(plot + number) % 4], FENCE - y)
            if height < SHORTEST_PLOT:
                break
            canvas.rect(left + 5, y + 7, width, height, "#3b2a1c66", radius=10)
            canvas.rect(left, y, width, height, SOILS[(plot + number) % 3], radius=10)
            box = (left, y, width, height)
            colour = GREENS[(plot + number * 2) % 6]
            match (plot * 3 + number * 2) % 5:
                case 0:
                    _cabbages(canvas, box, colour)
                case 1:
                    _beans(canvas, box, colour, leaves=GREENS[(plot + 1) % 6])
                case 2:
                    _greenhouse(canvas, box)
                case 3:
                    _flowers(canvas, box)
                case _:
                    _drills(canvas, box, colour)
            y += height + 22
    canvas.disc(602, 470, 36, "#33576b")
    canvas.disc(602, 470, 29, "#5b93a6")
    canvas.oval(595, 463, 14, 9, "#d9f0f088")
    canvas.disc(282, 236, 26, "#f0d28a")
    canvas.disc(282, 236, 13, "#d9ae5c")


def _cabbages(canvas: Canvas, plot: Box, colour: str) -> None:
    left, top, width, height = plot
    for row in range(int(height // 34)):
        for column in range(int(width // 34)):
            x, y = left + 20 + column * 34, top + 20 + row * 34
            canvas.disc(x, y, 14, colour)
            canvas.disc(x - 3, y - 3, 7, "#dcebb066")


def _beans(canvas: Canvas, plot: Box, colour: str, *, leaves: str) -> None:
    left, top, width, height = plot
    for column in range(int(width // 30)):
        x = left + 10 + column * 30
        canvas.rect(x, top + 12, 16, height - 24, colour, radius=8)
        for leaf in range(int((height - 30) // 18)):
            canvas.disc(x + (2 if leaf % 2 else 14), top + 22 + leaf * 18, 8, leaves)


def _greenhouse(canvas: Canvas, plot: Box) -> None:
    left, top, width, height = plot
    canvas.rect(left + 20, top + 20, width - 40, height - 40, "#d3ebea", radius=4)
    canvas.rect(left + 20, top + 20, (width - 40) / 2, height - 40, "#b2d8da", radius=4)
    for pane in range(1, 5):
        bar = left + 20 + (width - 40) * pane / 5
        canvas.line([(bar, top + 20), (bar, top + height - 20)], "#f8fbf4", 4)
    canvas.line([(left + 20, top + height / 2), (left + width - 20, top + height / 2)], "#f8fbf4", 6)


def _flowers(canvas: Canvas, plot: Box) -> None:
    left, top, width, height = plot
    for row in range(int(height // 44)):
        for column in range(int(width // 44)):
            x, y = left + 28 + column * 44, top + 28 + row * 44
            for petal in range(6):
                colour = ("#f2b53c", "#e4673f", "#f3e3c4")[(row + column) % 3]
                canvas.disc(*around(x, y, 10, petal * math.tau / 6), 7, colour)
            canvas.disc(x, y, 6, "#5a3a20")


def _drills(canvas: Canvas, plot: Box, colour: str) -> None:
    """Draw crops sown in wavy lines."""
    left, top, width, height = plot
    for row in range(int(height // 28)):
        y = top + 18 + row * 28
        canvas.rope([(left + 14 + t * (width - 28) / 20, y + 4 * math.sin(t)) for t in range(21)], colour, 13)
