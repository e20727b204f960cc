"""When reports came, on one line: a tick each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from .views.story import StripView

if TYPE_CHECKING:
    from .dates import DateWriter

WIDTH: Final = 120
HEIGHT: Final = 16
LEAST_REPORTS: Final = 3


def strip_of(moments: Sequence[datetime], *, mark: datetime | None = None, dates: DateWriter) -> StripView | None:
    """Return the reports that came at *moments*, which are in order; None where there is nothing to see.

    Args:
        mark: One of them that stands out.
    """
    if len(moments) < LEAST_REPORTS or moments[0] == moments[-1]:
        return None
    first, span = moments[0], (moments[-1] - moments[0]).total_seconds()

    def place(moment: datetime) -> int:
        return round((WIDTH - 2) * (moment - first).total_seconds() / span) + 1

    return StripView(
        width=WIDTH,
        height=HEIGHT,
        ticks=tuple(sorted(set(map(place, moments)))),
        mark=place(mark) if mark else -1,
        first=dates.time(first).day,
        last=dates.time(moments[-1]).day,
    )
