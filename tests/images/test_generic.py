"""A picture on five items is a logo or a share card, under whatever address, and however it was encoded."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pelican.plugins.news_digest.images.generic import GENERIC_COUNT, NEAR_BITS, generic_addresses
from pelican.plugins.news_digest.images.making.look import look_of, tone_of
from tests.images.drawing import draw, encode, pattern

if TYPE_CHECKING:
    import random

LOOK = bytes(range(7, 23))


def flipped(look: bytes, bits: int) -> bytes:
    """Return *look* with as many different bits, spread over it."""
    number = int.from_bytes(look)
    for n in range(bits):
        number ^= 1 << n * 128 // max(bits, 1)
    return number.to_bytes(16)


@pytest.mark.parametrize(("expected", "count"), [(set(), GENERIC_COUNT - 1), ({"a"}, GENERIC_COUNT)])
def test_one_address_on_five_items(expected: set[str], count: int):
    """The address alone tells, before anything is fetched."""
    assert expected == generic_addresses(((f"i{n}", "a") for n in range(count)), {})


@pytest.mark.parametrize(("is_generic", "bits"), [(True, 0), (True, NEAR_BITS), (False, NEAR_BITS + 1)])
def test_five_addresses_of_one_picture(is_generic: bool, bits: int):
    """Copies of one picture under five addresses are one picture, though each was encoded anew."""
    looks = {f"a{n}": LOOK for n in range(GENERIC_COUNT - 1)} | {"b": flipped(LOOK, bits)}
    found = generic_addresses(((address, address) for address in looks), looks)
    assert found == (set(looks) if is_generic else set())


def test_four_copies_are_still_a_picture():
    """Fewer than five items may share a picture of their story."""
    looks = {f"a{n}": LOOK for n in range(GENERIC_COUNT - 1)}
    assert set() == generic_addresses(((address, address) for address in looks), looks)


def test_one_item_with_many_copies_counts_once():
    """It is items that are counted, not addresses."""
    looks = {f"a{n}": LOOK for n in range(9)}
    assert set() == generic_addresses((("one", address) for address in looks), looks)


def test_featureless_pictures_are_not_the_same():
    """Plain surfaces look alike and need not be one picture."""
    looks = dict.fromkeys("abcdefg", bytes(16))
    assert set() == generic_addresses(((address, address) for address in looks), looks)


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 12)), max_size=40), st.randoms())
def test_order_does_not_matter(uses: list[tuple[str, int]], chance: random.Random):
    """What is generic depends on which items show what, and on nothing else."""
    pairs = [(item, f"p{number}") for item, number in uses]
    looks = {f"p{number}": flipped(LOOK, number) for number in range(13)}
    shuffled = pairs.copy()
    chance.shuffle(shuffled)
    assert generic_addresses(pairs, looks) == generic_addresses(shuffled, looks)


def distance(first: bytes, second: bytes) -> int:
    """Return how many bits differ."""
    return (int.from_bytes(first) ^ int.from_bytes(second)).bit_count()


def test_encoding_anew_leaves_the_look():
    """Another size, format or quality makes no other picture."""
    picture = pattern(3, 1200, 900)
    for data in (
        encode(picture, quality=40),
        encode(picture.resize((500, 375)), "WEBP", quality=60),
        encode(picture.quantize(200), "GIF"),
    ):
        assert distance(look_of(picture), look_of(Image.open(BytesIO(data)).convert("RGB"))) <= NEAR_BITS


def test_other_pictures_look_otherwise():
    """No two of a hundred drawn pictures are taken for each other."""
    looks = [look_of(pattern(seed)) for seed in range(100)]
    assert all(distance(a, b) > NEAR_BITS for n, a in enumerate(looks) for b in looks[:n])


def test_the_tone_is_what_most_of_a_picture_is():
    """The colour of the larger part, in eight steps for each of red, green and blue."""
    image = draw(900, 600)
    image.paste((250, 250, 250), (300, 0, 900, 600))
    assert "7-7-7" == tone_of(image)
    assert "0-4-7" == tone_of(Image.new("RGB", (50, 50), (0, 128, 255)))
