"""Who wrote Pelican's own articles, and their categories: each with its page and feeds, where the site had them before.

An author who is called like a source is that source: the name leads to the source's page, which lists an article that
nobody else wrote, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import msgspec
from pelican.contents import Author, Category, Content

from ..model import NewsItem, ProviderRef
from ..naming.names import portable_path
from ..pages.classic.texts import Shelf, ShelfKind
from ..pages.site import source_called, topic_called
from ..pages.views.base import LinkView
from ..text.plain import clean_markup_text, fold
from .old_feeds import feeds_of

if TYPE_CHECKING:
    from pelican.urlwrappers import URLWrapper  # type: ignore[import-untyped]

    from ..catalogue.build import Catalogue
    from ..frontmatter.reader import Archive

# What stands in addresses as it is.
_OF_ADDRESSES = "/?&=+,;:@!$()*~%"


class Shelves:
    """The authors and categories of one build.

    Attributes:
        shelves: Those that have articles in lists, in order.

    Args:
        settings: Pelican's, as the site wrote them.
        classic: Articles that Pelican read, each as an item, too.
    """

    def __init__(
        self, settings: Mapping[str, Any], classic: Iterable[tuple[NewsItem, Content]], catalogue: Catalogue
    ) -> None:
        self._catalogue = catalogue
        # What Pelican's objects would say by themselves is what we say: see `.leading`.
        self._settings = {key: str(value) if isinstance(value, str) else value for key, value in settings.items()}
        self._sources: set[tuple[ShelfKind, str]] = set()
        articles = {item.slug: article for item, article in classic if not hasattr(article, "digest")}
        found: dict[tuple[ShelfKind, str], tuple[URLWrapper, list[str]]] = {}
        for item in catalogue.listed if articles else ():
            for kind, wrapper in _wrappers(articles.get(item.slug)):
                key = (kind, str(wrapper.slug))
                found.setdefault(key, (wrapper, []))[1].append(item.slug)
                if item.provider is not None and kind is ShelfKind.AUTHOR:
                    self._sources.add(key)
        self._by_slug = {key: self._shelf(key, *found[key]) for key in sorted(found)}
        self._by_name = {(shelf.kind, fold(shelf.name)): shelf for shelf in self._by_slug.values()}
        self.shelves = tuple(s for s in self._by_slug.values() if s.address or s.feeds)

    def _shelf(self, key: tuple[ShelfKind, str], wrapper: URLWrapper, slugs: Sequence[str]) -> Shelf:
        kind, name = key[0], _name(wrapper)
        is_author = kind is ShelfKind.AUTHOR
        is_source = key in self._sources or (is_author and source_called(self._catalogue, name, otherwise=""))
        plain = type(wrapper)(wrapper.name, self._settings)
        has_page = bool(plain.slug and plain.save_as and plain.url) and not is_source
        return Shelf(
            kind=kind,
            name=name,
            address=quote(str(plain.url), safe=_OF_ADDRESSES) if has_page else "",
            save_as=portable_path(str(plain.save_as)) if has_page else "",
            feeds=feeds_of(kind.name, self._settings, str(plain.slug)) if plain.slug else (),
            slugs=tuple(slugs),
        )

    def address(self, kind: ShelfKind, name: str, *, otherwise: str) -> str:
        """Return where the author or the category *name*, as a link in a text says it, has a page."""
        name = unquote(name)
        shelf = self._by_name.get((kind, fold(name))) or self._by_slug.get((kind, name))
        if shelf is not None and shelf.address:
            return shelf.address
        find = source_called if kind is ShelfKind.AUTHOR else topic_called
        return find(self._catalogue, name, otherwise=otherwise)

    def authors_of(self, article: Content) -> tuple[LinkView, ...]:
        """Return who wrote *article*, in order, each with a page if there is one."""
        names = (author for kind, author in _wrappers(article) if kind is ShelfKind.AUTHOR)
        return tuple(self._link(ShelfKind.AUTHOR, author) for author in names)

    def category_of(self, article: Content) -> LinkView | None:
        """Return what *article* stands under."""
        return next((self._link(kind, each) for kind, each in _wrappers(article) if kind is ShelfKind.CATEGORY), None)

    def _link(self, kind: ShelfKind, wrapper: URLWrapper) -> LinkView:
        shelf = self._by_slug.get((kind, str(wrapper.slug)))
        name = _name(wrapper)
        return LinkView(text=name, href=(shelf and shelf.address) or self.address(kind, name, otherwise=""))


def _wrappers(article: Content | None) -> Iterator[tuple[ShelfKind, URLWrapper]]:
    """Yield the authors and the category of *article* that have a name; nothing for None.

    The folder of the items is no category: all that lies in it is news.
    """
    authors = getattr(article, "authors", None) or [getattr(article, "author", None)]
    yield from ((ShelfKind.AUTHOR, each) for each in authors if isinstance(each, Author) and _name(each))
    category = getattr(article, "category", None)
    if isinstance(category, Category) and _name(category) and not _is_of_items(article, category):
        yield ShelfKind.CATEGORY, category


def _is_of_items(article: Content, category: Category) -> bool:
    news = str(article.settings.get("DIGEST_NEWS_PATH", "news"))
    return str(article.relative_dir) == news and category.name == news.rpartition("/")[2]


def _name(wrapper: URLWrapper) -> str:
    return clean_markup_text(str(wrapper.name))


def with_sources(classic: Sequence[tuple[NewsItem, Content]], archive: Archive) -> tuple[NewsItem, ...]:
    """Return the items of *classic*; those whose only author is called like a source of *archive* are that source's."""
    items = tuple(item for item, _ in classic)
    alone = {item.slug: author for item, article in classic if (author := _only(article))}
    if not alone:
        return items
    wanted = {fold(name) for name in alone.values()}
    refs = {item.provider.name: item.provider for item in archive.items if item.provider and item.provider.domain}
    names = [*((record.name, record.domain) for record in archive.providers), *((n, refs[n].domain) for n in refs)]
    known = {
        fold(name): ProviderRef(domain=domain, name=name) for name, domain in reversed(names) if fold(name) in wanted
    }
    return tuple(
        msgspec.structs.replace(item, provider=known.get(fold(alone.get(item.slug, "")), item.provider))
        for item in items
    )


def _only(article: Content) -> str:
    """Return the name of the only author of one of Pelican's articles; ``""`` where there are more, or none."""
    names = [_name(each) for kind, each in _wrappers(article) if kind is ShelfKind.AUTHOR]
    return names[0] if len(names) == 1 and not hasattr(article, "digest") else ""
