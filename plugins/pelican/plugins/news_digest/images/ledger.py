"""When an address is asked, when again, and when not: decided from what is known of it, without a clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

import msgspec

from .making.store import Answer

if TYPE_CHECKING:
    from ..network.outcome import Outcome

HOUR_S: Final = 3600
DAY_S: Final = 24 * HOUR_S
# After a failure that may pass: six hours, then twice as long each time, at most a week.
FIRST_PAUSE_S: Final = 6 * HOUR_S
LONGEST_PAUSE_S: Final = 7 * DAY_S
# After one that says that there is no picture.
FINAL_PAUSE_S: Final = 30 * DAY_S


class Patience(msgspec.Struct, frozen=True, kw_only=True):
    """How often to ask.

    Attributes:
        recheck_s: How old a picture gets before its host is asked whether it changed; 0: never asked.
        retries_failed: Whether to ask now for what failed lately.
    """

    recheck_s: int
    retries_failed: bool = False


def due_addresses(
    addresses: Iterable[str],
    answers: Mapping[str, Answer],
    *,
    has_source: Mapping[str, bool],
    now_s: int,
    patience: Patience,
) -> tuple[str, ...]:
    """Return which of *addresses* are to be asked now, in order.

    Args:
        has_source: Address → whether what was fetched from it is still there.
        now_s: Seconds since 1970.
    """
    return tuple(
        address
        for address in addresses
        if _is_due(answers.get(address), has_source=has_source.get(address, False), now_s=now_s, patience=patience)
    )


def _is_due(answer: Answer | None, *, has_source: bool, now_s: int, patience: Patience) -> bool:
    if answer is None:
        return True
    if answer.problem:
        return patience.retries_failed or now_s >= answer.retry
    if not has_source:
        return True
    return bool(patience.recheck_s) and now_s >= answer.checked + patience.recheck_s


def note_outcome(old: Answer | None, outcome: Outcome, *, now_s: int) -> Answer:
    """Return what is known of an address after *outcome*. What was fetched before stays, whatever happens later."""
    if not outcome.problem:
        return Answer(
            url=outcome.url, checked=now_s, source=outcome.source, etag=outcome.etag, modified=outcome.modified
        )
    failures = 1 + (old.failures if old else 0)
    pause_s = FINAL_PAUSE_S if outcome.is_final else min(FIRST_PAUSE_S << min(failures - 1, 10), LONGEST_PAUSE_S)
    return Answer(
        url=outcome.url,
        checked=now_s,
        source=old.source if old else "",
        etag=old.etag if old else "",
        modified=old.modified if old else "",
        problem=outcome.problem,
        is_final=outcome.is_final,
        failures=failures,
        retry=now_s + max(pause_s, outcome.wait_s),
    )
