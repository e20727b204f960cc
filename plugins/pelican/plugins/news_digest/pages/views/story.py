"""Stories as pages show them, and the pages that are made of little else: home, an item, lists, topics."""

from __future__ import annotations

from .base import BasePageView, FeedLinkView, HeadView, LinkView, PaginationView, TimeView, View


class PictureView(View, frozen=True, kw_only=True, omit_defaults=True):
    """A picture that exists and says something about the story.

    ``fit`` is ``cover`` or ``contain`` (very wide or very tall pictures are not cropped). ``stem`` and ``widths`` name
    its files where it was made in several sizes: ``<stem>-640.webp``, with ``has_avif`` also ``<stem>-640.avif``.
    ``tone`` is its main colour, which holds its place until it is there.
    """

    src: str
    width_px: int
    height_px: int
    alt: str = ""
    fit: str = "cover"
    is_external: bool = False
    stem: str = ""
    widths: tuple[int, ...] = ()
    has_avif: bool = False
    tone: str = ""


class SourceView(View, frozen=True, kw_only=True):
    """A provider as it stands in a meta line: name, link to its page (``""``: no page), icon or letter tile.

    ``icon`` is ``""`` when there is none: then draw ``letter`` on tint number ``tint`` (0 to 7).
    """

    name: str
    href: str
    icon: str = ""
    letter: str = ""
    tint: int = 0


class CoverageLinkView(View, frozen=True, kw_only=True):
    """One source in a "More:" line: its name, its report, and how many reports it has in the cluster."""

    name: str
    href: str
    title: str
    is_external: bool
    count: int = 1


class CoverageView(View, frozen=True, kw_only=True):
    """Who else covered a story: counts with the lead included, up to four links, then how many more.

    ``href`` is the story's own page; ``""``: it has none.
    """

    report_count: int
    provider_count: int
    links: tuple[CoverageLinkView, ...]
    more_count: int
    more_href: str
    href: str = ""


class StoryView(View, frozen=True, kw_only=True):
    """One story, whatever its size on the page.

    ``href`` is where the headline leads (its page here, or the source when ``is_external``); ``source_url`` is the
    link out (``""`` when the item lives here) and ``source_host`` its host in readable form. ``band`` is the heat
    band: 3 top 5%, 2 top 25%, 1 otherwise, 0 when the site is too small for bands. ``kind`` is ``article`` or
    ``video``. ``lang`` is ``""`` for the site's own language. ``is_paid``: the source shows it to subscribers.
    ``authors`` wrote one of the site's own texts; a source among them stands in ``source`` instead where it is the only
    one.
    """

    slug: str
    title: str
    href: str
    is_external: bool
    source_url: str
    source_host: str
    excerpt: str
    kicker: LinkView | None
    source: SourceView | None
    time: TimeView
    kind: str
    band: int
    coverage: CoverageView | None
    picture: PictureView | None
    lang: str
    is_paid: bool = False
    authors: tuple[LinkView, ...] = ()


class EmbedView(View, frozen=True, kw_only=True):
    """``/embed/<id>/``: the newest stories of a topic, inside a page of another site.

    ``topic`` leads to its page and counts all of its stories; ``canonical`` is that page's absolute address, ``""`` on
    a site without one.
    """

    topic: LinkView
    canonical: str
    stories: tuple[StoryView, ...]


class MemberView(View, frozen=True, kw_only=True):
    """One report in the sidebar: headline, where it leads, who, when."""

    title: str
    href: str
    is_external: bool
    source: SourceView | None
    time: TimeView | None
    lang: str = ""


class MemberGroupView(View, frozen=True, kw_only=True):
    """A block of the sidebar.

    ``kind`` is ``coverage`` (within 7 days), ``earlier`` (older reports on the story) or ``related`` (computed,
    and marked as such). ``members`` are shown, ``more`` stand in a disclosure, ``hidden_count`` are only counted.
    """

    kind: str
    members: tuple[MemberView, ...]
    more: tuple[MemberView, ...] = ()
    hidden_count: int = 0


class StripView(View, frozen=True, kw_only=True):
    """A time strip: ``ticks`` are x positions from 0 to ``width``; ``mark`` is the item's own (-1: none)."""

    width: int
    height: int
    ticks: tuple[int, ...]
    mark: int
    first: str
    last: str


class BarView(View, frozen=True, kw_only=True):
    """One month of an :class:`ActivityView`: where its bar stands, and how high it is; 0 for a month without items."""

    x: int
    height: int


class ActivityView(View, frozen=True, kw_only=True):
    """Twelve months as bars, oldest first; ``first`` and ``last`` name the months at the ends."""

    width: int
    height: int
    bar_width: int
    bars: tuple[BarView, ...]
    count: int
    first: str
    last: str


class DayGroupView(View, frozen=True, kw_only=True):
    """Stories of one day; ``href`` is ``""`` where the day has no page."""

    heading: str
    iso: str
    href: str
    stories: tuple[StoryView, ...]
    count: int


class TopicNodeView(View, frozen=True, kw_only=True):
    """A topic in a tree: name, address, items (its children's included), last date, its children."""

    name: str
    href: str
    count: int
    last: TimeView | None
    children: tuple[TopicNodeView, ...] = ()
    activity: ActivityView | None = None


class TopicSectionView(View, frozen=True, kw_only=True):
    """A column of headlines on the front page: one topic, up to five stories, how many there are in all."""

    topic: LinkView
    stories: tuple[StoryView, ...]
    total: int


class HomeView(View, frozen=True, kw_only=True):
    """``/``: see docs/reference/pages.md. ``latest`` are the newest of the stories that are not at the top or among the
    most covered; ``earlier`` are previous days with items, three headlines each. ``all_count``: how many stories the
    site has, where the page leaves some out and ``earlier`` does not lead on to them.
    """

    head: HeadView
    date: str
    story_count: int
    provider_count: int
    updated: TimeView | None
    lead: StoryView | None
    top: tuple[StoryView, ...]
    latest: tuple[StoryView, ...]
    sections: tuple[TopicSectionView, ...]
    earlier: tuple[DayGroupView, ...]
    most_covered: tuple[StoryView, ...]
    topics: tuple[TopicNodeView, ...]
    newsletter: LinkView | None = None
    all_count: int = 0


class PartView(View, frozen=True, kw_only=True):
    """The story that an item belongs to, or the report that leads it; ``report_count`` is 0 for that.

    ``text`` is ``""`` where it would repeat the item's headline.
    """

    text: str
    href: str
    report_count: int = 0
    provider_count: int = 0


class CorrectionView(View, frozen=True, kw_only=True):
    """Something that was put right, and when."""

    time: TimeView
    text: str


class ArticleView(BasePageView, frozen=True, kw_only=True):
    """``/news/<stem>/``. ``body`` is sanitised HTML; ``video_url`` leads to the video's own page (``""``: none).

    ``video_id`` is what its player is built from, when the reader asks for it. ``updated`` is when it was last changed
    or corrected after it was published (None: never), ``corrections`` are newest first. ``category`` is what one of the
    site's own texts stands under (None for items). ``metadata`` holds what its file says besides, where it names a
    template of the site's own. ``audio_url`` leads to a recording, ``discussions`` to where others discuss it.
    ``archived_url`` leads to a copy of what the source shows (``""``: none is offered), which is the main way where
    ``is_dead``: the source does not have it any more.
    """

    story: StoryView
    body: str
    video_url: str
    groups: tuple[MemberGroupView, ...]
    strip: StripView | None
    part_of: PartView | None
    topics: tuple[LinkView, ...]
    newer: LinkView | None
    older: LinkView | None
    quality: int
    heat: int
    updated: TimeView | None = None
    corrections: tuple[CorrectionView, ...] = ()
    video_id: str = ""
    has_code: bool = False
    category: LinkView | None = None
    metadata: dict[str, str] = {}
    audio_url: str = ""
    discussions: tuple[LinkView, ...] = ()
    archived_url: str = ""
    is_dead: bool = False


class ListingView(BasePageView, frozen=True, kw_only=True):
    """A page that lists items newest first, by day: ``/latest/`` and the like.

    The newest page says how many items the whole list has, and since when; an older one how many it holds itself, and
    of which days (``span``, else ``""``), so that it stays as it is when news come in.
    """

    heading: str
    kind: str
    count: int
    since: TimeView | None
    groups: tuple[DayGroupView, ...]
    pagination: PaginationView
    feeds: tuple[FeedLinkView, ...]
    span: str = ""


class TopicView(BasePageView, frozen=True, kw_only=True):
    """``/topics/<id>/`` and its older pages; ``hottest`` and ``neighbours`` only on the newest page.

    ``count``, ``since`` and ``span`` are as in :class:`ListingView`, and ``children`` have no counts on older pages.
    """

    heading: str
    description: str
    count: int
    since: TimeView | None
    parent: LinkView | None
    children: tuple[LinkView, ...]
    neighbours: tuple[LinkView, ...]
    hottest: tuple[StoryView, ...]
    groups: tuple[DayGroupView, ...]
    pagination: PaginationView
    feeds: tuple[FeedLinkView, ...]
    activity: ActivityView | None = None
    span: str = ""


class TopicIndexView(BasePageView, frozen=True, kw_only=True):
    """``/topics/``."""

    topics: tuple[TopicNodeView, ...]
    topic_count: int
