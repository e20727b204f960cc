"""Topics: the names that items use, met with the records that describe them, as one tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import attrgetter

import msgspec

from ..errors import Diagnostic, diagnose, nearest
from ..model import NewsItem, Topic, TopicRecord
from ..naming.names import name_key, portable_name
from ..naming.places import NOTHING, Known, Settled, settle
from ..text.plain import fold, slugify


class Taxonomy(msgspec.Struct, frozen=True, kw_only=True):
    """All topics of a site.

    Attributes:
        topics: By id, in the order of their names.
        ids: Folded name (no case, no accents) → id.
        roots: Ids of the topics that stand above everything: those with children or, where no topic has a
            parent, those that most items carry. They never serve as a story's kicker.
        diagnostics: Spellings that differ from the record, parents that do not exist.
        settled: Ids that were given out, by folded name, and those that have to be written down.
    """

    topics: dict[str, Topic]
    ids: dict[str, str]
    roots: frozenset[str]
    diagnostics: tuple[Diagnostic, ...] = ()
    settled: Settled = Settled()

    def ids_of(self, items: Iterable[NewsItem]) -> dict[str, tuple[str, ...]]:
        """Return slug → the ids of the topics that an item names, in its order."""
        known: dict[tuple[str, ...], tuple[str, ...]] = {}  # there are far fewer sets of topics than items
        found = {}
        for item in items:
            ids = known.get(item.topics)
            if ids is None:
                ids = known[item.topics] = tuple(dict.fromkeys(self.ids[fold(name)] for name in item.topics))
            found[item.slug] = ids
        return found

    def ancestors(self, topic_id: str) -> tuple[str, ...]:
        """Return the ids above *topic_id*, nearest first."""
        found: list[str] = []
        parent = self.topics[topic_id].parent
        while parent:
            found.append(parent)
            parent = self.topics[parent].parent
        return tuple(found)

    def below(self, parent: str) -> Iterator[Topic]:
        """Yield the topics right below *parent* (``""``: those below none), by name."""
        if parent:
            yield from (self.topics[child] for child in self.topics[parent].children)
        else:
            yield from (topic for topic in self.topics.values() if not topic.parent)

    def primary(self, ids: Sequence[str]) -> str:
        """Return the topic that says most about an item: the first one that is no root; ``""`` for none."""
        return next((i for i in ids if i not in self.roots), ids[0] if ids else "")


def build_taxonomy(items: Iterable[NewsItem], records: Sequence[TopicRecord], known: Known = NOTHING) -> Taxonomy:
    """Return the topics that *records* describe and *items* use.

    Names meet without regard to case and accents; a record's spelling wins, else the most frequent one, else the
    first in the alphabet. A topic without a record works. The result does not depend on the order of *items*.

    Args:
        known: Which topic has which id so far. One that no item carries now keeps its own.
    """
    said: list[Diagnostic] = []
    by_fold: dict[str, TopicRecord] = {}
    for record in records:
        if fold(record.name) in by_fold:
            said.append(_warn("ND201", record, f"name: {record.name!r} already has a record", "keep one of the two"))
            continue
        by_fold[fold(record.name)] = record
    items = sorted(items, key=attrgetter("source_path"))
    first_use: dict[str, NewsItem] = {}
    for item in items:
        for name in item.topics:
            first_use.setdefault(name, item)
    counts = Counter(chain.from_iterable(item.topics for item in items))
    spellings: dict[str, Counter[str]] = {}
    for name in first_use:
        spellings.setdefault(fold(name), Counter())[name] = counts[name]
    asked = {
        folded: (by_fold[folded].id if folded in by_fold else slugify(folded)) or "topic"
        for folded in [*by_fold, *sorted(spellings.keys() - by_fold.keys())]
    }
    settled = _settle({folded: portable_name(name) for folded, name in asked.items()}, known)
    ids = settled.names
    names = {folded: by_fold[folded].name if folded in by_fold else _usual(spellings[folded]) for folded in ids}
    for name, item in first_use.items():
        folded = fold(name)
        if name != names[folded] and folded in by_fold:
            message = f"topics: {name!r} is spelled {names[folded]!r} in its record"
            said.append(diagnose("ND202", message, path=item.source_path, hint="both lead to the same topic"))
    sources = {fold(name): item.source_path for name, item in reversed(first_use.items())}
    sources |= {folded: record.source_path for folded, record in by_fold.items()}
    said += _moved(names, asked, ids, sources)
    parents = _parents(by_fold, ids, said)
    children: dict[str, list[str]] = {}
    for folded in sorted(ids, key=lambda f: (fold(names[f]), ids[f])):
        if parents.get(folded):
            children.setdefault(ids[parents[folded]], []).append(ids[folded])
    topics = {
        ids[folded]: Topic(
            id=ids[folded],
            name=names[folded],
            short_name=(by_fold[folded].short_name if folded in by_fold else "") or names[folded],
            parent=ids[parents[folded]] if parents.get(folded) else "",
            children=tuple(children.get(ids[folded], ())),
            description=by_fold[folded].description if folded in by_fold else "",
            record=by_fold.get(folded),
        )
        for folded in sorted(ids, key=lambda f: (fold(names[f]), ids[f]))
    }
    roots = {topic.id for topic in topics.values() if topic.children and not topic.parent}
    usual = {ids[f] for f, found in spellings.items() if 2 * found.total() > len(items) > 1 and len(ids) > 1}
    return Taxonomy(topics=topics, ids=ids, roots=frozenset(roots or usual), diagnostics=tuple(said), settled=settled)


def _settle(wanted: Mapping[str, str], known: Known) -> Settled:
    """Give each topic its id. One that has a line keeps it while no item carries the topic: it may come back."""
    if not known.lines:
        return settle(wanted, known)
    lines = {topic_id: fold(name) for topic_id, name in known.lines.items()}
    absent = frozenset(name_key(topic_id) for topic_id, folded in lines.items() if folded not in wanted)
    return settle(wanted, known._replace(lines=lines), reserved=absent)


def _moved(
    names: Mapping[str, str], asked: Mapping[str, str], ids: Mapping[str, str], sources: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Yield the diagnostics of topics that have another id than their name asks for."""
    for folded, topic_id in ids.items():
        name, wanted, path = names[folded], asked[folded], sources[folded]
        if topic_id == wanted:
            continue
        if topic_id == portable_name(wanted):
            message = f"topics: the folder of {name!r} is {topic_id!r}; {wanted!r} is a name that disks refuse"
            yield diagnose("ND204", message, path=path, hint="a topic record can give it a different _id")
        else:
            message = f"topics: another topic has {wanted!r}; {name!r} is {topic_id!r}"
            yield diagnose("ND205", message, path=path, hint="give it a record with an _id, or rename one of them")


def _parents(by_fold: Mapping[str, TopicRecord], ids: Mapping[str, str], said: list[Diagnostic]) -> dict[str, str]:
    """Return folded name → folded name of its parent; a circle is cut where it would close."""
    parents: dict[str, str] = {}
    for folded, record in by_fold.items():
        if not record.parent:
            continue
        parent = fold(record.parent)
        if parent not in ids:
            near = nearest(record.parent, [other.name for other in by_fold.values()])
            hint = f"did you mean {near!r}?" if near else "shown without a parent"
            said.append(_warn("ND203", record, f"parent: no topic is called {record.parent!r}", hint))
            continue
        above: str | None = parent
        while above is not None and above != folded:
            above = parents.get(above)
        if above == folded:
            said.append(
                _warn("ND203", record, f"parent: {record.parent!r} is below {record.name!r}", "break the cycle")
            )
        else:
            parents[folded] = parent
    return parents


def _warn(code: str, record: TopicRecord, message: str, hint: str) -> Diagnostic:
    return diagnose(code, message, path=record.source_path, line=1, hint=hint)


def _usual(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))
