"""What pages of a day, a week, a month and a year have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from ..addresses import provider_address
from ..lists.home import may_lead
from ..lists.listings import Leaf, collection_schema
from ..site import feed_link, head
from ..views.base import HeadView, LinkView, PaginationView, ShareImageView

if TYPE_CHECKING:
    from ...model import NewsItem
    from ..newsroom import Newsroom

HEADLINES_IN_DESCRIPTION: Final = 3
ITEMS_IN_SCHEMA: Final = 30


def period_head(
    room: Newsroom,
    stories: Sequence[NewsItem],
    *,
    breadcrumbs: Sequence[LinkView],
    title: str,
    image: ShareImageView | None = None,
) -> HeadView:
    """Return the head of the page that the last of *breadcrumbs* leads to; its best headlines describe it."""
    address = breadcrumbs[-1].href
    leaf = Leaf(
        address=address,
        items=tuple(stories[:ITEMS_IN_SCHEMA]),
        pagination=PaginationView(number=0, newer="", older=""),
    )
    return head(
        room.site,
        title=title,
        address=address,
        description=" · ".join(item.title for item in stories[:HEADLINES_IN_DESCRIPTION]),
        feeds=(feed_link(room.site.name, "feeds/all.atom.xml"),) if room.catalogue.listed else (),
        breadcrumbs=breadcrumbs,
        schema=collection_schema(room, leaf, name=title),
        image=image,
    )


def split_lead(room: Newsroom, stories: Sequence[NewsItem]) -> tuple[NewsItem | None, Sequence[NewsItem]]:
    """Return the story that stands alone above the others, if one may, and the others. The rule is the front page's."""
    if stories and may_lead(room, stories[0], among=len(stories)):
        return stories[0], stories[1:]
    return None, stories


def provider_counts(room: Newsroom, items: Iterable[NewsItem]) -> tuple[LinkView, ...]:
    """Return the providers of *items*, busiest first, with how many of *items* each has."""
    catalogue = room.catalogue
    counts = catalogue.sources_of(items)
    return tuple(
        LinkView(text=catalogue.providers[domain].name, href=provider_address(domain), count=counts[domain])
        for domain in sorted(counts, key=lambda domain: (-counts[domain], domain))
    )
