"""Pelican's own articles and pages: each gets a file of its own, so that none is lost to another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import msgspec

from ..errors import Diagnostic, diagnose
from ..model import NewsItem, Status
from ..naming import places
from ..naming.names import name_key, portable_name, portable_path
from ..naming.places import NOTHING, Known, Settled
from ..pages.plans import page_file
from ..setting.values import ItemUrl
from ..settings import read_settings
from .articles import item_of_article
from .guard import say

if TYPE_CHECKING:
    from pelican.contents import Content
    from pelican.generators import ArticlesGenerator

    from ..frontmatter.addresses import AddressBook

# So many files of one name are told apart by what is written down.
MOST: Final = 999


def settle(
    contents: Iterable[Content], *, taken: dict[str, str], known: Known = NOTHING, outcome: Settled | None = None
) -> Iterator[Diagnostic]:
    """Give a numbered address to each of *contents* whose file somebody else has; say so.

    Who was there first keeps the name; where nobody knows, who comes first in the order of source files, so that it
    does not depend on how Pelican found them.

    Args:
        contents: Articles and pages that Pelican read.
        taken: File → who writes it; grows. Names that differ in case alone are one file on many disks.
        known: Who has which file so far.
        outcome: Gets what was given out, and what has to be written down.
    """
    by_path = {str(content.relative_source_path): content for content in contents}
    for path, content in sorted(by_path.items()):
        yield from _mended(path, content)
    wants = {path: str(by_path[path].save_as) for path in sorted(by_path)}
    rivals = Counter(name_key(save_as) for save_as in wants.values())
    kept = {owner: name for name, owner in sorted(known.lines.items(), reverse=True)}

    def order(path: str) -> tuple[bool, bool, str]:
        was_there = rivals[name_key(wants[path])] > 1 and known.last().get(path) == wants[path]
        return (path not in kept, not was_there, path)

    for path in sorted(wants, key=order):
        save_as, content = wants[path], by_path[path]
        mine = _free_name(save_as, path, kept=kept.get(path, ""), taken=taken)
        taken[name_key(mine)] = path
        if mine != save_as:
            url = str(content.url)
            content.override_save_as = mine
            content.override_url = mine if url == save_as else numbered(url, _number_of(mine, save_as))
        if outcome is not None:
            outcome.names[path] = mine
            if mine != save_as or rivals[name_key(save_as)] > 1:
                outcome.lines[mine] = path
    for path, save_as in wants.items():
        owner, mine = taken.get(name_key(save_as), path), str(by_path[path].save_as)
        if owner != path:
            message = f"{save_as!r} is taken by {owner}; this file gets {mine!r}"
            yield diagnose("ND112", message, path=path, hint="give one of them another slug")


def _mended(path: str, content: Content) -> Iterator[Diagnostic]:
    """Give *content* a file that every disk and host takes, and say so where it had another one."""
    save_as, url = str(content.save_as), str(content.url)
    mine = portable_path(save_as)
    if mine != save_as:
        content.override_save_as = mine
        content.override_url = mine if url == save_as else portable_path(url)
        hint = "give it another slug: disks or hosts refuse this name"
        yield diagnose("ND113", f"{save_as!r} became {mine!r}", path=path, hint=hint)


def _free_name(save_as: str, path: str, *, kept: str, taken: Mapping[str, str]) -> str:
    """Return the file that is kept for *path*, if it is one that it may have, else the one it wants, or a number's."""
    if kept and _number_of(kept, save_as) and taken.get(name_key(kept), path) == path:
        return kept
    names = chain((save_as,), (numbered(save_as, number) for number in count(2)))
    return next(name for name in names if taken.get(name_key(name), path) == path)


def _number_of(name: str, save_as: str) -> int:
    """Return the number that makes *name* of *save_as*; 1 where they are the same, 0 where there is none."""
    if name == save_as:
        return 1
    return next((number for number in range(2, MOST + 1) if numbered(save_as, number) == name), 0)


def numbered(address: str, number: int) -> str:
    """Return *address* with a number: ``a/`` → ``a-2/``, ``a/index.html`` → ``a-2/index.html``, ``a.html`` →
    ``a-2.html``.
    """
    folder, slash, name = address.rpartition("/")
    if folder and name in {"", "index.html"}:
        return f"{folder}-{number}{slash}{name}"
    stem, dot, ending = name.rpartition(".")
    return f"{folder}{slash}{stem}-{number}{dot}{ending}" if dot else f"{address}-{number}"


def settle_articles(
    generator: ArticlesGenerator, items: Sequence[NewsItem], book: AddressBook
) -> list[tuple[NewsItem, Any]]:
    """Give each of Pelican's own articles a file of its own, and return them as items, each with its article."""
    own = [*generator.articles, *generator.translations, *generator.hidden_articles]
    if not own:
        return []
    taken = {name_key(page_file(item.address)): item.source_path for item in items}
    outcome = Settled({}, {})
    say(generator.context, settle(dict.fromkeys(own), taken=taken, known=book.known("articles"), outcome=outcome))
    found = sorted(_classic_items(generator), key=lambda pair: pair[0].source_path)  # Pelican's order is a set's
    # What a feed and a reader's browser know them by.
    slugs = places.settle(
        {item.source_path: portable_name(item.slug) or "item" for item, _ in found},
        book.known("slugs"),
        reserved=frozenset(name_key(item.slug) for item in items),
    )
    book.keep(articles=outcome, slugs=slugs)
    url, tz = ItemUrl(read_settings(generator.settings).item_url), ZoneInfo(generator.settings["TIMEZONE"])
    return [
        (_with_slug(item, article, slugs.names[item.source_path], url=url, tz=tz), article)
        for item, article in found
        if item.status is not Status.DRAFT
    ]


def _classic_items(generator: ArticlesGenerator) -> Iterator[tuple[NewsItem, Any]]:
    for article in (*generator.articles, *generator.translations, *generator.hidden_articles):
        item = getattr(article, "digest", None)
        if item is not None:
            yield item, article
        elif article in generator.articles:  # translations are pages beside them, and stand in no list
            yield item_of_article(article), article


def _with_slug(item: NewsItem, article: Content, slug: str, *, url: ItemUrl, tz: ZoneInfo) -> NewsItem:
    if slug == item.slug:
        return item
    is_item = hasattr(article, "digest")
    address = url.address(slug, item.date.astimezone(tz).date()) if is_item else item.address
    return msgspec.structs.replace(item, slug=slug, address=address)
