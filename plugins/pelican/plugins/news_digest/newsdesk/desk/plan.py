"""From what an editor wants to the changes of single files. Pure, and the same for the desk and the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import msgspec

from ...languages import ENGLISH, Words, later
from ..stories.ids import new_story_id
from ..stories.likeness import likeness
from ..stories.rarity import Counts
from ..stories.reports import Vocabulary, source_of
from .acts import Act, CannotError, Wanted

if TYPE_CHECKING:
    from .shelf import Group, Report, Shelf

# How many other stories, the nearest in time, are compared with one.
MOST_COMPARED: Final = 1_000
_SAID: Final = {
    Act.PUBLISH: later("Published “%(name)s”"),
    Act.HIDE: later("Hid “%(name)s”"),
    Act.PIN: later("“%(name)s” leads now"),
    Act.UNPIN: later("“%(name)s” does not lead any more"),
    Act.SPLIT: later("“%(name)s” is a story of its own now"),
    Act.RETITLE: later("Changed the headline of “%(name)s”"),
    Act.TOPICS: later("Changed the topics of “%(name)s”"),
}


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Planned changes to files, and the message when they are made."""

    wanted: tuple[Wanted, ...]
    said: str


def plan_act(act: Act, shelf: Shelf, slug: str, *, value: str = "", into: str = "", words: Words = ENGLISH) -> Plan:
    """Return what *act* on the item *slug* means.

    Args:
        value: A title, or topics; see :func:`.acts.changes_of`.
        into: For MERGE: an item of the other story.

    Raises:
        CannotError: There is no such item, or nothing to merge with or to split from.
    """
    group, report = shelf.group_of(slug), shelf.report(slug)
    if group is None or report is None:
        raise CannotError(f"there is no item {slug!r}", "its file was renamed or removed; look at the list again")
    title = report.item.title
    if act is Act.MERGE:
        return _merge(shelf, group, into, words)
    if act is Act.SPLIT:
        if not group.others:
            raise CannotError(f"“{title}” is a story of its own already")
        value = _new_name(report, shelf)
    wanted = [Wanted(path=report.item.source_path, act=act, value=value)]
    if act is Act.PIN:  # there is one lead
        pinned = (other for other in shelf.pinned if other.item.slug != slug)
        wanted += [Wanted(path=other.item.source_path, act=Act.UNPIN) for other in pinned]
    return Plan(wanted=tuple(wanted), said=words.say(_SAID[act], name=title))


def _merge(shelf: Shelf, group: Group, into: str, words: Words) -> Plan:
    """Return how *group* becomes a part of the story that *into* is in. It keeps that story's name."""
    target = shelf.group_of(into)
    if target is None:
        raise CannotError(f"there is no item {into!r}", "look at the list again")
    if target is group:
        raise CannotError(f"“{group.lead.item.title}” is part of this story already")
    name = target.story or group.story or _new_name(target.lead, shelf)
    wanted = [
        Wanted(path=report.item.source_path, act=Act.MERGE, value=name)
        for report in (*target.reports, *group.reports)
        # Who is in the story already need not be told so.
        if report.item.story != name
    ]
    said = words.say("Merged “%(name)s” into “%(other)s”", name=group.lead.item.title, other=target.lead.item.title)
    return Plan(wanted=tuple(wanted), said=said)


def _new_name(report: Report, shelf: Shelf) -> str:
    return new_story_id(report.item.title, taken=shelf.names)


def alike(group: Group, among: Iterable[Group], *, lang: str) -> list[Group]:
    """Return the others *among* those that *group* may be merged with, the likest first.

    Likeness is what ranking goes by, so what it nearly joined comes first. What is far away in time stays in order.
    """
    others = [other for other in among if other is not group]
    moment = group.lead.item.date
    near = sorted(others, key=lambda other: abs(other.lead.item.date - moment))[:MOST_COMPARED]
    vocabulary, counts = Vocabulary(), Counts()
    own, *reports = (vocabulary.report(source_of(one.lead.item, lang=lang)) for one in (group, *near))
    counts.add([own, *reports])
    profile = counts.profile(own)
    scores = {report.key: likeness(profile, counts.profile(report)) for report in reports}
    return sorted(others, key=lambda other: -scores.get(other.lead.item.slug, 0))
