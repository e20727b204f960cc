"""What comes first, and how hot it is: the site's own numbers, never fixed ones. See docs/explanation/ranking.md."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..model import NewsItem

HOURS_PER_POINT: Final = 12
BAND_WINDOW: Final = timedelta(days=365)
BAND_MIN_ITEMS: Final = 20
# Share of the site's items at or above each band, hottest first.
BAND_SHARES: Final = ((3, 0.05), (2, 0.25))


def newest_first(item: NewsItem) -> tuple[float, str]:
    """Sort key of the total order that every list uses: newest first, then by slug."""
    return (-item.date.timestamp(), item.slug)


def score(item: NewsItem, *, now: datetime) -> float:
    """Return ``log2(1 + heat) − age in hours / 12``, to six decimals; heat below zero counts as zero.

    A story of heat 3,694 stays above one of heat 106 for about 60 hours.
    """
    age_hours = (now - item.date).total_seconds() / 3600
    return round(math.log2(1 + max(item.heat, 0)) - age_hours / HOURS_PER_POINT, 6)


def by_score(items: Iterable[NewsItem], *, now: datetime) -> list[NewsItem]:
    """Return *items*, those first that a person pinned, then by score; ties newest first, then by slug."""
    return sorted(items, key=lambda item: (not item.curated.pin, -score(item, now=now), *newest_first(item)))


def by_heat(items: Iterable[NewsItem]) -> Iterator[NewsItem]:
    """Yield *items*, those first that a person pinned, then the hottest; ties newest first, then by slug.

    Ties are put in order as they are asked for: most ask for a few of many.
    """
    ties: dict[tuple[bool, int], list[NewsItem]] = {}
    for item in items:
        ties.setdefault((not item.curated.pin, -item.heat), []).append(item)
    for place in sorted(ties):
        yield from sorted(ties[place], key=newest_first)


def heat_thresholds(items: Sequence[NewsItem], *, now: datetime) -> tuple[tuple[int, int], ...]:
    """Return ``(band, lowest heat)`` pairs, hottest first, by percentile over the 365 days before *now*.

    Heat has no common scale (the 95th percentile is 106 on one archive and 617 on another), so bands are the
    site's own percentiles. Fewer than 20 items in the window: no bands, ``()``.
    """
    heats = sorted((item.heat for item in items if now - BAND_WINDOW <= item.date <= now), reverse=True)
    if len(heats) < BAND_MIN_ITEMS:
        return ()
    return tuple((band, heats[max(math.ceil(len(heats) * share) - 1, 0)]) for band, share in BAND_SHARES)


def band_of(heat: int, thresholds: Sequence[tuple[int, int]]) -> int:
    """Return 3 for the top 5%, 2 for the top 25%, else 1; 0 when the site is too small for bands."""
    for band, lowest in thresholds:
        if heat >= lowest:
            return band
    return 1 if thresholds else 0
