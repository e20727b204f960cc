"""The list of stories: what is running, then the largest of each month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pelican.plugins.news_digest.pages.plans import made
from pelican.plugins.news_digest.pages.stories.index import LARGEST, MONTHS_ON_PAGE, MOST_RUNNING, plan_story_index
from tests.builders import make_item
from tests.pages.rooms import make_room
from tests.pages.stories.telling import record, report

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem
    from pelican.plugins.news_digest.pages.views.stories import StoryIndexView


def index(items: Sequence[NewsItem], **values: Any) -> list[StoryIndexView]:
    """Return the pages of the list, newest first."""
    return [made(plan).view for plan in plan_story_index(make_room(items, **values))]  # type: ignore[attr-defined]


def pair(story: str, day: str, **values: Any) -> list[NewsItem]:
    """Return a story of two reports of one day."""
    return [report(f"{story}-{n}", f"{day}T0{n}:00", story=story, **values) for n in (1, 2)]


def test_site_without_stories_has_no_list():
    """Nothing leads to an empty page."""
    assert index([make_item("a")]) == []


def test_running_stories_stand_first_and_only_once():
    """A story with a report in the last days is running; the month below does not repeat it."""
    (view,) = index([*pair("old", "2026-05-02"), *pair("new", "2026-05-20")])
    assert ["stories/new/"] == [row.href for row in view.running]
    assert ["stories/old/"] == [row.href for month in view.months for row in month.stories]
    assert (2, 2) == (view.total, view.months[0].total)


def test_owner_closes_and_pins():
    """A closed story runs no more; a pinned one stands above the others."""
    items = [*pair("over", "2026-05-20"), *pair("on", "2026-05-20"), *pair("big", "2026-05-01")]
    (view,) = index(items, stories=[record("over", is_closed=True), record("big", is_pinned=True)])
    assert (["stories/big/"], ["stories/on/"]) == ([r.href for r in view.pinned], [r.href for r in view.running])


def test_each_month_has_its_largest():
    """Ten of a month, by reports; how many there are is said."""
    items = [item for n in range(LARGEST + 3) for item in pair(f"s{n:02}", "2026-03-10")]
    big = [report(f"big-{n}", "2026-03-11", story="zz-big") for n in range(5)]
    (view,) = index([*items, *big, *pair("now", "2026-05-20")])
    march = view.months[-1]
    assert ("stories/zz-big/", LARGEST, LARGEST + 4) == (march.stories[0].href, len(march.stories), march.total)


def test_list_is_paged_by_months_and_stays_light():
    """However many stories: few rows a page, and older pages keep their address."""
    months = [f"{2020 + n // 12}-{n % 12 + 1:02}-10" for n in range(5 * MONTHS_ON_PAGE)]
    items = [item for n, day in enumerate(months) for k in range(3) for item in pair(f"s{n}-{k}", day)]
    views = index(items)
    assert ["stories/", *(f"stories/page/{n}/" for n in range(4, 0, -1))][: len(views)] == [
        v.head.address for v in views
    ]
    most = 2 * MONTHS_ON_PAGE * LARGEST + MOST_RUNNING
    assert all(sum(len(month.stories) for month in view.months) <= most for view in views)
    assert [(), ()] == [views[-1].running, views[-1].pinned]
