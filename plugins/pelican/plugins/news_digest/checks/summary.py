"""An archive in numbers: what ``check`` prints after its findings, and what tells an owner that nothing is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, time, tzinfo
from typing import TYPE_CHECKING

import msgspec

from ..catalogue.build import Catalogue, PagesFor, build_catalogue
from ..catalogue.providers import domain_of
from ..catalogue.ranking import band_of
from ..model import Status
from .across import first_by_link

if TYPE_CHECKING:
    from .look import FileFacts
    from .survey import Survey


class Range(msgspec.Struct, frozen=True):
    """The least and the greatest of some numbers; both 0 where there are none."""

    least: int = 0
    most: int = 0


class RelatedCounts(msgspec.Struct, frozen=True, kw_only=True):
    """``related`` in numbers: files that have it, entries, those that are in the archive, and that name each other."""

    files: int
    entries: int
    most: int
    in_archive: int
    mutual: int


class PictureCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Pictures in numbers: items that have one, that have several, and published ones that have none."""

    items: int
    items_with_several: int
    titles: int
    published_without: int


class ProviderCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Providers in numbers; ``leading`` are the ten that most items are of."""

    domains: int
    records: int
    records_in_use: int
    items_with_record: int
    items_without_provider: int
    leading: tuple[tuple[str, int], ...]


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """A band of heat: its number, the least heat in it, and how many listed items are in it."""

    band: int
    lowest_heat: int
    items: int


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """The archive in numbers.

    Attributes:
        files: Files in the news folder; ``items`` could be used, ``classic`` are Pelican's.
        statuses, types, languages, keys: How many items have each; ``""`` is the site's language.
        first, last: The oldest and the newest item that is not removed.
        midnight: Items dated at midnight UTC to the second: their time is probably unknown.
        active_days: Days with a published item.
        topics: How many items carry each topic, by the name that is shown.
        topics_without_record: Names that items use and no record describes.
        bands: Empty where the site is too small for any.
    """

    files: int
    items: int
    classic: int
    newsletters: int
    statuses: dict[str, int]
    types: dict[str, int]
    languages: dict[str, int]
    keys: dict[str, int]
    first: datetime | None
    last: datetime | None
    midnight: int
    active_days: int
    title_chars: Range
    excerpt_chars: Range
    quality: Range
    heat: Range
    related: RelatedCounts
    pictures: PictureCounts
    providers: ProviderCounts
    topics: dict[str, int]
    topics_without_record: tuple[str, ...]
    bands: tuple[Band, ...]


def summarize(survey: Survey, *, tz: tzinfo, clock: datetime | None = None) -> Summary:
    """Return *survey* in numbers; *clock* as :func:`~..catalogue.build.build_catalogue` has it."""
    items = survey.items
    catalogue = build_catalogue(
        items, topics=survey.topics, providers=survey.providers, pages_for=PagesFor.PUBLISHED, tz=tz, clock=clock
    )
    everything = build_catalogue(items, topics=survey.topics, providers=survey.providers, pages_for=PagesFor.ALL, tz=tz)
    dates = [item.date for item in items if item.status is not Status.REMOVED]
    topics = Counter(topic_id for ids in everything.topic_ids.values() for topic_id in ids)
    known = everything.taxonomy.topics
    return Summary(
        files=survey.file_count,
        items=len(items),
        classic=len(survey.classic),
        newsletters=len(survey.mails),
        statuses=_counted(item.status.value for item in items),
        types=_counted(item.type.value for item in items),
        languages=_counted(item.lang for item in items),
        keys=_counted(key for fact in survey.facts for key in fact.keys),
        first=min(dates, default=None),
        last=max(dates, default=None),
        midnight=sum(item.date.time() == time() for item in items),
        active_days=len(catalogue.days),
        title_chars=_range(len(item.title) for item in items),
        excerpt_chars=_range(len(item.excerpt) for item in items),
        quality=_range(item.quality for item in items),
        heat=_range(item.heat for item in items),
        related=_related(survey.facts),
        pictures=PictureCounts(
            items=sum(bool(item.images) for item in items),
            items_with_several=sum(len(item.images) > 1 for item in items),
            titles=sum(bool(image.title) for item in items for image in item.images),
            published_without=sum(not item.images for item in items if item.status is Status.PUBLISHED),
        ),
        providers=_providers(survey, everything),
        topics={known[topic_id].name: count for topic_id, count in topics.most_common()},
        topics_without_record=tuple(sorted(topic.name for topic in known.values() if topic.record is None)),
        bands=_bands(catalogue),
    )


def _related(facts: Sequence[FileFacts]) -> RelatedCounts:
    first = first_by_link(facts)
    pairs = {
        (position, there)
        for position, fact in enumerate(facts)
        for reference in fact.related
        if (there := first.get(reference.target.key)) is not None and there != position
    }
    return RelatedCounts(
        files=sum(bool(fact.related_count) for fact in facts),
        entries=sum(fact.related_count for fact in facts),
        most=max((fact.related_count for fact in facts), default=0),
        in_archive=sum(reference.target.key in first for fact in facts for reference in fact.related),
        mutual=sum((there, here) in pairs for here, there in pairs),
    )


def _providers(survey: Survey, catalogue: Catalogue) -> ProviderCounts:
    domains = Counter(domain for item in survey.items if (domain := domain_of(item, catalogue.aliases)))
    records = {record.domain for record in survey.providers}
    return ProviderCounts(
        domains=len(domains),
        records=len(survey.providers),
        records_in_use=len(records & domains.keys()),
        items_with_record=sum(count for domain, count in domains.items() if domain in records),
        items_without_provider=sum(item.provider is None for item in survey.items),
        leading=tuple(sorted(domains.items(), key=lambda pair: (-pair[1], pair[0]))[:10]),
    )


def _bands(catalogue: Catalogue) -> tuple[Band, ...]:
    if not catalogue.thresholds:
        return ()
    counts = Counter(band_of(item.heat, catalogue.thresholds) for item in catalogue.listed)
    lowest = (*catalogue.thresholds, (1, 0))[:3]
    return tuple(Band(band=band, lowest_heat=heat, items=counts[band]) for band, heat in lowest)


def _counted(values: Iterable[str]) -> dict[str, int]:
    """Return how often each value stands, the most frequent first, then in the order of the alphabet."""
    return dict(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))


def _range(numbers: Iterable[int]) -> Range:
    found = list(numbers)
    return Range(min(found), max(found)) if found else Range()
