"""Providers: who published the items, keyed by domain, met with the records that describe them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Final

from ..errors import Diagnostic, diagnose
from ..model import Access, ImageRef, NewsItem, Provider, ProviderRecord, ProviderRef
from ..text.plain import fold

ICON_PX: Final = 50


def provider_domains(records: Sequence[ProviderRecord]) -> dict[str, str]:
    """Return folded other name → domain, for records that claim items of the same name on other domains.

    Of two that claim one name the first has it, in the order of their domains; nobody gets the name that another
    record gives to its own source: see :func:`rival_records`.
    """
    owners = _owners(records)
    names = ((fold(name), record.domain) for record in records for name in record.other_names)
    return {name: domain for name, domain in names if owners[name] == domain}


def _owners(records: Sequence[ProviderRecord]) -> dict[str, str]:
    """Return folded name → domain, for the names of records and those that they claim."""
    ordered = sorted(records, key=lambda record: record.domain)
    found: dict[str, str] = {}
    for record in ordered:
        if record.name:
            found.setdefault(fold(record.name), record.domain)
    for record in ordered:
        for name in record.other_names:
            found.setdefault(fold(name), record.domain)
    return found


def rival_records(records: Sequence[ProviderRecord]) -> Iterator[Diagnostic]:
    """Yield a report on each domain, and each other name, that a record claims and another one has."""
    owners = _owners(records)
    by_domain = {record.domain: record for record in records}
    for record in records:
        if by_domain[record.domain] is not record:
            message = f"domain: {by_domain[record.domain].source_path} describes {record.domain}, too, and is used"
            yield diagnose("ND212", message, path=record.source_path, line=1, hint="keep one of the two")
        for name in dict.fromkeys(record.other_names):
            owner = owners[fold(name)]
            if owner != record.domain:
                message = f"otherNames: {owner} has {name!r} already"
                yield diagnose("ND212", message, path=record.source_path, line=1, hint="leave it in one of the two")


def domain_of(item: NewsItem, aliases: dict[str, str]) -> str:
    """Return the domain whose provider page *item* belongs to; ``""`` when it names no provider."""
    if item.provider is None:
        return ""
    return domain_of_ref(item.provider, aliases)


def domain_of_ref(ref: ProviderRef, aliases: Mapping[str, str]) -> str:
    """Return the domain whose provider page *ref* leads to: a record may claim its name on other domains."""
    return aliases.get(fold(ref.name), ref.domain) if aliases else ref.domain


def recorded_names(records: Sequence[ProviderRecord]) -> dict[str, str]:
    """Return domain → the name that its record gives it: readers see no other, however items spell it."""
    return {record.domain: record.name for record in records if record.name}


def sources_of(items: Iterable[NewsItem], provider_of: Mapping[str, str]) -> Counter[str]:
    """Return domain → how many of *items* are from there. Whoever counts sources asks this.

    An item without a provider is the site's own text, and the site is none of its sources; a provider without a
    domain has no page and is none either, so that every count is that of ``/providers/``.
    """
    return Counter(provider_of[item.slug] for item in items if item.slug in provider_of)


def build_providers(
    items: Iterable[NewsItem],
    records: Sequence[ProviderRecord],
    *,
    aliases: dict[str, str],
    citing: Iterable[NewsItem] = (),
) -> dict[str, Provider]:
    """Return every provider of *items* by domain, in the order of the domains.

    The name is the record's, else the one most items use (ties: the first in the alphabet; the domain itself only
    where nobody uses another). A provider without a record works. The result does not depend on the order of *items*.

    Args:
        citing: Items whose related entries may know the name of a provider that its own items do not name.
    """
    by_domain = {record.domain: record for record in records}
    names: dict[str, Counter[str]] = {}
    icons: dict[str, set[ImageRef]] = {}
    # Thousands of items come from some hundred sources.
    for ref, count in Counter(item.provider for item in items).items():
        domain = domain_of_ref(ref, aliases) if ref else ""
        if not domain or ref is None:
            continue
        names.setdefault(domain, Counter())[ref.name] += count
        if ref.icon:
            icons.setdefault(domain, set()).add(ref.icon)
    nameless = {d for d, counts in names.items() if set(counts) == {d} and not (d in by_domain and by_domain[d].name)}
    names |= _cited_names(citing, nameless)
    found = {}
    for domain in sorted(names):
        record = by_domain.get(domain)
        usual = sorted(names[domain], key=partial(_name_order, domain, names[domain]))
        name = (record.name if record else "") or usual[0]
        known = (*(record.other_names if record else ()), *usual)
        others = {fold(other): other for other in reversed(known) if fold(other) != fold(name)}
        found[domain] = Provider(
            domain=domain,
            name=name,
            slug=domain,
            other_names=tuple(sorted(others.values())),
            description=record.description if record else "",
            access=record.access if record else Access.UNKNOWN,
            owner=record.owner if record else "",
            country=record.country if record else "",
            kind=record.kind if record else "",
            icon=_icon(record, icons.get(domain, set())),
        )
    return found


def _cited_names(items: Iterable[NewsItem], domains: set[str]) -> dict[str, Counter[str]]:
    """Return what related entries call *domains*; each entry counts once, however many files repeat it."""
    if not domains:
        return {}
    names: dict[str, dict[str, set[str]]] = {}
    # Files repeat each other's entries: looking at one twice takes less than keeping in mind which were seen.
    for link in chain.from_iterable(item.related for item in items):
        who = link.provider
        if who and who.domain in domains and who.name != who.domain:
            names.setdefault(who.domain, {}).setdefault(who.name, set()).add(link.key)
    return {domain: Counter({name: len(keys) for name, keys in of.items()}) for domain, of in names.items()}


def _name_order(domain: str, counts: Mapping[str, int], name: str) -> tuple[bool, int, str]:
    return (name == domain, -counts[name], name)


def _icon(record: ProviderRecord | None, seen: set[ImageRef]) -> ImageRef | None:
    images = record.images if record and record.images else tuple(seen)
    return min(images, key=_icon_order) if images else None


def _icon_order(image: ImageRef) -> tuple[int, str, int, int, str]:
    return (abs(image.width_px - ICON_PX), image.url, image.width_px, image.height_px, image.title)
