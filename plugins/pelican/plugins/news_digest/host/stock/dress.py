"""Gives articles what other people's themes read of them, before Pelican makes pages of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pelican.plugins import signals

from ..listening import listeners, plugin_of
from ..whole_articles import without_own_links
from .content import StockContent, stock_content
from .desk import StockDesk
from .escaping import Printable, address_as_html, printable_copy

if TYPE_CHECKING:
    from markupsafe import Markup
    from pelican.contents import Article

    from ...model import NewsItem
    from ...pages.newsroom import Newsroom
    from ...pages.views.story import PictureView
    from ..inputs import SiteInputs
    from ..state import Build


def dress(articles: Sequence[Article], build: Build, inputs: SiteInputs) -> None:
    """Set what stock themes read on *articles*, newest first, and on their tags and authors.

    What an article has already stays: its file said so.
    """
    room = inputs.newsroom(build)
    by_slug = {str(article.slug): article for article in articles}
    items = {item.slug: item for item in build.catalogue.published}
    files = {
        str(address_as_html(item.address)): item.source_path
        for item in items.values()
        if item.slug in build.catalogue.paged
    }
    desk = StockDesk(room, inputs.settings)
    dresser = _Dresser(room, desk, by_slug, files, build.settings.stock_content)
    for article in articles:
        dresser.dress(article, items[str(article.slug)], is_classic=str(article.slug) in build.classic)
    build.stock_pictures = tuple(sorted(build.pictures.usual_files() & {*dresser.shown, *desk.icons()}))
    _tell_neighbours([by_slug[item.slug] for item in build.catalogue.listed if item.slug in by_slug])
    _tell_series(articles, items)


def _is_related_elsewhere() -> bool:
    """Whether pelican-related-posts is there: it takes what stands under the name for text out of the file."""
    return any("related_posts" in plugin_of(one) for one in listeners(signals.article_generator_finalized))


class _Dresser:
    def __init__(
        self, room: Newsroom, desk: StockDesk, by_slug: Mapping[str, Article], files: Mapping[str, str], holds: str
    ) -> None:
        self._room, self._desk, self._by_slug, self._files = room, desk, by_slug, files
        self._holds = StockContent(holds)
        self._siteurl = room.site.url
        self.shown: set[str] = set()  # addresses of pictures

    def dress(self, article: Article, item: NewsItem, *, is_classic: bool) -> None:
        """Set everything on one article."""
        article.coverage = self._desk.coverage(item)
        article.story = self._desk.story(item)
        article.source = self._desk.source(item.provider)
        for tag in getattr(article, "tags", ()):
            tag.topic = self._desk.topic_named(tag.name)
        if is_classic:
            if hasattr(article, "digest"):
                article.digest = Printable(item)
            return
        if article.source is not None:
            article.author.provider = article.source
        picture = self._room.picture(item)
        if picture is not None:
            self.shown.add(picture.src)
        article._content = stock_content(  # noqa: SLF001 - Pelican's own attribute, which its content is made of
            item,
            body=without_own_links(self._room.body(item)),
            story=article.story,
            coverage=article.coverage,
            picture=picture,
            files=self._files,
            holds=self._holds,
        )
        for name, value in self._attributes(item, picture).items():
            _offer(article, name, value)

    def _attributes(self, item: NewsItem, picture: PictureView | None) -> dict[str, Any]:
        """Return what several themes read under one name."""
        found: dict[str, Any] = {} if _is_related_elsewhere() else {"related_posts": self._related(item)}
        if item.url:
            found["link"] = address_as_html(item.url)
        if picture:
            src = address_as_html(picture.src)
            found |= {"cover": src, "image": src}
            found["featured_image"] = src if picture.is_external else address_as_html(f"{self._siteurl}/{picture.src}")
            if not picture.is_external:  # themes put the site's address before it
                found["og_image"] = src
        return found

    def _related(self, item: NewsItem) -> list[Article]:
        """Return the articles of this site on the same story, else those that are like it."""
        catalogue = self._room.catalogue
        found = [member.slug for member in catalogue.clusters[item.slug].members if member.has_page]
        if not catalogue.clusters.is_covered(item.slug):
            found = [other.slug for other in self._room.related.get(item.slug, ())]
        return [self._by_slug[slug] for slug in found if slug in self._by_slug]


def _offer(article: Article, name: str, value: Any) -> None:  # noqa: ANN401 - an attribute of somebody's theme
    if not hasattr(article, name):
        setattr(article, name, value)


def _tell_neighbours(articles: Sequence[Article]) -> None:
    """Set ``next_article`` (newer) and ``prev_article`` (older), as the plugin neighbors does."""
    for newer, older in pairwise(articles):
        _offer(newer, "prev_article", older)
        _offer(older, "next_article", newer)


def _tell_series(articles: Sequence[Article], items: Mapping[str, NewsItem]) -> None:
    """Set ``series`` as the plugin of that name does, for articles whose file names one: oldest first."""
    by_name: dict[str, list[Article]] = {}
    for article in reversed(articles):
        extra = items[str(article.slug)].extra
        name = extra.get("series") or getattr(article, "metadata", {}).get("series")
        if isinstance(name, str) and name.strip():
            by_name.setdefault(name.strip(), []).append(article)
    for name, parts in by_name.items():
        for index, article in enumerate(parts):
            article.series = {
                "name": _shown(name),
                "index": index + 1,
                "all": parts,
                "all_previous": parts[:index],
                "all_next": parts[index + 1 :],
                "previous": parts[index - 1] if index else None,
                "next": parts[index + 1] if index + 1 < len(parts) else None,
            }


def _shown(name: str) -> Markup:
    shown: Markup = printable_copy(name)
    return shown
