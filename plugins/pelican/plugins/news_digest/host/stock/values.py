"""What templates of themes that are not ours may read: frozen, and every text in it is HTML already.

``docs/reference/pelican.md`` names every field. They stay: whoever wrote a template of an own theme relies on them.
"""

from __future__ import annotations

from datetime import datetime

import msgspec
from markupsafe import Markup


class StockValue(msgspec.Struct, frozen=True, kw_only=True):
    """Base of every value here."""


class StockLink(StockValue, frozen=True, kw_only=True):
    """A link to a page of this site.

    Attributes:
        name: What it is called.
        url: Site-relative, as Pelican's settings have it: put ``{{ SITEURL }}/`` before it.
    """

    name: Markup
    url: Markup


class Source(StockValue, frozen=True, kw_only=True):
    """Who published something: ``article.source``, ``report.source``, and ``author.provider`` on the pages of authors.

    Attributes:
        name: What readers see it called.
        domain: Its domain, such as ``courier.example``.
        url: Its page here, site-relative; ``""`` when it has none.
        icon: Its picture, a file of this site, site-relative; ``""`` when there is none.
        description: What its record says of it.
        other_names: Further names in use.
        count: How many items of it stand in this site's lists.
    """

    name: Markup
    domain: Markup
    url: Markup = Markup()
    icon: Markup = Markup()
    description: Markup = Markup()
    other_names: tuple[Markup, ...] = ()
    count: int = 0


class Report(StockValue, frozen=True, kw_only=True):
    """One other report of a story: an entry of ``article.coverage``.

    Attributes:
        title: Its headline.
        excerpt: What the citing file says of it; ``""`` for most.
        url: Where it leads: a page here, site-relative, or an address when ``is_external``.
        is_external: Whether it leads to another site.
        source: Who published it; None when nobody knows.
        date: When, in the site's time zone; None when nobody knows.
        locale_date: The same in words, as ``DEFAULT_DATE_FORMAT`` has it.
        lang: Its language where that is not the site's, else ``""``.
    """

    title: Markup
    excerpt: Markup = Markup()
    url: Markup
    is_external: bool
    source: Source | None = None
    date: datetime | None = None
    locale_date: Markup = Markup()
    lang: Markup = Markup()


class Story(StockValue, frozen=True, kw_only=True):
    """The event that an item reports: ``article.story``.

    Attributes:
        heading: "9 reports from 7 sources", in the site's language; ``""`` when nobody else reported.
        way_out: "Read at Ellery Courier", in the site's language; ``""`` for a text of this site's own.
        report_count: How many reports there are, this one included.
        source_count: Of how many sources.
        hidden_count: How many reports are not in ``article.coverage``: see DIGEST_COVERAGE_LIMIT.
        is_lead: Whether this item is the one that stands for the story.
        lead: The item that does; None when it has no page here.
    """

    heading: Markup = Markup()
    way_out: Markup = Markup()
    report_count: int = 1
    source_count: int = 1
    hidden_count: int = 0
    is_lead: bool = True
    lead: StockLink | None = None


class TopicPage(StockValue, frozen=True, kw_only=True):
    """A subject and its place among others: ``tag.topic``.

    Attributes:
        id: The last part of its address.
        name: What it is called.
        short_name: The same where there is little room.
        description: What its record says of it.
        parent: The topic above it; None for a root.
        children: The topics below it, by name.
        count: How many items stand in this site's lists under it or below it.
    """

    id: Markup
    name: Markup
    short_name: Markup
    description: Markup = Markup()
    parent: StockLink | None = None
    children: tuple[StockLink, ...] = ()
    count: int = 0
