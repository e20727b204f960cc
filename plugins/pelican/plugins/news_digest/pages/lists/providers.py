"""``/providers/`` and ``/providers/<domain>/``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from ...model import Access, NewsItem, Provider, ProviderRef
from ...text.alphabets import initial, name_key
from ..addresses import provider_address
from ..plans import PagePlan, Promise
from ..site import feed_link, head
from ..views.base import LinkView, ShareImageView
from ..views.providers import ProviderFactView, ProviderGroupView, ProviderIndexView, ProviderRowView, ProviderView
from .listings import Leaf, leaf_head, paginate, promise_leaf, span_of
from .topics import topic_counts

if TYPE_CHECKING:
    from ..items.cards import Cards
    from ..newsroom import Newsroom
    from ..views.story import ActivityView, SourceView

PROVIDER: Final = "provider.html"
FEED_MIN_ITEMS: Final = 3
TOPICS_SHOWN: Final = 8
LEAST_FOR_LETTERS: Final = 30  # fewer fit into a window or two


def provider_feed_address(domain: str) -> str:
    """Return where a provider's Atom feed lies."""
    return f"{provider_address(domain)}feed.atom.xml"


def plan_providers(room: Newsroom, cards: Cards) -> Iterator[PagePlan | Promise]:
    """Yield the index of providers, then each provider's pages."""
    index = LinkView(text=room.say("Sources"), href="providers/")
    yield _plan_index(room, index)
    for domain, items in room.catalogue.by_provider.items():
        yield from _plan_provider(room, cards, domain, items, index=index)


def has_feed(items: tuple[NewsItem, ...]) -> bool:
    """Whether a provider publishes enough here for a feed of its own."""
    return len(items) >= FEED_MIN_ITEMS


class BesideProvider(NamedTuple):
    """What stands on a page of a provider beside its items; of all the provider's items on the newest page alone."""

    item_count: int
    lead_count: int
    cluster_count: int
    first: datetime
    last: datetime
    topics: tuple[LinkView, ...]
    image: ShareImageView | None


def _plan_provider(
    room: Newsroom, cards: Cards, domain: str, items: tuple[NewsItem, ...], *, index: LinkView
) -> Iterator[Promise]:
    catalogue = room.catalogue
    image = cards.provider(domain)
    newest = BesideProvider(
        item_count=len(items),
        lead_count=catalogue.lead_counts[domain],
        cluster_count=sum(catalogue.clusters.is_covered(item.slug) for item in items),
        first=items[-1].date,
        last=items[0].date,
        topics=topic_counts(room, items, limit=TOPICS_SHOWN),
        image=image,
    )
    activity = room.months.activity(items)
    for leaf in paginate(items, base=provider_address(domain), size=room.choices.page_size):
        bars = activity if leaf.is_newest else None
        older = BesideProvider(len(leaf.items), 0, 0, leaf.items[-1].date, leaf.items[0].date, (), image)
        beside = newest if leaf.is_newest else older
        view = partial(_view, room, domain, leaf, beside, bars, index=index)
        yield promise_leaf(room, leaf, catalogue.providers[domain], beside, bars, template=PROVIDER, view=view)


def _view(
    room: Newsroom, domain: str, leaf: Leaf, beside: BesideProvider, activity: ActivityView | None, *, index: LinkView
) -> ProviderView:
    provider = room.catalogue.providers[domain]
    crumb = LinkView(text=provider.name, href=provider_address(domain))
    has_own_feed = has_feed(room.catalogue.by_provider[domain])
    feeds = (feed_link(provider.name, provider_feed_address(domain)),) if has_own_feed else ()
    return ProviderView(
        head=leaf_head(
            room,
            leaf,
            name=provider.name,
            feeds=feeds,
            breadcrumbs=(index, crumb),
            description=provider.description,
            image=beside.image,
        ),
        source=_source(room, domain),
        domain=domain,
        domain_url=f"https://{domain}/" if "." in domain else "",
        other_names=provider.other_names,
        description=provider.description,
        facts=_facts(room, provider),
        count=beside.item_count,
        lead_count=beside.lead_count,
        cluster_count=beside.cluster_count,
        first=room.dates.time(beside.first),
        last=room.dates.time(beside.last),
        breadcrumbs=(index,),
        topics=beside.topics,
        groups=room.day_groups(leaf.items),
        pagination=leaf.pagination,
        feeds=feeds,
        activity=activity,
        span=span_of(room, leaf),
    )


def _facts(room: Newsroom, provider: Provider) -> tuple[ProviderFactView, ...]:
    """Return what the owner declares of a source."""
    country = provider.country
    if len(country) == len("DE") and country.isascii():
        country = room.dates.locale.territories.get(country.upper(), country)
    access = {Access.PAID: room.say("For subscribers"), Access.FREE: room.say("Free to read")}.get(provider.access, "")
    named = (
        (room.say("Kind"), provider.kind),
        (room.say("Owner"), provider.owner),
        (room.say("Country"), country),
        (room.say("Access"), access),
    )
    return tuple(ProviderFactView(name=name, value=value) for name, value in named if value)


def _plan_index(room: Newsroom, index: LinkView) -> PagePlan:
    catalogue, lang = room.catalogue, room.site.lang
    leads = catalogue.lead_counts
    all_leads = sum(leads.values()) or 1
    letters: dict[str, list[ProviderRowView]] = {}
    for domain in sorted(catalogue.by_provider, key=lambda d: (name_key(catalogue.providers[d].name, lang), d)):
        items = catalogue.by_provider[domain]
        source = _source(room, domain)
        first = initial(source.name, lang)
        letters.setdefault(first if first.isalpha() else "#", []).append(
            ProviderRowView(
                source=source,
                domain=domain,
                count=len(items),
                lead_count=leads[domain],
                share_percent=round(100 * leads[domain] / all_leads),
                last=room.dates.time(items[0].date),
            )
        )
    groups = tuple(
        ProviderGroupView(letter=letter, anchor="0-9" if letter == "#" else letter, rows=tuple(rows))
        for letter, rows in sorted(letters.items(), key=lambda pair: (pair[0] != "#", name_key(pair[0], lang)))
    )
    view = ProviderIndexView(
        head=head(room.site, title=room.say("Sources"), address="providers/", breadcrumbs=(index,)),
        breadcrumbs=(index,),
        groups=groups,
        provider_count=len(catalogue.by_provider),
        has_letters=len(catalogue.by_provider) >= LEAST_FOR_LETTERS,
        has_leads=any(leads.values()),
    )
    return PagePlan(save_as="providers/index.html", template="providers.html", view=view)


def _source(room: Newsroom, domain: str) -> SourceView:
    provider = room.catalogue.providers[domain]
    source = room.source(ProviderRef(domain=domain, name=provider.name, icon=provider.icon), domain)
    assert source is not None  # noqa: S101 - a provider of the catalogue always has a name
    return source
