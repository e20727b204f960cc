"""A week as a book, to be read offline: what the edition leads with, then every story of the week, day by day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from ...catalogue.clusters import without_shown
from ...catalogue.ranking import by_heat
from ...images.cards.card_spec import COVER_HEIGHT_PX, Card
from ..addresses import edition_address, tag_id
from ..dates import iso
from ..plans import BookChapter, BookPlan, BookStory, Enclosure

if TYPE_CHECKING:
    from ...model import NewsItem
    from ..newsroom import Newsroom
    from ..views.newsletter import EditionView
    from ..views.story import StoryView

STORIES_A_DAY: Final = 40
TITLE_PX: Final = 108
HEADLINES: Final = 5
_MIME: Final = "application/epub+zip"


def book_address(stem: str) -> str:
    """Return the file of the book of a weekly edition: ``newsletter/2026-w18/2026-w18.epub``."""
    return f"{edition_address(stem)}{stem}.epub"


def book_enclosure(room: Newsroom, stem: str) -> Enclosure:
    """Return the book of the weekly edition *stem* as its entry in the feed names it."""
    return Enclosure(url=room.site.absolute(book_address(stem)), type=_MIME)


def plan_book(
    room: Newsroom, stem: str, view: EditionView, days: Sequence[date], items: Iterable[NewsItem]
) -> BookPlan:
    """Return the week *stem* as a book.

    Args:
        view: The edition as other pages show it.
        days: Those of the week, in order.
        items: What the edition leads with; the other stories come below their days.
    """
    title = room.say("%(site)s: %(feed)s", site=room.site.name, feed=view.span or view.heading)
    chapters = [BookChapter(title=room.say("Must read"), stories=_stories(room, view.must_read))]
    if view.also:
        chapters.append(BookChapter(title=room.say("Also"), stories=_stories(room, view.also)))
    chapters += _days(room, days, items)
    newest = max(item.date for day in days for item in room.catalogue.days.get(day, ()))
    host = room.site.url.partition("://")[2]
    return BookPlan(
        save_as=book_address(stem),
        id=tag_id(days[-1].isoformat(), f"newsletter/{stem}/book", authority=room.site.feed_authority),
        title=title,
        lang=room.site.lang,
        direction=room.dates.locale.text_direction,
        publisher=room.site.name,
        modified=iso(newest),
        chapters=tuple(chapters),
        note=room.say("Headlines and excerpts are their publishers’; each leads to the report at its source."),
        contents=room.say("Contents"),
        cover=Card(
            title=view.span or view.heading,
            title_px=TITLE_PX,
            instead=(room.site.name, host),
            site=room.site.name,
            date=view.iso,
            kicker=room.say("Weekly newsletter"),
            headlines=tuple(story.title for story in (*view.must_read, *view.also)[:HEADLINES]),
            address=host,
            lang=room.site.lang,
            is_rtl=room.dates.locale.text_direction == "rtl",
            height_px=COVER_HEIGHT_PX,
            colours=room.choices.card_colours,
        ),
        fonts=room.choices.card_fonts,
    )


def _days(room: Newsroom, days: Sequence[date], items: Iterable[NewsItem]) -> Iterator[BookChapter]:
    """Yield a chapter for each day that has stories beside *items*, hottest first."""
    clusters = room.catalogue.clusters
    shown: set[str] = set()
    for item in items:
        shown.add(item.slug)
        shown.update(clusters.slugs(item.slug))
    for day in days:
        found = without_shown(by_heat(room.catalogue.days.get(day, ())), clusters, shown=shown, limit=STORIES_A_DAY)
        if found:
            yield BookChapter(title=room.dates.long_day(day), stories=_stories(room, room.stories(found)))


def _stories(room: Newsroom, stories: Iterable[StoryView]) -> tuple[BookStory, ...]:
    return tuple(_story(room, story) for story in stories)


def _story(room: Newsroom, story: StoryView) -> BookStory:
    coverage = story.coverage
    reports = ""
    if coverage:
        reports = room.say(
            "%(reports)s %(from_sources)s",
            reports=room.words.say_many("%(num)s report", "%(num)s reports", coverage.report_count),
            from_sources=room.words.say_many("from %(num)s source", "from %(num)s sources", coverage.provider_count),
        )
    return BookStory(
        title=story.title,
        # A book is read offline, far from the site: the way to the source is the shorter one.
        url=story.source_url or room.site.absolute(story.href),
        lang=story.lang,
        excerpt=story.excerpt,
        source=story.source.name if story.source else "",
        time=story.time.text,
        coverage=reports,
        coverage_url=room.site.absolute(coverage.href) if coverage and coverage.href else "",
    )
