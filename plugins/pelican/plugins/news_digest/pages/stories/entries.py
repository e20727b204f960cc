"""The feeds of a story: each report as an entry, whether it has a page here or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import escape

from ..addresses import named_id
from ..dates import iso
from ..feeds.entries import EntryMaker
from ..plans import FeedEntry, FeedFormat, FeedPlan, Promise, page_file
from .pages import story_feed_address

if TYPE_CHECKING:
    from ...model import Member, NewsItem
    from ..newsroom import Newsroom
    from ..told import Told

FORMATS = (FeedFormat.ATOM, FeedFormat.JSON)
Entries = tuple[FeedEntry, ...]


def plan_story_feeds(room: Newsroom) -> Iterator[Promise]:
    """Yield the feeds of each story that has a page."""
    maker = EntryMaker(room)
    for told in room.told.all:
        entries = partial(_once, {}, room, maker, told)
        # All reports: one that is too old for the feed may say what the source of another one is called.
        facts = partial(_facts, room, told)
        for feed_format in FORMATS:
            yield Promise(
                save_as=page_file(story_feed_address(told, feed_format)),
                facts=facts,
                make=partial(_feed, room, entries, told, feed_format),
            )


def _facts(room: Newsroom, told: Told) -> bytes:
    return room.facts.joined(room.facts.reports(told))


def _newest(room: Newsroom, told: Told) -> list[Member]:
    """Return the reports that a feed holds, newest first; one without a date is never news."""
    return [report for report in reversed(told.reports) if report.date][: room.choices.feed_size]


def _once(made: dict[str, Entries], room: Newsroom, maker: EntryMaker, told: Told) -> Entries:
    """Return the entries of a story, made for the first of its feeds that asks."""
    if told.story.id not in made:
        made[told.story.id] = tuple(_entries(room, maker, told))
    return made[told.story.id]


def _entries(room: Newsroom, maker: EntryMaker, told: Told) -> Iterator[FeedEntry]:
    items = {item.slug: item for item in told.story.members}
    for report in _newest(room, told):
        item = items.get(report.slug)
        is_listed = item is not None and item.slug in room.catalogue.topic_ids
        yield maker.item(item) if item and is_listed else _entry(room, told, report, item)


def _feed(room: Newsroom, make_entries: Callable[[], Entries], told: Told, feed_format: FeedFormat) -> FeedPlan:
    site, address, entries = room.site, story_feed_address(told, feed_format), make_entries()
    record = told.story.record
    corrected = [iso(correction.date) for correction in (record.corrections if record else ())]
    return FeedPlan(
        save_as=page_file(address),
        title=room.say("%(site)s: %(feed)s", site=site.name, feed=told.title),
        subtitle=(record.excerpt if record else "") or site.subtitle,
        home_url=site.absolute(told.address),
        self_url=site.absolute(address),
        id=site.absolute(address),
        lang=site.lang,
        updated=max((*(entry.modified for entry in entries), *corrected), default=iso(room.catalogue.now)),
        entries=entries,
        format=feed_format,
        hub_url=room.choices.feed_hub,
    )


def _entry(room: Newsroom, told: Told, report: Member, item: NewsItem | None) -> FeedEntry:
    """Return a report that has no page here as an entry; without an item it is known by its address."""
    excerpt = item.excerpt if item else ""
    page = room.site.absolute(told.address)
    # Each part is escaped on its own, thousands of times a build: see feeds/entries.py.
    way_home = f'<p><a href="{escape(page)}">{escape(told.title)}</a></p>'
    date = iso(report.date) if report.date else ""
    return FeedEntry(
        id=named_id("news", report.slug, authority=room.site.feed_authority) if report.slug else report.url,
        title=report.title,
        url=report.url or page,
        via=report.url,
        date=date,
        modified=iso(item.updated) if item and item.updated else date,
        author=room.catalogue.source_name(report.provider, among=told.reports) if report.provider else room.site.name,
        summary=excerpt,
        html=(f"<p>{escape(excerpt)}</p>" if excerpt else "") + way_home,
        lang=report.lang,
    )
