"""What the templates of stories may read: ``/stories/`` and ``/stories/<id>/``. See :mod:`.story` for the rules."""

from __future__ import annotations

from .base import BasePageView, FeedLinkView, LinkView, PaginationView, TimeView, View
from .story import BarView, CorrectionView, PictureView, SourceView, StripView


class CurveView(View, frozen=True, kw_only=True):
    """How many reports came when: bars over time, and below them a tick where a source reported first.

    ``first`` and ``last`` stand at its ends: days, or times where it is all of one day.
    """

    width: int
    height: int
    bar_width: int
    bars: tuple[BarView, ...]
    ticks: tuple[int, ...]
    first: str
    last: str


class ReportView(View, frozen=True, kw_only=True):
    """One report: where its headline leads (its page here, else out), and the way out (``""``: it lives here)."""

    title: str
    href: str
    is_external: bool
    source_url: str
    source: SourceView | None
    host: str
    time: TimeView | None
    is_first: bool
    is_newest: bool
    lang: str


class ReportDayView(View, frozen=True, kw_only=True):
    """The reports of one day, oldest first.

    ``heading`` is ``""`` for reports without a date. ``href`` is the day's page (``""``: it has none), ``pause`` how
    many days passed since the reports before, where that is worth a word; else 0.
    """

    heading: str
    iso: str
    href: str
    pause: int
    reports: tuple[ReportView, ...]


class SourceCountView(View, frozen=True, kw_only=True):
    """A source and how many reports of the story it has."""

    source: SourceView
    count: int


class StoryRowView(View, frozen=True, kw_only=True):
    """A story among others; ``span`` says from which day to which, ``strip`` draws it."""

    title: str
    href: str
    lang: str
    kicker: LinkView | None
    report_count: int
    source_count: int
    span: str
    strip: StripView | None = None


class StoryPageView(BasePageView, frozen=True, kw_only=True):
    """``/stories/<id>/``: the owner's words, then every report by day.

    ``body`` is sanitised HTML. ``hidden_count`` reports, the oldest, are only counted. A page that ``is_long`` has a
    link to the newest one. ``before`` and ``after`` are stories like this one that began earlier and later.
    """

    heading: str
    lang: str
    excerpt: str
    picture: PictureView | None
    body: str
    updated: TimeView | None
    corrections: tuple[CorrectionView, ...]
    first: TimeView | None
    last: TimeView | None
    is_closed: bool
    report_count: int
    source_count: int
    curve: CurveView | None
    sources: tuple[SourceCountView, ...]
    days: tuple[ReportDayView, ...]
    is_long: bool
    hidden_count: int
    topics: tuple[LinkView, ...]
    before: tuple[StoryRowView, ...]
    after: tuple[StoryRowView, ...]
    feeds: tuple[FeedLinkView, ...]


class StoryMonthView(View, frozen=True, kw_only=True):
    """The largest stories that began in one month, and how many began; ``href`` is the month's page (``""``: none)."""

    heading: str
    href: str
    stories: tuple[StoryRowView, ...]
    total: int


class StoryIndexView(BasePageView, frozen=True, kw_only=True):
    """``/stories/`` and its older pages; ``pinned`` and ``running`` stand on the newest one only."""

    total: int
    pinned: tuple[StoryRowView, ...]
    running: tuple[StoryRowView, ...]
    months: tuple[StoryMonthView, ...]
    pagination: PaginationView
