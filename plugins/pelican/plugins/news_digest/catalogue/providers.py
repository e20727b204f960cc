"""Providers: who published the items, keyed by domain, met with the records that describe them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from ..frontmatter.text import fold
from ..model import Provider

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ..model import ImageRef, NewsItem, ProviderRecord, ProviderRef

ICON_PX: Final = 50


def provider_domains(records: Sequence[ProviderRecord]) -> dict[str, str]:
    """Return folded other name → domain, for records that claim items of the same name on other domains."""
    return {fold(name): record.domain for record in records for name in record.other_names}


def domain_of(item: NewsItem, aliases: dict[str, str]) -> str:
    """Return the domain whose provider page *item* belongs to; ``""`` when it names no provider."""
    if item.provider is None:
        return ""
    return domain_of_ref(item.provider, aliases)


def domain_of_ref(ref: ProviderRef, aliases: Mapping[str, str]) -> str:
    """Return the domain whose provider page *ref* leads to: a record may claim its name on other domains."""
    return aliases.get(fold(ref.name), ref.domain)


def build_providers(
    items: Iterable[NewsItem], records: Sequence[ProviderRecord], *, aliases: dict[str, str]
) -> dict[str, Provider]:
    """Return every provider of *items* by domain, in the order of the domains.

    The name is the record's, else the one most items use (ties: the first in the alphabet). A provider without a
    record works. The result does not depend on the order of *items*.
    """
    by_domain = {record.domain: record for record in records}
    names: dict[str, Counter[str]] = {}
    icons: dict[str, set[ImageRef]] = {}
    for item in items:
        domain = domain_of(item, aliases)
        if not domain or item.provider is None:
            continue
        names.setdefault(domain, Counter())[item.provider.name] += 1
        if item.provider.icon:
            icons.setdefault(domain, set()).add(item.provider.icon)
    found = {}
    for domain in sorted(names):
        record = by_domain.get(domain)
        usual = sorted(names[domain], key=lambda name, of=names[domain]: (-of[name], name))  # type: ignore[misc]
        name = record.name if record else usual[0]
        known = (*(record.other_names if record else ()), *usual)
        others = {fold(other): other for other in reversed(known) if fold(other) != fold(name)}
        found[domain] = Provider(
            domain=domain,
            name=name,
            slug=domain,
            other_names=tuple(sorted(others.values())),
            description=record.description if record else "",
            icon=_icon(record, icons.get(domain, set())),
        )
    return found


def _icon(record: ProviderRecord | None, seen: set[ImageRef]) -> ImageRef | None:
    images = record.images if record and record.images else tuple(seen)
    return min(images, key=_icon_order) if images else None


def _icon_order(image: ImageRef) -> tuple[int, str, int, int, str]:
    return (abs(image.width_px - ICON_PX), image.url, image.width_px, image.height_px, image.title)
