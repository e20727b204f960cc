"""JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from ...text.plain import without_controls

if TYPE_CHECKING:
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


class Attachment(_Shape, frozen=True, kw_only=True):
    """A file that belongs to an item."""

    url: str
    mime_type: str


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
    attachments: tuple[Attachment, ...] = ()


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


def render_json_feed(plan: FeedPlan) -> bytes:
    """Return the document that *plan* describes, without what the other formats cannot hold: a story reads the same."""
    return msgspec.json.encode(
        Feed(
            version=VERSION,
            title=without_controls(plan.title),
            home_page_url=plan.home_url,
            feed_url=plan.self_url,
            description=without_controls(plan.subtitle),
            next_url=plan.next_url,
            language=plan.lang,
            hubs=(Hub(type="WebSub", url=plan.hub_url),) if plan.hub_url else (),
            items=tuple(_item(entry) for entry in plan.entries),
        )
    )


def _item(entry: FeedEntry) -> Item:
    return Item(
        id=entry.id,
        url=entry.url,
        external_url=entry.via,
        title=without_controls(entry.title),
        content_html=without_controls(entry.html),
        summary=without_controls(entry.summary),
        image=entry.image_url,
        date_published=entry.date,
        date_modified=entry.modified,
        authors=(Author(name=without_controls(entry.author)),) if entry.author else (),
        tags=tuple(map(without_controls, entry.categories)),
        language=entry.lang,
        attachments=(Attachment(url=file.url, mime_type=file.type),) if (file := entry.enclosure) else (),
    )
