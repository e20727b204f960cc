"""The web of links that an archive is: at which links each item lives, and which its ``related`` list names.

It is looked at once, for stories (:mod:`.stories`) and for who else reported it (:mod:`.clusters`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Final

import msgspec

from ..disk.files import digest_of
from ..model import NewsItem, Status
from ..text.address import link_key

if TYPE_CHECKING:
    from ..disk.sealed import Answers

# The date of an article that Pelican read is one of its own kind.
_ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=repr)


def own_keys(item: NewsItem) -> tuple[str, ...]:
    """Return the link keys at which an item lives, each once."""
    if not item.alternate_urls:  # most have no other address
        return (link_key(item.url),) if item.url else ()
    return tuple(dict.fromkeys(key for url in (item.url, *item.alternate_urls) if (key := link_key(url))))


def related_keys(item: NewsItem) -> Sequence[str]:
    """Return the link keys of an item's ``related`` list, in its order."""
    return [link.key for link in item.related] if item.related else ()


def is_present(item: NewsItem) -> bool:
    """Whether *item* may be one of the reports of a story, seen or not: it is no draft, and not removed."""
    # A set would ask a function of Python's for each hash.
    return item.status is Status.PUBLISHED or item.status is Status.UNPUBLISHED


oldest_first: Final = attrgetter("date", "slug")


class Web(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The links of an archive, drafts left out.

    Attributes:
        own: Slug → the link keys at which the item lives.
        groups: The slugs of items that links of both sides hold together, two and more, oldest first; those that name
            their story are in none.
        beyond: Slug → the slugs of what it names outside of its group, in order; those that name nothing are absent.
        leads_out: Slugs of the items that name something which is not in the archive.
        twins: Slugs of the items whose address another one has, too.
    """

    own: dict[str, tuple[str, ...]]
    groups: tuple[tuple[str, ...], ...]
    beyond: dict[str, tuple[str, ...]]
    leads_out: frozenset[str]
    twins: frozenset[str]

    @cached_property
    def group_of(self) -> dict[str, tuple[str, ...]]:
        """Slug → the slugs of its group."""
        return {slug: group for group in self.groups for slug in group}

    def key(self, item: NewsItem) -> str:
        """Return the link key of *item*'s own address; ``""``: it has none."""
        return self.own[item.slug][0] if item.url else ""


def known_web(items: Sequence[NewsItem], *, ties: Mapping[str, bytes], answers: Answers) -> Web:
    """Return the links of *items*: those of the last build, if every item is linked as it was.

    Args:
        items: The whole archive.
        ties: As of :class:`~..frontmatter.reader.Archive`.
        answers: What the last build has left.
    """
    present = (item for item in items if item.status is not Status.DRAFT)
    mark = b"".join([ties.get(item.slug) or _ties_of(item) for item in present])
    return answers.of("web", mark, lambda: web_of(items), Web)


def _ties_of(item: NewsItem) -> bytes:
    """Return the same for an article that Pelican read."""
    return digest_of(_ENCODER.encode(item))


def web_of(items: Iterable[NewsItem], *, links: Callable[[NewsItem], Collection[str]] = related_keys) -> Web:
    """Return the links of *items*, the whole archive.

    Args:
        items: With slugs that are unique.
        links: Returns the link keys of an item's ``related`` list.
    """
    present = sorted((item for item in items if item.status is not Status.DRAFT), key=oldest_first)
    own = {item.slug: own_keys(item) for item in present}
    targets = _targets(present, own, links)
    groups = _mutual_groups([item.slug for item in present if not item.story and item.slug in targets], targets)
    return Web(
        own=own,
        groups=tuple(groups),
        beyond={
            slug: tuple(sorted(filter(None, others)))
            for members, slugs in _by_group(targets, groups)
            for slug in slugs
            if (others := targets[slug] - members)
        },
        leads_out=frozenset(slug for slug, found in targets.items() if None in found),
        twins=_twins(present, own),
    )


def _twins(items: Iterable[NewsItem], own: Mapping[str, Sequence[str]]) -> frozenset[str]:
    found: set[str] = set()
    first: dict[str, str] = {}
    for item in items:
        if item.url:
            slug = item.slug
            other = first.setdefault(own[slug][0], slug)
            if other is not slug:
                found.update((slug, other))
    return frozenset(found)


def _targets(
    items: Iterable[NewsItem], own: Mapping[str, Iterable[str]], links: Callable[[NewsItem], Collection[str]]
) -> dict[str, set[str | None]]:
    """Return slug → all items that live where it links to; None is among them where a link leads elsewhere."""
    home: dict[str, str] = {}
    more: dict[str, list[str]] = {}
    for slug, keys in own.items():
        for key in keys:
            if home.setdefault(key, slug) != slug:
                more.setdefault(key, []).append(slug)
    shared = {home[key] for key in more}
    found = {}
    for item in items:
        named = links(item)
        if not named:
            continue
        # The language's own loop: an archive whose files repeat their stories names hundreds of thousands.
        targets = set(map(home.get, named))
        if not targets.isdisjoint(shared):
            targets.update(other for key in more.keys() & named for other in more[key])
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
