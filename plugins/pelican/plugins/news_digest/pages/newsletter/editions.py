"""``/newsletter/``: each day and each week as one edition, from one model: a page, an email and its plain-text twin.

Old emails that lie in the content folder stand in the same list, as they were sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property, partial
from itertools import chain, groupby, zip_longest
from typing import TYPE_CHECKING, Final

import msgspec
from markupsafe import Markup

from ...catalogue.calendar import days_of_week, month_of, week_of
from ...catalogue.clusters import without_shown
from ...catalogue.ranking import by_heat, by_score
from ...model import NewsItem
from ..addresses import (
    NEWSLETTER,
    NEWSLETTER_FEED,
    day_address,
    edition_address,
    tag_id,
    week_address,
    week_name,
)
from ..dates import format_interval, iso
from ..plans import FeedEntry, FeedPlan, MailPlan, PagePlan, Plan, page_file
from ..site import feed_link, head
from ..views.base import LinkView
from ..views.newsletter import (
    EditionMonthView,
    EditionPageView,
    EditionRowView,
    EditionView,
    MailView,
    NewsletterIndexView,
)
from .book import book_address, book_enclosure, plan_book
from .kept_mails import kept_entries, kept_rows, plan_kept_files, plan_kept_pages

if TYPE_CHECKING:
    from ..newsroom import Newsroom

MUST_READ: Final = 3
ALSO: Final = 7
PREHEADER_TITLES: Final = 2


class EditionKind(StrEnum):
    """How much one edition sums up."""

    DAILY = "daily"
    WEEKLY = "weekly"


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The stories of one day or one ISO week, hottest first, each once.

    Attributes:
        first, last: Its days: the same one twice, or Monday and Sunday.
        must_read: Up to three; the first one's title is the subject.
        also: Up to seven more.
        changed: The moment of its newest item.
    """

    kind: EditionKind
    first: date
    last: date
    must_read: tuple[NewsItem, ...]
    also: tuple[NewsItem, ...]
    story_count: int
    provider_count: int
    changed: datetime

    @property
    def stem(self) -> str:
        """The last part of its address: ``2026-05-03``, or ``2026-w18``."""
        if self.kind is EditionKind.DAILY:
            return self.first.isoformat()
        year, week = week_of(self.first)
        return f"{year:04}-w{week:02}"


def edition_of(room: Newsroom, day: date, *, kind: EditionKind) -> Edition | None:
    """Return the edition of *day*, or of the week that holds it; None when there are no items."""
    days = (day,) if kind is EditionKind.DAILY else days_of_week(week_of(day))
    catalogue = room.catalogue
    items = [item for one in days for item in catalogue.days.get(one, ())]
    if not items:
        return None
    changed = max(item.date for item in items)
    # As the pages of a day and of a week rank them.
    ranked: Iterable[NewsItem] = by_score(items, now=changed) if kind is EditionKind.DAILY else by_heat(items)
    stories = without_shown(ranked, catalogue.clusters, shown=set())
    return Edition(
        kind=kind,
        first=days[0],
        last=days[-1],
        must_read=tuple(stories[:MUST_READ]),
        also=tuple(stories[MUST_READ : MUST_READ + ALSO]),
        story_count=len(stories),
        provider_count=len(catalogue.sources_of(items)),
        changed=changed,
    )


def latest_editions(room: Newsroom) -> tuple[Edition, ...]:
    """Return the editions that have a page, newest first; a week stands before its days."""
    choices = room.choices
    days = tuple(room.catalogue.days)
    found: list[Edition | None] = []
    if choices.newsletter in {"both", EditionKind.DAILY}:
        found += [edition_of(room, day, kind=EditionKind.DAILY) for day in days[: choices.newsletter_days]]
    if choices.newsletter in {"both", EditionKind.WEEKLY}:
        mondays = list(dict.fromkeys(days_of_week(week_of(day))[0] for day in days))
        found += [edition_of(room, day, kind=EditionKind.WEEKLY) for day in mondays[: choices.newsletter_weeks]]
    kept = {mail.slug for mail in room.mails}
    editions = [edition for edition in found if edition is not None and edition.stem not in kept]
    return tuple(sorted(editions, key=lambda edition: (edition.last, edition.kind), reverse=True))


class Editions:
    """The newsletter of one site."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room

    @cached_property
    def latest(self) -> tuple[Edition, ...]:
        """The editions that have a page, newest first."""
        return latest_editions(self._room)

    @cached_property
    def sent(self) -> tuple[datetime, ...]:
        """When each edition and each old email came, newest first."""
        made, kept = (edition.changed for edition in self.latest), (mail.date for mail in self._room.mails)
        return tuple(sorted((*made, *kept), reverse=True))

    @cached_property
    def _by_stem(self) -> dict[str, Edition]:
        return {edition.stem: edition for edition in reversed(self.latest)}

    def newest_link(self) -> LinkView | None:
        """Return the way to the newest edition, daily ones first; None when there is none."""
        daily = (edition for edition in self.latest if edition.kind is EditionKind.DAILY)
        # Not its headline: that story stands on the front page already.
        return _link(self._room, next(chain(daily, self.latest), None))

    def link(self, stem: str) -> LinkView | None:
        """Return the way to the edition called *stem*; None when it has no page."""
        return _link(self._room, self._by_stem.get(stem))


def newsletter_address(room: Newsroom) -> str:
    """Return where the list of editions is; ``""`` where the site has no newsletter at all."""
    return NEWSLETTER if room.choices.newsletter != "none" or room.mails else ""


def mail_view(room: Newsroom, edition: Edition) -> MailView:
    """Return *edition* as an email. Its links are absolute: emails are read far from the site."""
    return MailView(
        edition=_view(room, edition),
        site_name=room.site.name,
        lang=room.site.lang,
        dir=room.dates.locale.text_direction,
        root=room.site.absolute(""),
        sender=room.choices.newsletter_address,
        unsubscribe=room.choices.newsletter_unsubscribe,
    )


def plan_newsletter_pages(room: Newsroom, editions: Editions) -> Iterator[PagePlan]:
    """Yield the list of editions and a page for each."""
    if not newsletter_address(room):
        return
    crumb = LinkView(text=room.say("Newsletter"), href=NEWSLETTER)
    feeds = (feed_link(_feed_title(room), NEWSLETTER_FEED),) if editions.sent else ()
    yield PagePlan(
        save_as=page_file(NEWSLETTER),
        template="newsletters.html",
        view=NewsletterIndexView(
            head=head(room.site, title=room.say("Newsletter"), address=NEWSLETTER, feeds=feeds, breadcrumbs=(crumb,)),
            breadcrumbs=(crumb,),
            months=_months(room, editions.latest),
            feeds=feeds,
        ),
    )
    for kind in EditionKind:
        lane = [edition for edition in editions.latest if edition.kind is kind]
        newer: Edition | None = None
        for edition, older in zip_longest(lane, lane[1:]):
            view = _view(room, edition)
            breadcrumbs = (crumb, LinkView(text=view.heading, href=view.address))
            yield PagePlan(
                save_as=page_file(view.address),
                template="newsletter.html",
                view=EditionPageView(
                    head=head(
                        room.site,
                        title=f"{view.span or view.heading}: {view.subject}",
                        address=view.address,
                        description=view.preheader,
                        feeds=feeds,
                        breadcrumbs=breadcrumbs,
                    ),
                    breadcrumbs=breadcrumbs,
                    edition=view,
                    mail=f"{view.address}mail.html" if room.choices.newsletter_mails else "",
                    text=f"{view.address}mail.txt" if room.choices.newsletter_mails else "",
                    book=book_address(edition.stem) if _has_book(room, edition) else "",
                    older=_link(room, older),
                    newer=_link(room, newer),
                    feeds=feeds,
                ),
            )
            newer = edition
    yield from plan_kept_pages(room, crumb=crumb)


def plan_newsletter_files(room: Newsroom, editions: Editions) -> Iterator[Plan]:
    """Yield old emails as they were sent, new ones and books if they are to be published, and the feed of all."""
    for edition in editions.latest if room.choices.newsletter_mails else ():
        view = mail_view(room, edition)
        yield MailPlan(save_as=f"{view.edition.address}mail.html", template="mail/newsletter.html", view=view)
        yield MailPlan(save_as=f"{view.edition.address}mail.txt", template="mail/newsletter.txt", view=view)
    for edition in filter(partial(_has_book, room), editions.latest):
        items = (*edition.must_read, *edition.also)
        yield plan_book(room, edition.stem, _view(room, edition), days_of_week(week_of(edition.first)), items)
    yield from plan_kept_files(room)
    entries = [*(_entry(room, edition) for edition in editions.latest), *kept_entries(room)]
    if entries:
        entries.sort(key=lambda entry: (entry.date, entry.id), reverse=True)
        yield FeedPlan(
            save_as=NEWSLETTER_FEED,
            title=_feed_title(room),
            subtitle=room.site.subtitle,
            home_url=room.site.absolute(NEWSLETTER),
            self_url=room.site.absolute(NEWSLETTER_FEED),
            id=room.site.absolute(NEWSLETTER_FEED),
            lang=room.site.lang,
            updated=max(entry.modified for entry in entries),
            entries=tuple(entries[: room.choices.feed_size]),
        )


def _has_book(room: Newsroom, edition: Edition) -> bool:
    return room.choices.newsletter_books and edition.kind is EditionKind.WEEKLY


def _feed_title(room: Newsroom) -> str:
    return room.say("%(site)s: %(feed)s", site=room.site.name, feed=room.say("Newsletter"))


def _view(room: Newsroom, edition: Edition) -> EditionView:
    """Return *edition* as pages, emails and the feed show it."""
    facts = partial(_facts, room, edition)
    return room.memory.editions.once(edition.stem, facts, partial(_make_view, room, edition))


def _facts(room: Newsroom, edition: Edition) -> object:
    return (edition, room.facts.items((*edition.must_read, *edition.also)))


def _make_view(room: Newsroom, edition: Edition) -> EditionView:
    locale = room.dates.locale
    if edition.kind is EditionKind.DAILY:
        heading, span = room.dates.long_day(edition.first), ""
        period = LinkView(text=heading, href=day_address(edition.first))
    else:
        heading = week_name(week_of(edition.first), locale)
        span = format_interval(edition.first, edition.last, "yMMMd", locale)
        period = LinkView(text=heading, href=week_address(week_of(edition.first)))
    must_read = room.stories(edition.must_read)
    others = " · ".join(story.title for story in must_read[1 : 1 + PREHEADER_TITLES])
    return EditionView(
        kind=edition.kind.value,
        address=edition_address(edition.stem),
        heading=heading,
        span=span,
        iso=_iso_period(edition),
        subject=must_read[0].title,
        preheader=others or must_read[0].excerpt,
        must_read=must_read,
        also=room.stories(edition.also),
        story_count=edition.story_count,
        provider_count=edition.provider_count,
        period=period,
    )


def _iso_period(edition: Edition) -> str:
    return edition.stem.upper() if edition.kind is EditionKind.WEEKLY else edition.stem


def _link(room: Newsroom, edition: Edition | None) -> LinkView | None:
    if edition is None:
        return None
    view = _view(room, edition)
    return LinkView(text=view.heading, href=view.address)


def _months(room: Newsroom, editions: Sequence[Edition]) -> tuple[EditionMonthView, ...]:
    rows = []
    for edition in editions:
        view = _view(room, edition)
        # The headline of a week is that of one of its days, as a rule, which stands in the list as well.
        is_week = edition.kind is EditionKind.WEEKLY
        titles = " · ".join(story.title for story in view.must_read[: 1 + PREHEADER_TITLES])
        row = EditionRowView(
            kind=view.kind,
            heading=view.span or view.heading,
            iso=view.iso,
            subject=view.heading if is_week else view.subject,
            others=titles if is_week else view.preheader,
            href=view.address,
            count=view.story_count,
        )
        rows.append((edition.last, edition.stem, row))
    rows += kept_rows(room)
    rows.sort(key=lambda entry: entry[:2], reverse=True)
    return tuple(
        EditionMonthView(heading=room.dates.month(month), rows=tuple(row for _, _, row in found))
        for month, found in groupby(rows, key=lambda entry: month_of(entry[0]))
    )


def _entry(room: Newsroom, edition: Edition) -> FeedEntry:
    facts = partial(_facts, room, edition)
    return room.memory.entries.once(("edition", edition.stem), facts, partial(_make_entry, room, edition))


def _make_entry(room: Newsroom, edition: Edition) -> FeedEntry:
    view = _view(room, edition)
    html = Markup()
    for story in view.must_read:
        html += Markup('<h2><a href="{}">{}</a></h2>').format(_absolute(room, story.href), story.title)
        html += Markup("<p>{}</p>").format(story.excerpt) if story.excerpt else Markup()
    if view.also:
        lines = (Markup('<li><a href="{}">{}</a></li>').format(_absolute(room, s.href), s.title) for s in view.also)
        html += Markup("<ul>{}</ul>").format(Markup().join(lines))
    html += Markup('<p><a href="{}">{}</a></p>').format(room.site.absolute(view.period.href), view.period.text)
    return FeedEntry(
        id=tag_id(edition.last.isoformat(), f"newsletter/{edition.stem}", authority=room.site.feed_authority),
        title=f"{view.span or view.heading}: {view.subject}",
        url=room.site.absolute(view.address),
        via="",
        date=iso(edition.changed),
        modified=iso(edition.changed),
        author=room.site.name,
        summary=view.preheader,
        html=str(html),
        enclosure=book_enclosure(room, edition.stem) if _has_book(room, edition) else None,
    )


def _absolute(room: Newsroom, href: str) -> str:
    return href if "//" in href else room.site.absolute(href)
