"""Items that lie somewhere else, each once: a browser's bookmarks, and the JSON API of a site of this format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ...frontmatter.items.compose import moment
from ...text.address import AddressError, clean_address
from ...text.dates import parse_date
from ...text.plain import clean_text, clean_title
from .decide import Wanted
from .entries import cut_title, excerpt_of, host_of
from .identity import FileLinks, article_key, entry_id

MAX_BYTES: Final = 50 * 2**20
MAX_PAGES: Final = 10_000
_BOOKMARKS: Final = re.compile(rb"<!doctype\s+netscape-bookmark|<dt>\s*<a\s", re.IGNORECASE)
_OPENING_BYTES: Final = 4096
_MAX_DEPTH: Final = 20
_MILLISECONDS_FROM: Final = 10**11
_STEM: Final = re.compile(r"[^/\\]+(?=\.(?:md|markdown)\Z)", re.IGNORECASE)
# What an item of the API says that front matter says as well, under the same name and in its order.
_API_KEYS: Final = (
    "category", "title", "excerpt", "publishedDateTime", "updatedDateTime", "originalUrl", "webUrl", "ampWebUrl",
    "cdnAmpWebUrl", "type", "heat", "featuredContent", "locale", "provider", "topics", "images",
)  # fmt: skip


class ElsewhereError(ValueError):
    """Nothing that items can be taken from; the text says why."""


def bookmarks(data: bytes, *, now: datetime) -> Iterator[Wanted | str]:
    """Yield an item for each bookmark of a browser's export, or why there is none; folders and tags are topics.

    Raises:
        ElsewhereError: It is no such export.
    """
    if len(data) > MAX_BYTES or not _BOOKMARKS.search(data[:_OPENING_BYTES]):
        raise ElsewhereError("is no export of a browser's bookmarks")
    for node in LexborHTMLParser(data.decode("utf-8", "replace")).css("dt > a[href]"):
        try:
            url = clean_address(node.attributes.get("href") or "")
        except AddressError as error:
            yield f"the link is {error}"
            continue
        date = min(_added(node) or now, now)
        values: dict[str, object] = {
            "title": cut_title(clean_title(node.text()) or host_of(url)),
            "excerpt": _description(node),
            "publishedDateTime": moment(date),
            "webUrl": url,
            "type": "article",
            "provider": {"name": host_of(url), "domain": host_of(url)},
        }
        if topics := list(dict.fromkeys(_topics(node))):
            values["topics"] = topics
        yield Wanted(values=values, body="", date=date, links=_links(url))


def _added(node: LexborNode) -> datetime | None:
    written = node.attributes.get("add_date") or ""
    if not (written.isascii() and written.isdecimal() and written.strip("0")) or len(written) > len(str(2**63)):
        return None
    seconds = int(written)
    while seconds >= _MILLISECONDS_FROM:  # some browsers write milliseconds or microseconds
        seconds //= 1000
    return datetime.fromtimestamp(seconds, tz=UTC)


def _description(node: LexborNode) -> str:
    after = node.parent.next if node.parent is not None else None
    while after is not None and (after.tag or "-").startswith("-"):  # white space between the two
        after = after.next
    return excerpt_of(after.text(), is_html=False) if after is not None and after.tag == "dd" else ""


def _topics(node: LexborNode) -> Iterator[str]:
    """Yield the names of the folders above, the outermost first, and the tags. A browser's own bars are no topics."""
    names: list[str] = []
    above = node.parent
    while above is not None and len(names) < _MAX_DEPTH:
        folder = above.css_first("h3") if above.tag == "dt" else None
        if folder is not None and folder.parent == above and not _is_bar(folder):
            names.append(clean_title(folder.text()))
        above = above.parent
    yield from filter(None, names[::-1])
    yield from filter(None, (clean_title(tag) for tag in (node.attributes.get("tags") or "").split(",")))


def _is_bar(folder: LexborNode) -> bool:
    return any(name in folder.attributes for name in ("personal_toolbar_folder", "unfiled_bookmarks_folder"))


def api_items(read: Callable[[str], bytes]) -> Iterator[Wanted | str]:
    """Yield the items of a JSON API, page by page, or why one is none; see docs/reference/api.md.

    Args:
        read: Returns what lies at a path below ``api/news/``; may raise :class:`ElsewhereError`.

    Raises:
        ElsewhereError: There is none.
    """
    path, seen = "index.json", 0
    for _ in range(MAX_PAGES):
        try:
            page = msgspec.json.decode(read(path))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise ElsewhereError(f"{path} is no JSON: {error}"[:200]) from None
        if not isinstance(page, dict) or not isinstance(page.get("value"), list):
            raise ElsewhereError(f"{path} is no page of the JSON API")
        yield from (_api_item(each) if isinstance(each, dict) else "no item" for each in page["value"])
        following = page.get("nextPage")
        if type(following) is not int or following <= seen:
            return
        seen, path = following, f"page/{following}/index.json"


def _api_item(found: Mapping[str, Any]) -> Wanted | str:
    title = found.get("title")
    if not isinstance(title, str) or not clean_text(title):
        return "no title"
    date = parse_date(found.get("publishedDateTime"), tz=UTC)
    if date is None:
        return "no date"
    values = {key: plain for key in _API_KEYS if (plain := _plain(found.get(key))) not in (None, "", [], {})}
    stem = _STEM.search(str(found.get("path") or "").rpartition("/")[2])
    link = found.get("webUrl") or found.get("originalUrl")
    try:
        links = _links(clean_address(str(link))) if link else FileLinks()
    except AddressError as error:
        return f"the link is {error}"
    return Wanted(values=values, body="", date=date, links=links, stem=stem[0] if stem else "")


def _plain(value: object) -> object:
    """Return a value without what is null in it."""
    if isinstance(value, dict):
        return {str(key): plain for key, each in value.items() if (plain := _plain(each)) is not None}
    if isinstance(value, list):
        return [plain for each in value if (plain := _plain(each)) is not None]
    return value


def _links(url: str) -> FileLinks:
    key = article_key(url)
    return FileLinks((key,), entry_id("", key))
