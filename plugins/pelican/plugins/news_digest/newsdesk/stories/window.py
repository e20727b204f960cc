"""Which earlier reports a report may be like: asked of an index of rare words, day by day."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from .rarity import Counts, Profile

if TYPE_CHECKING:
    from .reports import Report

SECONDS_PER_DAY: Final = 86_400
# Reports further apart are not compared: a story that lasts longer has members in between.
WINDOW_DAYS: Final = 7
# So many days before a day decide what is found for it: earlier ones weigh their words by the week before them.
CONTEXT_DAYS: Final = 2 * WINDOW_DAYS
# Each is compared with so many of the likest earlier ones, and with none whose words are less alike than this.
CANDIDATES: Final = 20
LEAST_COSINE: Final = 0.03
_CERTAINLY: Final = 1 << 40


class Pair(NamedTuple):
    """Two reports that may tell one story.

    Attributes:
        one: The later one.
    """

    day: int
    one: Profile
    other: Profile
    has_same_link: bool
    has_same_picture: bool


def pairs_of(days: Mapping[int, Sequence[Report]], wanted: Collection[int]) -> Iterator[Pair]:
    """Yield the pairs of reports that may tell one story, of which the later one is of a *wanted* day.

    Args:
        days: Day → its reports, in the order of time and key. What it has to have of the days around the wanted ones
            says :func:`reach`.
    """
    order = sorted(days)
    needed = sorted({day for want in wanted for day in range(want - WINDOW_DAYS, want + 1) if day in days})
    counts, index = Counts(), Index()
    first = last = 0
    for day in needed:
        while last < len(order) and order[last] <= day + WINDOW_DAYS:
            counts.add(days[order[last]])
            last += 1
        while order[first] < day - WINDOW_DAYS:
            counts.add(days[order[first]], -1)
            first += 1
        for report in days[day]:
            profile = counts.profile(report)
            finders = counts.finders(profile)
            if day in wanted:
                for other in index.like(profile, finders):
                    same_link = not profile.links.isdisjoint(other.links)
                    same_picture = bool(counts.pictures(profile.pictures & other.pictures))
                    yield Pair(day, profile, other, same_link, same_picture)
            index.add(profile, finders)


def reach(day: int) -> range:
    """Return the days whose reports decide what is found for those of *day*."""
    return range(day - CONTEXT_DAYS, day + WINDOW_DAYS + 1)


class Index:
    """Earlier reports, by what they can be found by."""

    def __init__(self) -> None:
        self._profiles: dict[int, Profile] = {}
        self._having: dict[int, deque[int]] = {}
        self._oldest = self._count = 0

    def add(self, profile: Profile, finders: Sequence[int]) -> None:
        """Let *profile* be found from now on; no earlier one may come later."""
        number = self._count
        self._count += 1
        self._profiles[number] = profile
        for word in finders:
            self._having.setdefault(word, deque()).append(number)

    def like(self, profile: Profile, finders: Sequence[int]) -> Iterator[Profile]:
        """Yield the earlier reports that *profile* may be like, likest first."""
        self._forget(profile.second - WINDOW_DAYS * SECONDS_PER_DAY)
        oldest, having, rarity = self._oldest, self._having, profile.rarity
        scores: dict[int, int] = {}
        for word in finders:
            found = having.get(word)
            if not found:
                continue
            while found and found[0] < oldest:
                found.popleft()
            value = rarity[word] ** 2 if word in rarity else _CERTAINLY
            for number in found:
                scores[number] = scores.get(number, 0) + value
        profiles, least = self._profiles, LEAST_COSINE * profile.size
        ranked = [
            (score / size, number)
            for number, score in scores.items()
            if score > least * (size := profiles[number].size)
        ]
        # The later one of two that are equally like; two reports never compare.
        for _, number in heapq.nlargest(CANDIDATES, ranked):
            yield profiles[number]

    def _forget(self, second: int) -> None:
        while self._oldest < self._count and self._profiles[self._oldest].second < second:
            del self._profiles[self._oldest]
            self._oldest += 1
