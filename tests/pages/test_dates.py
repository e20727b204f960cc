"""Moments written out: in the site's zone and language."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from pelican.plugins.news_digest.pages.dates import DateWriter, choose_locale, iso
from tests.builders import make_date

MOMENT = make_date("2021-08-27T22:33")


def writer(zone: str = "UTC", lang: str = "en", override: str = "") -> DateWriter:
    """Return who writes dates for a site."""
    return DateWriter(tz=ZoneInfo(zone), locale=choose_locale(lang, override))


@pytest.mark.parametrize(
    ("day", "clock", "zone"),
    [
        ("27 Aug 2021", "22:33", "UTC"),
        ("27 Aug 2021", "23:33", "Europe/London"),
        ("28 Aug 2021", "07:33", "Asia/Tokyo"),
    ],
)
def test_moment_is_written_in_the_sites_zone(day: str, clock: str, zone: str):
    """Readers see their own day and hour."""
    view = writer(zone).time(MOMENT)
    assert (day, clock) == (view.day, view.clock)
    assert day in view.text
    assert clock in view.text


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_machines_read_utc(zone: str):
    """The datetime attribute is the same moment everywhere."""
    assert "2021-08-27T22:33:00Z" == writer(zone).time(MOMENT).iso


def test_iso_converts_other_offsets():
    """A moment with an offset is written as UTC."""
    assert "2021-08-27T22:33:00Z" == iso(MOMENT.astimezone(ZoneInfo("Asia/Kolkata")))


@pytest.mark.parametrize(
    ("expected", "lang", "override"),
    [
        ("Friday 27 August 2021", "en", ""),
        ("Friday, August 27, 2021", "en", "en_US"),
        ("Friday, August 27, 2021", "en-US", ""),
        ("Freitag, 27. August 2021", "de", ""),
        ("Freitag, 27. August 2021", "de-DE", ""),
        ("vendredi 27 août 2021", "fr", ""),
    ],
)
def test_days_are_written_in_the_sites_language(expected: str, lang: str, override: str):
    """The language decides, unless the owner names a locale."""
    assert expected == writer(lang=lang, override=override).long_day(MOMENT.date())


def test_unknown_language_is_english():
    """A language that nobody knows does not stop a build."""
    assert "27 Aug 2021" == writer(lang="tlh").short_day(MOMENT.date())
    assert "27 Aug 2021" == writer(lang="not a language").short_day(MOMENT.date())


def test_unknown_override_falls_back_to_the_language():
    """A mistyped locale leaves the site's language."""
    assert "27.08.2021" == writer(lang="de", override="xx_YY").short_day(MOMENT.date())


def test_text_of_a_locale_with_quoted_words_has_no_quotation_marks():
    """Patterns quote their words; readers see the words."""
    for lang in ("de", "fr", "es", "pt", "pl", "ja", "sv"):
        assert "'" not in writer(lang=lang).time(MOMENT).text
        assert "{" not in writer(lang=lang).time(MOMENT).text


def test_day_of_a_moment_is_that_of_the_zone():
    """Midnight falls where the site says."""
    assert 28 == writer("Asia/Tokyo").day_of(MOMENT).day
