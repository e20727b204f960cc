"""Average linkage: the two groups whose reports are likest on average are joined, until none are like enough."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Edge(NamedTuple):
    """How alike two reports are, by their places in the order of time."""

    one: int
    other: int
    likeness: int


class Limits(NamedTuple):
    """When groups are joined.

    Attributes:
        threshold: Only if the average likeness of their pairs is above this. A pair without an edge is not alike.
        seconds: Pairs further apart in time say nothing, for or against.
        candidates: No report was compared with more others: of a large group, the likest count.
    """

    threshold: int
    seconds: int
    candidates: int


def groups_of(
    seconds: Sequence[int], edges: Iterable[Edge], *, given: Sequence[str], limits: Limits
) -> list[list[int]]:
    """Return the groups of two or more, each in the order of time.

    Args:
        seconds: When each report was published, in order.
        given: The story that each report has already; ``""`` for none. What has one stays there, and two such stories
            are never joined.
    """
    linkage = _Linkage(seconds, given, limits)
    for edge in edges:
        linkage.add(edge)
    linkage.join()
    return [sorted(members) for _, members in sorted(linkage.members.items()) if len(members) > 1]


class _Linkage:
    """Groups, each known by its first member when it began, and how alike they are."""

    def __init__(self, seconds: Sequence[int], given: Sequence[str], limits: Limits) -> None:
        self._limits = limits
        self._seconds = seconds
        first: dict[str, int] = {}
        self._group = [first.setdefault(story, place) if story else place for place, story in enumerate(given)]
        self.members: dict[int, list[int]] = {}
        for place, group in enumerate(self._group):
            self.members.setdefault(group, []).append(place)
        self._is_given = set(first.values())
        # Group → other group → the sum of the likenesses of their pairs.
        self._sums: dict[int, dict[int, int]] = {}

    def add(self, edge: Edge) -> None:
        one, other = self._group[edge.one], self._group[edge.other]
        if one != other and not (one in self._is_given and other in self._is_given):
            for a, b in ((one, other), (other, one)):
                sums = self._sums.setdefault(a, {})
                sums[b] = sums.get(b, 0) + edge.likeness

    def join(self) -> None:
        heap = [
            entry
            for one, sums in self._sums.items()
            for other in sums
            if one < other
            for entry in self._entry(one, other)
        ]
        heapq.heapify(heap)
        while heap:
            average, one, other = heapq.heappop(heap)
            # What was said of groups that have grown since counts no more.
            if other in self._sums.get(one, ()) and average == -self._average(one, other):
                for neighbour in self._merge(one, other):
                    for entry in self._entry(min(one, neighbour), max(one, neighbour)):
                        heapq.heappush(heap, entry)

    def _entry(self, one: int, other: int) -> Iterable[tuple[float, int, int]]:
        average = self._average(one, other)
        return ((-average, one, other),) if average > self._limits.threshold else ()

    def _average(self, one: int, other: int) -> float:
        return self._sums[one][other] / self._pairs(self.members[one], self.members[other])

    def _pairs(self, ones: Sequence[int], others: Sequence[int]) -> int:
        """Return how many pairs of two groups are to be asked."""
        if len(ones) > len(others):
            ones, others = others, ones
        most = self._limits.candidates * len(ones)
        if len(ones) * len(others) == 1:
            return 1
        seconds, span = self._seconds, self._limits.seconds
        when = [seconds[place] for place in others]  # in order, as the places are
        near = sum(
            bisect_right(when, seconds[place] + span) - bisect_left(when, seconds[place] - span) for place in ones
        )
        return max(1, min(near, most))

    def _merge(self, one: int, other: int) -> list[int]:
        """Let *other* become part of *one*; return the groups that are like the new one."""
        sums = self._sums
        self.members[one] = sorted(self.members[one] + self.members.pop(other))
        if other in self._is_given:
            self._is_given.add(one)
        for neighbour, value in sums.pop(other).items():
            del sums[neighbour][other]
            if neighbour != one:
                sums[one][neighbour] = sums[neighbour][one] = sums[one].get(neighbour, 0) + value
        if one in self._is_given:
            for neighbour in [n for n in sums[one] if n in self._is_given]:
                del sums[one][neighbour], sums[neighbour][one]
        return list(sums[one])
