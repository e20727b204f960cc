"""Who else reported it: an item's story seen from that item, joined by link, or by name, across the whole archive."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from ..disk.files import DIGEST_BYTES, digest_of
from ..model import Cluster, Member, Status
from ..text.address import link_key
from .ranking import newest_first
from .web import own_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from ..model import NewsItem, RelatedLink, Story
    from .web import Web


def link_index(
    items: Iterable[NewsItem], *, keys_of: Callable[[NewsItem], Iterable[str]] = own_keys
) -> dict[str, NewsItem]:
    """Return link key → the item that lives there; of two, the hotter one, then the newer.

    The result does not depend on the order of *items*.

    Args:
        keys_of: Returns the link keys at which an item lives.
    """
    best: dict[str, NewsItem] = {}
    for item in items:
        for key in keys_of(item):
            if key not in best or _preference(item) < _preference(best[key]):
                best[key] = item
    return best


def _preference(item: NewsItem) -> tuple[int, float, str]:
    return (-item.heat, *newest_first(item))


def drop_repeats(items: Sequence[NewsItem], *, twins: Collection[str]) -> list[NewsItem]:
    """Return *items* without those whose link another one has too: the hotter stays, then the newer.

    Args:
        twins: Slugs of all that may be such items.
    """
    kept: dict[str, NewsItem] = {}
    for item in items:
        if item.slug in twins:
            key = link_key(item.url)
            if key not in kept or _preference(item) < _preference(kept[key]):
                kept[key] = item
    return [item for item in items if item.slug not in twins or kept[link_key(item.url)] is item]


_REMOVED: Final = b"-" * DIGEST_BYTES
# The date of an article that Pelican read is one of its own kind.
_ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=repr)


class _Target(msgspec.Struct, frozen=True, gc=False):
    """An item as the clusters that hold it need it: worked out once, though it may stand in a hundred of them.

    Attributes:
        meaning: A digest of what all the others are made from.
    """

    member: Member
    key: str
    order: tuple[int, float, str, str]
    preference: tuple[bool, int, int, float, str]
    meaning: bytes


class ClusterMemory:
    """What one join leaves to the next: what has not changed since is the same object.

    Only for speed: it saves nothing of a preview's build of 700 items, and a seventh of one of five thousand whose
    files repeat their stories (``python benchmarks/without.py clusters --set azure``).
    """

    def __init__(self) -> None:
        self.targets_of: dict[str, tuple[NewsItem, _Target]] = {}
        self.targets: dict[str, _Target] = {}
        self.removed: frozenset[str] = frozenset()
        self.clusters: dict[str, tuple[NewsItem, tuple[_Target, ...], Cluster]] = {}


class ClusterJoin:
    """Joins ``related`` lists to the items they mean. Equal members are one object, however many clusters hold them.

    Args:
        items: Every item that is not removed.
        removed: Link keys of removed items: they are nobody's members.
        has_page: Whether an item has a page on this site.
        story_of: Returns the story that the file of the item with this slug names: its reports are members, too.
        web: The links of these items and of removed ones.
        memory: Of the last join; it is this one's from now on.
    """

    def __init__(
        self,
        items: Sequence[NewsItem],
        *,
        removed: frozenset[str],
        has_page: Callable[[NewsItem], bool],
        story_of: Callable[[str], Story | None] = lambda _: None,
        web: Web,
        memory: ClusterMemory | None = None,
    ) -> None:
        memory = memory or ClusterMemory()
        known, self._known, self._memory = memory.targets_of, memory.clusters, memory
        targets_of: dict[str, tuple[NewsItem, _Target]] = {}
        for item in items:
            found, is_paged = known.get(item.slug), has_page(item)
            if found is None or found[0] is not item or found[1].member.has_page is not is_paged:
                found = (item, _target(item, key=web.key(item), has_page=is_paged))
            targets_of[item.slug] = found
        self._web = web
        index = link_index(items, keys_of=lambda item: web.own[item.slug])
        self._targets = {key: targets_of[item.slug][1] for key, item in index.items()}
        self._of_slug = targets_of
        self._removed = removed
        self._story_of = story_of
        self._reports_of: dict[str, tuple[_Target, ...]] = {}
        self._facts_of: dict[str, bytes] = {}
        old, new = memory.targets, self._targets
        moved = frozenset(key for key in old.keys() | new.keys() if old.get(key) is not new.get(key))
        # Link keys that mean something else than they meant to the last join.
        self._changed = moved | (memory.removed ^ removed)
        memory.targets_of, memory.targets, memory.removed, memory.clusters = targets_of, new, removed, {}

    def cluster(self, item: NewsItem) -> Cluster:
        """Return the story that *item* belongs to, seen from it: itself and removed items left out."""
        known, story = self._known.get(item.slug), self._story(item)
        is_known = known is not None and known[0] is item and known[1] == story
        if known is None or not is_known or not self._changed.isdisjoint(link.key for link in item.related):
            known = (item, story, self._make(item))
        self._memory.clusters[item.slug] = known
        return known[2]

    def is_covered(self, item: NewsItem) -> bool:
        """Whether the story of *item* has other reports: as :meth:`cluster` says, which works out all of it."""
        return any(True for _ in self._reports(item))

    def leads(self, item: NewsItem) -> bool:
        """Whether *item* leads its story: no other report of it in the archive stands before it."""
        if not self._is_led(item):
            return True
        own = self._of_slug[item.slug][1].preference
        return not any(isinstance(report, _Target) and report.preference < own for report in self._reports(item))

    def _is_led(self, item: NewsItem) -> bool:
        """Whether *item* asks who leads its story. Where links alone make it, one with heat of its own does not."""
        return item.heat < 0 or bool(self._story(item))

    def _story(self, item: NewsItem) -> tuple[_Target, ...]:
        """Return the reports of the story of *item*, itself among them, where a file names it."""
        story = self._story_of(item.slug)
        if story is None:
            return ()
        found = self._reports_of.get(story.id)
        if found is None:
            reports = (self._of_slug[member.slug][1] for member in story.members)
            # Of two items with one link the same one stands here that a link leads to.
            found = self._reports_of[story.id] = tuple(self._targets.get(one.key, one) for one in reports)
        return found

    def _reports(self, item: NewsItem) -> Iterator[RelatedLink | _Target]:
        """Yield the other reports of *item*'s story, some perhaps twice: items, and links out of the archive."""
        own_key = self._web.key(item)
        for link in item.related:
            target = self._targets.get(link.key)
            if target is None:
                if link.key not in self._removed:
                    yield link
            elif target.member.slug != item.slug and not (own_key and target.key == own_key):
                yield target
        for target in self._story(item):
            if target.member.slug != item.slug and not (own_key and target.key == own_key):
                yield target

    def elsewhere(self, item: NewsItem) -> Iterator[tuple[str, Member]]:
        """Yield the reports that *item* names and the archive does not have, each with its link key."""
        if item.slug in self._web.leads_out:
            for link in item.related:
                if link.key not in self._targets and link.key not in self._removed:
                    yield link.key, _foreign(link)

    def facts(self, item: NewsItem) -> bytes:
        """Return what the links of *item* mean here: nothing else but the item itself decides what its story is.

        What they name in the archive is there with all that others in its group name: too much, but worked out once.
        """
        own, others, story = self._group_facts(item), self._web.beyond.get(item.slug), self._story(item)
        if not others and not story:
            return own
        return b"".join((own, *map(self._meaning, others or ()), *(target.meaning for target in story)))

    def _group_facts(self, item: NewsItem) -> bytes:
        """Return the same of all links within the group of *item*, worked out once for all of it."""
        group = self._web.group_of.get(item.slug)
        if group is None:
            return b""
        known = self._facts_of.get(group[0])
        if known is None:
            known = self._facts_of[group[0]] = digest_of(b"".join(map(self._meaning, group)))
        return known

    def _meaning(self, slug: str) -> bytes:
        known = self._of_slug.get(slug)
        return known[1].meaning if known else _REMOVED

    def _make(self, item: NewsItem) -> Cluster:
        lead, best = item.slug, lead_order(item)
        members: dict[str, tuple[tuple[int, float, str, str], Member]] = {}
        is_led = self._is_led(item)
        for report in self._reports(item):
            if isinstance(report, _Target):
                members[report.member.slug] = (report.order, report.member)
                if is_led and report.preference < best:
                    lead, best = report.member.slug, report.preference
            elif report.key not in members:
                foreign = _foreign(report)
                members[report.key] = (_by_quality(foreign), foreign)
        # The order ends with the slug or the link, so two members never compare.
        ordered = tuple(member for _, member in sorted(members.values()))
        return Cluster(slug=item.slug, lead=lead, members=ordered, slugs=tuple(m.slug for m in ordered if m.slug))


class Clusters(dict[str, Cluster]):  # noqa: PLW1641 - as any dict
    """Slug → the story, worked out when it is asked for: a build that has nothing to write asks for none.

    Args:
        items: Those whose stories may be asked for.
        join: Called once, at the first question.
    """

    def __init__(self, items: Iterable[NewsItem], join: Callable[[], ClusterJoin]) -> None:
        super().__init__()
        self._items = {item.slug: item for item in items}
        self._make_join = join
        self._covered: dict[str, bool] = {}
        self._leading: dict[str, bool] = {}

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

    def leads(self, slug: str) -> bool:
        """Whether an item leads a story that others reported, too; asking does not work it out."""
        found = self._leading.get(slug)
        if found is None:
            found = self._leading[slug] = self.is_covered(slug) and self._join.leads(self._items[slug])
        return found

    def elsewhere(self, item: NewsItem) -> Iterator[tuple[str, Member]]:
        """Yield what *item* names and the archive does not have: see :meth:`ClusterJoin.elsewhere`."""
        return self._join.elsewhere(item)

    def facts(self, slug: str) -> bytes:
        """Return what a story is made from, beside its item: see :meth:`ClusterJoin.facts`."""
        return self._join.facts(self._items[slug])

    def all(self) -> tuple[Cluster, ...]:
        """Return every story, in the order of the items."""
        return tuple(self[slug] for slug in self._items)

    def __eq__(self, other: object) -> bool:
        """Whether the same stories can be asked for."""
        return isinstance(other, Clusters) and self._items.keys() == other._items.keys() and self.all() == other.all()


def member_of(item: NewsItem, *, has_page: bool) -> Member:
    """Return *item* as one of the reports of a story."""
    return Member(
        slug=item.slug,
        has_page=has_page,
        address=item.address,
        url=item.url,
        title=item.title,
        date=item.date,
        provider=item.provider,
        quality=item.quality,
        lang=item.lang,
    )


def _target(item: NewsItem, *, key: str, has_page: bool) -> _Target:
    member = member_of(item, has_page=has_page)
    # All that the rest is made from; what it is made into takes three times as long to encode.
    meaning = digest_of(_ENCODER.encode((member, item.heat, item.curated.pin)))
    return _Target(member, key, _by_quality(member), lead_order(item), meaning)


def lead_order(item: NewsItem) -> tuple[bool, int, int, float, str]:
    """Sort key of who stands for a story: whom a person pinned, the one with its heat, then the best report."""
    return (not item.curated.pin, -item.heat, -item.quality, *newest_first(item))


def _foreign(link: RelatedLink) -> Member:
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


def _by_quality(member: Member) -> tuple[int, float, str, str]:
    return (-member.quality, -(member.date.timestamp() if member.date else 0), member.slug, member.url)


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
    items: Iterable[NewsItem], clusters: Mapping[str, Cluster], *, shown: set[str], limit: int | None = None
) -> list[NewsItem]:
    """Return *items* in order, each story once: an item is left out when its story stands there already.

    Args:
        clusters: By slug, for every item.
        shown: Slugs seen so far; grows by what is returned and by the members of its clusters.
        limit: So many are enough; None takes all.
    """
    kept: dict[str, NewsItem] = {}
    for item in items:
        if limit is not None and len(kept) >= limit:
            break
        members = clusters[item.slug].slugs
        # Lists are not always mutual: a report may know of one that does not know of it.
        if item.slug in shown or not kept.keys().isdisjoint(members):
            continue
        kept[item.slug] = item
        shown.add(item.slug)
        shown.update(members)
    return list(kept.values())
