"""When the reports of a story came, drawn as bars over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ..views.stories import CurveView
from ..views.story import BarView

if TYPE_CHECKING:
    from ..dates import DateWriter

WIDTH, HEIGHT = 720, 56
LEAST_HEIGHT: Final = 5
MOST_BARS: Final = 72
LEAST_REPORTS: Final = 3
# How long one bar may stand for: what people reckon in.
_STEPS: Final = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 5, 15, 30, 60, 180, 360, 720, 1440, 2 * 1440, 7 * 1440, 14 * 1440, 30 * 1440, 91 * 1440)
)


def curve_of(moments: Sequence[datetime], *, firsts: Sequence[datetime], dates: DateWriter) -> CurveView | None:
    """Return the reports that came at *moments*, which are in order; None where there is nothing to see.

    Args:
        firsts: When a source reported for the first time.
    """
    if len(moments) < LEAST_REPORTS or moments[0] == moments[-1]:
        return None
    start, span = moments[0], moments[-1] - moments[0]
    step = next((step for step in _STEPS if span / step < MOST_BARS), span / (MOST_BARS - 1))
    count = int(span / step) + 1
    counts = [0] * count
    for moment in moments:
        counts[int((moment - start) / step)] += 1
    place = WIDTH / count
    bar_width = max(round(place * 0.8), 2)
    bars = tuple(
        BarView(x=round(number * place), height=max(round(HEIGHT * found / max(counts)), LEAST_HEIGHT) if found else 0)
        for number, found in enumerate(counts)
    )
    middle = bar_width // 2
    ticks = sorted({bars[int((moment - start) / step)].x + middle for moment in firsts})
    first, last = dates.time(moments[0]), dates.time(moments[-1])
    is_one_day = first.day == last.day
    return CurveView(
        width=WIDTH,
        height=HEIGHT,
        bar_width=bar_width,
        bars=bars,
        ticks=tuple(ticks),
        first=first.clock if is_one_day else first.day,
        last=last.clock if is_one_day else last.day,
    )
