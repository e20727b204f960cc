"""Lists that span pages, and ``/latest/``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from ...model import NewsItem
from ..dates import format_interval
from ..promises import promise_page
from ..site import feed_link, head
from ..views.base import FeedLinkView, HeadView, LinkView, PaginationView, ShareImageView, TimeView, View
from ..views.story import ListingView

if TYPE_CHECKING:
    from ..newsroom import Newsroom
    from ..plans import Promise


LISTING: Final = "listing.html"
_Entry = TypeVar("_Entry")
_Page = tuple[str, tuple[_Entry, ...], PaginationView]


class Leaf(msgspec.Struct, frozen=True, kw_only=True):
    """One page of a list.

    Attributes:
        address: Site-relative.
        items: Newest first.
        pagination: How it hangs together with the others.
    """

    address: str
    items: tuple[NewsItem, ...]
    pagination: PaginationView

    @property
    def is_newest(self) -> bool:
        """Whether this is the list's front page."""
        return self.pagination.number == 0


def leaf_numbers(entries: Sequence[_Entry], *, base: str, size: int, older: str = "") -> Iterator[_Page[_Entry]]:
    """Cut a list into pages, newest first; pages are numbered from the **oldest**. Yield address, entries, numbers.

    ``<base>page/1/`` holds the oldest *size* entries and never changes when news come in; so addresses stay true and
    a new one makes one page stale, not all of them. So no page says how many there are. The front page, ``<base>``,
    holds what is left over and the newest full page: *size* to 2 × *size* − 1 entries. See
    docs/decisions/0005-pages-numbered-from-the-oldest.md.

    Args:
        older: What stands before ``page/1/`` where *base* is the name of a file.
    """
    numbered = max(len(entries) // size - 1, 0)
    front = len(entries) - numbered * size
    addresses = [base, *(f"{older or base}page/{number}/" for number in range(numbered, 0, -1))]
    for position, address in enumerate(addresses):
        start = 0 if position == 0 else front + (position - 1) * size
        stop = front if position == 0 else start + size
        pagination = PaginationView(
            number=0 if position == 0 else numbered - position + 1,
            newer=addresses[position - 1] if position else "",
            older=addresses[position + 1] if position + 1 < len(addresses) else "",
        )
        yield address, tuple(entries[start:stop]), pagination


def paginate(items: Sequence[NewsItem], *, base: str, size: int, older: str = "") -> tuple[Leaf, ...]:
    """Cut a list of items into pages: see :func:`leaf_numbers`."""
    pages = leaf_numbers(items, base=base, size=size, older=older)
    return tuple(Leaf(address=address, items=part, pagination=pagination) for address, part, pagination in pages)


def collection_schema(room: Newsroom, leaf: Leaf, *, name: str) -> dict[str, Any]:
    """Return the schema.org object of a page that lists items; where there are none it has no list."""
    page = {"@type": "CollectionPage", "url": room.site.absolute(leaf.address), "name": name}
    if not leaf.items:
        return page
    elements = [
        {
            "@type": "ListItem",
            "position": position,
            "name": item.title,
            "url": room.site.absolute(item.address) if item.slug in room.catalogue.paged else item.url,
        }
        for position, item in enumerate(leaf.items, 1)
    ]
    return {**page, "mainEntity": {"@type": "ItemList", "numberOfItems": len(elements), "itemListElement": elements}}


def page_title(room: Newsroom, name: str, leaf: Leaf) -> str:
    """Return the title of one page of the list called *name*."""
    if leaf.is_newest:
        return name
    return room.say("%(name)s, page %(number)s", name=name, number=leaf.pagination.number)


def leaf_head(  # noqa: PLR0913 - what a head holds
    room: Newsroom,
    leaf: Leaf,
    *,
    name: str,
    feeds: Sequence[FeedLinkView],
    breadcrumbs: Sequence[LinkView],
    description: str = "",
    image: ShareImageView | None = None,
) -> HeadView:
    """Return the head of one page of the list called *name*; see :func:`..site.head`."""
    return head(
        room.site,
        title=page_title(room, name, leaf),
        address=leaf.address,
        description=description,
        feeds=feeds,
        breadcrumbs=breadcrumbs,
        schema=collection_schema(room, leaf, name=name),
        image=image,
    )


def span_of(room: Newsroom, leaf: Leaf) -> str:
    """Return the days that an older page holds, ``3–5 May 2018``; ``""`` for the newest page, which goes on."""
    if leaf.is_newest:
        return ""
    first, last = (room.dates.day_of(leaf.items[at].date) for at in (-1, 0))
    return format_interval(first, last, "yMMMd", room.dates.locale)


def promise_leaf(room: Newsroom, leaf: Leaf, *beside: object, template: str, view: Callable[[], View]) -> Promise:
    """Return one page of a list as a promise.

    Args:
        beside: What its view is made from, beside *leaf* and the facts of its items: views and plain values.
    """
    return promise_page(room, leaf.address, leaf.items, leaf.pagination, beside, template=template, view=view)


def plan_latest(room: Newsroom) -> Iterator[Promise]:
    """Yield ``/latest/`` and its older pages: strictly newest first, by day."""
    items = room.catalogue.listed
    count, since = len(items), room.since(items)
    for leaf in paginate(items, base="latest/", size=room.choices.page_size):
        only_here = (count, since) if leaf.is_newest else (len(leaf.items), None)
        view = partial(_latest, room, leaf, *only_here)
        yield promise_leaf(room, leaf, only_here, template=LISTING, view=view)


def _latest(room: Newsroom, leaf: Leaf, count: int, since: TimeView | None) -> ListingView:
    crumb = LinkView(text=room.say("Latest"), href="latest/")
    feeds = (feed_link(room.site.name, "feeds/all.atom.xml"),) if count else ()
    return ListingView(
        head=leaf_head(room, leaf, name=room.say("Latest"), feeds=feeds, breadcrumbs=(crumb,)),
        heading=room.say("Latest"),
        kind="latest",
        count=count,
        since=since,
        breadcrumbs=(crumb,),
        groups=room.day_groups(leaf.items),
        pagination=leaf.pagination,
        feeds=feeds,
        span=span_of(room, leaf),
    )
