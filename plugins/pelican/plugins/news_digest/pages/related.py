"""What else to read, for items whose file names nothing: items that share rare words, topics and the provider."""

from __future__ import annotations

import math
import re
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count, islice
from typing import TYPE_CHECKING, Final

import msgspec

from ..catalogue.ranking import newest_first
from ..disk.files import digest_of
from ..errors import DuplicateSlugError
from ..text.plain import fold

if TYPE_CHECKING:
    from ..catalogue.build import Catalogue
    from ..disk.sealed import Answers
    from ..model import NewsItem

_WORD: Final = re.compile(r"\w{3,}")
# A feature that more items share than this says nothing; one query then costs a bounded number of look-ups.
MAX_POSTINGS: Final = 200
MAX_FEATURES: Final = 12
TOPIC_WEIGHT: Final = 0.5
PROVIDER_WEIGHT: Final = 0.25
_ENCODER: Final = msgspec.msgpack.Encoder()
# How a number is written behind others, as :class:`array.array` reads it.
_NUMBER: Final = "I"
_NUMBER_BYTES: Final = array(_NUMBER).itemsize

RelatedIndex = dict[str, tuple["NewsItem", ...]]


def computed_related(
    catalogue: Catalogue, *, limit: int, finder: RelatedFinder, answers: Answers | None = None
) -> RelatedIndex:
    """Return slug → related items for the items of *catalogue* whose file names none.

    It is no part of the catalogue: a build that has nothing to write does not need it.

    Args:
        answers: What the last build has left, where *finder* is new; None: nothing.
    """
    roots = catalogue.taxonomy.roots
    if answers and finder.is_new:
        finder.shelf = answers.last("related", Shelf) or finder.shelf
    found = finder.find(
        catalogue.listed,
        topics={slug: [i for i in ids if i not in roots] for slug, ids in catalogue.topic_ids.items()},
        wanted=[item for item in catalogue.published if not catalogue.clusters.is_covered(item.slug)],
        limit=limit,
    )
    if answers and finder.has_learned:
        answers.keep("related", finder.shelf)
    return found


class _Found(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What an item links to.

    Attributes:
        rank: How many items have the most usual word that was looked at, and that word; None: all words were.
        links: Slugs, the most alike first.
    """

    rank: tuple[int, str] | None
    links: tuple[str, ...]


class Shelf(msgspec.Struct, array_like=True):
    """Items that may be linked to, and what was found for them: plain, so that the next process can go on from it.

    Attributes:
        scale: Of how many items a word is one, and how many links were asked for.
        items: Slug → the item's number, and a digest of what counts of it.
        carriers: Word → the numbers of the items that have it, as an array's bytes.
        found: Slug → what the item links to.
    """

    scale: tuple[int, int] = (0, 0)
    items: dict[str, tuple[int, bytes]] = {}
    carriers: dict[str, bytearray] = {}
    found: dict[str, _Found] = {}


class RelatedFinder:
    """Finds what else to read. If it is asked again, it looks only at what has changed; the answers are the same.

    Its memory is only for speed: it saves a tenth of a build after one edit of five thousand items, 800 of which name
    none themselves (``python benchmarks/without.py related --set azure``).

    Args:
        most_postings: A word that more items share says nothing.

    Attributes:
        shelf: What it remembers.
        has_learned: Whether that is another than before it was asked.
    """

    def __init__(self, *, most_postings: int = MAX_POSTINGS) -> None:
        self._most_postings = most_postings
        self.shelf = Shelf()
        self.has_learned = False

    @property
    def is_new(self) -> bool:
        """Whether it remembers nothing."""
        return not self.shelf.items

    def find(
        self,
        items: Sequence[NewsItem],
        *,
        topics: Mapping[str, Sequence[str]],
        wanted: Sequence[NewsItem],
        limit: int,
    ) -> RelatedIndex:
        """Link each *wanted* item to the items most like it.

        Items that share rare words of title and excerpt score highest, then shared topics and the same provider; at
        least two shared words, or one and a topic. Ties go to the newer item. The result does not depend on the order
        of *items*.

        Args:
            items: Published items; slugs must be unique.
            topics: Slug → the ids of an item's topics, roots left out.
            wanted: The items to link from.
            limit: Most links per item; 0 disables linking.

        Raises:
            DuplicateSlugError: Two items share a slug.
        """
        by_slug: dict[str, NewsItem] = {}
        for item in items:
            if by_slug.setdefault(item.slug, item) is not item:
                raise DuplicateSlugError(item.slug)
        if limit <= 0 or not wanted:
            return {item.slug: () for item in wanted}
        # A word weighs by how many items there are. In powers of two, so that a day's news does not change all weights.
        scale = (2 ** len(items).bit_length(), limit)
        shelf = self.shelf
        concerned = self._put(by_slug, topics)
        known = shelf.found if shelf.scale == scale else {}
        shelf.scale, shelf.found = scale, {}
        search: _Search | None = None
        for item in wanted:
            slug = item.slug
            found = known.get(slug)
            if found is None or slug in concerned or slug not in by_slug:
                search = search or _Search(shelf, by_slug, topics, most_postings=self._most_postings)
                found = search.find(item)
            shelf.found[slug] = found
        self.has_learned = bool(concerned or search)
        return {slug: tuple([by_slug[link] for link in found.links]) for slug, found in shelf.found.items()}

    def _put(self, by_slug: Mapping[str, NewsItem], topics: Mapping[str, Sequence[str]]) -> Collection[str]:
        """Put the items on the shelf in place of what stood there; return the slugs of those that may link elsewhere.

        These are the items that changed or are new, and those that have a word of an item that changed, came or went,
        and looked at it, or would now: each item that one links to shares a word with it.
        """
        shelf = self.shelf
        marks = {slug: _mark(item, topics.get(slug, ())) for slug, item in by_slug.items()}
        come = {slug: mark for slug, mark in marks.items() if slug not in shelf.items or shelf.items[slug][1] != mark}
        gone = [slug for slug in shelf.items if slug not in by_slug or slug in come]
        had = self._remove({shelf.items.pop(slug)[0] for slug in gone})
        numbers = count(max((number for number, _ in shelf.items.values()), default=-1) + 1)
        for slug, mark in come.items():
            number = next(numbers)
            shelf.items[slug] = (number, mark)
            written = array(_NUMBER, (number,)).tobytes()
            for word in _words(by_slug[slug]):
                carriers = shelf.carriers.setdefault(word, bytearray())
                if shelf.found:  # else nobody has looked
                    had.setdefault(word, _count(carriers))
                carriers += written
        for word in had:
            if not shelf.carriers[word]:
                del shelf.carriers[word]
        return {*come, *self._looking_at(had)} if shelf.found else come

    def _remove(self, numbers: set[int]) -> dict[str, int]:
        """Take the items with these *numbers* from the shelf; return their words, each with how many items had it."""
        had: dict[str, int] = {}
        if not numbers:
            return had
        carriers = self.shelf.carriers
        for word, written in carriers.items():
            carrying = _numbers(written)
            if not numbers.isdisjoint(carrying):
                had[word] = len(carrying)
                carriers[word] = bytearray(array(_NUMBER, [n for n in carrying if n not in numbers]).tobytes())
        return had

    def _looking_at(self, had: Mapping[str, int]) -> Iterator[str]:
        """Yield the slugs of the items that looked at one of the words that so many *had*, or would look at one now."""
        shelf = self.shelf
        slugs = {number: slug for slug, (number, _) in shelf.items.items()}
        for word, before in had.items():
            carriers = shelf.carriers.get(word, b"")
            counts = [n for n in (before, _count(carriers)) if 1 < n <= self._most_postings]
            if counts:
                rank = (min(counts), word)
                for slug in map(slugs.__getitem__, _numbers(carriers)):
                    found = shelf.found.get(slug)
                    if found is not None and (found.rank is None or rank <= found.rank):
                        yield slug


class _Search:
    """Looks for the items most like one.

    Args:
        shelf: All items, and who has which word.
    """

    def __init__(
        self,
        shelf: Shelf,
        by_slug: Mapping[str, NewsItem],
        topics: Mapping[str, Sequence[str]],
        *,
        most_postings: int,
    ) -> None:
        self._most_postings = most_postings
        self._carriers = shelf.carriers
        self._topics = topics
        self._total = shelf.scale[0]
        self._limit = shelf.scale[1]
        self._ordered = sorted(by_slug.values(), key=newest_first)
        self._place: dict[int, int] = {}
        self._domains: dict[int, str | None] = {}
        self._on_topic: dict[str, set[int]] = {}
        for place, item in enumerate(self._ordered):
            number, _ = shelf.items[item.slug]
            self._place[number] = place
            self._domains[number] = _domain(item)
            for topic in topics.get(item.slug, ()):
                self._on_topic.setdefault(topic, set()).add(number)
        self._with = cache(lambda word: frozenset(_numbers(self._carriers[word])))
        self._unit = round(1000 * math.log(self._total))  # how much a word weighs that one item alone has

    def find(self, item: NewsItem) -> _Found:
        """Return what *item* links to."""
        features = self._rarest(_words(item))
        points = self._points(self._topics.get(item.slug, ()), features)
        provider_points = round(self._unit * PROVIDER_WEIGHT)
        domain = _domain(item)
        if domain is not None:
            for number in points:
                if self._domains[number] == domain:
                    points[number] += provider_points
        # Points and place in one number: there are hundreds of candidates for each item.
        size, place = len(self._ordered), self._place
        likest = (self._ordered[n % size] for n in sorted([place[n] - size * points[n] for n in points]))
        title = fold(item.title)
        links = (o.slug for o in likest if o.slug != item.slug and fold(o.title) != title)
        rank = features[-1] if len(features) == MAX_FEATURES else None
        return _Found(rank, tuple(islice(links, self._limit)))

    def _points(self, own_topics: Iterable[str], features: Sequence[tuple[int, str]]) -> dict[int, int]:
        """Return number → points, without those of the provider, for the items that are like enough."""
        # Most share one word and nothing else, and there are hundreds for each item: sets sort them out.
        once: set[int] = set()
        likely: set[int] = set()
        for _, word in features:
            likely |= once & self._with(word)
            once |= self._with(word)
        on_topics = [self._on_topic[topic] for topic in own_topics if topic in self._on_topic]
        likely.update(*map(once.intersection, on_topics))
        points = dict.fromkeys(likely, 0)
        for frequency, word in features:
            # Whole thousandths: sums of them are exact, whatever the order.
            step = round(1000 * math.log(self._total / frequency))
            for number in likely & self._with(word):
                points[number] += step
        topic_points = round(self._unit * TOPIC_WEIGHT)
        for on_topic in on_topics:
            for number in likely & on_topic:
                points[number] += topic_points
        return points

    def _rarest(self, words: Iterable[str]) -> list[tuple[int, str]]:
        """Return the words that an item is looked for by, rarest first, each after how many items have it."""
        ranks = [(_count(self._carriers.get(word, b"")), word) for word in words]
        return sorted([rank for rank in ranks if 1 < rank[0] <= self._most_postings])[:MAX_FEATURES]


def _words(item: NewsItem) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(f"{item.title} {item.excerpt}")))


def _mark(item: NewsItem, topics: Sequence[str]) -> bytes:
    """Return a digest of all that counts of *item*."""
    return digest_of(_ENCODER.encode((item.title, item.excerpt, item.date.timestamp(), _domain(item), topics)))


def _domain(item: NewsItem) -> str | None:
    return item.provider.domain if item.provider else None


def _numbers(carriers: bytes | bytearray) -> array[int]:
    return array(_NUMBER, bytes(carriers))


def _count(carriers: bytes | bytearray) -> int:
    return len(carriers) // _NUMBER_BYTES
