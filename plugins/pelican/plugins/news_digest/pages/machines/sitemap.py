"""For crawlers: a sitemap index with one file for each kind of page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from ..dates import iso
from ..plans import FilePlan, PagePlan, Promise

if TYPE_CHECKING:
    from ..newsroom import Newsroom

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS_NAMESPACE = "http://www.google.com/schemas/sitemap-news/0.9"
_KINDS = {
    "topics": "topics",
    "providers": "providers",
    "stories": "stories",
    "archive": "archive",
    "on-this-day": "archive",
}
MAX_URLS = 50_000
# Two days, and a thousand addresses: what the news extension is for.
NEWS_WINDOW: Final = timedelta(days=2)
MAX_NEWS: Final = 1000


class IndexedAddresses:
    """The addresses of pages that are to be indexed, by the sitemap that they stand in."""

    def __init__(self) -> None:
        self.kinds: dict[str, list[str]] = {}

    def add(self, plan: PagePlan | Promise) -> None:
        """Note the address of *plan*, unless it is not to be indexed."""
        address = plan.address if isinstance(plan, Promise) else _indexed_address(plan)
        if address is not None:
            # Items are wherever DIGEST_ITEM_URL puts them.
            self.kinds.setdefault("items" if plan.slug else _kind(address), []).append(address)


def _indexed_address(plan: PagePlan) -> str | None:
    head = getattr(plan.view, "head", None)
    return head.address if head is not None and head.is_indexed and not plan.is_placeless else None


def plan_sitemaps(room: Newsroom, indexed: IndexedAddresses) -> Iterator[FilePlan | Promise]:
    """Yield ``sitemap.xml`` and the sitemaps it names; nothing where no page is to be found."""
    if room.choices.is_hidden:
        return
    modified = {item.address: item.updated or item.date for item in room.catalogue.published}
    modified |= {told.address: told.moments[-1] for told in room.told.all if told.moments}
    kinds = indexed.kinds
    names = []
    for kind, addresses in sorted(kinds.items()):
        # From the oldest, which are planned last: news change the last file and no other.
        for part, end in enumerate(range(len(addresses), 0, -MAX_URLS), 1):
            name = f"sitemap-{kind}.xml" if part == 1 else f"sitemap-{kind}-{part}.xml"
            names.append(name)
            found = addresses[max(end - MAX_URLS, 0) : end]
            yield _promise_urlset(room, name, [(address, modified.get(address)) for address in found])
    if "items" in kinds:
        names.append("sitemap-news.xml")
        yield FilePlan(save_as="sitemap-news.xml", data=_news_urlset(room, frozenset(kinds["items"])))
    body = "".join(f"<sitemap><loc>{escape(room.site.absolute(name))}</loc></sitemap>\n" for name in names)
    index = f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{_NAMESPACE}">\n{body}</sitemapindex>\n'
    yield FilePlan(save_as="sitemap.xml", data=index.encode())


def _kind(address: str) -> str:
    """Return which sitemap *address* stands in; ``2021/08/28/`` and the like are the archive's."""
    place = address.partition("/")[0]
    return "archive" if place.isdecimal() else _KINDS.get(place, "pages")


def _news_urlset(room: Newsroom, indexed: frozenset[str]) -> bytes:
    """Return the newest items with the ``news:`` extension.

    "Newest" is before the build's reference time, not before the moment of the build: a build repeats byte for byte.
    See docs/decisions/0010-news-sitemap-by-reference-time.md.
    """
    now = room.catalogue.now
    recent = [i for i in room.catalogue.listed if now - NEWS_WINDOW <= i.date <= now and i.address in indexed]
    lines = []
    for item in recent[:MAX_NEWS]:
        lang = news_language(item.lang or room.site.lang)
        publication = f"<news:name>{escape(room.site.name)}</news:name><news:language>{escape(lang)}</news:language>"
        lines.append(
            f"<url><loc>{escape(room.site.absolute(item.address))}</loc><news:news>"
            f"<news:publication>{publication}</news:publication>"
            f"<news:publication_date>{iso(item.date)}</news:publication_date>"
            f"<news:title>{escape(item.title)}</news:title></news:news></url>\n"
        )
    attributes = f'xmlns="{_NAMESPACE}" xmlns:news="{_NEWS_NAMESPACE}"'
    body = "".join(lines)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset {attributes}>\n{body}</urlset>\n'.encode()


def news_language(tag: str) -> str:
    """Return a language as the schema of news sitemaps has it: two or three letters, and two forms of Chinese."""
    lang, *parts = tag.lower().split("-")
    if lang != "zh":
        return lang
    return "zh-tw" if "hant" in parts or ("hans" not in parts and {"tw", "hk", "mo"} & {*parts}) else "zh-cn"


def _promise_urlset(room: Newsroom, name: str, places: list[tuple[str, datetime | None]]) -> Promise:
    """Promise a sitemap of addresses, each with when it was changed, if that is known."""
    return Promise(
        save_as=name,
        facts=lambda: room.facts.joined(places),
        make=lambda: FilePlan(save_as=name, data=_urlset(room, places)),
    )


def _urlset(room: Newsroom, places: list[tuple[str, datetime | None]]) -> bytes:
    lines = []
    for address, changed in places:
        last = f"<lastmod>{iso(changed)}</lastmod>" if changed else ""
        lines.append(f"<url><loc>{escape(room.site.absolute(address))}</loc>{last}</url>\n")
    body = "".join(lines)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_NAMESPACE}">\n{body}</urlset>\n'.encode()
