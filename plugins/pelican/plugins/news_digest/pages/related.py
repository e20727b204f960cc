"""What else to read, for items whose file names nothing: items that share rare words, topics and the provider."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final

import msgspec

from ..catalogue.ranking import newest_first
from ..errors import DuplicateSlugError
from ..model import NewsItem
from ..text.plain import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..catalogue.build import Catalogue

_WORD: Final = re.compile(r"\w{3,}")
# A feature that more items share than this says nothing; one query then costs a bounded number of look-ups.
MAX_POSTINGS: Final = 200
MAX_FEATURES: Final = 12
TOPIC_WEIGHT: Final = 0.5
PROVIDER_WEIGHT: Final = 0.25
_NO_RANK: Final = (math.inf, "")  # there was room for more

RelatedIndex = dict[str, tuple["NewsItem", ...]]


def computed_related(catalogue: Catalogue, *, limit: int, finder: RelatedFinder) -> RelatedIndex:
    """Return slug → related items for the items of *catalogue* whose file names none.

    It is no part of the catalogue: a build that has nothing to write does not need it.
    """
    roots = catalogue.taxonomy.roots
    return finder.find(
        catalogue.listed,
        topics={slug: tuple(i for i in ids if i not in roots) for slug, ids in catalogue.topic_ids.items()},
        wanted=[item for item in catalogue.published if not catalogue.clusters.is_covered(item.slug)],
        limit=limit,
    )


class _Shelved(msgspec.Struct, frozen=True):
    """An item that may be linked to, and what of it is asked again and again."""

    item: NewsItem
    topics: frozenset[str]
    domain: str | None
    words: frozenset[str]


class _Found(msgspec.Struct, frozen=True):
    """What an item links to, and what that was found by.

    Attributes:
        words: All that it has.
        features: The rarest of them, which alone were looked at.
        rank: How rare the most usual one of those is; a word that is rarer now stands before it.
    """

    item: NewsItem
    topics: frozenset[str]
    words: frozenset[str]
    features: frozenset[str]
    rank: tuple[float, str]
    links: tuple[NewsItem, ...]


class RelatedFinder:
    """Finds what else to read. If it is asked again, it looks only at what has changed; the answers are the same.

    Its memory is only for speed: it saves 7 % of a preview's build of 700 items after one edit, and 12 % of one of five
    thousand (``python benchmarks/without.py related``, ``--set azure``).

    Args:
        most_postings: A word that more items share says nothing.
    """

    def __init__(self, *, most_postings: int = MAX_POSTINGS) -> None:
        self._most_postings = most_postings
        self._shelf: dict[str, _Shelved] = {}
        self._carriers: defaultdict[str, list[str]] = defaultdict(list)  # word → slugs
        self._on_topic: dict[str, set[str]] = {}  # topic → slugs
        self._found: dict[str, _Found] = {}
        self._scale = (0, 0)

    def find(
        self,
        items: Sequence[NewsItem],
        *,
        topics: Mapping[str, Sequence[str]],
        wanted: Iterable[NewsItem],
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
        if limit <= 0:
            return {item.slug: () for item in wanted}
        ordered = sorted(items, key=newest_first)
        place: dict[str, int] = {}
        for position, item in enumerate(ordered):
            if item.slug in place:
                raise DuplicateSlugError(item.slug)
            place[item.slug] = position
        changed = self._put(ordered, topics)
        # How much a word weighs depends on how many items there are.
        known = self._found if self._scale == (len(ordered), limit) else {}
        self._scale, self._found = (len(ordered), limit), {}
        for item in wanted:
            own_topics = frozenset(topics.get(item.slug, ()))
            found = known.get(item.slug)
            is_known = found is not None and found.item is item and found.topics == own_topics
            if found is None or not is_known or self._concerns(changed, found):
                shelved = self._shelf.get(item.slug)
                words = shelved.words if shelved and shelved.item is item else _words(item)
                features = self._rarest(words)
                rank = features[-1] if len(features) == MAX_FEATURES else _NO_RANK
                links = self._likest(item, own_topics, features, ordered, place, limit=limit)
                found = _Found(item, own_topics, words, frozenset(word for _, word in features), rank, links)
            self._found[item.slug] = found
        return {slug: found.links for slug, found in self._found.items()}

    def _concerns(self, changed: frozenset[str], found: _Found) -> bool:
        """Whether one of the *changed* words was looked at for *found*, or would be now."""
        if not found.features.isdisjoint(changed):
            return True
        return any(rank <= found.rank for rank in self._ranks(found.words & changed))

    def _put(self, ordered: Sequence[NewsItem], topics: Mapping[str, Sequence[str]]) -> frozenset[str]:
        """Put *ordered* on the shelf instead of what stood there; return the words that lead to something else now."""
        old, self._shelf = self._shelf, {}
        changed: set[str] = set()
        moves = 0
        carriers = self._carriers
        for item in ordered:
            slug = item.slug
            known, own_topics = old.pop(slug, None), frozenset(topics.get(slug, ()))
            if known is None or known.item is not item or known.topics != own_topics:
                moves += 1
                if known is not None:
                    changed |= self._take(known)
                known = _Shelved(item, own_topics, item.provider.domain if item.provider else None, _words(item))
                for word in known.words:
                    carriers[word].append(slug)
                for topic in own_topics:
                    self._on_topic.setdefault(topic, set()).add(slug)
                if self._found:  # else nothing is asked of them
                    changed |= known.words
            self._shelf[slug] = known
        for gone in old.values():
            moves += 1
            changed |= self._take(gone)
        # A word that too many share helped nobody before, either.
        return frozenset(word for word in changed if len(self._carriers[word]) <= self._most_postings + moves)

    def _take(self, known: _Shelved) -> frozenset[str]:
        """Take an item from the shelf; return its words."""
        for word in known.words:
            self._carriers[word].remove(known.item.slug)
        for topic in known.topics:
            self._on_topic[topic].discard(known.item.slug)
        return known.words

    def _likest(
        self,
        item: NewsItem,
        own_topics: frozenset[str],
        features: Sequence[tuple[int, str]],
        ordered: Sequence[NewsItem],
        place: Mapping[str, int],
        *,
        limit: int,
    ) -> tuple[NewsItem, ...]:
        """Return the items most like *item*, which is looked for by *features*."""
        points = self._points(own_topics, features)
        provider_points = round(self._unit * PROVIDER_WEIGHT)
        domain = item.provider.domain if item.provider else None
        if domain is not None:
            for slug in points:
                if self._shelf[slug].domain == domain:
                    points[slug] += provider_points
        # Points and place in one number: there are hundreds of candidates for each item.
        count = len(ordered)
        likest = (ordered[number % count] for number in sorted(place[slug] - count * points[slug] for slug in points))
        title = fold(item.title)
        return tuple(islice((o for o in likest if o.slug != item.slug and fold(o.title) != title), limit))

    def _points(self, own_topics: frozenset[str], features: Sequence[tuple[int, str]]) -> dict[str, int]:
        """Return slug → points, without those of the provider, for the items that are like enough."""
        carriers, total = self._carriers, len(self._shelf)
        # Most share one word and nothing else, and there are hundreds for each item: sets sort them out.
        once: set[str] = set()
        likely: set[str] = set()
        for _, word in features:
            likely.update(once.intersection(carriers[word]))
            once.update(carriers[word])
        on_topics = [self._on_topic[topic] for topic in own_topics if topic in self._on_topic]
        likely.update(*map(once.intersection, on_topics))
        points = dict.fromkeys(likely, 0)
        for frequency, word in features:
            # Whole thousandths: sums of them are exact, whatever the order.
            step = round(1000 * math.log(total / frequency))
            for slug in likely.intersection(carriers[word]):
                points[slug] += step
        topic_points = round(self._unit * TOPIC_WEIGHT)
        for on_topic in on_topics:
            for slug in likely & on_topic:
                points[slug] += topic_points
        return points

    @property
    def _unit(self) -> int:
        """How much a word weighs that one item alone has."""
        return round(1000 * math.log(max(len(self._shelf), 2)))

    def _ranks(self, words: Iterable[str]) -> list[tuple[int, str]]:
        """Return those of *words* that say something, each after how many items have it."""
        carriers = self._carriers
        return [(len(found), word) for word in words if 1 < len(found := carriers.get(word, ())) <= self._most_postings]

    def _rarest(self, words: Iterable[str]) -> list[tuple[int, str]]:
        """Return the words that an item is looked for by, rarest first."""
        return sorted(self._ranks(words))[:MAX_FEATURES]


def _words(item: NewsItem) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(f"{item.title} {item.excerpt}")))
