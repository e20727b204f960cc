"""Moments as front matter holds them, made aware."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, tzinfo
from typing import Final

_FORM: Final = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|z|[-+]\d{2}:?\d{2})?)?\Z"
)
_USUAL_CHARS: Final = 20
# Years with four digits that can be reckoned with: a year before the first, or a zone after the last, is none.
YEARS: Final = range(1000, 9990)
DATE_HINT: Final = "use YYYY-MM-DDThh:mm:ssZ, e.g. 2026-03-02T08:00:00Z"


def parse_date(value: object, *, tz: tzinfo) -> datetime | None:
    """Return the moment *value* names, as aware UTC; None when it names none between the years 1000 and 9989.

    Args:
        value: What YAML made of it: a datetime, a date, or text in ISO 8601 (a time zone is optional) or in one of
            the forms of :mod:`.foreign_dates`.
        tz: The site's zone, for values without one; a date without time is that day's midnight there.
    """
    if isinstance(value, str):
        value = _parse_text(value.strip())
    elif isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime):
        return None
    if value.tzinfo is not UTC:
        try:
            aware = value if value.tzinfo else value.replace(tzinfo=tz)
            value = aware.astimezone(UTC)
        except (OverflowError, ValueError):
            return None
    if value.microsecond:
        value = value.replace(microsecond=0)
    return value if value.year in YEARS else None


def date_hint(value: object) -> str:
    """Return what to do about *value*, which is no date."""
    from .foreign_dates import hint_for  # noqa: PLC0415 - as below

    return hint_for(value, DATE_HINT)


def _parse_text(text: str) -> datetime | None:
    if len(text) == _USUAL_CHARS and text[4::3] == "--T::Z":  # 2026-03-02T08:00:00Z, as most archives write
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    match = _FORM.match(text)
    if not match:
        return _parse_foreign(text)
    year, month, day, hour, minute, second, zone = match.groups()
    clock = f"{int(hour or 0):02}:{minute or '00'}:{second or '00'}"
    zone = {"Z": "+00:00", "z": "+00:00"}.get(zone or "", zone or "")
    try:
        return datetime.fromisoformat(f"{year}-{int(month):02}-{int(day):02}T{clock}{zone}")
    except ValueError:  # or midnight at the end of a day
        return _parse_foreign(text)


def _parse_foreign(text: str) -> datetime | None:
    # Late: no date of most archives is written so, and those forms take 15 ms to be compiled.
    from .foreign_dates import parse_foreign  # noqa: PLC0415

    return parse_foreign(text)
