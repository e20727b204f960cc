"""What pages of the desk are made from: frozen plain data, texts that are written, addresses that are whole."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from ...languages import Words
from ...model import NewsItem
from ...newsdesk.desk.reasons import Reasons
from ...pages.dates import DateWriter
from .query import Query


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One of several places to go to; *count* is ``""`` where nothing is counted."""

    text: str
    href: str
    count: str = ""
    is_current: bool = False


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a list to choose from."""

    value: str
    text: str
    is_chosen: bool = False


class Moment(msgspec.Struct, frozen=True):
    """A time, for machines and for people."""

    iso: str
    text: str


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that the site has, as small as there is one."""

    src: str
    width_px: int
    height_px: int


class ReportView(msgspec.Struct, frozen=True, kw_only=True):
    """One item.

    Attributes:
        print: What its file was known by when this page was made.
        url: The way out; ``""``: it lives here.
        page: Its page on the site behind the desk; ``""``: it has none.
        state, state_name: How it stands, for machines and for people.
    """

    slug: str
    print: str
    title: str
    lang: str
    source: str
    letter: str
    tint: int
    url: str
    page: str
    time: Moment
    state: str
    state_name: str
    is_pinned: bool
    notes: tuple[str, ...]


class GroupView(msgspec.Struct, frozen=True, kw_only=True):
    """One story.

    Attributes:
        prints: What all its files were known by.
        topics: As a person would write them: with commas.
        reasons: How the quality comes about, line by line; none where a person or a file said it.
        coverage: Who else reports it, in words; ``""``: nobody.
        more: How many reports are not among *reports*.
        href: The page of the desk that has them all.
    """

    lead: ReportView
    prints: str
    excerpt: str
    topics: str
    image: Image | None
    heat: int
    sum: str
    reasons: tuple[str, ...]
    coverage: str
    reports: tuple[ReportView, ...]
    more: int
    href: str


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """What came of the last act; *undo* is the number to undo it by, ``""`` where there is nothing to undo."""

    text: str
    files: tuple[str, ...] = ()
    undo: str = ""
    is_problem: bool = False


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What every page of the desk has.

    Attributes:
        base, tools, place: The paths of the site, of the preview's own files, and of the desk.
        back: This page, as forms name it.
        notice: What came of the act before.
        last: The last act that can be undone.
    """

    site: str
    base: str
    tools: str
    place: str
    token: str
    back: str
    notice: Notice | None = None
    last: Notice | None = None


class DeskView(msgspec.Struct, frozen=True, kw_only=True):
    """The list of stories.

    Attributes:
        since: Which time is shown, in words.
        edition: What the next edition has so far, in words.
        wider: Where there is more, when nothing is here; None: nowhere.
    """

    frame: Frame
    query: Query
    tabs: tuple[Choice, ...]
    periods: tuple[Option, ...]
    sources: tuple[Option, ...]
    topics: tuple[Option, ...]
    all_topics: tuple[str, ...]
    since: str
    edition: str
    groups: tuple[GroupView, ...]
    first: int
    total: int
    pages: tuple[Choice, ...]
    wider: Choice | None


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Another story that this one can be merged into."""

    slug: str
    print: str
    title: str
    lang: str
    told: str


class StoryPage(msgspec.Struct, frozen=True, kw_only=True):
    """One story with all its reports, and those that it may belong to."""

    frame: Frame
    group: GroupView
    text: str
    candidates: tuple[Candidate, ...]
    all_topics: tuple[str, ...]


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the site behind the desk.

    Attributes:
        dates: Writes times in the site's zone and language.
        edition_days: How many days an edition sums up; 0: there are none.
        page_of, image_of: Where the page and a small picture of an item are; ``""`` and None for none.
    """

    dates: DateWriter
    lang: str
    words: Words
    reasons: Reasons
    edition_days: int
    page_of: Callable[[NewsItem], str]
    image_of: Callable[[NewsItem], Image | None]
