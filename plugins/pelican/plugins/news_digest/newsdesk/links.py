"""Which links out still lead somewhere: who is to be asked, what an answer means, and what a file is to say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from ..model import NewsItem
    from ..network.outcome import Outcome

# So many days a host may be unknown: a domain that lapsed by mistake is often bought back.
UNKNOWN_DAYS: Final = 3
_GONE: Final = frozenset({404, 410})


class Verdict(StrEnum):
    """What is known of a link."""

    ANSWERS = "answers"
    MOVED = "moved"
    GONE = "gone"
    UNCLEAR = "not known"


class LinkState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of a link when it was asked for last.

    Attributes:
        day: When that was, in UTC.
        problem: Why it led nowhere, in words; ``""``: it led somewhere.
        status: What the host answered; 0: nothing.
        moved_to: Where it leads for good; ``""``: it did not move.
        unknown_days: On how many days in a row, of those on which it was asked for, nobody knew its host.
    """

    url: str
    day: date
    problem: str = ""
    status: int = 0
    moved_to: str = ""
    unknown_days: int = 0

    @property
    def verdict(self) -> Verdict:
        """What that means."""
        if not self.problem:
            return Verdict.MOVED if self.moved_to else Verdict.ANSWERS
        is_gone = self.status in _GONE or self.unknown_days >= UNKNOWN_DAYS
        return Verdict.GONE if is_gone else Verdict.UNCLEAR


def is_due(state: LinkState | None, *, today: date, days: int) -> bool:
    """Whether a link is to be asked for: it never was, or not for *days*; every day where nothing was learnt."""
    if state is None:
        return True
    return (today - state.day).days >= (min(days, 1) if state.verdict is Verdict.UNCLEAR else days)


def note_answer(old: LinkState | None, outcome: Outcome, *, today: date) -> LinkState:
    """Return what is known of a link after *outcome*."""
    unknown_days = 0
    if outcome.is_unknown:
        unknown_days = max(1, old.unknown_days + (old.day != today)) if old else 1
    return LinkState(
        url=outcome.url,
        day=today,
        problem=outcome.problem,
        status=outcome.status,
        moved_to=outcome.moved_to,
        unknown_days=unknown_days,
    )


def news_of(items: Iterable[NewsItem], states: Mapping[str, LinkState]) -> Iterator[tuple[NewsItem, LinkState]]:
    """Yield the items whose links are not as their files say: gone, or answering again; moved; or not known."""
    for item in items:
        state = states.get(item.url)
        if state is None:
            continue
        expected = {Verdict.GONE} if item.dead else {Verdict.ANSWERS}
        if state.verdict not in expected:
            yield item, state


def dead_changes(news: Iterable[tuple[NewsItem, LinkState]]) -> dict[str, dict[str, str | None]]:
    """Return the path of each file that is to change, with what ``dead`` becomes; None: it goes.

    Only a date goes, which ``links`` wrote: who wrote ``true`` may know that what answers is another page.
    """
    changes: dict[str, dict[str, str | None]] = {}
    for item, state in news:
        if state.verdict is Verdict.GONE:
            changes[item.source_path] = {"dead": state.day.isoformat()}
        elif state.verdict is not Verdict.UNCLEAR and isinstance(item.dead, datetime):
            changes[item.source_path] = {"dead": None}
    return changes
