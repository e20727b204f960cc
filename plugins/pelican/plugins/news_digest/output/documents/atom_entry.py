"""One entry of an Atom feed, written as the library writes it.

Only for speed: it saves a tenth of a first build (``python benchmarks/without.py atom``). Without this module the
library would pass each element through SAX, as :func:`.feed.written_feed` has it do; a test compares the two.
"""

from __future__ import annotations

from datetime import datetime
from html import escape as escape_html
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from feedgenerator.django.utils.encoding import iri_to_uri

from ...text.plain import without_controls

if TYPE_CHECKING:
    from ...pages.plans import FeedEntry


def atom_entry(entry: FeedEntry, *, mime: str) -> str:
    """Return *entry* as XML; nothing in it depends on the feed that it stands in."""
    author = _element("name", without_controls(entry.author))
    # A summary counts as HTML, and "<MSFT.O>" in a plain text is no tag.
    summary = _html("summary", escape_html(without_controls(entry.summary), quote=False))
    categories = "".join([f"<category term={_quoted(without_controls(name))}/>" for name in entry.categories])
    via = f'<link href={_quoted(entry.via)} rel="via"/>' if entry.via else ""
    image = f'<link href={_quoted(entry.image_url)} rel="enclosure" type="{mime}"/>' if entry.image_url else ""
    file = entry.enclosure
    enclosure = f'<link href={_quoted(file.url)} rel="enclosure" type={_quoted(file.type)}/>' if file else ""
    lang = f" xml:lang={_quoted(entry.lang)}" if entry.lang else ""
    return (
        f"<entry{lang}>{_element('title', without_controls(entry.title))}"
        f'<link href={_quoted(iri_to_uri(entry.url))} rel="alternate"/>'
        f"<published>{_date(entry.date)}</published><updated>{_date(entry.modified)}</updated>"
        f"<author>{author}</author>{_element('id', entry.id)}"
        f"{summary}{_html('content', without_controls(entry.html))}{categories}{via}{image}{enclosure}</entry>"
    )


def cdata(html: str) -> str:
    """Return *html* as it is, fit for a person to read: XML escapes it once."""
    return f"<![CDATA[{html.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else f"<{tag}/>"


def _html(tag: str, html: str) -> str:
    return f'<{tag} type="html">{cdata(html)}</{tag}>' if html else ""


def _quoted(value: str) -> str:
    # An address or a name mostly has nothing to escape, and then the library's way takes ten times as long.
    return f'"{value}"' if value.isprintable() and not any(map(value.__contains__, '&<>"')) else quoteattr(value)


def _date(moment: str) -> str:
    found = datetime.fromisoformat(moment)
    return found.isoformat() if found.tzinfo else f"{found.isoformat()}Z"
