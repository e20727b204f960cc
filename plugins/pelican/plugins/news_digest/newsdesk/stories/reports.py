"""An item as it is compared: its words as numbers, and what else can be the same in two reports."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote

from ...text.address import link_key, parts_of
from ..ranking.words import words_of

if TYPE_CHECKING:
    from ...model import NewsItem

_PARTING: Final = re.compile(r"[-_.+ ]+")
# An address says what it leads to only when a part of it is a headline.
_HEADLINE_WORDS: Final = 3
MAX_WORDS: Final = 400


class Source(NamedTuple):
    """What is compared of one item.

    Attributes:
        key: What it is known by; unique.
        second: When it was published, in seconds since 1970.
        links, pictures: Each is evidence when another report has the same.
    """

    key: str
    second: int
    title: str
    excerpt: str = ""
    lang: str = ""
    url: str = ""
    links: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


class Report(NamedTuple):
    """One item, ready to be compared.

    Attributes:
        words: Word → how often it counts: twice in the headline, once in the rest.
        title: The words of the headline, and of the address where it repeats one.
        links, pictures: Each as a number, among those of words.
    """

    key: str
    second: int
    words: dict[int, int]
    title: frozenset[int]
    links: frozenset[int]
    pictures: frozenset[int]


class Vocabulary:
    """Numbers for words, in the order in which they come."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def report(self, source: Source, words: str = "") -> Report:
        """Return *source* as it is compared.

        Args:
            words: What :func:`words_to_compare` says of it, where that is known.
        """

        def number(word: str) -> int:
            return self._numbers.setdefault(word, len(self._numbers))

        title, rest, address = (
            [number(word) for word in part.split()] for part in (words or words_to_compare(source)).split("\n")
        )
        counts: dict[int, int] = {}
        for word in title:
            counts[word] = counts.get(word, 0) + 2
        for word in (*rest, *address):
            counts[word] = counts.get(word, 0) + 1
        return Report(
            key=source.key,
            second=source.second,
            words=counts,
            title=frozenset((*title, *address)),
            links=frozenset(number(f"link {key}") for key in source.links),
            pictures=frozenset(number(f"picture {key}") for key in source.pictures),
        )


def words_to_compare(source: Source) -> str:
    """Return the words of headline, excerpt and address, a line each: to take them from text is half of the work."""
    texts = (source.title, source.excerpt, _headline_of(source.url))
    return "\n".join(" ".join([*words_of(text, lang=source.lang)][:MAX_WORDS]) for text in texts)


def source_of(item: NewsItem, *, lang: str) -> Source:
    """Return what is compared of *item*.

    Args:
        lang: The site's language, for items that name none.
    """
    urls = (item.url, *item.alternate_urls)
    return Source(
        key=item.slug,
        second=int(item.date.timestamp()),
        title=item.title,
        excerpt=item.excerpt,
        lang=item.lang or lang,
        url=item.url,
        links=tuple(dict.fromkeys(filter(None, map(link_key, urls)))),
        pictures=tuple(dict.fromkeys(image.url for image in item.images)),
    )


def _headline_of(url: str) -> str:
    """Return the part of an address that is a headline, with spaces; ``""`` where none is."""
    if url.count("-") + url.count("_") < _HEADLINE_WORDS - 1:
        return ""
    path = unquote(parts_of(url).path)
    parts: Iterable[list[str]] = ([word for word in _PARTING.split(part) if word.isalpha()] for part in path.split("/"))
    words = max(parts, key=len)
    return " ".join(words) if len(words) >= _HEADLINE_WORDS else ""
