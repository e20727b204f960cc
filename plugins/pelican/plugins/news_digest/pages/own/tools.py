"""``/search/`` and ``/saved/``, and what the search index knows of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Final

import msgspec

from ...text.alphabets import name_key
from ..addresses import provider_address, topic_address
from ..items.pictures import smallest
from ..plans import PagePlan, page_file
from ..site import head
from ..views.base import LinkView
from ..views.story import PictureView, SourceView
from ..views.tools import ChoiceView, MutePresetView, SavedView, SearchView

if TYPE_CHECKING:
    from ...model import NewsItem
    from ..newsroom import Newsroom
    from ..told import Told
    from .pages import OwnPage

SEARCH_ADDRESS: Final = "search/"
SAVED_ADDRESS: Final = "saved/"
OWN_PAGE: Final = "page"
STORY: Final = "story"
# Before everything that has a date.
UNDATED: Final = float("-inf")
# Pagefind is WebAssembly. Only the page that runs it may compile any.
WASM_POLICY: Final = " 'wasm-unsafe-eval'"


class SearchState(StrEnum):
    """What there is to search with: an index; nothing, as its tool is not installed; nothing, as it is switched off."""

    READY = "ready"
    MISSING = "missing"
    OFF = "off"


class SearchCard(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a result shows beside its text; every member of the index carries one, so names are short words."""

    href: str
    out: bool = False
    slug: str = ""
    lang: str = ""
    kind: str = ""
    iso: str = ""
    time: str = ""
    topic: tuple[str, str] | None = None
    source: SourceView | None = None
    picture: PictureView | None = None


class SearchRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One member of the search index.

    Attributes:
        address: Site-relative; unique in an index.
        text: Safe HTML.
        words: More to be found by, not shown: names of source and topics.
        filters: Name → values, as they stand in the address of a search.
        date: ISO 8601, to order by; ``""`` for pages without one.
    """

    address: str
    title: str
    text: str
    words: str
    filters: dict[str, tuple[str, ...]]
    date: str
    card: SearchCard


class Findable(msgspec.Struct, frozen=True, kw_only=True):
    """One member of the search index, whose record is made when somebody needs it.

    Attributes:
        since: What members are numbered by, in seconds; it stays as it is for as long as can be.
        facts: A digest of all that *make* reads; ``b""``: nobody can say.
        make: Returns the record.
    """

    address: str
    since: float
    facts: bytes
    make: Callable[[], SearchRecord]


def plan_search(room: Newsroom, state: SearchState) -> PagePlan:
    """Return ``/search/``."""
    crumb = LinkView(text=room.say("Search"), href=SEARCH_ADDRESS)
    is_ready = state is SearchState.READY
    listed, others = room.catalogue.listed, _unlisted(room)
    days = {*room.catalogue.days, *(room.dates.day_of(item.date) for item in others)}
    return PagePlan(
        save_as=page_file(SEARCH_ADDRESS),
        template="search.html",
        view=SearchView(
            head=head(
                room.site,
                title=room.say("Search"),
                address=SEARCH_ADDRESS,
                is_indexed=False,
                breadcrumbs=(crumb,),
                csp_more=WASM_POLICY if is_ready else "",
                scripts=("js/search.js",) if is_ready else (),
            ),
            breadcrumbs=(crumb,),
            state=state.value,
            topics=tuple(_topic_choices(room)),
            sources=_source_choices(room),
            years=tuple(sorted({str(day.year) for day in days}, reverse=True)),
            kinds=(
                *sorted(kind.value for kind in {item.type for item in (*listed, *others)}),
                *((STORY,) if room.told.all else ()),
            ),
        ),
    )


def plan_saved(room: Newsroom) -> PagePlan:
    """Return ``/saved/``: an empty frame that the reader's own browser fills."""
    crumb = LinkView(text=room.say("Saved"), href=SAVED_ADDRESS)
    return PagePlan(
        save_as=page_file(SAVED_ADDRESS),
        template="saved.html",
        view=SavedView(
            head=head(
                room.site,
                title=room.say("Saved and read"),
                address=SAVED_ADDRESS,
                is_indexed=False,
                breadcrumbs=(crumb,),
                scripts=("js/saved.js",),
            ),
            breadcrumbs=(crumb,),
            mute_presets=tuple(MutePresetView(name=each.name, words=each.words) for each in room.choices.mute),
        ),
    )


def findables(room: Newsroom, own_pages: Iterable[OwnPage]) -> Iterator[Findable]:
    """Yield what can be found: every listed item, with or without a page here, stories, and the site's own pages."""
    facts = room.facts
    for item in (*room.catalogue.listed, *_unlisted(room)):
        yield Findable(
            address=item.address,
            since=item.date.timestamp(),
            facts=facts.digest(facts.item(item)),
            make=partial(_item_record, room, item),
        )
    for told in room.told.all:
        lead = told.story.lead
        beside = (lead.excerpt, room.catalogue.topic_ids.get(lead.slug, ()))
        yield Findable(
            address=told.address,
            # It comes to the story's newest report later, and keeps its place.
            since=told.moments[0].timestamp() if told.moments else UNDATED,
            facts=facts.digest(facts.reports(told), *beside),
            make=partial(_story_record, room, told),
        )
    for page in own_pages:
        if page.is_listed:
            yield Findable(
                address=page.address,
                since=UNDATED,
                facts=facts.digest(page.address, page.title, page.content),
                make=partial(_page_record, page),
            )


def _unlisted(room: Newsroom) -> list[NewsItem]:
    """Return the items with a page that stand in no list."""
    catalogue = room.catalogue
    if len(catalogue.listed) == len(catalogue.published):
        return []
    listed = {item.slug for item in catalogue.listed}
    return [item for item in catalogue.published if item.slug not in listed and item.slug in catalogue.paged]


def _item_record(room: Newsroom, item: NewsItem) -> SearchRecord:
    catalogue, story = room.catalogue, room.brief(item)
    taxonomy = catalogue.taxonomy
    own_ids = catalogue.topic_ids[item.slug]
    # An item belongs to what is above its topics too, as on the topics' pages.
    topic_ids = dict.fromkeys(up for own in own_ids for up in (own, *taxonomy.ancestors(own)))
    domain = catalogue.provider_of.get(item.slug, "")
    own_name = item.provider.name if item.provider else ""
    shown_name = story.source.name if story.source else ""
    # Whoever knows a source by another name than its record's finds it all the same.
    sources = dict.fromkeys((shown_name, own_name if own_name != domain else shown_name))
    names = [*sources, *(author.text for author in story.authors), *(taxonomy.topics[own].name for own in own_ids)]
    return SearchRecord(
        address=item.address,
        title=item.title,
        text=(f"<p>{escape(story.excerpt)}</p>" if story.excerpt else "") + room.body(item),
        words=", ".join(filter(None, names)),
        filters={
            "topic": tuple(topic_ids),
            "source": (domain,) if domain else (),
            "year": (str(room.dates.day_of(item.date).year),),
            "type": (item.type.value,),
        },
        date=story.time.iso,
        card=SearchCard(
            href=story.href,
            out=story.is_external,
            slug=item.slug,
            lang=story.lang,
            kind=story.kind,
            iso=story.time.iso,
            time=story.time.text,
            topic=(story.kicker.text, story.kicker.href) if story.kicker else None,
            source=story.source,
            picture=smallest(story.picture) if story.picture else None,
        ),
    )


def _story_record(room: Newsroom, told: Told) -> SearchRecord:
    record, lead, taxonomy = told.story.record, told.story.lead, room.catalogue.taxonomy
    own_ids = room.catalogue.topic_ids.get(lead.slug, ())
    topic_ids = dict.fromkeys(up for own in own_ids for up in (own, *taxonomy.ancestors(own)))
    excerpt, kicker = (record.excerpt if record else "") or lead.excerpt, room.kicker(lead)
    moments = told.moments
    time = room.dates.time(moments[-1]) if moments else None
    years = {str(room.dates.day_of(moment).year): None for moment in moments}
    return SearchRecord(
        address=told.address,
        title=told.title,
        text=(f"<p>{escape(excerpt)}</p>" if excerpt else "") + (record.body if record else ""),
        words=", ".join(taxonomy.topics[own].name for own in own_ids),
        filters={"topic": tuple(topic_ids), "year": tuple(years), "type": (STORY,)},
        date=time.iso if time else "",
        card=SearchCard(
            href=told.address,
            lang=room.foreign_lang(told.lang),
            kind=STORY,
            iso=time.iso if time else "",
            time=time.text if time else "",
            topic=(kicker.text, kicker.href) if kicker else None,
        ),
    )


def _page_record(page: OwnPage) -> SearchRecord:
    return SearchRecord(
        address=page.address,
        title=page.title,
        text=page.content,
        words="",
        filters={"type": (OWN_PAGE,)},
        date="",
        card=SearchCard(href=page.address, kind=OWN_PAGE),
    )


def _topic_choices(room: Newsroom, parent: str = "", depth: int = 0) -> Iterator[ChoiceView]:
    """Yield the topics that have items, each followed by what is below it."""
    catalogue = room.catalogue
    for topic in catalogue.taxonomy.below(parent):
        count = len(catalogue.by_topic[topic.id])
        if count:
            yield ChoiceView(value=topic.id, text=topic.name, href=topic_address(topic.id), count=count, depth=depth)
            yield from _topic_choices(room, topic.id, depth + 1)


def _source_choices(room: Newsroom) -> tuple[ChoiceView, ...]:
    catalogue = room.catalogue
    choices = [
        ChoiceView(
            value=domain,
            text=catalogue.providers[domain].name,
            href=provider_address(domain),
            count=len(items),
            depth=0,
        )
        for domain, items in catalogue.by_provider.items()
        if items
    ]
    return tuple(sorted(choices, key=lambda choice: (name_key(choice.text, room.site.lang), choice.value)))
