"""The whole site as plans, in the order in which it is written."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from .about import plan_about
from .api import plan_api
from .archive import plan_archive
from .article import plan_articles
from .feed_page import plan_feed_page, plan_opml
from .feeds import plan_feeds
from .home import plan_home
from .hosting import plan_hosting
from .listings import plan_latest
from .newsletter import plan_newsletter_files, plan_newsletter_pages
from .own import OwnPage, plan_not_found, plan_own_pages
from .pictures import plan_pictures
from .providers import plan_providers
from .sitemap import IndexedAddresses, plan_sitemaps
from .status import BuildReport, plan_status
from .tools import SearchState, plan_saved, plan_search
from .topics import plan_topics

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .newsroom import Newsroom
    from .plans import Plan


def plan_site(
    room: Newsroom,
    *,
    own_pages: Iterable[OwnPage] = (),
    search: SearchState = SearchState.OFF,
    report: BuildReport | None = None,
) -> Iterator[Plan]:
    """Yield every file of the site that is not copied as it is: pages, feeds, sitemaps.

    Nothing is rendered or written here, and nothing depends on the order of the content. Pages in the owner's own words
    come first; the rest is planned as it is asked for, so that nobody has to hold all of it.
    """
    own = tuple(plan_own_pages(room, own_pages))
    taken = {plan.save_as for plan in own}
    addresses = IndexedAddresses()
    for page in chain(
        own,
        [plan_home(room)],
        plan_articles(room),
        plan_latest(room),
        plan_topics(room),
        plan_providers(room),
        plan_archive(room),
        [plan_search(room, search), plan_saved(room), plan_feed_page(room)],
        plan_newsletter_pages(room),
        # Where the owner has words of their own, ours are not needed.
        (plan for plan in (plan_about(room), plan_status(room, report or BuildReport())) if plan.save_as not in taken),
        [plan_not_found(room)],
    ):
        addresses.add(page)
        yield page
    yield from chain(
        room.cards.plans(),
        plan_newsletter_files(room),
        plan_feeds(room),
        plan_opml(room),
        plan_api(room),
        plan_hosting(room),
    )
    yield from plan_sitemaps(room, addresses)
    yield from plan_pictures(room)


def without_repeats(plans: Iterable[Plan], *, repeated: list[str]) -> Iterator[Plan]:
    """Yield *plans* with each file once, the first that wants it; *repeated* gets the files that others wanted, too."""
    seen: set[str] = set()
    for plan in plans:
        if plan.save_as in seen:
            repeated.append(plan.save_as)
        else:
            seen.add(plan.save_as)
            yield plan
