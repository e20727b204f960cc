"""What templates of the newsletter may read, pages and emails. See :mod:`.story` for the rules."""

from __future__ import annotations

from .base import BasePageView, FeedLinkView, LinkView, TimeView, View
from .story import StoryView


class EditionView(View, frozen=True, kw_only=True):
    """One edition, whatever it is written into.

    ``kind`` is ``daily`` or ``weekly``. ``heading`` names its day or week; ``span`` says from when to when a week is
    (``""`` for a day). ``period`` leads to the page of that day or week. ``story_count`` counts each story once.
    """

    kind: str
    address: str
    heading: str
    span: str
    iso: str
    subject: str
    preheader: str
    must_read: tuple[StoryView, ...]
    also: tuple[StoryView, ...]
    story_count: int
    provider_count: int
    period: LinkView


class EditionPageView(BasePageView, frozen=True, kw_only=True):
    """``/newsletter/<stem>/``; ``older`` and ``newer`` are editions of the same kind.

    ``mail`` and ``text`` are the edition's files as an email, ``book`` the week's as a book; ``""`` where they are not
    published.
    """

    edition: EditionView
    mail: str
    text: str
    book: str
    older: LinkView | None
    newer: LinkView | None
    feeds: tuple[FeedLinkView, ...]


class KeptMailView(BasePageView, frozen=True, kw_only=True):
    """``/newsletter/<stem>/`` of an old email; ``mail`` is its file, which is shown in a frame that may do nothing."""

    title: str
    excerpt: str
    time: TimeView
    mail: str


class EditionRowView(View, frozen=True, kw_only=True):
    """One edition in the list; ``kind`` is ``daily``, ``weekly`` or ``kept``, ``count`` 0 where it is not known.

    ``subject`` is what the row leads with: of a day its first headline, of a week its name. ``others`` says what else
    stood in it.
    """

    kind: str
    heading: str
    iso: str
    subject: str
    others: str
    href: str
    count: int


class EditionMonthView(View, frozen=True, kw_only=True):
    """The editions of one month, newest first; a week is in the month in which it ends."""

    heading: str
    rows: tuple[EditionRowView, ...]


class NewsletterIndexView(BasePageView, frozen=True, kw_only=True):
    """``/newsletter/``: what was sent and what would be, newest first."""

    months: tuple[EditionMonthView, ...]
    feeds: tuple[FeedLinkView, ...]


class MailView(View, frozen=True, kw_only=True):
    """An email, HTML or plain: it is read far from the site, so ``root`` is where the site's addresses begin.

    ``sender`` is the owner's postal address; ``unsubscribe`` what the email service replaces. Both may be ``""``.
    """

    edition: EditionView
    site_name: str
    lang: str
    dir: str
    root: str
    sender: str
    unsubscribe: str
