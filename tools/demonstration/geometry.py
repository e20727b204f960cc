"""Points, and the lines and outlines that several shapes are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, width and height."""


def between(start: Point, end: Point, share: float) -> Point:
    """Return the point at *share* of the way from *start* to *end*."""
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def around(x: float, y: float, radius: float, angle: float) -> Point:
    """Return the point at *angle*, in radians clockwise from three o'clock, on a circle."""
    return (x + radius * math.cos(angle), y + radius * math.sin(angle))


def bow(x: float, y: float, radius_x: float, radius_y: float, degrees: Iterable[int]) -> list[Point]:
    """Return points on an upright ellipse, at angles clockwise from three o'clock."""
    angles = [math.radians(degree) for degree in degrees]
    return [(x + radius_x * math.cos(angle), y + radius_y * math.sin(angle)) for angle in angles]


def placed(x: float, y: float, size: float, turn: float) -> Callable[[float, float], Point]:
    """Return a function that puts points of a shape of its own onto the picture.

    The shape's origin comes to *x*, *y*, its unit becomes *size*, and it is turned by *turn* degrees.
    """
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def at(along: float, across: float) -> Point:
        return (x + (along * cos - across * sin) * size, y + (along * sin + across * cos) * size)

    return at


def curve(points: Sequence[Point]) -> list[Point]:
    """Return a smooth line through *points* (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    smooth: list[Point] = []
    for knots in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(12):
            t = step / 12
            weights = (
                (-t + 2 * t**2 - t**3) / 2,
                (2 - 5 * t**2 + 3 * t**3) / 2,
                (t + 4 * t**2 - 3 * t**3) / 2,
                (t**3 - t**2) / 2,
            )
            weighted = list(zip(weights, knots, strict=True))
            smooth.append((sum(w * x for w, (x, _) in weighted), sum(w * y for w, (_, y) in weighted)))
    return [*smooth, points[-1]]


def blob(x: float, y: float, radius: float, wobble: Sequence[tuple[int, float, float]]) -> Iterator[Point]:
    """Yield a closed wavy outline; *wobble* holds (lobes, share of the radius, phase)."""
    for step in range(180):
        angle = step / 180 * math.tau
        reach = radius * (1 + sum(share * math.sin(lobes * angle + phase) for lobes, share, phase in wobble))
        yield (x + reach * math.cos(angle) * 1.08, y + reach * math.sin(angle))
