"""For crawlers: a sitemap index with one file for each kind of page, and robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from .dates import iso
from .plans import FilePlan, PagePlan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .newsroom import Newsroom

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_KINDS = {"news": "news", "topics": "topics", "providers": "providers"}
MAX_URLS = 50_000


def plan_sitemaps(room: Newsroom, pages: Iterable[PagePlan]) -> Iterator[FilePlan]:
    """Yield ``sitemap.xml``, the sitemaps it names, and ``robots.txt``.

    Args:
        pages: Every page of the site; those that are not to be indexed are left out.
    """
    modified = {item.address: iso(item.modified or item.date) for item in room.catalogue.published}
    kinds: dict[str, list[str]] = {}
    for plan in pages:
        head = getattr(plan.view, "head", None)
        if head is not None and head.is_indexed and not plan.is_placeless:
            kinds.setdefault(_KINDS.get(head.address.partition("/")[0], "pages"), []).append(head.address)
    names = []
    for kind, addresses in sorted(kinds.items()):
        for part, start in enumerate(range(0, len(addresses), MAX_URLS), 1):
            name = f"sitemap-{kind}.xml" if part == 1 else f"sitemap-{kind}-{part}.xml"
            names.append(name)
            yield FilePlan(save_as=name, data=_urlset(room, addresses[start : start + MAX_URLS], modified))
    body = "".join(f"<sitemap><loc>{escape(room.site.absolute(name))}</loc></sitemap>\n" for name in names)
    index = f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{_NAMESPACE}">\n{body}</sitemapindex>\n'
    yield FilePlan(save_as="sitemap.xml", data=index.encode())
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {room.site.absolute('sitemap.xml')}\n"
    yield FilePlan(save_as="robots.txt", data=robots.encode())


def _urlset(room: Newsroom, addresses: list[str], modified: Mapping[str, str]) -> bytes:
    lines = []
    for address in addresses:
        last = f"<lastmod>{modified[address]}</lastmod>" if address in modified else ""
        lines.append(f"<url><loc>{escape(room.site.absolute(address))}</loc>{last}</url>\n")
    body = "".join(lines)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_NAMESPACE}">\n{body}</urlset>\n'.encode()
