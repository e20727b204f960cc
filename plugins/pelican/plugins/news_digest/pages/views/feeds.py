"""What the template of ``/feeds/`` may read. See :mod:`.story` for the rules."""

from __future__ import annotations

from .base import BasePageView, FeedLinkView, LinkView, View


class FeedRowView(View, frozen=True, kw_only=True):
    """Something to follow.

    ``title`` is what the feed calls itself. ``kind`` is ``all``, ``top-5``, ``top-25``, ``daily``, ``weekly`` or
    ``newsletter``: the template has the words. ``per_week`` is a number, written out. The titles of ``formats`` are
    their names; the first one is the one to copy.
    """

    title: str
    subject: LinkView
    kind: str
    per_week: str
    formats: tuple[FeedLinkView, ...]


class FeedGroupView(View, frozen=True, kw_only=True):
    """Feeds of the ``site``, of each ``topic``, of each ``provider`` or of each running ``story``."""

    kind: str
    rows: tuple[FeedRowView, ...]


class FeedsView(BasePageView, frozen=True, kw_only=True):
    """``/feeds/``. ``opml`` is the site-relative address of the list of all feeds, ``api`` that of the JSON API,
    ``data`` that of the page of tables (``""``: none); ``weeks`` is how many weeks the averages are over.
    """

    groups: tuple[FeedGroupView, ...]
    feed_count: int
    weeks: int
    opml: str
    api: str
    data: str = ""
