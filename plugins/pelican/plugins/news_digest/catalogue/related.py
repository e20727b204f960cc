"""What else to read, for items whose file names nothing: items that share rare words, topics and the provider."""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from ..errors import DuplicateSlugError
from ..frontmatter.text import fold
from .ranking import newest_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..model import NewsItem
    from .build import Catalogue

_WORD: Final = re.compile(r"\w{3,}")
# A feature that more items share than this says nothing; one query then costs a bounded number of look-ups.
MAX_POSTINGS: Final = 200
MAX_FEATURES: Final = 12
TOPIC_WEIGHT: Final = 0.5
PROVIDER_WEIGHT: Final = 0.25
MIN_SHARED_WORDS: Final = 2
_WORDS_ROOM: Final = 64  # more than MAX_FEATURES

RelatedIndex = dict[str, tuple["NewsItem", ...]]


def computed_related(catalogue: Catalogue, *, limit: int) -> RelatedIndex:
    """Return slug → related items for the items of *catalogue* whose file names none.

    It is no part of the catalogue: a build that has nothing to write does not need it.
    """
    roots = catalogue.taxonomy.roots
    return related_index(
        catalogue.listed,
        topics={slug: tuple(i for i in ids if i not in roots) for slug, ids in catalogue.topic_ids.items()},
        wanted=[item for item in catalogue.published if not catalogue.clusters[item.slug].members],
        limit=limit,
    )


def related_index(
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
    ordered = sorted(items, key=newest_first)
    if limit <= 0:
        return {item.slug: () for item in wanted}
    words: dict[str, frozenset[str]] = {}
    for item in ordered:
        if item.slug in words:
            raise DuplicateSlugError(item.slug)
        words[item.slug] = _words(item)
    frequency = Counter(word for found in words.values() for word in found)
    postings: dict[str, list[int]] = {}
    for position, item in enumerate(ordered):
        for word in words[item.slug]:
            if 1 < frequency[word] <= MAX_POSTINGS:
                postings.setdefault(word, []).append(position)
    # Whole thousandths: sums of them are exact, whatever the order.
    weight = {word: round(1000 * math.log(len(ordered) / frequency[word])) for word in postings}
    shelf = _Shelf(ordered, topics)
    result: RelatedIndex = {}
    for item in wanted:
        own = words[item.slug] if item.slug in words else _words(item)
        rarest = sorted((w for w in own if w in postings), key=lambda w: (frequency[w], w))[:MAX_FEATURES]
        shared: dict[int, int] = {}
        for word in rarest:
            # Points, and in the low digits how many words: one look-up instead of two, some hundred times an item.
            step = weight[word] * _WORDS_ROOM + 1
            for position in postings[word]:
                shared[position] = shared.get(position, 0) + step
        result[item.slug] = shelf.likest(item, shared, limit=limit)
    return result


class _Shelf:
    """The items to link to, and what of them is asked again and again, by position."""

    def __init__(self, ordered: Sequence[NewsItem], topics: Mapping[str, Sequence[str]]) -> None:
        self._ordered = ordered
        self._topics = [frozenset(topics.get(item.slug, ())) for item in ordered]
        self._domains = [item.provider.domain if item.provider else None for item in ordered]
        self._own_topics = topics
        unit = round(1000 * math.log(max(len(ordered), 2)))
        self._topic_points = round(unit * TOPIC_WEIGHT)
        self._provider_points = round(unit * PROVIDER_WEIGHT)

    def likest(self, item: NewsItem, shared: Mapping[int, int], *, limit: int) -> tuple[NewsItem, ...]:
        """Return the items most like *item* among those at the positions of *shared*."""
        own_topics = frozenset(self._own_topics.get(item.slug, ()))
        domain = item.provider.domain if item.provider else None
        found = []
        for position, points_and_words in shared.items():
            points, count = divmod(points_and_words, _WORDS_ROOM)
            common = len(own_topics & self._topics[position]) if own_topics else 0
            if count < MIN_SHARED_WORDS and not common:
                continue
            points += self._topic_points * common
            if domain is not None and domain == self._domains[position]:
                points += self._provider_points
            found.append((-points, position))
        title = fold(item.title)
        others = (self._ordered[position] for _, position in sorted(found))
        return tuple(islice((o for o in others if o.slug != item.slug and fold(o.title) != title), limit))


def _words(item: NewsItem) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(f"{item.title} {item.excerpt}")))
