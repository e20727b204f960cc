"""The site's own pages (``content/pages/``) and ``/404.html``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from ...catalogue.clusters import without_shown
from ...catalogue.ranking import by_score
from ...model import NewsItem
from ...text.plain import fold
from ..classic.texts import ClassicText
from ..items.article import ARTICLE, way_to
from ..plans import PagePlan, page_file
from ..site import has_code, head
from ..views.base import HeadView, LinkView, View
from ..views.own import NotFoundView, PageView
from ..views.story import ArticleView, StoryView

if TYPE_CHECKING:
    from ..newsroom import Newsroom

STORIES_ON_404 = 6


class OwnPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page in the owner's words, as Pelican read it.

    Attributes:
        address, save_as: As Pelican's settings have them.
        content: HTML, links already resolved.
        is_listed: Whether search engines and the footer may show it (drafts and hidden pages: no).
        item: What it says as an article that stands in no list; None for a page.
        text: What else its file says.
    """

    title: str
    address: str
    save_as: str
    content: str
    lang: str = ""
    description: str = ""
    modified: datetime | None = None
    is_listed: bool = True
    item: NewsItem | None = None
    text: ClassicText = ClassicText()


def plan_own_pages(room: Newsroom, pages: Iterable[OwnPage]) -> Iterator[PagePlan]:
    """Yield the owner's pages in order; among them are articles that stand in no list."""
    for page in pages:
        view: View = _page(room, page) if page.item is None else _article(room, page, page.item)
        ordinary = "page.html" if page.item is None else ARTICLE
        save_as = page.save_as or page_file(page.address)
        yield PagePlan(save_as=save_as, template=page.text.template or ordinary, view=view)


def _page(room: Newsroom, page: OwnPage) -> PageView:
    crumb = LinkView(text=page.title, href=page.address)
    return PageView(
        head=_head(room, page),
        breadcrumbs=(crumb,),
        title=page.title,
        content=page.content,
        has_code=has_code(page.content),
        lang="" if page.lang == room.site.lang else page.lang,
        modified=room.dates.time(page.modified) if page.modified else None,
        metadata=page.text.metadata,
    )


def _article(room: Newsroom, page: OwnPage, item: NewsItem) -> ArticleView:
    """Return a translation, a draft or a hidden article as its page shows it: nothing else of the site names it."""
    taxonomy = room.catalogue.taxonomy
    topic_ids = (taxonomy.ids.get(fold(topic), "") for topic in item.topics)
    return ArticleView(
        head=_head(room, page, description=item.excerpt),
        breadcrumbs=way_to(page.text.category),
        story=StoryView(
            slug="",
            title=item.title,
            href=page.address,
            is_external=False,
            source_url="",
            source_host="",
            excerpt=item.excerpt if page.text.has_summary else "",
            kicker=None,
            source=None,
            time=room.dates.time(item.date),
            kind=item.type.value,
            band=0,
            coverage=None,
            picture=None,
            lang=room.foreign_lang(item.lang),
            authors=page.text.authors,
        ),
        body=page.content,
        has_code=has_code(page.content),
        video_url="",
        groups=(),
        strip=None,
        part_of=None,
        topics=tuple(room.topic_link(each) for each in topic_ids if room.catalogue.by_topic.get(each)),
        newer=None,
        older=None,
        quality=0,
        heat=0,
        category=page.text.category,
        metadata=page.text.metadata,
    )


def _head(room: Newsroom, page: OwnPage, *, description: str = "") -> HeadView:
    crumb = LinkView(text=page.title, href=page.address)
    return head(
        room.site,
        title=page.title,
        address=page.address,
        description=page.description or description,
        is_indexed=page.is_listed,
        breadcrumbs=(crumb,),
        translations=page.text.translations,
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
