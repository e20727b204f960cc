"""The whole site as plans, in the order in which it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from .archive.years import plan_archive
from .classic.shelves import plan_shelf_feeds, plan_shelves
from .feeds.channels import Channel, channels, plan_feeds
from .feeds.page import plan_feed_page, plan_opml
from .items.article import plan_articles
from .items.cards import Cards
from .items.pictures import plan_pictures
from .lists.embed import plan_embeds
from .lists.home import plan_home
from .lists.listings import plan_latest
from .lists.providers import plan_providers
from .lists.topics import main_topics, plan_topics
from .machines.api import plan_api
from .machines.crawlers import plan_crawlers
from .machines.datasets import plan_data_page, plan_datasets
from .machines.hosting import plan_hosting
from .machines.sitemap import IndexedAddresses, plan_sitemaps
from .newsletter.editions import Editions, plan_newsletter_files, plan_newsletter_pages
from .own.about import plan_about
from .own.kinds import plan_kinds
from .own.pages import OwnPage, plan_not_found, plan_own_pages
from .own.status import BuildReport, plan_status
from .own.tools import SearchState, plan_saved, plan_search
from .stories.entries import plan_story_feeds
from .stories.index import plan_story_index, running_stories
from .stories.pages import plan_stories

if TYPE_CHECKING:
    from .newsroom import Newsroom
    from .plans import PagePlan, Plan, Promise


ITEMS_TO_A_LIST: Final = 3


def plan_site(
    room: Newsroom,
    *,
    cards: Cards | None = None,
    own_pages: Iterable[OwnPage] = (),
    search: SearchState = SearchState.OFF,
    report: BuildReport | None = None,
) -> Iterator[Plan | Promise]:
    """Yield every file of the site that is not copied as it is: pages, feeds, sitemaps.

    Nothing is rendered or written here, and nothing depends on the order of the content. Pages in the owner's own words
    come first; the rest is planned as it is asked for, so that nobody has to hold all of it.

    Args:
        cards: Those of *room*, where somebody else needs them as well.
    """
    cards = cards or Cards(room)
    editions = Editions(room)
    followed = channels(room, sent=editions.sent)
    addresses = IndexedAddresses()
    pages = _pages(room, own_pages, cards, editions, followed, search=search, report=report or BuildReport())
    for page in pages:
        addresses.add(page)
        yield page
    yield from cards.plans()
    yield from plan_newsletter_files(room, editions)
    yield from plan_feeds(room, followed)
    yield from plan_shelf_feeds(room)
    yield from plan_story_feeds(room)
    yield from plan_opml(room, followed)
    yield from plan_api(room)
    yield from plan_datasets(room)
    yield from plan_hosting(room)
    yield from plan_crawlers(room, ((node.name, node.href) for node in main_topics(room)))
    yield from plan_sitemaps(room, addresses)
    yield from plan_pictures(room)


def _pages(  # noqa: PLR0913 - all that pages are made from
    room: Newsroom,
    own_pages: Iterable[OwnPage],
    cards: Cards,
    editions: Editions,
    followed: Sequence[Channel],
    *,
    search: SearchState,
    report: BuildReport,
) -> Iterator[PagePlan | Promise]:
    """Yield every HTML page, each planned when it is asked for: processes wait for the first ones."""
    own = tuple(plan_own_pages(room, own_pages))
    taken = {plan.save_as for plan in own}
    yield from own
    yield from plan_kinds(room)
    yield plan_home(room, newsletter=editions.newest_link())
    lists = chain(
        plan_latest(room),
        plan_topics(room, cards),
        plan_embeds(room),
        plan_providers(room, cards),
        plan_archive(room, cards=cards, newsletter_of=editions.link),
        plan_shelves(room),
        plan_story_index(room),
        plan_stories(room, cards),
    )
    yield from _mixed(plan_articles(room, cards), lists)
    yield plan_search(room, search)
    yield plan_saved(room)
    yield plan_feed_page(room, followed, running=running_stories(room))
    yield from plan_newsletter_pages(room, editions)
    if room.choices.has_data:
        yield plan_data_page(room)
    # Where the owner has words of their own, ours are not needed.
    status = plan_status(room, report, edition_count=len(editions.sent))
    yield from (plan for plan in (plan_about(room), status) if plan.save_as not in taken)
    yield plan_not_found(room)


def _mixed(items: Iterator[Promise], lists: Iterable[PagePlan | Promise]) -> Iterator[PagePlan | Promise]:
    """Yield *lists*, some of *items* after each, then the rest of those.

    A first build plans in one process while others render. The page of an item takes as long to plan as to render, a
    list far longer to render: one after the other, the others would wait for the first, and then the first for them.
    """
    for page in lists:
        yield page
        yield from islice(items, ITEMS_TO_A_LIST)
    yield from items


def without_repeats(plans: Iterable[Plan | Promise], *, repeated: list[str]) -> Iterator[Plan | Promise]:
    """Yield *plans* with each file once, the first that wants it; *repeated* gets the files that others wanted, too."""
    seen: set[str] = set()
    for plan in plans:
        if plan.save_as in seen:
            repeated.append(plan.save_as)
        else:
            seen.add(plan.save_as)
            yield plan
