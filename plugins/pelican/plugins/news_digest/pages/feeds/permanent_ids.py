"""Permanent ids (RFC 4151): what an entry of a feed is known by, for as long as somebody reads the feed."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

# In ids of files whose name holds no day: since when names are given out in this way.
YEAR_OF_NAMES: Final = "2026"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)


def tag_id(day: str, name: str, *, authority: str) -> str:
    """Return the id of what *authority* called *name* on *day*: ``2021-08-27``, or a year alone."""
    return f"tag:{authority},{day}:{name}"


def named_id(place: str, stem: str, *, authority: str) -> str:
    """Return the id of a file: its name decides it, nothing that an editor corrects.

    The day in it is the one that the name begins with. Most names do; one that does not is of a year that is always
    the same, because the day in the file may be wrong and be put right.

    Args:
        place: The part of the site, such as ``news``.
        stem: The last part of the file's address there.
        authority: The host.
    """
    return tag_id(_named_day(stem) or YEAR_OF_NAMES, f"{place}/{stem}", authority=authority)


def _named_day(stem: str) -> str:
    """Return the day that *stem* begins with; ``""``: none that the calendar has."""
    found = _DAY.match(stem)
    try:
        return date.fromisoformat(found[0]).isoformat() if found else ""
    except ValueError:
        return ""
