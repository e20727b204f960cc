"""What is odd between files: addresses and titles that appear twice, related entries, names, pictures, records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..catalogue.providers import provider_domains, recorded_names
from ..errors import Diagnostic, diagnose
from ..images.own import OwnFiles
from ..images.plan import ImageMode, ImagePlanner
from ..text.plain import fold
from .findings import comparable

if TYPE_CHECKING:
    from ..model import NewsItem
    from .look import FileFacts
    from .survey import Survey

MAX_NAMED = 3


def across_diagnostics(survey: Survey, *, local_files: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield what is odd between the files of *survey*.

    Args:
        local_files: Paths below the content folder that the site publishes, such as ``images/a.jpg``.
    """
    yield from _shared_addresses(survey.facts)
    yield from _shared_titles(survey)
    yield from _related(survey)
    yield from _names(survey)
    yield from _generic_pictures(survey.items)
    yield from _topic_records(survey)
    yield from _provider_records(survey, local_files)


def first_by_link(facts: Iterable[FileFacts]) -> dict[str, int]:
    """Return link key → the position of the first file whose item lives there."""
    found: dict[str, int] = {}
    for position, fact in enumerate(facts):
        if fact.link:
            found.setdefault(fact.link, position)
    return found


def _shared_addresses(facts: Sequence[FileFacts]) -> Iterator[Diagnostic]:
    for group in _groups((fact.link, position) for position, fact in enumerate(facts)):
        for position in group:
            others = _named(facts[other].path for other in group if other != position)
            message = f"webUrl: {others} links to the same URL"
            hint = "lists show the one with the most heat"
            yield diagnose("ND401", message, path=facts[position].path, line=facts[position].url_line, hint=hint)


def _shared_titles(survey: Survey) -> Iterator[Diagnostic]:
    titles = ((comparable(item.title), position) for position, item in enumerate(survey.items))
    for group in _groups(titles):
        for position in group:
            fact = survey.facts[position]
            others = _named(survey.facts[other].path for other in group if other != position)
            yield diagnose("ND402", f"title: {others} has the same title", path=fact.path, line=fact.title_line)


def _related(survey: Survey) -> Iterator[Diagnostic]:
    facts = survey.facts
    first = first_by_link(facts)
    titles: dict[str, set[str]] = {}
    for fact, item in zip(facts, survey.items, strict=True):
        if fact.link:
            titles.setdefault(fact.link, set()).add(item.title)
    for position, fact in enumerate(facts):
        seen: set[str] = set()
        for reference in fact.related:
            target, line = reference.target, reference.line
            there = first.get(target.key)
            if target.key in seen:
                message = f"related: {target.title!r} is already in this list"
                yield diagnose("ND404", message, path=fact.path, line=line, hint="shown once")
            seen.add(target.key)
            if there is None:
                continue
            if target.key == fact.link:
                what = "the item itself" if there == position else f"the item's own URL, which {facts[there].path} has"
                yield diagnose("ND403", f"related: leads to {what}", path=fact.path, line=line, hint="not shown")
            if target.title and target.title != survey.items[there].title:
                known = target.title in titles[target.key]
                whose = f"{facts[there].path} has a different title at this URL"
                message = f"related: {target.title!r}: {whose}{'; one more file has this one' if known else ''}"
                yield diagnose("ND405", message, path=fact.path, line=line, hint="the file's own title is shown")


def _names(survey: Survey) -> Iterator[Diagnostic]:
    aliases, recorded = provider_domains(survey.providers), recorded_names(survey.providers)
    domains: dict[str, dict[str, int]] = {}
    names: dict[str, dict[str, int]] = {}
    for position, item in enumerate(survey.items):
        who = item.provider
        is_named = who is not None and (survey.facts[position].provider[0].strip() or who.name != who.domain)
        # The domain, which stands for a name that is not there, is no second name.
        if who is None or not who.domain or not is_named or fold(who.name) in aliases:
            continue
        domains.setdefault(who.name, {}).setdefault(who.domain, position)
        names.setdefault(who.domain, {}).setdefault(who.name, position)
    for name, found in domains.items():
        if len(found) > 1:
            message = f"provider.name: {name!r} is used for {len(found)} domains: {', '.join(sorted(found))}"
            hint = "a record with otherNames makes them one source"
            yield diagnose("ND406", message, path=survey.facts[min(found.values())].path, line=1, hint=hint)
    for domain, found in names.items():
        if len(found) > 1 and domain not in recorded:
            message = f"provider.domain: {domain} has {len(found)} names: {', '.join(map(repr, sorted(found)))}"
            hint = "each item shows its own; a record gives one name for all"
            yield diagnose("ND407", message, path=survey.facts[min(found.values())].path, line=1, hint=hint)


def _generic_pictures(items: Sequence[NewsItem]) -> Iterator[Diagnostic]:
    planner = ImagePlanner(items, local_files=frozenset(), mode=ImageMode.NONE)
    uses = Counter(url for item in items for url in {image.url for image in item.images})
    told: set[str] = set()
    for item in items:
        for image in item.images:
            if image.url not in told and planner.is_generic(image):
                told.add(image.url)
                count = f"{uses[image.url]} items" if uses[image.url] > 1 else "one item"
                message = f"images: {image.url} is a logo or a share card (on {count})"
                yield diagnose("ND408", message, path=item.source_path, line=1, hint="not shown")


def _topic_records(survey: Survey) -> Iterator[Diagnostic]:
    carried = {fold(topic) for item in survey.items for topic in item.topics}
    parents = {fold(record.parent) for record in survey.topics}
    for record in survey.topics:
        told = []
        for service, address in record.services.items():
            other = next((o for o in record.services if o != service and f"/{o}/" in address), "")
            if other and f"/{service}/" not in address:
                told.append(f"services.{service}: leads to {other}: {address}")
        told += [f"hashtags: {tag!r} contains two" for tag in record.hashtags if tag.count("#") > 1 or " " in tag]
        counts = Counter(fold(keyword) for keyword in record.keywords)
        told += [f"keywords: {keyword!r} appears {count} times" for keyword, count in counts.items() if count > 1]
        for message in told:
            yield diagnose("ND421", message, path=record.source_path, line=1)
        if not {fold(record.name)} & (carried | parents):
            message = f"name: no item has the topic {record.name!r}, and no topic is below it"
            yield diagnose("ND422", message, path=record.source_path, line=1)


def _provider_records(survey: Survey, local_files: frozenset[str]) -> Iterator[Diagnostic]:
    seen: dict[str, str] = {}
    own = OwnFiles(local_files)
    for record in survey.providers:
        if record.domain in seen:
            message = f"domain: {record.domain} already has a record: {seen[record.domain]}"
            yield diagnose("ND423", message, path=record.source_path, line=1, hint="the last one is used")
        seen[record.domain] = record.source_path
        absent = [image.url for image in record.images if image.url[0] == "/" and not own.find(image.url)]
        if absent:
            message = f"images: not among the site's files: {_named(absent)}"
            yield diagnose("ND424", message, path=record.source_path, line=1)


def _groups(pairs: Iterable[tuple[str, int]]) -> Iterator[list[int]]:
    """Yield the positions of each key that stands more than once; an empty key is none."""
    found: dict[str, list[int]] = {}
    for key, position in pairs:
        if key:
            found.setdefault(key, []).append(position)
    yield from (group for group in found.values() if len(group) > 1)


def _named(paths: Iterable[str]) -> str:
    """Return some paths as words, the others as a number."""
    found = list(paths)
    more = f" and {len(found) - MAX_NAMED} more" if len(found) > MAX_NAMED else ""
    return f"{', '.join(found[:MAX_NAMED])}{more}"
