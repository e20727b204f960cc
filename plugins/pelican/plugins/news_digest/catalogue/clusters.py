"""Who else reported it: an item's story seen from that item, joined by link, or by name, across the whole archive."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ..disk.files import DIGEST_BYTES, digest_of
from ..model import Cluster, Member, NewsItem, ProviderRef, RelatedLink, Status, Story
from ..text.address import link_key
from .ranking import newest_first
from .reports import Reports, Target, by_quality, elsewhere_of, in_order, meaning_of

if TYPE_CHECKING:
    from .web import Web

    # What is shown of the source that a report names.
    SourceFacts = Callable[[ProviderRef | None], bytes]


def _preference(item: NewsItem) -> tuple[int, float, str]:
    return (-item.heat, *newest_first(item))


def drop_repeats(items: Sequence[NewsItem], *, twins: Collection[str]) -> list[NewsItem]:
    """Return *items* without those whose link another one has too: the hotter stays, then the newer."""
    kept: dict[str, NewsItem] = {}
    for item in items:
        if item.slug in twins:
            key = link_key(item.url)
            if key not in kept or _preference(item) < _preference(kept[key]):
                kept[key] = item
    return [item for item in items if item.slug not in twins or kept[link_key(item.url)] is item]


_REMOVED: Final = b"-" * 2 * DIGEST_BYTES


class ClusterMemory:
    """What one join leaves to the next: what has not changed since is the same object.

    Only for speed: it saves nothing of a preview's build of 700 items, and a seventh of one of five thousand whose
    files repeat their stories (``python benchmarks/without.py clusters --set azure``).
    """

    def __init__(self) -> None:
        self.of_slug: dict[str, Target] = {}
        self.targets: dict[str, Target] = {}
        self.removed: frozenset[str] = frozenset()
        self.clusters: dict[str, tuple[NewsItem, tuple[Target, ...], Cluster]] = {}


class ClusterJoin:
    """Joins ``related`` lists to the items they mean. Equal members are one object, however many clusters hold them.

    Args:
        removed: Link keys of removed items: they are nobody's members.
        paged: Slugs of the items that have a page on this site.
        story_of: Returns the story that the file of the item with this slug names: its reports are members, too. None:
            no file names one.
        web: The links of these items and of removed ones.
        memory: Of the last join; it is this one's from now on.
    """

    def __init__(
        self,
        items: Sequence[NewsItem],
        *,
        removed: frozenset[str],
        paged: Collection[str],
        story_of: Callable[[str], Story | None] | None = None,
        web: Web,
        memory: ClusterMemory | None = None,
    ) -> None:
        memory = memory or ClusterMemory()
        known, self._known, self._memory = memory.of_slug, memory.clusters, memory
        self._of_slug: dict[str, Target] = {}
        self._targets: dict[str, Target] = {}
        for item in items:
            slug, keys = item.slug, web.own[item.slug]
            target, is_paged = known.get(slug), slug in paged
            if target is None or target.item is not item or target.has_page is not is_paged:
                target = Target(item, keys[0] if item.url else "", is_paged)
            self._of_slug[slug] = target
            for key in keys:
                other = self._targets.setdefault(key, target)
                if other is not target and _preference(item) < _preference(other.item):
                    self._targets[key] = target
        self._web = web
        self._removed = removed
        self._story_of = story_of
        self._reports_of: dict[str, tuple[Target, ...]] = {}
        self._ordered: dict[str, Reports] = {}
        self._facts_of_groups: dict[str, bytes] | None = None
        self._facts_of_stories: dict[str, bytes] = {}
        old, new = memory.targets, self._targets
        moved = {key for key in old.keys() | new.keys() if old.get(key) is not new.get(key)} if self._known else set()
        # Link keys that mean something else than they meant to the last join.
        self._changed = moved | (memory.removed ^ removed)
        memory.of_slug, memory.targets, memory.removed, memory.clusters = self._of_slug, new, removed, {}

    def member(self, item: NewsItem) -> Member:
        """Return *item* as one of the reports of its story."""
        return self._of_slug[item.slug].member

    def cluster(self, item: NewsItem) -> Cluster:
        """Return the story that *item* belongs to, seen from it: itself and removed items left out."""
        known, story = self._known.get(item.slug), self._story(item)
        is_known = known is not None and known[0] is item and known[1] == story
        if known is None or not is_known or not self._changed.isdisjoint(link.key for link in item.related):
            known = (item, story, self._make(item, story))
        self._memory.clusters[item.slug] = known
        return known[2]

    def is_covered(self, item: NewsItem) -> bool:
        """Whether the story of *item* has other reports: as :meth:`cluster` says, which works out all of it."""
        own = self._of_slug[item.slug]
        for link in item.related:
            other = self._targets.get(link.key)
            if self._is_another(other, own) if other else link.key not in self._removed:
                return True
        return any(self._is_another(other, own) for other in self._story(item))

    def slugs(self, item: NewsItem) -> set[str]:
        """Return the other reports of *item*'s story that the archive has, by slug: as :meth:`cluster` says."""
        own = self._of_slug[item.slug]
        found = {*filter(None, map(self._targets.get, [link.key for link in item.related])), *self._story(item)}
        return {other.item.slug for other in found if self._is_another(other, own)}

    def leads(self, item: NewsItem) -> bool:
        """Whether *item* leads its story: no other report of it in the archive stands before it."""
        if not self._is_led(item):
            return True
        own = self._of_slug[item.slug]
        first = own.preference
        for link in item.related:
            other = self._targets.get(link.key)
            if other is not None and other.preference < first and self._is_another(other, own):
                return False
        return not any(other.preference < first and self._is_another(other, own) for other in self._story(item))

    def _is_led(self, item: NewsItem) -> bool:
        """Whether *item* asks who leads its story. Where links alone make it, one with heat of its own does not."""
        return item.heat < 0 or bool(self._story(item))

    def _is_another(self, other: Target, own: Target) -> bool:
        """Whether *other* is another report than *own*: neither itself nor one with the same link."""
        return other is not own and not (own.item.slug in self._web.twins and other.key == own.key)

    def _story(self, item: NewsItem) -> tuple[Target, ...]:
        """Return the reports of the story of *item*, itself among them, where a file names it."""
        story = self._story_of(item.slug) if self._story_of else None
        if story is None:
            return ()
        found = self._reports_of.get(story.id)
        if found is None:
            reports = (self._of_slug[member.slug] for member in story.members)
            # Of two items with one link the same one stands here that a link leads to.
            found = self._reports_of[story.id] = tuple(self._targets.get(one.key, one) for one in reports)
        return found

    def elsewhere(self, items: Iterable[NewsItem]) -> tuple[Member, ...]:
        """Return the reports that *items* name and the archive does not have, each once."""
        found: dict[str, Member] = {}
        for item in items:
            if item.slug in self._web.leads_out:
                for link in self._out(item):
                    if link.key not in found:
                        found[link.key] = elsewhere_of(link)
        return tuple(found.values())

    def _out(self, item: NewsItem) -> list[RelatedLink]:
        """Return the links of *item* to what the archive does not have, and never had."""
        return [link for link in item.related if not (link.key in self._targets or link.key in self._removed)]

    def facts(self, item: NewsItem, source_of: SourceFacts) -> tuple[bytes, ...]:
        """Return what the links of *item* mean here: nothing else but the item itself decides what its story is.

        What they name in the archive is there with all that others in its group or its story name: too much, but
        worked out once.

        Args:
            source_of: Returns what is shown of the source of a report; the same function in each call.
        """
        slug = item.slug
        own, others = self._facts_of_group(slug, source_of), self._web.beyond.get(slug)
        story = self._story_of(slug) if self._story_of else None
        leads_out = slug in self._web.leads_out
        if not others and not story and not leads_out:
            return (own,)
        return (
            own,
            b"".join([self._meaning(other, source_of) for other in others or ()]),
            self._facts_of_story(item, story, source_of) if story else b"",
            b"".join([link.key.encode() + source_of(link.provider) for link in self._out(item)]) if leads_out else b"",
        )

    def _facts_of_group(self, slug: str, source_of: SourceFacts) -> bytes:
        if self._facts_of_groups is None:
            self._facts_of_groups = {}
            for group in self._web.groups:
                facts = _shown_of([self._of_slug.get(other) for other in group], source_of)
                self._facts_of_groups.update(dict.fromkeys(group, facts))
        return self._facts_of_groups.get(slug, b"")

    def _facts_of_story(self, item: NewsItem, story: Story, source_of: SourceFacts) -> bytes:
        known = self._facts_of_stories.get(story.id)
        if known is None:
            known = self._facts_of_stories[story.id] = _shown_of(self._story(item), source_of)
        return known

    def _meaning(self, slug: str, source_of: SourceFacts) -> bytes:
        known = self._of_slug.get(slug)
        return known.meaning + source_of(known.item.provider) if known else _REMOVED

    def _make(self, item: NewsItem, story: tuple[Target, ...]) -> Cluster:
        own = self._of_slug[item.slug]
        # The language's own loops: an archive whose files repeat their stories names hundreds of thousands.
        named = set(map(self._targets.get, [link.key for link in item.related]))
        found = {own, *story, *filter(None, named)}
        if item.slug in self._web.twins:
            found = {other for other in found if other is own or self._is_another(other, own)}
        slot = story[0].item.slug if story else self._web.group_of.get(item.slug, ("",))[0]
        reports = self._ordered.get(slot)
        if reports is None or reports.targets != found:
            reports = self._ordered[slot] = in_order(found)
        lead = reports.lead if self._is_led(item) else item.slug
        place = reports.slugs.index(item.slug)
        members = reports.members[:place] + reports.members[place + 1 :]
        slugs = reports.slugs[:place] + reports.slugs[place + 1 :]
        if None in named:
            members = tuple(sorted((*members, *self.elsewhere((item,))), key=by_quality))
            slugs = tuple(member.slug for member in members if member.slug)
        return Cluster(slug=item.slug, lead=lead, members=members, slugs=slugs)


def _shown_of(targets: Sequence[Target | None], source_of: SourceFacts) -> bytes:
    """Return a digest of what is shown of *targets* and of their sources."""
    sources = [source_of(target.item.provider) for target in targets if target]
    return digest_of(meaning_of(targets) + b"".join(sources))


class Clusters(dict[str, Cluster]):  # noqa: PLW1641 - as any dict
    """Slug → the story, worked out when it is asked for: a build that has nothing to write asks for none.

    Args:
        join: Called once, at the first question.
    """

    def __init__(self, items: Iterable[NewsItem], join: Callable[[], ClusterJoin]) -> None:
        super().__init__()
        self._items = {item.slug: item for item in items}
        self._make_join = join
        self._covered: dict[str, bool] = {}

    @cached_property
    def _join(self) -> ClusterJoin:
        return self._make_join()

    def __missing__(self, slug: str) -> Cluster:
        """Work a story out."""
        found = self[slug] = self._join.cluster(self._items[slug])
        return found

    def is_covered(self, slug: str) -> bool:
        """Whether somebody else reported the story, too; asking does not work it out."""
        found = self._covered.get(slug)
        if found is None:
            found = self._covered[slug] = self._join.is_covered(self._items[slug])
        return found

    def slugs(self, slug: str) -> Collection[str]:
        """Return the slugs of a story's other reports, in any order; asking does not work it out."""
        found = self.get(slug)
        return found.slugs if found else self._join.slugs(self._items[slug])

    def leads(self, slug: str) -> bool:
        """Whether an item leads a story that others reported, too; asking does not work it out."""
        return self.is_covered(slug) and self._join.leads(self._items[slug])

    def elsewhere(self, items: Iterable[NewsItem]) -> tuple[Member, ...]:
        """Return what *items* name and the archive does not have: see :meth:`ClusterJoin.elsewhere`."""
        return self._join.elsewhere(items)

    def member(self, item: NewsItem) -> Member:
        """Return *item* as one of the reports of its story."""
        return self._join.member(item)

    def facts(self, slug: str, source_of: SourceFacts) -> tuple[bytes, ...]:
        """Return what a story is made from, beside its item: see :meth:`ClusterJoin.facts`."""
        return self._join.facts(self._items[slug], source_of)

    def all(self) -> tuple[Cluster, ...]:
        """Return every story, in the order of the items."""
        return tuple(self[slug] for slug in self._items)

    def __eq__(self, other: object) -> bool:
        """Whether the same stories can be asked for."""
        return isinstance(other, Clusters) and self._items.keys() == other._items.keys() and self.all() == other.all()


def removed_keys(items: Iterable[NewsItem]) -> frozenset[str]:
    """Return the link keys of removed items."""
    return frozenset(
        link_key(url)
        for item in items
        if item.status is Status.REMOVED
        for url in (item.url, *item.alternate_urls)
        if url
    )


def without_shown(
    items: Iterable[NewsItem], clusters: Clusters, *, shown: set[str], limit: int | None = None
) -> list[NewsItem]:
    """Return *items* in order, each story once: an item is left out when its story stands there already.

    Args:
        clusters: Those of every item.
        shown: Slugs seen so far; grows by what is returned and by the members of its clusters.
        limit: So many are enough; None takes all.
    """
    kept: dict[str, NewsItem] = {}
    for item in items:
        if limit is not None and len(kept) >= limit:
            break
        if item.slug in shown:
            continue
        members = clusters.slugs(item.slug)
        # Lists are not always mutual: a report may know of one that does not know of it.
        if not kept.keys().isdisjoint(members):
            continue
        kept[item.slug] = item
        shown.add(item.slug)
        shown.update(members)
    return list(kept.values())
