"""Records as the pages that Pagefind reads: one small document for each, and nothing of the site's own pages."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

import msgspec

from .parts import OF
from .signs import spelled_out, spelled_out_html

if TYPE_CHECKING:
    from ...pages.own.tools import SearchRecord

_TAG: Final = re.compile(r"<[^>]*>")


def search_document(record: SearchRecord, *, lang: str) -> str:
    """Return *record* as a page that Pagefind reads.

    The card is a filter because of all that Pagefind hands back only filters are not searched: as "meta" the words
    of file names and dates would be found.
    """
    # A document without a word would be left out.
    text = record.text if any(map(str.isalnum, _TAG.sub("", record.text))) else f"<p>{escape(record.title)}</p>"
    card = msgspec.json.encode(record.card).decode()
    named = spelled_out(record.title)
    names = " ".join(named)
    # Beside the words that are not shown.
    also = [name for name in (*spelled_out_html(text), *spelled_out(record.words)) if name not in named]
    words = ", ".join(filter(None, (record.words, " ".join(dict.fromkeys(also)))))
    return _document(record.title, text, lang, names=names, words=words, card=card).replace(OF, " ")


def empty_document(lang: str) -> str:
    """Return a document that is read with others, so that every index has the same fields, and at least one word."""
    return _document("a", "<p>a</p>", lang, names="a", words="a", card="")


def _document(title: str, text: str, lang: str, *, names: str, words: str, card: str) -> str:
    return (
        f'<!doctype html><html lang="{escape(lang)}"><head><title>{escape(title)}</title>'
        f"{_meta('meta', 'title', title)}"
        f"{_meta('meta', 'names', names) if names else ''}"
        f"{_meta('meta', 'words', words) if words else ''}"
        f"{_meta('filter', 'card', card) if card else ''}"
        f"</head><body><main data-pagefind-body>{text}</main></body></html>"
    )


def _meta(kind: str, name: str, value: str) -> str:
    return f'<meta data-pagefind-{kind}="{name}[content]" content="{escape(value)}">'
