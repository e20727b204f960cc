"""Items as Pelican's articles, and Pelican's classic articles as items: so that both stand beside each other."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape
from pelican.contents import Article, Author, Category, Tag
from pelican.settings import DEFAULT_CONFIG

from ..frontmatter.classic import name_as_html, text_as_html
from ..model import NewsItem, Status
from ..pages.plans import page_file
from ..text.plain import clean_markup_text
from .whole_articles import WholeArticles

if TYPE_CHECKING:
    from ..catalogue.build import Catalogue

SUMMARY_WORDS = 40
_TAG = re.compile(r"</?([a-zA-Z0-9]*)[^<>]*>")
_WITHIN_A_LINE = frozenset(
    "a abbr b cite code del em font i ins kbd mark q s samp small span strong sub sup u var".split()
)


class ItemArticle(Article):  # type: ignore[misc]
    """A news item where our theme renders and nobody else looks: Pelican's own steps read it, and little of it.

    It is made without Pelican's own pipeline, which costs 1.5 ms an article (docs/decisions/0003). ``digest`` is the
    :class:`~..model.NewsItem`; what Pelican does not ask of every article is worked out when somebody asks. Whoever
    listens, and every other theme, gets a whole one: :mod:`.whole_articles`.
    """

    digest: NewsItem
    source_name = ""
    status = "published"
    template = "article"
    in_default_lang = True

    @cached_property
    def slug(self) -> str:
        """The file's name."""
        return self.digest.slug

    @cached_property
    def lang(self) -> str:
        """The item's language, else the site's."""
        return self.digest.lang or str(self.settings["DEFAULT_LANG"]).lower()

    @cached_property
    def translations(self) -> list[Article]:
        """None: items in another language are no translations of each other."""
        return []

    @cached_property
    def source_path(self) -> str:
        """The file."""
        return self.digest.source_path

    @cached_property
    def override_url(self) -> str:
        """The address of its page."""
        return self.digest.address

    @cached_property
    def title(self) -> str:
        """The title as HTML: themes print it as such, and in Pelican's world it is."""
        return text_as_html(self.digest.title)

    @cached_property
    def modified(self) -> datetime:
        """When the item was changed, in the site's zone; absent when nobody knows."""
        if self.digest.modified is None:
            raise AttributeError  # as of one of Pelican's own
        return self.digest.modified.astimezone(self.timezone)

    @cached_property
    def locale_date(self) -> str:
        """The date in words."""
        return str(self.date.strftime(self.date_format))

    @cached_property
    def locale_modified(self) -> str:
        """The moment of the change in words; absent as that is."""
        return self.modified.strftime(self.date_format)

    @cached_property
    def override_save_as(self) -> str:
        """The file of its page."""
        return page_file(self.digest.address)

    @cached_property
    def metadata(self) -> dict[str, Any]:
        """What Pelican would have read from a file's head."""
        names = ("title", "slug", "date", "modified", "category", "tags", "authors", "status", "lang")
        found = {name: getattr(self, name) for name in names if hasattr(self, name)}
        return {**found, "summary": text_as_html(self.digest.excerpt)}

    @property
    def content(self) -> str:
        """The body, or the excerpt with the link out."""
        return content_of(self.digest, self.source_name)

    @property
    def summary(self) -> str:
        """The excerpt as HTML."""
        return summary_of(self.digest)

    def get_content(self, siteurl: str) -> str:
        """Return the content; it links to nothing that depends on where the site lives."""
        del siteurl
        return self.content

    def get_summary(self, siteurl: str) -> str:
        """Return the summary; see :meth:`get_content`."""
        del siteurl
        return self.summary

    def refresh_metadata_intersite_links(self) -> None:
        """Do nothing: an item's text holds no ``{filename}`` links, whatever it looks like."""


class ArticleMaker:
    """Makes articles; authors, tags and categories are shared between them.

    Args:
        sender: Pelican's generator of articles, where somebody looks at them, so that they are whole; None: they are
            light.
    """

    def __init__(self, settings: dict[str, Any], context: dict[str, Any], *, sender: object = None) -> None:
        self._settings = settings
        self._tz = ZoneInfo(settings["TIMEZONE"])
        self._whole = WholeArticles(settings, context, sender=sender) if sender is not None else None
        # What all articles of a build have in common stands in a class of its own: there may be fifty thousand.
        common = {
            "settings": settings,
            "_context": context,
            "timezone": self._tz,
            "date_format": str(settings["DEFAULT_DATE_FORMAT"]),
        }
        self._kind: type[ItemArticle] = type("ItemArticle", (ItemArticle,), common)
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
        if self._whole is not None:
            return self._whole.article(item, named, content=content_of(item, source), summary=summary_of(item))
        article = self._kind.__new__(self._kind)
        article.__dict__.update(named, digest=item, source_name=source)
        if item.provider:
            article.author = article.authors[0]
        return article

    def _wrapped(self, kind: type, name: str, slug: str = "") -> Any:  # noqa: ANN401 - Pelican's URL wrappers
        key = (kind, name, slug)
        if key not in self._wrappers:
            wrapper = kind(name_as_html(name), self._settings)
            if slug:
                wrapper.slug = slug
            self._wrappers[key] = wrapper
        return self._wrappers[key]


def content_of(item: NewsItem, source: str) -> str:
    """Return what stands on the page of *item* in a theme of another make: the body, or the excerpt with the link out.

    Args:
        source: What its source is called.
    """
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
