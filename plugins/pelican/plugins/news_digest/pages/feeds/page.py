"""``/feeds/``: every feed there is, and how much to expect of it; the same as OPML, for feed readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ..plans import FeedFormat, FilePlan, PagePlan
from ..site import ATOM, head
from ..views.base import FeedLinkView, LinkView
from ..views.feeds import FeedGroupView, FeedRowView, FeedsView
from .channels import Channel, Group, Kind, feed_title

if TYPE_CHECKING:
    from babel import Locale

    from ..newsroom import Newsroom
    from ..told import Told

WEEKS: Final = 8
OPML: Final = "feeds/digest.opml"
API: Final = "api/news/index.json"
DATA: Final = "data/"
_FORMATS: Final = {
    FeedFormat.ATOM: ("Atom", ATOM),
    FeedFormat.RSS: ("RSS", "application/rss+xml"),
    FeedFormat.JSON: ("JSON", "application/feed+json"),
}


def plan_feed_page(room: Newsroom, found: Sequence[Channel], *, running: Sequence[Told] = ()) -> PagePlan:
    """Return the page that lists every feed; of stories those alone that bring something: the others are over.

    Args:
        found: What :func:`.channels.channels` says.
        running: The stories that reports still come in on.
    """
    crumb = LinkView(text=room.say("Feeds"), href="feeds/")
    found = (*found, *map(_story_channel, running))
    rows: dict[Group, list[FeedRowView]] = {}
    for channel in found:
        rows.setdefault(channel.group, []).append(_row(room, channel))
    return PagePlan(
        save_as="feeds/index.html",
        template="feeds.html",
        view=FeedsView(
            head=head(
                room.site,
                title=room.say("Feeds"),
                address="feeds/",
                feeds=tuple(_links(room, channel)[0] for channel in found if channel.group is Group.SITE),
                breadcrumbs=(crumb,),
            ),
            breadcrumbs=(crumb,),
            groups=tuple(FeedGroupView(kind=group.value, rows=tuple(listed)) for group, listed in rows.items()),
            feed_count=len(found),
            weeks=WEEKS,
            opml=OPML if found else "",
            api=API if room.choices.has_api else "",
            data=DATA if room.choices.has_data else "",
        ),
    )


def _story_channel(told: Told) -> Channel:
    """Return what :mod:`..stories.entries` makes of a story."""
    return Channel(
        group=Group.STORY,
        kind=Kind.ALL,
        subject=told.title,
        home=told.address,
        base=f"{told.address}feed",
        formats=(FeedFormat.ATOM, FeedFormat.JSON),
        editions=tuple(reversed(told.moments)),
    )


def _row(room: Newsroom, channel: Channel) -> FeedRowView:
    links = _links(room, channel)
    names = tuple(_FORMATS[feed_format][0] for feed_format in channel.formats)
    return FeedRowView(
        title=feed_title(room, channel),
        subject=LinkView(text=channel.subject, href=channel.home),
        kind=channel.kind.value,
        per_week=_per_week(room, channel),
        formats=tuple(
            FeedLinkView(title=name, href=link.href, mime=link.mime) for name, link in zip(names, links, strict=True)
        ),
    )


def _links(room: Newsroom, channel: Channel) -> tuple[FeedLinkView, ...]:
    return tuple(
        FeedLinkView(title=feed_title(room, channel), href=channel.address(feed_format), mime=_FORMATS[feed_format][1])
        for feed_format in channel.formats
    )


def _per_week(room: Newsroom, channel: Channel) -> str:
    """Return how many entries a week brings, on average over the last eight weeks before "now"."""
    now = room.catalogue.now
    since = now - timedelta(weeks=WEEKS)
    count = sum(moment <= now for moment in takewhile(lambda moment: moment > since, channel.moments))
    return _decimal(round(count / WEEKS, 1), room.dates.locale)


@lru_cache(maxsize=1024)
def _decimal(number: float, locale: Locale) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 - it takes longer to load than all of our own pages

    return str(format_decimal(number, locale=locale))


def plan_opml(room: Newsroom, found: Sequence[Channel]) -> tuple[FilePlan, ...]:
    """Return the list of all feeds that feed readers import: each once, in Atom, in a folder for each group.

    Stories are not in it: they are over in days, and a list is imported once.

    Args:
        found: What :func:`.channels.channels` says.
    """
    if not found:
        return ()
    opml = Element("opml", version="2.0")
    SubElement(SubElement(opml, "head"), "title").text = room.site.name
    body = SubElement(opml, "body")
    for group, name in (
        (Group.SITE, room.site.name),
        (Group.TOPIC, room.say("Topics")),
        (Group.PROVIDER, room.say("Sources")),
    ):
        members = [channel for channel in found if channel.group is group]
        if members:
            _folder(room, SubElement(body, "outline", text=name, title=name), members)
    indent(opml)
    data: bytes = tostring(opml, encoding="utf-8", xml_declaration=True)
    return (FilePlan(save_as=OPML, data=data + b"\n"),)


def _folder(room: Newsroom, folder: Element, members: Sequence[Channel]) -> None:
    for channel in members:
        title = feed_title(room, channel)
        SubElement(
            folder,
            "outline",
            type="rss",
            text=title,
            title=title,
            xmlUrl=room.site.absolute(channel.address()),
            htmlUrl=room.site.absolute(channel.home),
        )
