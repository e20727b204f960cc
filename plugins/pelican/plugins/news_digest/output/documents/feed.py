"""Feeds as documents: Atom and RSS with feedgenerator (Pelican's own library), JSON Feed with msgspec."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from html import escape
from typing import Any, Final
from xml.sax.saxutils import unescape

from feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from ...pages.plans import FeedEntry, FeedFormat, FeedPlan
from ...text.plain import without_controls
from .atom_entry import atom_entry, cdata
from .json_feed import render_json_feed

# An item stands in the feeds of the site, of its topics, its provider and its story, which are not far from each other.
# Writing it costs more than all the rest of a feed, and an entry is some kilobytes: of the real archive's 2,775 entries
# that are written or found again, 500 kept are found as well as 10,000 but for 87.
ENTRIES_KEPT: Final = 500

# What feedgenerator writes of HTML: escaped for XML, so that nothing in it looks like an element.
_HTML_ELEMENT: Final = re.compile(
    r'(?P<start><(?P<tag>content|summary|description|content:encoded)(?: type="html")?>)'
    r"(?P<html>[^<]+)(?P<end></(?P=tag)>)"
)
_LIKE_HTML: Final = re.compile(r"<[a-zA-Z/!?]|&#?\w+;")
_MIMES: Final = {"png": "image/png", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif"}
_MEDIA: Final = "http://search.yahoo.com/mrss/"
_DUBLIN_CORE: Final = "http://purl.org/dc/elements/1.1/"
_CONTENT: Final = "http://purl.org/rss/1.0/modules/content/"


class _FragmentFeed(SyndicationFeed):  # type: ignore[misc]
    """A feed whose entries are written already, and whose time is its plan's, never the clock's."""

    fragments: Iterable[str] = ()
    updated: datetime

    def latest_post_date(self) -> datetime:
        """Return when the feed changed last."""
        return self.updated

    def write_items(self, handler: SimplerXMLGenerator) -> None:
        """Write every entry as it is."""
        for fragment in self.fragments:
            handler.ignorableWhitespace(fragment)  # SAX's one way to write text that is not to be escaped again


class _DigestAtomFeed(_FragmentFeed, Atom1Feed):  # type: ignore[misc]
    """Atom with a ``via`` link to the source and an id that is not the feed's link."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Write what stands above the entries."""
        super().add_root_elements(handler)
        if self.feed["hub_url"]:
            handler.addQuickElement("link", "", {"rel": "hub", "href": self.feed["hub_url"]})

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Return the attributes of ``<entry>``: the language, where the item names one."""
        return {"xml:lang": item["lang"]} if item["lang"] else {}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Write one ``<entry>``."""
        super().add_item_elements(handler, item)
        if item["via"]:
            handler.addQuickElement("link", "", {"rel": "via", "href": item["via"]})
        if item["image_url"]:
            attributes = {"rel": "enclosure", "href": item["image_url"], "type": _mime(item["image_url"])}
            handler.addQuickElement("link", "", attributes)
        if item["file"]:
            attributes = {"rel": "enclosure", "href": item["file"].url, "type": item["file"].type}
            handler.addQuickElement("link", "", attributes)


class _DigestRssFeed(_FragmentFeed, Rss201rev2Feed):  # type: ignore[misc]
    """RSS 2.0 with the whole content, the picture as ``media:content``, and Atom's ``via``."""

    def rss_attributes(self) -> dict[str, str]:
        """Return the attributes of ``<rss>``."""
        attributes: dict[str, str] = super().rss_attributes()
        return {**attributes, "xmlns:content": _CONTENT, "xmlns:dc": _DUBLIN_CORE, "xmlns:media": _MEDIA}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Write what stands above the items."""
        super().add_root_elements(handler)
        if self.feed["hub_url"]:
            handler.addQuickElement("atom:link", None, {"rel": "hub", "href": self.feed["hub_url"]})

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Write one ``<item>``."""
        # What has no summary has its whole text as its description: that one comes first, or readers miss it.
        description = item["description"] or item["content"]
        # The author is written here: the library would declare the namespace again in every item.
        changed = {"title": _rss_title(item["title"]), "description": description, "author_name": None}
        super().add_item_elements(handler, {**item, **changed})
        if item["author_name"]:
            handler.addQuickElement("dc:creator", item["author_name"])
        if item["updateddate"] != item["pubdate"]:
            handler.addQuickElement("atom:updated", item["updateddate"].isoformat())
        if item["content"] and item["description"]:
            handler.addQuickElement("content:encoded", item["content"])
        if item["via"]:
            handler.addQuickElement("atom:link", None, {"rel": "via", "href": item["via"]})
        if item["image_url"]:
            attributes = {"url": item["image_url"], "medium": "image", "type": _mime(item["image_url"])}
            handler.addQuickElement("media:content", None, attributes)
        if item["file"]:  # its length is asked for, and 0 says that nobody knows it
            handler.addQuickElement(
                "enclosure", "", {"url": item["file"].url, "length": "0", "type": item["file"].type}
            )


_XML: Final = {FeedFormat.ATOM: (_DigestAtomFeed, "entry"), FeedFormat.RSS: (_DigestRssFeed, "item")}


def render_feed(plan: FeedPlan) -> bytes:
    """Return the document that *plan* describes; nothing else decides what is in it."""
    if plan.format is FeedFormat.JSON:
        return render_json_feed(plan)
    feed = _head(plan)
    feed.fragments = [_fragment(plan.format, entry) for entry in plan.entries]
    return _document(feed)


def feed_of(plan: FeedPlan) -> SyndicationFeed:
    """Return the XML feed that *plan* describes as the library's object, its entries in ``items``."""
    feed = _head(plan)
    for entry in plan.entries:
        _add_entry(feed, entry)
    return feed


def written_feed(feed: SyndicationFeed) -> bytes:
    """Return the document of *feed*, which :func:`feed_of` made: the same as :func:`render_feed` where nobody changed
    it.
    """
    tag = "item" if isinstance(feed, Rss201rev2Feed) else "entry"
    feed.fragments = [_written_entry(feed, tag, item) for item in feed.items]
    return _document(feed)


def _head(plan: FeedPlan) -> SyndicationFeed:
    title = without_controls(plan.title)
    feed = _XML[plan.format][0](
        title=_rss_title(title) if plan.format is FeedFormat.RSS else title,
        link=plan.home_url,
        description=without_controls(plan.subtitle or plan.title) if plan.format is FeedFormat.RSS else "",
        subtitle=without_controls(plan.subtitle) or None,
        language=plan.lang,
        feed_url=plan.self_url,
        feed_guid=plan.id,
        hub_url=plan.hub_url,
    )
    feed.updated = datetime.fromisoformat(plan.updated)
    return feed


def _document(feed: SyndicationFeed) -> bytes:
    stream = io.StringIO()
    feed.write(stream, "utf-8")
    return stream.getvalue().encode()


@lru_cache(maxsize=ENTRIES_KEPT)
def _fragment(feed_format: FeedFormat, entry: FeedEntry) -> str:
    """Return one entry as XML; nothing in it depends on the feed that it stands in."""
    if feed_format is FeedFormat.ATOM:
        return atom_entry(entry, mime=_mime(entry.image_url))
    kind, tag = _XML[feed_format]
    feed = kind(title="", link="", description="")
    _add_entry(feed, entry)
    return _written_entry(feed, tag, feed.items.pop())


def _add_entry(feed: SyndicationFeed, entry: FeedEntry) -> None:
    feed.add_item(
        title=without_controls(entry.title),
        link=entry.url,
        # Both formats take a summary for HTML, and "<MSFT.O>" in a plain text is no tag.
        description=escape(without_controls(entry.summary), quote=False) or None,
        content=without_controls(entry.html) or None,
        unique_id=entry.id,
        unique_id_is_permalink=False,
        pubdate=datetime.fromisoformat(entry.date),
        updateddate=datetime.fromisoformat(entry.modified),
        author_name=without_controls(entry.author),
        categories=[without_controls(category) for category in entry.categories],
        via=entry.via,
        image_url=entry.image_url,
        lang=entry.lang,
        file=entry.enclosure,
    )


def _written_entry(feed: SyndicationFeed, tag: str, item: dict[str, Any]) -> str:
    stream = io.StringIO()
    handler = SimplerXMLGenerator(stream, "utf-8", short_empty_elements=True)
    handler.startElement(tag, feed.item_attributes(item))
    feed.add_item_elements(handler, item)
    handler.endElement(tag)
    return _HTML_ELEMENT.sub(_as_cdata, stream.getvalue())


def _rss_title(title: str) -> str:
    """Return a title as HTML where it would be another text as HTML than as plain text.

    RSS does not say which of the two a title is, and most readers take it for HTML: "Why <b> wins" would lose a word.
    Where both are the same, as nearly always, those that take it for plain text see no entities.
    """
    return escape(title, quote=False) if _LIKE_HTML.search(title) else title


def _as_cdata(match: re.Match[str]) -> str:
    """Return an element whose text is HTML with that HTML as it is: escaped once, and fit for a person to read."""
    return f"{match['start']}{cdata(unescape(match['html']))}{match['end']}"


def _mime(url: str) -> str:
    return _MIMES.get(url.rsplit(".", 1)[-1].lower(), "image/jpeg")
