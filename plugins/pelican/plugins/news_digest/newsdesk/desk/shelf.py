"""What there is to decide on: what came in, story by story, hottest first. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from ...catalogue.ranking import newest_first
from ...catalogue.stories import Stories, find_stories, with_heat
from ...frontmatter.items.convert import POINTS_PER_REPORT
from ...languages import ENGLISH, Words
from ...model import NewsItem, Status
from ...text.plain import fold


class State(StrEnum):
    """How an item, or a story, stands; the values are words of addresses."""

    WAITING = "waiting"
    PUBLISHED = "published"
    HIDDEN = "hidden"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One item, as an editor sees it.

    Attributes:
        came: When it was first seen: what its import wrote down, else its own date.
        is_ahead: Whether it is dated ahead of now, and shown when its time has come.
    """

    item: NewsItem
    state: State
    came: datetime
    is_ahead: bool

    @property
    def is_pinned(self) -> bool:
        """Whether a person wants it to lead."""
        return self.item.curated.pin


class Term(msgspec.Struct, frozen=True):
    """One part of a sum: what it is for, and how many points."""

    why: str
    points: int


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A story: all that report it. An item that nobody else reports is one, too.

    Attributes:
        story: The story's id; ``""`` where there is one report without any.
        others: The other reports, published ones first, then the hottest.
        state: Published where one report is, hidden where all are.
        source_count: How many sources report it, hidden reports apart.
        came: When the newest report came.
    """

    story: str
    lead: Report
    others: tuple[Report, ...] = ()
    state: State
    source_count: int
    came: datetime

    @property
    def reports(self) -> tuple[Report, ...]:
        """All of them, the lead first."""
        return (self.lead, *self.others)


class Shelf(msgspec.Struct, frozen=True, kw_only=True):
    """Everything there is, in order: what leads, then the hottest.

    Attributes:
        groups: Each item is in one of them.
        place: Slug → position of its group.
        prints: Slug → what its file is known again by; absent where that is not known.
        topics: The names of all topics, the most used first.
    """

    groups: tuple[Group, ...] = ()
    place: dict[str, int] = {}
    prints: dict[str, bytes] = {}
    names: frozenset[str] = frozenset()
    topics: tuple[str, ...] = ()

    def group_of(self, slug: str) -> Group | None:
        """Return the story that *slug* is in; None: there is no such item."""
        return self.groups[self.place[slug]] if slug in self.place else None

    @property
    def pinned(self) -> tuple[Report, ...]:
        """The items that a person wants to lead."""
        return tuple(report for group in self.groups for report in group.reports if report.is_pinned)

    def report(self, slug: str) -> Report | None:
        """Return the item *slug*; None: there is none."""
        group = self.group_of(slug)
        return next((report for report in group.reports if report.item.slug == slug), None) if group else None


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; ``""`` and None mean all.

    Attributes:
        since: Nothing that came before.
        source: A domain.
        topic: A name, in any spelling.
        text: Words; each stands in a title, an excerpt or the name of a source.
    """

    state: State | None = None
    since: datetime | None = None
    source: str = ""
    topic: str = ""
    text: str = ""


def make_shelf(items: Sequence[NewsItem], *, now: datetime, prints: Mapping[str, bytes] | None = None) -> Shelf:
    """Return *items* by story. It does not depend on their order.

    Args:
        prints: See :class:`Shelf`.
    """
    found = find_stories(items)
    stories = Stories(items, found, is_published=lambda item: item.status is Status.PUBLISHED)
    gathered: dict[str, list[Report]] = {}
    for item in with_heat(items, found):
        # No id of a story holds a slash.
        gathered.setdefault(found.id_of.get(item.slug) or f"/{item.slug}", []).append(_report(item, now=now))
    groups = sorted((_group(key, reports) for key, reports in gathered.items()), key=_hottest_first)
    return Shelf(
        groups=tuple(groups),
        place={report.item.slug: position for position, group in enumerate(groups) for report in group.reports},
        prints=dict(prints or {}),
        names=frozenset({*stories.by_id, *stories.former}),
        topics=tuple(topics_among(groups)),
    )


def _report(item: NewsItem, *, now: datetime) -> Report:
    is_hidden = item.status is Status.REMOVED or item.curated.hide
    state = State.HIDDEN if is_hidden else State.PUBLISHED if item.status is Status.PUBLISHED else State.WAITING
    return Report(item=item, state=state, came=item.first_seen or item.date, is_ahead=item.date > now)


_STATE_ORDER: Final = (State.PUBLISHED, State.WAITING, State.HIDDEN)


def _best_first(report: Report) -> tuple[object, ...]:
    item = report.item
    return (not report.is_pinned, _STATE_ORDER.index(report.state), -item.heat, -item.quality, *newest_first(item))


def _hottest_first(group: Group) -> tuple[object, ...]:
    lead = group.lead
    return (not lead.is_pinned, -lead.item.heat, *newest_first(lead.item))


def _group(key: str, reports: list[Report]) -> Group:
    lead, *others = sorted(reports, key=_best_first)
    seen = [report for report in reports if report.state is not State.HIDDEN]
    domains = {report.item.provider.domain if report.item.provider else "" for report in seen}
    return Group(
        story="" if key.startswith("/") else key,
        lead=lead,
        others=tuple(others),
        state=lead.state,
        source_count=len(domains),
        came=max(report.came for report in reports),
    )


def summed(group: Group) -> tuple[Term, ...]:
    """Return how the heat of *group* comes about: its lead's quality, other sources, and what else the file says."""
    item = group.lead.item
    terms = [Term("quality", item.quality)]
    others = (("sources", max(group.source_count - 1, 0)), ("reports", max(len(item.related), len(group.others))))
    added = {why: Term(why, count * POINTS_PER_REPORT) for why, count in others if count}
    # Ranking counts sources; where a file says no heat, a build counts reports.
    fitting = next((term for term in added.values() if item.quality + term.points == item.heat), None)
    if fitting or added:
        terms.append(fitting or next(iter(added.values())))
    rest = item.heat - sum(term.points for term in terms)
    return (*terms, Term("file", rest)) if rest else tuple(terms)


def sum_in_words(group: Group, words: Words = ENGLISH) -> str:
    """Return how the heat of *group* comes about, such as ``quality 63 + 20 for 1 other source``."""
    terms = summed(group)
    sources, reports = group.source_count - 1, max(len(group.lead.item.related), len(group.others))

    def said(why: str, points: int) -> str:
        if why == "quality":
            return words.say("quality %(points)s", points=points)
        if why == "sources":
            return words.say_many(
                "%(points)s for %(num)s other source", "%(points)s for %(num)s other sources", sources, points=points
            )
        if why == "reports":
            return words.say_many(
                "%(points)s for %(num)s other report", "%(points)s for %(num)s other reports", reports, points=points
            )
        return words.say("%(points)s that its file adds", points=points)

    parts = [said(term.why, abs(term.points)) for term in terms]
    signs = ["" if term.points >= 0 else "− " for term in terms[:1]]
    signs += [" + " if term.points >= 0 else " − " for term in terms[1:]]
    return "".join(f"{sign}{part}" for sign, part in zip(signs, parts, strict=True))


def notes_on(report: Report, words: Words = ENGLISH) -> tuple[str, ...]:
    """Return what else there is to know of *report*, in a few words each."""
    item, curated = report.item, report.item.curated
    is_removed = item.status is Status.REMOVED
    is_draft = item.status is Status.DRAFT and report.state is not State.HIDDEN
    told = {
        words.say("removed by its file"): is_removed,
        words.say("draft"): is_draft,
        words.say("your headline"): bool(curated.title),
        words.say("your topics"): curated.topics is not None,
        words.say("your quality"): curated.quality is not None,
    }
    return tuple(text for text, holds in told.items() if holds)


def coverage_of(group: Group, words: Words = ENGLISH) -> str:
    """Return how many report *group*, such as ``3 reports from 2 sources``; ``""`` for one report."""
    count = len(group.reports)
    if count == 1:
        return ""
    return words.say(
        "%(reports)s %(from_sources)s",
        reports=words.say_many("%(num)s report", "%(num)s reports", count),
        from_sources=words.say_many("from %(num)s source", "from %(num)s sources", group.source_count),
    )


def chosen(groups: Iterable[Group], wish: Wish) -> list[Group]:
    """Return those of *groups* that *wish* asks for, in their order: where one report fits, the story does."""
    words = fold(wish.text).split()
    topic = fold(wish.topic)

    def fits(report: Report) -> bool:
        item = report.item
        if wish.source and (item.provider is None or item.provider.domain != wish.source):
            return False
        if topic and topic not in map(fold, item.topics):
            return False
        return not words or all(word in _searched(item) for word in words)

    is_narrow = bool(words or topic or wish.source)
    return [
        group
        for group in groups
        if (wish.state is None or group.state is wish.state)
        and (wish.since is None or group.came >= wish.since)
        and (not is_narrow or any(map(fits, group.reports)))
    ]


def _searched(item: NewsItem) -> str:
    return fold(f"{item.title} {item.excerpt} {item.provider.name if item.provider else ''}")


def counts(groups: Iterable[Group]) -> Counter[State]:
    """Return how many of *groups* are in each state."""
    return Counter(group.state for group in groups)


def sources_among(groups: Iterable[Group]) -> dict[str, str]:
    """Return domain → name of all that report in *groups*, those with most reports first."""
    refs = [report.item.provider for group in groups for report in group.reports if report.item.provider]
    names = {ref.domain: ref.name for ref in refs}
    return {domain: names[domain] for domain, _ in Counter(ref.domain for ref in refs).most_common()}


def topics_among(groups: Iterable[Group]) -> list[str]:
    """Return the names of topics in *groups*, the most used first; of spellings that differ in case the first one."""
    names = [topic for group in groups for report in group.reports for topic in report.item.topics]
    shown = {fold(name): name for name in reversed(names)}
    return [shown[key] for key, _ in Counter(map(fold, names)).most_common()]
