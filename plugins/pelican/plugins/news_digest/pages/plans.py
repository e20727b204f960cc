"""What is to be written, decided and not yet done. Plans are frozen, plain and picklable."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Final
from urllib.parse import unquote

import msgspec

from ..images.cards.card_spec import Card
from .views.base import View

# What hosts such as Netlify and Cloudflare Pages redirect by.
REDIRECTS: Final = "_redirects"


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every plan: ``save_as`` is the file to write, relative to the output folder, with ``/``."""

    save_as: str


class PagePlan(Plan, frozen=True, kw_only=True):
    """One HTML page: a template and the view that it may read."""

    template: str
    view: View
    slug: str = ""
    # A page that is served under any address (404.html) cannot link relatively.
    is_placeless: bool = False


class MailPlan(Plan, frozen=True, kw_only=True):
    """One email, HTML or plain text. It reads its view and nothing else: it is no page of the site."""

    template: str
    view: View


class Enclosure(msgspec.Struct, frozen=True, kw_only=True):
    """A file that belongs to an entry of a feed: absolute, with its media type."""

    url: str
    type: str


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed. ``date`` and ``modified`` are ISO 8601 in UTC; ``html`` is safe HTML."""

    id: str
    title: str
    url: str
    via: str
    date: str
    modified: str
    author: str
    summary: str
    html: str
    categories: tuple[str, ...] = ()
    lang: str = ""
    image_url: str = ""
    enclosure: Enclosure | None = None


class FeedFormat(StrEnum):
    """What a feed is written in; the value ends its address."""

    ATOM = ".atom.xml"
    RSS = ".rss.xml"
    JSON = ".json"


class FeedPlan(Plan, frozen=True, kw_only=True):
    """One feed. Addresses are absolute; ``updated`` is ISO 8601 in UTC.

    ``next_url`` leads to older entries (JSON Feed only), ``hub_url`` to the hub that is told of news; ``""``: none.
    """

    title: str
    subtitle: str
    home_url: str
    self_url: str
    id: str
    lang: str
    updated: str
    entries: tuple[FeedEntry, ...]
    format: FeedFormat = FeedFormat.ATOM
    next_url: str = ""
    hub_url: str = ""


class JsonPlan(Plan, frozen=True, kw_only=True):
    """A JSON file: ``payload`` is one of the shapes that the API declares, encoded when it is rendered."""

    payload: msgspec.Struct


class CardPlan(Plan, frozen=True, kw_only=True):
    """A share card: the picture that others show beside a link to a page.

    ``fonts`` is the folder of the site's own fonts; ``""``: none.
    """

    card: Card
    fonts: str = ""


class BookStory(msgspec.Struct, frozen=True, kw_only=True):
    """One story of a book. What is ``""`` is left out; addresses are absolute.

    ``coverage`` says who else reported it, and ``coverage_url`` leads there.
    """

    title: str
    url: str
    lang: str = ""
    excerpt: str = ""
    source: str = ""
    time: str = ""
    coverage: str = ""
    coverage_url: str = ""


class BookChapter(msgspec.Struct, frozen=True, kw_only=True):
    """Stories below one heading."""

    title: str
    stories: tuple[BookStory, ...]


class BookPlan(Plan, frozen=True, kw_only=True):
    """A digest as a book (EPUB 3).

    Attributes:
        id: An URI that stays the same when the book is made again.
        direction: ``ltr`` or ``rtl``.
        modified: ISO 8601 in UTC, to the second.
        note: Stands at the end.
        contents: The heading of the table of contents.
        cover: What is drawn on it, with the fonts of *fonts* as in :class:`CardPlan`.
    """

    id: str
    title: str
    lang: str
    direction: str
    publisher: str
    modified: str
    chapters: tuple[BookChapter, ...]
    note: str
    contents: str
    cover: Card
    fonts: str = ""


class FilePlan(Plan, frozen=True, kw_only=True):
    """A file whose bytes are known: a style sheet, a sitemap, robots.txt."""

    data: bytes


class IconPlan(Plan, frozen=True, kw_only=True):
    """The site's icon in one size, as PNG; as ICO where the name says so.

    Attributes:
        source: The bytes of a square picture.
        ground: ``#rrggbb`` behind what can be seen through; ``""``: nothing.
    """

    source: bytes
    side_px: int
    ground: str


class PicturePlan(Plan, frozen=True, kw_only=True):
    """A picture that was made before: *source* is the file in the cache. Its name follows from its bytes."""

    source: str


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """A plan that is made when somebody needs it: while *facts* are those of the last build, nobody does.

    Attributes:
        slug, template: As of the plan; ``""`` where it has none.
        address: Of a page that is to be indexed; None: it is not.
        facts: Returns all that *make* reads, or digests of it.
        make: Returns the plan.
    """

    save_as: str
    facts: Callable[[], bytes]
    make: Callable[[], Plan]
    slug: str = ""
    template: str = ""
    address: str | None = None


def made(plan: Plan | Promise) -> Plan:
    """Return *plan* itself, or what it promises."""
    return plan.make() if isinstance(plan, Promise) else plan


def page_file(address: str) -> str:
    """Return the file behind a site-relative address: ``news/a/`` → ``news/a/index.html``, ``""`` → ``index.html``."""
    path = unquote(address) if "%" in address else address
    return f"{path}index.html" if not path or path.endswith("/") else path
