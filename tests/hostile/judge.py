"""Reads every file of an output as whoever receives it would, and says what could act, leave, or break in it."""

from __future__ import annotations

import gzip
import io
import json
import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import html5lib
from lxml import etree
from PIL import Image

XHTML = "{http://www.w3.org/1999/xhtml}"
ADDRESSES = frozenset("href src action formaction poster data cite background srcset ping xlink:href manifest".split())
NEVER = frozenset("object embed applet base frame frameset plaintext xmp marquee portal".split())
# What our own pages have and a stranger's words never may: counted on a page without any.
OURS = frozenset("script style link meta form input button select svg template dialog iframe".split())
KINDS = {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP", ".avif": "AVIF"}
META = frozenset({"", "content-security-policy", "x-ua-compatible", "content-type"})
PICTURES = ("src", "srcset", "poster")
TEXT_ENDINGS = (".css", ".js", ".txt", ".xsl", ".webmanifest", ".svg")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NAMES_ADDRESS = re.compile(r"(?:url|uri|^@id|^link|^image|^icon|^favicon|^href)$", re.IGNORECASE)
_PAGEFIND = b"pagefind_dcd"


class Judge:
    """Judges the files of sites that differ in their articles alone. HTML that comes again is judged once.

    Args:
        siteurl: The sites' address.
        scripts: Sources and texts of the layout's own scripts.
        foreign: Files that are kept as somebody sent them: pages may only frame them in an empty sandbox.
    """

    def __init__(self, *, siteurl: str, scripts: frozenset[str], foreign: frozenset[str]) -> None:
        self.siteurl, self.scripts, self.foreign = siteurl, scripts, foreign
        self._judged = lru_cache(maxsize=4096)(self._complaints_of)

    def complaints(self, folder: Path) -> Iterator[str]:
        """Yield ``file: what`` for everything that is wrong in any file of the output *folder*."""
        for path in sorted(folder.rglob("*")):
            if path.is_symlink():
                yield f"{path}: a link"
            elif path.is_file():
                name = path.relative_to(folder).as_posix()
                yield from (f"{name}: {what}" for what in self.judge(name, path.read_bytes()))

    def judge(self, name: str, data: bytes) -> Iterator[str]:  # noqa: C901 - one branch for each kind of file
        """Yield what is wrong in one file."""
        if name.startswith("pagefind/"):
            yield from _search(name, data)
            return
        if name.endswith(tuple(KINDS)):
            yield from _picture(name, data)
            return
        if found := _CONTROL.search(data):
            yield f"the control character {found[0]!r}"
        text = data.decode("utf-8")
        if name.endswith(".html"):
            if name not in self.foreign:
                yield from self.page(text, is_fragment=False)
        elif name.endswith((".atom.xml", ".rss.xml")):
            yield from self.feed(data)
        elif name.endswith((".xml", ".opml")):
            yield from _xml(data)
        elif name.endswith(".json"):
            yield from _addresses_of(json.loads(text))
            for item in _items_of(json.loads(text), "content_html"):
                yield from self.page(item, is_fragment=True)
        elif not name.endswith(TEXT_ENDINGS) and name not in {".nojekyll", "CNAME", ".news-digest"}:
            yield "a kind of file that nobody judges"

    def page(self, text: str, *, is_fragment: bool) -> tuple[str, ...]:
        """Return what could act in HTML, as a browser takes it apart."""
        return self._judged(text, is_fragment)

    def _complaints_of(self, text: str, is_fragment: bool) -> tuple[str, ...]:
        return tuple(self._page(text, is_fragment=is_fragment))

    def _page(self, text: str, *, is_fragment: bool) -> Iterator[str]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # html5lib mends what browsers mend, and says so
            parser = html5lib.HTMLParser(namespaceHTMLElements=False)
            root = parser.parseFragment(text) if is_fragment else parser.parse(text)
        if parser.errors and not is_fragment:
            yield f"HTML that a browser has to mend: {parser.errors[0][1]}"
        for element in root.iter():
            if isinstance(element.tag, str):
                yield from self.element(element, is_fragment=is_fragment)

    def element(self, element: Any, *, is_fragment: bool) -> Iterator[str]:
        """Yield what one element could do."""
        tag = element.tag.rpartition("}")[2]
        if tag in NEVER or (is_fragment and tag in OURS):
            yield f"<{tag}>"
        if tag == "script" and not is_fragment:
            yield from self.script(element)
        yield from (f"<{tag}> {what}" for what in self.requests(tag, element))
        for name, value in element.attrib.items():
            if name.lower().startswith("on"):
                yield f"an event handler: {name}"
            if name in ADDRESSES and (problem := bad_address(value)):
                yield f"{tag}.{name}: {problem}: {value[:80]!r}"

    def script(self, element: Any) -> Iterator[str]:
        """Yield what is wrong with a script: it is one of the layout's, or data."""
        if element.get("type") == "application/ld+json":
            yield from _addresses_of(json.loads(element.text or "null"))
        elif element.get("src", element.text or "").partition("?")[0] not in self.scripts:
            yield f"a script: {element.get('src', element.text)!r}"

    def requests(self, tag: str, element: Any) -> Iterator[str]:
        """Yield what a browser would ask of others, or be sent to, without a click."""
        # In an empty sandbox nothing may run, be sent or lead away, whatever it is.
        if tag == "iframe" and (element.get("sandbox") != "" or element.get("src", "").strip("/") not in self.foreign):
            yield f"that may act: {element.get('src')!r}"
        if tag == "meta" and (element.get("http-equiv") or "").lower() not in META:
            yield f"http-equiv={element.get('http-equiv')!r}"
        asked = {"link": ("href",), "form": ("action",), "img": PICTURES, "source": PICTURES, "video": PICTURES}
        if tag != "link" or element.get("rel") in {"stylesheet", "icon", "preload", "modulepreload"}:
            for name in asked.get(tag, ()):
                if not self.is_ours(element.get(name) or ""):
                    yield f"asks another host: {element.get(name)}"

    def is_ours(self, address: str) -> bool:
        """Whether an address is one of this site's."""
        return not urlsplit(address).netloc or address.startswith(self.siteurl)

    def feed(self, data: bytes) -> Iterator[str]:
        """Yield what is wrong in a feed, for a strict parser and for a reader."""
        yield from _xml(data)
        found = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
        if found.bozo:
            yield f"not well-formed: {found.bozo_exception}"
        for entry in found.entries:
            for link in entry.get("links", ()):
                if problem := bad_address(link.get("href", "")):
                    yield f"a link of an entry: {problem}"
            for content in (*entry.get("content", ()), entry.get("summary_detail", {})):
                if content.get("type") in {"text/html", "application/xhtml+xml"}:
                    yield from self.page(content.get("value", ""), is_fragment=True)


def bad_address(value: str) -> str:
    """Return why nobody should follow an address; ``""`` for http, mail, placeholders of mails and our own."""
    bare = re.sub(r"[\t\n\r]", "", value).strip("".join(map(chr, range(0x21))))  # as browsers do
    scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", bare)
    if scheme and scheme[1].lower() not in {"http", "https", "mailto"}:
        return "a scheme that is not http"
    try:
        return "credentials" if "@" in urlsplit(bare).netloc else ""
    except ValueError as error:
        return str(error)


def _xml(data: bytes) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        tree = etree.fromstring(data, parser).getroottree()
    except etree.XMLSyntaxError as error:
        yield f"not well-formed: {error}"
        return
    if tree.docinfo.doctype:
        yield "a document type"
    for node in tree.getroot().iter():
        if isinstance(node, (etree._ProcessingInstruction, etree._Entity)):
            yield f"<?{node}?>"
        elif isinstance(node.tag, str):
            for name, value in node.attrib.items():
                if name in {"href", "url", "src", "xmlUrl", "htmlUrl"} and (problem := bad_address(value)):
                    yield f"{name}: {problem}"


def _items_of(value: Any, key: str) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for name, text in value.items() if name == key and isinstance(text, str))
        for inner in value.values():
            yield from _items_of(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _items_of(inner, key)


def _addresses_of(value: Any, key: str = "") -> Iterator[str]:
    """Yield what is wrong with values whose keys say that they are addresses."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _addresses_of(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from _addresses_of(inner, key)
    elif isinstance(value, str) and _NAMES_ADDRESS.search(key) and (problem := bad_address(value)):
        yield f"{key}: {problem}: {value[:80]!r}"


def _picture(name: str, data: bytes) -> Iterator[str]:
    """Yield what is wrong with a picture: it is what its name says, and says nothing beside what it shows."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            kind, said = picture.format, {key: value for key, value in picture.info.items() if isinstance(value, str)}
            picture.load()
    except (OSError, ValueError) as error:
        yield f"not a picture: {error}"
        return
    if kind != KINDS[name[name.rindex(".") :]]:
        yield f"a {kind} under another name"
    if said:
        yield f"a picture with words in it: {said}"


def _search(name: str, data: bytes) -> Iterator[str]:
    """Yield what is wrong in the search index: its fragments hold texts, compressed."""
    if not name.endswith(".pf_fragment"):
        return
    try:
        text = gzip.decompress(data)
        value = json.loads(text[text.find(b"{") :] if text.startswith(_PAGEFIND) else text)
    except (OSError, ValueError) as error:
        yield f"a fragment that cannot be read: {error}"
        return
    yield from _addresses_of(value)
