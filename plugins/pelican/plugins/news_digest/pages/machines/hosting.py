"""Files that hosts ask for, and no reader; and what stands at addresses that have moved."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape
from itertools import chain, islice
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ...setting.values import ItemUrl
from ..addresses import story_address
from ..plans import REDIRECTS, FilePlan, Plan, Promise, page_file

if TYPE_CHECKING:
    from ...model import NewsItem, StoryRecord
    from ..newsroom import Newsroom

# What Cloudflare Pages reads of one file; the pages at the old addresses lead on whatever a host reads.
MOST_REDIRECTS: Final = 2_000
_FEEDS: Final = ("feed.atom.xml", "feed.json")


def plan_hosting(room: Newsroom) -> Iterator[Plan | Promise]:
    """Yield ``.nojekyll``, ``CNAME`` where the site has a domain of its own, and what leads on from old addresses.

    A host that publishes a branch, as GitHub Pages may, would otherwise leave out folders whose names begin with
    ``_``, and forget the domain at each deployment. Other hosts do not look at them.
    """
    yield FilePlan(save_as=".nojekyll", data=b"")
    if room.choices.domain:
        yield FilePlan(save_as="CNAME", data=f"{room.choices.domain}\n".encode())
    moved = room.catalogue.stories.former
    for ended, story_id in moved.items():
        told = room.told.by_id[story_id]
        # Beside the old one: that is right wherever the site lies.
        yield _promise(room, story_address(ended), told.title, href=f"../{quote(told.story.id)}/", address=told.address)
    items, left = dict(_moved_items(room)), _left(room)
    for old, item in (*items.items(), *left.items()):
        href = "../" * old.count("/") + item.address
        yield _promise(room, old, item.title, href=href, address=item.address)
    if moved or items or left:
        lines = chain(
            _redirects(room, moved),
            (_line(room, old, item.address) for old, item in items.items()),
            # Not for ever: with another report the story is back.
            (_line(room, old, item.address, status=302) for old, item in left.items()),
        )
        yield FilePlan(save_as=REDIRECTS, data="".join(islice(lines, MOST_REDIRECTS)).encode())


def _left(room: Newsroom) -> dict[str, NewsItem]:
    """Return the address of each story that has one report left, and that report, if it has a page."""
    catalogue = room.catalogue
    left = catalogue.stories.left
    items = {item.slug: item for item in catalogue.published if item.slug in catalogue.paged} if left else {}
    return {story_address(ended): items[slug] for ended, slug in left.items() if slug in items}


def _moved_items(room: Newsroom) -> Iterator[tuple[str, NewsItem]]:
    """Yield each address that an item had before, unless a page is there now, and the item; newest first."""
    choices, tz = room.choices, room.dates.tz
    formerly = [ItemUrl(scheme) for scheme in choices.item_url_formerly if scheme != choices.item_url]
    paged = [item for item in room.catalogue.published if item.slug in room.catalogue.paged] if formerly else []
    now = {item.address for item in paged}
    for item in paged:
        day = item.date.astimezone(tz).date()
        if ItemUrl(choices.item_url).address(item.slug, day) != item.address:  # one of Pelican's own articles
            continue
        former = (url.address(item.slug, day) for url in formerly)
        yield from ((old, item) for old in former if old not in now)


def _promise(room: Newsroom, old: str, heading: str, *, href: str, address: str) -> Promise:
    """Return what stands at the address *old*: a page that leads on."""
    save_as = page_file(old)
    return Promise(
        save_as=save_as,
        facts=partial(room.facts.digest, heading, href, address),
        make=lambda: FilePlan(save_as=save_as, data=_leads_on(room, heading, href=href, address=address)),
    )


def _leads_on(room: Newsroom, heading: str, *, href: str, address: str) -> bytes:
    """Return a page for people and for whoever reads ``canonical``, without a script."""
    href, title = escape(href), escape(heading)
    canonical = f'<link rel="canonical" href="{escape(room.site.absolute(address))}">\n' if room.site.url else ""
    way = room.dates.locale.text_direction
    return (
        f'<!doctype html>\n<html lang="{escape(room.site.lang)}" dir="{way}">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{title}</title>\n{canonical}<meta name="robots" content="noindex">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="refresh" content="0; url={href}">\n</head>\n'
        f'<body>\n<main>\n<h1 dir="auto"><a href="{href}">{title}</a></h1>\n</main>\n</body>\n</html>\n'
    ).encode()


def _redirects(room: Newsroom, moved: dict[str, str]) -> Iterator[str]:
    """Yield a line for each address that has moved, as Netlify and Cloudflare Pages read them; the owner's first."""
    stories = room.catalogue.stories
    said = {ended for ended, story_id in moved.items() if _is_said(stories.by_id[story_id].record, ended)}
    for ended in sorted(moved, key=lambda ended: (ended not in said, ended)):
        old, new = story_address(ended), story_address(moved[ended])
        yield _line(room, old, new)
        if ended in said:
            yield from (_line(room, f"{old}{feed}", f"{new}{feed}") for feed in _FEEDS)


def _line(room: Newsroom, old: str, new: str, *, status: int = 301) -> str:
    return f"{room.site.root}{old} {room.site.root}{new} {status}\n"


def _is_said(record: StoryRecord | None, ended: str) -> bool:
    return record is not None and ended in record.formerly
