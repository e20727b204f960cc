"""Feeds: of the site, of each topic and of each provider; all of it, the hottest of it, or digests of it.

What there is to follow is decided once, in :func:`channels`: the feeds themselves, the page that lists them and the
OPML file are all made from it, so none of them names a feed that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from heapq import nlargest
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from ...catalogue.calendar import days_of_week, grouped, week_of
from ...model import NewsItem
from ..addresses import (
    NEWSLETTER,
    NEWSLETTER_FEED,
    day_address,
    provider_address,
    topic_address,
    week_address,
    week_name,
)
from ..lists.listings import paginate
from ..lists.providers import has_feed
from ..plans import FeedEntry, FeedFormat, FeedPlan, Promise, page_file
from .entries import EntryMaker, Stretch

if TYPE_CHECKING:
    from ..newsroom import Newsroom


class Group(StrEnum):
    """Whose feed it is."""

    SITE = "site"
    TOPIC = "topic"
    PROVIDER = "provider"
    STORY = "story"
    CLASSIC = "classic"


class Kind(StrEnum):
    """What a feed holds: every item, those in a band of heat, one entry for each day or week that is over, or each
    edition of the newsletter (that feed is :mod:`..newsletter.editions`'s own).
    """

    ALL = "all"
    TOP_5 = "top-5"
    TOP_25 = "top-25"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEWSLETTER = "newsletter"


# The lowest band of each, see catalogue/ranking.py.
_TOP: Final = ((Kind.TOP_5, 3), (Kind.TOP_25, 2))
_ALL_FORMATS: Final = (FeedFormat.ATOM, FeedFormat.RSS, FeedFormat.JSON)


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """Something to follow, in one format or more.

    Attributes:
        subject: The name of the site, the topic, the provider or the story.
        home: Site-relative address of the page that the feed is about.
        base: Site-relative address of the feed without its ending.
        items: What it is made of, newest first; for digests *stretches* are, newest first.
        editions: When each entry of the newsletter or of a story came, newest first; those feeds are made elsewhere.
    """

    group: Group
    kind: Kind
    subject: str
    home: str
    base: str
    formats: tuple[FeedFormat, ...] = (FeedFormat.ATOM,)
    items: tuple[NewsItem, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    editions: tuple[datetime, ...] = ()

    def address(self, feed_format: FeedFormat = FeedFormat.ATOM) -> str:
        """Return where the feed lies in one of its formats."""
        return f"{self.base}{feed_format}"

    @property
    def moments(self) -> Iterator[datetime]:
        """When each entry came, newest first."""
        if self.editions:
            return iter(self.editions)
        if self.stretches:
            return (stretch.items[0].date for stretch in self.stretches)
        return (item.date for item in self.items)


def channels(room: Newsroom, *, sent: Sequence[datetime] = ()) -> tuple[Channel, ...]:
    """Return everything that can be followed: the site's, then each topic's, then each busy provider's.

    None is empty: a site without items has none.

    Args:
        sent: When each edition of the newsletter came, newest first.
    """
    return (*_site_channels(room, sent), *_topic_channels(room), *_provider_channels(room))


def _site_channels(room: Newsroom, sent: Sequence[datetime]) -> Iterator[Channel]:
    items = room.catalogue.listed
    if not items:
        return
    name = room.site.name
    yield Channel(
        group=Group.SITE, kind=Kind.ALL, subject=name, home="", base="feeds/all", formats=_ALL_FORMATS, items=items
    )
    yield from _hottest(room, items, group=Group.SITE, subject=name, home="", folder="feeds/")
    for kind, stretches in ((Kind.DAILY, _days(room)), (Kind.WEEKLY, _weeks(room))):
        yield Channel(group=Group.SITE, kind=kind, subject=name, home="", base=f"feeds/{kind}", stretches=stretches)
    if sent:
        yield Channel(
            group=Group.SITE,
            kind=Kind.NEWSLETTER,
            subject=name,
            home=NEWSLETTER,
            base=NEWSLETTER_FEED.removesuffix(FeedFormat.ATOM),
            editions=tuple(sent),
        )


def _topic_channels(room: Newsroom) -> Iterator[Channel]:
    catalogue = room.catalogue
    for topic_id, items in catalogue.by_topic.items():
        if items:
            name, home = catalogue.taxonomy.topics[topic_id].name, topic_address(topic_id)
            yield _whole(Group.TOPIC, name, home, items)
            yield from _hottest(room, items, group=Group.TOPIC, subject=name, home=home, folder=home)


def _provider_channels(room: Newsroom) -> Iterator[Channel]:
    catalogue = room.catalogue
    for domain, items in catalogue.by_provider.items():
        if has_feed(items):
            yield _whole(Group.PROVIDER, catalogue.providers[domain].name, provider_address(domain), items)


def _whole(group: Group, subject: str, home: str, items: tuple[NewsItem, ...]) -> Channel:
    return Channel(
        group=group,
        kind=Kind.ALL,
        subject=subject,
        home=home,
        base=f"{home}feed",
        formats=(FeedFormat.ATOM, FeedFormat.JSON),
        items=items,
    )


def _hottest(
    room: Newsroom, items: Sequence[NewsItem], *, group: Group, subject: str, home: str, folder: str
) -> Iterator[Channel]:
    """Yield a channel for each band of the **site** that has some of *items* in it or above it."""
    lowest = dict(room.catalogue.thresholds)
    for kind, band in _TOP:
        found = tuple(item for item in items if band in lowest and item.heat >= lowest[band])
        if found:
            yield Channel(group=group, kind=kind, subject=subject, home=home, base=f"{folder}{kind}", items=found)


def _days(room: Newsroom) -> tuple[Stretch, ...]:
    """Return the days that are over, newest first; the day of "now" only where there is no other.

    Readers seldom fetch an entry twice, so a day that is not over would stay half told.
    """
    days = room.catalogue.days
    today = room.dates.day_of(room.catalogue.now)
    over = [day for day in days if day < today] or list(days)
    return tuple(
        Stretch(
            day=day.isoformat(),
            name=f"days/{day}",
            title=room.dates.long_day(day),
            address=day_address(day),
            items=days[day],
        )
        for day in over[: room.choices.feed_size]
    )


def _weeks(room: Newsroom) -> tuple[Stretch, ...]:
    """Return the ISO weeks that are over, newest first; that of "now" only where there is no other."""
    days = room.catalogue.days
    weeks = grouped(days, week_of)
    this_week = week_of(room.dates.day_of(room.catalogue.now))
    over = [week for week in weeks if week < this_week] or list(weeks)
    return tuple(
        Stretch(
            day=days_of_week(week)[0].isoformat(),
            name=f"weeks/{week[0]:04}-w{week[1]:02}",
            title=week_name(week, room.dates.locale),
            address=week_address(week),
            items=tuple(item for day in weeks[week] for item in days[day]),
        )
        for week in over[: room.choices.feed_size]
    )


def plan_feeds(room: Newsroom, found: Iterable[Channel]) -> Iterator[Promise]:
    """Yield every feed of the channels *found* but the newsletter's, in each of its formats."""
    maker = EntryMaker(room)
    for channel in found:
        if channel.kind is Kind.NEWSLETTER:
            continue
        for feed_format in channel.formats:
            if channel.group is Group.SITE and feed_format is FeedFormat.JSON:
                yield from _pages(room, channel, maker)
            else:
                yield promise_feed(room, channel, maker, _portion(room, channel, feed_format))


def _portion(room: Newsroom, channel: Channel, feed_format: FeedFormat) -> Portion:
    """Return the newest entries of *channel*; of the whole site also those that were changed lately.

    An item of an earlier day that comes late would never be among the newest: with ``updatedDateTime`` it is told.
    """
    size = room.choices.feed_size
    portion = Portion.of(channel, feed_format, size=size)
    if channel.group is not Group.SITE or channel.kind is not Kind.ALL or len(channel.items) <= size:
        return portion
    ahead = room.catalogue.now + timedelta(days=1)

    def news(item: NewsItem) -> datetime:
        return item.updated if item.updated and item.updated <= ahead else item.date

    chosen = {item.slug for item in nlargest(size, channel.items, key=news)}
    return portion._replace(items=tuple(item for item in channel.items if item.slug in chosen))


def _pages(room: Newsroom, channel: Channel, maker: EntryMaker) -> Iterator[Promise]:
    """Yield a JSON Feed of all items, each page with the address of the next older one.

    Older pages are numbered from the oldest, as those of every list: see decision 5.
    """
    leaves = paginate(channel.items, base=f"{channel.base}/", size=room.choices.feed_size)
    for leaf in leaves:
        older = leaf.pagination.older
        portion = Portion(
            address=_page_address(channel, leaf.address),
            format=FeedFormat.JSON,
            items=leaf.items,
            next_address=_page_address(channel, older) if older else "",
        )
        yield promise_feed(room, channel, maker, portion)


class Portion(NamedTuple):
    """What one file holds of a channel: *items*, for digests *stretches*."""

    address: str
    format: FeedFormat
    items: tuple[NewsItem, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    next_address: str = ""

    @classmethod
    def of(cls, channel: Channel, feed_format: FeedFormat, *, size: int) -> Portion:
        """Return the newest *size* entries of *channel* in one of its formats."""
        return cls(channel.address(feed_format), feed_format, channel.items[:size], channel.stretches)


def promise_feed(room: Newsroom, channel: Channel, maker: EntryMaker, portion: Portion) -> Promise:
    """Return one file of *channel* as a promise."""
    return Promise(
        save_as=page_file(portion.address),
        facts=partial(_facts, room, channel, portion),
        make=partial(_feed, room, channel, maker, portion),
    )


def _facts(room: Newsroom, channel: Channel, portion: Portion) -> bytes:
    stretches = [(s.day, s.name, s.title, s.address, room.facts.items(s.items)) for s in portion.stretches]
    items = room.facts.items(portion.items)
    named = (channel.group, channel.kind, channel.subject, channel.home)
    return room.facts.joined(named, items, stretches, portion.address, portion.format, portion.next_address)


def _page_address(channel: Channel, address: str) -> str:
    """Return ``feeds/all/page/3/`` as ``feeds/all/page/3.json``."""
    is_newest = address == f"{channel.base}/"
    return channel.address(FeedFormat.JSON) if is_newest else f"{address.rstrip('/')}{FeedFormat.JSON}"


def _entries(channel: Channel, maker: EntryMaker, portion: Portion) -> tuple[FeedEntry, ...]:
    if channel.kind is Kind.DAILY:
        return tuple(map(maker.day, portion.stretches))
    if channel.kind is Kind.WEEKLY:
        return tuple(map(maker.week, portion.stretches))
    return maker.items(portion.items)


def feed_title(room: Newsroom, channel: Channel) -> str:
    """Return the title of a feed, which stands alone in a feed reader: ``Tiny: Trams, top 5%``."""
    subject = "" if channel.group is Group.SITE else channel.subject
    kind = _kind_name(room, channel.kind)
    feed = room.say("%(subject)s, %(kind)s", subject=subject, kind=kind) if subject and kind else subject or kind
    return room.say("%(site)s: %(feed)s", site=room.site.name, feed=feed) if feed else room.site.name


def _feed(room: Newsroom, channel: Channel, maker: EntryMaker, portion: Portion) -> FeedPlan:
    site, address, next_address = room.site, portion.address, portion.next_address
    entries = _entries(channel, maker, portion)
    return FeedPlan(
        save_as=page_file(address),
        title=feed_title(room, channel),
        subtitle=site.subtitle,
        home_url=site.absolute(channel.home),
        self_url=site.absolute(address),
        id=site.absolute(address),
        lang=site.lang,
        updated=max(entry.modified for entry in entries),
        entries=entries,
        format=portion.format,
        next_url=site.absolute(next_address) if next_address else "",
        hub_url=room.choices.feed_hub,
    )


def _kind_name(room: Newsroom, kind: Kind) -> str:
    """Return what a feed of *kind* adds to its subject's name; ``""`` for the one that holds everything."""
    match kind:
        case Kind.TOP_5:
            return room.say("top 5%")
        case Kind.TOP_25:
            return room.say("top 25%")
        case Kind.DAILY:
            return room.say("daily")
        case Kind.WEEKLY:
            return room.say("weekly")
        case Kind.NEWSLETTER:
            return room.say("Newsletter")
        case _:
            return ""
