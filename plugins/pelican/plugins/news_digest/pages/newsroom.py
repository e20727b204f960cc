"""Items as stories: what a list, a sidebar or a feed says of one item. The parts that all page planners share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from ..catalogue.ranking import band_of
from ..disk.sealed import Answers
from ..frontmatter.body.anchors import links_from
from ..frontmatter.body.markdown import without_remote_pictures
from ..images.pictures import SITE_FOLDER
from ..languages import Words
from ..model import Access, Member, NewsItem, ProviderRef
from ..running.kept import Kept
from ..text.address import readable_host
from ..text.alphabets import upper
from ..text.plain import fold
from .addresses import day_address, provider_address, topic_address
from .dates import DateWriter, direction_of, shared_locale
from .facts import Facts
from .lists.activity import RecentMonths
from .related import RelatedFinder, RelatedIndex, computed_related
from .told import ToldStories
from .views.base import LinkView, TimeView
from .views.story import (
    CoverageLinkView,
    CoverageView,
    DayGroupView,
    MemberView,
    PictureView,
    SourceView,
    StoryView,
)

if TYPE_CHECKING:
    from ..catalogue.build import Catalogue
    from ..frontmatter.mails import KeptMail
    from ..images.plan import ImagePlanner, PlannedImage
    from .classic.texts import ClassicText, Shelf
    from .machines.api_shapes import ApiNews
    from .plans import FeedEntry
    from .site import Choices, SiteProfile
    from .views.newsletter import EditionView

TINTS = 8
COVERAGE_LINKS = 4
COVERAGE_WINDOW = timedelta(days=7)
# The blocks of an article's sidebar, in their order.
COVERAGE_KINDS = ("coverage", "later", "earlier")


class RoomMemory:
    """What newsrooms make of single items, from build to build.

    Only for speed: see :mod:`..running.kept` for what it saves. Without it each build of a preview would begin afresh.

    Args:
        lasts: Whether there is going to be another build in this process.
    """

    def __init__(self, *, lasts: bool = False) -> None:
        self.stories: Kept[StoryView] = Kept(lasts=lasts)
        self.members: Kept[MemberView] = Kept(lasts=lasts)
        self.sources: Kept[SourceView] = Kept(lasts=lasts)
        # The feed of everything holds each item, most of them nowhere else; an entry is some kilobytes.
        self.entries: Kept[FeedEntry] = Kept(lasts=lasts, most=5_000)
        self.editions: Kept[EditionView] = Kept(lasts=lasts)
        self.api: Kept[ApiNews] = Kept(lasts=lasts)
        self.related = RelatedFinder()
        self._frame: object = None

    def begin(self, frame: object) -> None:
        """Begin a build; everything is forgotten when *frame*, which all of it depends on, is another."""
        is_same = self._frame == frame
        self._frame = frame
        for kept in (self.stories, self.members, self.sources, self.entries, self.editions, self.api):
            if is_same:
                kept.begin()
            else:
                kept.forget()


class Newsroom:
    """Makes views of items; each distinct one is made once.

    Args:
        catalogue: All of the build.
        site: Who the site is.
        dates: Writes dates in the site's language and zone.
        images: Chooses pictures.
        choices: What the owner decides.
        texts: Slug → what else is known of articles that Pelican read.
        shelves: Their authors and categories.
        words: Says in the site's language what planners have to say.
        mails: Old newsletters, newest first.
        prints: Slug → what an item is known again by; see :class:`.facts.Facts`.
        memory: What was made for the last build.
        answers: What the last build worked out.
    """

    def __init__(  # noqa: PLR0913 - what a newsroom works with
        self,
        catalogue: Catalogue,
        *,
        site: SiteProfile,
        dates: DateWriter,
        images: ImagePlanner,
        choices: Choices,
        texts: Mapping[str, ClassicText] | None = None,
        shelves: Sequence[Shelf] = (),
        words: Words | None = None,
        mails: Sequence[KeptMail] = (),
        prints: Mapping[str, bytes] | None = None,
        reading: bytes = b"",
        memory: RoomMemory | None = None,
        answers: Answers | None = None,
    ) -> None:
        self.catalogue = catalogue
        self.dates = dates
        self.images = images
        self.choices = choices
        self.texts = texts or {}
        self.shelves = tuple(shelves)
        self.words = words or Words()
        self.say = self.words.say
        self.mails = tuple(mails)
        self.memory = memory or RoomMemory()
        self.answers = answers or Answers()
        self._topic_links: dict[tuple[str, int | None], LinkView] = {}
        self.site = msgspec.structs.replace(site, locale=shared_locale(dates.locale))
        shared = (reading, self.site, choices, str(dates.tz), str(dates.locale), images.frame(), self.texts)
        self.told = ToldStories(catalogue)
        self.facts = Facts(catalogue, told=self.told, shared=shared, prints=prints or {})
        self.memory.begin((self.facts.frame, self.words.translations))

    def body(self, item: NewsItem) -> str:
        """Return the HTML that belongs to *item*, "" for most; the owner's own words are never touched."""
        own = self.texts.get(item.slug)
        if own is not None or self.images.allows_remote:
            return item.body if own is None else own.body
        return without_remote_pictures(item.body) if "<img" in item.body else item.body

    def body_elsewhere(self, item: NewsItem) -> str:
        """Return the same for feeds and other programs: links to its own places lead to the item's page."""
        page = self.site.absolute(item.address) if item.slug in self.catalogue.paged else ""
        return links_from(self.body(item), page)

    @cached_property
    def months(self) -> RecentMonths:
        """The last twelve months, to draw the activity of a topic or a provider."""
        return RecentMonths(self.catalogue, dates=self.dates)

    @cached_property
    def related(self) -> RelatedIndex:
        """Slug → computed related items, where an item's file names none."""
        limit = self.choices.related_limit
        finder = self.memory.related
        return computed_related(self.catalogue, limit=limit, finder=finder, answers=self.answers) if limit > 0 else {}

    def story(self, item: NewsItem) -> StoryView:
        """Return *item* as a list shows it."""
        return self.memory.stories.once(
            item.slug, lambda: self.facts.item(item), lambda: self._make_story(item, self.coverage(item))
        )

    def brief(self, item: NewsItem) -> StoryView:
        """Return *item* as :meth:`story` does, but perhaps without its coverage, which is most of the work."""
        return self.memory.stories.known(item.slug) or self._make_story(item, None)

    def stories(self, items: Iterable[NewsItem]) -> tuple[StoryView, ...]:
        """Return *items* as a list shows them, in order."""
        return tuple(self.story(item) for item in items)

    def _make_story(self, item: NewsItem, coverage: CoverageView | None) -> StoryView:
        goes_out = bool(item.url) and (self.choices.headline_to_source or item.slug not in self.catalogue.paged)
        return StoryView(
            slug=item.slug,
            title=item.title,
            href=item.url if goes_out else item.address,
            is_external=goes_out,
            source_url=item.url,
            source_host=readable_host(item.url),
            excerpt="" if _says_the_same(item.excerpt, item.title) else item.excerpt,
            kicker=self.kicker(item),
            source=self.source(item.provider, self.catalogue.provider_of.get(item.slug, "")),
            time=self.dates.time(item.date),
            kind=item.type.value,
            band=band_of(item.heat, self.catalogue.thresholds),
            coverage=coverage,
            picture=self.picture(item),
            lang=self.foreign_lang(item.lang),
            is_paid=self.is_paid(item),
            authors=own.authors if (own := self.texts.get(item.slug)) and item.provider is None else (),
        )

    def is_paid(self, item: NewsItem) -> bool:
        """Whether the report at the source is for subscribers: as the file says, else as the record of its source."""
        provider = self.catalogue.providers.get(self.catalogue.provider_of.get(item.slug, ""))
        return (item.access or (provider.access if provider else item.access)) is Access.PAID

    def foreign_lang(self, lang: str) -> str:
        """Return *lang* where it is another language than the site's, else ``""``."""
        return "" if lang.partition("-")[0] == self.site.lang.partition("-")[0] else lang

    def foreign_dir(self, lang: str) -> str:
        """Return ``ltr`` or ``rtl`` for a language that runs the other way than the site's, else ``""``."""
        found = direction_of(lang)
        return "" if found == self.dates.direction else found

    def kicker(self, item: NewsItem) -> LinkView | None:
        """Return the topic that says most about *item*."""
        topic_id = self.catalogue.taxonomy.primary(self.catalogue.topic_ids.get(item.slug, ()))
        return self.topic_link(topic_id) if topic_id else None

    def topic_link(self, topic_id: str, count: int | None = None) -> LinkView:
        """Return a link to a topic's page, with a count where one belongs beside it."""
        link = self._topic_links.get((topic_id, count))
        if link is None:
            topic = self.catalogue.taxonomy.topics[topic_id]
            link = LinkView(text=topic.name, href=topic_address(topic_id), count=count)
            self._topic_links[topic_id, count] = link
        return link

    def source(self, ref: ProviderRef | None, domain: str = "") -> SourceView | None:
        """Return the provider that *ref* names, with its page here where it has one; None for no provider."""
        if ref is None:
            return None
        domain = domain or self.catalogue.domain_of(ref)
        key, make = (domain, ref.name, ref.icon), partial(self._make_source, ref, domain)
        return self.memory.sources.once(key, lambda: self.facts.source(domain), make)

    def _make_source(self, ref: ProviderRef, domain: str) -> SourceView:
        provider = self.catalogue.providers.get(domain)
        has_page = bool(self.catalogue.by_provider.get(domain))
        icon = self.images.icon(provider.icon if provider else None) or self.images.icon(ref.icon)
        name = self.catalogue.source_name(ref)
        return SourceView(
            name=name,
            href=provider_address(domain) if has_page else "",
            icon=icon,
            letter=next((c for c in upper(name, self.site.lang) if c.isalnum()), "?"),
            # A hash that is the same on every machine: Python's own is not.
            tint=hashlib.sha256(domain.encode()).digest()[0] % TINTS,
        )

    def icons(self) -> Iterator[str]:
        """Yield the icons of all sources that a page may show: of published items, and of who else reported."""
        catalogue = self.catalogue
        members = (member.provider for cluster in catalogue.clusters.all() for member in cluster.members)
        refs = dict.fromkeys(chain((item.provider for item in catalogue.published), members))
        yield from (source.icon for ref in refs if (source := self.source(ref)) and source.icon)

    def coverage(self, item: NewsItem) -> CoverageView | None:
        """Return who else covered the story of *item*: the best report of each source; None when nobody did."""
        members, told = self.catalogue.clusters[item.slug].members, self.told.of(item.slug)
        if not members:
            return None
        by_source: dict[str, list[Member]] = {}
        aliases = self.catalogue.aliases
        for member in members:
            who = member.provider
            # Hundreds of thousands in an archive, so without aliases, as most sites are, nothing is called for them.
            domain = who.domain if who and not aliases else ""
            by_source.setdefault(domain or self._who(member), []).append(member)
        own = self._key(item.provider) if item.provider else ""
        links = tuple(
            CoverageLinkView(
                name=self._name(found[0], members),
                href=found[0].url or found[0].address,
                title=found[0].title,
                is_external=bool(found[0].url),
                count=len(found),
            )
            for found in list(by_source.values())[:COVERAGE_LINKS]
        )
        on_page = item.slug in self.catalogue.paged
        more_count = max(len(by_source) - COVERAGE_LINKS, 0)
        own_mark = ("", 1 + len(members), len({own, *by_source} - {""}))
        href, report_count, provider_count = told.mark if told else own_mark
        return CoverageView(
            report_count=report_count,
            provider_count=provider_count,
            href=href,
            links=links,
            more_count=more_count,
            more_href=f"{item.address}#{first_kind(members, item)}" if on_page and more_count else "",
        )

    def _who(self, member: Member) -> str:
        return self._key(member.provider) if member.provider else readable_host(member.url)

    def _key(self, ref: ProviderRef) -> str:
        return self.catalogue.domain_of(ref) or ref.name

    def _name(self, member: Member, among: Sequence[Member]) -> str:
        name = self.catalogue.source_name(member.provider, among=among) if member.provider else ""
        return name or readable_host(member.url)

    def picture(self, item: NewsItem) -> PictureView | None:
        """Return the picture beside *item*'s story, if it has one worth showing."""
        return self.picture_view(self.images.picture(item), title=item.title)

    def picture_view(self, planned: PlannedImage | None, *, title: str) -> PictureView | None:
        """Return *planned* as a page shows it below the headline *title*."""
        if planned is None:
            return None
        made = planned.made
        return PictureView(
            src=planned.src,
            width_px=planned.width_px,
            height_px=planned.height_px,
            alt="" if _says_the_same(planned.title, title) else planned.title,
            fit=planned.fit,
            is_external=planned.is_external,
            stem=f"{SITE_FOLDER}/{made.stem}" if made else "",
            widths=made.widths if made else (),
            has_avif=made.has_avif if made else False,
            tone=made.tone if made and planned.fit == "cover" else "",
        )

    def member(self, member: Member, among: Sequence[Member] = ()) -> MemberView:
        """Return one report as the sidebar shows it: inside the site where it has a page here, else linking out.

        Args:
            among: All reports of the story: one of them may know what another one's source is called.
        """
        who = member.provider
        if who and who.name == who.domain:
            who = msgspec.structs.replace(who, name=self.catalogue.source_name(who, among=among))
        # What a report is called that the archive does not have depends on who names it.
        key, make = (member.slug or member, who), partial(self._make_member, member, who)
        return self.memory.members.once(key, lambda: (member, who, self.facts.source_of(who)), make)

    def _make_member(self, member: Member, who: ProviderRef | None) -> MemberView:
        return MemberView(
            title=member.title,
            href=member.address if member.has_page or not member.url else member.url,
            is_external=not member.has_page and bool(member.url),
            source=self.source(who),
            time=self.dates.time(member.date) if member.date else None,
            lang=self.foreign_lang(member.lang),
        )

    def item_member(self, item: NewsItem) -> MemberView:
        """Return a whole item as the sidebar shows it."""
        return self._make_member(self.catalogue.clusters.member(item), item.provider)

    def day_groups(self, items: Sequence[NewsItem]) -> tuple[DayGroupView, ...]:
        """Return *items*, which are newest first, under the heading of their days."""
        groups: dict[date, list[NewsItem]] = {}
        for item in items:
            groups.setdefault(self.dates.day_of(item.date), []).append(item)
        return tuple(self.day_group(day, found, count=len(found)) for day, found in groups.items())

    def day_group(self, day: date, items: Iterable[NewsItem], *, count: int) -> DayGroupView:
        """Return *items*, some or all of the *count* that *day* has, under its heading."""
        heading, shown = self.dates.long_day(day), self.stories(items)
        return DayGroupView(heading=heading, iso=day.isoformat(), href=day_address(day), stories=shown, count=count)

    def since(self, items: Sequence[NewsItem]) -> TimeView | None:
        """Return the moment of the oldest of *items*, which are newest first."""
        return self.dates.time(items[-1].date) if items else None


def kind_of(member: Member, item: NewsItem) -> str:
    """Return where *member* stands beside *item*: ``coverage`` within a week of it, else ``later`` or ``earlier``."""
    if member.date is None or abs(member.date - item.date) <= COVERAGE_WINDOW:
        return "coverage"
    return "later" if member.date > item.date else "earlier"


def first_kind(members: Sequence[Member], item: NewsItem) -> str:
    """Return the first block of *members* on the page of *item*."""
    found = ""
    for member in members:
        kind = kind_of(member, item)
        if kind == COVERAGE_KINDS[0]:
            return kind  # most stories have one within a week among the first
        found = min(found or kind, kind, key=COVERAGE_KINDS.index)
    return found


def _says_the_same(text: str, title: str) -> bool:
    first, other = text[:1], title[:1]
    if first.isalnum() and other.isalnum() and first.isascii() and other.isascii() and first.lower() != other.lower():
        return False  # most texts differ at once
    return fold(text).rstrip(" .…!") == fold(title).rstrip(" .…!")
