"""``/2021/08/28/`` and ``/2021/w34/``: what mattered on a day, and in a week."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from ...catalogue.calendar import Week, week_of
from ...catalogue.clusters import without_shown
from ...catalogue.ranking import by_heat, by_score
from ..addresses import day_address, week_address
from ..lists.topics import lanes_of, topic_counts
from ..promises import promise_page
from ..views.archive import DayView, PeriodView, WeekView
from ..views.base import LinkView, ShareImageView
from ..views.story import TopicSectionView
from .periods import period_head, provider_counts, split_lead

if TYPE_CHECKING:
    from ...model import NewsItem
    from ..items.cards import Cards
    from ..newsroom import Newsroom
    from ..plans import Promise
    from .almanac import Almanac, Around

DAY: Final = "day.html"
WEEK: Final = "week.html"
TOP_STORIES: Final = 6
HOTTEST_OF_WEEK: Final = 5
SECTION_LINES: Final = 8
BESIDE: Final = 12  # topics or sources in the side column


def plan_days(
    room: Newsroom, almanac: Almanac, *, cards: Cards, newsletter_of: Callable[[str], LinkView | None]
) -> Iterator[Promise]:
    """Yield the page of each day that has items, newest first."""
    for day in almanac.days:
        beside = BesideDay(
            almanac.around_day[day],
            almanac.week_links[week_of(day)],
            newsletter_of(day.isoformat()),
            cards.day(day),
        )
        view = partial(_day, room, almanac, day, beside)
        yield promise_page(room, day_address(day), room.catalogue.days[day], beside, template=DAY, view=view)


def plan_weeks(room: Newsroom, almanac: Almanac) -> Iterator[Promise]:
    """Yield the page of each ISO week that has items, newest first."""
    for week, days in almanac.weeks.items():
        beside = BesideWeek(almanac.around_week[week], almanac.week(week))
        view = partial(_week, room, almanac, week, beside)
        yield promise_page(room, week_address(week), almanac.items(days), beside, template=WEEK, view=view)


class BesideDay(NamedTuple):
    """What stands on a day's page that is not made from its own items."""

    around: Around
    week: LinkView
    newsletter: LinkView | None
    image: ShareImageView | None


class BesideWeek(NamedTuple):
    """What stands on a week's page that is not made from its own items alone: bars are drawn to the site's scale."""

    around: Around
    days: tuple[PeriodView, ...]


def _day(room: Newsroom, almanac: Almanac, day: date, beside: BesideDay) -> DayView:
    items = room.catalogue.days[day]
    # Not the site's reference time: a day that is over does not change when news come in.
    ranked = by_score(items, now=items[0].date)
    stories = without_shown(ranked, room.catalogue.clusters, shown=set())
    told = {item.slug for item in stories}
    lead, others = split_lead(room, stories)
    name = almanac.day_links[day].text
    breadcrumbs = almanac.breadcrumbs(day)
    older, newer = beside.around
    providers = provider_counts(room, items)
    return DayView(
        head=period_head(room, stories, breadcrumbs=breadcrumbs, title=name, image=beside.image),
        breadcrumbs=breadcrumbs[:-1],
        heading=name,
        count=len(items),
        provider_count=len(providers),
        older=older,
        newer=newer,
        iso=day.isoformat(),
        week=beside.week,
        lead=room.story(lead) if lead else None,
        top=room.stories(others[:TOP_STORIES]),
        rest=room.stories(others[TOP_STORIES:]),
        further=room.stories(item for item in ranked if item.slug not in told),
        topics=topic_counts(room, items, limit=BESIDE),
        sources=providers[:BESIDE],
        newsletter=beside.newsletter,
    )


def _week(room: Newsroom, almanac: Almanac, week: Week, beside: BesideWeek) -> WeekView:
    days = almanac.weeks[week]
    items = almanac.items(days)
    stories = without_shown(by_heat(items), room.catalogue.clusters, shown=set())
    lead, others = split_lead(room, stories[:HOTTEST_OF_WEEK])
    link = almanac.week_links[week]
    # The year of its newest day, not its own: of the first of January, week 53, the year before may have nothing.
    breadcrumbs = (*almanac.breadcrumbs(days[0])[:2], LinkView(text=link.text, href=link.href))
    older, newer = beside.around
    return WeekView(
        head=period_head(room, stories, breadcrumbs=breadcrumbs, title=link.text),
        breadcrumbs=breadcrumbs[:-1],
        heading=link.text,
        count=len(items),
        provider_count=len(provider_counts(room, items)),
        older=older,
        newer=newer,
        span=almanac.span(week),
        days=beside.days,
        lead=room.story(lead) if lead else None,
        top=room.stories(others),
        sections=_sections(room, stories[HOTTEST_OF_WEEK:]),
    )


def _sections(room: Newsroom, items: Sequence[NewsItem]) -> tuple[TopicSectionView, ...]:
    """Return *items* under their topics, fullest topic first; those without a topic last."""
    return tuple(
        TopicSectionView(
            topic=room.topic_link(topic_id) if topic_id else LinkView(text="", href=""),
            stories=room.stories(found[:SECTION_LINES]),
            total=len(found),
        )
        for topic_id, found in lanes_of(room, items)
    )
