"""``/stories/``: what is running, then the largest stories of each month."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ...catalogue.calendar import month_of
from ..addresses import STORIES, month_address
from ..lists.listings import leaf_numbers
from ..promises import promise_page
from ..site import head
from ..views.base import LinkView
from ..views.stories import StoryIndexView, StoryMonthView, StoryRowView
from .pages import story_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ..newsroom import Newsroom
    from ..plans import Promise
    from ..told import Told
    from ..views.base import PaginationView

# A story is running while its last report is younger than this, against the reference time.
RUNNING: Final = timedelta(days=3)
MOST_RUNNING: Final = 12
MONTHS_ON_PAGE: Final = 6
LARGEST: Final = 10
# The stories that the owner keeps in focus, and those that are running.
Tops = tuple[tuple[StoryRowView, ...], tuple[StoryRowView, ...]]


def is_running(told: Told, *, room: Newsroom) -> bool:
    """Whether reports on *told* still come in, and nobody said that it is over."""
    moments, record = told.moments, told.story.record
    is_closed = bool(record and record.is_closed)
    return bool(moments) and not is_closed and moments[-1] >= room.catalogue.now - RUNNING


def plan_story_index(room: Newsroom) -> Iterator[Promise]:
    """Yield ``/stories/`` and its older pages, numbered from the oldest; nothing where there is no story."""
    every = room.told.all
    if not every:
        return
    pinned = [told for told in every if told.story.record and told.story.record.is_pinned]
    running = [told for told in every if told not in pinned and is_running(told, room=room)]
    tops = (
        _rows(room, sorted(pinned, key=_latest_first)),
        _rows(room, sorted(running, key=_latest_first)[:MOST_RUNNING]),
    )
    months = _months(room, every)
    shown = {row.href for rows in tops for row in rows}
    for address, found, pagination in leaf_numbers(months, base=STORIES, size=MONTHS_ON_PAGE):
        is_newest = pagination.number == 0
        on_page: Tops = tops if is_newest else ((), ())
        # Nothing stands on the newest page twice.
        left = map(partial(_without, shown), found) if is_newest else found
        part = tuple(month for month in left if month.stories)
        view = partial(_view, room, address, part, pagination, total=len(every), tops=on_page)
        yield promise_page(room, address, (), part, pagination, len(every), on_page, template="stories.html", view=view)


def _without(shown: set[str], month: StoryMonthView) -> StoryMonthView:
    """Return *month* without the stories that stand above it."""
    return msgspec.structs.replace(month, stories=tuple(row for row in month.stories if row.href not in shown))


def _rows(room: Newsroom, found: Sequence[Told]) -> tuple[StoryRowView, ...]:
    return tuple(story_row(room, told) for told in found)


def _months(room: Newsroom, every: Sequence[Told]) -> tuple[StoryMonthView, ...]:
    """Return the months in which stories began, newest first."""
    months: dict[date, list[Told]] = {}
    for told in every:
        if told.moments:
            months.setdefault(month_of(room.dates.day_of(told.moments[0])), []).append(told)
    with_page = {month_of(day) for day in room.catalogue.days}
    return tuple(
        StoryMonthView(
            heading=room.dates.month(month),
            href=month_address(month) if month in with_page else "",
            stories=_rows(room, sorted(months[month], key=_largest_first)[:LARGEST]),
            total=len(months[month]),
        )
        for month in sorted(months, reverse=True)
    )


def _largest_first(told: Told) -> tuple[int, int, str]:
    return (-len(told.reports), -told.source_count, told.story.id)


def _latest_first(told: Told) -> tuple[float, str]:
    return (-told.moments[-1].timestamp() if told.moments else 0, told.story.id)


def _view(
    room: Newsroom,
    address: str,
    months: tuple[StoryMonthView, ...],
    pagination: PaginationView,
    *,
    total: int,
    tops: Tops,
) -> StoryIndexView:
    crumb = LinkView(text=room.say("Stories"), href=STORIES)
    number = pagination.number
    title = room.say("%(name)s, page %(number)s", name=crumb.text, number=number) if number else crumb.text
    return StoryIndexView(
        head=head(
            room.site,
            title=title,
            address=address,
            breadcrumbs=(crumb,),
            schema=_schema(room, address, title, months),
            prev_address=pagination.newer,
            next_address=pagination.older,
        ),
        breadcrumbs=(crumb,),
        total=total,
        pinned=tops[0],
        running=tops[1],
        months=months,
        pagination=pagination,
    )


def _schema(room: Newsroom, address: str, title: str, months: Sequence[StoryMonthView]) -> dict[str, Any]:
    rows = [row for month in months for row in month.stories]
    return {
        "@type": "CollectionPage",
        "url": room.site.absolute(address),
        "name": title,
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(rows),
            "itemListElement": [
                {"@type": "ListItem", "position": position, "name": row.title, "url": room.site.absolute(row.href)}
                for position, row in enumerate(rows, 1)
            ],
        },
    }
