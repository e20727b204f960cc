"""People, on foot and on bicycles."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..geometry import around, between, bow

if TYPE_CHECKING:
    from ..canvas import Canvas

TROUSERS = "#2a2d3a"
HAIR = ("#3a2a2a", "#6b4226", "#2a2a33", "#8a5a3a", "#b8763a")
TYRE = "#22273a"


def person(canvas: Canvas, x: float, y: float, height: float, coat: str, skin: str) -> None:
    """Draw a standing figure; *x* and *y* are between its feet."""
    head = height * 0.11
    for side in (-1, 1):
        leg = x + side * height * 0.05
        canvas.rect(leg - height * 0.03, y - height * 0.42, height * 0.06, height * 0.42, TROUSERS)
        hand = (x + side * height * 0.165, y - height * 0.42)
        canvas.disc(*hand, height * 0.032, skin)
        canvas.rope([(x + side * height * 0.085, y - height * 0.72), hand], coat, height * 0.062)
    canvas.polygon(
        [
            (x - height * 0.1, y - height * 0.76),
            (x + height * 0.1, y - height * 0.76),
            (x + height * 0.14, y - height * 0.32),
            (x - height * 0.14, y - height * 0.32),
        ],
        coat,
    )
    for side in (-1, 1):
        arm = [(x + side * height * 0.1, y - height * 0.66), (x + side * height * 0.118, y - height * 0.44)]
        canvas.line(arm, "#00000030", height * 0.012)
    canvas.disc(x, y - height * 0.87, head, skin)
    crown = bow(x, y - height * 0.875, head * 1.06, head * 1.06, range(170, 371, 10))
    fringe = [(x + head * 0.3, y - height * 0.9), (x - head * 0.5, y - height * 0.93)]
    canvas.polygon([*crown, *fringe], HAIR[int(x * 0.7 + height) % 5])


def rider(canvas: Canvas, x: float, y: float, size: float, colours: tuple[str, str, str]) -> None:
    """Draw a rider on a bicycle that goes right; *x*, *y* between the wheels, on the road.

    The colours are those of the frame, the coat and the skin.
    """
    frame, coat, skin = colours
    radius = size * 0.27
    rear, front = (x - size * 0.4, y - radius), (x + size * 0.4, y - radius)
    for hub in (rear, front):
        canvas.ring(*hub, radius, TYRE, size * 0.03)
        for spoke in range(6):
            angle = spoke * math.pi / 6
            ends = [around(*hub, -radius * 0.94, angle), around(*hub, radius * 0.94, angle)]
            canvas.line(ends, f"{TYRE}55", size * 0.006)
    pedal, saddle, stem = (
        (x - size * 0.03, y - radius * 0.95),
        (x - size * 0.17, y - size * 0.62),
        (x + size * 0.3, y - size * 0.62),
    )
    hip, shoulder, head = (
        (x - size * 0.18, y - size * 0.7),
        (x + size * 0.03, y - size * 1.12),
        (x + size * 0.12, y - size * 1.3),
    )
    grip = (x + size * 0.29, y - size * 0.78)
    far_foot = (x + size * 0.06, y - radius * 1.25)
    canvas.rope([hip, (x + size * 0.16, y - size * 0.62), far_foot], "#1c2135", size * 0.08)
    for tubes in (
        [rear, pedal, (x + size * 0.28, y - size * 0.54), saddle, pedal],
        [rear, between(saddle, pedal, 0.15)],
        [front, stem, grip],
    ):
        canvas.rope(tubes, frame, size * 0.035)
    canvas.rope([(saddle[0] - size * 0.07, saddle[1]), (saddle[0] + size * 0.06, saddle[1])], TYRE, size * 0.05)
    near_foot = (x - size * 0.1, y - radius * 0.5)
    knee = (x + size * 0.11, y - size * 0.48)
    canvas.rope([hip, knee], "#2b3350", size * 0.105)
    canvas.rope([knee, near_foot], "#2b3350", size * 0.085)
    canvas.rope([near_foot, (near_foot[0] + size * 0.09, near_foot[1] + size * 0.01)], "#f4efe4", size * 0.05)
    canvas.rope([hip, shoulder], coat, size * 0.19)
    canvas.rope([shoulder, (x + size * 0.18, y - size * 0.9), grip], coat, size * 0.075)
    canvas.disc(*head, size * 0.095, skin)
    canvas.arc(head[0] - size * 0.01, head[1] - size * 0.015, size * 0.115, (175, 345), coat, size * 0.07)
