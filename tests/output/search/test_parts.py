"""Parts of an index are joined, in whatever order, to what one index of all pages says."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.output.search.parts import (
    NUMBERS,
    OF,
    Part,
    encoded_places,
    encoded_words,
    joined,
    page_part,
)

cbor2 = pytest.importorskip("cbor2", reason="cbor2 is not installed (pip install -e '.[search]')")

WORDS = st.sampled_from(["tram", "trams", f"tram{OF}Trám", f"zoo{OF}Zoö", "ab", f"ab{OF}Ab", f"ab{OF}aB"])
PLACES = st.tuples(
    st.lists(st.tuples(st.integers(0, 170), st.integers(0, 70_000)), max_size=3).map(sorted),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 300)), max_size=2).map(sorted),
)
PAGES = st.lists(st.dictionaries(WORDS, PLACES, max_size=5), min_size=1, max_size=8)

Found = list[tuple[int, int]]
Page = dict[str, tuple[Found, Found]]


def parts_of(pages: list[Page]) -> list[Part]:
    """Return a part for each page."""
    return [
        page_part({word: b"".join(encoded_places(tuple(found)) for found in place) for word, place in page.items()})
        for page in pages
    ]


def numbers(found: Found) -> list[int]:
    """Return places as an index says them: a weight or field as what it lacks to -1, places counted from the last."""
    said = dict.fromkeys(weight for weight, _ in found)
    groups = [(weight, [at for other, at in found if other == weight]) for weight in said]
    return [
        number
        for weight, at in groups
        for number in (-1 - weight, at[0], *(after - before for before, after in pairwise(at)))
    ]


def places(pages: list[Page], word: str) -> list[list[object]]:
    """Return where a word is, as an index says it: pages counted from the one before."""
    found, last = [], 0
    for number, page in enumerate(pages):
        if word in page:
            found.append([number - last, *map(numbers, page[word])])
            last = number
    return found


@given(PAGES)
def test_an_index_says_where_every_word_is(pages: list[Page]):
    """Words in order, each with its spellings, also where only another spelling of it is found."""
    known = sorted({word for page in pages for word in page})
    words = sorted({word.partition(OF)[0] for word in known})
    expected = [
        [word, places(pages, word), [[s.partition(OF)[2], places(pages, s)] for s in known if s.startswith(word + OF)]]
        for word in words
    ]
    encoded = list(encoded_words(joined(parts_of(pages))))
    assert (words, expected) == ([word for word, _ in encoded], [cbor2.loads(data) for _, data in encoded])


@given(PAGES, st.integers(0, 99))
def test_it_does_not_matter_what_is_joined_first(pages: list[Page], seed: int):
    """Neighbours joined at random, until there is one part, make the part of all pages."""
    draw, parts = random.Random(seed), parts_of(pages)  # noqa: S311 - a test's own dice
    whole = list(encoded_words(joined(parts)))
    while len(parts) > 1:
        at = draw.randrange(len(parts) - 1)
        parts[at : at + 2] = [joined(parts[at : at + 2])]
    assert whole == list(encoded_words(parts[0]))


@given(st.integers(-(2**40), 2**40))
def test_numbers_are_those_of_cbor(number: int):
    """Of every size."""
    assert cbor2.dumps(number) == NUMBERS[number]
