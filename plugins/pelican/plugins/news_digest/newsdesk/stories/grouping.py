"""Reports in, groups out. What was found of a day is kept for as long as the days around it are the same."""

from __future__ import annotations

import hashlib
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ...running.workers import Workers
from .likeness import likeness
from .linkage import Edge, Limits, groups_of
from .reports import Source, Vocabulary, words_to_compare
from .weights import BIAS, SAME_PICTURE, THRESHOLD, WEIGHTS
from .window import CANDIDATES, SECONDS_PER_DAY, WINDOW_DAYS, pairs_of, reach

LIMITS: Final = Limits(threshold=THRESHOLD, seconds=WINDOW_DAYS * SECONDS_PER_DAY, candidates=CANDIDATES)
# What is less alike is not alike.
LEAST: Final = 300
# So many reports are worth a process of their own.
MUCH: Final = 3_000
# Of so many of the newest reports their words are kept: those that new ones are compared with, and counted among.
KEPT_REPORTS: Final = 4_000
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


class DayWords(msgspec.Struct, frozen=True, array_like=True):
    """The words of the reports of one day, in their order, and a digest of those reports."""

    print: bytes
    words: list[str]


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """What was found. It saves time and changes nothing."""

    days: dict[int, Day] = {}
    words: dict[int, DayWords] = {}


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Groups of reports, and what there is to keep.

    Attributes:
        groups: Keys of two reports or more, oldest first; in the order of their oldest.
    """

    groups: list[list[str]]
    kept: Kept


def group_sources(
    sources: Iterable[Source],
    *,
    given: Mapping[str, str] | None = None,
    known: Kept | None = None,
    since: int | None = None,
    workers: Workers | None = None,
) -> Found:
    """Return which of *sources* report the same; the order of *sources* makes no difference.

    Args:
        given: Key → the story that a report has already, which it keeps.
        known: What the last call found.
        since: The second from whose day on pairs are looked for. What lies before only tells how rare words are, and is
            found as another end; :data:`.window.CONTEXT_DAYS` of it decide everything. None: all days.
        workers: Search when there is much to search; None does everything in this process.
    """
    given, known = given or {}, known or Kept()
    days: dict[int, list[Source]] = defaultdict(list)
    for source in sorted(sources, key=lambda source: (source.second, source.key)):
        days[source.second // SECONDS_PER_DAY].append(source)
    order = sorted(days)
    own = {day: hashlib.sha256(msgspec.msgpack.encode(reports)).digest() for day, reports in days.items()}
    prints = {day: _print_of(day, own) for day in days}
    wanted = [day for day in order if since is None or day >= since // SECONDS_PER_DAY]
    found = {day: was for day in wanted if (was := known.days.get(day)) and was.print == prints[day]}
    words = {day: old.words for day in days if (old := known.words.get(day)) and old.print == own[day]}
    jobs = _jobs(days, [day for day in wanted if day not in found], words, workers.count if workers else 1)
    crew = workers if workers and len(jobs) > 1 else Workers(1)
    for answer in crew.map(_search, jobs):
        found |= {day: Day(prints[day], edges) for day, edges in answer.edges.items()}
        words |= answer.words
    newest = _newest(days)
    kept = Kept(found, {day: DayWords(own[day], words[day]) for day in newest if day in words})
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
    return Found(groups=[[ordered[place].key for place in group] for group in groups], kept=kept)


def _newest(days: Mapping[int, Sequence[Source]]) -> Iterator[int]:
    """Yield the days whose words are kept, the last one first."""
    left = KEPT_REPORTS
    for day in sorted(days, reverse=True):
        left -= len(days[day])
        if left < 0:
            return
        yield day


class _Job(msgspec.Struct, frozen=True, array_like=True):
    """Days of which the pairs are to be found, the reports that decide them, and the words that are known of these."""

    wanted: list[int]
    days: dict[int, list[Source]]
    words: dict[int, list[str]]


class _Answer(msgspec.Struct, frozen=True, array_like=True):
    """Pairs of the wanted days, and words of the newest."""

    edges: dict[int, bytes]
    words: dict[int, list[str]]


def _jobs(
    days: Mapping[int, list[Source]], wanted: Sequence[int], words: Mapping[int, list[str]], count: int
) -> list[_Job]:
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
            near = sorted({other for one in part for other in reach(one) if other in days})
            known = {other: words[other] for other in near if other in words}
            jobs.append(_Job(part, {other: days[other] for other in near}, known))
            part, size = [], 0
    return jobs


def _search(job: _Job) -> _Answer:
    """Return what there is to find of the days of *job*; runs in any process."""
    days = job.days
    words = job.words | {day: [*map(words_to_compare, days[day])] for day in days if day not in job.words}
    vocabulary = Vocabulary()
    reports = {day: [*map(vocabulary.report, days[day], words[day])] for day in days}
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
    newest = {day: words[day] for day in _newest(days)}
    return _Answer({day: bytes(edges) for day, edges in found.items()}, newest)


def _print_of(day: int, own: Mapping[int, bytes]) -> bytes:
    """Return what the search of *day* depends on, as a digest."""
    return hashlib.sha256(_TABLE + b"".join(own.get(near, b"-") for near in reach(day))).digest()[:16]
