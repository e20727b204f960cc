"""``/``: the stories of the week by score, then earlier days as headlines. Rules: docs/reference/pages.md."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from ...catalogue.clusters import without_shown
from ...catalogue.ranking import band_of, by_score, newest_first
from ..plans import PagePlan
from ..site import feed_link, head
from ..views.base import LinkView
from ..views.story import DayGroupView, HomeView, TopicSectionView
from .topics import lanes_of, main_topics

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from ...model import NewsItem
    from ..newsroom import Newsroom

WINDOW: Final = timedelta(days=7)
TOP_STORIES: Final = 6
FULL_LAYOUT: Final = 5
MAX_HEADLINES: Final = 60  # the lead, the top stories and earlier days included
SECTION_LINES: Final = 5
LATEST_LINES: Final = 4
EARLIER_DAYS: Final = 6
EARLIER_LINES: Final = 3
MOST_COVERED: Final = 5


def plan_home(room: Newsroom, *, newsletter: LinkView | None = None) -> PagePlan:
    """Return the front page, with the way to the newest edition of the *newsletter*. No story stands on it twice."""
    catalogue = room.catalogue
    newest = room.dates.day_of(catalogue.now)
    window = [item for item in catalogue.listed if catalogue.now - WINDOW <= item.date <= catalogue.now]
    shown: set[str] = set()
    ranked = without_shown(by_score(window, now=catalogue.now), catalogue.clusters, shown=shown)
    lead = ranked[0] if ranked and may_lead(room, ranked[0], among=len(ranked)) else None
    rest = ranked[1:] if lead else ranked
    top = rest[:TOP_STORIES] if lead else rest[: TOP_STORIES * 2]
    below = rest[len(top) :]
    most_covered = _most_covered(room, ranked)
    # Beside them: none stands in both.
    others = [item for item in below if item not in most_covered]
    latest = sorted(others, key=newest_first)[:LATEST_LINES] if lead else []
    earlier = _earlier(room, before=catalogue.now - WINDOW, shown=shown)
    lines_left = MAX_HEADLINES - bool(lead) - len(top) - len(latest) - sum(len(group.stories) for group in earlier)
    in_sections = [item for item in below if item not in latest][:lines_left]
    view = HomeView(
        head=head(
            room.site,
            title=room.site.name,
            address="",
            description=room.site.subtitle,
            feeds=(feed_link(room.site.name, "feeds/all.atom.xml"),) if catalogue.listed else (),
            schema={"@type": "WebSite", "url": room.site.absolute(""), "name": room.site.name},
        ),
        date=room.dates.long_day(newest) if catalogue.listed else room.site.name,
        story_count=len(ranked),
        provider_count=len(catalogue.sources_of(window)),
        updated=room.dates.time(catalogue.now) if catalogue.listed else None,
        lead=room.story(lead) if lead else None,
        top=room.stories(top),
        latest=room.stories(latest),
        sections=_sections(room, in_sections),
        earlier=earlier,
        most_covered=room.stories(most_covered),
        topics=main_topics(room),
        newsletter=newsletter,
    )
    return PagePlan(save_as="index.html", template="home.html", view=view)


def may_lead(room: Newsroom, item: NewsItem, *, among: int) -> bool:
    """Whether the best story deserves the lead: pinned, in the site's top band, or one of few to choose from."""
    thresholds = room.catalogue.thresholds
    return (
        item.curated.pin or not thresholds or among < FULL_LAYOUT or band_of(item.heat, thresholds) == thresholds[0][0]
    )


def _sections(room: Newsroom, items: Sequence[NewsItem]) -> tuple[TopicSectionView, ...]:
    """Return the stories below the top as headlines in columns by topic, fullest topic first."""
    catalogue = room.catalogue
    latest = LinkView(text=room.say("Latest"), href="latest/")  # for stories that carry no topic
    return tuple(
        TopicSectionView(
            topic=room.topic_link(topic_id) if topic_id else latest,
            stories=room.stories(found[:SECTION_LINES]),
            total=len(catalogue.by_topic[topic_id] if topic_id else catalogue.listed),
        )
        for topic_id, found in lanes_of(room, items)
    )


def _earlier(room: Newsroom, *, before: datetime, shown: set[str]) -> tuple[DayGroupView, ...]:
    """Return the six days with items before the window's first moment, the three best headlines of each."""
    groups: list[DayGroupView] = []
    for day, items in room.catalogue.days.items():
        kept = [item for item in items if item.date < before] if len(groups) < EARLIER_DAYS else []
        best = without_shown(by_score(kept, now=room.catalogue.now), room.catalogue.clusters, shown=shown)
        if best:
            groups.append(room.day_group(day, best[:EARLIER_LINES], count=len(items)))
    return tuple(groups)


def _most_covered(room: Newsroom, items: Sequence[NewsItem]) -> list[NewsItem]:
    """Return the stories of the week with most reports; one that nobody else covered is not among them."""
    clusters = room.catalogue.clusters
    covered = [item for item in items if clusters[item.slug].members]
    return sorted(covered, key=lambda item: (-len(clusters[item.slug].members), item.slug))[:MOST_COVERED]
