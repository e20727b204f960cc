"""``/news/<stem>/``: one item, who else covered it, and what to read next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, timedelta
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from ...model import ItemType, Member, NewsItem
from ...text.address import readable_host
from ..corrections import correction_views, corrections_schema
from ..dates import iso
from ..newsroom import COVERAGE_KINDS, Newsroom, kind_of
from ..plans import PagePlan, Promise, page_file
from ..site import PLAYER_ORIGIN, has_code, head
from ..strips import strip_of
from ..views.base import LinkView, ShareView
from ..views.story import ArticleView, MemberGroupView, PartView, StoryView, StripView

if TYPE_CHECKING:
    from .cards import Cards

ARTICLE = "article.html"


def plan_articles(room: Newsroom, cards: Cards) -> Iterator[Promise]:
    """Yield the page of each item that has one, newest first."""
    lanes, paged, related = _neighbours(room), room.catalogue.paged, room.related
    for item in room.catalogue.published:
        slug = item.slug
        if slug not in paged:
            continue
        beside = Beside(*lanes.get(slug, (None, None)), related.get(slug, ()))
        yield Promise(
            save_as=_file(room, item),
            template=_template(room, item),
            slug=slug,
            address=item.address if _is_indexed(room, item) else None,
            facts=partial(_facts, room, cards, item, beside),
            make=partial(_plan, room, cards, item, beside),
        )


class Beside(NamedTuple):
    """What stands on an item's page of other items: the ways to a newer and an older one, and related ones.

    Related ones are computed, for an item whose file names none.
    """

    newer: NewsItem | None
    older: NewsItem | None
    related: tuple[NewsItem, ...]


def _facts(room: Newsroom, cards: Cards, item: NewsItem, beside: Beside) -> bytes:
    told = room.told.of(item.slug)
    newer, older, related = beside
    return room.facts.joined(
        room.facts.item(item),
        told.title if told else "",
        newer and (newer.title, newer.address),
        older and (older.title, older.address),
        room.facts.items(related),
        cards.facts(item),
        _archived_url(room, item),  # which comes with age, not with a change of the item
    )


def _file(room: Newsroom, item: NewsItem) -> str:
    own = room.texts.get(item.slug)
    return (own.save_as if own else "") or page_file(item.address)


def _template(room: Newsroom, item: NewsItem) -> str:
    own = room.texts.get(item.slug)
    return (own.template if own else "") or ARTICLE


def _is_indexed(room: Newsroom, item: NewsItem) -> bool:
    return room.choices.index_items or not item.url


def _plan(room: Newsroom, cards: Cards, item: NewsItem, beside: Beside) -> PagePlan:
    view = _view(room, cards, item, beside)
    return PagePlan(save_as=_file(room, item), template=_template(room, item), view=view, slug=item.slug)


def _neighbours(room: Newsroom) -> dict[str, tuple[NewsItem | None, NewsItem | None]]:
    """Return slug → the newer and the older item with a page, among those of the same primary topic."""
    catalogue = room.catalogue
    lanes: dict[str, list[NewsItem]] = {}
    for item in catalogue.listed:
        if item.slug in catalogue.paged:
            lanes.setdefault(catalogue.taxonomy.primary(catalogue.topic_ids[item.slug]), []).append(item)
    found: dict[str, tuple[NewsItem | None, NewsItem | None]] = {}
    for lane in lanes.values():
        newer: NewsItem | None = None
        for item, older in zip_longest(lane, lane[1:]):
            found[item.slug] = (newer, older)
            newer = item
    return found


def _view(room: Newsroom, cards: Cards, item: NewsItem, beside: Beside) -> ArticleView:
    story = room.story(item)
    topic_ids = room.catalogue.topic_ids[item.slug]
    own = room.texts.get(item.slug)
    breadcrumbs = _breadcrumbs(room, topic_ids) or way_to(own.category if own else None)
    body = room.body(item)
    return ArticleView(
        head=head(
            room.site,
            title=item.title,
            address=item.address,
            description=story.excerpt,
            is_indexed=_is_indexed(room, item),
            breadcrumbs=(*breadcrumbs, LinkView(text=item.title, href=item.address)),
            schema=_schema(room, item, story),
            translations=own.translations if own else (),
            image=cards.item(item),
            share=ShareView(
                title=item.title,
                type="article",
                published=story.time.iso,
                modified=iso(item.updated) if item.updated else "",
                section=story.kicker.text if story.kicker else "",
            ),
            csp_more=f"; frame-src {PLAYER_ORIGIN}" if item.video else "",
        ),
        # How a text begins says nothing above the text itself.
        story=story if own is None or own.has_summary else msgspec.structs.replace(story, excerpt=""),
        breadcrumbs=breadcrumbs,
        body=body,
        has_code=has_code(body),
        video_url=_way_out(item) if item.video else "",
        groups=tuple(_groups(room, item, beside)),
        strip=_strip(room, item),
        part_of=_part_of(room, item),
        updated=room.dates.time(item.updated) if item.updated else None,
        corrections=correction_views(item.corrections, room.dates),
        topics=tuple(room.topic_link(topic_id) for topic_id in topic_ids),
        newer=_link(beside.newer),
        older=_link(beside.older),
        quality=item.quality,
        heat=item.heat,
        video_id=item.video.id if item.video else "",
        category=own.category if own else None,
        metadata=own.metadata if own else {},
        audio_url=item.audio.url if item.audio else "",
        discussions=tuple(LinkView(text=d.title or readable_host(d.url), href=d.url) for d in item.discussions),
        archived_url=_archived_url(room, item),
        is_dead=bool(item.dead),
    )


def _way_out(item: NewsItem) -> str:
    return f"https://www.youtube.com/watch?v={item.video.id}" if item.video else item.url


def _archived_url(room: Newsroom, item: NewsItem) -> str:
    """Return where the copy nearest to the item's date is, if its page offers one; ``""``: it does not."""
    after_days = room.choices.archived_after_days
    is_old = after_days > 0 and room.catalogue.now - item.date > timedelta(days=after_days)
    url = _way_out(item)
    if not url or not (item.dead or is_old):
        return ""
    moment = item.date.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    return f"https://web.archive.org/web/{moment:0>14}/{url}"


def _link(item: NewsItem | None) -> LinkView | None:
    return LinkView(text=item.title, href=item.address) if item else None


def _part_of(room: Newsroom, item: NewsItem) -> PartView | None:
    """Return the story that *item* belongs to; where that has no page, its leader's, if that is another one."""
    told = room.told.of(item.slug)
    if told:
        href, report_count, provider_count = told.mark
        title = "" if told.title == item.title else told.title
        return PartView(text=title, href=href, report_count=report_count, provider_count=provider_count)
    slug = room.catalogue.clusters[item.slug].lead
    if slug == item.slug or slug not in room.catalogue.paged:
        return None
    member = next(m for m in room.catalogue.clusters[item.slug].members if m.slug == slug)
    return PartView(text=member.title, href=member.address)


def way_to(category: LinkView | None) -> tuple[LinkView, ...]:
    """Return the way to an article without a topic: through its category."""
    return (category,) if category and category.href else ()


def _breadcrumbs(room: Newsroom, topic_ids: Sequence[str]) -> tuple[LinkView, ...]:
    taxonomy = room.catalogue.taxonomy
    primary = taxonomy.primary(topic_ids)
    if not primary:
        return ()
    return tuple(room.topic_link(topic_id) for topic_id in (*reversed(taxonomy.ancestors(primary)), primary))


def _groups(room: Newsroom, item: NewsItem, beside: Beside) -> Iterator[MemberGroupView]:
    """Yield the blocks of the sidebar: reports within a week, then later and earlier ones; else computed links.

    Quality decides which reports are shown; each list has them in the order in which they came.
    """
    members = room.catalogue.clusters[item.slug].members
    if not members:
        if beside.related:
            yield MemberGroupView(kind="related", members=tuple(map(room.item_member, beside.related)))
        return
    kinds: dict[str, list[Member]] = {kind: [] for kind in COVERAGE_KINDS}
    for member in members:
        kinds[kind_of(member, item)].append(member)
    left = max(room.choices.coverage_limit, room.choices.coverage_shown)
    shown_left = room.choices.coverage_shown
    for kind, found_members in kinds.items():
        if not found_members:
            continue
        listed = found_members[:left]
        shown = listed[:shown_left]
        yield MemberGroupView(
            kind=kind,
            members=tuple(room.member(member, members) for member in _in_order(shown)),
            more=tuple(room.member(member, members) for member in _in_order(listed[len(shown) :])),
            hidden_count=len(found_members) - len(listed),
        )
        left -= len(listed)
        shown_left -= len(shown)


def _in_order(members: Sequence[Member]) -> list[Member]:
    """Return *members* as they came, as the time line above them has them; those without a date last."""
    return sorted(members, key=lambda member: (member.date is None, member.date.timestamp() if member.date else 0))


def _strip(room: Newsroom, item: NewsItem) -> StripView | None:
    """Return when the reports came, on one line."""
    dates = [member.date for member in room.catalogue.clusters[item.slug].members if member.date]
    return strip_of(sorted((*dates, item.date)), mark=item.date, dates=room.dates)


def _schema(room: Newsroom, item: NewsItem, story: StoryView) -> dict[str, Any]:
    """Return the page's schema.org object. We lead to the news and did not write it: never a ``NewsArticle``."""
    page: dict[str, Any] = {
        "@type": "WebPage",
        "url": room.site.absolute(item.address),
        "name": item.title,
        "datePublished": iso(item.date),
        "inLanguage": item.lang or room.site.lang,
    }
    if story.excerpt:
        page["description"] = story.excerpt
    if story.authors:
        page["author"] = [_person(room, author) for author in story.authors]
    if item.updated:
        page["dateModified"] = iso(item.updated)
    if item.corrections:
        page["correction"] = corrections_schema(item.corrections)
    if item.url:
        page["isBasedOn"] = item.url
        page["citation"] = {"@type": "CreativeWork", "url": item.url, "name": item.title}
        if story.source:
            page["citation"]["publisher"] = {"@type": "Organization", "name": story.source.name}
        if story.is_paid:
            page["citation"]["isAccessibleForFree"] = False
        copy = _archived_url(room, item)
        if copy and not item.video:
            page["citation"]["archivedAt"] = copy
    if item.type is ItemType.VIDEO and item.video:
        page["mainEntity"] = {
            "@type": "VideoObject",
            "name": item.title,
            "description": item.excerpt or item.title,
            "uploadDate": iso(item.date),
            "embedUrl": f"{PLAYER_ORIGIN}/embed/{item.video.id}",
        }
    return page


def _person(room: Newsroom, author: LinkView) -> dict[str, Any]:
    person = {"@type": "Person", "name": author.text}
    return {**person, "url": room.site.absolute(author.href)} if author.href else person
