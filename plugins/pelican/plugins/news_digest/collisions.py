"""Pelican's own articles and pages: each gets a file of its own, so that none is lost to another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from .articles import item_of_article
from .errors import Diagnostic, diagnose
from .frontmatter.files import item_address
from .guard import say
from .model import Status
from .pages.plans import page_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pelican.contents import Content
    from pelican.generators import ArticlesGenerator

    from .model import NewsItem


def own_contents(context: dict[str, Any]) -> Iterator[tuple[Content, bool]]:
    """Yield the owner's pages and unlisted articles, and whether each is listed."""
    translated = tuple(t for page in context["pages"] for t in page.translations)
    yield from ((page, True) for page in dict.fromkeys((*context["pages"], *translated)))
    unlisted = (*context.get("hidden_pages", ()), *context.get("draft_pages", ()))
    articles = (*context.get("drafts", ()), *context.get("hidden_articles", ()))
    for page in (*unlisted, *(article for article in articles if not hasattr(article, "digest"))):
        yield page, False


def settle(contents: Iterable[Content], *, taken: dict[str, str]) -> Iterator[Diagnostic]:
    """Give a numbered address to each of *contents* whose file somebody else has; say so.

    Who comes first in the order of source files keeps the name, so that it does not depend on how Pelican found them.

    Args:
        contents: Articles and pages that Pelican read.
        taken: File → who writes it; grows. Names that differ in case alone are one file on many disks.
    """
    for content in sorted(contents, key=lambda content: str(content.relative_source_path)):
        path, save_as = str(content.relative_source_path), str(content.save_as)
        owner = taken.get(save_as.casefold())
        if owner is None or owner == path:
            taken[save_as.casefold()] = path
            continue
        number = 2
        while numbered(save_as, number).casefold() in taken:
            number += 1
        url = str(content.url)
        content.override_save_as = numbered(save_as, number)
        content.override_url = content.override_save_as if url == save_as else numbered(url, number)
        taken[content.override_save_as.casefold()] = path
        message = f"{save_as!r} is taken by {owner}; this file is {content.override_save_as!r}"
        yield diagnose("ND112", message, path=path, hint="give one of them another slug")


def numbered(address: str, number: int) -> str:
    """Return *address* with a number: ``a/`` → ``a-2/``, ``a/index.html`` → ``a-2/index.html``, ``a.html`` →
    ``a-2.html``.
    """
    folder, slash, name = address.rpartition("/")
    if folder and name in {"", "index.html"}:
        return f"{folder}-{number}{slash}{name}"
    stem, dot, ending = name.rpartition(".")
    return f"{folder}{slash}{stem}-{number}{dot}{ending}" if dot else f"{address}-{number}"


def settle_articles(generator: ArticlesGenerator, items: Sequence[NewsItem]) -> None:
    """Give each of Pelican's own articles a file of its own."""
    own = [*generator.articles, *generator.translations, *generator.hidden_articles]
    taken = {page_file(item.address).casefold(): item.source_path for item in items} if own else {}
    say(generator.context, settle(dict.fromkeys(own), taken=taken))


def classic_items(generator: ArticlesGenerator, *, taken: set[str]) -> list[tuple[NewsItem, Any]]:
    """Return Pelican's own articles as items, each with its article."""
    found = []
    for article in (*generator.articles, *generator.translations, *generator.hidden_articles):
        item = getattr(article, "digest", None)
        if item is None:
            if article in generator.hidden_articles:
                continue
            item = item_of_article(article)
        slug, number = item.slug, 1
        while slug in taken:
            number += 1
            slug = f"{item.slug}-{number}"
        taken.add(slug)
        if slug != item.slug:
            address = item_address(slug) if hasattr(article, "digest") else item.address
            item = msgspec.structs.replace(item, slug=slug, address=address)
        if item.status is not Status.DRAFT:
            found.append((item, article))
    return found
