"""The schema keeps what it can of a record and says what it could not keep."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter.items.schema import (
    FIELD_NAMES,
    MAX_MENDS,
    PELICAN_NAMES,
    Mistake,
    RawItem,
    decode_item,
)

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
keys = st.sampled_from(sorted(FIELD_NAMES | set(PELICAN_NAMES) | {"url", "width", "name", "mood"}))
records = st.dictionaries(
    keys,
    st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys | st.text(), inner, max_size=3)
    ),
)


def test_an_empty_record_has_no_mistakes() -> None:
    """Everything is optional here; what is required is said elsewhere."""
    assert (RawItem(), {}, ()) == decode_item({})


@pytest.mark.parametrize(
    ("expected", "data"),
    [
        (Mistake(("heat",), "Expected int, got str"), {"heat": "hot"}),
        (Mistake(("images", 0, "isCached"), "Expected bool, got str"), {"images": [{"isCached": "perhaps"}]}),
        (Mistake(("images",), "Expected array, got str"), {"images": "a.jpg"}),
        (Mistake(("images", 0), "Expected object, got str"), {"images": ["a.jpg"]}),
        (Mistake(("images", 1, "width"), "Expected int, got str"), {"images": [{}, {"width": "w"}]}),
        (
            Mistake(("provider", "images", 0, "height"), "Expected int, got array"),
            {"provider": {"images": [{"height": []}]}},
        ),
        (Mistake(("related", 0, "provider"), "Expected object, got int"), {"related": [{"provider": 5}]}),
    ],
)
def test_a_mistake_names_its_path_and_what_was_expected(expected: Mistake, data: dict[str, Any]) -> None:
    """The path leads from the top to the value, and the message is free of marks."""
    assert (expected,) == decode_item(data)[2]


def test_neighbours_of_a_mistake_are_kept() -> None:
    """Only the wrong value goes."""
    raw, _, mistakes = decode_item(
        {"title": "T", "images": [{"url": "u", "width": "w", "height": 2}, "x", {"url": "v"}]}
    )
    assert raw.images is not None
    assert [
        raw.title,
        (raw.images[0].url, raw.images[0].width, raw.images[0].height),
        raw.images[2].url,
        len(mistakes),
    ] == ["T", ("u", None, 2), "v", 2]


@pytest.mark.parametrize(("name", "field"), PELICAN_NAMES.items())
def test_pelicans_names_stand_in(name: str, field: str) -> None:
    """A name of Pelican's fills the format's field, and loses to it where both are given."""
    value: Any = ["v"] if field == "topics" else "v"
    other: Any = ["w"] if field == "topics" else "w"
    assert decode_item({field: value})[0] == decode_item({name: value})[0]
    assert decode_item({field: value})[0] == decode_item({name: other, field: value})[0]


def test_topics_may_be_one_line() -> None:
    """Topics separated by commas are a list, as Pelican has it."""
    assert decode_item({"tags": " a ,b c,, "})[0].topics == ["a", "b c"]


def test_numbers_in_quotes_are_numbers() -> None:
    """Quotation marks around a number or a truth value do no harm."""
    raw = decode_item({"heat": "80", "images": [{"isCached": "false"}], "quality": 60.0})[0]
    assert (raw.heat, [image.is_cached for image in raw.images or ()], raw.quality) == (80, [False], 60)


def test_unknown_keys_are_kept_apart() -> None:
    """What the format does not know is handed on as it is."""
    assert decode_item({"mood": [1], "Title": "x", "heat": 3})[1] == {"mood": [1], "Title": "x"}


def test_keys_that_are_no_text_do_not_lose_the_record() -> None:
    """A number as a key of an inner map costs that map at most."""
    raw, _, mistakes = decode_item({"title": "T", "provider": {"name": "x", 1: "y"}})
    assert (raw.title, [mistake.path for mistake in mistakes]) == ("T", [("provider",)])


def test_a_thousand_mistakes_in_one_list_end_soon() -> None:
    """Past the limit the whole list goes, and the rest of the record is kept."""
    raw, _, mistakes = decode_item({"title": "T", "images": ["x"] * 10 * MAX_MENDS})
    assert (raw.title, len(mistakes)) == ("T", MAX_MENDS)


def test_the_record_that_was_given_is_not_changed() -> None:
    """Mending works on copies."""
    data = {"images": [{"width": "w"}], "provider": {"images": 3}, "tags": "a, b"}
    decode_item(data)
    assert data == {"images": [{"width": "w"}], "provider": {"images": 3}, "tags": "a, b"}


@settings(max_examples=100, deadline=None)
@given(records)
def test_any_record_is_decoded(data: dict[str, Any]) -> None:
    """Whatever YAML holds becomes a record; each mistake names a key that is there."""
    raw, extra, mistakes = decode_item(data)
    assert isinstance(raw, RawItem)
    assert set() == set(extra) & FIELD_NAMES
    names = set(data) | {PELICAN_NAMES[key] for key in data if key in PELICAN_NAMES}
    assert all(mistake.path and mistake.path[0] in names and mistake.message for mistake in mistakes)
