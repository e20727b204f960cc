"""What the templates of providers may read: see :mod:`.story`."""

from __future__ import annotations

from .base import BasePageView, FeedLinkView, LinkView, PaginationView, TimeView, View
from .story import ActivityView, DayGroupView, SourceView


class ProviderFactView(View, frozen=True, kw_only=True):
    """One thing that the record of a source declares."""

    name: str
    value: str


class ProviderView(BasePageView, frozen=True, kw_only=True):
    """``/providers/<domain>/`` and its older pages. ``facts`` are what its record declares: names and values.

    On an older page ``count``, ``first`` and ``last`` are of its own items, and ``span`` is the days that it holds;
    what is counted over all of the source's items is 0 there.
    """

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
    topics: tuple[LinkView, ...]
    groups: tuple[DayGroupView, ...]
    pagination: PaginationView
    feeds: tuple[FeedLinkView, ...]
    activity: ActivityView | None = None
    facts: tuple[ProviderFactView, ...] = ()
    span: str = ""


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


class ProviderIndexView(BasePageView, frozen=True, kw_only=True):
    """``/providers/``.

    ``has_letters``: there are so many that letters help. ``has_leads``: any leads a story that others reported.
    """

    groups: tuple[ProviderGroupView, ...]
    provider_count: int
    has_letters: bool
    has_leads: bool
