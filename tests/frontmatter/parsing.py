"""What the text of one file gives."""

from __future__ import annotations

from datetime import UTC

from pelican.plugins.news_digest.errors import Severity
from pelican.plugins.news_digest.frontmatter.items.convert import Parsed, parse_item
from pelican.plugins.news_digest.frontmatter.items.links import RelatedPool
from pelican.plugins.news_digest.model import NewsItem, Status


def parse(text: str, *, pool: RelatedPool | None = None) -> Parsed:
    """Return what the file ``news/x.md`` with *text* gives."""
    return parse_item(text, source_path="news/x.md", slug="x", address="news/x/", tz=UTC, pool=pool or RelatedPool())


def item(text: str) -> NewsItem:
    """Return the item of a file that is beyond reproach."""
    found = parse(text)
    assert found.diagnostics == ()
    assert found.item is not None
    return found.item


def codes(text: str) -> list[str]:
    """Return the codes of what there is to say about *text*."""
    return [diagnostic.code for diagnostic in parse(text).diagnostics]


def is_sound(found: Parsed) -> bool:
    """Whether *found* is an item that may be shown, or an error, and not both."""
    is_shown = found.item is not None and found.item.status in {Status.PUBLISHED, Status.UNPUBLISHED}
    is_error = any(d.severity is Severity.ERROR for d in found.diagnostics)
    return is_error or found.item is not None if not is_shown else not is_error
