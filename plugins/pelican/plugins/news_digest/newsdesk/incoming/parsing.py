"""The bytes of a feed → what it says. feedparser reads XML of every kind; JSON Feed has a mapping of its own.

This runs in a process of its own, within limits (:mod:`.parsers`): feeds are written by strangers, and a parser that is
lenient with mistakes can be made to take very long.
"""

from __future__ import annotations

import calendar
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import urljoin

import feedparser
import msgspec

from ...text.language_tags import language_tag
from .entries import (
    MAX_ENTRIES,
    MAX_GUID_CHARS,
    MAX_TITLE_CHARS,
    Entry,
    Feed,
    FeedError,
    Picture,
    address_of,
    cut_title,
    excerpt_of,
    link_of,
    pictures_of,
    pixels,
    plain_title,
    washed,
)
from .feed_bytes import Fit, base_of, in_utf8, made_fit
from .feed_dates import in_range, moment_s
from .json_feed import parse_json_feed

_MAX_TTL_S: Final = 24 * 3600
_CONTROLS: Final = bytes({*range(32)} - {9, 10, 13})
_WEB_PAGE: Final = re.compile(
    rb"\A\s*(?:<!--.{0,500}?-->\s*){0,9}<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0")
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A feed to be read.

    Attributes:
        path: Where its bytes lie.
        url: Where they came from: what relative addresses begin at.
        has_text: Whether the whole texts are wanted.
    """

    path: str
    url: str
    content_type: str = ""
    has_text: bool = False


class Answered(msgspec.Struct, frozen=True, omit_defaults=True):
    """A feed, or why there is none; and whether it may be read next time, on a machine that is less busy."""

    feed: Feed | None = None
    problem: str = ""
    may_pass: bool = False


def answer(question: bytes) -> bytes:
    """Return what :func:`parse_feed` makes of a file; both as MessagePack, for another process."""
    asked = msgspec.msgpack.decode(question, type=Question)
    try:
        with open(asked.path, "rb") as file:
            data = file.read()
        feed = parse_feed(data, url=asked.url, content_type=asked.content_type)
        return msgspec.msgpack.encode(Answered(feed if asked.has_text else without_text(feed)))
    except FeedError as error:
        return msgspec.msgpack.encode(Answered(problem=str(error)))


def without_text(feed: Feed) -> Feed:
    """Return *feed* without the whole texts of its entries."""
    entries = tuple(msgspec.structs.replace(entry, body="") for entry in feed.entries)
    return msgspec.structs.replace(feed, entries=entries)


def parse_feed(data: bytes, *, url: str, content_type: str = "") -> Feed:
    """Return what the bytes of a feed say.

    Args:
        content_type: As the host said; what the bytes show counts for more.

    Raises:
        FeedError: They are no feed.
    """
    if not data.strip():
        raise FeedError("the answer is empty")
    if not data.startswith(_WIDE):
        data = data.translate(None, _CONTROLS)  # NUL and its like stand in no text, and end XML
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in {b"{", b"["}:
        return parse_json_feed(data, url=url)
    fit = made_fit(data)
    return _xml_feed(*in_utf8(fit.data, content_type), base=base_of(fit.data, url), fit=fit)


def _xml_feed(data: bytes, content_type: str, *, base: str, fit: Fit) -> Feed:
    headers = {"content-location": base, **({"content-type": content_type} if content_type else {})}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of feedparser's own, about keys that it renames
        # A stream: of a text or bytes feedparser believes that they may be an address, or the name of a file.
        # It washes nothing: what is kept as HTML is washed here, and the rest becomes text.
        found = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
        if not found.get("version") and not found.entries:
            raise FeedError(_what_it_is(data, found))
        about = found.feed
        feed_lang = language_tag(str(about.get("language") or ""))
        return Feed(
            title=cut_title(_title(about)),
            site=address_of(about.get("link")),
            lang=feed_lang,
            ttl_s=_ttl_s(about),
            entries=tuple(_entry(each, feed_lang=feed_lang, base=base) for each in found.entries[:MAX_ENTRIES]),
            left_out=fit.left_out + max(0, len(found.entries) - MAX_ENTRIES),
            note=", ".join(filter(None, (*_notes(fit), _note(found)))),
        )


def _what_it_is(data: bytes, found: Any) -> str:  # noqa: ANN401 - feedparser's own
    if _WEB_PAGE.match(data[:4000]):
        return "is a web page, not a feed; `news-digest sources add` finds the feed of a page"
    if data.lstrip()[:1] != b"<":
        return "is not a feed"
    error = found.get("bozo_exception")
    reason = "" if error is None or isinstance(error, feedparser.NonXMLContentType) else _words(error)
    return f"is no feed that can be read: {reason}" if reason else "is XML, but no feed"


def _notes(fit: Fit) -> Iterator[str]:
    if fit.without_text:
        yield f"{fit.without_text:,} without a text, which has too many tags"
    if fit.without_all:
        yield f"{fit.without_all:,} with too many tags, left out"


def _note(found: Any) -> str:  # noqa: ANN401 - feedparser's own
    error = found.get("bozo_exception") if found.get("bozo") else None
    if error is None or isinstance(error, (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)):
        return ""
    return f"not well-formed, read as far as it can be: {_words(error)}"


def _words(error: object) -> str:
    """Return what a parser says: without the name of a file that has none, and no longer than a line."""
    place, _, what = str(error).removeprefix("<unknown>:").partition(": ")
    line, _, column = place.partition(":")
    return f"line {line}: {what[:60]}" if what and line.isdecimal() and column.isdecimal() else str(error)[:60]


def _title(found: Mapping[str, Any]) -> str:
    detail = found.get("title_detail") or {}
    return plain_title(str(found.get("title") or ""), is_html=detail.get("type") in _HTML)


def _entry(found: dict[str, Any], *, feed_lang: str, base: str) -> Entry:
    title = _title(found)
    link, problem = link_of(_links(found))
    html, is_html = _text(found)
    full, _ = _full_text(found)
    excerpt = excerpt_of(html, is_html=is_html)
    title = title or excerpt[:MAX_TITLE_CHARS]
    source = found.get("source") or {}
    lang = language_tag(str(found.get("language") or ""))
    if not lang and (said := language_tag(str((found.get("title_detail") or {}).get("language") or ""))) != feed_lang:
        lang = said
    return Entry(
        title=cut_title(title),
        link=link,
        link_problem=problem,
        # feedparser takes every id for an address, and joins it to that of the feed: which may move.
        guid=str(found.get("id") or "").removeprefix(urljoin(base, "."))[:MAX_GUID_CHARS],
        published_s=_date_s(found, "published", "created", "issued", lang=lang or feed_lang),
        updated_s=_date_s(found, "updated", lang=lang or feed_lang),
        excerpt=excerpt,
        body=washed(full),
        lang=lang,
        pictures=pictures_of(_named_pictures(found), full or html, base=base),
        source_name=cut_title(_title(source)) if isinstance(source, dict) else "",
        source_link=address_of(source.get("href") or source.get("link")) if isinstance(source, dict) else "",
        is_cut=len(title) > MAX_TITLE_CHARS,
    )


def _links(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield where an entry may lead, the best first."""
    links = [link for link in found.get("links") or () if isinstance(link, dict)]
    yield from (str(link.get("href") or "") for link in links if link.get("rel") == "alternate" and _is_page(link))
    yield str(found.get("link") or "")
    if found.get("guidislink"):
        yield str(found.get("id") or "")
    yield from (str(link.get("href") or "") for link in links if link.get("rel") == "enclosure")


def _is_page(link: Mapping[str, Any]) -> bool:
    return str(link.get("type") or "text/html") in {"text/html", "application/xhtml+xml"}


def _text(found: Mapping[str, Any]) -> tuple[str, bool]:
    """Return what an excerpt is made of: the summary, else the whole text; and whether it is HTML."""
    summary = str(found.get("summary") or "")
    if summary.strip():
        return summary, (found.get("summary_detail") or {}).get("type") in _HTML
    return _full_text(found)


def _full_text(found: Mapping[str, Any]) -> tuple[str, bool]:
    """Return the longest text of an entry, and whether it is HTML."""
    texts = [(str(each.get("value") or ""), each.get("type") in _HTML) for each in found.get("content") or ()]
    summary = found.get("summary_detail") or {}
    texts.append((str(summary.get("value") or ""), summary.get("type") in _HTML))
    return max(texts, key=lambda each: len(each[0]))


def _date_s(found: dict[str, Any], *names: str, lang: str) -> int | None:
    """Return the first of the dates *names* that can be read, in seconds since 1970."""
    for name in names:
        written = dict.get(found, name)  # feedparser's own `get` takes one date for another
        if not isinstance(written, str):
            continue
        seconds = moment_s(written, lang=lang)
        parsed = dict.get(found, f"{name}_parsed")
        if seconds is None and parsed is not None:  # forms that nobody else knows
            seconds = in_range(calendar.timegm(parsed))
        if seconds is not None:
            return seconds
    return None


def _named_pictures(found: Mapping[str, Any]) -> Iterator[Picture]:
    yield from _media(found.get("media_content") or (), needs_type=True)
    yield from _media(found.get("media_thumbnail") or (), needs_type=False)
    for link in found.get("links") or ():
        if link.get("rel") == "enclosure" and str(link.get("type") or "").startswith("image/"):
            yield Picture(url=str(link.get("href") or ""))
    image = found.get("image")
    if isinstance(image, dict) and image.get("href"):
        yield Picture(url=str(image["href"]))


def _media(found: Iterable[Mapping[str, Any]], *, needs_type: bool) -> Iterator[Picture]:
    for each in found:
        kind = str(each.get("medium") or each.get("type") or "")
        if kind.startswith("image") or (not kind and (not needs_type or _is_named_as_picture(str(each.get("url"))))):
            yield Picture(
                url=str(each.get("url") or ""), width=pixels(each.get("width")), height=pixels(each.get("height"))
            )


def _is_named_as_picture(url: str) -> bool:
    return url.partition("?")[0].lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif"))


def _ttl_s(about: Mapping[str, Any]) -> int:
    ttl = str(about.get("ttl") or "").strip()
    return min(int(ttl) * 60, _MAX_TTL_S) if ttl.isascii() and ttl.isdecimal() and len(ttl) <= len("10080") else 0
