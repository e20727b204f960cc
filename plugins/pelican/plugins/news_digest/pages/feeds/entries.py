"""What feeds contain: an entry for an item, for a day, for a week. Their ids never change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from ...catalogue.clusters import without_shown
from ...catalogue.ranking import by_heat, by_score
from ...model import Member, NewsItem, ProviderRef
from ...text.plain import escape_text
from ..addresses import named_id, tag_id
from ..dates import iso
from ..plans import Enclosure, FeedEntry

if TYPE_CHECKING:
    from ..newsroom import Newsroom

MEMBERS_IN_ENTRY: Final = 12
STORIES_OF_A_DAY: Final = 30
HOTTEST_OF_A_WEEK: Final = 5
STORIES_OF_A_TOPIC: Final = 5
HEADLINES_IN_SUMMARY: Final = 3


def entry_id(item: NewsItem, *, authority: str) -> str:
    """Return the permanent id of *item*: its file's name decides it, nothing that an editor corrects."""
    return named_id("news", item.slug, authority=authority)


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """A day or a week.

    Attributes:
        day: Its first day, in ISO 8601.
        name: What its id ends with: ``days/2021-08-27``, ``weeks/2021-w34``.
        title: The day or week, written out.
        address: Of its page.
        items: All of its items, newest first.
    """

    day: str
    name: str
    title: str
    address: str
    items: tuple[NewsItem, ...]


class EntryMaker:
    """Makes entries; that of an item is made once, however many feeds hold it, and so is the line of a report."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        self._authority = room.site.feed_authority
        self._home_name = escape_text(room.site.name)
        self._members: dict[tuple[Member, str], str] = {}

    def items(self, items: Iterable[NewsItem]) -> tuple[FeedEntry, ...]:
        """Return *items* as entries, in order."""
        return tuple(self.item(item) for item in items)

    def item(self, item: NewsItem) -> FeedEntry:
        """Return *item* as an entry."""
        room = self._room
        return room.memory.entries.once(item.slug, lambda: room.facts.item(item), lambda: self._make_item(item))

    def _make_item(self, item: NewsItem) -> FeedEntry:
        room, catalogue = self._room, self._room.catalogue
        topic_ids = catalogue.topic_ids[item.slug]
        above = [parent for topic_id in topic_ids for parent in catalogue.taxonomy.ancestors(topic_id)]
        story = room.story(item)
        picture = story.picture.src if story.picture else ""
        return FeedEntry(
            id=entry_id(item, authority=self._authority),
            title=item.title,
            url=self._target(item),
            via=item.url,
            date=iso(item.date),
            modified=_modified([item]),
            author=", ".join(a.text for a in story.authors) or self._who(item.provider) or room.site.name,
            summary=story.excerpt,
            html=self._item_html(item, story.excerpt),
            categories=tuple(catalogue.taxonomy.topics[i].name for i in dict.fromkeys((*topic_ids, *above))),
            lang=item.lang,
            enclosure=Enclosure(url=item.audio.url, type=item.audio.mime) if item.audio else None,
            image_url=picture if "//" in picture or not picture else room.site.absolute(picture),
        )

    def day(self, day: Stretch) -> FeedEntry:
        """Return the stories of *day* as one entry, best score first, each story once."""
        return self._once(day, self._make_day)

    def week(self, week: Stretch) -> FeedEntry:
        """Return the stories of *week* as one entry: the five hottest, then the hottest of each topic."""
        return self._once(week, self._make_week)

    def _once(self, stretch: Stretch, make: Callable[[Stretch], FeedEntry]) -> FeedEntry:
        room = self._room
        facts = lambda: (room.facts.items(stretch.items), stretch.title)  # noqa: E731 - as in item
        return room.memory.entries.once(stretch.name, facts, lambda: make(stretch))

    def _make_day(self, day: Stretch) -> FeedEntry:
        # Not the build's reference time: the order of a day that is over never changes.
        ranked = self._each_story_once(by_score(day.items, now=day.items[0].date))
        html = f"<ol>{self._lines(ranked[:STORIES_OF_A_DAY], has_excerpts=True)}</ol>"
        return self._digest(day, ranked, html)

    def _make_week(self, week: Stretch) -> FeedEntry:
        ranked = self._each_story_once(by_heat(week.items))
        html = f"<ol>{self._lines(ranked[:HOTTEST_OF_A_WEEK], has_excerpts=True)}</ol>"
        topics: dict[str, list[NewsItem]] = {}
        for item in ranked[HOTTEST_OF_A_WEEK:]:
            kicker = self._room.kicker(item)
            topics.setdefault(kicker.text if kicker else "", []).append(item)
        for topic, found in sorted(topics.items(), key=lambda pair: (not pair[0], -len(pair[1]), pair[0])):
            if topic:
                html += f"<h3>{escape_text(topic)}</h3>"
            html += f"<ul>{self._lines(found[:STORIES_OF_A_TOPIC], has_excerpts=False)}</ul>"
        return self._digest(week, ranked, html)

    def _each_story_once(self, items: Iterable[NewsItem]) -> Sequence[NewsItem]:
        return without_shown(items, self._room.catalogue.clusters, shown=set())

    def _digest(self, stretch: Stretch, ranked: Sequence[NewsItem], html: str) -> FeedEntry:
        site = self._room.site
        url = site.absolute(stretch.address)
        return FeedEntry(
            id=tag_id(stretch.day, stretch.name, authority=self._authority),
            title=stretch.title,
            url=url,
            via="",
            # The first item's moment: it stays when more come in.
            date=iso(stretch.items[-1].date),
            modified=_modified(stretch.items),
            author=site.name,
            summary=" · ".join(item.title for item in ranked[:HEADLINES_IN_SUMMARY]),
            html=html + self._way_home(url),
        )

    def _target(self, item: NewsItem) -> str:
        page = self._page(item)
        return item.url if item.url and (self._room.choices.feed_to_source or not page) else page

    def _page(self, item: NewsItem) -> str:
        return self._room.site.absolute(item.address) if item.slug in self._room.catalogue.paged else ""

    def _item_html(self, item: NewsItem, excerpt: str) -> str:
        """Return the excerpt or the body, then who else covered the story, each with its link."""
        room = self._room
        html = room.body_elsewhere(item) or (f"<p>{escape_text(excerpt)}</p>" if excerpt else "")
        # A reader shows an entry in the direction of its own page, whatever language the entry says it is in.
        if html and (way := room.foreign_dir(item.lang)):
            html = f'<div dir="{way}">{html}</div>'
        for correction in item.corrections:
            day = room.dates.time(correction.date).day
            told = room.say("Correction of %(day)s: %(correction)s", day=day, correction=correction.text)
            html += f"<p>{escape_text(told)}</p>"
        members = room.catalogue.clusters[item.slug].members[:MEMBERS_IN_ENTRY]
        if members:
            html += f"<ul>{''.join([self._member(member, members) for member in members])}</ul>"
        page = self._page(item)
        return html + self._way_home(page) if page else html

    def _member(self, member: Member, among: Sequence[Member]) -> str:
        key = (member, self._who(member.provider, among))
        if key not in self._members:
            url = member.url or self._room.site.absolute(member.address)
            self._members[key] = _line(url, member.title, key[1], way=self._room.foreign_dir(member.lang))
        return self._members[key]

    def _lines(self, items: Iterable[NewsItem], *, has_excerpts: bool) -> str:
        return "".join(
            _line(
                self._target(item),
                item.title,
                self._who(item.provider),
                excerpt=self._room.story(item).excerpt if has_excerpts else "",
                way=self._room.foreign_dir(item.lang),
            )
            for item in items
        )

    def _who(self, ref: ProviderRef | None, among: Sequence[Member] = ()) -> str:
        return self._room.catalogue.source_name(ref, among=among) if ref else ""

    def _way_home(self, url: str) -> str:
        return f'<p><a href="{escape_text(url)}">{self._home_name}</a></p>'


def _line(url: str, title: str, who: str, *, excerpt: str = "", way: str = "") -> str:
    source = f" — {escape_text(who)}" if who else ""
    more = f"<br>{escape_text(excerpt)}" if excerpt else ""
    start = f'<li dir="{way}">' if way else "<li>"
    return f'{start}<a href="{escape_text(url)}">{escape_text(title)}</a>{source}{more}</li>'


def _modified(items: Iterable[NewsItem]) -> str:
    return iso(max(item.updated or item.date for item in items))
