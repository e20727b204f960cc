"""Moments and days written out in the site's language; each distinct one is formatted once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_time
from babel.dates import format_interval as _format_interval
from babel.dates import format_skeleton as _format_skeleton

from .views.base import TimeView

# Pelican's DEFAULT_LANG says "en" where its theme means day before month.
_PREFERRED = {"en": "en_GB", "pt": "pt_PT"}


def choose_locale(lang: str, override: str = "") -> Locale:
    """Return the locale for *override* or, where that is empty, for the language tag *lang*; English if unknown."""
    for name in (override, _PREFERRED.get(lang, lang)):
        if name:
            try:
                return Locale.parse(name.replace("-", "_"))
            except (ValueError, UnknownLocaleError):
                continue
    return Locale.parse("en_GB")


@lru_cache(maxsize=512)
def direction_of(lang: str) -> str:
    """Return how the language of the tag *lang* is written: ``ltr``, ``rtl``, or ``""`` for none that is known."""
    try:
        return str(Locale.parse(lang.replace("-", "_")).text_direction) if lang else ""
    except (ValueError, UnknownLocaleError):
        return ""


# The CLDR sets a comma after the weekday, which no newspaper in Britain prints.
_LONG_DAY = {"en_GB": "EEEE d MMMM y"}


def shared_locale(locale: Locale) -> str:
    """Return *locale* as networks write it, ``en_GB``: a language and the territory where most of its readers are."""
    if locale.territory:
        return f"{locale.language}_{locale.territory}"
    likely = get_global("likely_subtags").get(str(locale), "")
    return f"{locale.language}_{likely.rpartition('_')[2]}" if likely else ""


# Babel takes its time, and most dates are written more than once.
_date_text = lru_cache(maxsize=8192)(format_date)
_clock_text = lru_cache(maxsize=8192)(format_time)


@lru_cache(maxsize=8192)
def format_skeleton(skeleton: str, day: date, locale: Locale) -> str:
    """Return *day* as the language writes what *skeleton* names (CLDR): ``yMMMM`` is ``August 2021``."""
    return _format_skeleton(skeleton, day, locale=locale)


@lru_cache(maxsize=8192)
def format_interval(first: date, last: date, skeleton: str, locale: Locale) -> str:
    """Return the days from *first* to *last*, likewise: ``yMMMd`` is ``23–29 Aug 2021``."""
    return _format_interval(first, last, skeleton, locale=locale)


class DateWriter:
    """Writes dates in one locale and time zone.

    Args:
        tz: The site's zone; moments come in as aware UTC.
        locale: See :func:`choose_locale`.
    """

    def __init__(self, *, tz: tzinfo, locale: Locale) -> None:
        self.tz = tz
        self.locale = locale
        self.direction = str(locale.text_direction)  # which Babel looks up each time
        self._times: dict[datetime, TimeView] = {}
        # Where CLDR's "medium" puts day and clock.
        self._moment = str(locale.datetime_formats["medium"]).replace("'", "")

    def time(self, moment: datetime) -> TimeView:
        """Return *moment* as machines and readers need it."""
        view = self._times.get(moment)
        if view is None:
            local = moment.astimezone(self.tz)
            day = self.short_day(local.date())
            clock = _clock_text(local.time().replace(second=0), "short", locale=self.locale)
            text = self._moment.replace("{1}", day).replace("{0}", clock)
            view = TimeView(iso=iso(moment), text=text, day=day, clock=clock)
            self._times[moment] = view
        return view

    def short_day(self, day: date) -> str:
        """Return ``27 Aug 2021``."""
        return _date_text(day, "medium", locale=self.locale)

    def long_day(self, day: date) -> str:
        """Return ``Friday 27 August 2021``."""
        return _date_text(day, _LONG_DAY.get(str(self.locale), "full"), locale=self.locale)

    def month(self, day: date) -> str:
        """Return ``August 2021``."""
        return format_skeleton("yMMMM", day, self.locale)

    def local(self, moment: datetime) -> str:
        """Return *moment* as ``2021-08-27T07:38:00-07:00``: in the site's zone, as the API has it."""
        return moment.astimezone(self.tz).isoformat(timespec="seconds")

    def day_of(self, moment: datetime) -> date:
        """Return the calendar day of *moment* in the site's zone."""
        return moment.astimezone(self.tz).date()


@lru_cache(maxsize=2)
def date_writer(zone: str, lang: str, override: str = "") -> DateWriter:
    """Return who writes dates for a site; what was written once need not be written again by this process.

    Args:
        zone: The name of its time zone.
        lang, override: See :func:`choose_locale`.
    """
    return DateWriter(tz=ZoneInfo(zone), locale=choose_locale(lang, override))


@lru_cache(maxsize=65536)
def iso(moment: datetime) -> str:
    """Return *moment* as ``2021-08-27T14:38:00Z``."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


WEEK = timedelta(days=7)
