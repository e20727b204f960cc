"""A new item as the text of a file: the way back from values to front matter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Final

import msgspec

from ...text.plain import slugify
from ..yaml.writing import block, quoted

MAX_SLUG_CHARS: Final = 80
# A comment, below `status: draft`: who forgets to replace it publishes nothing.
PLACE_FOR_TEXT: Final = "This item lives here: write its text in Markdown, and remove 'status: draft' above."


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says about a new item; :mod:`.convert` decides what it means.

    Attributes:
        date: Aware.
        url: The link out; ``""`` for an item that lives on this site.
        provider_name, provider_domain: Who published it; both ``""`` when nobody else did.
        quality: Its rank before anybody else reports the story.
        locale: Its language; ``""`` for the site's.
        images: Its pictures, as front matter has them.
        is_video: Whether it is a video.
    """

    title: str
    date: datetime
    excerpt: str = ""
    url: str = ""
    topics: tuple[str, ...] = ()
    provider_name: str = ""
    provider_domain: str = ""
    quality: int = 80
    locale: str = ""
    images: tuple[Mapping[str, object], ...] = ()
    is_video: bool = False


def compose_item(draft: Draft) -> str:
    """Return the text of a file that holds *draft*. Every text is quoted, so none can mean anything to YAML."""
    lines = ["---", f"title: {quoted(draft.title)}"]
    if draft.excerpt.strip():
        lines.append(f"excerpt: {quoted(draft.excerpt)}")
    lines.append(f"publishedDateTime: {moment(draft.date)}")
    if draft.url:
        lines.append(f"webUrl: {quoted(draft.url)}")
    lines += [
        f"type: {'video' if draft.is_video else 'article'}",
        f"quality: {draft.quality}",
        "published: true" if draft.url else "status: draft",
    ]
    # The domain is no name, and known from the address.
    if draft.provider_domain and draft.provider_name not in {"", draft.provider_domain}:
        lines += ["provider:", f"  name: {quoted(draft.provider_name)}"]
        lines.append(f"  domain: {quoted(draft.provider_domain)}")
    if draft.topics:
        lines += ["topics:", *(f"  - {quoted(topic)}" for topic in draft.topics)]
    if draft.locale:
        lines.append(f"locale: {quoted(draft.locale)}")
    if draft.images:
        lines.append(block("images", list(draft.images)).rstrip("\n"))
    body = "" if draft.url else f"\n<!-- {PLACE_FOR_TEXT} -->\n"
    return "\n".join([*lines, "---", body])


def file_stem(title: str, date: datetime, *, tz: tzinfo) -> str:
    """Return the name of an item's file, without ending: the day in the site's zone, and the title as an address.

    A name of more than 80 characters ends at a word.
    """
    day = date.astimezone(tz).date().isoformat()
    return f"{day}-{_shortened(slugify(title)) or 'item'}"


def compose_file(values: Mapping[str, object], body: str) -> str:
    """Return the text of a file with *values* as its front matter, in their order.

    Raises:
        TypeError, ValueError: A value that no file can hold.
    """
    lines = "".join(block(key, value) for key, value in values.items())
    return f"---\n{lines}---\n" + (f"\n{body}\n" if body else "")


def moment(date: datetime) -> str:
    """Return *date* as front matter writes it, with the zone it has: ``Z`` for UTC."""
    return date.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _shortened(slug: str) -> str:
    if len(slug) <= MAX_SLUG_CHARS:
        return slug
    cut = slug[: MAX_SLUG_CHARS + 1]
    return cut.rpartition("-")[0] or slug[:MAX_SLUG_CHARS]
