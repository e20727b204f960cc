"""When two links, or two entries, are the same report; and what a content folder has already, by what it links to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

import msgspec

from ...frontmatter.edit import plain_text
from ...frontmatter.yaml.refused import FrontMatterError
from ...frontmatter.yaml.yaml12 import load_front_matter, split_front_matter
from ...text.address import AddressError, clean_address, link_key

ID_BYTES: Final = 8
_AMP_HOST: Final = re.compile(r"(?:amp|www-amp)\.(?=[^.]+\.)")
_AMP_CACHE: Final = re.compile(r"(?:[\w-]+\.)?cdn\.ampproject\.org\Z")
_AMP_CACHE_PATH: Final = re.compile(r"/(?:c|v|i|r)/(s/)?(.+)", re.DOTALL)
_AMP_GOOGLE_PATH: Final = re.compile(r"/amp/(s/)?(.+)", re.DOTALL)
_AMP_END: Final = re.compile(r"(?:/amp(?:\.html?)?|(?P<dot>\.amp)(?P<ending>\.html?)?)/?\Z", re.IGNORECASE)
_AMP_PARAMETERS: Final = re.compile(
    r"amp(?:=(?:1|true|yes)?)?|outputtype=amp|output=amp|_amp=true|view=amp", re.IGNORECASE
)
# Of a front matter, what a report is known by. Keys at the beginning of their line are those of the file itself.
_LINK_LINE: Final = re.compile(
    r"^(?:(['\"]?)(?:webUrl|originalUrl|ampWebUrl|cdnAmpWebUrl)\1)[ \t]*:[ \t]*(.*)$", re.MULTILINE
)
_PLAIN_VALUE: Final = re.compile(
    r"\"([^\"\\]*)\"[ \t]*(?:#.*)?\Z|'([^']*)'[ \t]*(?:#.*)?\Z|(https?://[^\s#]*(?:#[^\s]*)?)[ \t]*(?:[ \t]#.*)?\Z"
)
_LINK_KEYS: Final = ("webUrl", "originalUrl", "ampWebUrl", "cdnAmpWebUrl")
# Looking for these and then at their lines takes a third of the time that looking at each line does.
_BEGINNINGS: Final = tuple(f"\n{quote}{key}" for key in _LINK_KEYS for quote in ("", "'", '"'))
_IMPORTED_PART: Final = re.compile(r"^(['\"]?)imported\1[ \t]*:.*(?:\n(?:[ \t].*)?)*", re.MULTILINE)
_ID: Final = re.compile(r"\bid['\"]?[ \t]*:[ \t]*['\"]?([0-9a-f]{16})\b")
_IMPORTED: Final = "imported"


def article_key(url: str) -> str:
    """Return what the addresses of one report have in common: tracking, AMP, case of the host and the like are none.

    What tells one report from another stays: a path, its parameters (``?id=``), and places such as ``#!/7``.
    """
    return link_key(without_amp(url)) if "amp" in url.lower() else link_key(url)


def without_amp(url: str) -> str:
    """Return the address of the report itself where *url* is that of its AMP form."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    host = parts.hostname or ""
    inner = None
    if _AMP_CACHE.search(host):
        inner = _AMP_CACHE_PATH.fullmatch(parts.path)
    elif host.removeprefix("www.").startswith("google."):
        inner = _AMP_GOOGLE_PATH.fullmatch(parts.path)
    if inner:
        query = f"?{parts.query}" if parts.query else ""
        return without_amp(f"{'https' if inner[1] else 'http'}://{unquote(inner[2])}{query}")
    end = _AMP_END.search(parts.path)
    path = parts.path[: end.start()] + (end["ending"] or "") if end and end.start() > 0 else parts.path
    path = path.removeprefix("/amp") if path.lower().startswith("/amp/") and path.strip("/").count("/") else path
    query = parts.query
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        kept = [pair for pair in pairs if not _AMP_PARAMETERS.fullmatch("=".join(pair))]
        query = query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit((parts.scheme, _AMP_HOST.sub("", parts.netloc.lower(), count=1), path, query, parts.fragment))


def entry_id(feed_key: str, guid: str) -> str:
    """Return the id of an entry: what its feed tells it apart by, in sixteen digits."""
    return blake2b(f"{feed_key}\0{guid}".encode("utf-8", "surrogatepass"), digest_size=ID_BYTES).hexdigest()


class FileLinks(msgspec.Struct, frozen=True):
    """What one file is known by.

    Attributes:
        keys: Of its links.
        id: Of the entry that it was made from; ``""`` for a file of somebody's own.
    """

    keys: tuple[str, ...] = ()
    id: str = ""


def links_of_file(text: str) -> FileLinks:
    """Return what the item that *text* holds is known by, also where its front matter is broken.

    Most files are read by lines, which takes a twentieth of the time that YAML does: a large archive is looked through
    at every import.
    """
    fm = _front_matter(text)
    found = tuple(_values(fm))
    if not found or None in found:
        try:
            data = load_front_matter(fm)
        except FrontMatterError:
            data = {}
        if data:
            return _links_of_values(data)
    return FileLinks(tuple(_keys(value for value in found if value)), _id_of(fm))


def _front_matter(text: str) -> str:
    text = plain_text(text)
    try:
        return split_front_matter(text)[0]
    except FrontMatterError:
        return text[:20_000]


def _values(fm: str) -> Iterator[str | None]:
    """Yield the links of a front matter; None for one that only YAML can read."""
    for beginning in _BEGINNINGS:
        at = fm.find(beginning)
        while at >= 0:
            line = _LINK_LINE.match(fm, at + 1)
            if line:
                plain = _PLAIN_VALUE.match(line[2])
                yield next(filter(None, plain.groups()), "") if plain else None
            at = fm.find(beginning, at + 1)


def _id_of(fm: str) -> str:
    part = _IMPORTED_PART.search(fm) if _IMPORTED in fm else None
    found = _ID.search(part[0]) if part else None
    return found[1] if found else ""


def _links_of_values(data: dict[str, Any]) -> FileLinks:
    imported = data.get(_IMPORTED)
    entry = imported.get("id") if isinstance(imported, dict) else None
    links = (data[key] for key in _LINK_KEYS if isinstance(data.get(key), str))
    return FileLinks(tuple(_keys(links)), entry if isinstance(entry, str) else "")


def _keys(links: Iterable[str]) -> Iterator[str]:
    for link in links:
        try:
            yield article_key(clean_address(link))
        except AddressError:
            continue


class Known:
    """What a content folder has, and had: nothing of it is imported once more.

    Args:
        files: Path → what each file is known by.
        ended: Keys of links, and ids of entries, that were imported at some time.
    """

    def __init__(self, files: dict[str, FileLinks], ended: Iterable[str] = ()) -> None:
        self._by_key: dict[str, str] = {}
        self._by_id: dict[str, str] = {}
        self._ended = frozenset(ended)
        for path, links in files.items():
            self.add(path, links)

    def add(self, path: str, links: FileLinks) -> None:
        """Take note of a file; who came first keeps a link."""
        for key in links.keys:
            self._by_key.setdefault(key, path)
        if links.id:
            self._by_id.setdefault(links.id, path)

    def path_of(self, key: str, entry: str) -> str:
        """Return the file of an entry, by its id or its link; ``""`` when there is none."""
        return self._by_id.get(entry, "") or self._by_key.get(key, "")

    def has_ended(self, key: str, entry: str) -> bool:
        """Whether an entry was imported once: where it has no file, somebody deleted it."""
        return key in self._ended or entry in self._ended
