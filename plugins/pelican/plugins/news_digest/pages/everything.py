"""The whole site as plans, in the order in which it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .about import plan_about
from .api import plan_api
from .archive import plan_archive
from .article import plan_articles
from .feed_page import plan_feed_page, plan_opml
from .feeds import plan_feeds
from .home import plan_home
from .listings import plan_latest
from .newsletter import plan_newsletter_files, plan_newsletter_pages
from .own import OwnPage, plan_not_found, plan_own_pages
from .own_views import PageView
from .plans import PagePlan
from .providers import plan_providers
from .sitemap import plan_sitemaps
from .status import BuildReport, plan_status
from .tools import SearchState, plan_saved, plan_search
from .topics import plan_topics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .newsroom import Newsroom
    from .plans import Plan


def plan_site(
    room: Newsroom,
    *,
    own_pages: Iterable[OwnPage] = (),
    search: SearchState = SearchState.OFF,
    report: BuildReport | None = None,
) -> tuple[Plan, ...]:
    """Return every file of the site that is not copied as it is: pages, feeds, sitemaps.

    Nothing is rendered or written here, and nothing depends on the order of the content.
    """
    own = tuple(plan_own_pages(room, own_pages))
    taken = {plan.save_as for plan in own}
    pages: list[PagePlan] = [
        plan_home(room),
        *plan_articles(room),
        *plan_latest(room),
        *plan_topics(room),
        *plan_providers(room),
        *plan_archive(room),
        *own,
        plan_search(room, search),
        plan_saved(room),
        plan_feed_page(room),
        *plan_newsletter_pages(room),
        # Where the owner has words of their own, ours are not needed.
        *(plan for plan in (plan_about(room), plan_status(room, report or BuildReport())) if plan.save_as not in taken),
        plan_not_found(room),
    ]
    files = (*plan_newsletter_files(room), *plan_feeds(room), *plan_opml(room), *plan_api(room))
    return (*pages, *files, *plan_sitemaps(room, pages))


def without_repeats(plans: Iterable[Plan]) -> tuple[tuple[Plan, ...], tuple[str, ...]]:
    """Return *plans* with each file once, and the files that more than one of them wanted.

    A page in the owner's own words is kept before any other, else the first.
    """
    kept: dict[str, Plan] = {}
    repeated = []
    for plan in plans:
        other = kept.setdefault(plan.save_as, plan)
        if other is not plan:
            repeated.append(plan.save_as)
            if isinstance(plan, PagePlan) and isinstance(plan.view, PageView):
                kept[plan.save_as] = plan
    return tuple(kept.values()), tuple(repeated)
