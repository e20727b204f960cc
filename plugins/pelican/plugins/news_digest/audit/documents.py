"""One file of a site → its links, and the places in it that links can lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from xml.etree import ElementTree as ET  # our own files are read, and nothing of XML's dangerous parts is in them

import msgspec
from selectolax.lexbor import LexborHTMLParser

_LINKING: Final = "[href],[src],[srcset],[poster],[action],meta[property='og:image'],meta[property='og:url']"
_ADDRESSES: Final = ("href", "src", "poster", "action", "content")
_XML_ATTRIBUTES: Final = ("href", "xmlUrl", "htmlUrl", "url")
_XML_TEXTS: Final = frozenset(("loc", "link", "url"))
_CSS_URL: Final = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
# An address, then how wide or dense it is, up to the next comma; there is none where the address ends with it.
_CANDIDATE: Final = re.compile(r"[\s,]*([^\s,]\S*)(?:(?<=,)|[^,]*(?:,|\Z))")
_JSON_KEYS: Final = ("home_page_url", "feed_url", "next_url", "url", "image", "external_url")


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One file as a reader follows it.

    Attributes:
        links: Each address once, as it stands there.
        ids: What a link to a part of it may name.
    """

    links: tuple[str, ...]
    ids: frozenset[str] = frozenset()


def read_document(path: str, data: bytes) -> Document | None:
    """Return what *data*, the file at *path*, links to; None for a kind of file that links to nothing.

    Raises:
        ValueError: It is not what its name says: XML or JSON that cannot be read.
    """
    ending = path.rpartition(".")[2]
    match ending:
        case "html":
            return _html(data)
        case "xml" | "opml":
            return Document(links=tuple(dict.fromkeys(_xml_links(data))))
        case "css":
            found = _CSS_URL.findall(data.decode("utf-8", "replace"))
            return Document(links=tuple(dict.fromkeys(link for link in found if not link.startswith("data:"))))
        case "json" if path.rpartition("/")[0].endswith("feeds") or path.endswith("feed.json"):
            return Document(links=tuple(dict.fromkeys(_json_feed_links(data))))
        case _:
            return None


def _html(data: bytes) -> Document:
    tree = LexborHTMLParser(data)
    links: dict[str, None] = {}
    for node in tree.css(_LINKING):
        attributes = node.attributes
        for name in _ADDRESSES:
            if name in attributes and (name != "content" or node.tag == "meta"):
                links[attributes[name] or ""] = None
        if "srcset" in attributes:
            links.update(dict.fromkeys(_candidates(attributes["srcset"] or "")))
    ids = {node.id or "" for node in tree.css("[id]")} | {node.attributes["name"] or "" for node in tree.css("a[name]")}
    return Document(links=tuple(links), ids=frozenset(ids))


def _candidates(srcset: str) -> Iterator[str]:
    """Yield the addresses in *srcset*, as browsers read it: an address may hold commas, but not end with one."""
    for found in _CANDIDATE.finditer(srcset):
        yield found[1].rstrip(",")


def _xml_links(data: bytes) -> Iterator[str]:
    try:
        root = ET.fromstring(data)  # noqa: S314 - see the import
    except ET.ParseError as error:
        raise ValueError(f"not well-formed: {error}") from error
    for element in root.iter():
        for name in _XML_ATTRIBUTES:
            if name in element.attrib:
                yield element.attrib[name]
        if element.tag.rpartition("}")[2] in _XML_TEXTS and element.text and element.text.strip():
            yield element.text.strip()


def _json_feed_links(data: bytes) -> Iterator[str]:
    try:
        feed: Any = msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        raise ValueError(f"not JSON: {error}") from error
    for entry in (feed, *feed.get("items", ())):
        for key in _JSON_KEYS:
            if isinstance(entry.get(key), str):
                yield entry[key]
