"""OPML, in which feed readers hand over whom somebody follows: folders are topics."""

from __future__ import annotations

import codecs
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...text.address import AddressError, clean_address, link_key
from ...text.plain import clean_title

if TYPE_CHECKING:
    from .sources import Source

MAX_BYTES: Final = 10 * 2**20
_OPENING_CHARS: Final = 10_000
_MAX_DEPTH: Final = 20
_OPML: Final = re.compile(r"<(?:opml|outline)\b", re.IGNORECASE)
# An element that is closed at once, which HTML knows for its own names alone.
_EMPTY: Final = re.compile(r"""<outline((?:[^>"'/]|/(?!>)|"[^"]*+"|'[^']*+')*+)/>""", re.IGNORECASE)
_DECLARED: Final = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]{1,40})[\"']")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class OpmlError(ValueError):
    """A file that is no OPML; the text says what it is."""


def read_opml(data: bytes) -> tuple[list[dict[str, object]], int]:
    """Return an entry of ``sources.yaml`` for each feed that an OPML file lists, and how many others cannot be asked.

    It is read as browsers read tags: what feed readers export is often no XML, for a bare ``&`` in a name.

    Raises:
        OpmlError: It is none.
    """
    if len(data) > MAX_BYTES:
        raise OpmlError(f"larger than {MAX_BYTES // 2**20} MB")
    text = _text(data)
    if not _OPML.search(text[:_OPENING_CHARS]):
        raise OpmlError("is no OPML")
    tree = LexborHTMLParser(_EMPTY.sub(r"<outline\1></outline>", text))
    entries: dict[str, dict[str, object]] = {}
    topics: dict[str, dict[str, None]] = {}
    refused = 0
    for node in tree.css("outline[xmlurl]"):
        written = (node.attributes.get("xmlurl") or "").strip()
        try:
            url = clean_address(written)
        except AddressError:
            refused += bool(written)
            continue
        # A feed may lie in several folders.
        topics.setdefault(link_key(url), {}).update(dict.fromkeys(filter(None, (*_folders(node), *_categories(node)))))
        entry = entries.setdefault(link_key(url), {"feed": url, "topics": []})
        title = _title(node)
        if title and "://" not in title:
            entry.setdefault("title", title)
    found = [{**entry, "topics": list(topics[key])} for key, entry in entries.items()]
    return [{key: value for key, value in entry.items() if value} for entry in found], refused


def _title(node: LexborNode) -> str:
    return clean_title(node.attributes.get("text") or node.attributes.get("title") or "")


def _folders(node: LexborNode) -> list[str]:
    """Return the names of the folders that a feed lies in, the outermost first."""
    names: list[str] = []
    above = node.parent
    while above is not None and len(names) < _MAX_DEPTH:
        if above.tag == "outline" and "xmlurl" not in above.attributes:
            names.append(_title(above))
        above = above.parent
    return names[::-1]


def _categories(node: LexborNode) -> Iterator[str]:
    for path in (node.attributes.get("category") or "").split(","):
        yield from (clean_title(part) for part in path.split("/"))


def _text(data: bytes) -> str:
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "")
    if not encoding:
        declared = _DECLARED.match(data)
        encoding = declared[1].decode("ascii") if declared else "utf-8"
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return data.decode("utf-8", "replace")


def write_opml(sources: Iterable[Source], *, title: str) -> bytes:
    """Return an OPML file of *sources*: each lies in a folder of its first topic, and that in one of the next."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = title
    folders: dict[tuple[str, ...], ET.Element] = {(): ET.SubElement(root, "body")}
    for source in sources:
        name = source.title or source.feed
        ET.SubElement(_folder(folders, source.topics), "outline", type="rss", text=name, title=name, xmlUrl=source.feed)
    ET.indent(root)
    data: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _folder(folders: dict[tuple[str, ...], ET.Element], topics: tuple[str, ...]) -> ET.Element:
    if topics not in folders:
        folders[topics] = ET.SubElement(_folder(folders, topics[:-1]), "outline", text=topics[-1], title=topics[-1])
    return folders[topics]
