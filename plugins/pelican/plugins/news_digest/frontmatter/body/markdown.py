"""The body of an item: Markdown with the HTML that feeds leave in it, made into HTML that cannot act."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

import msgspec
import nh3

from ...errors import masked
from ...model import VideoRef
from ...text.plain import without_controls
from .anchors import link_target, lost_links, place_name, settle_links, without_lost_links

if TYPE_CHECKING:
    from markdown import Markdown

    from ...setting.values import MarkdownRules

_ALLOWED_TAGS: Final = frozenset(
    (
        "a abbr b blockquote br cite code dd del details div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img"
        " ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead time tr"
        " u ul var"
    ).split()
)
_ALLOWED_ATTRIBUTES: Final = {
    "*": {"id"},
    "a": {"href", "title", "class"},
    "abbr": {"title"},
    "code": {"class"},
    "div": {"class"},
    "img": {"src", "alt", "width", "height", "title"},
    "ol": {"start"},
    "p": {"class"},
    "pre": {"class"},
    "span": {"class"},
    "table": {"class"},
    "td": {"align", "class", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "blockquote": {"cite"},
}
_ADMONITIONS: Final = frozenset(
    "note info tip hint important warning caution attention danger error example quote abstract success".split()
)
# What Markdown and its extensions give elements, and nothing else: a class is also what style sheets and scripts go by.
_CLASS: Final = {
    "a": re.compile(r"footnote-(?:ref|backref)"),
    "code": re.compile(r"language-[\w#+.-]{1,40}"),
    "div": re.compile(
        rf"footnote|toc|highlight|codehilite|linenodiv|math|arithmatex|admonition|{'|'.join(_ADMONITIONS)}"
    ),
    "p": re.compile(r"admonition-title"),
    "pre": re.compile(r"highlight|codehilite|language-[\w#+.-]{1,40}"),
    # Pygments' names of kinds of words.
    "span": re.compile(r"[a-z][a-z0-9]{0,2}|linenos|normal|special|math|arithmatex"),
    "table": re.compile(r"(?:highlight|codehilite)table"),
    "td": re.compile(r"linenos|code"),
}
_ALIGN: Final = frozenset({"left", "right", "center"})
# As the sanitiser writes them: attributes in double quotes, which nothing inside of them ends.
_PICTURE: Final = re.compile(r'<img(?:\s+[\w-]+="[^"]*")*\s*/?>')
_ATTRIBUTE: Final = re.compile(r'\s([\w-]+)="([^"]*)"')
_REMOTE: Final = re.compile(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?[/\\]{2}")
_IFRAME: Final = re.compile(r"<iframe\b[^>]*?[\s\"'/]src\s*=\s*[\"']([^\"'<>]*)[\"']", re.IGNORECASE)
# A frame has some hundred characters; each one that begins is looked through to the end.
_FRAME_CHARS: Final = 5_000
_YOUTUBE: Final = re.compile(
    r"(?i:(?:https?:)?//(?:(?:www\.|m\.|music\.|gaming\.)?youtube\.com\.?(?::443)?"
    r"/(?:(?:embed|v|e|shorts|live|watch)/+|watch/?\?(?:[^#]*&)?v=)"
    r"|(?:www\.)?youtu\.be\.?(?::443)?/+|(?:www\.)?youtube-nocookie\.com\.?(?::443)?/(?:embed|v)/))"
    r"(?!videoseries\b|live_stream\b)([A-Za-z0-9_-]{6,20})(?![A-Za-z0-9_-])",
)
# Marks of lists in lists on one line: "- 1. - * ".
_MARK: Final = r"(?:[-*+]|\d+[.)])[ \t]+"
MAX_MARKS: Final = 20
# How often a body is washed until washing changes nothing: twice for nearly all.
MAX_ROUNDS: Final = 8
_DEEP_LISTS: Final = re.compile(rf"^([ \t]*(?:{_MARK}){{{MAX_MARKS}}})(?:{_MARK})+", re.MULTILINE)


class BodyError(ValueError):
    """A body that cannot be rendered; the text says why.

    Attributes:
        hint: What became of it, and what to do.
    """

    code = "ND114"
    hint = "it was left out"


class CostlyBodyError(BodyError):
    """A body that would take too long."""

    code = "ND128"
    hint = "it is left out; use shorter paragraphs, or less Markdown and HTML markup"


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """A rendered body.

    Attributes:
        html: Sanitised; ``""`` for an empty one.
        lost: Names that links inside of it lead to and that nothing in it has: their words stay, as words.
        reads: Whether other files stand in it, too.
        refused: What it asked for and did not get, each with the reason.
    """

    html: str = ""
    lost: tuple[str, ...] = ()
    reads: bool = False
    refused: tuple[tuple[str, str], ...] = ()


_OURS: Final = ("extra", "sane_lists", "smarty")


@lru_cache(maxsize=2)
def _markdown(*, names_headings: bool) -> Markdown:
    # Late: most archives have no body at all, and Markdown takes 40 ms to import.
    from markdown import Markdown  # noqa: PLC0415

    extensions = [*_OURS, "toc"] if names_headings else [*_OURS]
    return Markdown(extensions=extensions, extension_configs=_configs(), output_format="html")


def _configs() -> dict[str, dict[str, Any]]:
    from markdown.extensions.toc import slugify_unicode  # noqa: PLC0415 - as above

    return {
        # No word of it is in a language: that of the site is not known here.
        "extra": {"footnotes": {"BACKLINK_TITLE": "↩ %d"}, "tables": {"use_align_attribute": True}},
        "toc": {"slugify": slugify_unicode},
    }


def render_body(text: str, *, prefix: str, rules: MarkdownRules | None = None) -> Body:
    """Return the Markdown *text* as HTML that cannot act.

    Headings start at ``h2`` (the page has its ``h1``); scripts, styles, frames, forms and event handlers are gone;
    links lead to http, https and mailto or stay on the site. Lists in lists go on to a depth of 20. Headings have
    names only where something may lead to them: ``[TOC]``, a link to ``#…``, or ``{#name}``.

    Args:
        prefix: What names of places begin with; see :func:`.anchors.prefix_of`.
        rules: What Markdown may mean beyond that.

    Raises:
        CostlyBodyError: It would take too long; see :mod:`.effort`.
        BodyError: It is nested more deeply than the Markdown library can go, or an extension cannot read it.
    """
    text = text.strip()
    if not text:
        return Body()
    # Late, as Markdown is: most archives have no body at all.
    from .effort import is_too_costly  # noqa: PLC0415

    if is_too_costly(text):
        raise CostlyBodyError("too full of markup, and would take too long to parse")
    names_headings = "[TOC]" in text or "(#" in text or "]: #" in text or 'href="#' in text
    if rules is not None:
        return _with_extensions(text, rules, prefix=prefix, names_headings=names_headings)
    markdown = _markdown(names_headings=names_headings)
    markdown.reset()
    try:
        html = markdown.convert(_DEEP_LISTS.sub(r"\1", text))
    except RecursionError:
        _markdown.cache_clear()  # it stopped half-way, in a state that would spoil the next body
        raise BodyError("nested too deeply") from None
    return _washed(html, prefix=prefix)


def _washed(html: str, *, prefix: str) -> Body:
    clean = sanitize(re.sub(r"(</?)h1\b", r"\1h2", html), prefix=prefix)
    lost = lost_links(clean)
    return Body(html=without_lost_links(clean) if lost else clean, lost=lost)


def _with_extensions(text: str, rules: MarkdownRules, *, prefix: str, names_headings: bool) -> Body:
    from .extensions import markdown_with  # noqa: PLC0415 - few sites have any
    from .watch import watched  # noqa: PLC0415 - the same

    ours = [*_OURS, "toc"] if names_headings else [*_OURS]
    markdown = markdown_with(rules, ours=ours, configs=_configs())
    with watched(rules, reader=_with_extensions.__code__) as watch:
        try:
            html = markdown.convert(_DEEP_LISTS.sub(r"\1", text))
        except Exception as error:  # noqa: BLE001 - whatever somebody's extension raises loses this body and no other
            raise BodyError(f"not understood by an extension of MARKDOWN ({type(error).__name__}: {error})") from None
    body = _washed(html, prefix=prefix)
    return msgspec.structs.replace(body, reads=watch.read, refused=tuple(watch.refused.items()))


def has_deep_lists(text: str) -> bool:
    """Whether :func:`render_body` shows some list of *text* less deep than it is written."""
    return bool(_DEEP_LISTS.search(text))


def sanitize(html: str, *, prefix: str) -> str:
    """Return *html* with nothing in it that can act, frame, track by ``style`` or leave http(s).

    Args:
        prefix: What names of places begin with afterwards, in ``id`` and in links to them.
    """
    for _ in range(MAX_ROUNDS):
        before, html = html, without_controls(_clean(html, prefix))
        # What is left out may have stood between what may not stand in each other: a browser, which reads the result
        # for the first time, would see something else than was washed.
        if html == before:
            return settle_links(html)
    return nh3.clean_text(html)  # what does not come to rest is shown as the text it is


def _clean(html: str, prefix: str) -> str:
    return nh3.clean(
        html,
        tags=set(_ALLOWED_TAGS),
        attributes={tag: set(names) for tag, names in _ALLOWED_ATTRIBUTES.items()},
        attribute_filter=partial(_allowed_value, prefix),
        url_schemes={"http", "https", "mailto"},
        link_rel="external noopener",
        strip_comments=True,
    )


def _allowed_value(prefix: str, tag: str, name: str, value: str) -> str | None:
    """Return what *value* becomes, None for an attribute that goes."""
    match name:
        case "id":
            return place_name(value, prefix=prefix)
        case "href":
            return link_target(value, prefix=prefix)
        case "class":
            # Split as HTML does.
            kept = [one for one in value.split() if tag in _CLASS and _CLASS[tag].fullmatch(one)]
            if "admonition" not in kept:  # of anything else such a word is a class of the theme's
                kept = [one for one in kept if one not in _ADMONITIONS]
            return " ".join(kept) or None
        case "align":
            return value.lower() if value.lower() in _ALIGN else None
        case _:
            return value


def without_remote_pictures(html: str) -> str:
    """Return sanitised *html* without pictures on other hosts: what they show in words stays.

    Whoever reads a page or a feed would ask those hosts for them, and so tell them that, and when, it was read.
    """
    return _PICTURE.sub(_local_picture, html)


def _local_picture(picture: re.Match[str]) -> str:
    values = dict(_ATTRIBUTE.findall(picture[0]))
    is_remote = _REMOTE.match(values.get("src", "")) is not None
    return values.get("alt", "").replace("<", "&lt;").replace(">", "&gt;") if is_remote else picture[0]


class Embed(msgspec.Struct, frozen=True):
    """What was found in ``featuredContent``: a video we can play, or the address we refuse."""

    video: VideoRef | None
    refused: str = ""


def read_embed(html: str) -> Embed:
    """Return the video that a ``featuredContent`` frame shows; only host and id are taken, nothing else of it."""
    html = html.strip()[:_FRAME_CHARS]
    match = _IFRAME.search(html)
    address = match[1] if match else html
    video = video_of(address)
    return Embed(video, refused="" if video else masked(address)[:200])


def video_of(url: str) -> VideoRef | None:
    """Return the video at *url* when it is one of YouTube's addresses, else None."""
    match = _YOUTUBE.match(url.strip())
    return VideoRef(host="youtube", id=match[1]) if match else None
