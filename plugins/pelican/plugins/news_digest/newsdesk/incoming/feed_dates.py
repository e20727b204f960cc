"""Dates as feeds write them: in the standards' forms, nearly so, and with names of months in their own language."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from ...text.dates import parse_date
from ...text.plain import fold

_MAX_CHARS: Final = 100
# The last second of the year 9986.
_LAST_S: Final = 253_000_000_000
_SECONDS: Final = re.compile(r"\d{9,10}|\d{12,13}")
_MILLISECONDS_FROM: Final = 10**11
# Day, month and year in words, with whatever stands between and before them; then a time and a zone, or neither.
_WORDS: Final = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?P<day>\d{1,2})(?:\.|º|er|th|st|nd|rd)?\s+(?:de\s+)?(?P<month>[^\W\d]+)\.?,?\s+(?:de\s+)?"
    r"(?P<year>\d{4})(?:\s*г\.?)?(?:[,\s]+(?:at|um|à|alle|a las|às|kl\.?)?\s*(?P<hour>\d{1,2})[:.](?P<minute>\d\d)"
    r"(?:[:.](?P<second>\d\d))?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?(?:\s*\(\w+\))?",
    re.IGNORECASE,
)
_LANGUAGES: Final = (
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "nb", "da", "fi", "pl", "cs", "sk", "hu", "ro", "ru", "uk", "bg",
    "el", "tr", "ca", "hr", "sr", "sl", "lt", "lv", "et", "id",
)  # fmt: skip


def in_range(seconds: float) -> int | None:
    """Return *seconds* where they name a moment after 1970 and before the year 9987; zero is what clocks begin with."""
    return int(seconds) if 0 < seconds < _LAST_S else None


def moment_s(written: str, *, lang: str) -> int | None:
    """Return the moment that a feed wrote, in seconds since 1970; None where it names none. Without a zone it is UTC.

    Args:
        lang: The feed's, for names of months that mean another one in another language; ``""`` when it does not say.
    """
    text = " ".join(written[:_MAX_CHARS].split())
    if _SECONDS.fullmatch(text):
        seconds = int(text)
        return in_range(seconds / 1000 if seconds >= _MILLISECONDS_FROM else seconds)
    moment = parse_date(text, tz=UTC) or _in_words(text, lang)
    return in_range(moment.timestamp()) if moment else None


def _in_words(text: str, lang: str) -> datetime | None:
    found = _WORDS.fullmatch(text)
    month = _month(found["month"], lang) if found else 0
    if found is None or not month:
        return None
    try:
        day = datetime(int(found["year"]), month, int(found["day"]), tzinfo=_zone(found["zone"] or ""))
        clock = timedelta(
            hours=int(found["hour"] or 0), minutes=int(found["minute"] or 0), seconds=int(found["second"] or 0)
        )
        return day + clock
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> timezone:
    digits = text.replace(":", "")
    if not digits[1:].isdecimal():
        return UTC
    away = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return timezone(-away if digits[0] == "-" else away)


def _month(name: str, lang: str) -> int:
    """Return the number of a month; 0 for what is none, or means different ones where the language is not known."""
    key = fold(name)
    own = _months(lang.partition("-")[0]).get(key, 0) if lang else 0
    if own:
        return own
    meant = {month for each in _LANGUAGES if (month := _months(each).get(key, 0))}
    return meant.pop() if len(meant) == 1 else 0


@lru_cache(maxsize=64)
def _months(lang: str) -> dict[str, int]:
    # Late: few dates are written so, and Babel's data take their time.
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    try:
        months = Locale.parse(lang).months
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                plain = fold(str(name)).strip(".")
                found.setdefault(plain, number)
                found.setdefault(plain[:3], number)
    return found
