"""Draw every picture of the demonstration digest.

The illustrations and the provider icons are drawn, not photographed, so the
repository holds no picture of unclear origin. Two runs with the same Pillow
write the same bytes: the only randomness comes from generators with a fixed seed.

Run from the repository root::

    python tools/draw_pictures.py

It writes ``content/images/*.jpg`` and
``content/assets/images/organizations/*-{50x50,400x400}.png``.
"""

# Scenes are long lists of coordinates, and chance only scatters stars and rain:
# ruff: noqa: C901, PLR0912, PLR0913, PLR0917, PLR2004, RUF100, S311

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

Point = tuple[float, float]
Scene = Callable[["Canvas"], None]

GRAIN_AMPLITUDE = 2
JPEG_BUDGET_BYTES = 53_300
JPEG_QUALITIES_PERCENT = range(74, 55, -2)
ICON_SIZES_PX = (50, 400)

CONTENT = Path(__file__).resolve().parent.parent / "content"


class Canvas:
    """A picture in progress, in units of its scene.

    Colours are ``#rrggbb`` or, for a translucent mark, ``#rrggbbaa``.
    """

    def __init__(self, width: int, height: int, *, seed: str, oversampling: int = 2) -> None:
        """Start with a black picture.

        Args:
            width: Width of the scene.
            height: Height of the scene.
            seed: Fixes the grain and everything scattered by chance.
            oversampling: Times larger that it is drawn, for smooth edges.

        """
        self._scale = oversampling
        self.width = width
        self.height = height
        self.random = random.Random(seed)
        self._image = Image.new("RGB", (width * self._scale, height * self._scale))
        self._pen = ImageDraw.Draw(self._image, "RGBA")

    # Flat marks

    def polygon(self, points: Iterable[Point], fill: str) -> None:
        """Fill a polygon."""
        self._pen.polygon(self._scaled(points), fill=fill)

    def rect(self, x: float, y: float, width: float, height: float, fill: str, *, radius: float = 0) -> None:
        """Fill a rectangle, with round corners if *radius* is set."""
        (x0, y0), (x1, y1) = self._scaled([(x, y), (x + width, y + height)])
        box = (x0, y0, x1 - 1, y1 - 1)
        if x1 - 1 < x0 or y1 - 1 < y0:
            return
        self._pen.rounded_rectangle(box, radius=radius * self._scale, fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        """Fill a circle."""
        self.oval(x, y, radius, radius, fill)

    def oval(self, x: float, y: float, radius_x: float, radius_y: float, fill: str) -> None:
        """Fill an upright ellipse."""
        box = self._scaled([(x - radius_x, y - radius_y), (x + radius_x, y + radius_y)])
        self._pen.ellipse(box, fill=fill)

    def ring(self, x: float, y: float, radius: float, stroke: str, width: float) -> None:
        """Draw a circle's outline; *radius* is its outer edge."""
        box = self._scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self._pen.ellipse(box, outline=stroke, width=round(width * self._scale))

    def arc(self, x: float, y: float, radius: float, start: float, end: float, stroke: str, width: float) -> None:
        """Draw part of a circle; angles in degrees, clockwise from three o'clock."""
        box = self._scaled([(x - radius, y - radius), (x + radius, y + radius)])
        self._pen.arc(box, start, end, fill=stroke, width=round(width * self._scale))

    def line(self, points: Iterable[Point], stroke: str, width: float) -> None:
        """Draw an open line with rounded joints."""
        thickness = max(1, round(width * self._scale))
        if len(stroke) == len("#rrggbb"):
            self._pen.line(self._scaled(points), fill=stroke, width=thickness, joint="curve")
            return
        # Drawn as one stencil: a translucent pen would mark every joint twice.
        red, green, blue, alpha = _rgba(stroke)
        mask = Image.new("L", self._image.size)
        pen = ImageDraw.Draw(mask)
        pen.line(self._scaled(points), fill=alpha, width=thickness, joint="curve")
        self._image.paste((red, green, blue), mask=mask)

    def rope(self, points: Sequence[Point], stroke: str, width: float) -> None:
        """Draw an open line with round ends."""
        self.line(points, stroke, width)
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, stroke)

    def discs(self, discs: Iterable[tuple[float, float, float]], fill: str) -> None:
        """Fill circles (x, y, radius) as one shape, so that overlaps do not show."""
        red, green, blue, alpha = _rgba(fill)
        mask = Image.new("L", self._image.size)
        pen = ImageDraw.Draw(mask)
        for x, y, radius in discs:
            box = self._scaled([(x - radius, y - radius), (x + radius, y + radius)])
            pen.ellipse(box, fill=alpha)
        self._image.paste((red, green, blue), mask=mask)

    # Light

    def gradient(self, stops: Sequence[str], *, top: float = 0, bottom: float | None = None) -> None:
        """Fill a band across the picture with evenly spaced colours."""
        end = self.height if bottom is None else bottom
        edges = [(0.0, top), (float(self.width), top), (float(self.width), end), (0.0, end)]
        self.shade(edges, stops)

    def shade(self, points: Iterable[Point], stops: Sequence[str]) -> None:
        """Fill a polygon with colours that run from its top to its bottom."""
        corners = self._scaled(points)
        left = math.floor(min(x for x, _ in corners))
        top = math.floor(min(y for _, y in corners))
        width = max(1, math.ceil(max(x for x, _ in corners)) - left)
        height = max(1, math.ceil(max(y for _, y in corners)) - top)
        mask = Image.new("L", (width, height))
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in corners], fill=255)
        self._image.paste(_ramp(stops, height).resize((width, height)), (left, top), mask)

    def glow(self, x: float, y: float, radius: float, colour: str, strength: float = 1.0) -> None:
        """Add a soft round light; *strength* is its opacity in the middle."""
        size = round(radius * 2 * self._scale)
        # Pillow's gradient is 181 at the middle of a side and 255 only in the corners.
        # Squared, so that the light has no visible rim.
        fade = [max(0.0, 1 - v / 180) ** 2 * 255 * strength for v in range(256)]
        distance = Image.radial_gradient("L").resize((size, size))
        mask = distance.point([round(v) for v in fade])
        corner = (round((x - radius) * self._scale), round((y - radius) * self._scale))
        self._image.paste(Image.new("RGB", mask.size, colour), corner, mask)

    def beam(self, points: Iterable[Point], colour: str, strength: float, blur: float) -> None:
        """Add a polygon of light with soft edges."""
        mask = Image.new("L", self._image.size)
        ImageDraw.Draw(mask).polygon(self._scaled(points), fill=round(255 * strength))
        soft = mask.filter(ImageFilter.GaussianBlur(blur * self._scale))
        self._image.paste(Image.new("RGB", self._image.size, colour), (0, 0), soft)

    def soften(self, radius: float) -> None:
        """Blur everything drawn so far."""
        self._image.paste(self._image.filter(ImageFilter.GaussianBlur(radius * self._scale)))

    def mirror(self, horizon: float, *, tint: str, strength: float) -> None:
        """Reflect what stands above *horizon* in the water below it."""
        depth = round((self.height - horizon) * self._scale)
        edge = round(horizon * self._scale)
        above = self._image.crop((0, edge - depth, self._image.width, edge))
        upside_down = above.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        blurred = upside_down.filter(ImageFilter.BoxBlur((2.0 * self._scale, 7.0 * self._scale)))
        wash = Image.new("RGB", blurred.size, tint)
        self._image.paste(Image.blend(blurred, wash, strength), (0, edge))

    # Files

    def resized(self, width_px: int, height_px: int) -> Image.Image:
        """Return the picture at another size, without grain."""
        return self._image.resize((width_px, height_px), Image.Resampling.LANCZOS)

    def finished(self, width_px: int, height_px: int) -> Image.Image:
        """Return the picture at the size of its file, with grain."""
        small = self.resized(width_px, height_px)
        half = ((width_px + 1) // 2, (height_px + 1) // 2)
        noise = Image.frombytes("L", half, self.random.randbytes(half[0] * half[1]))
        grain = noise.point([round(v / 255 * 2 * GRAIN_AMPLITUDE) for v in range(256)])
        layer = grain.resize(small.size, Image.Resampling.BICUBIC)
        return ImageChops.add(small, Image.merge("RGB", (layer, layer, layer)), offset=-GRAIN_AMPLITUDE)

    def _scaled(self, points: Iterable[Point]) -> list[Point]:
        return [(x * self._scale, y * self._scale) for x, y in points]


def _rgba(colour: str) -> tuple[int, int, int, int]:
    red, green, blue, *alpha = ImageColor.getrgb(colour)
    return (red, green, blue, alpha[0] if alpha else 255)


def _ramp(stops: Sequence[str], height: int) -> Image.Image:
    """Return a column of colours, one pixel wide."""
    colours = [ImageColor.getrgb(stop)[:3] for stop in stops]
    column = Image.new("RGB", (1, height))
    for y in range(height):
        position = y / max(1, height - 1) * (len(colours) - 1)
        index = min(int(position), len(colours) - 2) if len(colours) > 1 else 0
        share = position - index
        low, high = colours[index], colours[min(index + 1, len(colours) - 1)]
        red, green, blue = (round(a + (b - a) * share) for a, b in zip(low, high, strict=True))
        column.putpixel((0, y), (red, green, blue))
    return column


# Things that occur in more than one picture


def swell(canvas: Canvas, y: float, height: float, length: float, phase: float, stops: Sequence[str]) -> None:
    """Fill everything below a wavy line."""
    crest = [
        (float(x), y + height * math.sin((x / length + phase) * math.tau)) for x in range(-10, canvas.width + 20, 6)
    ]
    canvas.shade([*crest, (canvas.width + 20.0, canvas.height + 4.0), (-10.0, canvas.height + 4.0)], stops)


def glitter(canvas: Canvas, x: float, spread: float, top: float, bottom: float, colour: str, count: int) -> None:
    """Scatter flat dashes of light on water, wider towards the viewer."""
    for _ in range(count):
        depth = canvas.random.random()
        y = top + (bottom - top) * depth
        offset = canvas.random.gauss(0, 0.35) * spread * (0.35 + depth)
        length = canvas.random.uniform(14, 46) * (0.5 + depth)
        thickness = 1.5 + 2.5 * depth
        canvas.rect(x + offset - length / 2, y, length, thickness, colour, radius=thickness / 2)


def gull(canvas: Canvas, x: float, y: float, span: float, colour: str) -> None:
    """Draw a distant gull: two curved strokes."""
    wing = [(t / 8, math.sin(t / 8 * math.pi) ** 0.8) for t in range(9)]
    left = [(x - t * span / 2, y - lift * span * 0.16) for t, lift in wing]
    right = [(x + t * span / 2, y - lift * span * 0.16) for t, lift in wing]
    canvas.line([*reversed(left), *right[1:]], colour, max(1.6, span / 16))


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


def person(canvas: Canvas, x: float, y: float, height: float, coat: str, skin: str) -> None:
    """Draw a standing figure; *x* and *y* are between its feet."""
    head = height * 0.11
    for side in (-1, 1):
        leg = x + side * height * 0.05
        canvas.rect(leg - height * 0.03, y - height * 0.42, height * 0.06, height * 0.42, "#2a2d3a")
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
    hair = ("#3a2a2a", "#6b4226", "#2a2a33", "#8a5a3a", "#b8763a")[int(x * 0.7 + height) % 5]
    crown = [
        (x + head * 1.06 * math.cos(math.radians(a)), y - height * 0.875 + head * 1.06 * math.sin(math.radians(a)))
        for a in range(170, 371, 10)
    ]
    canvas.polygon([*crown, (x + head * 0.3, y - height * 0.9), (x - head * 0.5, y - height * 0.93)], hair)


def curve(points: Sequence[Point]) -> list[Point]:
    """Return a smooth line through *points* (Catmull-Rom)."""
    padded = [points[0], *points, points[-1]]
    smooth: list[Point] = []
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        for step in range(12):
            t = step / 12
            weights = (
                (-t + 2 * t**2 - t**3) / 2,
                (2 - 5 * t**2 + 3 * t**3) / 2,
                (t + 4 * t**2 - 3 * t**3) / 2,
                (t**3 - t**2) / 2,
            )
            smooth.append(
                (
                    sum(w * v for w, v in zip(weights, (ax, bx, cx, dx), strict=True)),
                    sum(w * v for w, v in zip(weights, (ay, by, cy, dy), strict=True)),
                )
            )
    return [*smooth, points[-1]]


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
        low = _between(root, tip, share)
        high = _between(upper, tip, min(1, share + 0.06))
        canvas.line([low, high], dark, size * 0.008)
    canvas.line([mast, _between(upper, tip, 0.94)], dark, size * 0.008)
    canvas.line([mast, (x - side * size * 0.14, deck - size * 0.03)], dark, size * 0.008)
    canvas.rect(x - side * size * 0.13 - size * 0.05, deck - size * 0.1, size * 0.1, size * 0.08, dark)
    hook = tip[1] + size * 0.42
    canvas.line([tip, (tip[0], hook)], dark, size * 0.007)
    canvas.rect(tip[0] - size * 0.015, hook, size * 0.03, size * 0.035, dark, radius=size * 0.008)


def _between(start: Point, end: Point, share: float) -> Point:
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def turbine(canvas: Canvas, x: float, y: float, height: float, turn: float, colour: str) -> None:
    """Draw a wind turbine; *turn* is the angle of its first blade in degrees."""
    hub = y - height
    canvas.polygon(
        [(x - height * 0.016, y), (x + height * 0.016, y), (x + height * 0.008, hub), (x - height * 0.008, hub)], colour
    )
    for blade in range(3):
        angle = math.radians(turn + blade * 120)
        along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))
        outline = [(0.0, 0.012), (0.12, 0.035), (0.6, 0.01), (0.62, 0.0), (0.0, -0.012)]
        canvas.polygon(
            [
                (x + height * (far * along[0] + wide * across[0]), hub + height * (far * along[1] + wide * across[1]))
                for far, wide in outline
            ],
            colour,
        )
    canvas.disc(x, hub, height * 0.026, colour)


def windows(
    canvas: Canvas, box: tuple[float, float, float, float], columns: int, rows: int, colours: Sequence[str]
) -> None:
    """Fill a wall with a grid of windows, some lit; *box* is x, y, width, height."""
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


def lighthouse(canvas: Canvas, x: float, y: float, height: float, colours: tuple[str, str]) -> None:
    """Draw a banded tower with a lit lantern; *y* is its foot."""
    light, band = colours
    bottom, top = height * 0.13, height * 0.08
    wall = y - height * 0.78

    def half_width(share: float) -> float:
        return bottom + (top - bottom) * share

    for index in range(5):
        low, high = index / 5, (index + 1) / 5
        colour = light if index % 2 == 0 else band
        canvas.polygon(
            [
                (x - half_width(low), y + (wall - y) * low),
                (x + half_width(low), y + (wall - y) * low),
                (x + half_width(high), y + (wall - y) * high),
                (x - half_width(high), y + (wall - y) * high),
            ],
            colour,
        )
    # One darker side makes the tower round.
    canvas.polygon([(x + bottom * 0.35, y), (x + bottom, y), (x + top, wall), (x + top * 0.35, wall)], "#1b1e3a40")
    canvas.rect(x - top * 1.45, wall - height * 0.02, top * 2.9, height * 0.03, "#232642")
    canvas.rect(x - top * 0.75, wall - height * 0.12, top * 1.5, height * 0.1, "#ffe9a8")
    for post in (-0.75, 0.0, 0.65):
        canvas.rect(x + top * post, wall - height * 0.12, top * 0.1, height * 0.1, "#232642")
    canvas.polygon([(x - top, wall - height * 0.12), (x + top, wall - height * 0.12), (x, wall - height * 0.2)], band)
    canvas.disc(x, wall - height * 0.205, height * 0.012, band)
    for share in (0.2, 0.5):
        canvas.rect(
            x - height * 0.016,
            y + (wall - y) * share - height * 0.04,
            height * 0.032,
            height * 0.05,
            "#232642",
            radius=height * 0.014,
        )


def bicycle(canvas: Canvas, x: float, y: float, size: float, colours: tuple[str, str, str]) -> None:
    """Draw a rider on a bicycle that goes right; *x*, *y* between the wheels, on the road."""
    frame, coat, skin = colours
    radius = size * 0.27
    rear, front = (x - size * 0.4, y - radius), (x + size * 0.4, y - radius)
    for hub in (rear, front):
        canvas.ring(*hub, radius, "#22273a", size * 0.03)
        for spoke in range(6):
            angle = spoke * math.pi / 6
            reach = radius * 0.94
            canvas.line(
                [
                    (hub[0] - reach * math.cos(angle), hub[1] - reach * math.sin(angle)),
                    (hub[0] + reach * math.cos(angle), hub[1] + reach * math.sin(angle)),
                ],
                "#22273a55",
                size * 0.006,
            )
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
    for stroke in (
        [rear, pedal, (x + size * 0.28, y - size * 0.54), saddle, pedal],
        [rear, _between(saddle, pedal, 0.15)],
        [front, stem, grip],
    ):
        canvas.rope(stroke, frame, size * 0.035)
    canvas.rope([(saddle[0] - size * 0.07, saddle[1]), (saddle[0] + size * 0.06, saddle[1])], "#22273a", size * 0.05)
    near_foot = (x - size * 0.1, y - radius * 0.5)
    knee = (x + size * 0.11, y - size * 0.48)
    canvas.rope([hip, knee], "#2b3350", size * 0.105)
    canvas.rope([knee, near_foot], "#2b3350", size * 0.085)
    canvas.rope([near_foot, (near_foot[0] + size * 0.09, near_foot[1] + size * 0.01)], "#f4efe4", size * 0.05)
    canvas.rope([hip, shoulder], coat, size * 0.19)
    canvas.rope([shoulder, (x + size * 0.18, y - size * 0.9), grip], coat, size * 0.075)
    canvas.disc(*head, size * 0.095, skin)
    canvas.arc(head[0] - size * 0.01, head[1] - size * 0.015, size * 0.115, 175, 345, coat, size * 0.07)


def boat_hull(canvas: Canvas, x: float, y: float, length: float, depth: float, colours: tuple[str, str]) -> None:
    """Draw a hull with its bow to the right; *y* is the deck line, *x* the middle."""
    paint, stripe = colours
    half = length / 2
    canvas.polygon(
        [
            (x - half, y),
            (x + half * 1.08, y - depth * 0.22),
            (x + half * 0.86, y + depth),
            (x - half * 0.92, y + depth),
        ],
        paint,
    )
    canvas.polygon(
        [
            (x - half, y),
            (x + half * 1.08, y - depth * 0.22),
            (x + half * 1.02, y + depth * 0.06),
            (x - half * 0.98, y + depth * 0.22),
        ],
        stripe,
    )


def fish(canvas: Canvas, x: float, y: float, length: float, turn: float, colours: tuple[str, str, str]) -> None:
    """Draw a fish; *turn* in degrees, 0 looks right."""
    back, belly, mark = colours
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

    def at(along: float, across: float) -> Point:
        px, py = along * length, across * length
        return (x + px * cos - py * sin, y + px * sin + py * cos)

    outline = [(t / 24 - 0.5, 0.19 * math.sin(math.pi * (t / 24) ** 0.72)) for t in range(25)]
    shape = [(-along, across) for along, across in outline]
    canvas.polygon([at(-0.42, 0), at(-0.66, -0.16), at(-0.6, 0), at(-0.66, 0.16)], back)
    canvas.polygon([at(-0.12, -0.14), at(0.1, -0.26), at(0.16, -0.15)], back)
    canvas.polygon([*(at(a, c) for a, c in shape), *(at(a, -c) for a, c in reversed(shape))], back)
    canvas.polygon([*(at(a, c) for a, c in shape), *(at(a, c * 0.1) for a, c in reversed(shape))], belly)
    for step in range(4):
        canvas.line([at(-0.22 + step * 0.11, -0.12), at(-0.26 + step * 0.11, -0.01)], mark, length * 0.022)
    canvas.line([at(0.25, -0.13), at(0.21, 0), at(0.25, 0.13)], mark, length * 0.014)
    canvas.disc(*at(0.36, -0.045), length * 0.028, "#fdf8ea")
    canvas.disc(*at(0.365, -0.045), length * 0.015, "#16202c")


def blob(x: float, y: float, radius: float, wobble: Sequence[tuple[int, float, float]]) -> Iterator[Point]:
    """Yield a closed wavy outline; *wobble* holds (lobes, share of the radius, phase)."""
    for step in range(180):
        angle = step / 180 * math.tau
        reach = radius * (1 + sum(share * math.sin(lobes * angle + phase) for lobes, share, phase in wobble))
        yield (x + reach * math.cos(angle) * 1.08, y + reach * math.sin(angle))


# The pictures


def bridge_at_dawn(canvas: Canvas) -> None:
    """Draw a swing bridge closed again at sunrise, with people crossing."""
    canvas.gradient(["#2f6f8c", "#7fb0ae", "#f6cf9d", "#f9a877", "#ee8468"], bottom=420)
    canvas.glow(690, 392, 420, "#fff0c4", 0.9)
    canvas.disc(690, 384, 74, "#fff3cf")
    for x, y, width in ((230, 120, 230), (960, 96, 300), (560, 70, 160)):
        cloud(canvas, x, y, width, "#fff1dc66")
    for x, height in zip(
        range(0, 1200, 44),
        [
            30,
            46,
            38,
            64,
            42,
            30,
            52,
            88,
            40,
            34,
            56,
            44,
            70,
            36,
            48,
            30,
            42,
            62,
            38,
            50,
            84,
            44,
            36,
            58,
            40,
            66,
            48,
            34,
        ],
        strict=True,
    ):
        canvas.rect(x, 420 - height, 46, height, "#b9716f")
    for x in (330, 902):
        canvas.polygon([(x - 12, 338), (x + 12, 338), (x, 268)], "#b9716f")
    canvas.mirror(420, tint="#16607f", strength=0.62)
    canvas.glow(690, 440, 260, "#ffd9a0", 0.5)
    glitter(canvas, 690, 180, 428, 620, "#fff0c8c8", 70)
    deck, dark, warm = 372.0, "#1d3346", "#284a60"
    chord = [(600 + dx, deck - 46 - 118 * math.cos(dx / 470 * math.pi / 2) ** 1.5) for dx in range(-450, 451, 50)]
    canvas.line(chord, dark, 12)
    for index, (x, y) in enumerate(chord):
        canvas.line([(x, y), (x, deck)], dark, 6)
        if index + 1 < len(chord):
            following = chord[index + 1]
            rising = following[1] < y
            ends = [(x, deck), following] if rising else [(x, y), (following[0], deck)]
            canvas.line(ends, warm, 4)
    canvas.rect(140, deck, 920, 20, dark)
    canvas.rect(140, deck + 20, 920, 5, "#f2a06d")
    canvas.rect(556, deck + 25, 88, 18, warm)
    for x in range(566, 640, 17):
        canvas.disc(x, deck + 43, 6, "#c9b79c")
    canvas.shade([(536, deck + 46), (664, deck + 46), (690, 560), (510, 560)], ["#6b5a60", "#35404f"])
    for row in range(4):
        canvas.rect(528 - row * 5, deck + 68 + row * 28, 144 + row * 10, 3, "#2b344466")
    canvas.rect(564, 150, 72, 64, "#efe2c8")
    canvas.polygon([(554, 152), (646, 152), (600, 112)], "#a8402f")
    for x in (574, 606):
        canvas.rect(x, 166, 20, 26, "#2f5a70")
    canvas.line([(600, 112), (600, 72)], dark, 4)
    canvas.polygon([(602, 74), (648, 84), (602, 98)], "#d84a36")
    for x, width in ((-10, 160), (1050, 170)):
        canvas.shade([(x, deck - 6), (x + width, deck - 6), (x + width, 640), (x, 640)], ["#57606b", "#26333f"])
        canvas.rect(x, deck - 12, width, 12, "#c9b79c")
        for course in range(1, 7):
            canvas.rect(x, deck + course * 38, width, 3, "#1b2733")
            for joint in range(3):
                canvas.rect(x + 20 + joint * 46 + course % 2 * 22, deck + course * 38 - 36, 3, 36, "#1b273388")
    coats = ("#d8503a", "#f0c25c", "#f4efe4", "#3d7d8c", "#8a4a6a", "#e8935a")
    for index, x in enumerate((196, 232, 300, 322, 404, 452, 520, 694, 716, 778, 846, 866, 950, 1006)):
        person(canvas, x, deck + 1, 40 + index % 3 * 4, coats[index % 6], "#f3d3b4")
    for x, y, span in ((250, 196, 46), (318, 164, 34), (880, 190, 50), (1010, 226, 30), (800, 130, 26)):
        gull(canvas, x, y, span, "#fdf6e6")


def harbour_at_dusk(canvas: Canvas) -> None:
    """Draw cranes and a freighter under a violet evening sky."""
    canvas.gradient(["#2b2553", "#63397a", "#c2527c", "#f58a5e", "#ffcf7d"], bottom=470)
    canvas.disc(880, 428, 92, "#ffe6a6")
    canvas.glow(880, 428, 380, "#ffe0a0", 0.55)
    for y, x, width in ((150, 260, 420), (206, 780, 520), (262, 380, 300)):
        canvas.rect(x - width / 2, y, width, 14, "#ffb98a3c", radius=7)
        canvas.rect(x - width / 3, y + 18, width * 0.8, 9, "#ffb98a30", radius=5)
    crane(canvas, 640, 466, 250, 130, ("#7c3f6d", "#ffd891"))
    crane(canvas, 1080, 466, 260, -120, ("#7c3f6d", "#ffd891"))
    canvas.rect(0, 452, 1200, 20, "#54305f")
    for index, x in enumerate(range(500, 1200, 54)):
        height = (16, 32, 16, 48, 32)[index % 5]
        canvas.rect(x, 454 - height, 50, height, ("#8a3f63", "#6b3a68", "#a24a5e")[index % 3])
    canvas.mirror(470, tint="#35295c", strength=0.4)
    glitter(canvas, 880, 150, 476, 660, "#ffe2a8c0", 60)
    crane(canvas, 210, 540, 470, 250, ("#231f45", "#ffc978"))
    crane(canvas, 60, 540, 420, 190, ("#1c1939", "#ffc978"))
    boat_hull(canvas, 720, 486, 520, 64, ("#1f1c3d", "#b8404e"))
    for row, y in enumerate((462, 438, 414)):
        for column in range(7 - row):
            colour = ("#d95d4e", "#f0a34e", "#3f7f8f", "#f2d6a0", "#7a4a86")[(row * 2 + column * 3) % 5]
            canvas.rect(566 + column * 48, y, 45, 22, colour)
    canvas.rect(494, 392, 56, 94, "#f5e6cd")
    canvas.rect(484, 382, 76, 14, "#f5e6cd")
    windows(canvas, (494, 402, 56, 66), 3, 3, ["#2f2a56", "#ffd27d"])
    canvas.rect(506, 350, 26, 34, "#b8404e")
    canvas.shade([(0, 536), (380, 536), (410, 680), (0, 680)], ["#1c1939", "#14122b"])
    for x in (60, 190, 320):
        canvas.rect(x, 522, 16, 18, "#14122b", radius=4)
    for x, y, span in ((470, 250, 40), (540, 222, 30), (430, 300, 26)):
        gull(canvas, x, y, span, "#2b2553")


def night_tram(canvas: Canvas) -> None:
    """Draw a lit tram in a blue street after midnight."""
    canvas.gradient(["#0b1638", "#163063", "#27508a"], bottom=600)
    moon = [(980 + 58 * math.cos(math.radians(a)), 130 + 58 * math.sin(math.radians(a))) for a in range(27, 258, 5)]
    shadow = [(1003 + 53 * math.cos(math.radians(a)), 112 + 53 * math.sin(math.radians(a))) for a in range(227, 56, -5)]
    canvas.polygon([*moon, *shadow], "#f7eecb")
    for _ in range(60):
        canvas.disc(
            canvas.random.uniform(0, 1200), canvas.random.uniform(0, 260), canvas.random.uniform(0.8, 2.2), "#f7eecbb0"
        )
    x = -20.0
    for index in range(11):
        width = (124, 98, 146, 110, 132)[index % 5]
        top = (250, 190, 290, 220, 262, 170, 240)[index % 7]
        colour = ("#14264f", "#1a3060", "#10204a")[index % 3]
        canvas.rect(x, top, width, 400, colour)
        if index % 2 == 0:
            canvas.polygon([(x, top), (x + width, top), (x + width / 2, top - 52)], colour)
        windows(
            canvas,
            (x + 8, top + 18, width - 16, 250),
            3 + index % 2,
            5,
            ["#0c1a40", "#0c1a40", "#0c1a40", "#f6b95a", "#27457f"],
        )
        x += width
    canvas.gradient(["#1a2c56", "#0d1836"], top=590)
    for y in (652, 716):
        canvas.rect(0, y, 1200, 5, "#7f93c0")
        canvas.rect(0, y + 6, 1200, 3, "#0a1230")
    canvas.line([(0, 214), (600, 226), (1200, 214)], "#0a1230", 4)
    canvas.glow(1010, 560, 330, "#ffdf94", 0.42)
    canvas.beam([(990, 556), (1240, 470), (1240, 690), (990, 590)], "#ffe9ad", 0.5, 14)
    canvas.rect(120, 640, 880, 26, "#0a1230aa", radius=13)
    canvas.line([(500, 326), (556, 272), (520, 230)], "#0a1230", 6)
    canvas.line([(480, 226), (560, 230)], "#0a1230", 6)
    canvas.rect(400, 312, 300, 26, "#8d2f35", radius=10)
    canvas.shade(
        [(110, 352), (132, 332), (940, 332), (984, 380), (1010, 520), (1010, 630), (110, 630)], ["#d6493f", "#b9362f"]
    )
    canvas.rect(110, 520, 900, 34, "#f6e7c8")
    canvas.rect(110, 618, 896, 28, "#4a1c28", radius=8)
    for x in (190, 300, 640, 750):
        canvas.disc(x + 40, 646, 26, "#0a1230")
        canvas.disc(x + 40, 646, 11, "#5c6a94")
    passenger = ("#7a4a3a", "#3d5a80", "#8d2f35", "#4f7358")
    for index, x in enumerate((140, 252, 456, 568, 772)):
        canvas.shade([(x, 366), (x + 98, 366), (x + 98, 504), (x, 504)], ["#fff0bd", "#ffcf6e"])
        if index != 1:
            canvas.disc(x + 36 + index * 5, 436, 15, "#5a3a34")
            canvas.rect(x + 14 + index * 5, 454, 44, 50, passenger[index % 4], radius=14)
    for x in (362, 678):
        canvas.rect(x, 360, 82, 262, "#8d2f35", radius=4)
        for half in (4, 43):
            canvas.shade(
                [(x + half, 370), (x + half + 35, 370), (x + half + 35, 590), (x + half, 590)], ["#fff0bd", "#ffc65e"]
            )
    canvas.shade([(886, 366), (936, 366), (968, 396), (986, 504), (886, 504)], ["#d9ecf2", "#8fb6cf"])
    canvas.rope([(934, 504), (930, 462)], "#1b2547", 22)
    canvas.disc(930, 434, 15, "#3a2a30")
    canvas.disc(990, 586, 14, "#fff6d6")
    canvas.rect(884, 340, 66, 20, "#141a33", radius=4)
    canvas.rect(892, 346, 34, 8, "#ffb84a")
    glitter(canvas, 540, 640, 672, 795, "#ffc86a70", 80)


def lighthouse_beam(canvas: Canvas) -> None:
    """Draw a lighthouse on its rock under a field of stars."""
    canvas.gradient(["#081229", "#14264f", "#2f4a86", "#7a6aa6", "#e79a8f"], bottom=600)
    for _ in range(150):
        canvas.disc(
            canvas.random.uniform(0, 1200), canvas.random.uniform(0, 430), canvas.random.uniform(0.7, 2.4), "#fff4d6b8"
        )
    lantern = (430.0, 226.0)
    canvas.beam([lantern, (1300, 30), (1300, 290)], "#fff0b8", 0.55, 12)
    canvas.beam([lantern, (-200, 240), (-200, 380)], "#fff0b8", 0.38, 12)
    for y, tint in (
        (560, ["#4d5c96", "#3b4a83"]),
        (600, ["#324684", "#22346c"]),
        (650, ["#22386f", "#162754"]),
        (712, ["#162a58", "#0c1838"]),
    ):
        swell(canvas, y, 9, 260 + y / 4, y / 313, tint)
    glitter(canvas, 860, 420, 575, 780, "#ffe9b06e", 60)
    canvas.shade(
        [
            (150, 820),
            (210, 690),
            (270, 640),
            (322, 596),
            (400, 572),
            (470, 570),
            (540, 596),
            (596, 640),
            (690, 676),
            (770, 760),
            (800, 820),
        ],
        ["#2e2c4e", "#15152e"],
    )
    canvas.polygon([(470, 570), (540, 596), (596, 640), (690, 676), (770, 760), (640, 720), (560, 660)], "#3d3a63")
    canvas.rect(500, 536, 104, 58, "#e9dcc7")
    canvas.polygon([(490, 540), (614, 540), (590, 506), (514, 506)], "#a83c3a")
    for x in (516, 562):
        canvas.rect(x, 552, 22, 22, "#ffd27a")
    lighthouse(canvas, 430, 582, 420, ("#f4ead8", "#c4453c"))
    canvas.glow(*lantern, 210, "#fff3c2", 0.85)
    for x, y, radius in ((150, 742, 30), (240, 770, 24), (812, 762, 28), (720, 782, 34)):
        canvas.oval(x, y, radius * 2.4, radius * 0.34, "#dfe6f566")
    for x, y, span in ((720, 420, 40), (790, 396, 28), (676, 380, 24)):
        gull(canvas, x, y, span, "#f4ead8cc")


def waves_over_the_wall(canvas: Canvas) -> None:
    """Draw a breaker climbs over the sea wall."""
    canvas.gradient(["#2c3e4a", "#4a6470", "#8ba2a0", "#c9cbb8"], bottom=430)
    for x, y, width, tint in ((200, 150, 520, "#3b505b"), (720, 120, 640, "#34474f"), (1080, 190, 420, "#435962")):
        cloud(canvas, x, y, width, tint)
    for y, stops in ((330, ["#7d9a97", "#5d8083"]), (382, ["#547c80", "#3d666d"])):
        swell(canvas, y, 18, 380, y / 190, stops)
    back = curve([(-60, 500), (90, 452), (240, 352), (370, 210), (500, 110), (640, 74), (760, 110), (826, 196)])
    hollow = curve([(826, 196), (812, 260), (766, 224), (690, 204), (612, 250), (590, 350), (640, 450), (740, 520)])
    canvas.shade([*back, *hollow, (760, 640), (-60, 640)], ["#d9efe2", "#6fb5ad", "#2f8088", "#17596a", "#104556"])
    for pull, colour in ((0.16, "#e4f4e8c0"), (0.33, "#a5d5c988"), (0.5, "#77b8b277"), (0.67, "#4f9a9b77")):
        outer = back[16:76]
        inner = hollow[: len(outer)]
        ribbon = [_between(o, i, pull) for o, i in zip(outer, reversed(inner), strict=False)]
        canvas.line(curve(ribbon[::6]), colour, 9)
    canvas.discs(
        [
            (
                x + canvas.random.uniform(-10, 12),
                y + canvas.random.uniform(-12, 8),
                canvas.random.uniform(9, 20) * (0.4 + index / 50),
            )
            for index, (x, y) in enumerate(back[34:])
        ],
        "#f6faf2",
    )
    canvas.discs(
        [
            (x + canvas.random.uniform(-4, 18), y + canvas.random.uniform(-6, 14), canvas.random.uniform(10, 24))
            for x, y in hollow[:22]
        ],
        "#f6faf2",
    )
    for index in range(90):
        far = canvas.random.uniform(0, 1) ** 0.7
        angle = canvas.random.uniform(-2.2, 0.5)
        canvas.disc(
            780 + math.cos(angle) * far * 250,
            150 + math.sin(angle) * far * 150,
            canvas.random.uniform(2, 9) * (1.1 - far * 0.6),
            "#f6faf2d8" if index % 2 else "#dcebe5a0",
        )
    canvas.shade([(790, 372), (1210, 350), (1210, 640), (730, 640)], ["#6b6259", "#3b3935"])
    canvas.polygon([(780, 360), (1210, 336), (1210, 358), (786, 382)], "#a29684")
    for row in range(6):
        y = 410 + row * 40
        canvas.line([(786 - row * 6, y), (1200, y - 14)], "#2c2b2988", 3)
        for column in range(5):
            x = 830 + column * 92 + (row % 2) * 44
            canvas.line([(x, y - 4), (x, y + 36)], "#2c2b2988", 3)
    canvas.line([(1040, 348), (1040, 150)], "#23282c", 9)
    canvas.line([(1040, 156), (1000, 142)], "#23282c", 6)
    canvas.glow(992, 152, 130, "#ffdb8c", 0.75)
    canvas.disc(992, 150, 12, "#fff0c4")
    for x, y, radius in (
        (760, 390, 26),
        (806, 372, 20),
        (740, 430, 30),
        (850, 366, 14),
        (724, 480, 34),
        (716, 540, 38),
        (708, 600, 44),
    ):
        canvas.disc(x, y, radius, "#f4f8f0")
    swell(canvas, 566, 14, 300, 0.1, ["#2f7a82", "#0f3f4d"])
    glitter(canvas, 400, 760, 575, 622, "#e7f4ec88", 40)


def turbines_at_sea(canvas: Canvas) -> None:
    """Draw a wind farm on a bright, breezy morning."""
    canvas.gradient(["#5fb3c9", "#a5d8d4", "#f3efcf", "#fbdfa8"], bottom=480)
    canvas.glow(300, 380, 300, "#fff6d2", 0.9)
    canvas.disc(300, 380, 80, "#fff4c4")
    for x, y, width in ((170, 150, 200), (410, 92, 130), (1050, 92, 190)):
        cloud(canvas, x, y, width, "#fffdf2d8")
    for x, height, turn in (
        (92, 120, 20),
        (206, 110, 65),
        (430, 116, 8),
        (540, 124, 90),
        (650, 112, 40),
        (770, 120, 75),
        (1010, 118, 30),
        (1130, 112, 100),
    ):
        turbine(canvas, x, 472, height, turn, "#d8e8df")
    swell(canvas, 470, 3, 300, 0, ["#5aa6b4", "#3b8a9e"])
    turbine(canvas, 560, 540, 290, 34, "#f6f5e9")
    turbine(canvas, 1040, 530, 260, 74, "#f6f5e9")
    swell(canvas, 520, 8, 340, 0.2, ["#3f93a4", "#2b7389"])
    turbine(canvas, 800, 610, 500, 12, "#fffdf4")
    canvas.rect(785, 560, 30, 44, "#f2b53c")
    canvas.rect(772, 556, 56, 8, "#d6932a")
    swell(canvas, 586, 10, 420, 0.55, ["#2c7a8f", "#1d5a72"])
    swell(canvas, 636, 8, 300, 0.1, ["#1f6179", "#154860"])
    glitter(canvas, 300, 260, 490, 660, "#fff3c4a0", 60)
    boat_hull(canvas, 330, 560, 130, 24, ("#e6613f", "#fdf6e4"))
    canvas.rect(286, 528, 54, 32, "#fdf6e4")
    canvas.rect(322, 534, 12, 12, "#1d5a72")
    canvas.line([(300, 528), (300, 496)], "#1d4a60", 3)


def market_stalls(canvas: Canvas) -> None:
    """Draw striped awnings and full crates under a string of lamps."""
    canvas.gradient(["#f7e3bd", "#f9cf9b", "#f2ad7e"])
    for index, x in enumerate(range(-30, 1200, 176)):
        top = (150, 96, 190, 120, 170, 84, 140)[index % 7]
        colour = ("#e2a07e", "#d98d74", "#e8b48c")[index % 3]
        canvas.rect(x, top, 172, 800, colour)
        canvas.polygon([(x - 6, top), (x + 178, top), (x + 86, top - 74)], "#b5654f")
        windows(canvas, (x + 20, top + 24, 132, 300), 2, 3, ["#8d4f48", "#fbe6b8", "#9f5c50"])
    canvas.gradient(["#c98f6a", "#a86f55"], top=760)
    wire = [(float(x), 236 + 46 * math.sin((x % 400) / 400 * math.pi)) for x in range(0, 1201, 10)]
    canvas.line(wire, "#5a3434", 3)
    for lamp, hang in wire[2::4]:
        canvas.glow(lamp, hang + 12, 34, "#fff2c0", 0.75)
        canvas.disc(lamp, hang + 11, 7, "#fffbe4")
    stalls = (
        (60, ("#2f7f78", "#f8f0dc"), ("#e4572e", "#f3a712", "#9ac05c")),
        (440, ("#c8443a", "#f8f0dc"), ("#7a3e6e", "#f2c14e", "#e4572e")),
        (820, ("#2d5d8a", "#f8f0dc"), ("#8fb04f", "#e9753c", "#f6d365")),
    )
    for left, (dark, light), produce in stalls:
        for post in (left + 12, left + 306):
            canvas.rect(post, 430, 12, 380, "#6d4334")
        canvas.shade([(left + 20, 470), (left + 310, 470), (left + 310, 640), (left + 20, 640)], ["#5b3434", "#7d4a40"])
        person(canvas, left + 170, 694, 210, ("#f0e3c8", "#3f6f73", "#d8a24a")[left // 380], "#8a5a44")
        canvas.rect(left + 134, 600, 72, 100, "#f8f0dc", radius=8)
        canvas.shade([(left - 4, 640), (left + 334, 640), (left + 334, 800), (left - 4, 800)], ["#94603f", "#6d4334"])
        for box in range(3):
            x = left + 8 + box * 108
            for row in range(3):
                for column in range(5):
                    canvas.disc(x + 13 + column * 18 + row % 2 * 6, 648 - row * 13, 12, produce[box])
                    canvas.disc(x + 10 + column * 18 + row % 2 * 6, 644 - row * 13, 3.5, "#fffbe488")
            canvas.rect(x - 3, 648, 104, 46, "#d9a66c")
            canvas.rect(x - 3, 668, 104, 5, "#a8763f")
        for stripe in range(8):
            x = left - 14 + stripe * 44
            colour = dark if stripe % 2 == 0 else light
            inner = left + 22 + stripe * 35
            canvas.polygon([(inner, 352), (inner + 35, 352), (x + 44, 446), (x, 446)], colour)
            canvas.disc(x + 22, 446, 22, colour)
        canvas.rect(left - 14, 440, 352, 5, "#00000022")
    for x, height, coat in ((30, 250, "#3a5a78"), (410, 270, "#b8513f"), (786, 240, "#4f7358"), (1170, 262, "#6a4a78")):
        canvas.oval(x, 872, height * 0.24, 12, "#5a343455")
        person(canvas, x, 872, height, coat, "#e8bb95")


def terraced_houses(canvas: Canvas) -> None:
    """Draw a row of painted terraces that climbs a hill."""
    canvas.gradient(["#8cc7d6", "#c9e4dc", "#f8ecd2"])
    cloud(canvas, 230, 120, 240, "#fffdf4e0")
    cloud(canvas, 640, 84, 150, "#fffdf4b0")
    walls = ("#e8785a", "#f3c05f", "#5c9ea0", "#f1ddc2", "#d9607a", "#7aa874", "#4f77a3", "#f0a06a")
    doors = ("#2b4a5e", "#b8403a", "#f4e7cd", "#2f6a5a", "#f2c552", "#5a3350", "#e9dcc0", "#2d3f63")
    for index in range(9):
        x = -50.0 + index * 146
        base = 660.0 - index * 22
        top = base - 318
        wall, door = walls[index % 8], doors[index % 8]
        canvas.rect(x + 108, top - 104, 30, 80, "#a4573f")
        canvas.rect(x + 102, top - 112, 42, 14, "#7f3f32")
        for pot in (110, 126):
            canvas.rect(x + pot, top - 130, 9, 20, "#c9744f")
        canvas.polygon([(x - 4, top), (x + 150, top), (x + 128, top - 66), (x + 18, top - 66)], "#4c5567")
        for row in range(1, 4):
            canvas.line([(x + 2 + row * 4, top - row * 16), (x + 144 - row * 4, top - row * 16)], "#3d4557", 2)
        canvas.shade([(x, top), (x + 147, top), (x + 147, 690), (x, 690)], [wall, wall])
        canvas.rect(x + 138, top, 9, 700 - top, "#00000020")
        canvas.rect(x, top, 147, 8, "#fff7e6")
        for left, upper, height in ((18, top + 34, 84), (84, top + 34, 84), (84, base - 142, 96)):
            canvas.rect(left + x - 5, upper - 5, 54, height + 10, "#fff7e6")
            canvas.shade(
                [
                    (x + left, upper),
                    (x + left + 44, upper),
                    (x + left + 44, upper + height),
                    (x + left, upper + height),
                ],
                ["#34506a", "#6d93a8"],
            )
            canvas.rect(x + left + 20, upper, 4, height, "#fff7e6")
            canvas.rect(x + left, upper + height / 2, 44, 4, "#fff7e6")
        canvas.rect(x + 80, base - 38, 60, 8, "#fff7e6")
        for flower in range(6):
            canvas.disc(x + 84 + flower * 10, base - 42, 7, ("#f7d154", "#e4572e", "#fff3e0")[(index + flower) % 3])
        canvas.rect(x + 14, base - 152, 52, 152, "#fff7e6")
        canvas.rect(x + 19, base - 118, 42, 118, door)
        canvas.rect(x + 19, base - 146, 42, 24, "#f8dd92")
        canvas.disc(x + 54, base - 58, 3.5, "#f6e3a6")
        canvas.rect(x + 10, base, 62, 10, "#b8aa98")
    canvas.polygon([(0, 664), (1200, 484), (1200, 680), (0, 680)], "#c9bba8")
    canvas.polygon([(0, 676), (1200, 508), (1200, 680), (0, 680)], "#8b8f96")
    person(canvas, 300, 626, 104, "#d8503a", "#f0c9a4")
    person(canvas, 346, 621, 70, "#f2c14e", "#f0c9a4")
    person(canvas, 900, 536, 100, "#2f5a70", "#8a5a44")


def storm_over_roofs(canvas: Canvas) -> None:
    """Draw rain on slate roofs and one red umbrella."""
    canvas.gradient(["#39424f", "#5c6877", "#8f979b", "#b9b7ad"])
    for x, y, width, tint in (
        (240, 210, 620, "#4a5563"),
        (860, 240, 740, "#434d5a"),
        (540, 160, 560, "#363f4b"),
        (1080, 150, 460, "#2f3742"),
        (80, 120, 420, "#2f3742"),
    ):
        cloud(canvas, x, y, width, tint)
    canvas.polygon([(760, 236), (700, 360), (748, 360), (690, 486), (812, 328), (760, 328), (812, 236)], "#ffe27a")
    for index, x in enumerate(range(-20, 1220, 118)):
        top = (480, 440, 510, 462, 430, 500, 470)[index % 7]
        canvas.rect(x, top, 119, 400, ("#4d545f", "#565c66", "#474d58")[index % 3])
        canvas.polygon([(x - 6, top), (x + 122, top), (x + 92, top - 54), (x + 24, top - 54)], "#2f353f")
        canvas.rect(x + 84, top - 88, 18, 50, "#6b4d48")
        windows(canvas, (x + 14, top + 18, 88, 150), 2, 2, ["#2b313b", "#f4bf5f", "#39414d"])
    canvas.gradient(["#59616c", "#3b424d"], top=668)
    for _ in range(150):
        start = (canvas.random.uniform(-40, 1240), canvas.random.uniform(170, 800))
        length = canvas.random.uniform(26, 62)
        end = (start[0] - length * 0.36, start[1] + length)
        canvas.line([start, end], "#dfe7ea66", 2)
    for x, y, width in ((250, 730, 150), (860, 752, 190), (560, 776, 130)):
        canvas.oval(x, y, width, 11, "#9aa3ab66")
    canvas.rope([(440, 522), (440, 640)], "#1f242c", 5)
    person(canvas, 426, 744, 180, "#27465c", "#f0c9a4")
    canopy = [
        (440 + 132 * math.cos(math.radians(a)), 546 + 100 * math.sin(math.radians(a))) for a in range(180, 361, 6)
    ]
    canvas.polygon(canopy, "#d9402f")
    canvas.polygon(
        [(440 + 50 * math.cos(math.radians(a)), 546 + 100 * math.sin(math.radians(a))) for a in range(180, 361, 6)],
        "#ec5a43",
    )
    canvas.line([(440, 446), (440, 430)], "#1f242c", 5)
    canvas.oval(430, 748, 66, 8, "#1f242c66")


def bicycle_lane(canvas: Canvas) -> None:
    """Draw two riders on a new lane along the sea front."""
    canvas.gradient(["#f9d9a0", "#fbe8c6", "#dff0e6"], bottom=330)
    canvas.disc(930, 170, 70, "#f58a4e")
    swell(canvas, 300, 3, 260, 0, ["#55b0ae", "#3a94a0"])
    swell(canvas, 350, 6, 340, 0.4, ["#3b95a0", "#2c7d8f"])
    glitter(canvas, 930, 160, 306, 400, "#fff1c8b0", 34)
    for x, size in ((180, 1.0), (1060, 0.8)):
        canvas.polygon([(x, 292), (x + 60 * size, 292), (x, 292 - 120 * size)], "#fdf6e4")
        canvas.polygon([(x - 6, 292), (x - 44 * size, 292), (x - 6, 292 - 92 * size)], "#f3e3c4")
        canvas.polygon(
            [(x - 46 * size, 294), (x + 66 * size, 294), (x + 40 * size, 310), (x - 30 * size, 310)], "#b8453a"
        )
    canvas.rect(0, 408, 1200, 30, "#f2e6cf")
    for x in range(20, 1200, 94):
        canvas.rect(x, 366, 12, 46, "#f2e6cf")
    canvas.rect(0, 360, 1200, 10, "#f2e6cf")
    canvas.gradient(["#d9c3a0", "#cdb591"], top=436, bottom=480)
    canvas.gradient(["#cf5f45", "#b94e38"], top=480, bottom=630)
    canvas.rect(0, 480, 1200, 6, "#fdf3e0")
    canvas.rect(0, 624, 1200, 8, "#fdf3e0")
    canvas.gradient(["#5d6470", "#4a505c"], top=632)
    for x in range(-40, 1200, 150):
        canvas.rect(x, 552, 80, 7, "#fdf3e0")
    for x, height in ((96, 250), (690, 270), (1130, 240)):
        canvas.rect(x - 6, 440 - height * 0.5, 12, height * 0.55, "#6d4a38")
        for dx, dy, radius in ((0, 0.86, 0.26), (-0.2, 0.7, 0.19), (0.2, 0.7, 0.2)):
            canvas.disc(x + dx * height, 450 - dy * height, radius * height, "#3f8a6a")
        canvas.disc(x - 0.06 * height, 450 - 0.94 * height, 0.12 * height, "#5aa67c")
    canvas.oval(400, 542, 150, 9, "#7a2f2566")
    bicycle(canvas, 400, 540, 230, ("#f2c14e", "#2c6f7d", "#e8bb95"))
    canvas.oval(850, 610, 170, 10, "#7a2f2566")
    bicycle(canvas, 850, 608, 260, ("#fdf3e0", "#3d3a63", "#8a5a44"))


def concert_lights(canvas: Canvas) -> None:
    """Draw stage lights over a crowd with raised hands."""
    canvas.gradient(["#12061f", "#2b0f45", "#541b5f", "#8a2a62"])
    beams = (
        ("#ff5d8f", 120, 90, 460),
        ("#ffb347", 330, 250, 520),
        ("#5ad1e6", 540, 380, 700),
        ("#b68cff", 660, 480, 860),
        ("#ffb347", 870, 640, 960),
        ("#ff5d8f", 1080, 740, 1120),
    )
    for index, (colour, x, left, right) in enumerate(beams):
        lean = (index - 2.5) * -40
        canvas.beam([(x - 8, 40), (x + 8, 40), (right + lean, 640), (left + lean, 640)], colour, 0.42, 9)
    canvas.rect(0, 22, 1200, 12, "#0b0414")
    for x in range(-30, 1220, 60):
        canvas.line([(x, 34), (x + 30, 6), (x + 60, 34)], "#0b0414", 5)
    for colour, x, _, _ in beams:
        canvas.rect(x - 18, 24, 36, 34, "#0b0414", radius=8)
        canvas.glow(x, 60, 70, colour, 0.95)
        canvas.disc(x, 58, 12, "#fff8e8")
    canvas.shade([(180, 430), (1020, 430), (1100, 500), (100, 500)], ["#f4a45c", "#6d2550"])
    for x, y, height in ((380, 440, 120), (490, 436, 118), (710, 436, 118), (820, 440, 120)):
        person(canvas, x, y, height, "#1a0a2b", "#1a0a2b")
    canvas.rope([(350, 366), (420, 396)], "#1a0a2b", 8)
    canvas.rect(790, 352, 66, 40, "#1a0a2b", radius=12)
    canvas.line([(852, 372), (900, 350)], "#1a0a2b", 6)
    person(canvas, 600, 446, 146, "#fff0d2", "#f3d3b4")
    canvas.line([(624, 350), (660, 318)], "#fff0d2", 9)
    canvas.line([(578, 350), (548, 326)], "#fff0d2", 9)
    canvas.line([(660, 318), (682, 292)], "#fff8e8", 3)
    for row, (y, tint, size) in enumerate(((520, "#3a1147", 22), (562, "#260a35", 28), (606, "#140520", 36))):
        seat = -20.0 + row * 14
        while seat < 1230:
            sway = canvas.random.uniform(-9, 9)
            canvas.disc(seat, y + sway, size, tint)
            canvas.rect(seat - size * 1.4, y + sway + size * 0.7, size * 2.8, 150, tint, radius=size)
            if canvas.random.random() < 0.34:
                reach = size * canvas.random.uniform(2.2, 3.2)
                side = canvas.random.choice((-1, 1)) * size * 0.9
                canvas.rope([(seat + side, y + size), (seat + side * 1.3, y + sway - reach)], tint, size * 0.44)
            seat += size * canvas.random.uniform(2.3, 3.1)


def city_panorama(canvas: Canvas) -> None:
    """Draw the whole town from the sea, wide as the bay."""
    canvas.gradient(["#d7e7e3", "#f6ead0", "#f9d2a8", "#f3b391"], bottom=350)
    canvas.disc(860, 190, 54, "#fffbe6")
    canvas.glow(860, 190, 200, "#fffbe6", 0.7)
    hills: tuple[tuple[float, float, float, list[str]], ...] = (
        (214, 30, 760, ["#e8c4a8", "#dba98f"]),
        (250, 22, 520, ["#d79c86", "#c98a7b"]),
    )
    for y, height, length, stops in hills:
        swell(canvas, y, height, length, 0.3, stops)
    for layer, (base, tints, step) in enumerate(
        ((340, ("#b97468", "#c4806f", "#ad685f"), 34), (352, ("#7f4d58", "#8d5660", "#73444f"), 46))
    ):
        x = 110.0 + layer * 30
        while x < 1090:
            width = step * canvas.random.uniform(0.7, 1.3)
            height = canvas.random.uniform(30, 92) - layer * 14
            tint = canvas.random.choice(tints)
            canvas.rect(x, base - height, width, height + 20, tint)
            if canvas.random.random() < 0.6:
                canvas.polygon(
                    [
                        (x - 2, base - height),
                        (x + width + 2, base - height),
                        (x + width / 2, base - height - width * 0.5),
                    ],
                    tint,
                )
            if layer:
                windows(
                    canvas,
                    (x + 3, base - height + 6, width - 6, height - 8),
                    3,
                    3,
                    ["#ffe1a0", "#5f3846", "#5f3846", "#5f3846"],
                )
            x += width + 2
    for x, height in ((430, 150), (676, 128)):
        canvas.rect(x - 13, 350 - height, 26, height, "#6a3e4b")
        canvas.polygon([(x - 17, 350 - height), (x + 17, 350 - height), (x, 350 - height - 66)], "#4d2f40")
        canvas.disc(x, 350 - height + 18, 8, "#ffe9b8")
    canvas.disc(556, 276, 36, "#5c7f80")
    canvas.rect(520, 276, 72, 76, "#e9d3b4")
    canvas.rect(552, 226, 8, 20, "#5c7f80")
    for x in range(526, 590, 14):
        canvas.rect(x, 288, 7, 60, "#b99c80")
    crane(canvas, 1000, 352, 190, 90, ("#3c2a3f", "#ffdf9a"))
    crane(canvas, 1090, 352, 210, 70, ("#3c2a3f", "#ffdf9a"))
    canvas.rect(0, 346, 1200, 12, "#4d3444")
    canvas.polygon([(20, 352), (60, 324), (120, 318), (170, 352)], "#4d3444")
    lighthouse(canvas, 92, 330, 150, ("#fbf1de", "#c4453c"))
    canvas.mirror(356, tint="#5d8a94", strength=0.42)
    glitter(canvas, 860, 120, 362, 455, "#fffbe6b4", 40)
    for x, size in ((300, 1.0), (390, 0.7), (740, 0.85)):
        canvas.polygon([(x, 392), (x + 34 * size, 392), (x, 392 - 70 * size)], "#fffbf0")
        canvas.polygon([(x - 4, 392), (x - 24 * size, 392), (x - 4, 392 - 54 * size)], "#f5dcc0")
        canvas.polygon(
            [(x - 28 * size, 394), (x + 40 * size, 394), (x + 24 * size, 404), (x - 18 * size, 404)], "#3c2a3f"
        )
    for x, y, span in ((190, 110, 32), (240, 92, 24), (720, 80, 28), (1060, 70, 26)):
        gull(canvas, x, y, span, "#7f4d58")


def fish_on_ice(canvas: Canvas) -> None:
    """Draw rows of fish on a fishmonger's slab."""
    canvas.gradient(["#d5ecec", "#b4dce0"])
    for _ in range(240):
        x, y = canvas.random.uniform(0, 1000), canvas.random.uniform(0, 1000)
        size = canvas.random.uniform(14, 40)
        turn = canvas.random.uniform(0, math.tau)
        corners = [(x + size * math.cos(turn + k * 1.9), y + size * math.sin(turn + k * 1.9)) for k in range(4)]
        canvas.polygon(corners, canvas.random.choice(("#ffffff70", "#e8f7f780", "#9ccfd770")))
    kinds = (
        ("#23506e", "#c7dde2", "#17374f"),
        ("#e2674a", "#f9cdb0", "#b8432f"),
        ("#3d8a83", "#d6ead0", "#25635f"),
        ("#f0ae4a", "#fbe6b4", "#c77f22"),
    )
    for row in range(6):
        for column in range(4):
            x = 20 + column * 300 + (row % 2) * 150
            y = 80 + row * 172
            canvas.oval(x + 6, y + 40, 130, 22, "#5a9aa855")
            fish(canvas, x, y, 236, -14 + 4 * ((row + column) % 2), kinds[(row + column * 3) % 4])
    for x, y, turn in ((130, 172, 0), (720, 345, 40), (300, 690, 80), (880, 880, 20), (900, 150, 60)):
        canvas.disc(x, y, 46, "#f6d443")
        canvas.disc(x, y, 38, "#fdf1b0")
        for wedge in range(8):
            angle = math.radians(turn + wedge * 45)
            canvas.line([(x, y), (x + 36 * math.cos(angle), y + 36 * math.sin(angle))], "#f6d443", 4)


def little_ferry(canvas: Canvas) -> None:
    """Draw a small ferry full of passengers on a calm crossing."""
    canvas.gradient(["#f4b8a0", "#f9d4ac", "#fdeccb"], bottom=400)
    canvas.disc(300, 300, 86, "#f2694b")
    swell(canvas, 370, 14, 900, 0.2, ["#c98f8f", "#b67d86"])
    for index, x in enumerate(range(700, 1190, 40)):
        height = (30, 46, 34, 60, 40, 28, 52)[index % 7]
        canvas.rect(x, 396 - height, 42, height + 6, "#9c6676")
    swell(canvas, 400, 2, 300, 0, ["#e9a58e", "#7f9aa6", "#3c7489"])
    glitter(canvas, 300, 150, 408, 640, "#ffdcaec8", 60)
    canvas.polygon([(140, 610), (-20, 640), (-20, 700), (240, 640)], "#ffffff50")
    canvas.polygon([(170, 616), (-20, 664), (-20, 680), (240, 628)], "#ffffff70")
    canvas.rect(300, 396, 500, 14, "#27435a", radius=5)
    for x in range(316, 800, 78):
        canvas.rect(x, 404, 9, 150, "#27435a")
    canvas.rect(300, 470, 500, 90, "#f7ecd8")
    coats = ("#d8503a", "#2f6a78", "#f0c25c", "#6a4a78", "#4f7358", "#e8935a")
    for index in range(9):
        x = 336 + index * 52
        canvas.disc(x, 446, 15, ("#f0c9a4", "#8a5a44", "#d9a37c")[index % 3])
        canvas.rect(x - 20, 462, 40, 70, coats[index % 6], radius=13)
    canvas.rect(300, 498, 500, 66, "#f7ecd8")
    canvas.rect(300, 498, 500, 8, "#d8503a")
    for x in range(330, 780, 72):
        canvas.ring(x + 20, 532, 16, "#d8503a", 7)
    canvas.rect(760, 372, 150, 190, "#f7ecd8")
    canvas.rect(746, 356, 178, 20, "#27435a", radius=6)
    canvas.shade([(776, 392), (900, 392), (900, 452), (776, 452)], ["#a9d3d8", "#5b96a6"])
    canvas.disc(842, 428, 16, "#d9a37c")
    canvas.rect(816, 438, 52, 16, "#1d2d44", radius=8)
    canvas.line([(836, 356), (836, 286)], "#27435a", 6)
    canvas.polygon([(838, 288), (900, 300), (838, 320)], "#d8503a")
    canvas.rect(400, 330, 60, 70, "#d8503a")
    canvas.rect(400, 346, 60, 14, "#f7ecd8")
    for x, y, radius in ((410, 306, 18), (384, 280, 24), (346, 256, 30)):
        canvas.disc(x, y, radius, "#fffaf070")
    boat_hull(canvas, 600, 556, 740, 92, ("#1f4a63", "#f2f0e4"))
    swell(canvas, 636, 7, 240, 0.3, ["#3a7f92", "#1f5570"])
    for offset in range(7):
        canvas.oval(980 - offset * 9, 638 + offset * 3, 60 - offset * 6, 9, "#ffffff66")
    swell(canvas, 700, 9, 330, 0.7, ["#2c6a80", "#184861"])
    glitter(canvas, 520, 820, 660, 790, "#ffe9cc60", 50)
    for x, y, span in ((560, 200, 56), (640, 160, 40), (960, 210, 48), (120, 150, 34)):
        gull(canvas, x, y, span, "#fffaf0")


def school_house(canvas: Canvas) -> None:
    """Draw a school on the first warm day, bunting out."""
    canvas.gradient(["#6fb7c8", "#aedbd4", "#eff3d9"], bottom=640)
    cloud(canvas, 220, 170, 260, "#ffffffd8")
    cloud(canvas, 980, 130, 220, "#ffffffc0")
    swell(canvas, 560, 26, 900, 0.1, ["#8fbf7f", "#6da86d"])
    canvas.shade([(250, 380), (950, 380), (950, 720), (250, 720)], ["#d8775a", "#c4644b"])
    for row in range(16):
        for column in range(12):
            if (row * 7 + column * 5) % 4 == 0:
                canvas.rect(262 + column * 58 + (row % 2) * 26, 396 + row * 20, 30, 8, "#b6573f66")
    canvas.polygon([(220, 384), (980, 384), (900, 290), (300, 290)], "#4c5567")
    canvas.rect(516, 240, 168, 480, "#e28a68")
    canvas.polygon([(490, 246), (710, 246), (600, 132)], "#4c5567")
    canvas.rect(566, 78, 68, 66, "#f7ecd8")
    canvas.polygon([(554, 80), (646, 80), (600, 30)], "#b8403a")
    canvas.disc(600, 112, 18, "#d8a032")
    canvas.disc(600, 320, 46, "#f7ecd8")
    canvas.ring(600, 320, 46, "#2b4a5e", 6)
    canvas.rope([(600, 320), (600, 290)], "#2b4a5e", 5)
    canvas.rope([(600, 320), (622, 330)], "#2b4a5e", 5)
    for left in (290, 400, 724, 834):
        for top in (420, 560):
            canvas.rect(left - 6, top - 6, 88, 112, "#f7ecd8")
            canvas.shade(
                [(left, top), (left + 76, top), (left + 76, top + 100), (left, top + 100)], ["#35566e", "#7fa9b8"]
            )
            canvas.rect(left + 36, top, 5, 100, "#f7ecd8")
            canvas.rect(left, top + 46, 76, 5, "#f7ecd8")
    canvas.rect(548, 560, 104, 160, "#f7ecd8")
    canvas.rect(556, 572, 42, 148, "#2f6a78")
    canvas.rect(602, 572, 42, 148, "#2f6a78")
    canvas.rect(528, 420, 144, 96, "#35566e")
    canvas.rect(596, 420, 6, 96, "#f7ecd8")
    canvas.gradient(["#c9b58e", "#b59f78"], top=716)
    flags = ("#e4572e", "#f3c14b", "#2f7f78", "#f7ecd8", "#7a4a86")
    string = [(120 + 960 * t / 48, 470 + 120 * math.sin(t / 48 * math.pi)) for t in range(49)]
    canvas.line(string, "#3b2f2f", 3)
    for index, (x, y) in enumerate(string[1:-1:2]):
        canvas.polygon([(x - 15, y), (x + 15, y), (x, y + 36)], flags[index % 5])
    for x in (110, 1090):
        canvas.rect(x - 9, 470, 18, 260, "#6d4a38")
        for dx, dy, radius in ((0, 400, 92), (-62, 460, 66), (62, 462, 70)):
            canvas.disc(x + dx, dy, radius, "#4d8f62")
        canvas.disc(x - 24, 372, 44, "#68a874")
    for index, (x, y) in enumerate(((700, 838), (776, 838), (738, 798), (738, 878))):
        canvas.rect(x, y - 20, 70, 36, "#fff7e6", radius=3)
        canvas.rect(x + 4, y - 16, 62, 28, ("#d9775a", "#f0c25c", "#6fa8a0", "#b58ab0")[index])
    for x, y, height, coat in (
        (330, 846, 120, "#f3c14b"),
        (400, 868, 112, "#2f7f78"),
        (250, 872, 118, "#e4572e"),
        (520, 834, 116, "#7a4a86"),
        (916, 850, 122, "#e4572e"),
        (470, 880, 190, "#35566e"),
    ):
        canvas.oval(x, y, height * 0.2, 8, "#5a4a3444")
        person(canvas, x, y, height, coat, ("#f0c9a4", "#8a5a44", "#d9a37c")[x % 3])


def loaves(canvas: Canvas) -> None:
    """Draw three loaves and an ear of wheat, still warm."""
    canvas.gradient(["#3a2733", "#5e3a3c", "#8a5440"])
    canvas.glow(500, 420, 560, "#f2a65a", 0.55)
    canvas.shade([(0, 760), (1000, 760), (1000, 1000), (0, 1000)], ["#c98d5a", "#8d5a3c"])
    for y in (800, 850, 915):
        canvas.line([(0, y), (1000, y + 6)], "#7a4a3466", 3)
    canvas.polygon([(120, 770), (900, 770), (960, 880), (60, 880)], "#f2e2c4")
    for x in range(140, 900, 60):
        canvas.line([(x, 770), (x - 30 + (x - 510) * 0.12, 880)], "#c4553f55", 8)
    for x, y, radius_x, radius_y in ((290, 640, 250, 150), (720, 650, 240, 146), (500, 730, 330, 150)):
        canvas.oval(x, y + 38, radius_x * 0.96, radius_y * 0.86, "#3a1f1c66")
        canvas.oval(x, y, radius_x, radius_y, "#b8682f")
        canvas.oval(x - 8, y - 14, radius_x * 0.94, radius_y * 0.88, "#d68a43")
        canvas.oval(x - 22, y - 40, radius_x * 0.74, radius_y * 0.56, "#e9a95e")
        for slash in (-0.48, -0.16, 0.16, 0.48):
            foot = (x + slash * radius_x - 34, y + radius_y * 0.24 * (1 - abs(slash)))
            tip = (x + slash * radius_x + 30, y - radius_y * (0.84 - 0.5 * abs(slash)))
            bulge = 26 - 14 * abs(slash)
            middle = _between(foot, tip, 0.5)
            left = curve([foot, (middle[0] - bulge, middle[1] - 6), tip])
            right = curve([foot, (middle[0] + bulge * 0.7, middle[1] + 6), tip])
            canvas.polygon([*left, *reversed(right)], "#fbe3b4")
            canvas.line(left, "#9a5424", 6)
    for _ in range(130):
        flour = (canvas.random.gauss(500, 190), canvas.random.gauss(640, 60))
        canvas.disc(*flour, canvas.random.uniform(1, 3.4), "#fff6e2b0")
    for stalk in range(3):
        lean = (stalk - 1) * 70
        tip = (500 + lean * 2.2, 130 + abs(lean) * 0.6)
        canvas.line([(500 + lean * 0.2, 520), tip], "#e8c069", 6)
        for grain in range(9):
            ear_x, ear_y = _between(tip, (500 + lean * 0.2, 520), grain / 17)
            for side in (-1, 1):
                canvas.polygon(
                    [
                        (ear_x, ear_y + 14),
                        (ear_x + side * 30, ear_y - 8),
                        (ear_x + side * 22, ear_y - 34),
                        (ear_x + side * 4, ear_y - 10),
                    ],
                    "#f4d27c" if side < 0 else "#dba845",
                )
    for x, phase in ((230, 0.0), (760, 1.4)):
        steam = [(x + 26 * math.sin(t / 9 + phase), 460 - t * 5.0) for t in range(48)]
        canvas.line(steam, "#fff6e228", 22)


def gannets(canvas: Canvas) -> None:
    """Draw seabirds over patterned waves."""
    canvas.gradient(["#f6ead2", "#f8d9b4", "#f3bd9c"], bottom=520)
    canvas.disc(890, 250, 120, "#ef7d57")
    for row in range(7):
        y = 470 + row * 52
        colour = ("#2b6f86", "#37859a", "#22596f", "#2f7890", "#1c4a60", "#28667c", "#163c50")[row]
        canvas.rect(0, y, 1200, 400, colour)
        for index in range(-1, 15):
            x = index * 92 + (row % 2) * 46
            canvas.disc(x, y + 4, 52, colour)
            for ring in range(2):
                canvas.arc(x, y + 4, 40 - ring * 15, 180, 360, "#e9f1e855", 4)
    flock = ((370, 330, 1.08, -8), (740, 380, 0.8, 8), (620, 170, 0.55, -4), (1000, 500, 0.66, 14), (130, 470, 0.5, 4))
    for x, y, size, turn in flock:
        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))

        def place(
            points: Sequence[Point], x: float = x, y: float = y, size: float = size, cos: float = cos, sin: float = sin
        ) -> list[Point]:
            return [(x + (px * cos - py * sin) * size, y + (px * sin + py * cos) * size) for px, py in points]

        canvas.polygon(place([(-20, 4), (-70, -60), (-150, -118), (-236, -150), (-160, -80), (-90, -18)]), "#d9d5c6")
        canvas.polygon(place([(-150, -118), (-236, -150), (-172, -92)]), "#20262e")
        canvas.polygon(
            place(
                [
                    (-120, 0),
                    (-170, -14),
                    (-176, 12),
                    (-118, 14),
                    (-40, 30),
                    (40, 26),
                    (96, 8),
                    (110, -6),
                    (88, -20),
                    (30, -18),
                    (-50, -14),
                ]
            ),
            "#fffdf5",
        )
        canvas.polygon(place([(-10, -12), (30, -100), (70, -170), (128, -236), (110, -140), (66, -10)]), "#fffdf5")
        canvas.polygon(place([(70, -170), (128, -236), (112, -150)]), "#20262e")
        canvas.polygon(place([(60, -17), (88, -20), (110, -6), (96, 8), (66, 16)]), "#f4d38a")
        canvas.polygon(place([(106, -10), (152, 4), (104, 5)]), "#8fa5ae")
        canvas.disc(*place([(94, -8)])[0], 4.5 * size, "#20262e")


def allotments(canvas: Canvas) -> None:
    """Draw vegetable plots from above, like a quilt."""
    canvas.gradient(["#8a6a4a", "#7c5e42"])
    palette = ("#4f8a4b", "#7fae55", "#2f6b4f", "#a9c46c", "#5d9a78", "#c9b25a")
    columns = ((20, 252), (292, 300), (612, 232))
    for number, (left, width) in enumerate(columns):
        y = 20.0
        for plot in range(4):
            height = (210, 170, 250, 190)[(plot + number) % 4]
            if y + height > 640:
                height = round(640 - y)
            if height < 60:
                break
            soil = ("#6a4c35", "#5f4430", "#765640")[(plot + number) % 3]
            canvas.rect(left + 5, y + 7, width, height, "#3b2a1c66", radius=10)
            canvas.rect(left, y, width, height, soil, radius=10)
            kind = (plot * 3 + number * 2) % 5
            colour = palette[(plot + number * 2) % 6]
            if kind == 0:
                for row in range(int(height // 34)):
                    for column in range(int(width // 34)):
                        x, cy = left + 20 + column * 34, y + 20 + row * 34
                        canvas.disc(x, cy, 14, colour)
                        canvas.disc(x - 3, cy - 3, 7, "#dcebb066")
            elif kind == 1:
                for column in range(int(width // 30)):
                    x = left + 10 + column * 30
                    canvas.rect(x, y + 12, 16, height - 24, colour, radius=8)
                    for leaf in range(int((height - 30) // 18)):
                        canvas.disc(x + (2 if leaf % 2 else 14), y + 22 + leaf * 18, 8, palette[(plot + 1) % 6])
            elif kind == 2:
                canvas.rect(left + 20, y + 20, width - 40, height - 40, "#d3ebea", radius=4)
                canvas.rect(left + 20, y + 20, (width - 40) / 2, height - 40, "#b2d8da", radius=4)
                for pane in range(1, 5):
                    bar = left + 20 + (width - 40) * pane / 5
                    canvas.line([(bar, y + 20), (bar, y + height - 20)], "#f8fbf4", 4)
                canvas.line([(left + 20, y + height / 2), (left + width - 20, y + height / 2)], "#f8fbf4", 6)
            elif kind == 3:
                for row in range(int(height // 44)):
                    for column in range(int(width // 44)):
                        x, cy = left + 28 + column * 44, y + 28 + row * 44
                        for petal in range(6):
                            angle = petal * math.tau / 6
                            canvas.disc(
                                x + 10 * math.cos(angle),
                                cy + 10 * math.sin(angle),
                                7,
                                ("#f2b53c", "#e4673f", "#f3e3c4")[(row + column) % 3],
                            )
                        canvas.disc(x, cy, 6, "#5a3a20")
            else:
                for row in range(int(height // 28)):
                    cy = y + 18 + row * 28
                    line = [(left + 14 + t * (width - 28) / 20, cy + 4 * math.sin(t)) for t in range(21)]
                    canvas.rope(line, colour, 13)
            y += height + 22
    canvas.disc(602, 470, 36, "#33576b")
    canvas.disc(602, 470, 29, "#5b93a6")
    canvas.oval(595, 463, 14, 9, "#d9f0f088")
    canvas.disc(282, 236, 26, "#f0d28a")
    canvas.disc(282, 236, 13, "#d9ae5c")


def sea_chart(canvas: Canvas) -> None:
    """Draw a depth chart of the bay with a dotted course."""
    canvas.gradient(["#bfe0e0", "#b2d8dc"])
    wobble = ((2, 0.16, 0.4), (3, 0.1, 1.8), (5, 0.05, 0.2))
    for index, tint in enumerate(("#a3ced5", "#8ac0cb", "#6dadbd", "#5499ad", "#3d839b", "#2c6d87")):
        canvas.polygon(blob(560, 560, 470 - index * 72, [(n, s, p + index * 0.16) for n, s, p in wobble]), tint)
    coast = curve([(520, -10), (470, 70), (360, 110), (310, 200), (190, 250), (130, 370), (40, 430), (-10, 540)])
    inland = curve([(420, -10), (380, 40), (290, 80), (230, 160), (130, 200), (90, 310), (-10, 400)])
    canvas.polygon([(-10, -10), *coast], "#f3e3bd")
    canvas.polygon([(-10, -10), *inland], "#e5cd98")
    canvas.polygon(blob(850, 210, 96, ((3, 0.14, 0.0), (4, 0.08, 1.0))), "#f3e3bd")
    canvas.polygon(blob(856, 206, 60, ((3, 0.14, 0.0), (4, 0.08, 1.0))), "#e5cd98")
    for step in range(0, 1001, 125):
        canvas.line([(step, 0), (step, 1000)], "#23506e22", 2)
        canvas.line([(0, step), (1000, step)], "#23506e22", 2)
    course = [(330 + 500 * t / 60 + 60 * math.sin(t / 9), 190 + 640 * t / 60) for t in range(61)]
    for x, y in course[::2]:
        canvas.disc(x, y, 6, "#d8402f")
    canvas.disc(*course[0], 15, "#d8402f")
    canvas.disc(*course[0], 7, "#fdf6e4")
    x, y = course[-1]
    canvas.line([(x - 20, y - 20), (x + 20, y + 20)], "#d8402f", 9)
    canvas.line([(x - 20, y + 20), (x + 20, y - 20)], "#d8402f", 9)
    rose_x, rose_y = 210.0, 800.0
    canvas.disc(rose_x, rose_y, 124, "#fdf6e4")
    canvas.ring(rose_x, rose_y, 124, "#23506e", 5)
    canvas.ring(rose_x, rose_y, 104, "#23506e", 2)
    for point in range(16):
        angle = point * math.tau / 16
        far = 100 if point % 4 == 0 else 72 if point % 2 == 0 else 44
        tip = (rose_x + far * math.sin(angle), rose_y - far * math.cos(angle))
        for side, colour in ((-1, "#23506e"), (1, "#d8402f" if point == 0 else "#7ba7b5")):
            edge = angle + side * 0.32
            canvas.polygon(
                [(rose_x, rose_y), tip, (rose_x + 24 * math.sin(edge), rose_y - 24 * math.cos(edge))], colour
            )
    canvas.disc(rose_x, rose_y, 9, "#fdf6e4")
    for px, py in ((640, 420), (560, 640), (700, 760), (430, 520)):
        canvas.disc(px, py, 4, "#fdf6e4")


def container_yard(canvas: Canvas) -> None:
    """Draw stacked containers and one on the hook."""
    canvas.gradient(["#f7d7b0", "#f5b98f", "#e98f76"], bottom=600)
    canvas.disc(250, 190, 84, "#fff0cf")
    colours = ("#c8443a", "#2f6f8f", "#e9a23b", "#3f7f6a", "#7c4a6d", "#d97a4a", "#27465c", "#e6d3b0")
    heights = (3, 4, 2, 2, 4, 5, 3)
    for stack, count in enumerate(heights):
        for level in range(count):
            x, y = -30.0 + stack * 182, 536.0 - level * 84
            colour = colours[(stack * 3 + level * 5) % 8]
            canvas.shade([(x, y), (x + 178, y), (x + 178, y + 82), (x, y + 82)], [colour, colour])
            for ridge in range(11):
                canvas.rect(x + 10 + ridge * 15, y + 8, 6, 66, "#00000022")
                canvas.rect(x + 16 + ridge * 15, y + 8, 3, 66, "#ffffff18")
            canvas.rect(x, y, 178, 6, "#ffffff26")
            canvas.rect(x, y + 76, 178, 6, "#00000033")
            canvas.rect(x, y, 6, 82, "#00000026")
            canvas.rect(x + 172, y, 6, 82, "#00000026")
    canvas.rect(0, 618, 1200, 70, "#574a50")
    canvas.rect(0, 618, 1200, 6, "#f1cf6a")
    for x in range(-40, 1240, 90):
        canvas.rect(x, 650, 46, 6, "#f3ead8")
    canvas.rect(0, 40, 1200, 30, "#31405a")
    for x in range(-30, 1220, 60):
        canvas.line([(x, 70), (x + 30, 42), (x + 60, 70)], "#4a5c7a", 5)
    canvas.rect(0, 66, 1200, 10, "#31405a")
    canvas.rect(370, 70, 120, 34, "#f1cf6a", radius=6)
    for x in (390, 470):
        canvas.line([(x, 104), (x, 218)], "#2a3044", 4)
    canvas.rect(352, 214, 156, 18, "#f1cf6a", radius=4)
    canvas.rect(342, 236, 178, 82, "#e6d3b0")
    for ridge in range(11):
        canvas.rect(352 + ridge * 15, 244, 6, 66, "#00000022")
    canvas.rect(342, 230, 178, 8, "#b99f78")
    canvas.rect(342, 310, 178, 8, "#b99f78")
    person(canvas, 436, 664, 96, "#f1a93b", "#8a5a44")
    canvas.oval(436, 580, 14, 8, "#fdf6e4")
    for x, y, span in ((620, 150, 36), (690, 176, 28), (1020, 130, 32)):
        gull(canvas, x, y, span, "#7c3f3f")


def great_bearing(canvas: Canvas) -> None:
    """Draw a roller bearing as large as a room."""
    canvas.gradient(["#16323a", "#1f4a50", "#163a42"])
    canvas.glow(500, 470, 620, "#3f8a86", 0.6)
    x, y = 500.0, 500.0
    for tooth in range(40):
        angle = tooth * math.tau / 40
        points = [(438, -0.045), (476, -0.028), (476, 0.028), (438, 0.045)]
        canvas.polygon(
            [(x + far * math.cos(angle + turn), y + far * math.sin(angle + turn)) for far, turn in points], "#b0692f"
        )
    canvas.disc(x + 10, y + 16, 444, "#0c222866")
    canvas.disc(x, y, 444, "#b0692f")
    canvas.disc(x, y, 430, "#d68f45")
    canvas.disc(x, y, 398, "#8f4f26")
    canvas.disc(x, y, 386, "#12292f")
    for roller in range(14):
        angle = roller * math.tau / 14 + 0.1
        cx, cy = x + 318 * math.cos(angle), y + 318 * math.sin(angle)
        canvas.disc(cx + 4, cy + 6, 62, "#08171b")
        canvas.disc(cx, cy, 61, "#a9b8b6")
        canvas.disc(cx - 4, cy - 5, 52, "#d8e2dc")
        canvas.disc(cx - 8, cy - 10, 36, "#f1f5ec")
        canvas.disc(cx, cy, 13, "#7f918f")
    canvas.disc(x, y, 256, "#8f4f26")
    canvas.disc(x, y, 246, "#d68f45")
    canvas.disc(x - 6, y - 8, 224, "#eab469")
    canvas.disc(x, y, 196, "#c47d3a")
    canvas.disc(x, y, 150, "#16323a")
    canvas.ring(x, y, 172, "#8f4f26", 5)
    for bolt in range(12):
        angle = bolt * math.tau / 12
        cx, cy = x + 222 * math.cos(angle), y + 222 * math.sin(angle)
        canvas.disc(cx, cy, 13, "#8f4f26")
        canvas.disc(cx - 2, cy - 2, 9, "#f6d39a")
    crack = [(586, 386), (606, 372), (614, 350), (640, 338), (648, 312), (672, 298), (680, 280)]
    canvas.line([(px - 44, py + 30) for px, py in crack], "#3b1a12", 7)
    person(canvas, 500, 632, 190, "#e8703f", "#f0c9a4")
    canvas.arc(500, 466, 26, 180, 360, "#f6d365", 20)
    canvas.rect(400, 630, 200, 10, "#0c2228")


def library_shelves(canvas: Canvas) -> None:
    """Draw full shelves, a ladder and a sleeping cat."""
    canvas.gradient(["#f1dfc0", "#e6c99c"])
    spines = (
        "#b8403a",
        "#2f6a78",
        "#e9a23b",
        "#6a4a78",
        "#f4ead2",
        "#3f7f6a",
        "#d97a4a",
        "#27465c",
        "#c98fa0",
        "#8fae7a",
    )
    for shelf in range(3):
        base = 262.0 + shelf * 252
        canvas.shade([(40, base - 222), (1160, base - 222), (1160, base), (40, base)], ["#7a4a34", "#9c6444"])
        x = 56.0
        while x < 1140:
            if canvas.random.random() < 0.07 and x < 1020:
                for stacked in range(3):
                    canvas.rect(x, base - 26 - stacked * 27, 108 - stacked * 12, 25, canvas.random.choice(spines))
                x += 116
                continue
            width = canvas.random.uniform(20, 46)
            if x + width > 1144:
                break
            height = canvas.random.uniform(126, 202)
            colour = canvas.random.choice(spines)
            canvas.rect(x, base - height, width, height, colour)
            canvas.rect(x, base - height, 4, height, "#ffffff30")
            canvas.rect(x + width - 4, base - height, 4, height, "#00000026")
            band = canvas.random.choice(("#fff3d0", "#00000040", "#f0c25c"))
            canvas.rect(x, base - height * 0.84, width, 7, band)
            canvas.rect(x, base - height * 0.2, width, 5, band)
            if width > 34:
                canvas.rect(x + 8, base - height * 0.64, width - 16, height * 0.2, "#fff3d0cc")
            x += width + 2
        canvas.rect(24, base, 1152, 24, "#5c3526")
        canvas.rect(24, base, 1152, 5, "#84523a")
    for x in (20, 1150):
        canvas.rect(x, 10, 30, 790, "#6a3f2c")
    canvas.rect(10, 10, 1180, 30, "#5c3526")
    for x in (826, 936):
        canvas.line([(x, 30), (x - 60 if x < 900 else x + 60, 800)], "#f0cf96", 15)
    for step in range(7):
        y = 100.0 + step * 104
        spread = 60 * (y - 30) / 770
        canvas.line([(826 - spread, y), (936 + spread, y)], "#e0b878", 13)
    canvas.oval(330, 752, 92, 44, "#2b2a33")
    canvas.disc(250, 738, 36, "#2b2a33")
    canvas.polygon([(222, 722), (220, 688), (246, 708)], "#2b2a33")
    canvas.polygon([(254, 706), (280, 688), (280, 722)], "#2b2a33")
    canvas.arc(238, 738, 8, 20, 160, "#f0c25c", 3)
    canvas.arc(262, 738, 8, 20, 160, "#f0c25c", 3)
    canvas.arc(396, 738, 52, 300, 90, "#2b2a33", 18)


def heat_network(canvas: Canvas) -> None:
    """Draw homes above ground, warm and cool pipes below."""
    canvas.gradient(["#223a5e", "#3f5f86", "#a98a9a", "#f0b48c"], bottom=330)
    for _ in range(40):
        canvas.disc(canvas.random.uniform(0, 1200), canvas.random.uniform(0, 150), 1.6, "#fff4d6a0")
    for index, x in enumerate(range(40, 1130, 158)):
        top = 240 - (index * 37 % 60)
        canvas.rect(x, top, 126, 330 - top, ("#f3e3c4", "#d8775a", "#7aa8a0", "#e9b45c")[index % 4])
        canvas.polygon([(x - 10, top), (x + 136, top), (x + 63, top - 64)], "#3a3f57")
        for wx in (18, 72):
            for wy in (20, 74):
                if top + wy + 34 < 330:
                    canvas.rect(x + wx, top + wy, 36, 34, "#ffe08a")
                    canvas.rect(x + wx + 16, top + wy, 3, 34, "#8a5a44")
        canvas.rect(x + 50, 286, 26, 44, "#5a3344")
    canvas.gradient(["#5a7a4a", "#4c6a42"], top=328, bottom=346)
    canvas.gradient(["#6b4b3c", "#53392f", "#3d2a26"], top=346)
    for _ in range(90):
        canvas.oval(
            canvas.random.uniform(0, 1200),
            canvas.random.uniform(360, 620),
            canvas.random.uniform(4, 16),
            canvas.random.uniform(3, 8),
            canvas.random.choice(("#8a675055", "#2f201d66", "#a07f6255")),
        )
    hot, cold = "#f26a3d", "#4aa3c2"
    for index, x in enumerate(range(103, 1200, 158)):
        canvas.line([(x - 14, 330), (x - 14, 440)], "#2b1b1b", 22)
        canvas.line([(x - 14, 330), (x - 14, 440)], hot, 14)
        canvas.line([(x + 16, 330), (x + 16, 520)], "#2b1b1b", 22)
        canvas.line([(x + 16, 330), (x + 16, 520)], cold, 14)
        canvas.glow(x - 14, 440, 60, "#ffb36a", 0.5 if index % 2 else 0.3)
    for y, colour, light in ((440, hot, "#ffb88a"), (520, cold, "#a5dcec")):
        canvas.rect(0, y - 24, 1200, 48, "#2b1b1b")
        canvas.rect(0, y - 18, 1200, 36, colour)
        canvas.rect(0, y - 11, 1200, 6, light)
        for x in range(30, 1200, 158):
            canvas.rect(x, y - 28, 16, 56, "#8f8f96", radius=3)
    for x in range(60, 1200, 158):
        canvas.polygon([(x + 30, 430), (x + 54, 441), (x + 30, 452)], "#fff3e0")
        canvas.polygon([(x + 54, 510), (x + 30, 521), (x + 54, 532)], "#f2fbff")


def brass_band(canvas: Canvas) -> None:
    """Draw a horn as a set of golden circles."""
    canvas.gradient(["#7a1f33", "#9c2c3c", "#b8453f"])
    for ray in range(36):
        if ray % 2:
            low, high = ray * math.tau / 36, (ray + 1) * math.tau / 36
            canvas.polygon(
                [
                    (400, 420),
                    (400 + 1300 * math.cos(low), 420 + 1300 * math.sin(low)),
                    (400 + 1300 * math.cos(high), 420 + 1300 * math.sin(high)),
                ],
                "#c9563f55",
            )
    for radius, width in ((250, 44), (182, 40)):
        canvas.ring(640, 640, radius + 5, "#5a1426", width + 10)
        canvas.ring(640, 640, radius, "#d9962f", width)
        canvas.ring(640, 640, radius - 5, "#f6cf6a", width * 0.42)
    for index in range(3):
        x = 560.0 + index * 62
        canvas.rect(x - 24, 470 - index * 8, 48, 250, "#5a1426", radius=16)
        canvas.rect(x - 19, 476 - index * 8, 38, 240, "#e8ae42", radius=14)
        canvas.rect(x - 11, 484 - index * 8, 9, 220, "#fbe09a", radius=4)
        canvas.rect(x - 7, 424 - index * 8, 14, 56, "#f4ead2")
        canvas.disc(x, 420 - index * 8, 19, "#f4ead2")
    canvas.rope([(640, 880), (820, 880), (900, 820)], "#5a1426", 44)
    canvas.rope([(640, 878), (820, 878), (900, 820)], "#e8ae42", 32)
    canvas.disc(916, 806, 34, "#f6cf6a")
    canvas.disc(922, 800, 17, "#8f4f1f")
    for radius, colour in (
        (306, "#5a1426"),
        (296, "#b8741f"),
        (286, "#f2bd52"),
        (262, "#fbe09a"),
        (246, "#e8a93c"),
        (206, "#cf8a2a"),
        (160, "#a8641c"),
        (112, "#7a3f16"),
        (66, "#431d10"),
    ):
        canvas.disc(340, 350, radius, colour)
    canvas.arc(340, 350, 230, 190, 262, "#fff3cf", 12)
    canvas.arc(340, 350, 182, 196, 250, "#fbe09a", 8)
    for x, y, size in ((760, 180, 1.0), (880, 300, 0.8), (120, 820, 0.9), (250, 900, 0.7)):
        canvas.oval(x, y, 26 * size, 20 * size, "#fdf1d6")
        canvas.rect(x + 19 * size, y - 100 * size, 7 * size, 100 * size, "#fdf1d6")
        canvas.polygon(
            [
                (x + 20 * size, y - 100 * size),
                (x + 64 * size, y - 66 * size),
                (x + 58 * size, y - 36 * size),
                (x + 26 * size, y - 70 * size),
            ],
            "#fdf1d6",
        )


def rain_on_glass(canvas: Canvas) -> None:
    """Draw city lights through a wet window."""
    canvas.gradient(["#17233f", "#2b3a63", "#5a4a78", "#9a5f7a"])
    for _ in range(70):
        x, y = canvas.random.uniform(0, 1200), canvas.random.gauss(430, 110)
        colour = canvas.random.choice(("#ffcf6e", "#ff8f5a", "#6fc3e0", "#f6e3c0", "#e85a6a"))
        canvas.disc(x, y, canvas.random.uniform(10, 44), colour + canvas.random.choice(("40", "60", "88")))
    canvas.soften(5)
    for _ in range(150):
        x, y = canvas.random.uniform(0, 1200), canvas.random.uniform(0, 675)
        size = canvas.random.triangular(3, 17, 4)
        canvas.oval(x + 1, y + 2, size, size * 1.15, "#0f182e77")
        canvas.oval(x, y, size * 0.94, size * 1.08, "#a9bcd888")
        canvas.oval(x, y + size * 0.3, size * 0.7, size * 0.6, "#e8eef688")
        canvas.disc(x - size * 0.3, y - size * 0.4, size * 0.2, "#ffffffe0")
    for x, top, bottom in ((180, 60, 420), (470, 130, 560), (706, 20, 300), (960, 210, 610), (1100, 40, 260)):
        trail = [(x + 5 * math.sin(t / 5), top + (bottom - top) * t / 40) for t in range(41)]
        canvas.line(trail, "#c4d3e84c", 9)
        canvas.oval(trail[-1][0], bottom, 14, 19, "#b9cae4c0")
        canvas.disc(trail[-1][0] - 4, bottom - 7, 4, "#ffffff")
    canvas.rect(0, 0, 26, 675, "#f0e4cf")
    canvas.rect(1174, 0, 26, 675, "#f0e4cf")
    canvas.rect(0, 640, 1200, 35, "#f0e4cf")
    canvas.rect(0, 640, 1200, 5, "#cdbb9c")
    canvas.rect(590, 0, 20, 640, "#e6d7bd")
    canvas.rect(606, 0, 4, 640, "#bda98a")
    canvas.rect(826, 560, 120, 82, "#c4553f", radius=10)
    canvas.ring(950, 600, 32, "#c4553f", 12)
    canvas.oval(886, 562, 60, 11, "#8f3a2c")
    canvas.oval(886, 563, 52, 7, "#4a2418")
    for phase in (0, 2):
        canvas.line([(870 + phase * 16 + 9 * math.sin(t / 4 + phase), 548 - t * 4) for t in range(24)], "#fff8ea38", 9)


def beach_huts(canvas: Canvas) -> None:
    """Draw painted huts on the north beach."""
    canvas.gradient(["#59b4d3", "#a6dbe0", "#f4f0d6"], bottom=560)
    cloud(canvas, 260, 190, 280, "#ffffffd0")
    cloud(canvas, 850, 130, 220, "#ffffffc0")
    canvas.disc(1050, 150, 58, "#ffe9a0")
    canvas.gradient(["#3f9db0", "#6fc0bf"], top=520, bottom=600)
    glitter(canvas, 600, 1100, 528, 590, "#ffffff90", 40)
    canvas.gradient(["#f6e2b4", "#e9c98c"], top=596)
    colours = ("#e4572e", "#f3c14b", "#2f8f8a", "#f28fa0", "#3f6fa8", "#8fb85a")
    for index, colour in enumerate(colours):
        x = 44.0 + index * 188
        canvas.polygon([(x + 10, 742), (x + 172, 742), (x + 220, 784), (x + 40, 784)], "#b5955a66")
        canvas.rect(x + 10, 724, 12, 32, "#7a5a3c")
        canvas.rect(x + 140, 724, 12, 32, "#7a5a3c")
        canvas.rect(x, 460, 164, 270, colour)
        for plank in range(1, 9):
            canvas.rect(x + plank * 18, 460, 2, 270, "#00000018")
        if index % 2 == 0:
            for stripe in range(0, 9, 2):
                canvas.rect(x + stripe * 18.2, 460, 18.2, 270, "#fff7e6")
        canvas.polygon([(x, 462), (x + 164, 462), (x + 82, 380)], colour)
        canvas.line([(x - 18, 472), (x + 82, 370), (x + 182, 472)], "#fff7e6", 15)
        canvas.disc(x + 82, 428, 13, "#fff7e6")
        canvas.rect(x + 44, 536, 76, 194, "#fff7e6")
        canvas.rect(x + 51, 544, 62, 186, colours[(index + 2) % 6])
        canvas.rect(x + 62, 560, 40, 46, "#bfe3e6")
        canvas.disc(x + 104, 644, 4, "#fff7e6")
        canvas.rect(x - 4, 728, 172, 10, "#a8794c")
    for x, y in ((300, 836), (980, 826)):
        canvas.oval(x + 40, y + 8, 130, 12, "#b5955a66")
        canvas.line([(x, y), (x + 30, y - 176)], "#7a5a3c", 7)
        arch = [
            (x + 30 + 120 * math.cos(math.radians(a)), y - 130 + 82 * math.sin(math.radians(a)))
            for a in range(190, 371, 6)
        ]
        canvas.polygon(arch, "#d8402f")
        inner = [
            (x + 30 + 44 * math.cos(math.radians(a)), y - 134 + 78 * math.sin(math.radians(a)))
            for a in range(190, 371, 6)
        ]
        canvas.polygon(inner, "#fff7e6")
    canvas.line([(640, 780), (790, 250)], "#ffffff88", 2)
    canvas.polygon([(790, 250), (826, 196), (786, 150), (752, 206)], "#7a3e8f")
    canvas.polygon([(790, 250), (786, 150), (752, 206)], "#a05ab4")
    canvas.line([(790, 250), (812, 286), (796, 316), (820, 344)], "#7a3e8f", 4)
    person(canvas, 634, 846, 120, "#e4572e", "#8a5a44")
    canvas.rope([(640, 766), (646, 742)], "#8a5a44", 8)
    person(canvas, 704, 850, 96, "#f3c14b", "#f0c9a4")


def network_map(canvas: Canvas) -> None:
    """Draw a tram map without names."""
    canvas.gradient(["#faf4e4", "#f3ead2"])
    shore = curve([(-10, 500), (200, 470), (380, 520), (560, 560), (760, 530), (980, 590), (1210, 560)])
    canvas.polygon([*shore, (1210, 690), (-10, 690)], "#bfe0e4")
    river = curve([(860, -40), (840, 120), (900, 240), (880, 380), (820, 470), (830, 580)])
    canvas.line(river, "#bfe0e4", 46)
    canvas.rect(120, 90, 190, 120, "#d3e6c0", radius=26)
    canvas.rect(970, 330, 150, 110, "#d3e6c0", radius=26)
    routes: tuple[tuple[str, list[Point]], ...] = (
        ("#d8402f", [(60, 330), (300, 330), (420, 330), (560, 330), (760, 330), (960, 330), (1060, 230), (1160, 230)]),
        ("#2f6fa8", [(180, 610), (180, 480), (330, 330), (430, 230), (430, 60)]),
        ("#2f8f6a", [(80, 250), (340, 250), (560, 470), (700, 470), (1150, 470)]),
        ("#f0a92e", [(640, 50), (640, 330), (640, 420), (740, 520), (740, 640)]),
        ("#7a4a9a", [(360, 140), (980, 140), (1070, 50)]),
    )
    for colour, points in routes:
        canvas.rope(points, "#fffaf0", 30)
        canvas.rope(points, colour, 18)
        for bend in points[1:-1]:
            canvas.disc(*bend, 9, colour)
    for colour, points in routes:
        for start, end in pairwise(points):
            length = math.dist(start, end)
            for stop in range(1, int(length // 80) + 1):
                x, y = _between(start, end, stop * 80 / length)
                canvas.disc(x, y, 6, "#fffaf0")
        for end in (points[0], points[-1]):
            canvas.disc(*end, 19, colour)
            canvas.disc(*end, 10, "#fffaf0")
    for x, y in ((330, 330), (640, 330), (640, 140), (430, 140), (418, 328), (560, 470), (690, 470)):
        canvas.disc(x, y, 23, "#20263a")
        canvas.disc(x, y, 15, "#fffaf0")
    canvas.line([(850, 306), (850, 356)], "#20263a", 5)
    canvas.line([(916, 306), (916, 356)], "#20263a", 5)


def drivers_view(canvas: Canvas) -> None:
    """Draw rails that run towards the evening, seen from the cab."""
    canvas.gradient(["#3f4a8a", "#8a5f9a", "#e8837a", "#fcc27a"], bottom=360)
    canvas.glow(600, 340, 330, "#fff0c0", 0.85)
    canvas.disc(600, 322, 62, "#fff3cc")
    canvas.gradient(["#8a6484", "#4a3a66", "#241f42"], top=356)
    for side in (-1, 1):
        for index in range(7):
            near, far = 1 / (1 + index * 0.62), 1 / (1 + (index + 0.94) * 0.62)
            x0, x1 = 600 + side * 660 * near, 600 + side * 660 * far
            height = (300, 380, 330, 280, 360, 310, 340)[index]
            wall = ("#3b2f5a", "#4a3566", "#332a52")[(index + (side > 0)) % 3]
            points = [
                (x0, 356 - height * near),
                (x1, 356 - height * far),
                (x1, 356 + 130 * far),
                (x0, 356 + 130 * near),
            ]
            canvas.polygon(points, wall)
            for floor in range(4):
                for bay in range(3):
                    a = near + (far - near) * (0.16 + bay * 0.28)
                    b = near + (far - near) * (0.3 + bay * 0.28)
                    lit = canvas.random.random() < 0.4
                    top, low = height * (0.86 - floor * 0.24), height * (0.72 - floor * 0.24)
                    canvas.polygon(
                        [
                            (600 + side * 660 * a, 356 - top * a),
                            (600 + side * 660 * b, 356 - top * b),
                            (600 + side * 660 * b, 356 - low * b),
                            (600 + side * 660 * a, 356 - low * a),
                        ],
                        "#ffc76a" if lit else "#241c40",
                    )
    canvas.shade([(560, 368), (640, 368), (1500, 690), (-300, 690)], ["#c98a80", "#4a4266", "#2c2848"])
    for near_x, far_x in ((330, 584), (520, 592), (680, 608), (870, 616)):
        canvas.polygon([(far_x - 1, 372), (far_x + 1, 372), (near_x + 15, 680), (near_x - 15, 680)], "#f6cfa0")
    for wire in (500, 700):
        canvas.line([(wire, -10), (600, 330)], "#231c3c", 3)
    for depth in (0.95, 0.6, 0.4, 0.28):
        y = 356 - 330 * depth
        for side in (-1, 1):
            canvas.line(
                [(600 + side * 400 * depth, y), (600 + side * 400 * depth, 356 + 120 * depth)], "#231c3c", 9 * depth
            )
        canvas.line([(600 - 400 * depth, y + 14 * depth), (600 + 400 * depth, y + 14 * depth)], "#231c3c", 5 * depth)
    canvas.rect(566, 318, 34, 46, "#d6493f", radius=6)
    canvas.rect(571, 324, 24, 18, "#ffe9ad")
    for x in (573, 593):
        canvas.disc(x, 352, 3.4, "#fff8dc")
    canvas.polygon([(0, 0), (96, 0), (44, 560), (0, 560)], "#15132a")
    canvas.polygon([(1200, 0), (1104, 0), (1156, 560), (1200, 560)], "#15132a")
    canvas.polygon([(0, 590), (300, 556), (900, 556), (1200, 590), (1200, 690), (0, 690)], "#15132a")
    canvas.polygon(
        [(0, 590), (300, 556), (900, 556), (1200, 590), (1200, 600), (900, 566), (300, 566), (0, 600)], "#3a3560"
    )
    for x, colour in ((330, "#5ad17a"), (372, "#f6c445"), (414, "#e8563f"), (800, "#5ac3e0"), (842, "#f6c445")):
        canvas.disc(x, 606, 12, "#0a0918")
        canvas.disc(x, 606, 8, colour)
    canvas.disc(600, 640, 62, "#0a0918")
    canvas.ring(600, 640, 62, "#5a5486", 5)
    for tick in range(9):
        angle = math.pi + tick * math.pi / 8
        canvas.line(
            [
                (600 + 46 * math.cos(angle), 640 + 46 * math.sin(angle)),
                (600 + 54 * math.cos(angle), 640 + 54 * math.sin(angle)),
            ],
            "#f6e9cc",
            3,
        )
    canvas.rope([(600, 640), (622, 598)], "#f2694b", 4)


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


def otters_on_the_bridge(canvas: Canvas) -> None:
    """Draw a family of otters that crosses an empty bridge by moonlight."""
    canvas.gradient(["#0d1a3a", "#1d3567", "#3f6296", "#8fa9bd"], bottom=560)
    for _ in range(70):
        star = (canvas.random.uniform(0, 1200), canvas.random.uniform(0, 330))
        canvas.disc(*star, canvas.random.uniform(0.8, 2.4), "#f7eecbb0")
    canvas.glow(760, 270, 380, "#f7eecb", 0.6)
    canvas.disc(760, 270, 136, "#fbf3d6")
    for x, y, radius in ((716, 232, 26), (806, 300, 34), (744, 336, 16), (812, 214, 14)):
        canvas.disc(x, y, radius, "#eadfb8")
    swell(canvas, 520, 24, 900, 0.15, ["#2a4a78", "#20395f"])
    for x in range(-60, 1300, 272):
        canvas.line([(x, 20), (x, 610)], "#101d38", 22)
        canvas.line([(x, 610), (x + 272, 40)], "#101d38", 13)
    canvas.rect(0, 16, 1200, 28, "#101d38")
    canvas.rect(0, 470, 1200, 9, "#101d38")
    for x in range(10, 1200, 34):
        canvas.rect(x, 476, 5, 134, "#101d38")
    canvas.gradient(["#6f86a6", "#465c80"], top=606, bottom=716)
    canvas.rect(0, 606, 1200, 7, "#a9bdd0")
    for x in range(30, 1200, 190):
        canvas.rect(x, 676, 96, 8, "#dfe6ea90")
    canvas.gradient(["#1b2a4a", "#101d38"], top=716)
    for x in range(18, 1200, 48):
        canvas.disc(x, 740, 6, "#3b5078")
    family = ((190, 196), (352, 168), (508, 178), (672, 206), (930, 296))
    for x, length in family:
        canvas.oval(x, 668, length * 0.5, 9, "#1b2a4a77")
        otter(canvas, x, 668, length, ("#4a3230", "#d9b48c"))


# Provider icons, drawn in a square of 100 by 100


def _courier(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#a3291c")
    icon.polygon(
        [
            (24, 20),
            (76, 20),
            (76, 34),
            (40, 34),
            (40, 43),
            (68, 43),
            (68, 57),
            (40, 57),
            (40, 66),
            (76, 66),
            (76, 80),
            (24, 80),
        ],
        "#fff6e6",
    )


def _radio(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#123b57")
    for radius in (42, 29):
        icon.arc(50, 66, radius, 205, 335, "#ffc857", 7)
    icon.disc(50, 62, 9, "#ffc857")
    icon.polygon([(46, 66), (54, 66), (60, 92), (40, 92)], "#ffc857")


def _transit(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#f2b632")
    icon.rect(26, 18, 48, 58, "#1f2438", radius=10)
    icon.rect(33, 28, 34, 20, "#f2b632", radius=3)
    icon.disc(38, 62, 5, "#f2b632")
    icon.disc(62, 62, 5, "#f2b632")
    icon.line([(30, 90), (38, 77)], "#1f2438", 6)
    icon.line([(70, 90), (62, 77)], "#1f2438", 6)


def _ledger(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#15443a")
    for x, height in ((20, 24), (38, 38), (56, 32), (74, 58)):
        icon.rect(x - 1, 80 - height, 12, height, "#d9f2c4")
    icon.rect(16, 84, 70, 4, "#d9f2c4")


def _city(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#2a4d8f")
    icon.polygon([(18, 44), (50, 20), (82, 44)], "#ffffff")
    for x in (24, 39, 54, 69):
        icon.rect(x, 48, 8, 24, "#ffffff")
    icon.rect(18, 75, 64, 7, "#ffffff")


def _food(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#f4e6cf")
    fish(icon, 54, 58, 62, -18, ("#e4572e", "#f6a57a", "#b8401f"))
    for x in (34, 50, 66):
        icon.line([(x + 3 * math.sin(t / 2), 36 - t * 2.2) for t in range(10)], "#6b4a3a", 4)


def _lantern(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#4a2360")
    icon.glow(50, 54, 42, "#ffcf6e", 0.8)
    icon.arc(50, 26, 12, 180, 360, "#f7e6c4", 5)
    icon.rect(32, 26, 36, 8, "#f7e6c4", radius=3)
    icon.polygon([(36, 38), (64, 38), (70, 74), (30, 74)], "#ffd97a")
    icon.rect(47, 38, 6, 36, "#4a2360")
    icon.rect(26, 77, 48, 8, "#f7e6c4", radius=3)


def _digest(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#0f4c5c")
    icon.ring(50, 24, 12, "#fdf3e0", 6)
    icon.rect(46, 34, 8, 48, "#fdf3e0")
    icon.rect(32, 42, 36, 7, "#fdf3e0", radius=3)
    icon.arc(50, 52, 32, 20, 160, "#fdf3e0", 8)
    icon.polygon([(12, 66), (30, 58), (26, 76)], "#fdf3e0")
    icon.polygon([(88, 66), (70, 58), (74, 76)], "#fdf3e0")


# What is drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One illustration: its file name without ``.jpg`` and its scene."""

    name: str
    scene: Scene
    scene_size: tuple[int, int]
    file_width_px: int

    @property
    def file_size_px(self) -> tuple[int, int]:
        """Width and height of the file; the scene keeps its shape."""
        width, height = self.scene_size
        return (self.file_width_px, round(height * self.file_width_px / width))


def _picture(name: str, scene: Scene, *, drawn: tuple[int, int], width_px: int = 1200) -> Picture:
    return Picture(name=name, scene=scene, scene_size=drawn, file_width_px=width_px)


# Scenes with much detail get smaller files, so that all of them look clean within the budget.
PICTURES = (
    _picture("bridge-at-dawn", bridge_at_dawn, drawn=(1200, 628)),
    _picture("harbour-at-dusk", harbour_at_dusk, drawn=(1200, 675)),
    _picture("night-tram", night_tram, drawn=(1200, 800), width_px=1080),
    _picture("lighthouse-beam", lighthouse_beam, drawn=(1200, 800)),
    _picture("waves-over-the-wall", waves_over_the_wall, drawn=(1200, 628)),
    _picture("turbines-at-sea", turbines_at_sea, drawn=(1200, 675)),
    _picture("market-stalls", market_stalls, drawn=(1200, 900), width_px=960),
    _picture("terraced-houses", terraced_houses, drawn=(1200, 675), width_px=1040),
    _picture("storm-over-roofs", storm_over_roofs, drawn=(1200, 800), width_px=1140),
    _picture("bicycle-lane", bicycle_lane, drawn=(1200, 675)),
    _picture("concert-lights", concert_lights, drawn=(1200, 628)),
    _picture("city-panorama", city_panorama, drawn=(1200, 462)),
    _picture("fish-on-ice", fish_on_ice, drawn=(1000, 1000), width_px=720),
    _picture("little-ferry", little_ferry, drawn=(1200, 800)),
    _picture("school-house", school_house, drawn=(1200, 900), width_px=1040),
    _picture("loaves", loaves, drawn=(1000, 1000), width_px=900),
    _picture("gannets", gannets, drawn=(1200, 800), width_px=930),
    _picture("allotments", allotments, drawn=(860, 645), width_px=740),
    _picture("sea-chart", sea_chart, drawn=(1000, 1000), width_px=900),
    _picture("container-yard", container_yard, drawn=(1200, 675)),
    _picture("great-bearing", great_bearing, drawn=(1000, 1000), width_px=740),
    _picture("library-shelves", library_shelves, drawn=(1200, 800), width_px=840),
    _picture("heat-network", heat_network, drawn=(1200, 628)),
    _picture("brass-band", brass_band, drawn=(1000, 1000), width_px=800),
    _picture("rain-on-glass", rain_on_glass, drawn=(1200, 675)),
    _picture("beach-huts", beach_huts, drawn=(1200, 900), width_px=1040),
    _picture("network-map", network_map, drawn=(1200, 675)),
    _picture("drivers-view", drivers_view, drawn=(1200, 675)),
    _picture("otters-on-the-bridge", otters_on_the_bridge, drawn=(1200, 800), width_px=1080),
)

ICONS: dict[str, Scene] = {
    "ellery-courier.example": _courier,
    "harbourradio.example": _radio,
    "transitwatch.example": _transit,
    "wendledger.example": _ledger,
    "cityofportellery.example": _city,
    "saltandsmoke.example": _food,
    "lanternreview.example": _lantern,
    "ellerydigest.example": _digest,
}


def jpeg_within(image: Image.Image, budget_bytes: int) -> bytes:
    """Encode *image* at the best quality that fits into *budget_bytes*.

    Raises:
        ValueError: Even the lowest quality is too large.

    """
    for quality in JPEG_QUALITIES_PERCENT:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True, subsampling="4:2:0")
        if buffer.tell() <= budget_bytes:
            return buffer.getvalue()
    message = f"no JPEG quality fits into {budget_bytes} bytes"
    raise ValueError(message)


def draw_picture(picture: Picture) -> bytes:
    """Draw one illustration and return its JPEG file."""
    canvas = Canvas(*picture.scene_size, seed=picture.name)
    picture.scene(canvas)
    return jpeg_within(canvas.finished(*picture.file_size_px), JPEG_BUDGET_BYTES)


def draw_icon(scene: Scene, size_px: int) -> bytes:
    """Draw one provider icon and return its PNG file."""
    icon = Canvas(100, 100, seed="icon", oversampling=8)
    scene(icon)
    buffer = io.BytesIO()
    icon.resized(size_px, size_px).quantize(64).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def main() -> None:
    """Write all pictures and icons into the content folder."""
    pictures = CONTENT / "images"
    icons = CONTENT / "assets" / "images" / "organizations"
    pictures.mkdir(parents=True, exist_ok=True)
    icons.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        (pictures / f"{picture.name}.jpg").write_bytes(draw_picture(picture))
    for domain, scene in ICONS.items():
        for size_px in ICON_SIZES_PX:
            (icons / f"{domain}-{size_px}x{size_px}.png").write_bytes(draw_icon(scene, size_px))


if __name__ == "__main__":
    main()
