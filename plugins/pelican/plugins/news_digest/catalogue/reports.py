"""The reports of a story: items, and what others name that the archive does not have, in their order."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import Final, NamedTuple

import msgspec

from ..disk.files import digest_of
from ..model import Member, NewsItem, RelatedLink
from .ranking import newest_first

# Best first.
_Order = tuple[int, float, str, str]
# The date of an article that Pelican read is one of its own kind.
_ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=repr)


class Target(msgspec.Struct, eq=False, gc=False):
    """An item as the stories that it is a report of need it. What is asked for is worked out once: it may be a report
    of hundreds, and most builds ask for little of it.

    Attributes:
        key: The link key of its own address; ``""``: it has none.
    """

    item: NewsItem
    key: str
    has_page: bool
    _member: Member | None = None
    _order: _Order | None = None
    _preference: tuple[bool, int, int, float, str] | None = None
    _meaning: bytes = b""

    @property
    def member(self) -> Member:
        """The item as one of the reports of a story."""
        if self._member is None:
            item = self.item
            self._member = Member(
                slug=item.slug,
                has_page=self.has_page,
                address=item.address,
                url=item.url,
                title=item.title,
                date=item.date,
                provider=item.provider,
                quality=item.quality,
                lang=item.lang,
            )
        return self._member

    @property
    def order(self) -> _Order:
        """Its place among the reports of a story."""
        if self._order is None:
            self._order = by_quality(self.member)
        return self._order

    @property
    def preference(self) -> tuple[bool, int, int, float, str]:
        """Its place among those that may lead a story."""
        if self._preference is None:
            self._preference = lead_order(self.item)
        return self._preference

    @property
    def meaning(self) -> bytes:
        """What :func:`meaning_of` says of it alone."""
        if not self._meaning:
            self._meaning = meaning_of((self,))
        return self._meaning


class Reports(NamedTuple):
    """Some reports of one story, best first.

    Attributes:
        lead: Slug of the one that comes first among those that may lead.
    """

    targets: set[Target]
    members: tuple[Member, ...]
    slugs: tuple[str, ...]
    lead: str


def meaning_of(targets: Iterable[Target | None]) -> bytes:
    """Return a digest of all that their stories need of *targets*, in their order; None is one that was removed."""
    shown = [
        target
        and (
            (item := target.item).slug,
            target.has_page,
            item.address,
            item.url,
            item.title,
            item.date,
            item.provider,
            item.quality,
            item.lang,
            item.heat,
            item.curated.pin,
        )
        for target in targets
    ]
    return digest_of(_ENCODER.encode(shown))


def in_order(targets: set[Target]) -> Reports:
    """Return *targets*, one or more, as the reports that they are."""
    ordered = sorted(targets, key=attrgetter("order"))
    members = tuple(target.member for target in ordered)
    lead = min(targets, key=attrgetter("preference")).item.slug
    return Reports(targets, members, tuple(member.slug for member in members), lead)


def elsewhere_of(link: RelatedLink) -> Member:
    """Return what *link* leads to as one of the reports of a story: the archive does not have it."""
    return Member(
        slug="",
        has_page=False,
        address="",
        url=link.url,
        title=link.title,
        date=link.date,
        provider=link.provider,
        quality=link.quality,
    )


def by_quality(member: Member) -> _Order:
    """Sort key of the reports of a story: the best first, then the newest."""
    return (-member.quality, -(member.date.timestamp() if member.date else 0), member.slug, member.url)


def lead_order(item: NewsItem) -> tuple[bool, int, int, float, str]:
    """Sort key of who stands for a story: whom a person pinned, the one with its heat, then the best report."""
    return (not item.curated.pin, -item.heat, -item.quality, *newest_first(item))
