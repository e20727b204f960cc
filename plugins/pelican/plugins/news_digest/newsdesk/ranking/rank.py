"""What ``news-digest rank`` decides: items in, changes to their files out. Nothing is read or written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta, tzinfo
from typing import Any, Final

import msgspec

from ...catalogue.stories import find_stories
from ...model import NewsItem, Status, StoryRecord, TopicRecord
from ...model import Ranked as Written
from ...text.address import link_key
from ...text.plain import fold
from ..stories.grouping import Found, Kept, group_sources
from ..stories.ids import new_story_id
from ..stories.reports import source_of
from ..stories.window import CONTEXT_DAYS, SECONDS_PER_DAY
from .heat import Heat, heat_by_links, heat_of_one, heat_of_story, published
from .quality import Part, quality_parts, terse_sources, total
from .topics import TopicFinder

_RANKED: Final = frozenset((Status.PUBLISHED, Status.UNPUBLISHED))
_REPORTS: Final = 2
# How far before what is due lies what may be part of its stories.
REACH_DAYS: Final = 21
# So long after its first report a story begins anew: another report may lead it, and be published.
CHAPTER: Final = timedelta(days=14)


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """How a site ranks.

    Attributes:
        lang, tz: The site's language, and the zone of its days.
        per_day: So many of the hottest a day instead; 0: as many as are hot enough.
        weights: Feed → what it adds to the quality of its items.
        keeps_related: Whether ``related`` lists say who reports the same, and nobody is grouped.
    """

    lang: str
    tz: tzinfo
    heat_published: int = 70
    per_day: int = 0
    points: Mapping[str, int]
    weights: Mapping[str, int]
    keeps_related: bool = False


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one item.

    Attributes:
        parts: The sum of its quality; the file or a person may say another number.
        quality, heat: As its file is to say.
        story: Id of its story; ``""`` for none.
        reports: How many reports its story has.
    """

    parts: tuple[Part, ...]
    quality: int
    heat: Heat
    is_published: bool
    story: str = ""
    reports: int = 1
    topics: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What a ranking comes to.

    Attributes:
        ranked: Slug → what is known of each item that was looked at.
        changes: Path of a file → keys that change; only files of which one does.
    """

    ranked: dict[str, Ranked]
    changes: dict[str, dict[str, Any]]
    kept: Kept


def plan_ranking(
    items: Sequence[NewsItem],
    *,
    topics: Sequence[TopicRecord] = (),
    records: Sequence[StoryRecord] = (),
    rules: Rules,
    is_due: Callable[[NewsItem], bool],
    group: Callable[..., Found] = group_sources,
) -> Plan:
    """Return what to change so that every file says what the newsdesk knows; the order of *items* makes no difference.

    Ranking what was ranked changes nothing.

    Args:
        is_due: Whether an item's file may be changed.
        group: :func:`.stories.grouping.group_sources`, with what the last ranking kept.
    """
    known = sorted((item for item in items if item.status in _RANKED), key=lambda item: item.slug)
    due = [item for item in known if is_due(item)]
    kept: Kept
    if rules.keeps_related:
        stories, kept = _Stories({}, {}), Kept()
    else:
        stories, kept = _find_stories(known, items, records, rules, is_due, group)
    first = {members[0].slug for members in stories.members.values() if len(members) >= _REPORTS}
    terse = terse_sources(known)
    parts = {
        item.slug: quality_parts(
            item,
            points=rules.points,
            is_first=item.slug in first,
            is_terse=item.imported_from in terse,
            weight=rules.weights.get(item.imported_from, 0),
        )
        for item in due
    }
    quality = {item.slug: _quality(item, parts[item.slug]) for item in due}
    heats = _heats_by_links(due, known, quality) if rules.keeps_related else _heats(due, stories, quality)
    shown = published(due, heats, least=rules.heat_published, per_day=rules.per_day, tz=rules.tz)
    finder = TopicFinder(topics, lang=rules.lang)
    ranked = {
        item.slug: Ranked(
            parts=parts[item.slug],
            quality=quality[item.slug],
            heat=heats[item.slug],
            is_published=item.slug in shown,
            story=stories.id_of.get(item.slug, ""),
            reports=len(stories.members.get(stories.id_of.get(item.slug, ""), (item,))),
            topics=finder.topics_of(item) if _wants_topics(item) else (),
        )
        for item in due
    }
    changes = {
        item.source_path: change for item in due if (change := _changes(item, ranked[item.slug], root=finder.root))
    }
    return Plan(ranked=ranked, changes=changes, kept=kept)


class _Stories(msgspec.Struct, frozen=True):
    """Slug → id of its story, and id → reports, oldest first."""

    id_of: dict[str, str]
    members: dict[str, list[NewsItem]]


def _find_stories(
    known: Sequence[NewsItem],
    items: Sequence[NewsItem],
    records: Sequence[StoryRecord],
    rules: Rules,
    is_due: Callable[[NewsItem], bool],
    group: Callable[..., Found],
) -> tuple[_Stories, Kept]:
    """Return the stories of all items: those that there are, grown by what reports the same, and new ones."""
    linked = find_stories(items)
    given = {item.slug: item.curated.story or linked.id_of.get(item.slug, "") for item in known}
    due = {item.slug for item in known if is_due(item)}
    seconds = [item.date.timestamp() for item in known if item.slug in due]
    since = int(min(seconds, default=0)) - REACH_DAYS * SECONDS_PER_DAY
    begin = (since // SECONDS_PER_DAY - CONTEXT_DAYS) * SECONDS_PER_DAY
    near = [item for item in known if item.date.timestamp() >= begin]
    sources = (source_of(item, lang=rules.lang) for item in near)
    found = group(sources, given=given, since=since)
    by_slug = {item.slug: item for item in near}
    taken = {*linked.reports, *given.values(), *(record.id for record in records)}
    taken.update(name for record in records for name in record.formerly)
    id_of = {slug: story for slug, story in given.items() if story}
    for slugs in found.groups:
        story = next((given[slug] for slug in slugs if given[slug]), "")
        # What is old is left alone.
        joining = [slug for slug in slugs if slug in due]
        if not story and len(joining) >= _REPORTS:
            story = new_story_id(by_slug[joining[0]].title, taken=taken)
            taken.add(story)
        if story:
            id_of.update(dict.fromkeys(joining, story))
    reports: dict[str, list[NewsItem]] = {}
    for item in sorted(known, key=lambda item: (item.date, item.slug)):
        if story := id_of.get(item.slug, ""):
            reports.setdefault(story, []).append(item)
    return _Stories(id_of, reports), found.kept


def _quality(item: NewsItem, parts: Sequence[Part]) -> int:
    """Return what a person decided, else what the file says if that is not ours, else the sum."""
    if item.curated.quality is not None:
        return item.curated.quality
    return total(parts) if _is_ours(item) else item.quality


def _heats(due: Sequence[NewsItem], stories: _Stories, quality: Mapping[str, int]) -> dict[str, Heat]:
    heats = {item.slug: heat_of_one(item, quality=quality[item.slug]) for item in due}
    for members in stories.members.values():
        if len(members) < _REPORTS:
            continue
        earlier: list[NewsItem] = []
        for chapter in _chapters(members):
            reports = [item for item in chapter if item.slug in quality]
            old = [item for item in chapter if item.slug not in quality]
            if reports:
                heats |= heat_of_story(reports, quality=quality, beside=old, before=earlier)
            earlier += chapter
    return heats


def _chapters(members: Sequence[NewsItem]) -> Iterator[list[NewsItem]]:
    """Yield the reports of a story, oldest first, in parts that stay the same when more come."""
    part: list[NewsItem] = []
    for item in members:
        if part and item.date - part[0].date >= CHAPTER:
            yield part
            part = []
        part.append(item)
    if part:
        yield part


def _heats_by_links(due: Sequence[NewsItem], known: Sequence[NewsItem], quality: Mapping[str, int]) -> dict[str, Heat]:
    slug_of: dict[str, str] = {}
    for item in known:
        for url in (item.url, *item.alternate_urls):
            slug_of.setdefault(link_key(url), item.slug)
    return {item.slug: heat_by_links(item, quality=quality, slug_of=slug_of) for item in due}


def _changes(item: NewsItem, ranked: Ranked, *, root: str) -> dict[str, Any]:
    """Return the keys of a file that are to change, with their new values."""
    curated, wrote = item.curated, item.ranked
    changes: dict[str, Any] = {}
    if curated.title and curated.title != item.title:
        changes["title"] = curated.title
    topics = _topics(item, ranked, root=root)
    if topics != item.topics:
        changes["topics"] = list(topics)
    if ranked.story and ranked.reports >= _REPORTS and ranked.story != item.story:
        changes["story"] = ranked.story
    if not item.has_own_quality or ranked.quality != item.quality:
        changes["quality"] = ranked.quality
    is_shown = item.status is Status.PUBLISHED
    # Where the file says something else than what was written, a person changed it, and it is theirs from then on.
    owns_heat = wrote.heat not in {None, item.heat}
    owns_published = wrote.published not in {None, is_shown} and not (curated.pin or curated.hide)
    heat = item.heat if owns_heat else ranked.heat.heat
    shows = is_shown if owns_published else curated.hide is False or ranked.is_published
    if not item.has_own_heat or heat != item.heat:
        changes["heat"] = heat
    if shows != is_shown:
        changes["published"] = shows
    writes = Written(
        quality=ranked.quality if _is_ours(item) and curated.quality is None else wrote.quality,
        heat=wrote.heat if owns_heat else heat,
        published=wrote.published if owns_published else shows,
    )
    if writes != wrote:
        known = {"quality": writes.quality, "heat": writes.heat, "published": writes.published}
        changes["ranked"] = {key: value for key, value in known.items() if value is not None}
    return changes


def _is_ours(item: NewsItem) -> bool:
    """Whether the quality that the file says was computed: else it is its author's, or an archive's."""
    return not item.has_own_quality or item.ranked.quality == item.quality


def _wants_topics(item: NewsItem) -> bool:
    """Whether an item is ranked for the first time and has no topics but those of its source.

    Later its topics are a person's: what was taken out does not come back.
    """
    return item.ranked == Written() and item.curated.topics is None and bool(item.imported_from or not item.topics)


def _topics(item: NewsItem, ranked: Ranked, *, root: str) -> tuple[str, ...]:
    """Return the topics that a file is to have."""
    if item.curated.topics is not None:
        return item.curated.topics
    known = {fold(topic) for topic in item.topics}
    more = [topic for topic in ranked.topics if fold(topic) not in known]
    # The site's own topic comes first, if it is among the new ones.
    is_root = bool(more) and more[0] == root
    return (*more[:1], *item.topics, *more[1:]) if is_root else (*item.topics, *more)
