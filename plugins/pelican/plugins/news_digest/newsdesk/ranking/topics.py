"""Which topics an item is about: those whose record has a keyword that the item says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ...text.plain import fold
from .words import words_of

if TYPE_CHECKING:
    from ...model import NewsItem, TopicRecord

# No text has it; between headline and excerpt it keeps a keyword from being found across.
_END: Final = "\0"


class TopicFinder:
    """Finds topics by keywords: whole words in any case and number, as the language of the item has them.

    Args:
        records: The site's topics. A record without keywords is found by nothing; its name is no keyword of its own.
        lang: The site's language, for items that name none.
    """

    def __init__(self, records: Sequence[TopicRecord], *, lang: str) -> None:
        self._records = records
        self._lang = lang
        self._has_keywords = any(record.keywords for record in records)
        parents = {fold(record.parent) for record in records if record.parent}
        roots = [record.name for record in records if not record.parent and fold(record.name) in parents]
        # Of several trees none is the site's own.
        self.root = roots[0] if len(roots) == 1 else ""
        self._phrases: dict[str, dict[str, list[tuple[tuple[str, ...], int]]]] = {}

    def topics_of(self, item: NewsItem) -> tuple[str, ...]:
        """Return the names of the topics that *item* is about, in the order of the records, the site's root first."""
        if not self._has_keywords:
            return ()
        lang = item.lang or self._lang
        words = [*words_of(item.title, lang=lang), _END, *words_of(item.excerpt, lang=lang)]
        found = sorted(set(self._find(words, self._by_first_word(lang))))
        names = [self._records[place].name for place in found]
        if names and self.root:
            names.insert(0, self.root)
        return tuple(dict.fromkeys(names))

    def _find(self, words: Sequence[str], phrases: dict[str, list[tuple[tuple[str, ...], int]]]) -> Iterator[int]:
        for at, word in enumerate(words):
            for phrase, place in phrases.get(word, ()):
                if tuple(words[at : at + len(phrase)]) == phrase:
                    yield place

    def _by_first_word(self, lang: str) -> dict[str, list[tuple[tuple[str, ...], int]]]:
        """Return the keywords of all records as words of *lang*, by the first of them."""
        known = self._phrases.get(lang)
        if known is None:
            known = self._phrases[lang] = {}
            for place, record in enumerate(self._records):
                for keyword in record.keywords:
                    phrase = tuple(words_of(keyword, lang=lang))
                    if phrase:  # a keyword of nothing but small words is in every text
                        known.setdefault(phrase[0], []).append((phrase, place))
        return known
