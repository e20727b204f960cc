"""``/``: the stories of the week by score, then earlier days as headlines. Rules: docs/reference/pages.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ...catalogue.clusters import without_shown
from ...catalogue.ranking import band_of, by_score, newest_first
from ..plans import PagePlan
from ..site import feed_link, head
from ..views.base import LinkView
from ..views.story import DayGroupView, HomeView, TopicSectionView
from .topics import lanes_of, main_topics

if TYPE_CHECKING:
    from ...model import NewsItem
    from ..newsroom import Newsroom

WINDOW: Final = timedelta(days=7)
FULL_LAYOUT: Final = 5


def plan_home(room: Newsroom, *, newsletter: LinkView | None = None) -> PagePlan:
    """Return the front page, with the way to the newest edition of the *newsletter*. No story stands on it twice."""
    catalogue = room.catalogue
    newest = room.dates.day_of(catalogue.now)
    window = [item for item in catalogue.listed if catalogue.now - WINDOW <= item.date <= catalogue.now]
    shown: set[str] = set()
    ranked = without_shown(by_score(window, now=catalogue.now), catalogue.clusters, shown=shown)
    lead = ranked[0] if ranked and may_lead(room, ranked[0], among=len(ranked)) else None
    front = room.choices.front
    rest = ranked[1:] if lead else ranked
    room_for = front.stories - bool(lead)
    top = rest[: min(room_for, front.top if lead else front.top * 2)]
    below = rest[len(top) :]
    most_covered = _most_covered(room, ranked[: front.stories])[: front.covered]
    # Beside them: none stands in both.
    others = [item for item in below if item not in most_covered]
    latest = sorted(others, key=newest_first)[: min(room_for - len(top), front.latest)] if lead else []
    room_for -= len(top) + len(latest)
    earlier = _earlier(room, before=catalogue.now - WINDOW, shown=shown, most=room_for)
    room_for -= sum(len(group.stories) for group in earlier)
    in_sections = [item for item in below if item not in latest][:room_for] if front.topic else []
    leaves_out = bool(lead) + len(top) + len(latest) + len(in_sections) < len(catalogue.listed)
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
        all_count=len(catalogue.listed) if leaves_out and not earlier else 0,
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
            stories=room.stories(found[: room.choices.front.topic]),
            total=len(catalogue.by_topic[topic_id] if topic_id else catalogue.listed),
        )
        for topic_id, found in lanes_of(room, items)
    )


def _earlier(room: Newsroom, *, before: datetime, shown: set[str], most: int) -> tuple[DayGroupView, ...]:
    """Return the last days with items before the window's first moment, the best headlines of each; *most* in all."""
    front = room.choices.front
    groups: list[DayGroupView] = []
    for day, items in room.catalogue.days.items():
        lines = min(front.day, most) if len(groups) < front.days else 0
        kept = [item for item in items if item.date < before] if lines else []
        best = without_shown(by_score(kept, now=room.catalogue.now), room.catalogue.clusters, shown=shown)[:lines]
        if best:
            groups.append(room.day_group(day, best, count=len(items)))
            most -= len(best)
    return tuple(groups)


def _most_covered(room: Newsroom, items: Sequence[NewsItem]) -> list[NewsItem]:
    """Return the stories of the week with most reports; one that nobody else covered is not among them."""
    clusters = room.catalogue.clusters
    covered = [item for item in items if clusters[item.slug].members]
    return sorted(covered, key=lambda item: (-len(clusters[item.slug].members), item.slug))
