"""What is written as PNG is read back, pixel by pixel."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image

from pelican.plugins.news_digest.images.cards.png import SPARE_PX, encode_png

COLOURS = [value for number in range(16) for value in (number * 16, 255 - number, number)]


@pytest.mark.parametrize("size", [(2, 1), (6, 5), (1200, 630)])
def test_a_picture_is_read_back(size: tuple[int, int]):
    """By a reader that checks every sum, in the colours that were given, without what was in the spare columns."""
    chance = random.Random(1)  # noqa: S311 - any numbers do
    numbers = bytes(chance.choices(range(16), k=size[0] * size[1]))
    picture = Image.frombytes("L", size, numbers)
    picture.putpalette(COLOURS)
    wider = Image.new("P", (size[0] + SPARE_PX, size[1]), color=7)
    wider.paste(picture)
    data = encode_png(wider, COLOURS)
    with Image.open(io.BytesIO(data)) as read:
        assert ("PNG", size, "P") == (read.format, read.size, read.mode)
        assert picture.convert("RGB").tobytes() == read.convert("RGB").tobytes()
    with Image.open(io.BytesIO(data)) as read:
        read.verify()
