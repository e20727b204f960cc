"""What the templates of providers may read: see :mod:`.story`."""

from __future__ import annotations

from .base import FeedLinkView, HeadView, LinkView, PaginationView, TimeView, View
from .story import ActivityView, DayGroupView, SourceView


class ProviderView(View, frozen=True, kw_only=True):
    """``/providers/<domain>/`` and its older pages."""

    head: HeadView
    source: SourceView
    domain: str
    domain_url: str
    other_names: tuple[str, ...]
    description: str
    count: int
    lead_count: int
    cluster_count: int
    first: TimeView
    last: TimeView
    breadcrumbs: tuple[LinkView, ...]
    topics: tuple[LinkView, ...]
    groups: tuple[DayGroupView, ...]
    pagination: PaginationView
    feeds: tuple[FeedLinkView, ...]
    activity: ActivityView | None = None


class ProviderRowView(View, frozen=True, kw_only=True):
    """One provider in the index: ``share_percent`` is its share of the stories that lead a cluster."""

    source: SourceView
    domain: str
    count: int
    lead_count: int
    share_percent: int
    last: TimeView


class ProviderGroupView(View, frozen=True, kw_only=True):
    """Providers under one letter."""

    letter: str
    anchor: str
    rows: tuple[ProviderRowView, ...]


class ProviderIndexView(View, frozen=True, kw_only=True):
    """``/providers/``."""

    head: HeadView
    breadcrumbs: tuple[LinkView, ...]
    groups: tuple[ProviderGroupView, ...]
    provider_count: int
