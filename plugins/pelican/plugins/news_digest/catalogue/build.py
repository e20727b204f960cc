"""All of one build, gathered and frozen: no page is planned before everything is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from enum import StrEnum
from functools import cached_property, partial

import msgspec

from ..disk.sealed import Answers
from ..errors import Diagnostic, DuplicateSlugError
from ..model import Member, NewsItem, Provider, ProviderRecord, ProviderRef, Status, StoryRecord, TopicRecord
from ..naming.places import NOTHING, Known
from .ahead import ahead_of
from .calendar import by_day
from .clusters import ClusterJoin, ClusterMemory, Clusters, drop_repeats, removed_keys
from .providers import (
    build_providers,
    domain_of,
    domain_of_ref,
    provider_domains,
    recorded_names,
    rival_records,
    sources_of,
)
from .ranking import heat_thresholds, newest_first
from .stories import REPORTS, Stories, find_stories, with_heat
from .taxonomy import Taxonomy, build_taxonomy
from .web import is_present, known_web


class PagesFor(StrEnum):
    """Which items get a page of their own; removed ones never do."""

    PUBLISHED = "published"
    ALL = "all"
    LOCAL_ONLY = "local-only"


class Catalogue(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Everything that pages need to know of each other. All sequences are in the total order, newest first.

    Attributes:
        listed: The items that have a place in lists; of two with one link only the hotter.
        published: The same with those repeats and those ahead: what the JSON API lists and what may have a page.
        ahead: Slugs of published items that are dated ahead of the clock: no list has them.
        paged: Slugs of the items that have a page here.
        removed: Items whose page must say that they are gone.
        topic_ids: Slug → ids of an item's topics, in its order.
        by_topic: Topic id → listed items that carry it or one of its descendants.
        aliases: Folded name → domain of the provider whose record claims that name.
        recorded_names: Domain → the name in its record, for providers without items, too.
        provider_of: Slug → domain; items without a provider are absent.
        by_provider: Domain → listed items.
        clusters: Slug → who else reported it, seen from each published item.
        stories: What several items report, each under a name of its own.
        thresholds: See :func:`.ranking.heat_thresholds`.
        days: Day → listed items.
        diagnostics: What there is to say about topics, and about records and stories that claim one name.
        now: The reference time: that of the newest listed item, unless the site sets another. The newest listed item
            is never ahead of the clock, so the clock decides nothing where no item is.
    """

    listed: tuple[NewsItem, ...]
    published: tuple[NewsItem, ...]
    ahead: frozenset[str] = frozenset()
    paged: frozenset[str]
    removed: tuple[NewsItem, ...]
    taxonomy: Taxonomy
    topic_ids: dict[str, tuple[str, ...]]
    by_topic: dict[str, tuple[NewsItem, ...]]
    providers: dict[str, Provider]
    aliases: dict[str, str]
    recorded_names: dict[str, str]
    provider_of: dict[str, str]
    by_provider: dict[str, tuple[NewsItem, ...]]
    clusters: Clusters
    stories: Stories
    thresholds: tuple[tuple[int, int], ...]
    days: dict[date, tuple[NewsItem, ...]]
    now: datetime
    diagnostics: tuple[Diagnostic, ...] = ()

    @cached_property
    def lead_counts(self) -> dict[str, int]:
        """Domain → how many of its listed items lead a story that others reported, too."""
        leads = self.clusters.leads
        return {domain: sum([leads(item.slug) for item in items]) for domain, items in self.by_provider.items()}

    def domain_of(self, ref: ProviderRef) -> str:
        """Return the domain whose provider page *ref* leads to."""
        return domain_of_ref(ref, self.aliases)

    def sources_of(self, items: Iterable[NewsItem]) -> Counter[str]:
        """Return domain → how many of *items* are from there: see :func:`.providers.sources_of`."""
        return sources_of(items, self.provider_of)

    def source_name(self, ref: ProviderRef, *, among: Iterable[Member] = ()) -> str:
        """Return what readers see *ref* called: the record's name, else the item's own.

        Where a file gives no name, the domain stands in its place: then the source's usual name is taken, and for a
        source without items the one that another report has.
        """
        domain = domain_of_ref(ref, self.aliases)
        recorded = self.recorded_names.get(domain)
        if recorded or ref.name != domain:
            return recorded or ref.name
        if domain in self.providers:
            return self.providers[domain].name
        others = (member.provider for member in among)
        return next((o.name for o in others if o and o.domain == domain and o.name != domain), ref.name)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def is_published(item: NewsItem, *, pages_for: PagesFor) -> bool:
    """Whether *item* has a place in lists: published ones, or all that are neither removed nor drafts."""
    if pages_for is PagesFor.ALL:
        return is_present(item)
    return item.status is Status.PUBLISHED


def build_catalogue(  # noqa: PLR0913 - what a catalogue is made from
    items: Sequence[NewsItem],
    *,
    topics: Sequence[TopicRecord] = (),
    providers: Sequence[ProviderRecord] = (),
    stories: Sequence[StoryRecord] = (),
    story_reports: int = REPORTS,
    pages_for: PagesFor = PagesFor.PUBLISHED,
    tz: tzinfo = UTC,
    now: datetime | None = None,
    clock: datetime | None = None,
    memory: ClusterMemory | None = None,
    ties: Mapping[str, bytes] | None = None,
    answers: Answers | None = None,
    known_topics: Known = NOTHING,
    known_stories: Known = NOTHING,
) -> Catalogue:
    """Return the catalogue of *items*. It does not depend on their order.

    Args:
        items: Every item of the archive. Unpublished ones are joined into clusters, removed ones take links with them,
            and drafts are as if they were not there.
        story_reports: So many reports give a story a page.
        tz: The site's zone: it decides which day an item belongs to.
        now: The reference time; None takes the newest listed item's.
        clock: What time it is. Items dated more than a day after it stand in no list. None: any date is believed.
        memory: What an earlier build has left: the same comes out of it, sooner.
        ties: As of :class:`~..frontmatter.reader.Archive`.
        answers: What the last build worked out.
        known_topics: Which topic has which id so far.
        known_stories: See :class:`.stories.Stories`.

    Raises:
        DuplicateSlugError: Two items share a slug.
    """
    slugs = Counter(item.slug for item in items)
    if len(slugs) != len(items):
        raise DuplicateSlugError(min(slug for slug, count in slugs.items() if count > 1))
    web = known_web(items, ties=ties or {}, answers=answers or Answers())
    reported = find_stories(items, web)
    items = with_heat(items, reported)
    # Whoever links to a draft's source says what it says of it, and nothing that the draft does.
    present = sorted(filter(is_present, items), key=newest_first)
    published = tuple(item for item in present if is_published(item, pages_for=pages_for))
    ahead = ahead_of(published, clock=clock) if clock else frozenset()
    listed = tuple(drop_repeats([item for item in published if item.slug not in ahead], twins=web.twins))
    taxonomy = build_taxonomy(published, topics, known_topics)
    aliases = provider_domains(providers)
    topic_ids = taxonomy.ids_of(published)
    paged = frozenset(item.slug for item in published if pages_for is not PagesFor.LOCAL_ONLY or not item.url)
    provider_of = {item.slug: domain for item in published if (domain := domain_of(item, aliases))}
    named = Stories(
        items,
        reported,
        records=stories,
        reports=story_reports,
        is_published=partial(is_published, pages_for=pages_for),
        known=known_stories,
    )
    reference = now or (listed[0].date if listed else EPOCH)
    return Catalogue(
        listed=listed,
        published=published,
        ahead=ahead,
        paged=paged,
        removed=tuple(sorted((item for item in items if item.status is Status.REMOVED), key=newest_first)),
        taxonomy=taxonomy,
        topic_ids=topic_ids,
        by_topic=_by_topic(listed, topic_ids, taxonomy),
        providers=build_providers(published, providers, aliases=aliases, citing=present),
        aliases=aliases,
        recorded_names=recorded_names(providers),
        provider_of=provider_of,
        by_provider=_by_provider(listed, provider_of),
        clusters=Clusters(
            published,
            partial(
                ClusterJoin,
                present,
                removed=removed_keys(items),
                paged=paged,
                story_of=named.named_of if reported.named else None,
                web=web,
                memory=memory,
            ),
        ),
        stories=named,
        thresholds=heat_thresholds(listed, now=reference),
        days=by_day(listed, tz=tz),
        now=reference,
        diagnostics=(*taxonomy.diagnostics, *rival_records(providers), *named.diagnostics),
    )


def _by_topic(
    items: Sequence[NewsItem], topic_ids: dict[str, tuple[str, ...]], taxonomy: Taxonomy
) -> dict[str, tuple[NewsItem, ...]]:
    above = {topic_id: (topic_id, *taxonomy.ancestors(topic_id)) for topic_id in taxonomy.topics}
    found: dict[str, list[NewsItem]] = {topic_id: [] for topic_id in taxonomy.topics}
    lists: dict[tuple[str, ...], list[list[NewsItem]]] = {}  # there are far fewer sets of topics than items
    for item in items:
        ids = topic_ids[item.slug]
        if ids not in lists:
            lists[ids] = [found[topic_id] for topic_id in dict.fromkeys(up for own in ids for up in above[own])]
        for carried in lists[ids]:
            carried.append(item)
    return {topic_id: tuple(carried) for topic_id, carried in found.items()}


def _by_provider(items: Sequence[NewsItem], provider_of: dict[str, str]) -> dict[str, tuple[NewsItem, ...]]:
    found: dict[str, list[NewsItem]] = {}
    for item in items:
        if item.slug in provider_of:
            found.setdefault(provider_of[item.slug], []).append(item)
    return {domain: tuple(found[domain]) for domain in sorted(found)}
