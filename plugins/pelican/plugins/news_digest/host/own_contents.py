"""What the owner has written and Pelican has read: pages, and articles that are no items."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pelican.contents import Content


def own_contents(context: dict[str, Any]) -> Iterator[tuple[Content, bool]]:
    """Yield the owner's pages, translations of articles and unlisted articles, and whether each is listed."""
    pages = context.get("pages", ())  # none are read for an email
    translated = tuple(t for page in pages for t in page.translations)
    yield from ((page, True) for page in dict.fromkeys((*pages, *translated)))
    unlisted = (*context.get("hidden_pages", ()), *context.get("draft_pages", ()))
    own = [article for article in context.get("articles", ()) if not hasattr(article, "digest")]
    listed = set(map(id, own))  # two of one language and one slug are translations of each other to Pelican
    translations = dict.fromkeys(t for article in own for t in article.translations if id(t) not in listed)
    yield from ((article, True) for article in translations)
    articles = (*context.get("drafts", ()), *context.get("hidden_articles", ()))
    for page in (*unlisted, *(article for article in articles if not hasattr(article, "digest"))):
        yield page, False


def save_as_of(content: Content) -> str:
    """Return where Pelican's settings put one of its articles or pages, with ``/``."""
    return str(content.save_as).replace(os.sep, "/")
