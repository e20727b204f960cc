"""Documents as what an index has of them: Pagefind is asked what a word is, once for all documents that have it.

Where a word stands, and what it weighs there, is counted here; its stem, its other spellings and its parts, and where
one ends in a script without spaces, must be those of the program in the browser.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec

from .form import BREAK, FIELDS, Word, fragment_file
from .parts import encoded_places, page_part

if TYPE_CHECKING:
    from .document import Document

# So many words are known at once, some 200 bytes each.
MOST_WORDS: Final = 200_000
NOWHERE: Final = encoded_places()


class Reading(msgspec.Struct, frozen=True, array_like=True):
    """What an index has of one document.

    Attributes:
        fragment: The file that a result is shown from; ``b""``: there is no word in it to be found by.
        length: How many words it has.
        words: Them, as a :class:`.parts.Part` in msgpack.
    """

    fragment: bytes = b""
    length: int = 0
    words: bytes = b""


class Vocabulary:
    """What words are, as far as anybody has asked.

    Args:
        ask: Returns what each of some words is, and the files of the program for the browser.

    Attributes:
        program: Those files; empty while nobody has asked.
    """

    def __init__(self, ask: Callable[[Sequence[str]], tuple[dict[str, Word], dict[str, bytes]]]) -> None:
        self._ask = ask
        self._known: dict[str, Word] = {}
        self.program: dict[str, bytes] = {}

    def learn(self, documents: Iterable[Document]) -> None:
        """See to it that all words of *documents* are known; what the index says does not depend on the others.

        Raises:
            PagefindError: They cannot be.
        """
        words = {word for document in documents for line in _lines(document) for word in line.split()}
        if len(self._known) + len(words) > MOST_WORDS:
            self._known.clear()
        unknown = sorted(words - self._known.keys())
        if unknown or not self.program:
            found, self.program = self._ask(unknown)
            self._known.update(found)

    def reading(self, address: str, document: Document) -> Reading:
        """Return what the index has of *document*, whose words have been learned."""
        in_text: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        in_fields: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        shown, at = [], 0
        for weight, line in document.text:
            for text, places, _ in map(self._known.__getitem__, line.split()):
                shown.append(text)
                for place in places:
                    for key, parts in place:
                        in_text[key].append((weight // parts or 1, at))
                    at += 1
        if not in_text:
            return Reading()
        for number, line in enumerate(document.fields):
            for place_in_field, word in enumerate(line.split()):
                for key in self._known[word].keys:
                    in_fields[key].append((number, place_in_field))
        places_of = {key: _encoded(found) + _encoded(in_fields.get(key)) for key, found in in_text.items()}
        places_of |= {key: NOWHERE + _encoded(found) for key, found in in_fields.items() if key not in in_text}
        fragment = msgspec.json.encode(_fragment(address, document, " ".join(shown).removeprefix(BREAK), at))
        return Reading(fragment_file(fragment), at, msgspec.msgpack.encode(page_part(places_of)))


def _encoded(found: list[tuple[int, int]] | None) -> bytes:
    return encoded_places(tuple(sorted(found))) if found else NOWHERE


def _lines(document: Document) -> Iterable[str]:
    return (*(line for _, line in document.text), *document.fields)


def _fragment(address: str, document: Document, text: str, length: int) -> dict[str, Any]:
    # The card is a filter because of all that Pagefind hands back only filters are not searched: as "meta" the words of
    # file names and dates would be found.
    return {
        "url": f"/{address}",
        "content": text,
        "word_count": length,
        "filters": {"card": [document.card]},
        "meta": {name: line for name, line in zip(FIELDS, document.fields, strict=True) if line},
        "anchors": [],
    }
