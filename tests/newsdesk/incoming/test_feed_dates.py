"""Dates as feeds write them, in any form that a person would read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pelican.plugins.news_digest.newsdesk.incoming.feed_dates import moment_s

NOON_S = int(datetime(2026, 5, 3, 12, tzinfo=UTC).timestamp())
MIDNIGHT_S = NOON_S - 12 * 3600


@pytest.mark.parametrize(
    "written",
    [
        "Sun, 03 May 2026 12:00:00 GMT",
        "Sun, 3 May 2026 13:00:00 +0100",
        "Sun 3 May 2026 12:00",
        "2026-05-03T12:00:00Z",
        "2026-05-03 12:00",
        "1777809600",
        "1777809600000",
        "dom, 03 mag 2026 14:00:00 +0200",
        "dim., 03 mai 2026 12:00:00 +0000",
        "So, 03 Mai 2026 12:00:00 Z",
        "domingo, 3 de mayo de 2026, 12:00",
        "3 мая 2026 г., 12:00",
        "søn, 03 mai 2026 12:00:00 GMT",
        "Κυρ, 03 Μαΐ 2026 12:00:00 +00:00",
        " Sun,  03 May 2026\n12:00:00 GMT ",
    ],
)
def test_forms_that_people_read(written: str):
    """Also without a comma, with the names of another language, as a number of seconds."""
    assert NOON_S == moment_s(written, lang="")


@pytest.mark.parametrize(("expected", "lang"), [(10, "hr"), (11, "cs"), (None, "")])
def test_a_name_that_means_two_months_is_that_of_the_language(expected: int | None, lang: str):
    """A Croat's October is a Czech's November; where nobody knows who speaks, it is no date."""
    found = moment_s("1. listopad 2026", lang=lang)
    assert expected == (datetime.fromtimestamp(found, tz=UTC).month if found else None)


@pytest.mark.parametrize(
    "written", ["", "soon", "0", "99 May 2026", "Thu, 01 Jan 1970 00:00:00 GMT", "5/3/2026", "x" * 999]
)
def test_what_is_no_date_is_none(written: str):
    """Nor what clocks begin with, nor what could be March or May."""
    assert moment_s(written, lang="en") is None
