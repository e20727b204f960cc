"""Words are compared by what their forms have in common, in whatever script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.newsdesk.ranking.words import words_of


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "The ferries were cancelled", "Ferry cancelling"),
        ("en", "Mayor's bridge", "mayor bridges"),
        ("en", "1,400 homes", "1400 home"),
        ("en", "U.S. Senate", "US senate"),
        ("de", "Die Brücken", "eine Brücke"),
        ("de-AT", "Die Züge fahren", "Zug fährt"),
        ("ru", "Мосты закрыты", "закрытый мост"),
        ("en", "Мосты закрыты", "закрытый мост"),
        ("ar", "الجسور", "جسور"),
        ("fr", "L’élection", "les élections"),
        ("ja", "築地市場が移転", "築地市場"),
    ],
)
def test_forms_of_one_word_meet(lang: str, one: str, other: str):
    """Two texts that say the same word in other forms share it, articles and small words left out."""
    shared = set(words_of(one, lang=lang)) & set(words_of(other, lang=lang))
    assert shared


def test_words_without_spaces_are_pairs_of_characters():
    """Where no spaces part words, two characters that stand together are one."""
    assert ["東京", "京都", "tower", "タワ", "ワー"] == list(words_of("東京都 Tower タワー", lang="ja"))


def test_small_words_tell_nothing():
    """Articles, prepositions and their like are left out, in the item's own language."""
    assert [] == list(words_of("The of and to", lang="en"))
    assert [] == list(words_of("der die das und", lang="de"))
    assert ["die"] == list(words_of("die", lang="en"))


@given(st.text(st.characters(codec="utf-8"), max_size=60), st.sampled_from(["", "en", "de", "ar", "xx", "zh-Hant"]))
def test_any_text_has_words_or_none(text: str, lang: str):
    """No text breaks it, and no word is empty."""
    assert all(words_of(text, lang=lang))
