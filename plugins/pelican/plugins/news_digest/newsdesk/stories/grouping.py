"""Reports in, groups out. What was found of a day is kept for as long as the days around it are the same."""

from __future__ import annotations

import hashlib
import struct
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import msgspec

from ...running.workers import Workers
from .likeness import likeness
from .linkage import Edge, Limits, groups_of
from .reports import Source, Vocabulary
from .weights import BIAS, SAME_PICTURE, THRESHOLD, WEIGHTS
from .window import CANDIDATES, SECONDS_PER_DAY, WINDOW_DAYS, pairs_of, reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


LIMITS: Final = Limits(threshold=THRESHOLD, seconds=WINDOW_DAYS * SECONDS_PER_DAY, candidates=CANDIDATES)
# What is less alike is not alike.
LEAST: Final = 300
# So many reports are worth a process of their own.
MUCH: Final = 3_000
_EDGE: Final = struct.Struct("<III")
_TABLE: Final = repr((BIAS, WEIGHTS, SAME_PICTURE)).encode()


class Day(msgspec.Struct, frozen=True, array_like=True):
    """What was found of the reports of one day.

    Attributes:
        print: A digest of everything that decided it.
        edges: Three numbers of 32 bits for each pair: the places of the two among the reports of all days that decided
            it, and their likeness.
    """

    print: bytes
    edges: bytes


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Groups of reports, and what there is to keep.

    Attributes:
        groups: Keys of two reports or more, oldest first; in the order of their oldest.
        days: To be given to the next call.
    """

    groups: list[list[str]]
    days: dict[int, Day]


def group_sources(
    sources: Iterable[Source],
    *,
    given: Mapping[str, str] | None = None,
    known: Mapping[int, Day] | None = None,
    since: int | None = None,
    workers: Workers | None = None,
) -> Found:
    """Return which of *sources* report the same; the order of *sources* makes no difference.

    Args:
        given: Key → the story that a report has already, which it keeps.
        known: What the last call found. It saves time and changes nothing.
        since: The second from whose day on pairs are looked for. What lies before only tells how rare words are, and is
            found as another end; :data:`.window.CONTEXT_DAYS` of it decide everything. None: all days.
        workers: Search when there is much to search; None does everything in this process.
    """
    given, known = given or {}, known or {}
    days: dict[int, list[Source]] = defaultdict(list)
    for source in sorted(sources, key=lambda source: (source.second, source.key)):
        days[source.second // SECONDS_PER_DAY].append(source)
    order = sorted(days)
    prints = _prints(days)
    wanted = [day for day in order if since is None or day >= since // SECONDS_PER_DAY]
    found = {day: known[day] for day in wanted if day in known and known[day].print == prints[day]}
    jobs = _jobs(days, [day for day in wanted if day not in found], workers.count if workers else 1)
    crew = workers if workers and len(jobs) > 1 else Workers(1)
    for answer in crew.map(_search, jobs):
        found |= {day: Day(prints[day], edges) for day, edges in answer.items()}
    place = 0
    base: dict[int, int] = {}
    for day in order:
        base[day] = place
        place += len(days[day])
    ordered = [source for day in order for source in days[day]]
    edges = (
        Edge(start + one, start + other, value)
        for day in wanted
        for start in (base[next(near for near in reach(day) if near in base)],)
        for one, other, value in _EDGE.iter_unpack(found[day].edges)
    )
    groups = groups_of(
        [source.second for source in ordered],
        edges,
        given=[given.get(source.key, "") for source in ordered],
        limits=LIMITS,
    )
    return Found(groups=[[ordered[place].key for place in group] for group in groups], days=found)


class _Job(msgspec.Struct, frozen=True, array_like=True):
    """Days of which the pairs are to be found, and the reports that decide them."""

    wanted: list[int]
    days: dict[int, list[Source]]


def _jobs(days: Mapping[int, list[Source]], wanted: Sequence[int], count: int) -> list[_Job]:
    """Return the search of the *wanted* days in parts, one for each process, if there is much to search."""
    total = sum(len(days[day]) for day in wanted)
    most = max(MUCH, -(-total // count))
    jobs: list[_Job] = []
    part: list[int] = []
    size = 0
    for day in wanted:
        part.append(day)
        size += len(days[day])
        if size >= most or day == wanted[-1]:
            near = {other for one in part for other in reach(one) if other in days}
            jobs.append(_Job(part, {other: days[other] for other in sorted(near)}))
            part, size = [], 0
    return jobs


def _search(job: _Job) -> dict[int, bytes]:
    """Return what there is to find of the days of *job*; runs in any process."""
    days = job.days
    vocabulary = Vocabulary()
    reports = {day: [vocabulary.report(source) for source in days[day]] for day in days}
    found = {day: bytearray() for day in job.wanted}
    places: dict[int, dict[str, int]] = {}
    for pair in pairs_of(reports, frozenset(job.wanted)):
        if pair.day not in places:
            near = [source.key for day in reach(pair.day) if day in days for source in days[day]]
            places = {pair.day: {key: place for place, key in enumerate(near)}}
        value = likeness(pair.one, pair.other, is_same_link=pair.has_same_link, is_same_picture=pair.has_same_picture)
        if value >= LEAST:
            of_key = places[pair.day]
            found[pair.day] += _EDGE.pack(of_key[pair.one.key], of_key[pair.other.key], value)
    return {day: bytes(edges) for day, edges in found.items()}


def _prints(days: Mapping[int, Sequence[Source]]) -> dict[int, bytes]:
    """Return what the search of each day depends on, as a digest."""
    own = {day: hashlib.sha256(msgspec.msgpack.encode(sources)).digest() for day, sources in days.items()}
    return {
        day: hashlib.sha256(_TABLE + b"".join(own.get(near, b"-") for near in reach(day))).digest()[:16] for day in days
    }
