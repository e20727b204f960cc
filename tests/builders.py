"""One-line builders of the values that tests are about; everything that a test does not name is unremarkable."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from pelican.plugins.news_digest.disk.files import item_address
from pelican.plugins.news_digest.model import (
    ImageRef,
    NewsItem,
    ProviderRecord,
    ProviderRef,
    RelatedLink,
    TopicRecord,
)
from pelican.plugins.news_digest.text.address import link_key


def make_date(text: str) -> datetime:
    """Return ``2026-05-01`` or ``2026-05-01T08:00`` as aware UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def make_item(slug: str = "a", *, date: str = "2026-05-01T08:00", **values: Any) -> NewsItem:
    """Return an item; its link, title and address follow from *slug* unless they are given, as does what is packed from
    ``raw``.
    """
    if "raw" in values:
        values["packed"] = msgspec.msgpack.encode((0, values.pop("raw")))
    defaults: dict[str, Any] = {
        "source_path": f"news/{slug}.md",
        "title": f"Title of {slug}",
        "date": make_date(date),
        "url": f"https://{slug}.example/story/",
        "address": item_address(slug),
        "provider": make_provider_ref(),
    }
    return NewsItem(slug=slug, **{**defaults, **values})


def make_provider_ref(
    domain: str = "post.example", name: str = "The Post", icon: ImageRef | None = None
) -> ProviderRef:
    """Return who published an item."""
    return ProviderRef(domain=domain, name=name, icon=icon)


def make_link(target: str = "b", *, date: str = "2026-05-01T08:00", **values: Any) -> RelatedLink:
    """Return a related entry that leads to the item called *target*."""
    url = f"https://{target}.example/story/"
    defaults: dict[str, Any] = {
        "url": url,
        "key": link_key(url),
        "title": f"Title of {target}",
        "date": make_date(date),
        "provider": make_provider_ref(),
    }
    return RelatedLink(**{**defaults, **values})


def make_topic(name: str, *, parent: str = "", **values: Any) -> TopicRecord:
    """Return a topic record whose id is its name in lower case."""
    return TopicRecord(**{"id": name.lower(), "name": name, "parent": parent, **values})


def make_provider(domain: str, name: str = "", **values: Any) -> ProviderRecord:
    """Return a provider record."""
    return ProviderRecord(domain=domain, name=name or domain, **values)


def front_matter(**values: str) -> str:
    """Return the text of a file that is valid but for what *values* change; ``None``-like ``""`` drops a key.

    Values are YAML, so texts need their own quotation marks.
    """
    lines = {
        "category": "news",
        "title": '"A headline"',
        "excerpt": '"What happened."',
        "publishedDateTime": "2026-05-01T08:00:00Z",
        "webUrl": '"https://post.example/a/"',
        "type": "article",
        "quality": "60",
        "heat": "80",
        "published": "true",
        "provider": "\n  name: The Post\n  domain: post.example",
        "topics": "\n  - Harbour",
        **values,
    }
    body = "\n".join(f"{key}: {value}".replace(": \n", ":\n", 1) for key, value in lines.items() if value != "")
    return f"---\n{body}\n---\n"
