"""Items as whole articles of Pelican's, attribute for attribute, for whoever is not us: see :mod:`.listening`.

Pelican's own constructor makes the same in five times the time: it asks the file system's rules about each path, and
formats dates whether somebody reads them or not.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from pelican.contents import Article, Author
from pelican.utils import SafeDatetime  # type: ignore[import-untyped]

from pelican.plugins import signals

from ..frontmatter.classic import TAKEN, name_as_html, text_as_html
from ..frontmatter.items.values import is_secured, raw_of
from ..pages.plans import page_file
from .stock.escaping import Printable, leads_nowhere

if TYPE_CHECKING:
    from ..model import NewsItem

# Names of metadata that Pelican keeps under others.
_KEPT_AS: Final = (
    ("url", "override_url"),
    ("save_as", "override_save_as"),
    ("status", "_status"),
    ("summary", "_summary"),
)
_TAKEN: Final = TAKEN | frozenset("lang template title slug date modified category tags author authors".split())
_MARKS: Final = re.compile("[<>\"'&]")
# What Pelican would take for the beginning of a link of its own, and move files for.
_TAG: Final = re.compile("<[^>]+>")
_OF_THE_TIME: Final = re.compile(r"%[-_0^#]*[HIpMSfzZcXTRrs+]")


class WholeArticles:
    """Makes whole articles.

    Args:
        sender: The generator that Pelican would have had read the files.
    """

    def __init__(self, settings: dict[str, Any], context: dict[str, Any], *, sender: object) -> None:
        self._settings = settings
        self._context = context
        self._sender = sender
        self._content = os.path.abspath(str(settings["PATH"]))
        self._zone = ZoneInfo(settings["TIMEZONE"])
        self._date_format = str(settings["DEFAULT_DATE_FORMAT"])
        self._default_lang = str(settings["DEFAULT_LANG"]).lower()
        self._author = Author(settings["AUTHOR"], settings) if settings.get("AUTHOR") else None

    def article(self, item: NewsItem, named: Mapping[str, Any], *, content: str, summary: str) -> Article:
        """Return *item* as an article, after whoever listens has heard of it.

        Args:
            named: Its ``date``, ``category``, ``tags`` and ``authors``, as Pelican's objects.
            content, summary: Safe HTML.
        """
        metadata = {**file_metadata(item), **self._metadata(item, named), "summary": summary}
        has_heard = bool(signals.article_generator_context.receivers)
        if has_heard:
            signals.article_generator_context.send(self._sender, metadata=metadata)
        article: Article = Article.__new__(Article)
        path = item.source_path
        own = article.__dict__
        own.update(
            settings=self._settings,
            _context=self._context,
            _content=without_own_links(content),
            translations=[],
            metadata=metadata,
            template="article",
            in_default_lang=True,
            source_path=os.path.join(self._content, *path.split("/")),
            relative_source_path=path,
            date_format=self._date_format,
            timezone=self._zone,
        )
        own.update({name.lower(): value for name, value in metadata.items()} if has_heard else metadata)
        own.update({kept_as: own.pop(name) for name, kept_as in _KEPT_AS if name in own})
        for name in ("date", "modified"):
            if name in metadata:
                own[name] = metadata[name] if metadata[name].tzinfo else metadata[name].replace(tzinfo=self._zone)
                own[f"locale_{name}"] = in_words(own[name], self._date_format)
        if signals.content_object_init.receivers:
            signals.content_object_init.send(article)
        return article

    def _metadata(self, item: NewsItem, named: Mapping[str, Any]) -> dict[str, Any]:
        found = {
            **named,
            "title": text_as_html(item.title),
            "slug": item.slug,
            # As Pelican's readers leave it, in the site's zone without saying so; the attribute says it.
            "date": safe_date(named["date"].replace(tzinfo=None)),
            "status": "published",
            "lang": item.lang.lower() or self._default_lang,
            "url": item.address,
            "save_as": page_file(item.address),
            "digest": Printable(item),
        }
        authors = named["authors"] or ([self._author] if self._author else [])
        if authors:
            found.update(author=authors[0], authors=authors)
        else:
            del found["authors"]  # as with one of Pelican's own: templates ask whether there is one
        if item.modified is not None:
            found["modified"] = safe_date(item.modified.astimezone(self._zone).replace(tzinfo=None))
        return found


def file_metadata(item: NewsItem) -> dict[str, Any]:
    """Return the keys of an item's file, in lower case as Pelican has them, with values that are no markup.

    Those that an article has a meaning of its own for are left out, as is what nobody may see.
    """
    found = {**raw_of(item), **item.extra}
    return {name: _harmless(value) for key, value in found.items() if (name := _name_of(key))}


@cache
def _name_of(key: str) -> str:
    """Return what Pelican calls the key of a file; ``""``: nobody gets it."""
    name = key.lower()
    return "" if name in _TAKEN or name.startswith(("_", "override_")) or is_secured(key) else name


def _harmless(value: object) -> object:
    if isinstance(value, str):
        text = leads_nowhere(value) if ":" in value else value
        return text if _MARKS.search(text) is None else name_as_html(text)
    if isinstance(value, list):
        return [_harmless(entry) for entry in value]
    if isinstance(value, dict):
        return {_harmless(key): _harmless(entry) for key, entry in value.items()}
    return value


def without_own_links(html: str) -> str:
    """Return *html* in which nothing is a ``{filename}`` or ``{attach}`` of Pelican's: a stranger wrote it."""
    if '="{' not in html and '="|' not in html:
        return html
    return _TAG.sub(lambda tag: tag[0].replace('="{', '="&#123;').replace('="|', '="&#124;'), html)


def safe_date(moment: datetime) -> SafeDatetime:
    """Return *moment* as what Pelican's dates are."""
    return SafeDatetime.combine(moment.date(), moment.timetz())


def in_words(moment: SafeDatetime, date_format: str) -> str:
    """Return *moment* as ``DEFAULT_DATE_FORMAT`` says; most formats tell the day, and many items have one day."""
    if _OF_THE_TIME.search(date_format):
        return str(moment.strftime(date_format))
    return _day_in_words(moment.date().toordinal(), date_format)


@lru_cache(maxsize=512)
def _day_in_words(ordinal: int, date_format: str) -> str:
    return str(SafeDatetime.fromordinal(ordinal).strftime(date_format))
