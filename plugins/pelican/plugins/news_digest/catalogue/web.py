"""The web of links that an archive is: at which links each item lives, and which its ``related`` list names.

It is looked at once, for stories (:mod:`.stories`) and for who else reported it (:mod:`.clusters`).
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final

from ..text.address import link_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from ..model import NewsItem


def own_keys(item: NewsItem) -> tuple[str, ...]:
    """Return the link keys at which an item lives, each once."""
    if not item.alternate_urls:  # most have no other address
        return (link_key(item.url),) if item.url else ()
    return tuple(dict.fromkeys(key for url in (item.url, *item.alternate_urls) if (key := link_key(url))))


def related_keys(item: NewsItem) -> Sequence[str]:
    """Return the link keys of an item's ``related`` list, in its order."""
    return [link.key for link in item.related] if item.related else ()


oldest_first: Final = attrgetter("date", "slug")


class Web:
    """The links of *items*.

    Args:
        items: Oldest first, without drafts; slugs are unique.
        links: Returns the link keys of an item's ``related`` list.

    Attributes:
        own: Slug → the link keys at which the item lives.
        groups: The items that links of both sides hold together, two and more, oldest first; those that name their
            story are in none.
        group_of: Slug → the slugs of its group.
        beyond: Slug → the slugs of what it names outside of its group, in order; those that name nothing are absent.
        leads_out: Slugs of the items that name something which is not in the archive.
    """

    def __init__(
        self, items: Iterable[NewsItem], *, links: Callable[[NewsItem], Collection[str]] = related_keys
    ) -> None:
        known = {item.slug: item for item in items}
        self.own = {slug: own_keys(item) for slug, item in known.items()}
        targets = self._targets(known.values(), links)
        groups = _mutual_groups([slug for slug in targets if not known[slug].story], targets)
        self.groups = [[known[slug] for slug in group] for group in groups]
        self.group_of = {slug: group for group in groups for slug in group}
        self.leads_out = frozenset(slug for slug, found in targets.items() if None in found)
        self.beyond = {
            slug: tuple(sorted(filter(None, others)))
            for members, slugs in _by_group(targets, groups)
            for slug in slugs
            if (others := targets[slug] - members)
        }

    def _targets(
        self, items: Iterable[NewsItem], links: Callable[[NewsItem], Collection[str]]
    ) -> dict[str, set[str | None]]:
        """Return slug → all items that live where it links to; None is among them where a link leads elsewhere."""
        home: dict[str, str] = {}
        more: dict[str, list[str]] = {}
        for slug, own in self.own.items():
            for key in own:
                if home.setdefault(key, slug) != slug:
                    more.setdefault(key, []).append(slug)
        shared = {home[key] for key in more}
        found = {}
        for item in items:
            keys = links(item)
            if not keys:
                continue
            # The language's own loop: an archive whose files repeat their stories names hundreds of thousands.
            targets = set(map(home.get, keys))
            if not targets.isdisjoint(shared):
                targets.update(other for key in more.keys() & keys for other in more[key])
            found[item.slug] = targets
        return found


def _by_group(
    targets: Iterable[str], groups: Iterable[Iterable[str]]
) -> Iterator[tuple[frozenset[str], Iterable[str]]]:
    """Yield each group with its items, and the items that are in none."""
    alone = set(targets)
    for group in groups:
        members = frozenset(group)
        alone -= members
        yield members, group
    yield frozenset(), alone


def _mutual_groups(slugs: Sequence[str], targets: Mapping[str, set[str | None]]) -> list[tuple[str, ...]]:
    """Return the groups of *slugs* whose *targets* hold them together on both sides, in the order of *slugs*."""
    place = {slug: number for number, slug in enumerate(slugs)}
    left = set(slugs)
    groups = []
    for slug in slugs:
        if slug in left:
            left.remove(slug)
            group = [slug]
            for each in group:  # which grows
                found = [other for other in left & targets[each] if each in targets[other]]
                left.difference_update(found)
                group += found
            if len(group) > 1:
                groups.append(tuple(sorted(group, key=place.__getitem__)))
    return groups
