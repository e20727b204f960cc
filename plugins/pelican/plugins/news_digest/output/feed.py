"""Atom feeds, written with feedgenerator (Pelican's own library)."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from feedgenerator import Atom1Feed

if TYPE_CHECKING:
    from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

    from ..pages.plans import FeedPlan


class _DigestAtomFeed(Atom1Feed):  # type: ignore[misc]
    """Atom with a ``via`` link to the source, content as HTML, and an id that is not the feed's link."""

    def root_attributes(self) -> dict[str, str]:
        """Return the attributes of ``<feed>``."""
        attributes: dict[str, str] = super().root_attributes()
        return attributes

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Write one ``<entry>``."""
        super().add_item_elements(handler, item)
        if item["via"]:
            handler.addQuickElement("link", "", {"rel": "via", "href": item["via"]})
        if item["image_url"]:
            handler.addQuickElement(
                "link", "", {"rel": "enclosure", "href": item["image_url"], "type": _mime(item["image_url"])}
            )


def render_feed(plan: FeedPlan) -> bytes:
    """Return the Atom document that *plan* describes."""
    feed = _DigestAtomFeed(
        title=_xml_text(plan.title),
        link=plan.home_url,
        description="",
        subtitle=_xml_text(plan.subtitle) or None,
        language=plan.lang,
        feed_url=plan.self_url,
        feed_guid=plan.id,
    )
    for entry in plan.entries:
        feed.add_item(
            title=_xml_text(entry.title),
            link=entry.url,
            description=_xml_text(entry.summary) or None,
            content=_xml_text(entry.html) or None,
            unique_id=entry.id,
            pubdate=datetime.fromisoformat(entry.date),
            updateddate=datetime.fromisoformat(entry.modified),
            author_name=_xml_text(entry.author),
            categories=[_xml_text(category) for category in entry.categories],
            via=entry.via,
            image_url=entry.image_url,
        )
    stream = io.StringIO()
    feed.write(stream, "utf-8")
    return stream.getvalue().encode()


def _xml_text(text: str) -> str:
    """Return *text* without the characters that XML 1.0 cannot hold."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))


def _mime(url: str) -> str:
    ending = url.rsplit(".", 1)[-1].lower()
    return {"png": "image/png", "gif": "image/gif", "webp": "image/webp", "avif": "image/avif"}.get(
        ending, "image/jpeg"
    )
