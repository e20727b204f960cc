"""The surface that scenes are drawn on, and the marks that it knows."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from .geometry import Point

GRAIN_AMPLITUDE = 2


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
        self.random = random.Random(seed)  # noqa: S311  it scatters stars and rain
        self._image = Image.new("RGB", (width * self._scale, height * self._scale))
        self._pen = ImageDraw.Draw(self._image, "RGBA")

    def chance(self, share: float) -> bool:
        """Return True in *share* of all cases."""
        return self.random.random() < share

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
        self._pen.ellipse(self._bounds(x, y, radius_x, radius_y), fill=fill)

    def ring(self, x: float, y: float, radius: float, stroke: str, width: float) -> None:
        """Draw a circle's outline; *radius* is its outer edge."""
        self._pen.ellipse(self._bounds(x, y, radius, radius), outline=stroke, width=round(width * self._scale))

    def arc(self, x: float, y: float, radius: float, degrees: tuple[float, float], stroke: str, width: float) -> None:
        """Draw part of a circle, from one angle to another, clockwise from three o'clock."""
        start, end = degrees
        box = self._bounds(x, y, radius, radius)
        self._pen.arc(box, start, end, fill=stroke, width=round(width * self._scale))

    def line(self, points: Iterable[Point], stroke: str, width: float) -> None:
        """Draw an open line with rounded joints."""
        path = self._scaled(points)
        thickness = max(1, round(width * self._scale))
        if len(stroke) == len("#rrggbb"):
            self._pen.line(path, fill=stroke, width=thickness, joint="curve")
        else:  # a translucent pen would mark every joint twice
            self._stencil(stroke, lambda pen, ink: pen.line(path, fill=ink, width=thickness, joint="curve"))

    def rope(self, points: Sequence[Point], stroke: str, width: float) -> None:
        """Draw an open line with round ends."""
        self.line(points, stroke, width)
        for x, y in (points[0], points[-1]):
            self.disc(x, y, width / 2, stroke)

    def discs(self, discs: Iterable[tuple[float, float, float]], fill: str) -> None:
        """Fill circles (x, y, radius) as one shape, so that overlaps do not show."""
        boxes = [self._bounds(x, y, radius, radius) for x, y, radius in discs]

        def draw(pen: ImageDraw.ImageDraw, ink: int) -> None:
            for box in boxes:
                pen.ellipse(box, fill=ink)

        self._stencil(fill, draw)

    # Light

    def gradient(self, stops: Sequence[str], *, top: float = 0, bottom: float | None = None) -> None:
        """Fill a band across the picture with evenly spaced colours."""
        end = self.height if bottom is None else bottom
        self.pane(0, top, self.width, end - top, stops)

    def pane(self, x: float, y: float, width: float, height: float, stops: Sequence[str]) -> None:
        """Fill a rectangle with colours that run from its top to its bottom."""
        self.shade([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], stops)

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

    # Results

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

    def _bounds(self, x: float, y: float, radius_x: float, radius_y: float) -> list[Point]:
        """Return two corners of the box around an ellipse, in pixels."""
        return self._scaled([(x - radius_x, y - radius_y), (x + radius_x, y + radius_y)])

    def _stencil(self, colour: str, draw: Callable[[ImageDraw.ImageDraw, int], None]) -> None:
        """Lay *colour* once over everything that *draw* draws with the given ink."""
        red, green, blue, *alpha = ImageColor.getrgb(colour)
        mask = Image.new("L", self._image.size)
        draw(ImageDraw.Draw(mask), alpha[0] if alpha else 255)
        self._image.paste((red, green, blue), mask=mask)


Scene = Callable[[Canvas], None]


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
