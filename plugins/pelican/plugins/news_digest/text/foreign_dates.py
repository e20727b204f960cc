"""Moments as databases, feeds and the printers of programming languages write them; never guessed.

Asked only where a text is not written as nearly all are (:mod:`.dates`). A form is read when it has one meaning: the
name of a month, or the year first. ``03/04/2026`` has two.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final

MAX_CHARS: Final = 80
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH_NAMES: Final = ("january february march april may june july august september october november december").split()
_DAYS: Final = "mon tue wed thu fri sat sun".split()
_DAY_NAMES: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_NOON: Final = 12
_HOURS: Final = 24
_CENTURY: Final = 100
# RFC 2822, 4.3: two digits below fifty are of this century.
_OF_THIS_CENTURY: Final = 50
# What RFC 822 defines. Elsewhere `EST` is Australia's as well, and `CST` China's.
_ZONES_822: Final = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_UNIVERSAL: Final = frozenset({"Z", "UTC", "GMT", "UT"})

_CLOCK: Final = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"
)
# What goes on after an offset only names it: Go's `+0100 CET`, JavaScript's `(Coordinated Universal Time)`, Java's
# `[Europe/Paris]`.
_ZONE: Final = (
    r"(?:\s*(?:(?:GMT|UTC)?(?P<sign>[-+\u2212])(?P<zh>\d\d)(?::?(?P<zm>\d\d))?(?:\s*(?:[A-Z]{2,5}|\[[\w/+-]+\]))?"
    r"|(?P<zone>[A-Za-z]{1,5})(?:\[[\w/+-]+\])?)(?:\s*\([^()]*\))?)?"
)
_DAY_NAME: Final = r"(?:(?P<weekday>[A-Za-z]{3,9})\.?,?\s+)?"
_ORDINAL: Final = r"(?:st|nd|rd|th)?"
# Year first: `2026-03-14 08:00:00+00`, `2026/03/14`, `2026.03.14 08:00 UTC`, `2026-03-14T08Z`.
_YEAR_FIRST: Final = re.compile(
    rf"(?P<year>\d{{4}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})"
    rf"(?:(?:[Tt]|\s+){_CLOCK}{_ZONE}|[Tt](?P<uhour>\d\d)(?P<uzone>Z)?)?",
    re.ASCII,
)
# `20260314T080000Z`, `20260314`, `2026-W11-6`, `2026W116T0800`, `2026-073`.
_BASIC: Final = re.compile(
    r"(?P<date>\d{8}|\d{4}-?W\d\d(?:-?[1-7])?|(?P<oy>\d{4})-(?P<od>\d{3}))"
    r"(?:(?:T|t| )(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?)?" + _ZONE + r")?",
    re.ASCII,
)
# `Sat, 14 Mar 2026 08:00:00 GMT`, `14-Mar-2026`, `14/Mar/2026:08:00:00 +0000`, `14th March 2026`.
_DAY_FIRST: Final = re.compile(
    rf"{_DAY_NAME}(?P<day>\d{{1,2}}){_ORDINAL}(?P<mark>[\s/-])\s*(?P<name>[A-Za-z]{{3,9}})\.?,?[\s/-]\s*"
    rf"(?P<year>\d{{4}}|\d\d)(?:(?::|,?\s+(?:at\s+)?){_CLOCK}{_ZONE})?",
    re.ASCII,
)
# `Sat Mar 14 08:00:00 UTC 2026`, `Sat Mar 14 2026 08:00:00 GMT+0000`, `March 14, 2026, 8:00 PM`.
_MONTH_FIRST: Final = re.compile(
    rf"{_DAY_NAME}(?P<name>[A-Za-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}}){_ORDINAL}"
    rf"(?:,?\s+(?P<year>\d{{4}})(?:,?\s+(?:at\s+)?{_CLOCK}{_ZONE})?"
    rf"|\s+{_CLOCK.replace('?P<', '?P<u')}(?:\s+(?P<uzone>[A-Z]{{1,5}}))?\s+(?P<uyear>\d{{4}})"
    r"(?:\s+(?P<usign>[-+])(?P<uzh>\d\d):?(?P<uzm>\d\d))?)",
    re.ASCII,
)
_SLASHED: Final = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{2}|\d{4})\b")
_NAMED_ZONE: Final = re.compile(r"\d\s*([A-Za-z]{2,5})\s*(?:\d{4})?\Z")
# Seconds and milliseconds since 1970, of this century.
_EPOCH: Final = re.compile(r"@?(\d{10})(?:\d{3})?(?:\.\d+)?\Z", re.ASCII)
_WEEKDAY: Final = re.compile(r"([A-Za-z]{3,9})\.?,?\s+(?=.)")


def parse_foreign(text: str) -> datetime | None:
    """Return the moment that *text* names, without a zone where it has none; None for what has no one meaning.

    Args:
        text: Without spaces at its ends.
    """
    if len(text) > MAX_CHARS:
        return None
    try:
        for form, is_822 in ((_YEAR_FIRST, False), (_BASIC, False), (_DAY_FIRST, True), (_MONTH_FIRST, False)):
            match = form.fullmatch(text)
            if match:
                return _moment(match.groupdict(), is_822=is_822)
    except (ValueError, OverflowError):  # the thirteenth month, the twenty-fifth hour
        return None
    return None


def _moment(found: dict[str, str | None], *, is_822: bool) -> datetime | None:
    # C's order has its groups under other names, since it comes second in one pattern.
    part = {name: found.get(name) or found.get(f"u{name}") or "" for name in (*found, "year", "hour", "zone", "sign")}
    day = _day(part)
    weekday = part.get("weekday", "").lower()
    if day is None or (weekday and weekday not in {_DAYS[day.weekday()], _DAY_NAMES[day.weekday()]}):
        return None
    if len(part["year"]) == len("26") and not weekday:  # nothing confirms which century
        return None
    return _in_zone(day + _clock(part), part, is_822=is_822 and bool(weekday))


def _in_zone(moment: datetime, part: dict[str, str], *, is_822: bool) -> datetime | None:
    """Return *moment* in the zone that is written behind it; None for one of which there are several."""
    sign, zone = part["sign"], part["zone"].upper()
    if sign:
        offset = timedelta(hours=int(part["zh"]), minutes=int(part["zm"] or 0))
        return moment.replace(tzinfo=timezone(offset if sign == "+" else -offset))
    if not zone:
        return moment
    if zone in _UNIVERSAL:
        return moment.replace(tzinfo=UTC)
    return moment.replace(tzinfo=timezone(timedelta(hours=_ZONES_822[zone]))) if is_822 and zone in _ZONES_822 else None


def _day(part: dict[str, str]) -> datetime | None:
    """Return midnight of the day."""
    if part.get("od"):
        day = datetime(int(part["oy"]), 1, 1) + timedelta(days=int(part["od"]) - 1)  # noqa: DTZ001 - zones come later
        return day if day.year == int(part["oy"]) else None
    if part.get("date"):
        return datetime.fromisoformat(part["date"])
    year, name = int(part["year"]), part.get("name", "").lower()
    if len(part["year"]) == len("26"):
        year += 20 * _CENTURY if year < _OF_THIS_CENTURY else 19 * _CENTURY
    if name:
        if name == "sept":
            name = "sep"
        if name not in _MONTHS and name not in _MONTH_NAMES:
            return None
        month = _MONTHS.index(name[:3]) + 1
    else:
        month = int(part["month"])
    return datetime(year, month, int(part["day"]))  # noqa: DTZ001 - zones come later


def _clock(part: dict[str, str]) -> timedelta:
    """Return how long after midnight."""
    hour, minute, second = (int(part.get(name) or 0) for name in ("hour", "minute", "second"))
    half = part.get("half", "").lower()
    if half:
        if not 1 <= hour <= _NOON:
            raise ValueError(hour)
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    # Midnight at the end of a day, and a second that the Earth was late: ISO 8601 and RFC 3339 have both.
    if minute > 59 or second > 60 or hour > _HOURS or (hour == _HOURS and (minute or second)):  # noqa: PLR2004 - a clock's
        raise ValueError(minute)
    return timedelta(hours=hour, minutes=minute, seconds=second)


def hint_for(value: object, usual: str) -> str:
    """Return how to write the date that somebody meant by *value*, which is none; *usual* where nothing is known."""
    text = str(value).strip()
    epoch = _EPOCH.match(text)
    if epoch:
        meant = datetime.fromtimestamp(int(epoch[1]), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return f"a number is not a date; if it counts from 1970, write {meant}"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"a number is not a date; {usual}"
    weekday = _WEEKDAY.match(text)
    rest = parse_foreign(text[weekday.end() :]) if weekday else None
    if weekday and rest and weekday[1].lower() in {*_DAYS, *_DAY_NAMES}:
        return f"that day is a {_DAY_NAMES[rest.weekday()].title()}; fix the date, or leave out the name of the day"
    slashed = _SLASHED.match(text)
    if slashed:
        return f"ambiguous: which is the day, which the month? Write the year first: {usual}"
    zone = _NAMED_ZONE.search(text)
    if zone and zone[1].upper() not in {*_UNIVERSAL, "AM", "PM"}:
        return f"{zone[1]} is the name of several time zones, or of none; write the offset, as in T08:00:00+01:00"
    return usual
