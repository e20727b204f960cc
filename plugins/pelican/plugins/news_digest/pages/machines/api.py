"""The JSON API: the files that existing clients read, byte for byte as they know them, and new ones beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ...catalogue.calendar import by_day
from ...catalogue.clusters import without_shown
from ...catalogue.ranking import by_score
from ...frontmatter.items.editors import EDITOR_SCHEMAS, editor_schema
from ...frontmatter.items.values import raw_of
from ...model import Member, NewsItem, Status, Topic
from ...package import __version__
from ...text.address import AddressError, clean_address
from ..addresses import provider_address
from ..lists.providers import has_feed, provider_feed_address
from ..plans import FilePlan, JsonPlan, Plan, Promise
from .api_shapes import (
    ApiImage,
    ApiMember,
    ApiNews,
    ApiProvider,
    ApiService,
    ApiSource,
    ApiTopic,
    ClusterFile,
    Counts,
    DayList,
    NewsList,
    ProviderList,
    StatusFile,
    StoryList,
    TopicList,
    WrittenCluster,
)
from .api_stories import story_list

if TYPE_CHECKING:
    from ..newsroom import Newsroom
    from ..site import SiteProfile

# As the archives' own API has it: clients compute addresses from these.
NEWS_PAGE_SIZE: Final = 25
TOPIC_PAGE_SIZE: Final = 30
# Reports that are kept as JSON: those of one story are asked for at about the same time.
KEPT_REPORTS: Final = 8192
# A body that is not there: all 1,621 entries of the committed lists have this, none has "".
EMPTY_CONTENT: Final = "\r\n"
SCHEMAS: Final[dict[str, Any]] = {
    "news": NewsList,
    "topics": TopicList,
    "providers": ProviderList,
    "day": DayList,
    "cluster": ClusterFile,
    "stories": StoryList,
    "status": StatusFile,
}

_LINK: Final = re.compile(r"\s*https?://", re.IGNORECASE)
_PICTURE: Final = re.compile(r"\s*(?:https?://|/(?!/))", re.IGNORECASE)
_FRAME: Final = re.compile(
    r"\s*<iframe(?:\s+(?:allow|allowfullscreen|frameborder|height|src|title|width)(?:\s*=\s*\"[^\"<>]*\")?)*\s*>"
    r"\s*</iframe>\s*",
    re.IGNORECASE,
)


def plan_api(room: Newsroom) -> Iterator[Plan | Promise]:
    """Yield every file below ``api/``; nothing where the owner wants no API.

    Lists hold what the files call published, whichever items have pages.
    """
    if not room.choices.has_api:
        return
    items = tuple(item for item in room.catalogue.published if item.status is Status.PUBLISHED)
    writer = _ItemWriter(room)
    yield from _lists(room, writer, items, base="api/news/", size=NEWS_PAGE_SIZE)
    carrying: dict[str, list[NewsItem]] = {topic_id: [] for topic_id in room.catalogue.taxonomy.topics}
    for item in items:
        for topic_id in room.catalogue.topic_ids[item.slug]:
            carrying[topic_id].append(item)
    for topic_id, found in carrying.items():
        yield from _lists(room, writer, found, base=f"api/news/{topic_id}/", size=TOPIC_PAGE_SIZE)
    yield JsonPlan(save_as="api/topics/index.json", payload=_topics(room))
    yield JsonPlan(save_as="api/providers/index.json", payload=_providers(room))
    days = by_day((item for item in room.catalogue.listed if item.status is Status.PUBLISHED), tz=room.dates.tz)
    yield from _days(room, days, writer)
    yield JsonPlan(save_as="api/stories/index.json", payload=story_list(room))
    clusters = [item for item in items if room.catalogue.clusters.is_covered(item.slug)]
    reports = _ReportWriter(room)
    for item in clusters:
        yield _promise(room, f"api/clusters/{item.slug}.json", (item,), partial(_cluster, room, item, reports))
    counts = Counts(
        news=len(items),
        pages=len(room.catalogue.paged),
        clusters=len(clusters),
        stories=len(room.told.all),
        days=len(days),
        topics=len(room.catalogue.taxonomy.topics),
        providers=len(room.catalogue.by_provider),
    )
    yield JsonPlan(save_as="api/status.json", payload=_status(room, items, counts))
    yield from _schemas(room.site)


def _promise(
    room: Newsroom,
    save_as: str,
    items: Sequence[NewsItem],
    payload: Callable[[], msgspec.Struct],
    beside: tuple[object, ...] = (),
) -> Promise:
    """Promise a file that is made from *items*, and from *beside*: values that its facts do not say yet."""
    return Promise(
        save_as=save_as,
        facts=lambda: room.facts.joined(room.facts.items(items), *beside),
        make=lambda: JsonPlan(save_as=save_as, payload=payload()),
    )


def _lists(
    room: Newsroom, writer: _ItemWriter, items: Sequence[NewsItem], *, base: str, size: int
) -> Iterator[Promise]:
    """Yield a list's pages, numbered from the newest as clients expect; the first one twice."""
    total = max(-(-len(items) // size), 1)
    for number in range(1, total + 1):
        shown = items[(number - 1) * size : number * size]
        following = number + 1 if number < total else None
        payload = partial(_list, writer, shown, number, following)
        first = (f"{base}index.json",) if number == 1 else ()
        for save_as in (*first, f"{base}page/{number}/index.json"):
            yield _promise(room, save_as, shown, payload, (following,))


def _list(writer: _ItemWriter, items: Sequence[NewsItem], number: int, following: int | None) -> NewsList:
    return NewsList(page=number, value=writer.all(items), next_page=following)


class _ItemWriter:
    """Writes items as the API has them, each once."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        lang = room.site.lang.lower()
        # What the archives say of English, which Pelican calls "en".
        self._locale = "en-us" if lang == "en" else lang

    def all(self, items: Sequence[NewsItem]) -> tuple[ApiNews, ...]:
        return tuple(self.item(item) for item in items)

    def item(self, item: NewsItem) -> ApiNews:
        return self._room.memory.api.once(item.slug, lambda: item, lambda: self._write(item))

    def _write(self, item: NewsItem) -> ApiNews:
        raw = raw_of(item)
        return ApiNews(
            path=f"_news/{item.source_path.rpartition('/')[2]}",
            title=_text(raw.get("title")) or item.title,
            excerpt=_text(raw["excerpt"]) if "excerpt" in raw else item.excerpt,
            web_url=_link(raw.get("webUrl")),
            original_url=_link(raw.get("originalUrl")),
            featured_content=_frame(item, raw.get("featuredContent")),
            heat=item.heat,
            images=_images(raw.get("images")),
            content=self._room.body_elsewhere(item) or EMPTY_CONTENT,
            type=_text(raw.get("type")) or item.type.value,
            amp_web_url=_link(raw.get("ampWebUrl")),
            cdn_amp_web_url=_link(raw.get("cdnAmpWebUrl")),
            published_date_time=self._room.dates.local(item.date),
            updated_date_time=self._room.dates.local(item.modified) if item.modified else None,
            provider=_provider(item, raw.get("provider")),
            locale=item.lang.lower() or self._locale,
            categories=(_text(raw.get("category")) or item.category,),
            topics=_topic_names(item, raw.get("topics")),
        )


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (list, dict)) else str(value)


def _link(value: object) -> str | None:
    """Return an address as the file has it; null for none, and for what is no web address."""
    text = _text(value)
    return text if _LINK.match(text) and _is_address(text) else None


def _is_address(text: str) -> bool:
    """Whether an address that is repeated as it is leads somewhere, without a user name and the like."""
    try:
        return bool(clean_address(text))
    except AddressError:
        return False


def _frame(item: NewsItem, value: object) -> str | None:
    """Return the file's player where it is a plain frame of a host that we play, else null: clients may show it."""
    text = _text(value)
    return text if item.video and _FRAME.fullmatch(text) else None


def _images(value: object) -> tuple[ApiImage, ...] | None:
    found = tuple(_image(raw) for raw in value if isinstance(raw, dict)) if isinstance(value, list) else ()
    return found or None


def _image(raw: dict[str, Any]) -> ApiImage:
    url, width, height = _text(raw.get("url")), raw.get("width"), raw.get("height")
    return ApiImage(
        url=url if _PICTURE.match(url) and (url.lstrip().startswith("/") or _is_address(url)) else None,
        width=width if type(width) is int else None,
        height=height if type(height) is int else None,
        title=None if raw.get("title") is None else _text(raw["title"]),
        attribution=None if raw.get("attribution") is None else _text(raw["attribution"]),
        is_cached=raw.get("isCached") is True,
    )


def _provider(item: NewsItem, value: object) -> ApiProvider | None:
    raw = value if isinstance(value, dict) else {}
    if item.provider is None:
        return None
    return ApiProvider(
        name=_text(raw.get("name")) or item.provider.name,
        domain=_text(raw.get("domain")) or item.provider.domain,
        images=_images(raw.get("images")),
    )


def _topic_names(item: NewsItem, value: object) -> tuple[str, ...]:
    return tuple(_text(name) for name in value if _text(name)) if isinstance(value, list) else item.topics


def _topics(room: Newsroom) -> TopicList:
    topics = room.catalogue.taxonomy.topics
    # Topics without a record stand behind the others.
    order = sorted(topics.values(), key=lambda topic: (not topic.record, _path_of(topic), topic.id))
    return TopicList(
        value=tuple(
            ApiTopic(
                name=topic.name,
                shortname=topic.short_name,
                id=topic.id,
                parent=topics[topic.parent].name if topic.parent else msgspec.UNSET,
                images=topic.record.images if topic.record and topic.record.images else msgspec.UNSET,
                services=_services(room, topic),
            )
            for topic in order
        )
    )


def _path_of(topic: Topic) -> str:
    return topic.record.source_path if topic.record else ""


def _services(room: Newsroom, topic: Topic) -> tuple[ApiService, ...]:
    """Return what the record names, else the one list that this site has of the topic."""
    services = topic.record.services if topic.record else {}
    services = services or {"news": room.site.absolute(f"api/news/{topic.id}/")}
    return tuple(ApiService(name=name, endpoint=endpoint) for name, endpoint in services.items())


def _providers(room: Newsroom) -> ProviderList:
    catalogue = room.catalogue
    found = []
    for domain, items in catalogue.by_provider.items():
        provider = catalogue.providers[domain]
        found.append(
            ApiSource(
                domain=domain,
                name=provider.name,
                other_names=provider.other_names,
                description=provider.description,
                items=len(items),
                leads=catalogue.lead_counts[domain],
                first_date_time=room.dates.local(items[-1].date),
                last_date_time=room.dates.local(items[0].date),
                page_url=room.site.absolute(provider_address(domain)),
                feed_url=room.site.absolute(provider_feed_address(domain)) if has_feed(items) else None,
            )
        )
    return ProviderList(value=tuple(found))


def _days(room: Newsroom, days: dict[date, tuple[NewsItem, ...]], writer: _ItemWriter) -> Iterator[Promise]:
    order = tuple(days)
    for day, previous, following in zip(order, (*order[1:], None), (None, *order), strict=False):
        payload = partial(_day, room, writer, days[day], day, previous, following)
        yield _promise(room, f"api/days/{day.isoformat()}.json", days[day], payload, (previous, following))


def _day(
    room: Newsroom,
    writer: _ItemWriter,
    items: tuple[NewsItem, ...],
    day: date,
    previous: date | None,
    following: date | None,
) -> DayList:
    ranked = without_shown(by_score(items, now=items[0].date), room.catalogue.clusters, shown=set())
    return DayList(
        date=day.isoformat(),
        previous=previous.isoformat() if previous else None,
        next=following.isoformat() if following else None,
        count=len(items),
        value=tuple(_under_its_name(room, item, writer.item(item)) for item in ranked),
    )


def _under_its_name(room: Newsroom, item: NewsItem, written: ApiNews) -> ApiNews:
    """Return *written*, the source as its record calls it: only below ``api/news/`` files are repeated as they are."""
    domain = room.catalogue.provider_of.get(item.slug, "")
    name = room.catalogue.recorded_names.get(domain)
    if not name or written.provider is None or written.provider.name == name:
        return written
    return msgspec.structs.replace(written, provider=msgspec.structs.replace(written.provider, name=name))


def _cluster(room: Newsroom, item: NewsItem, reports: _ReportWriter) -> WrittenCluster:
    cluster = room.catalogue.clusters[item.slug]
    return WrittenCluster(
        slug=cluster.slug,
        lead=cluster.lead,
        value=tuple(reports.write(member, cluster.members) for member in cluster.members),
    )


class _ReportWriter:
    """Writes reports as the API has them. Each stands in the files of all others of its story, and is encoded once."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        self._written: dict[tuple[str, str | None], msgspec.Raw] = {}

    def write(self, member: Member, among: Sequence[Member]) -> msgspec.Raw:
        who = member.provider
        name = self._room.catalogue.source_name(who, among=among) if who else None
        known = self._written.get((member.slug, name))
        if known is None:
            known = msgspec.Raw(msgspec.json.encode(self._shape(member, name)))
            if len(self._written) >= KEPT_REPORTS:
                self._written.clear()
            if member.slug:  # others are told apart by nothing
                self._written[member.slug, name] = known
        return known

    def _shape(self, member: Member, name: str | None) -> ApiMember:
        room = self._room
        return ApiMember(
            slug=member.slug if member.has_page else None,
            title=member.title,
            web_url=member.url or None,
            page_url=room.site.absolute(member.address) if member.has_page else None,
            published_date_time=room.dates.local(member.date) if member.date else None,
            provider_name=name,
            provider_domain=member.provider.domain if member.provider else None,
        )


def _status(room: Newsroom, items: Sequence[NewsItem], counts: Counts) -> StatusFile:
    return StatusFile(
        version=__version__,
        url=room.site.absolute(""),
        reference_date_time=room.dates.local(room.catalogue.now),
        newest_date_time=room.dates.local(items[0].date) if items else None,
        counts=counts,
    )


@lru_cache(maxsize=2)
def _schemas(site: SiteProfile) -> tuple[FilePlan, ...]:
    return tuple(_make_schemas(site))


def _make_schemas(site: SiteProfile) -> Iterator[FilePlan]:
    for name, shape in SCHEMAS.items():
        save_as = f"api/schema/{name}.json"
        schema = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": site.absolute(save_as),
            **msgspec.json.schema(shape),
        }
        yield FilePlan(save_as=save_as, data=msgspec.json.format(msgspec.json.encode(schema), indent=2))
    for name in EDITOR_SCHEMAS:
        save_as = f"api/schema/{'front-matter' if name == 'item' else f'{name}-record'}.json"
        schema = {"$id": site.absolute(save_as), **editor_schema(name)}
        yield FilePlan(save_as=save_as, data=msgspec.json.format(msgspec.json.encode(schema), indent=2))
