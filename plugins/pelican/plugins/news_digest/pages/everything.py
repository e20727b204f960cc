"""The whole site as plans, in the order in which it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .article import plan_articles
from .feeds import plan_feeds
from .home import plan_home
from .listings import plan_latest
from .own import OwnPage, plan_not_found, plan_own_pages
from .providers import plan_providers
from .sitemap import plan_sitemaps
from .topics import plan_topics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .newsroom import Newsroom
    from .plans import PagePlan, Plan


def plan_site(room: Newsroom, *, own_pages: Iterable[OwnPage] = ()) -> tuple[Plan, ...]:
    """Return every file of the site that is not copied as it is: pages, feeds, sitemaps.

    Nothing is rendered or written here, and nothing depends on the order of the content.
    """
    pages: list[PagePlan] = [
        plan_home(room),
        *plan_articles(room),
        *plan_latest(room),
        *plan_topics(room),
        *plan_providers(room),
        *plan_own_pages(room, own_pages),
        plan_not_found(room),
    ]
    return (*pages, *plan_feeds(room), *plan_sitemaps(room, pages))
