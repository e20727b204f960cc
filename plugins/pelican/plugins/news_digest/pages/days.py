"""``/2021/08/28/`` and ``/2021/w34/``: what mattered on a day, and in a week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..catalogue.calendar import week_of
from ..catalogue.clusters import without_shown
from ..catalogue.ranking import by_heat, by_score
from .archive_views import DayView, WeekView
from .newsletter import edition_link
from .periods import period_head, provider_counts, split_lead, topic_counts
from .plans import PagePlan, page_file
from .views import LinkView, TopicSectionView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ..catalogue.calendar import Week
    from ..model import NewsItem
    from .almanac import Almanac
    from .newsroom import Newsroom

TOP_STORIES: Final = 6
HOTTEST_OF_WEEK: Final = 5
SECTION_LINES: Final = 8
BESIDE: Final = 12  # topics or sources in the side column


def plan_days(room: Newsroom, almanac: Almanac) -> Iterator[PagePlan]:
    """Yield the page of each day that has items, newest first."""
    for day in almanac.days:
        view = _day(room, almanac, day)
        yield PagePlan(save_as=page_file(view.head.address), template="day.html", view=view)


def plan_weeks(room: Newsroom, almanac: Almanac) -> Iterator[PagePlan]:
    """Yield the page of each ISO week that has items, newest first."""
    for week in almanac.weeks:
        view = _week(room, almanac, week)
        yield PagePlan(save_as=page_file(view.head.address), template="week.html", view=view)


def _day(room: Newsroom, almanac: Almanac, day: date) -> DayView:
    items = room.catalogue.days[day]
    # Not the site's reference time: a day that is over does not change when news come in.
    ranked = by_score(items, now=items[0].date)
    stories = without_shown(ranked, room.catalogue.clusters, shown=set())
    told = {item.slug for item in stories}
    lead, others = split_lead(room, stories)
    name = almanac.day_link(day).text
    breadcrumbs = almanac.breadcrumbs(day)
    older, newer = almanac.around_day(day)
    providers = provider_counts(room, items)
    return DayView(
        head=period_head(
            room, stories, breadcrumbs=breadcrumbs, title=name, around=(older, newer), image=room.cards.day(day)
        ),
        breadcrumbs=breadcrumbs[:-1],
        heading=name,
        count=len(items),
        provider_count=len(providers),
        older=older,
        newer=newer,
        iso=day.isoformat(),
        week=almanac.week_link(week_of(day)),
        lead=room.story(lead) if lead else None,
        top=room.stories(others[:TOP_STORIES]),
        rest=room.stories(others[TOP_STORIES:]),
        further=room.stories(item for item in ranked if item.slug not in told),
        topics=topic_counts(room, items, limit=BESIDE),
        sources=providers[:BESIDE],
        newsletter=edition_link(room, day.isoformat()),
    )


def _week(room: Newsroom, almanac: Almanac, week: Week) -> WeekView:
    days = almanac.weeks[week]
    items = almanac.items(days)
    stories = without_shown(by_heat(items), room.catalogue.clusters, shown=set())
    lead, others = split_lead(room, stories[:HOTTEST_OF_WEEK])
    link = almanac.week_link(week)
    # The year of its newest day, not its own: of the first of January, week 53, the year before may have nothing.
    breadcrumbs = (*almanac.breadcrumbs(days[0])[:2], LinkView(text=link.text, href=link.href))
    older, newer = almanac.around_week(week)
    return WeekView(
        head=period_head(room, stories, breadcrumbs=breadcrumbs, title=link.text, around=(older, newer)),
        breadcrumbs=breadcrumbs[:-1],
        heading=link.text,
        count=len(items),
        provider_count=len(provider_counts(room, items)),
        older=older,
        newer=newer,
        span=almanac.span(week),
        days=almanac.week(week),
        lead=room.story(lead) if lead else None,
        top=room.stories(others),
        sections=_sections(room, stories[HOTTEST_OF_WEEK:]),
    )


def _sections(room: Newsroom, items: Sequence[NewsItem]) -> tuple[TopicSectionView, ...]:
    """Return *items* under their topics, fullest topic first; those without a topic last."""
    catalogue = room.catalogue
    lanes: dict[str, list[NewsItem]] = {}
    for item in items:
        lanes.setdefault(catalogue.taxonomy.primary(catalogue.topic_ids[item.slug]), []).append(item)
    ordered = sorted(lanes, key=lambda topic_id: (not topic_id, -len(lanes[topic_id]), topic_id))
    return tuple(
        TopicSectionView(
            topic=room.topic_link(topic_id) if topic_id else LinkView(text="", href=""),
            stories=room.stories(lanes[topic_id][:SECTION_LINES]),
            total=len(lanes[topic_id]),
        )
        for topic_id in ordered
    )
