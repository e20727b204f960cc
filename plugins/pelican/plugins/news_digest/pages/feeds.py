"""Feeds: the newest items of the site, of each topic and of each provider, with ids that never change."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from markupsafe import Markup

from .dates import iso
from .plans import FeedEntry, FeedPlan
from .providers import has_feed, provider_feed_address
from .site import provider_address, topic_address
from .topics import topic_feed_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..model import NewsItem
    from .newsroom import Newsroom

MEMBERS_IN_ENTRY = 12


def plan_feeds(room: Newsroom) -> Iterator[FeedPlan]:
    """Yield the site's feed, one for each topic with items, and one for each provider with three items or more."""
    catalogue = room.catalogue
    entries: dict[str, FeedEntry] = {}
    if catalogue.listed:
        yield _feed(room, room.site.name, "", "feeds/all.atom.xml", catalogue.listed, entries)
    for topic_id, items in catalogue.by_topic.items():
        if items:
            title = f"{room.site.name}: {catalogue.taxonomy.topics[topic_id].name}"
            yield _feed(room, title, topic_address(topic_id), topic_feed_address(topic_id), items, entries)
    for domain, items in catalogue.by_provider.items():
        if has_feed(items):
            title = f"{room.site.name}: {catalogue.providers[domain].name}"
            yield _feed(room, title, provider_address(domain), provider_feed_address(domain), items, entries)


def entry_id(item: NewsItem, *, authority: str) -> str:
    """Return the permanent id of *item* (RFC 4151): it depends on its file's name and day, not on its words."""
    return f"tag:{authority},{item.date.astimezone(UTC).date().isoformat()}:news/{item.slug}"


def _feed(
    room: Newsroom,
    title: str,
    home: str,
    address: str,
    items: Sequence[NewsItem],
    entries: dict[str, FeedEntry],
) -> FeedPlan:
    newest = items[: room.choices.feed_size]
    for item in newest:
        if item.slug not in entries:
            entries[item.slug] = _entry(room, item)
    found = tuple(entries[item.slug] for item in newest)
    return FeedPlan(
        save_as=address,
        title=title,
        subtitle=room.site.subtitle,
        home_url=room.site.absolute(home),
        self_url=room.site.absolute(address),
        id=room.site.absolute(address),
        lang=room.site.lang,
        updated=max(entry.modified for entry in found),
        entries=found,
    )


def _entry(room: Newsroom, item: NewsItem) -> FeedEntry:
    catalogue = room.catalogue
    page = room.site.absolute(item.address) if item.slug in catalogue.paged else ""
    topic_ids = catalogue.topic_ids[item.slug]
    above = [parent for topic_id in topic_ids for parent in catalogue.taxonomy.ancestors(topic_id)]
    story = room.story(item)
    return FeedEntry(
        id=entry_id(item, authority=room.site.feed_authority),
        title=item.title,
        url=item.url if item.url and (room.choices.feed_to_source or not page) else page,
        via=item.url,
        date=iso(item.date),
        modified=iso(max(item.modified or item.date, item.date)),
        author=item.provider.name if item.provider else room.site.name,
        summary=story.excerpt,
        html=_html(room, item, story.excerpt, page),
        categories=tuple(catalogue.taxonomy.topics[i].name for i in dict.fromkeys((*topic_ids, *above))),
        lang=item.lang,
        image_url=_absolute(room, story.picture.src) if story.picture else "",
    )


def _absolute(room: Newsroom, src: str) -> str:
    return src if "//" in src else room.site.absolute(src)


def _html(room: Newsroom, item: NewsItem, excerpt: str, page: str) -> str:
    """Return the entry's content: the excerpt or the body, then who else covered it, each with its link."""
    body = room.bodies.get(item.slug, item.body)
    html = Markup("<p>{}</p>").format(excerpt) if excerpt else Markup()
    if body:
        html = Markup(body)  # noqa: S704 - sanitised when it was read, or the owner's own
    members = room.catalogue.clusters[item.slug].members[:MEMBERS_IN_ENTRY]
    if members:
        lines = Markup().join(
            Markup('<li><a href="{}">{}</a> — {}</li>').format(
                member.url or room.site.absolute(member.address),
                member.title,
                member.provider.name if member.provider else "",
            )
            for member in members
        )
        html += Markup("<ul>{}</ul>").format(lines)
    if page:
        html += Markup('<p><a href="{}">{}</a></p>').format(page, room.site.name)
    return str(html)
