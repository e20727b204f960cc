"""Documents become what an index has of them; Pagefind is asked about each word once."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pelican.plugins.news_digest.output.search import words
from pelican.plugins.news_digest.output.search.document import Document
from pelican.plugins.news_digest.output.search.form import MARK, Word
from pelican.plugins.news_digest.output.search.words import Reading, Vocabulary

if TYPE_CHECKING:
    import pytest


def document(*text: tuple[int, str], title: str = "") -> Document:
    """Return a document; what a test does not name is empty."""
    return Document(list(text), ("", title, ""), "{}")


class Asked(list[list[str]]):
    """What was asked for. Each word is found by its letters; "無い" has two places, and "-" none to be found by."""

    def __call__(self, asked: Sequence[str]) -> tuple[dict[str, Word], dict[str, bytes]]:
        """Answer."""
        self.append(list(asked))
        found = {word: Word(word, (((word, 1),),), (word,)) for word in asked}
        special = {
            "無い": Word("\u200b無\u200bい", ((("無", 1),), (("い", 2), ("w", 2))), ()),
            "-": Word("-", ((),), ()),
        }
        return found | {word: known for word, known in special.items() if word in found}, {"program": b"x"}


def test_a_word_is_asked_for_once(monkeypatch: pytest.MonkeyPatch):
    """Once for all documents, and in one order; only what is beyond a limit is forgotten."""
    asked = Asked()
    vocabulary = Vocabulary(asked)
    vocabulary.learn([document((24, "b a"), title="c a"), document((24, "b"))])
    vocabulary.learn([document((24, "a d"))])
    vocabulary.learn([document((24, "a d"))])
    assert [["a", "b", "c"], ["d"]] == asked
    monkeypatch.setattr(words, "MOST_WORDS", 4)
    vocabulary.learn([document((24, "a"))])
    assert ["a"] == asked[-1]


def reading(*text: tuple[int, str]) -> tuple[Reading, dict[str, Any]]:
    """Return what an index has of a text, and what is shown of it."""
    vocabulary, read = Vocabulary(Asked()), document(*text, title="Title")
    vocabulary.learn([read])
    found = vocabulary.reading("news/ü/", read)
    shown = json.loads(gzip.decompress(found.fragment).removeprefix(MARK)) if found.fragment else {}
    return found, shown


def test_what_is_shown_of_a_document():
    """Its address, its text, its fields, and its card where nobody looks for words; places that words leave count."""
    found, shown = reading((48, "無い a"), (24, "無い -"))
    assert found.length == shown["word_count"] == 6
    assert "無\u200bい a \u200b無\u200bい -" == shown["content"]
    assert ("/news/ü/", {"title": "Title"}, ["{}"]) == (shown["url"], shown["meta"], shown["filters"]["card"])


def test_what_cannot_be_found_has_no_reading():
    """No word of its text is one; its title alone is not enough for Pagefind either."""
    assert (Reading(), {}) == reading((24, "- -"))
