"""Records as what can be found of them: nothing of the site's own pages."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import msgspec

from .markup import one_line, weighed_text
from .signs import spelled_out

if TYPE_CHECKING:
    from ...pages.own.tools import SearchRecord


class Document(msgspec.Struct, frozen=True, array_like=True):
    """What is found of one record. All texts have one space between words.

    Attributes:
        text: Its text in pieces, each with what a word of it weighs.
        fields: "names", "title" and "words", which are searched as well; see :data:`.form.FIELDS`.
        card: What a result is shown from, as JSON.
    """

    text: list[tuple[int, str]]
    fields: tuple[str, str, str]
    card: str


def search_document(record: SearchRecord) -> Document:
    """Return *record* as it is found: names with signs stand beside the words, in letters."""
    text = weighed_text(record.text)
    if not any(map(str.isalnum, "".join(piece for _, piece in text))):  # it could not be found
        text = weighed_text(f"<p>{escape(record.title)}</p>")
    named = spelled_out(record.title)
    # Beside the words that are not shown.
    beside = spelled_out(" ".join([*(piece for _, piece in text), record.words]))
    also = " ".join(name for name in beside if name not in named)
    words = ", ".join(filter(None, (record.words, also)))
    card = msgspec.json.encode(record.card).decode()
    return Document(text, (" ".join(named), one_line(record.title), one_line(words)), card)
