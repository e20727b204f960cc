"""What a picture looks like, in a few bits: to see that two are the same, and to hold its place until it is there."""

from __future__ import annotations

from collections import Counter
from typing import Final

from PIL import Image

GRID: Final = 8
LOOK_BYTES: Final = 2 * GRID * GRID // 8
# Brightness differences this small are noise of an encoder.
DEAD_ZONE: Final = 3
TONE_STEPS: Final = 8
_THUMB: Final = (32, 32)
_COLOURS: Final = 5


def look_of(image: Image.Image) -> bytes:
    """Return 16 bytes: for each of 8 × 8 places, whether it is brighter than its neighbours to the right and below."""
    size = (GRID + 1, GRID + 1)
    pixels = image.convert("L").resize(size, Image.Resampling.BOX).tobytes()
    bits = 0
    for step in (1, GRID + 1):
        for y in range(GRID):
            for x in range(GRID):
                at = y * (GRID + 1) + x
                bits = bits << 1 | (pixels[at] > pixels[at + step] + DEAD_ZONE)
    return bits.to_bytes(LOOK_BYTES)


def tone_of(image: Image.Image) -> str:
    """Return the colour that most of *image* (RGB) has, in eight steps for each of red, green and blue: ``5-3-1``."""
    thumb = image.resize(_THUMB, Image.Resampling.BOX).quantize(_COLOURS, Image.Quantize.MEDIANCUT)
    palette = thumb.getpalette() or []
    counts = Counter(thumb.tobytes())
    index = min(counts, key=lambda i: (-counts[i], i))
    return "-".join(str(value * TONE_STEPS // 256) for value in palette[3 * index : 3 * index + 3])
