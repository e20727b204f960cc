"""JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from .json_file import render_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...pages.plans import FeedEntry, FeedPlan

VERSION = "https://jsonfeed.org/version/1.1"


class _Shape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Base of every object of a feed; what is empty is absent, as the format asks."""


class Author(_Shape, frozen=True, kw_only=True):
    """Who wrote an item."""

    name: str


class Hub(_Shape, frozen=True, kw_only=True):
    """Where readers can subscribe to changes."""

    type: str
    url: str


class Item(_Shape, frozen=True, kw_only=True):
    """One item."""

    id: str
    url: str
    external_url: str = ""
    title: str
    content_html: str
    summary: str = ""
    image: str = ""
    date_published: str
    date_modified: str
    authors: tuple[Author, ...] = ()
    tags: tuple[str, ...] = ()
    language: str = ""


class Feed(_Shape, frozen=True, kw_only=True):
    """A feed, or one page of it."""

    version: str
    title: str
    home_page_url: str
    feed_url: str
    description: str = ""
    next_url: str = ""
    language: str = ""
    hubs: tuple[Hub, ...] = ()
    items: tuple[Item, ...]


def render_json_feed(plan: FeedPlan, *, clean: Callable[[str], str]) -> bytes:
    """Return the document that *plan* describes.

    Args:
        plan: See :class:`~...pages.plans.FeedPlan`.
        clean: Takes out the characters that the other formats cannot hold: a story reads the same in all of them.
    """
    return render_json(
        Feed(
            version=VERSION,
            title=clean(plan.title),
            home_page_url=plan.home_url,
            feed_url=plan.self_url,
            description=clean(plan.subtitle),
            next_url=plan.next_url,
            language=plan.lang,
            hubs=(Hub(type="WebSub", url=plan.hub_url),) if plan.hub_url else (),
            items=tuple(_item(entry, clean) for entry in plan.entries),
        )
    )


def _item(entry: FeedEntry, clean: Callable[[str], str]) -> Item:
    return Item(
        id=entry.id,
        url=entry.url,
        external_url=entry.via,
        title=clean(entry.title),
        content_html=clean(entry.html),
        summary=clean(entry.summary),
        image=entry.image_url,
        date_published=entry.date,
        date_modified=entry.modified,
        authors=(Author(name=clean(entry.author)),) if entry.author else (),
        tags=tuple(map(clean, entry.categories)),
        language=entry.lang,
    )
