"""Files that hosts ask for, and no reader; and what stands at addresses that have moved."""

from __future__ import annotations

from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ..addresses import story_address
from ..plans import FilePlan, Promise, page_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...model import StoryRecord
    from ..newsroom import Newsroom
    from ..plans import Plan
    from ..told import Told

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
        told = room.told.told(room.catalogue.stories.by_id[story_id])
        yield FilePlan(save_as=page_file(story_address(ended)), data=_leads_on(room, told))
    if moved:
        lines = islice(_redirects(room, moved), MOST_REDIRECTS)
        yield FilePlan(save_as="_redirects", data="".join(lines).encode())


def _leads_on(room: Newsroom, told: Told) -> bytes:
    """Return a page that leads on to a story, for people and for whoever reads ``canonical``, without a script."""
    # Beside the old one: that is right wherever the site lies.
    href, title = escape(f"../{quote(told.story.id)}/"), escape(told.title)
    canonical = f'<link rel="canonical" href="{escape(room.site.absolute(told.address))}">\n' if room.site.url else ""
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
    root = room.site.root
    stories = room.catalogue.stories
    said = {ended for ended, story_id in moved.items() if _is_said(stories.by_id[story_id].record, ended)}
    for ended in sorted(moved, key=lambda ended: (ended not in said, ended)):
        old, new = f"{root}{story_address(ended)}", f"{root}{story_address(moved[ended])}"
        yield f"{old} {new} 301\n"
        if ended in said:
            yield from (f"{old}{feed} {new}{feed} 301\n" for feed in _FEEDS)


def _is_said(record: StoryRecord | None, ended: str) -> bool:
    return record is not None and ended in record.formerly
