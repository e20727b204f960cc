"""Topics are found by whole words, in the forms and the script of the item's language."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.newsdesk.ranking.topics import TopicFinder
from tests.builders import make_item, make_topic

RECORDS = [
    make_topic("Ellery"),
    make_topic("Transport", parent="Ellery", keywords=("ferry", "night tram", "Zug", "поезд", "قطار", "電車")),
    make_topic("Money", parent="Ellery", keywords=("tax", "the", "AI tools")),
]


@pytest.mark.parametrize(
    ("topics", "lang", "title"),
    [
        (("Ellery", "Transport"), "en", "Ferries run all night"),
        (("Ellery", "Transport"), "en", "NIGHT TRAMS in June"),
        ((), "en", "A tram in the night"),
        ((), "en", "Taxi drivers strike"),
        (("Ellery", "Transport", "Money"), "en", "Taxes on ferries"),
        (("Ellery", "Transport"), "de", "Mehr Züge an Feiertagen"),
        (("Ellery", "Transport"), "ru", "Поезда опаздывают"),
        (("Ellery", "Transport"), "ar", "توقف القطارات في الشمال"),
        (("Ellery", "Transport"), "ja", "始発の電車が遅れる"),
        ((), "ja", "電気自動車が増える"),
        ((), "en", "The end of the affair"),
    ],
)
def test_what_an_item_is_about(topics: tuple[str, ...], lang: str, title: str):
    """The site's own topic comes first, then those with a keyword in the text; a part of a word is no keyword."""
    assert topics == TopicFinder(RECORDS, lang="en").topics_of(make_item(title=title, lang=lang))


def test_no_keyword_is_found_across_headline_and_excerpt():
    """The last word of one and the first of the other do not stand together."""
    item = make_item(title="Quiet night", excerpt="Tram lines are repaired.")
    assert () == TopicFinder(RECORDS, lang="en").topics_of(item)


def test_of_several_trees_none_is_put_first():
    """A site with two topics that stand above others has no topic of its own."""
    records = [*RECORDS, make_topic("World"), make_topic("Asia", parent="World", keywords=("monsoon",))]
    assert ("Asia",) == TopicFinder(records, lang="en").topics_of(make_item(title="Monsoon comes early"))
