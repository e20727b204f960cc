"""A record becomes a page that Pagefind reads."""

from __future__ import annotations

from html import unescape

import pytest

from pelican.plugins.news_digest.output.search.document import search_document
from pelican.plugins.news_digest.pages.own.tools import SearchCard

from .records import record


def test_a_document_is_text():
    """Titles and cards are escaped; the text is the only part that is HTML."""
    document = search_document(record(title='<b>"x"</b>', card=SearchCard(href="a<b>")), lang="en")
    assert "<b>" not in document.replace("<body>", "")
    assert '<b>"x"</b>' in unescape(document)
    assert 'href":"a<b>"' in unescape(document)


@pytest.mark.parametrize("text", ["", "<p>.</p>", '<p><img src="a.jpg"></p>'])
def test_a_record_without_words_is_found_by_its_title(text: str):
    """Pagefind leaves out a document without a word."""
    assert "<main data-pagefind-body><p>Title of news/a/</p></main>" in search_document(record(text=text), lang="en")


def test_filters_are_not_pagefinds_business():
    """Only the card, which a result is shown from, goes through it: filters are made when all pages are known."""
    document = search_document(record(filters={"topic": ("a", "b")}), lang="en")
    assert ['="card[content]"'] == [part.split(" ")[0] for part in document.split("data-pagefind-filter")[1:]]
