"""Items as Pelican's articles, and Pelican's classic articles as items: so that both can be listed together."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape
from pelican.contents import Article, Author, Category, Tag
from pelican.settings import DEFAULT_CONFIG

from ..frontmatter.classic import name_as_html, text_as_html
from ..frontmatter.items.values import story_id
from ..model import NewsItem, Status
from ..text.plain import clean_markup_text
from .whole_articles import WholeArticles

if TYPE_CHECKING:
    from ..catalogue.build import Catalogue

SUMMARY_WORDS = 40
_TAG = re.compile(r"</?([a-zA-Z0-9]*)[^<>]*>")
_WITHIN_A_LINE = frozenset(
    "a abbr b cite code del em font i ins kbd mark q s samp small span strong sub sup u var".split()
)


class Sources(dict[str, Any]):
    """What Pelican made of which file, by its path: an item becomes an article when a text leads to it.

    Args:
        known: What was made, and None for a file that nothing was made of yet.
        find: Returns the article of an item's file; None for any other file.
    """

    def __init__(self, known: Mapping[str, Any], *, find: Callable[[str], Article | None]) -> None:
        super().__init__(known)
        self._find = find

    def get(self, path: str, default: Any = None) -> Any:  # noqa: ANN401 - as Pelican has it
        """Return what was made of the file at *path*, which is how Pelican asks where a link leads."""
        found = super().get(path)
        if found is None and (found := self._find(path)) is not None:
            self[path] = found
        return default if found is None else found


class ArticleMaker:
    """Makes articles; authors, tags and categories are shared between them."""

    def __init__(self, settings: dict[str, Any], context: dict[str, Any], *, sender: object = None) -> None:
        self._settings = settings
        self._tz = ZoneInfo(settings["TIMEZONE"])
        self._whole = WholeArticles(settings, context, sender=sender)
        self._wrappers: dict[tuple[type, str, str], Any] = {}

    def article(self, item: NewsItem, catalogue: Catalogue) -> Article:
        """Return *item* as an article of Pelican's, without asking the file system or Pelican's pipeline."""
        topics, ids = catalogue.taxonomy.topics, catalogue.topic_ids.get(item.slug, ())
        source = catalogue.source_name(item.provider) if item.provider else item.url
        named = {
            "date": item.date.astimezone(self._tz),
            "category": self._wrapped(Category, item.category),
            "tags": [self._wrapped(Tag, topics[topic_id].name, topic_id) for topic_id in ids],
            # A source may have a name and no domain: then it has no page, and is an author all the same.
            "authors": [self._wrapped(Author, source, catalogue.provider_of.get(item.slug, ""))]
            if item.provider
            else [],
        }
        return self._whole.article(item, named, content=content_of(item, source), summary=summary_of(item))

    def _wrapped(self, kind: type, name: str, slug: str = "") -> Any:  # noqa: ANN401 - Pelican's URL wrappers
        key = (kind, name, slug)
        if key not in self._wrappers:
            wrapper = kind(name_as_html(name), self._settings)
            if slug:
                wrapper.slug = slug
            self._wrappers[key] = wrapper
        return self._wrappers[key]


def content_of(item: NewsItem, source: str) -> str:
    """Return what stands on the page of *item* in another theme: the body, or the excerpt with the link out."""
    return item.body or f"{summary_of(item)}{_way_out(item, source)}"


def summary_of(item: NewsItem) -> str:
    """Return the excerpt as HTML."""
    return f"<p>{text_as_html(item.excerpt)}</p>" if item.excerpt else ""


def _way_out(item: NewsItem, name: str) -> Markup:
    if not item.url:
        return Markup()
    return Markup(f'<p><a href="{escape(item.url)}" rel="external noopener">{escape(name)}</a></p>')  # noqa: S704


def item_of_article(article: Article) -> NewsItem:
    """Return one of Pelican's own articles as an item, so that it stands in lists, topics and feeds.

    Its tags are topics; its address is Pelican's; it lives on this site, so it has no link out.
    """
    summary = article.metadata.get("summary") or _first_words(article)
    return NewsItem(
        slug=str(article.slug),
        source_path=str(article.relative_source_path),
        title=clean_markup_text(str(article.title)) or str(article.slug),  # Pelican's titles are HTML
        excerpt=clean_markup_text(str(summary)),
        date=plain_date(article.date),
        modified=plain_date(article.modified) if hasattr(article, "modified") else None,
        category=str(article.category),
        topics=tuple(tag.name for tag in getattr(article, "tags", ())),
        status=Status.PUBLISHED,
        lang="" if article.in_default_lang else str(article.lang),
        story=story_id(article.metadata.get("story"))[0],
        has_own_heat=False,
        address=str(article.url),
    )


def plain_date(moment: datetime) -> datetime:
    """Return *moment*, which Pelican made a kind of its own, in UTC."""
    return datetime.fromisoformat(moment.astimezone(UTC).isoformat())


def _first_words(article: Article) -> str:
    """Return how a text begins, as long as Pelican's settings say where they say more than their defaults."""
    settings = article.settings
    # The raw content: its links cannot be resolved before every page is known, and words need no links.
    html = article._content or ""  # noqa: SLF001
    if paragraphs := settings.get("SUMMARY_MAX_PARAGRAPHS"):
        html = "</p>".join(html.split("</p>")[:paragraphs])
    # What parts a text in blocks parts its words; what stands within a line does not.
    words = clean_markup_text(_TAG.sub(lambda tag: "" if tag[1].lower() in _WITHIN_A_LINE else " ", html)).split()
    most = settings["SUMMARY_MAX_LENGTH"]
    most = SUMMARY_WORDS if most == DEFAULT_CONFIG["SUMMARY_MAX_LENGTH"] else most
    if most is None or len(words) <= most:
        return " ".join(words)
    return " ".join(words[:most]) + str(settings["SUMMARY_END_SUFFIX"])
