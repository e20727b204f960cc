"""JSON Feed (version 1 and 1.1) as the same values that feeds of XML have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from ...text.language_tags import language_tag
from .entries import (
    MAX_ENTRIES,
    MAX_GUID_CHARS,
    MAX_TITLE_CHARS,
    Entry,
    Feed,
    FeedError,
    Picture,
    address_of,
    cut_title,
    excerpt_of,
    joined,
    link_of,
    pictures_of,
    plain_title,
    washed,
)
from .feed_dates import moment_s

_VERSION: Final = "jsonfeed.org/version"


def parse_json_feed(data: bytes, *, url: str) -> Feed:
    """Return what a JSON feed says; an entry that is none is left out.

    Raises:
        FeedError: It is no JSON, or no feed.
    """
    try:
        found = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise FeedError(f"is no JSON that can be read: {error}"[:160]) from None
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list) or not (_VERSION in str(found.get("version")) or found.get("title") is not None):
        raise FeedError("is JSON, but no feed")
    entries = [each for each in items if isinstance(each, dict)]
    # Addresses are to be whole; what is not begins at the site, for feeds are handed out by others.
    site = address_of(joined(url, _text(found, "home_page_url")))
    base = site or address_of(joined(url, _text(found, "feed_url"))) or url
    return Feed(
        title=cut_title(plain_title(_text(found, "title"), is_html=False)),
        site=site,
        lang=language_tag(_text(found, "language")),
        entries=tuple(_entry(each, base) for each in entries[:MAX_ENTRIES]),
        left_out=max(0, len(entries) - MAX_ENTRIES),
    )


def _entry(found: dict[str, Any], base: str) -> Entry:
    link, problem = link_of(joined(base, each) for each in _links(found))
    html, plain = _text(found, "content_html"), _text(found, "content_text")
    summary = _text(found, "summary")
    # A summary and `content_text` are text by definition, whatever signs they hold.
    excerpt = excerpt_of(summary or plain or html, is_html=not (summary or plain))
    title = plain_title(_text(found, "title"), is_html=False) or excerpt[:MAX_TITLE_CHARS]
    return Entry(
        title=cut_title(title),
        link=link,
        link_problem=problem,
        guid=_text(found, "id")[:MAX_GUID_CHARS],
        published_s=moment_s(_text(found, "date_published"), lang=""),
        updated_s=moment_s(_text(found, "date_modified"), lang=""),
        excerpt=excerpt,
        body=washed(html, base=base),
        lang=language_tag(_text(found, "language")),
        pictures=pictures_of((Picture(url=each) for each in _pictures(found) if each), html, base=base),
        is_cut=len(title) > MAX_TITLE_CHARS,
    )


def _links(found: dict[str, Any]) -> Iterator[str]:
    """Yield where an entry may lead. `external_url` is what a post of links is about."""
    yield _text(found, "url")
    yield _text(found, "external_url")
    guid = _text(found, "id")
    if guid.startswith(("http://", "https://")):
        yield guid
    for each in _list(found, "attachments"):
        yield _text(each, "url")


def _pictures(found: dict[str, Any]) -> Iterator[str]:
    yield _text(found, "image")
    yield _text(found, "banner_image")
    yield from (
        _text(each, "url") for each in _list(found, "attachments") if _text(each, "mime_type").startswith("image/")
    )


def _list(found: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = found.get(key)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _text(found: dict[str, Any], key: str) -> str:
    value = found.get(key)
    return value if isinstance(value, str) else str(value) if type(value) in {int, float} else ""
