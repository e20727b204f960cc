"""The site's own pages (``content/pages/``) and ``/404.html``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from ...catalogue.clusters import without_shown
from ...catalogue.ranking import by_score
from ..plans import PagePlan, page_file
from ..site import head
from ..views.base import LinkView
from ..views.own import NotFoundView, PageView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..newsroom import Newsroom

STORIES_ON_404 = 6


class OwnPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page in the owner's words, as Pelican read it.

    Attributes:
        address, save_as: As Pelican's settings have them.
        content: HTML, links already resolved.
        is_listed: Whether search engines and the footer may show it (drafts and hidden pages: no).
    """

    title: str
    address: str
    save_as: str
    content: str
    lang: str = ""
    description: str = ""
    modified: datetime | None = None
    is_listed: bool = True


def plan_own_pages(room: Newsroom, pages: Iterable[OwnPage]) -> Iterator[PagePlan]:
    """Yield the owner's pages in order."""
    for page in pages:
        crumb = LinkView(text=page.title, href=page.address)
        yield PagePlan(
            save_as=page.save_as or page_file(page.address),
            template="page.html",
            view=PageView(
                head=head(
                    room.site,
                    title=page.title,
                    address=page.address,
                    description=page.description,
                    is_indexed=page.is_listed,
                    breadcrumbs=(crumb,),
                ),
                breadcrumbs=(crumb,),
                title=page.title,
                content=page.content,
                lang="" if page.lang == room.site.lang else page.lang,
                modified=room.dates.time(page.modified) if page.modified else None,
            ),
        )


def plan_not_found(room: Newsroom) -> PagePlan:
    """Return ``/404.html``: whoever comes to a dead end finds the best of what there is."""
    catalogue = room.catalogue
    recent = by_score(catalogue.listed[: 10 * STORIES_ON_404], now=catalogue.now)
    best = without_shown(recent, catalogue.clusters, shown=set(), limit=STORIES_ON_404)
    return PagePlan(
        save_as="404.html",
        template="404.html",
        view=NotFoundView(
            head=head(room.site, title=room.say("Page not found"), address="404.html", is_indexed=False),
            latest=room.stories(best),
        ),
        is_placeless=True,
    )
