"""A story is named once, by words of its first headline."""

from __future__ import annotations

import re

import pytest

from pelican.plugins.news_digest.newsdesk.stories.ids import MAX_CHARS, new_story_id


@pytest.mark.parametrize(
    ("expected", "title"),
    [
        ("night-ferry-to-run-from-june", "Night ferry to run from June"),
        ("cafe-noir-opens", "Café Noir: opens!"),
        ("story", "…"),
        ("story", ""),
    ],
)
def test_a_name_is_made_of_a_headline(expected: str, title: str):
    """Plain letters and hyphens; `story` where a headline has nothing to give."""
    assert expected == new_story_id(title, taken=())


@pytest.mark.parametrize(
    "title", ["夜間フェリー、六月から運航", "عبّارة ليلية", "Ночной паром", "ferry " * 99, "x" * 500]
)
def test_a_name_fits_an_address_in_every_script(title: str):
    """Letters of the script, never empty, never longer than a line, cut at a word where there is one."""
    name = new_story_id(title, taken=())
    assert re.fullmatch(r"\w+(-\w+)*", name)
    assert len(name) <= MAX_CHARS


def test_who_comes_second_gets_a_number():
    """Names that were had are not given again, numbers included."""
    assert "ferry-3" == new_story_id("Ferry", taken={"ferry", "ferry-2"})
