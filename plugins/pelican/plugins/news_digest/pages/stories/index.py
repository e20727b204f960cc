"""``/stories/``: what is running, then the largest stories of each month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ...catalogue.calendar import month_of
from ..addresses import STORIES, month_address
from ..lists.listings import leaf_numbers
from ..promises import promise_page
from ..site import head
from ..views.base import LinkView, PaginationView
from ..views.stories import StoryIndexView, StoryMonthView, StoryRowView
from .pages import story_row

if TYPE_CHECKING:
    from ..newsroom import Newsroom
    from ..plans import Promise
    from ..told import Told

# A story is running while its last report is younger than this, against the reference time.
RUNNING: Final = timedelta(days=3)
MOST_RUNNING: Final = 12
MONTHS_ON_PAGE: Final = 6
LARGEST: Final = 10


class _Month(NamedTuple):
    """A month in which stories began.

    Attributes:
        largest: Of those, the largest first.
    """

    day: date
    has_page: bool
    largest: tuple[Told, ...]
    total: int


# The stories that the owner keeps in focus, and those that are running.
_Tops = tuple[tuple["Told", ...], tuple["Told", ...]]


def is_running(told: Told, *, room: Newsroom) -> bool:
    """Whether reports on *told* still come in, and nobody said that it is over."""
    moments, record = told.moments, told.story.record
    is_closed = bool(record and record.is_closed)
    return bool(moments) and not is_closed and moments[-1] >= room.catalogue.now - RUNNING


def running_stories(room: Newsroom) -> tuple[Told, ...]:
    """Return the stories that are running, pinned ones first, then the latest."""
    found = [told for told in room.told.all if is_running(told, room=room)]
    return tuple(sorted(found, key=lambda told: (not _is_pinned(told), *_latest_first(told)))[:MOST_RUNNING])


def plan_story_index(room: Newsroom) -> Iterator[Promise]:
    """Yield ``/stories/`` and its older pages, numbered from the oldest; nothing where there is no story."""
    every = room.told.all
    if not every:
        return
    pinned = [told for told in every if _is_pinned(told)]
    running = [told for told in every if told not in pinned and is_running(told, room=room)]
    tops: _Tops = (
        tuple(sorted(pinned, key=_latest_first)),
        tuple(sorted(running, key=_latest_first)[:MOST_RUNNING]),
    )
    shown = {told.story.id for found in tops for told in found}
    for address, found, pagination in leaf_numbers(_months(room, every), base=STORIES, size=MONTHS_ON_PAGE):
        is_newest = pagination.number == 0
        on_page: _Tops = tops if is_newest else ((), ())
        # Nothing stands on the newest page twice.
        left = [_without(month, shown) for month in found] if is_newest else found
        months = tuple(month for month in left if month.largest)
        yield promise_page(
            room,
            address,
            (),
            [(month.day, month.has_page, month.total, *map(room.facts.row, month.largest)) for month in months],
            [[room.facts.row(told) for told in top] for top in on_page],
            pagination,
            len(every),
            template="stories.html",
            view=partial(_view, room, address, months, pagination, total=len(every), tops=on_page),
        )


def _without(month: _Month, shown: set[str]) -> _Month:
    """Return *month* without the stories that stand above it."""
    return month._replace(largest=tuple(told for told in month.largest if told.story.id not in shown))


def _rows(room: Newsroom, found: Sequence[Told]) -> tuple[StoryRowView, ...]:
    return tuple(story_row(room, told) for told in found)


def _months(room: Newsroom, every: Sequence[Told]) -> tuple[_Month, ...]:
    """Return the months in which stories began, newest first."""
    months: dict[date, list[Told]] = {}
    for told in every:
        if told.moments:
            months.setdefault(month_of(room.dates.day_of(told.moments[0])), []).append(told)
    with_page = {month_of(day) for day in room.catalogue.days}
    return tuple(
        _Month(
            month, month in with_page, tuple(sorted(months[month], key=_largest_first)[:LARGEST]), len(months[month])
        )
        for month in sorted(months, reverse=True)
    )


def _month(room: Newsroom, month: _Month) -> StoryMonthView:
    return StoryMonthView(
        heading=room.dates.month(month.day),
        href=month_address(month.day) if month.has_page else "",
        stories=_rows(room, month.largest),
        total=month.total,
    )


def _largest_first(told: Told) -> tuple[int, int, str]:
    return (-told.report_count, -told.source_count, told.story.id)


def _is_pinned(told: Told) -> bool:
    return told.story.record is not None and told.story.record.is_pinned


def _latest_first(told: Told) -> tuple[float, str]:
    return (-told.moments[-1].timestamp() if told.moments else 0, told.story.id)


def _view(
    room: Newsroom,
    address: str,
    months: tuple[_Month, ...],
    pagination: PaginationView,
    *,
    total: int,
    tops: _Tops,
) -> StoryIndexView:
    shown = tuple(_month(room, month) for month in months)
    crumb = LinkView(text=room.say("Stories"), href=STORIES)
    number = pagination.number
    title = room.say("%(name)s, page %(number)s", name=crumb.text, number=number) if number else crumb.text
    return StoryIndexView(
        head=head(
            room.site,
            title=title,
            address=address,
            breadcrumbs=(crumb,),
            schema=_schema(room, address, title, shown),
        ),
        breadcrumbs=(crumb,),
        total=total,
        pinned=_rows(room, tops[0]),
        running=_rows(room, tops[1]),
        months=shown,
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
