"""The pages and feeds of who wrote Pelican's own articles, and of their categories, where the site had them before."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Final

import msgspec

from ..feeds.channels import Channel, Group, Kind, Portion, promise_feed
from ..feeds.entries import EntryMaker
from ..lists.listings import LISTING, Leaf, leaf_head, paginate, span_of
from ..plans import FeedFormat, Promise
from ..promises import promise_page
from ..views.base import FeedLinkView, LinkView
from ..views.story import ListingView

if TYPE_CHECKING:
    from ...model import NewsItem
    from ..newsroom import Newsroom
    from .texts import Shelf

_MIME: Final = {FeedFormat.ATOM: "application/atom+xml", FeedFormat.RSS: "application/rss+xml"}


def plan_shelves(room: Newsroom) -> Iterator[Promise]:
    """Yield the pages of each author and category that has one."""
    for shelf, items in _filled(room):
        if not shelf.address:
            continue
        older = shelf.address if shelf.address.endswith("/") else f"{shelf.address.removesuffix('.html')}/"
        for leaf in paginate(items, base=shelf.address, older=older, size=room.choices.page_size):
            yield promise_page(
                room,
                leaf.address,
                leaf.items,
                leaf.pagination,
                shelf if leaf.is_newest else msgspec.structs.replace(shelf, slugs=()),
                items[-1].date,
                template=LISTING,
                view=partial(_view, room, shelf, leaf, items),
                save_as=shelf.save_as if leaf.is_newest else "",
            )


def plan_shelf_feeds(room: Newsroom) -> Iterator[Promise]:
    """Yield their feeds; an address that two of them want is the first one's."""
    maker = EntryMaker(room)
    taken: set[str] = set()
    for shelf, items in _filled(room):
        channel = Channel(
            group=Group.CLASSIC, kind=Kind.ALL, subject=shelf.name, home=shelf.address, base="", items=items
        )
        for feed_format, address in shelf.feeds:
            if address not in taken:
                taken.add(address)
                yield promise_feed(room, channel, maker, Portion(address, feed_format, items[: room.choices.feed_size]))


def _filled(room: Newsroom) -> Iterator[tuple[Shelf, tuple[NewsItem, ...]]]:
    """Yield each shelf with its articles, newest first."""
    if room.shelves:
        listed = {item.slug: item for item in room.catalogue.listed if item.slug in room.texts}
        for shelf in room.shelves:
            yield shelf, tuple(listed[slug] for slug in shelf.slugs)


def _view(room: Newsroom, shelf: Shelf, leaf: Leaf, items: tuple[NewsItem, ...]) -> ListingView:
    crumb = LinkView(text=shelf.name, href=shelf.address)
    feeds = tuple(FeedLinkView(title=shelf.name, href=address, mime=_MIME[kind]) for kind, address in shelf.feeds[:1])
    return ListingView(
        head=leaf_head(room, leaf, name=shelf.name, feeds=feeds, breadcrumbs=(crumb,)),
        heading=shelf.name,
        kind=shelf.kind.value,
        count=len(items if leaf.is_newest else leaf.items),
        since=room.since(items) if leaf.is_newest else None,
        breadcrumbs=(crumb,),
        groups=room.day_groups(leaf.items),
        pagination=leaf.pagination,
        feeds=feeds,
        span=span_of(room, leaf),
    )
