"""What a page on the web says of itself: Open Graph, JSON-LD, its own title. Nothing of it is run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec
from selectolax.lexbor import LexborHTMLParser

from ...network.outcome import Outcome, Wants
from ...running.child import Child, ChildError
from ...text.dates import parse_date
from ...text.language_tags import language_tag
from .entries import Picture as PagePicture
from .entries import address_of, cut_title, excerpt_of, host_of, joined, pictures_of, pixels, plain_title
from .feeds import FeedCache, fetch_one
from .parsers import MEMORY_BYTES, TIME_S
from .parsing import Question

if TYPE_CHECKING:
    from ...network.guard import Allowed

_MAX_BYTES: Final = 3 * 2**20
_MAX_PARTS: Final = 200
_MAX_WORD_CHARS: Final = 2_000
_META_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_ARTICLES: Final = ("article", "blogposting", "videoobject", "report", "webpage")
_FEED_TYPES: Final = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
_COMMENTS: Final = ("comment", "kommentar", "comentario", "commentaire")
PAGES: Final = Wants(
    accept="text/html, application/xhtml+xml, */*;q=0.5",
    encodings="gzip, br",
    problem=lambda head: "" if head else "the answer is empty",
    head_bytes=1,
)


class PageFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of itself; whatever it does not say is empty.

    Attributes:
        url: Where it is in the end, or where it says that it is, on the same host.
        date: Aware; None when it does not say.
        feeds: The addresses of its feeds, that of its comments last.
    """

    url: str
    title: str = ""
    excerpt: str = ""
    date: datetime | None = None
    picture: PagePicture | None = None
    site: str = ""
    lang: str = ""
    feeds: tuple[str, ...] = ()


class NoPageError(Exception):
    """There is no page to be read; the text says why."""


def fetch_page(url: str, cache: FeedCache, *, allowed: Allowed, agent: str) -> PageFacts:
    """Return what the page at *url* says of itself.

    Raises:
        NoPageError: It cannot be had.
    """
    outcome = fetch_one(url, cache, allowed=allowed, agent=agent, wants=PAGES)
    if outcome.problem:
        raise NoPageError(outcome.problem)
    return facts_of(outcome, cache)


def facts_of(outcome: Outcome, cache: FeedCache) -> PageFacts:
    """Return what the page that was fetched says, read in a process with limits: tags can be nested to take minutes.

    Raises:
        NoPageError: It took too long, or too much.
    """
    question = Question(path=str(cache.path(outcome.source)), url=outcome.found_at, content_type=outcome.content_type)
    child = Child(answer.__module__, answer.__name__, memory_bytes=MEMORY_BYTES, time_s=TIME_S)
    try:
        return msgspec.msgpack.decode(child.ask(msgspec.msgpack.encode(question)), type=PageFacts)
    except (ChildError, msgspec.MsgspecError) as error:
        raise NoPageError(f"the page cannot be read: it {error}") from None
    finally:
        child.close()


def answer(question: bytes) -> bytes:
    """Return what :func:`read_page` makes of a file; both as MessagePack, for another process."""
    asked = msgspec.msgpack.decode(question, type=Question)
    with open(asked.path, "rb") as file:
        data = file.read(_MAX_BYTES)
    return msgspec.msgpack.encode(read_page(data, url=asked.url, content_type=asked.content_type))


def read_page(data: bytes, *, url: str, content_type: str = "") -> PageFacts:
    """Return what the bytes of a page say of it."""
    tree = LexborHTMLParser(_decoded(data, content_type))
    meta = _meta(tree)
    article = next(_articles(tree), {})
    site = plain_title(_first(meta.get("og:site_name"), _name(article.get("publisher"))), is_html=False)
    node = tree.css_first("title")
    own_title = _without_site(node.text() if node else "", site)
    title = plain_title(_first(meta.get("og:title"), article.get("headline"), own_title), is_html=False)
    return PageFacts(
        url=_canonical(tree, url),
        title=cut_title(title),
        excerpt=excerpt_of(
            _first(meta.get("og:description"), article.get("description"), meta.get("description")), is_html=False
        ),
        date=_date(meta, article, tree),
        picture=next(iter(pictures_of(_pictures(meta, article, url), "", base=url)), None),
        site=cut_title(site),
        lang=_lang(tree, meta, article),
        feeds=tuple(dict.fromkeys(_feeds(tree, url))),
    )


def _feeds(tree: LexborHTMLParser, url: str) -> Iterator[str]:
    named = []
    for node in tree.css("link[rel~=alternate][href]")[:_MAX_PARTS]:
        if (node.attributes.get("type") or "").strip().lower() in _FEED_TYPES:
            words = f"{node.attributes.get('title') or ''} {node.attributes.get('href')}".lower()
            named.append((any(word in words for word in _COMMENTS), node.attributes.get("href") or ""))
    for _, href in sorted(named, key=lambda each: each[0]):
        if address := address_of(joined(url, href)):
            yield address


def _decoded(data: bytes, content_type: str) -> str:
    said = _CHARSET.search(content_type)
    inside = _META_CHARSET.search(data[:4096])
    for name in ("utf-8-sig", said[1] if said else "", inside[1].decode("ascii") if inside else ""):
        try:
            if name:
                return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace")


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    """Return the first value of each name."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        given = node.attributes
        name = given.get("property") or given.get("name") or given.get("itemprop") or ""
        found.setdefault(name.strip().lower(), (given.get("content") or "")[:_MAX_WORD_CHARS])
    return found


def _articles(tree: LexborHTMLParser) -> Iterator[Mapping[str, Any]]:
    """Yield what JSON-LD says of articles."""
    for node in tree.css("script[type='application/ld+json']")[:_MAX_PARTS]:
        try:
            found = msgspec.json.decode(node.text().encode("utf-8", "replace"))
        except (msgspec.MsgspecError, RecursionError):
            continue
        parts = [found]
        for part in parts:  # grows while it is walked through, up to a limit
            if isinstance(part, list):
                parts += part[: max(0, _MAX_PARTS - len(parts))]
            elif isinstance(part, dict):
                if any(name in str(part.get("@type")).lower() for name in _ARTICLES):
                    yield part
                if isinstance(part.get("@graph"), list) and len(parts) < _MAX_PARTS:
                    parts.append(part["@graph"])


def _first(*values: object) -> str:
    return next((value for value in values if isinstance(value, str) and value.strip()), "")


def _name(value: object) -> object:
    if isinstance(value, list):
        value = value[0] if value else None
    return value.get("name") if isinstance(value, dict) else value


def _without_site(title: str, site: str) -> str:
    """Return a title without the name of its site behind a stroke."""
    for sign in (" | ", " – ", " — ", " - ", " · "):
        head, found, tail = title.rpartition(sign)
        if found and site and tail.strip().casefold() == site.casefold():
            return head
    return title


def _canonical(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("link[rel=canonical][href]")
    said = address_of(joined(url, node.attributes.get("href") or "")) if node else ""
    return said if said and host_of(said) == host_of(url) else url


def _date(meta: Mapping[str, str], article: Mapping[str, Any], tree: LexborHTMLParser) -> datetime | None:
    node = tree.css_first("article time[datetime], time[datetime]")
    written = (
        meta.get("article:published_time"),
        article.get("datePublished"),
        meta.get("datepublished"),
        meta.get("date"),
        node.attributes.get("datetime") if node else None,
    )
    moments = (parse_date(value[:100], tz=UTC) for value in written if isinstance(value, str))
    return next((moment for moment in moments if moment is not None), None)


def _pictures(meta: Mapping[str, str], article: Mapping[str, Any], url: str) -> Iterator[PagePicture]:
    size = {"width": pixels(meta.get("og:image:width")), "height": pixels(meta.get("og:image:height"))}
    image = article.get("image")
    image = image[0] if isinstance(image, list) and image else image
    image = image.get("url") if isinstance(image, dict) else image
    for value, given in (
        (meta.get("og:image") or meta.get("og:image:url"), size),
        (image, {}),
        (meta.get("twitter:image"), {}),
    ):
        if isinstance(value, str) and (address := address_of(joined(url, value))):
            yield PagePicture(url=address, title=plain_title(meta.get("og:image:alt", ""), is_html=False), **given)
            return


def _lang(tree: LexborHTMLParser, meta: Mapping[str, str], article: Mapping[str, Any]) -> str:
    node = tree.css_first("html[lang]")
    for value in (node.attributes.get("lang") if node else None, article.get("inLanguage"), meta.get("og:locale")):
        if isinstance(value, str) and (tag := language_tag(value)):
            return tag
    return ""
