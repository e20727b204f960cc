"""When the reports came, drawn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.pages.dates import DateWriter, choose_locale
from pelican.plugins.news_digest.pages.stories.curve import MOST_BARS, WIDTH, curve_of
from tests.builders import make_date

if TYPE_CHECKING:
    from pelican.plugins.news_digest.pages.views.stories import CurveView

START = make_date("2026-05-01T08:00")
DATES = DateWriter(tz=ZoneInfo("UTC"), locale=choose_locale("en"))


def curve(*minutes: float) -> CurveView | None:
    """Return the curve of reports that came so many minutes after the start; the first is of a new source."""
    moments = sorted(START + timedelta(minutes=found) for found in minutes)
    return curve_of(moments, firsts=moments[:1], dates=DATES)


@pytest.mark.parametrize("minutes", [(), (0,), (0, 60), (5, 5, 5)])
def test_nothing_is_drawn_where_there_is_nothing_to_see(minutes: tuple[int, ...]):
    """Two reports are a line of text, and many of one moment are a single bar."""
    assert curve(*minutes) is None


def test_ends_are_times_within_a_day_and_days_beyond():
    """An hour is read by the clock, two years by the calendar."""
    hour, years = curve(0, 20, 60), curve(0, 1440, 2 * 365 * 1440)
    assert hour is not None
    assert years is not None
    assert ("08:00", "09:00") == (hour.first, hour.last)
    assert ("1 May 2026", "30 Apr 2028") == (years.first, years.last)


@given(st.lists(st.floats(min_value=0, max_value=60 * 1440 * 365), min_size=3, max_size=60))
def test_bars_stay_inside_and_none_is_lost(minutes: list[float]):
    """Whatever the stretch of time: a bounded number of bars, in order, inside, the highest of full height."""
    found = curve(*minutes)
    if found is None:
        return
    assert len(found.bars) <= MOST_BARS + 1
    places = [bar.x for bar in found.bars]
    assert places == sorted(places)
    assert all(0 <= bar.x and bar.x + found.bar_width <= WIDTH + found.bar_width for bar in found.bars)
    assert max(bar.height for bar in found.bars) == found.height
    assert found.bars[0].height
    assert found.bars[-1].height
