"""Stories: what several items report, each under a name that outlives its leader. See docs/decisions/0070.

An item that names its story reports that one. The others are grouped by their ``related`` lists, where both sides
say so; such a group is called after its oldest report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from msgspec.structs import replace

from ..disk.files import digest_of
from ..errors import Diagnostic, diagnose
from ..frontmatter.items.convert import POINTS_PER_REPORT
from ..model import NewsItem, Status, Story, StoryRecord
from ..naming.names import story_name
from ..naming.places import NOTHING, Known, Settled
from ..text.address import link_key
from .clusters import drop_repeats
from .reports import lead_order
from .web import Web, is_present, oldest_first, own_keys, web_of

# So many reports of each story are remembered, to find it again under another name.
WITNESSES: Final = 3
REPORTS: Final = 2


class Stories:  # noqa: PLW1641 - as Clusters
    """Every story of one build, made when somebody asks.

    Args:
        items: At least those that *found* knows.
        records: In the order of their files' paths.
        reports: So many reports make a page.
        is_published: Whether an item has a place in lists.
        known: Which names have ended, each with a report of what was called so; and what the last build's reports
            belonged to.
    """

    def __init__(
        self,
        items: Iterable[NewsItem],
        found: Found,
        *,
        records: Sequence[StoryRecord] = (),
        reports: int = REPORTS,
        is_published: Callable[[NewsItem], bool],
        known: Known = NOTHING,
    ) -> None:
        self._known = known
        self._items = items
        self._found = found
        self._records = records
        self._reports = reports
        self._is_published = is_published

    def of(self, slug: str) -> Story | None:
        """Return the story that the item *slug* reports; None: none, or the item is hidden."""
        story_id = self._found.id_of.get(slug)
        return self.by_id[story_id] if story_id is not None else None

    def named_of(self, slug: str) -> Story | None:
        """Return the same if a file names the story."""
        return self.of(slug) if self._found.id_of.get(slug) in self._found.named else None

    def slugs_of(self, story: Story) -> tuple[str, ...]:
        """Return the slugs of all that report *story*: those whose address another one has are among them."""
        return self._found.reports[story.id]

    @cached_property
    def by_id(self) -> dict[str, Story]:
        """Id → story, in the order of ids; stories of one report, which have no page, are among them."""
        found, records = self._found, self._record_of
        former: dict[str, list[str]] = {}
        for ended, story_id in self.former.items():
            former.setdefault(story_id, []).append(ended)
        return {
            story_id: Story(
                id=story_id,
                members=members,
                lead=_lead(members),
                record=records.get(story_id),
                former=tuple(former.get(story_id, ())),
                has_page=story_id in self._paged,
                is_named=story_id in found.named,
            )
            for story_id, members in self._members.items()
        }

    @cached_property
    def paged(self) -> tuple[Story, ...]:
        """The stories that have a page, in the order of their ids."""
        return tuple(story for story in self.by_id.values() if story.has_page)

    @cached_property
    def former(self) -> dict[str, str]:
        """Ended id → id of the story with a page that its address leads to, in the order of ended ids.

        What a record says comes before what is written down, and that before what follows from a group's reports.
        """
        claims = self._claims
        found = {}
        for ended in claims:
            story_id, seen = ended, {ended}
            while story_id not in self._paged and claims.get(story_id, ended) not in seen:
                story_id = claims[story_id]
                seen.add(story_id)
            if story_id != ended and story_id in self._paged:
                found[ended] = story_id
        for ended, slug in self._ended.items():
            story_id = self._found.id_of.get(slug, "")
            if ended not in claims and story_id in self._paged:
                found[ended] = story_id
        for story_id, slug in self._found.next_oldest.items():
            # Without its oldest report it had a page of another name only if enough were left for one.
            if story_id in self._paged and len(self._found.reports[story_id]) > self._reports:
                name = story_name(slug)
                if name and name not in self._found.reports and name not in claims:
                    found.setdefault(name, story_id)
        return dict(sorted(found.items()))

    @cached_property
    def settled(self) -> Settled:
        """Names as this build gives them out: some reports of each story with its id; ended ids, each with a report."""
        names = {slug: story.id for story in self.paged for slug in self._found.reports[story.id][:WITNESSES]}
        return Settled(names, self._ended)

    @cached_property
    def left(self) -> dict[str, str]:
        """Id of a story that has no page any more → slug of a report of its that is there, and that has no other story.

        So long as that report is there; what a record says comes first.
        """
        claims, id_of = self._claims, self._found.id_of
        alone = {name: slug for name, slug in self._ended.items() if id_of.get(slug) not in self._paged}
        return {name: slug for name, slug in alone.items() if name not in claims and name not in self.former}

    @cached_property
    def _ended(self) -> dict[str, str]:
        """Ended id → slug of the report that its address leads to, or whose story it leads to."""
        known, id_of = self._known, self._found.id_of
        was: dict[str, list[str]] = {}
        for slug, story_id in known.last().items():
            if story_id not in self._paged:
                was.setdefault(story_id, []).append(slug)
        if not was and not known.lines:
            return {}
        here = frozenset(item.slug for item in self._items if is_present(item))
        found = {name: slug for name, slug in known.lines.items() if slug in here and story_name(name) == name}
        for story_id in was.keys() - found.keys() - self._claims.keys():
            # What is called after a report is over with it: the name of a file that is gone goes, too.
            own = [slug for slug in was[story_id] if story_name(slug) == story_id]
            slugs = [slug for slug in own or was[story_id] if slug in here]
            if slugs and story_name(story_id) == story_id:
                # Those that report it still, then those that report another story.
                places = {slug: (id_of.get(slug) != story_id, id_of.get(slug) not in self._paged) for slug in slugs}
                found[story_id] = min(slugs, key=lambda slug: (places[slug], slug))
        return {name: found[name] for name in sorted(found) if name not in self._paged}

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What there is to say about names that more than one has."""
        return tuple(sorted((*self._twice(), *self._wrong_claims(), *self._shared())))

    def __eq__(self, other: object) -> bool:
        """Whether the same stories can be asked for."""
        return isinstance(other, Stories) and self.by_id == other.by_id and self.former == other.former

    @cached_property
    def _members(self) -> dict[str, tuple[NewsItem, ...]]:
        by_slug, twins = {item.slug: item for item in self._items}, self._found.twins
        found = {}
        for story_id, slugs in self._found.reports.items():
            items = [by_slug[slug] for slug in slugs]
            found[story_id] = tuple(items if twins.isdisjoint(slugs) else drop_repeats(items, twins=twins))
        return found

    @cached_property
    def _paged(self) -> frozenset[str]:
        return frozenset(
            story_id
            for story_id, members in self._members.items()
            if len(members) >= self._reports and any(map(self._is_published, members))
        )

    @cached_property
    def _record_of(self) -> dict[str, StoryRecord]:
        found: dict[str, StoryRecord] = {}
        for record in sorted(self._records, key=lambda record: record.source_path):
            found.setdefault(record.id, record)
        return found

    @cached_property
    def _claims(self) -> dict[str, str]:
        """Ended id → id of the story whose record says that it was called so; of two the first in the alphabet."""
        found: dict[str, str] = {}
        for record in sorted(self._record_of.values(), key=lambda record: record.id):
            for ended in record.formerly:
                if ended != record.id:
                    found.setdefault(ended, record.id)
        return dict(sorted(found.items()))

    def _twice(self) -> Iterable[Diagnostic]:
        for record in self._records:
            first = self._record_of[record.id]
            if record is not first:
                message = f"{record.id!r} already has a record: {first.source_path}"
                yield diagnose("ND222", message, path=record.source_path, line=1, hint="keep one of the two")

    def _wrong_claims(self) -> Iterable[Diagnostic]:
        for record in self._record_of.values():
            for ended in record.formerly:
                if ended == record.id:
                    problem, hint = "is the story's own name", "remove it"
                elif ended in self._found.reports:
                    path = self._members[ended][0].source_path
                    problem, hint = f"is a story that has reports, such as {path}", "give them the new name"
                elif self._claims[ended] != record.id:
                    problem, hint = f"leads to {self._claims[ended]!r}, whose record has it too", "keep one of the two"
                else:
                    continue
                message = f"formerly: {ended!r} {problem}"
                yield diagnose("ND223", message, path=record.source_path, line=1, hint=hint)

    def _shared(self) -> Iterable[Diagnostic]:
        for story_id, (item, problem) in self._found.shared.items():
            message = f"story: {story_id!r} {problem}"
            yield diagnose("ND224", message, path=item.source_path, line=1, hint="give one of them another name")


class Found(NamedTuple):
    """Which item reports what.

    Attributes:
        reports: Id → slugs of the reports, oldest first, in the order of ids.
        id_of: Slug → id.
        named: Ids that a file names.
        next_oldest: Id of a group → the slug that it was called after before its oldest report came.
        shared: Id that two have → one of the items, and the diagnostics.
        twins: As of :class:`~.web.Web`.
    """

    reports: dict[str, tuple[str, ...]]
    id_of: dict[str, str]
    named: frozenset[str]
    next_oldest: dict[str, str]
    shared: dict[str, tuple[NewsItem, str]]
    twins: frozenset[str]


def find_stories(items: Iterable[NewsItem], web: Web | None = None) -> Found:
    """Return the stories of *items*, whose names depend neither on their order nor on their heat or rank.

    Where a file names a story as a group is called, they are one.

    Args:
        items: The whole archive; drafts are as if they were not there.
        web: Its links, where somebody else needs them, too.
    """
    given = tuple(items)
    web = web or web_of(given)
    reports: dict[str, list[NewsItem]] = {}
    for item in given:
        if item.story and is_present(item):
            reports.setdefault(item.story, []).append(item)
    for found in reports.values():
        found.sort(key=oldest_first)
    named = frozenset(reports)
    next_oldest: dict[str, str] = {}
    shared: dict[str, tuple[NewsItem, str]] = {}
    # Removed items hold together what they held together, so that no address moves; their own names are nowhere.
    by_slug = {item.slug: item for item in given}
    groups = ([i for slug in group if (i := by_slug[slug]).status is not Status.REMOVED] for group in web.groups)
    for name, group in sorted(_named_groups(filter(None, groups), shared).items()):
        if name in named:
            problem = f"is also the name of {group[0].source_path} and what it is related to: they are one story"
            shared[name] = (reports[name][0], problem)
        reports.setdefault(name, []).extend(group)
        if len(group) > 1:
            next_oldest[name] = group[1].slug
    id_of = {item.slug: story_id for story_id, found in reports.items() for item in found}
    slugs = {
        story_id: tuple([item.slug for item in (sorted(found, key=oldest_first) if story_id in named else found)])
        for story_id, found in sorted(reports.items())
    }
    return Found(slugs, id_of, named, next_oldest, shared, web.twins)


def with_heat(items: Iterable[NewsItem], found: Found) -> tuple[NewsItem, ...]:
    """Return *items*; those whose file says no heat are as hot as the other reports of their story make them.

    It is quality and 20 for each: what ``related`` lists by itself was counted when the file was read, and what its
    story knows, too, counts once.
    """
    given = tuple(items)
    if not found.named:
        return given
    by_slug = {item.slug: item for item in given}
    more: dict[str, int] = {}
    for story_id in found.named:
        reports = [by_slug[slug] for slug in found.reports[story_id]]
        others = len({link_key(item.url) or item.slug for item in reports}) - 1
        keys = {key for item in reports for key in own_keys(item)}
        for item in reports:
            if not item.has_own_heat:
                known = sum(link.key in keys for link in item.related)
                more[item.slug] = POINTS_PER_REPORT * (others - known)
    return tuple(replace(i, heat=i.heat + more[i.slug]) if more.get(i.slug) else i for i in given)


def _named_groups(
    groups: Iterable[list[NewsItem]], shared: dict[str, tuple[NewsItem, str]]
) -> dict[str, list[NewsItem]]:
    """Return each group under its name: the slug of its oldest item, as a story may be called.

    Of two that come to one name that one has it whose slug it is, else the first slug; others get a mark of their own.
    """
    named: dict[str, list[NewsItem]] = {}
    wanting = {group[0].slug: group for group in groups}
    wanted = {slug: story_name(slug) or f"story-{digest_of(slug.encode()).hex()[:12]}" for slug in wanting}
    for slug in sorted(wanting, key=lambda slug: (wanted[slug] != slug, slug)):
        name = wanted[slug]
        if name in named:
            name = f"{name}-{digest_of(slug.encode()).hex()[:12]}"
            shared[name] = (wanting[slug][0], f"is the story of {slug!r}: another one is called {wanted[slug]!r}")
        named[name] = wanting[slug]
    return named


def _lead(members: Sequence[NewsItem]) -> NewsItem:
    most = max([item.heat for item in members])
    hottest = [item for item in members if item.heat == most]
    return hottest[0] if len(hottest) == 1 else min(hottest, key=lead_order)
