"""Share cards: which pages have one, and its words. They are drawn by :mod:`...images.cards.card`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

import msgspec

from ...catalogue.clusters import without_shown
from ...catalogue.ranking import by_score
from ...disk.files import item_address
from ...images.cards.card_spec import HEIGHT_PX, WIDTH_PX, Card
from ...model import NewsItem, ProviderRef
from ..addresses import day_address, provider_address, topic_address
from ..plans import CardPlan
from ..views.base import ShareImageView

if TYPE_CHECKING:
    from ..newsroom import Newsroom
    from ..site import Choices, SiteProfile
    from ..told import Told

# What DIGEST_CARDS may say: each has what the ones before it have, and more.
KINDS: Final = ("none", "home", "lists", "all")
HEADLINES: Final = 3
LONGEST_NAME: Final = 200  # bytes
# The largest letters of a title: a name is a word or two, a headline a sentence, a date has headlines below it.
NAME_PX, HEADLINE_PX, DATE_PX = 132, 108, 72
# What every network reads; a picture of another kind is no use beside a link.
_READABLE: Final = (".png", ".jpg", ".jpeg", ".gif")


def card_file(address: str) -> str:
    """Return the file of the card of the page at *address*.

    A name that is nearly as long as names may be gets a digest in its place: the ending has to fit, too.
    """
    parts = [part for part in unquote(address).split("/") if part not in {"", ".", ".."}] or ["home"]
    if len(parts[-1].encode()) > LONGEST_NAME:
        parts[-1] = hashlib.blake2b(parts[-1].encode(), digest_size=16).hexdigest()
    return f"cards/{'/'.join(parts)}.png"


def site_card(site: SiteProfile, choices: Choices, *, is_rtl: bool) -> CardPlan | None:
    """Return the site's own card; None where it has none.

    A site without an address has no cards: a network cannot fetch what lies on somebody's desk.

    Args:
        is_rtl: Whether the site's language runs from right to left.
    """
    if not _kinds(site, choices):
        return None
    card = _card(site, choices, is_rtl=is_rtl, title=site.name, title_px=NAME_PX, text=site.subtitle)
    return CardPlan(save_as=card_file(""), card=card, fonts=choices.card_fonts)


def site_image(site: SiteProfile, choices: Choices, *, is_rtl: bool) -> ShareImageView | None:
    """Return the site's own card as pages without another one show it; see :func:`site_card`."""
    plan = site_card(site, choices, is_rtl=is_rtl)
    return _image(site, plan) if plan else None


def _kinds(site: SiteProfile, choices: Choices) -> int:
    return KINDS.index(choices.cards) if site.url else 0


def _card(  # noqa: PLR0913 - what a card says
    site: SiteProfile,
    choices: Choices,
    *,
    is_rtl: bool,
    title: str,
    title_px: int,
    instead: str = "",
    kicker: str = "",
    text: str = "",
    headlines: tuple[str, ...] = (),
    source: str = "",
    letter: str = "",
    tint: int = 0,
    date: str = "",
    lang: str = "",
) -> Card:
    host = site.url.partition("://")[2]
    return Card(
        title=title,
        title_px=title_px,
        instead=(instead or site.name, host),
        site=site.name if title_px != NAME_PX or kicker else "",
        kicker=kicker,
        text=text,
        headlines=headlines,
        source=source,
        letter=letter,
        tint=tint,
        date=date,
        address=host,
        lang=lang or site.lang,
        is_rtl=is_rtl,
        colours=choices.card_colours,
    )


def _image(site: SiteProfile, plan: CardPlan) -> ShareImageView:
    """Return what a page says of its card. What the card says is in its address, so that networks fetch it anew."""
    version = hashlib.blake2b(msgspec.msgpack.encode(plan.card), digest_size=4).hexdigest()
    card = plan.card
    return ShareImageView(
        url=f"{site.absolute(quote(plan.save_as))}?v={version}",
        alt=" — ".join(part for part in (card.title, card.source or card.site) if part),
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX,
    )


class Cards:
    """The cards of one site; each is made once."""

    def __init__(self, room: Newsroom) -> None:
        self._room = room
        self._kinds = _kinds(room.site, room.choices)
        self._is_rtl = room.dates.locale.text_direction == "rtl"
        self._card = partial(_card, room.site, room.choices, is_rtl=self._is_rtl)
        self._made: dict[str, CardPlan] = {}

    def plans(self) -> Iterator[CardPlan]:
        """Yield every card: the site's own, then those of items, days, topics and providers, in order."""
        home = site_card(self._room.site, self._room.choices, is_rtl=self._is_rtl)
        if home:
            yield home
        yield from (self._item(item) for item in self._room.catalogue.published if item.slug in self._items)
        yield from map(self._story, self._stories.values())
        yield from map(self._day, self._days)
        yield from map(self._topic, self._topics)
        yield from map(self._provider, self._providers)

    def item(self, item: NewsItem) -> ShareImageView | None:
        """Return what stands beside a link to the page of *item*: its card, else its picture, else its topic's card."""
        if item.slug in self._items:
            return _image(self._room.site, self._item(item))
        catalogue = self._room.catalogue
        return self._picture(item) or self.topic(catalogue.taxonomy.primary(catalogue.topic_ids[item.slug]))

    def story(self, told: Told) -> ShareImageView | None:
        """Return the card of a story that the owner gave a title, else what stands beside its leading report."""
        if told.story.id in self._stories:
            return _image(self._room.site, self._story(told))
        lead = told.story.lead
        return self.item(lead) if lead.slug in self._room.catalogue.topic_ids else None

    def story_facts(self, told: Told) -> object:
        """Return what :meth:`story` depends on, beside the facts of the story's reports."""
        lead = told.story.lead
        if told.story.id in self._stories:
            return self._room.catalogue.topic_ids.get(lead.slug, ()), told.title
        return self.facts(lead) if lead.slug in self._room.catalogue.topic_ids else None

    def facts(self, item: NewsItem) -> object:
        """Return what :meth:`item` depends on, beside the item's own facts."""
        if not self._kinds:
            return None
        catalogue = self._room.catalogue
        is_drawn = item.slug in self._items
        return is_drawn or self.topic(catalogue.taxonomy.primary(catalogue.topic_ids[item.slug]))

    def day(self, day: date) -> ShareImageView | None:
        """Return the card of a day."""
        return _image(self._room.site, self._day(day)) if day in self._days else None

    def topic(self, topic_id: str) -> ShareImageView | None:
        """Return the card of a topic."""
        return _image(self._room.site, self._topic(topic_id)) if topic_id in self._topics else None

    def provider(self, domain: str) -> ShareImageView | None:
        """Return the card of a provider."""
        return _image(self._room.site, self._provider(domain)) if domain in self._providers else None

    def _has(self, kind: str) -> bool:
        return self._kinds >= KINDS.index(kind)

    @cached_property
    def _limit(self) -> int:
        return self._room.choices.card_limit

    @cached_property
    def _items(self) -> frozenset[str]:
        """Return the slugs of the newest items with a page."""
        catalogue = self._room.catalogue
        paged = (item.slug for item in catalogue.published if item.slug in catalogue.paged)
        return frozenset(islice(paged, self._limit)) if self._has("all") else frozenset()

    @cached_property
    def _stories(self) -> dict[str, Told]:
        """Return the stories that a record gives a title: others are known by their leading report's."""
        if not self._has("all"):
            return {}
        records = (told for told in self._room.told.all if told.story.record and told.story.record.title)
        return {told.story.id: told for told in islice(records, self._limit)}

    @cached_property
    def _days(self) -> dict[date, None]:
        """Return the newest days, in order."""
        return dict.fromkeys(islice(self._room.catalogue.days, self._limit)) if self._has("lists") else {}

    @cached_property
    def _topics(self) -> dict[str, None]:
        """Return the fullest topics."""
        return self._fullest(self._room.catalogue.by_topic)

    @cached_property
    def _providers(self) -> dict[str, None]:
        """Return the busiest providers."""
        return self._fullest(self._room.catalogue.by_provider)

    def _fullest(self, items_of: dict[str, tuple[NewsItem, ...]]) -> dict[str, None]:
        if not self._has("lists"):
            return {}
        return dict.fromkeys(sorted(items_of, key=lambda name: (-len(items_of[name]), name))[: self._limit])

    def _plan(self, address: str, make: Callable[[], Card]) -> CardPlan:
        plan = self._made.get(address)
        if plan is None:
            plan = CardPlan(save_as=card_file(address), card=make(), fonts=self._room.choices.card_fonts)
            self._made[address] = plan
        return plan

    def _item(self, item: NewsItem) -> CardPlan:
        # Not its own address: an article that Pelican read may have one anywhere.
        return self._plan(item_address(item.slug), lambda: self._item_card(item))

    def _item_card(self, item: NewsItem) -> Card:
        story = self._room.story(item)
        source = story.source
        return self._card(
            title=item.title,
            title_px=HEADLINE_PX,
            kicker=story.kicker.text if story.kicker else "",
            source=source.name if source else "",
            letter=source.letter if source else "",
            tint=source.tint if source else 0,
            date=story.time.day,
            lang=item.lang,
        )

    def _story(self, told: Told) -> CardPlan:
        kicker, record = self._room.kicker(told.story.lead), told.story.record
        return self._plan(
            told.address,
            lambda: self._card(
                title=told.title,
                title_px=HEADLINE_PX,
                kicker=kicker.text if kicker else self._room.say("Story"),
                text=record.excerpt if record else "",
            ),
        )

    def _day(self, day: date) -> CardPlan:
        return self._plan(day_address(day), lambda: self._day_card(day))

    def _day_card(self, day: date) -> Card:
        catalogue = self._room.catalogue
        items = catalogue.days[day]
        ranked = by_score(items, now=items[0].date)
        best = without_shown(ranked, catalogue.clusters, shown=set(), limit=HEADLINES)
        headlines = tuple(item.title for item in best)
        return self._card(title=self._room.dates.long_day(day), title_px=DATE_PX, headlines=headlines)

    def _topic(self, topic_id: str) -> CardPlan:
        topics = self._room.catalogue.taxonomy.topics
        topic = topics[topic_id]
        kicker = topics[topic.parent].name if topic.parent else self._room.say("Topic")
        return self._plan(
            topic_address(topic_id),
            lambda: self._card(title=topic.name, title_px=NAME_PX, kicker=kicker, text=topic.description),
        )

    def _provider(self, domain: str) -> CardPlan:
        provider = self._room.catalogue.providers[domain]
        ref = ProviderRef(domain=domain, name=provider.name, icon=provider.icon)
        source = self._room.source(ref, domain)
        return self._plan(
            provider_address(domain),
            lambda: self._card(
                title=provider.name,
                title_px=NAME_PX,
                instead=domain,
                kicker=self._room.say("Source"),
                text=provider.description or (domain if domain != provider.name else ""),
                letter=source.letter if source else "",
                tint=source.tint if source else 0,
            ),
        )

    def _picture(self, item: NewsItem) -> ShareImageView | None:
        picture = self._room.story(item).picture
        if picture is None or not picture.src.lower().partition("?")[0].endswith(_READABLE):
            return None
        return ShareImageView(
            url=picture.src if picture.is_external else self._room.site.absolute(picture.src),
            alt=picture.alt or item.title,
            width_px=picture.width_px,
            height_px=picture.height_px,
        )
