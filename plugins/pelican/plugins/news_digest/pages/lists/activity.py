"""The last twelve months of a topic or a provider as twelve bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from ...catalogue.calendar import month_of, months_until
from ..views.story import ActivityView, BarView

if TYPE_CHECKING:
    from ...catalogue.build import Catalogue
    from ...model import NewsItem
    from ..dates import DateWriter

HEIGHT: Final = 20
LEAST_HEIGHT: Final = 2
BAR_WIDTH: Final = 6
BAR_STEP: Final = 8


class RecentMonths:
    """Which items belong to the twelve months that end with the reference time's; found once for all of a site.

    Args:
        dates: Names the months and knows the site's zone.
    """

    def __init__(self, catalogue: Catalogue, *, dates: DateWriter) -> None:
        self._months = months_until(month_of(dates.day_of(catalogue.now)))
        place = {month: number for number, month in enumerate(self._months)}
        self._place = {
            item.slug: place[month_of(day)]
            for day, items in catalogue.days.items()
            if month_of(day) in place
            for item in items
        }
        self._first, self._last = dates.month(self._months[0]), dates.month(self._months[-1])
        self._by_topic = catalogue.by_topic
        self._of_topics: dict[str, ActivityView] = {}

    def of_topic(self, topic_id: str) -> ActivityView:
        """Return the months of a topic's items, for its page and for every list of topics."""
        found = self._of_topics.get(topic_id)
        if found is None:
            found = self._of_topics[topic_id] = self.activity(self._by_topic[topic_id])
        return found

    def activity(self, items: Iterable[NewsItem]) -> ActivityView:
        """Return the months of *items*. The highest bar is that of their busiest month, whatever its count."""
        counts = Counter(map(self._place.get, [item.slug for item in items]))
        del counts[None]
        most = max(counts.values(), default=1)
        return ActivityView(
            width=BAR_STEP * len(self._months) - (BAR_STEP - BAR_WIDTH),
            height=HEIGHT,
            bar_width=BAR_WIDTH,
            bars=tuple(
                BarView(
                    x=number * BAR_STEP,
                    height=max(round(HEIGHT * counts[number] / most), LEAST_HEIGHT) if counts[number] else 0,
                )
                for number in range(len(self._months))
            ),
            count=counts.total(),
            first=self._first,
            last=self._last,
        )
