"""How hot a story is, who leads it, and what is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import Final

import msgspec

from ...frontmatter.items.convert import POINTS_PER_REPORT
from ...model import NewsItem, Status

# The heat of a report that does not lead its story, as the format has it.
FOLLOWS: Final = -1


class Heat(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of one item.

    Attributes:
        heat: -1 for a report that follows another one.
        others: How many others report the same: sources, or related entries of an archive that is kept as it is.
    """

    heat: int
    others: int = 0


def heat_of_one(item: NewsItem, *, quality: int) -> Heat:
    """Return the heat of a report that nobody else has: what is hidden leads nothing."""
    return Heat(heat=FOLLOWS if item.curated.hide else quality)


def heat_of_story(
    reports: Sequence[NewsItem],
    *,
    quality: Mapping[str, int],
    beside: Sequence[NewsItem] = (),
    before: Sequence[NewsItem] = (),
) -> dict[str, Heat]:
    """Return slug → heat of the *reports* of one story: its leader's is its quality and 20 for each other source.

    What is pinned leads; else who leads already, so that its page stays; else who has the highest quality, and of
    several the first by the name of the file, which begins with the day. Nothing that is hidden leads.

    Args:
        quality: Slug → quality.
        beside: Reports of the same time whose files are left alone: one that leads and is published goes on doing so.
        before: Earlier ones: they count, and have a leader of their own.
    """
    shown = [item for item in reports if not item.curated.hide]
    found = {item.slug: Heat(heat=FOLLOWS) for item in reports}
    if not shown or any(_leads(item) for item in beside):
        return found
    leader = min(
        shown,
        key=lambda item: (not item.curated.pin, not _leads(item), -quality[item.slug], item.slug),
    )
    sources = {source_of(item) for item in (*shown, *beside, *before) if not item.curated.hide} - {source_of(leader)}
    heat = quality[leader.slug] + POINTS_PER_REPORT * len(sources)
    return {**found, leader.slug: Heat(heat=heat, others=len(sources))}


def heat_by_links(item: NewsItem, *, quality: Mapping[str, int], slug_of: Mapping[str, str]) -> Heat:
    """Return the heat of *item* as an archive has it: its quality and 20 for each related entry, if it leads them.

    It does unless one of them has a higher quality, or the same and an earlier name of its file: that is how the real
    archives were made, in every one of 127 cases.

    Args:
        slug_of: Link key → slug of the item that lives there.
    """
    own = quality[item.slug]
    for link in item.related:
        slug = slug_of.get(link.key, "")
        if link.quality > own or (link.quality == own and slug and slug < item.slug):
            return Heat(heat=FOLLOWS, others=len(item.related))
    return Heat(heat=own + POINTS_PER_REPORT * len(item.related), others=len(item.related))


def published(
    items: Iterable[NewsItem], heats: Mapping[str, Heat], *, least: int, per_day: int = 0, tz: tzinfo
) -> frozenset[str]:
    """Return the slugs of those that are published.

    Args:
        per_day: So many of the hottest of each day instead; 0: as many as are hot enough.
        tz: The zone whose days count.
    """
    leading = [item for item in items if not item.curated.hide and heats[item.slug].heat >= 0]
    pinned = {item.slug for item in leading if item.curated.pin}
    if not per_day:
        return frozenset(pinned | {item.slug for item in leading if heats[item.slug].heat >= least})
    by_day: dict[str, list[NewsItem]] = defaultdict(list)
    for item in sorted(leading, key=lambda item: (-heats[item.slug].heat, item.slug)):
        by_day[item.date.astimezone(tz).date().isoformat()].append(item)
    return frozenset(pinned | {item.slug for day in by_day.values() for item in day[:per_day]})


def source_of(item: NewsItem) -> str:
    """Return who published *item*: the domain; one site, one voice."""
    return item.provider.domain if item.provider and item.provider.domain else f"item {item.slug}"


def _leads(item: NewsItem) -> bool:
    is_shown = item.status is Status.PUBLISHED and not item.curated.hide
    # One that a person shows beside the leader follows it all the same.
    return is_shown and item.ranked.published is True and item.heat >= 0
