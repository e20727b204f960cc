"""What a feed says, as plain values: text instead of HTML, one link, one picture's worth of pictures, a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urljoin

import msgspec
import nh3
from selectolax.lexbor import LexborHTMLParser

from ...text.address import AddressError, clean_address, parts_of
from ...text.plain import clean_text, without_controls

# Feeds of real sites have ten to some hundreds.
MAX_ENTRIES: Final = 1_000
MAX_GUID_CHARS: Final = 2_000
MAX_TITLE_CHARS: Final = 300
MAX_EXCERPT_CHARS: Final = 300
# Of HTML, so much is looked at for an excerpt, and no longer text is taken over as a body.
MAX_LOOKED_AT: Final = 20_000
MAX_BODY_CHARS: Final = 200_000
MAX_TAGS: Final = 4_000
_TAIL_CHARS: Final = 500
_LEAST_SENTENCE: Final = 80
_LEAST_PIXELS: Final = 50
_PARTS: Final = re.compile(
    r"</?(?:address|article|aside|blockquote|br|dd|div|dl|dt|figure|figcaption|footer|h[1-6]|header|hr|img|li|ol|p|pre"
    r"|section|table|tbody|td|th|thead|tr|ul)\b",
    re.IGNORECASE,
)
_SILENT: Final = "script, style, template, noscript, iframe, object, svg, math, head"
_LOOKS_LIKE_HTML: Final = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_ENDS: Final = re.compile(r"[.!?…](?=[\s\"'”’»)\]]|\Z)[\"'”’»)\]]*|[。！？؟۔।][」』”’）]*")
# What feeds put after an excerpt, and before which it ends.
_TAIL: Final = re.compile(
    r"\s*(?:\[?(?:…|\.{3})\]?)?\s*(?:[(\[]?\s*"
    r"(?:(?:click here to )?read (?:more|on|the (?:full|whole|rest)\b[^.]{0,40})"
    r"|continue reading\b.{0,200}|full (?:story|article)|more\s*(?:»|›|→|>+|…|\.{3})|weiterlesen|mehr lesen"
    r"|lire (?:la suite|plus)|leer más|seguir leyendo|continua a leggere|leggi tutto|lees (?:meer|verder)|läs mer"
    r"|les mer|læs mere|czytaj (?:dalej|więcej)|читать (?:далее|дальше|полностью)|подробнее|続きを読む|もっと読む"
    r"|阅读全文|阅读更多|اقرأ المزيد|المزيد)\s*[])]?\s*(?:…|\.{1,3}|»|›|→|>+|:)?)\s*\Z",
    re.IGNORECASE,
)
_SIGNED: Final = re.compile(
    r"\s*(?:The post|Der Beitrag|L’article|L'article|El cargo|La entrada|L'articolo|O post|Сообщение|Запись)"
    r"\s.{1,400}?\s"
    r"(?:appeared first on|erschien zuerst auf|est apparu en premier sur|se publicó primero en|proviene da"
    r"|apareceu primeiro em|появились сначала на|впервые появилась)\s.{1,200}\Z"
)
_CUT: Final = re.compile(r"\s*\[(?:…|\.{3})\]\s*\Z")
# Pictures that are no picture of anything: counters, faces, buttons, emoji.
_NO_PICTURE: Final = re.compile(
    r"(?:feedburner|doubleclick|pixel\.|/pixel|stats\.wordpress|feeds\.wordpress\.com|gravatar\.com|s\.w\.org/images"
    r"|/emoji/|b\.gif|spacer|blank\.gif|1x1|feedads|share-?(?:button|icon)|\.svg(?:\?|\Z))",
    re.IGNORECASE,
)


class FeedError(Exception):
    """Nothing that can be read as a feed; the text says what it is."""


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that an entry names. Sizes are in pixels; 0 is unknown."""

    url: str
    width: int = 0
    height: int = 0
    title: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of a feed.

    Attributes:
        link: A clean address; ``""`` when there is none that can be followed.
        link_problem: Why, in words.
        guid: What the feed tells it apart by, as it says it; ``""`` for nothing.
        published_s, updated_s: Seconds since 1970; None when the feed does not say.
        lang: As the entry says; ``""`` when it does not.
        body: The whole text as HTML that cannot act; ``""`` when there is none.
        source_name, source_link: Whom an aggregator names; ``""`` for nobody.
        is_cut: Whether its title was too long.
    """

    title: str = ""
    link: str = ""
    link_problem: str = ""
    guid: str = ""
    published_s: int | None = None
    updated_s: int | None = None
    excerpt: str = ""
    body: str = ""
    lang: str = ""
    pictures: tuple[Picture, ...] = ()
    source_name: str = ""
    source_link: str = ""
    is_cut: bool = False


class Feed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a feed says.

    Attributes:
        site: The address of what it is the feed of; ``""`` when it does not say.
        ttl_s: For how long nobody needs to ask again; 0 when it does not say.
        left_out: How many entries were too many to be read.
        note: What was odd about the whole, in words; ``""`` for nothing.
    """

    title: str = ""
    site: str = ""
    lang: str = ""
    ttl_s: int = 0
    entries: tuple[Entry, ...] = ()
    left_out: int = 0
    note: str = ""


def plain_title(value: str, *, is_html: bool) -> str:
    """Return a title as one line of text.

    Args:
        is_html: Whether it was meant as HTML; ``AT&amp;T`` and tags in what was not are decoded all the same.
    """
    text = html_to_text(value) if is_html or _LOOKS_LIKE_HTML.search(value[:MAX_LOOKED_AT]) else clean_text(value)
    return text or clean_text(value)


def cut_title(text: str) -> str:
    """Return *text* cut at a word, with an ellipsis, where it is longer than a headline."""
    if len(text) <= MAX_TITLE_CHARS:
        return text
    cut = text[: MAX_TITLE_CHARS - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


def html_to_text(html: str) -> str:
    """Return the text of *html* on one line: entities decoded, tags, scripts and styles gone."""
    html = without_controls(html[:MAX_LOOKED_AT])
    if "<" not in html and "&" not in html:
        return clean_text(html)
    tree = LexborHTMLParser(_PARTS.sub(r" \g<0>", html))
    for silent in tree.css(_SILENT):
        silent.decompose()
    return clean_text(tree.body.text(deep=True) if tree.body else "")


def excerpt_of(html: str, *, is_html: bool) -> str:
    """Return an excerpt as text: "read more" gone, cut at a sentence below 300 characters."""
    is_html = is_html or bool(_LOOKS_LIKE_HTML.search(html[:MAX_LOOKED_AT]))
    text = html_to_text(html) if is_html else clean_text(html[:MAX_LOOKED_AT])
    text = _SIGNED.sub("", text)
    before = None
    while before != text:
        before, text = text, text[:-_TAIL_CHARS] + _TAIL.sub("", text[-_TAIL_CHARS:])
    is_cut = bool(_CUT.search(text))
    text = _CUT.sub("", text)
    if len(text) <= MAX_EXCERPT_CHARS:
        return f"{text}…" if is_cut and text and not _ENDS.search(text[-1:]) else text
    ends = [end.end() for end in _ENDS.finditer(text, 0, MAX_EXCERPT_CHARS) if end.end() >= _LEAST_SENTENCE]
    if ends:
        return text[: ends[-1]].rstrip()
    cut = text[: MAX_EXCERPT_CHARS - 1]
    word = cut.rpartition(" ")[0]
    return f"{(word if len(word) >= _LEAST_SENTENCE else cut).rstrip(' ,;:–—-')}…"


def washed(html: str, *, base: str = "") -> str:
    """Return *html* as a body that cannot act, for a file of Markdown; ``""`` for one that is too long.

    Args:
        base: What its relative addresses begin at; ``""``: they are whole.
    """
    if len(html) > MAX_BODY_CHARS or html.count("<") > MAX_TAGS:  # what is nested takes the square of its depth
        return ""
    clean = nh3.clean(without_controls(html), url_relative=("rewrite_with_base", base) if base else None).strip()
    return f"<div>\n{clean}\n</div>" if clean else ""


def link_of(candidates: Iterable[str]) -> tuple[str, str]:
    """Return the first of *candidates* that can be followed; else ``""`` and why not."""
    problem = "no link"
    for candidate in candidates:
        if candidate.strip():
            try:
                return clean_address(candidate), ""
            except AddressError as error:
                problem = f"the link is {error}"
    return "", problem


def address_of(value: object) -> str:
    """Return *value* as an address that can be followed; ``""`` where it is none."""
    return link_of([str(value)])[0] if value else ""


def pictures_of(named: Iterable[Picture], html: str, *, base: str) -> tuple[Picture, ...]:
    """Return the best picture that an entry names, else the first real one in its text; none or one.

    Args:
        base: What relative addresses begin at.
    """
    usable = [picture for each in named if (picture := _usable(each, base)) is not None]
    if usable:
        return (max(usable, key=lambda picture: picture.width * picture.height),)
    return next(((picture,) for each in _in_text(html) if (picture := _usable(each, base)) is not None), ())


def _usable(picture: Picture, base: str) -> Picture | None:
    is_small = 0 < picture.width < _LEAST_PIXELS or 0 < picture.height < _LEAST_PIXELS
    if is_small or _NO_PICTURE.search(picture.url[:2048]):
        return None
    try:
        return msgspec.structs.replace(picture, url=clean_address(joined(base, picture.url)))
    except AddressError:
        return None


def joined(base: str, link: str) -> str:
    """Return *link* as a whole address; ``""`` for none."""
    try:
        return urljoin(base, link.strip()) if link else ""
    except ValueError:
        return ""


def _in_text(html: str) -> Iterator[Picture]:
    if "<img" not in html[:MAX_LOOKED_AT].lower():
        return
    for node in LexborHTMLParser(html[:MAX_LOOKED_AT]).css("img"):
        found = node.attributes
        yield Picture(
            url=found.get("src") or "",
            width=pixels(found.get("width")),
            height=pixels(found.get("height")),
            title=clean_text(found.get("alt") or "")[:MAX_TITLE_CHARS],
        )


def pixels(value: object) -> int:
    """Return a size as somebody wrote it in pixels; 0 for what is none."""
    text = str(value or "").strip().removesuffix("px")
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= len("65535") else 0


def host_of(url: str) -> str:
    """Return the host of *url* in lower case; ``""`` where there is none."""
    return (parts_of(url).hostname or "").removeprefix("www.")
