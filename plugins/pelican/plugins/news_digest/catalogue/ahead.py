"""Items dated ahead of the clock, nearly always by a typing error: see docs/decisions/0045."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

import msgspec

from ..errors import Diagnostic, diagnose
from ..model import Correction, NewsItem

# Dates without a zone, clocks that are wrong by an hour, and a day that begins earlier elsewhere are no errors.
ALLOWANCE: Final = timedelta(days=1)
# What files call their dates: the format's names, and Pelican's.
_NAMES: Final = (("publishedDateTime", "date"), ("updatedDateTime", "modified"), ("corrections",))


class Place(NamedTuple):
    """Where a file has a date: what it calls it, and the 1-based line."""

    key: str
    line: int


# Of the date, of the last change, and of the corrections.
DatePlaces = tuple[Place, ...]


class Dated(msgspec.Struct, frozen=True):
    """A file that is no item and has dates: one of Pelican's own articles, or an old mail.

    Attributes:
        places: Where its dates stand, as :func:`date_places` finds them.
    """

    source_path: str
    date: datetime
    modified: datetime | None
    places: DatePlaces
    corrections: tuple[Correction, ...] = ()


def is_ahead(moment: datetime, *, clock: datetime) -> bool:
    """Whether *moment* is further ahead of *clock* than zones and inexact clocks explain."""
    return moment - ALLOWANCE > clock


def ahead_of(items: Iterable[NewsItem], *, clock: datetime) -> frozenset[str]:
    """Return the slugs of the items that are dated ahead of *clock*; none where all are: then the clock is wrong."""
    given = tuple(items)
    found = frozenset(item.slug for item in given if is_ahead(item.date, clock=clock))
    return found if len(found) < len(given) else frozenset()


def has_ahead(item: NewsItem, *, clock: datetime) -> bool:
    """Whether one of the dates of *item* is ahead of *clock*."""
    later = (item.modified, *(correction.date for correction in item.corrections[:1]))
    return is_ahead(item.date, clock=clock) or any(moment and is_ahead(moment, clock=clock) for moment in later)


def without_later(item: NewsItem, *, clock: datetime) -> NewsItem:
    """Return *item* without changes and corrections that are dated ahead of *clock*."""
    kept = tuple(correction for correction in item.corrections if not is_ahead(correction.date, clock=clock))
    modified = item.modified if item.modified and not is_ahead(item.modified, clock=clock) else None
    return msgspec.structs.replace(item, modified=modified, corrections=kept)


def ahead_diagnostics(item: NewsItem | Dated, *, clock: datetime, places: DatePlaces) -> Iterator[Diagnostic]:
    """Yield a report for each date of *item* that is ahead of *clock*. It says nothing that changes from day to day.

    Args:
        places: Where its dates stand, as :func:`date_places` finds them.
    """
    published, changed, corrected = places
    left_out = "it is left out; fix the date"
    found = (
        (published, item.date, "fix the date; until then the item appears in no list, unless all items are dated so"),
        (changed, item.modified, left_out),
        *((corrected, correction.date, left_out) for correction in item.corrections),
    )
    for place, moment, hint in found:
        if moment is not None and is_ahead(moment, clock=clock):
            message = f"{place.key}: {_utc(moment)} is more than a day ahead of the clock"
            yield diagnose("ND131", message, path=item.source_path, line=place.line, hint=hint)


def mail_diagnostic(path: str, moment: datetime, *, place: Place) -> Diagnostic:
    """Return a report that the old email at *path* is dated ahead of the clock, at *moment*."""
    message = f"{place.key}: {_utc(moment)} is more than a day ahead of the clock"
    return diagnose("ND131", message, path=path, line=place.line, hint="fix the date; until then the email is left out")


def waiting_diagnostic(item: NewsItem, *, place: Place) -> Diagnostic:
    """Return a note that *item* is a draft until its date."""
    message = f"{place.key}: a draft until {_utc(item.date)}"
    hint = "because WITH_FUTURE_DATES is False"
    return diagnose("ND132", message, path=item.source_path, line=place.line, hint=hint)


def date_places(text: str) -> DatePlaces:
    """Return where *text*, a file or its front matter, has its dates; line 1 for one that it lacks."""
    return tuple(_place(text, names) for names in _NAMES)


def _place(text: str, names: tuple[str, ...]) -> Place:
    # As the reader has it: the format's name goes before Pelican's, which may begin with a capital letter.
    for name in names:
        found = re.search(rf"^(['\"]?)({name})\1[ \t]*:", text, re.MULTILINE | re.IGNORECASE)
        if found:
            return Place(found[2], text.count("\n", 0, found.start()) + 1)
    return Place(names[0], 1)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
