"""What is written as PNG is read back, pixel by pixel."""

from __future__ import annotations

import io
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pelican.plugins.news_digest.images.cards import png
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


@pytest.mark.skipif(png.packer is zlib, reason="zlib-ng is not installed")
@given(st.lists(st.tuples(st.integers(0, 15), st.integers(1, 3000)), min_size=1, max_size=400), st.integers(1, 90))
def test_a_picture_is_the_same_whichever_library_packs_it(runs: list[tuple[int, int]], height: int):
    """Runs of every length, and colours in any order, become the bytes that zlib makes of them."""
    numbers = b"".join(bytes([number]) * count for number, count in runs)
    size = (64 + SPARE_PX, height)
    pixels = (numbers * (size[0] * height // len(numbers) + 1))[: size[0] * height]
    fast = encode_png(Image.frombytes("P", size, pixels), COLOURS)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(png, "packer", zlib)
        assert encode_png(Image.frombytes("P", size, pixels), COLOURS) == fast
