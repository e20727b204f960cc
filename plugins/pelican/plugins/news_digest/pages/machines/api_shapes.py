"""The shapes of the JSON API: what each file holds, key by key, in the order in which it is written.

``api/news/`` and ``api/topics/`` are read by clients that exist: nothing may be added to these, not even at the end.
The JSON Schemas below ``api/schema/`` are made from these declarations. Meanings: docs/reference/api.md.
"""

from __future__ import annotations

import msgspec
from msgspec import UNSET, UnsetType


class Shape(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Base of every shape: keys in camel case; a null is written, an unset value is absent."""


class ApiImage(Shape, frozen=True, kw_only=True):
    """A picture, as the file names it."""

    url: str | None
    width: int | None
    height: int | None
    title: str | None
    attribution: str | None
    is_cached: bool


class ApiProvider(Shape, frozen=True, kw_only=True):
    """Who published an item, as the file says it."""

    name: str
    domain: str
    images: tuple[ApiImage, ...] | None
    publishers: None = None
    authors: None = None


class ApiNews(Shape, frozen=True, kw_only=True):
    """An item. Texts and addresses are those of its file, neither decoded nor trimmed."""

    path: str
    title: str
    excerpt: str
    source_url: None = None
    web_url: str | None
    original_url: str | None
    featured_content: str | None
    highlight: None = None
    heat: int
    tags: None = None
    images: tuple[ApiImage, ...] | None
    content: str
    type: str
    amp_web_url: str | None
    cdn_amp_web_url: str | None
    published_date_time: str
    updated_date_time: str | None
    provider: ApiProvider | None
    locale: str
    categories: tuple[str, ...]
    topics: tuple[str, ...]


class NewsList(Shape, frozen=True, kw_only=True):
    """``api/news/`` and ``api/news/<topic-id>/``: a page of items, newest first."""

    page: int
    value: tuple[ApiNews, ...]
    next_page: int | None


class ApiService(Shape, frozen=True, kw_only=True):
    """Where something about a topic can be read."""

    name: str
    endpoint: str


class ApiTopic(Shape, frozen=True, kw_only=True):
    """A topic; *parent* is the parent's name."""

    name: str
    shortname: str
    id: str
    parent: str | UnsetType = UNSET
    images: tuple[str, ...] | UnsetType = UNSET
    services: tuple[ApiService, ...]


class TopicList(Shape, frozen=True, kw_only=True):
    """``api/topics/``, in the order of the records' files."""

    value: tuple[ApiTopic, ...]


class ApiSource(Shape, frozen=True, kw_only=True):
    """A provider: its items here, how many of them lead a story that others reported too, its page, its feed."""

    domain: str
    name: str
    other_names: tuple[str, ...]
    description: str
    items: int
    leads: int
    first_date_time: str
    last_date_time: str
    page_url: str
    feed_url: str | None


class ProviderList(Shape, frozen=True, kw_only=True):
    """``api/providers/``, in the order of the domains."""

    value: tuple[ApiSource, ...]


class DayList(Shape, frozen=True, kw_only=True):
    """``api/days/<date>.json``: the day's stories by score, each story once; the nearest days that have items."""

    date: str
    previous: str | None
    next: str | None
    count: int
    value: tuple[ApiNews, ...]


class ApiMember(Shape, frozen=True, kw_only=True):
    """A report of a story: *slug* and *page_url* are null where it has no page here."""

    slug: str | None
    title: str
    web_url: str | None
    page_url: str | None
    published_date_time: str | None
    provider_name: str | None
    provider_domain: str | None


class ClusterFile(Shape, frozen=True, kw_only=True):
    """``api/clusters/<stem>.json``: who else reported the story of one item, best report first."""

    slug: str
    lead: str
    value: tuple[ApiMember, ...]


class WrittenCluster(Shape, frozen=True, kw_only=True):
    """A :class:`ClusterFile` whose reports are JSON already."""

    slug: str
    lead: str
    value: tuple[msgspec.Raw, ...]


class ApiStory(Shape, frozen=True, kw_only=True):
    """A story: its page, its feed with the reports, when they came, and how many from how many sources.

    *lead* is the slug of its leading report, whose file below ``api/clusters/`` says who else reported it; *formerly*
    are ids that lead to it.
    """

    id: str
    title: str
    excerpt: str
    lead: str
    page_url: str
    feed_url: str
    first_date_time: str | None
    last_date_time: str | None
    reports: int
    sources: int
    closed: bool
    formerly: tuple[str, ...]


class StoryList(Shape, frozen=True, kw_only=True):
    """``api/stories/``, in the order of the ids."""

    value: tuple[ApiStory, ...]


class Counts(Shape, frozen=True, kw_only=True):
    """How much there is."""

    news: int
    pages: int
    clusters: int
    stories: int
    days: int
    topics: int
    providers: int


class StatusFile(Shape, frozen=True, kw_only=True):
    """``api/status.json``. *reference_date_time* is the "now" of the build: the newest item's, unless the site says."""

    version: str
    url: str
    reference_date_time: str
    newest_date_time: str | None
    counts: Counts
