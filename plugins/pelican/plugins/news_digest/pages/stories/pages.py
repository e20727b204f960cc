"""``/stories/<id>/``: what happened, in the owner's words, and everything that was reported, by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from ...frontmatter.body.markdown import without_remote_pictures
from ...text.address import readable_host
from ..addresses import STORIES, day_address
from ..corrections import correction_views, corrections_schema
from ..dates import format_interval, iso
from ..lists.topics import topic_counts
from ..plans import FeedFormat, PagePlan, Promise, page_file
from ..site import feed_link, head
from ..strips import strip_of
from ..told import Told, picture_of
from ..views.base import FeedLinkView, LinkView, ShareView
from ..views.stories import ReportDayView, ReportView, SourceCountView, StoryPageView, StoryRowView
from .alike import stories_alike
from .curve import curve_of

if TYPE_CHECKING:
    from ...model import Member, NewsItem, StoryRecord
    from ..items.cards import Cards
    from ..newsroom import Newsroom
    from ..views.story import PictureView

STORY: Final = "story.html"
# A page of more would take long to load; their number is said.
MOST_REPORTS: Final = 1_000
# With more, a link leads to the newest one, which stands far below.
LONG_REPORTS: Final = 30
# Days without a report that are worth a word.
PAUSE_DAYS: Final = 3
TOPICS_SHOWN: Final = 8
NEIGHBOURS: Final = 3
PARTS_IN_SCHEMA: Final = 100


def story_feed_address(told: Told, feed_format: FeedFormat = FeedFormat.ATOM) -> str:
    """Return where a feed of the story lies."""
    return f"{told.address}feed{feed_format}"


class Beside(NamedTuple):
    """What stands on a story's page of other stories: those like it that began before it, and after it."""

    before: tuple[Told, ...]
    after: tuple[Told, ...]


def plan_stories(room: Newsroom, cards: Cards) -> Iterator[Promise]:
    """Yield the page of each story that has one, in the order of ids."""
    told_stories = room.told.all
    alike = stories_alike(told_stories, room.catalogue, answers=room.answers)
    listed = frozenset(item.slug for item in room.catalogue.listed)
    for told in told_stories:
        beside = Beside(*_neighbours(told, alike.get(told.story.id, ())))
        yield Promise(
            save_as=page_file(told.address),
            template=STORY,
            address=told.address,
            facts=partial(_facts, room, cards, told, beside, listed),
            make=partial(_plan, room, cards, told, beside),
        )


def _facts(room: Newsroom, cards: Cards, told: Told, beside: Beside, listed: frozenset[str]) -> bytes:
    lead, dates = told.story.lead, room.dates
    # The day of an item in lists has a page.
    others: list[datetime | None] = [item.date for item in told.due if item.slug not in listed]
    others += [report.date for report in told.elsewhere]
    days = [date is not None and dates.day_of(date) in room.catalogue.days for date in others]
    picture = None if lead.slug in room.catalogue.topic_ids else _picture(room, told)
    neighbours = b"".join(map(room.facts.row, (*beside.before, *beside.after)))
    return room.facts.joined(
        room.facts.reports(told), days, picture, len(beside.before), neighbours, cards.story_facts(told)
    )


def _plan(room: Newsroom, cards: Cards, told: Told, beside: Beside) -> PagePlan:
    return PagePlan(save_as=page_file(told.address), template=STORY, view=_view(room, cards, told, beside))


def _topics(room: Newsroom, told: Told) -> tuple[LinkView, ...]:
    counted = topic_counts(room, _published(room, told), limit=TOPICS_SHOWN)
    return tuple(msgspec.structs.replace(topic, count=None) for topic in counted)


def _published(room: Newsroom, told: Told) -> list[NewsItem]:
    return [item for item in told.story.members if item.slug in room.catalogue.topic_ids]


def _view(room: Newsroom, cards: Cards, told: Told, beside: Beside) -> StoryPageView:
    story, record, topics = told.story, told.story.record, _topics(room, told)
    shown = told.reports[-MOST_REPORTS:]
    index = LinkView(text=room.say("Stories"), href=STORIES)
    crumbs = (index, LinkView(text=told.title, href=told.address))
    feeds = story_feeds(told)
    moments = told.moments
    corrections = record.corrections if record else ()
    excerpt = (record.excerpt if record else "") or story.lead.excerpt
    return StoryPageView(
        head=head(
            room.site,
            title=told.title,
            address=told.address,
            description=excerpt,
            feeds=feeds,
            breadcrumbs=crumbs,
            schema=_schema(room, told, excerpt, topics),
            image=cards.story(told),
            share=ShareView(
                title=told.title,
                type="article",
                published=iso(moments[0]) if moments else "",
                modified=iso(moments[-1]) if moments else "",
            ),
        ),
        breadcrumbs=(index,),
        heading=told.title,
        lang=room.foreign_lang(told.lang),
        excerpt=excerpt,
        picture=_picture(room, told),
        body=_body(room, record) if record else "",
        updated=room.dates.time(corrections[0].date) if corrections else None,
        corrections=correction_views(corrections, room.dates),
        first=room.dates.time(moments[0]) if moments else None,
        last=room.dates.time(moments[-1]) if moments else None,
        is_closed=bool(record and record.is_closed),
        report_count=told.report_count,
        source_count=told.source_count,
        curve=curve_of(
            moments, firsts=[m.date for m, is_first in _with_firsts(told) if is_first and m.date], dates=room.dates
        ),
        sources=_sources(room, told),
        days=tuple(_days(room, told)),
        is_long=_is_long(told),
        hidden_count=told.report_count - len(shown),
        topics=topics,
        before=tuple(story_row(room, other) for other in beside.before),
        after=tuple(story_row(room, other) for other in beside.after),
        feeds=feeds,
    )


def _picture(room: Newsroom, told: Told) -> PictureView | None:
    return room.picture_view(picture_of(told, room.images), title=told.title)


def _body(room: Newsroom, record: StoryRecord) -> str:
    return record.body if room.images.allows_remote else without_remote_pictures(record.body)


def story_feeds(told: Told) -> tuple[FeedLinkView, ...]:
    """Return the feeds of a story as its page offers them."""
    return (feed_link(told.title, story_feed_address(told)),)


def by_day(room: Newsroom, reports: Sequence[Member]) -> list[tuple[date | None, list[Member]]]:
    """Return *reports*, which are in order, by their day; None: those without a date."""
    days: dict[date | None, list[Member]] = {}
    for report in reports:
        days.setdefault(room.dates.day_of(report.date) if report.date else None, []).append(report)
    return list(days.items())


def _with_firsts(told: Told) -> Iterator[tuple[Member, bool]]:
    """Yield each report, and whether it is the first of its source."""
    seen = {""}
    for report, source in zip(told.reports, told.sources, strict=True):
        yield report, source not in seen
        seen.add(source)


def _is_long(told: Told) -> bool:
    return told.report_count > LONG_REPORTS and bool(told.moments)


def _days(room: Newsroom, told: Told) -> Iterator[ReportDayView]:
    first = {id(report) for report, is_first in _with_firsts(told) if is_first}
    newest = next((report for report in reversed(told.reports) if report.date), None) if _is_long(told) else None
    previous: date | None = None
    for day, reports in by_day(room, told.reports[-MOST_REPORTS:]):
        pause = (day - previous).days if day and previous else 0
        previous = day
        yield ReportDayView(
            heading=room.dates.long_day(day) if day else "",
            iso=day.isoformat() if day else "",
            href=day_address(day) if day in room.catalogue.days and day else "",
            pause=pause if pause >= PAUSE_DAYS else 0,
            reports=tuple(
                _report(room, told, report, is_first=id(report) in first, is_newest=report is newest)
                for report in reports
            ),
        )


def _report(room: Newsroom, told: Told, report: Member, *, is_first: bool, is_newest: bool) -> ReportView:
    member = room.member(report, told.reports)
    return ReportView(
        title=member.title,
        href=member.href,
        is_external=member.is_external,
        source_url=report.url,
        source=member.source,
        host=readable_host(report.url),
        time=member.time,
        is_first=is_first,
        is_newest=is_newest,
        lang=member.lang,
    )


def _sources(room: Newsroom, told: Told) -> tuple[SourceCountView, ...]:
    """Return the sources in the order in which they first reported."""
    counts: dict[str, list[Member]] = {}
    for report, source in zip(told.reports, told.sources, strict=True):
        if source and report.provider:
            counts.setdefault(source, []).append(report)
    found = ((room.member(reports[0], told.reports).source, len(reports)) for reports in counts.values())
    return tuple(SourceCountView(source=source, count=count) for source, count in found if source)


def _neighbours(told: Told, alike: Sequence[Told]) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """Return the stories like *told* that began before it and after it, each in the order of time."""
    in_order = sorted((*alike, told), key=_began)
    place = in_order.index(told)
    return tuple(in_order[max(place - NEIGHBOURS, 0) : place]), tuple(in_order[place + 1 :][:NEIGHBOURS])


def _began(told: Told) -> tuple[float, str]:
    moments = told.moments
    return (moments[0].timestamp() if moments else 0, told.story.id)


def story_row(room: Newsroom, told: Told) -> StoryRowView:
    """Return a story as a list of stories shows it."""
    moments = told.moments
    days = [room.dates.day_of(moment) for moment in (moments[0], moments[-1])] if moments else []
    lead = told.story.lead
    return StoryRowView(
        title=told.title,
        href=told.address,
        lang=room.foreign_lang(told.lang),
        kicker=room.kicker(lead),
        report_count=told.report_count,
        source_count=told.source_count,
        span=format_interval(*days, "yMMMd", room.dates.locale) if days else "",
        strip=strip_of(moments, dates=room.dates),
    )


def _schema(room: Newsroom, told: Told, excerpt: str, topics: Sequence[LinkView]) -> dict[str, Any]:
    """Return the page's schema.org object: a collection of what others wrote. We lead to it: no ``NewsArticle``."""
    moments, record = told.moments, told.story.record
    found: dict[str, Any] = {"@type": "Collection", "url": room.site.absolute(told.address), "name": told.title}
    if excerpt:
        found["description"] = excerpt
    if moments:
        found["dateCreated"] = iso(moments[0])
        found["dateModified"] = iso(moments[-1])
    if topics:
        found["about"] = [{"@type": "Thing", "name": topic.text} for topic in topics]
    if record and record.corrections:
        found["correction"] = corrections_schema(record.corrections)
        found["dateModified"] = iso(max(*moments[-1:], record.corrections[0].date))
    found["collectionSize"] = told.report_count
    found["hasPart"] = [_part(room, told, report) for report in told.reports[-PARTS_IN_SCHEMA:]]
    return found


def _part(room: Newsroom, told: Told, report: Member) -> dict[str, Any]:
    part: dict[str, Any] = {
        "@type": "CreativeWork",
        "name": report.title,
        "url": report.url or room.site.absolute(report.address),
    }
    if report.date:
        part["datePublished"] = iso(report.date)
    if report.lang:
        part["inLanguage"] = report.lang
    if report.provider:
        name = room.catalogue.source_name(report.provider, among=told.reports)
        part["publisher"] = {"@type": "Organization", "name": name}
    return part
