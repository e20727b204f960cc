"""A record becomes what can be found of it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pelican.plugins.news_digest.output.search.document import search_document
from pelican.plugins.news_digest.output.search.markup import ORDINARY
from pelican.plugins.news_digest.pages.own.tools import SearchCard

from .records import record


def test_titles_are_text():
    """The text is the only part that is HTML; white space is one space everywhere, and what nobody sees is gone."""
    document = search_document(record(title='<b>"x"</b>\n y\0\u200bz', card=SearchCard(href="a<b>")))
    assert '<b>"x"</b> y z' == document.fields[1]
    assert "a<b>" == json.loads(document.card)["href"]


@pytest.mark.parametrize("text", ["", "<p>.</p>", '<p><img src="a.jpg" alt="A boat"></p>'])
def test_a_record_without_words_is_found_by_its_title(text: str):
    """There would be nothing to find, and no place in the index."""
    assert [(ORDINARY, "Title of R&D.")] == search_document(record(title="Title of R&D", text=text)).text


def test_what_is_the_same_to_a_reader_is_the_same_document():
    """Other attributes, and other filters, which are made when all pages are known: no document is read again."""

    def document(**values: Any) -> object:
        return search_document(record(**values))

    assert document(text="<p>A tram.") == document(
        text='<p class="x > y">A\n <i>tram</i>.</p>', filters={"year": ("1",)}
    )
