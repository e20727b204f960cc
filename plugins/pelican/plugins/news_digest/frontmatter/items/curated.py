"""The keys ``curated`` and ``ranked``: what a person decided about an item, and what ``news-digest rank`` wrote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ...model import NOT_CURATED, NOT_RANKED, Curated, Ranked
from ...text.dates import parse_date
from ...text.plain import clean_title
from .values import distinct_names, story_id, text_of
from .visibility import yes_or_no

if TYPE_CHECKING:
    from .schema import RawCurated, RawRanked


def read_curated(raw: RawCurated | None) -> Curated:
    """Return what a person decided. A ``hide`` that is neither yes nor no hides."""
    if raw is None:
        return NOT_CURATED
    return Curated(
        pin=yes_or_no(raw.pin) is True,
        hide=None if raw.hide is None else yes_or_no(raw.hide) is not False,
        story=story_id(raw.story)[0],
        title=clean_title(text_of(raw.title)),
        topics=None if raw.topics is None else distinct_names(raw.topics),
        quality=raw.quality,
    )


def read_ranked(raw: RawRanked | None) -> Ranked:
    """Return what was written."""
    if raw is None:
        return NOT_RANKED
    published = None if raw.published is None else yes_or_no(raw.published)
    return Ranked(quality=raw.quality, heat=raw.heat, published=published)


def read_imported(raw: Mapping[str, Any] | None) -> tuple[str, datetime | None]:
    """Return the feed that an item came from, and when that was; ``""`` and None where the file does not say."""
    raw = raw or {}
    return text_of(raw.get("source")).strip(), parse_date(raw.get("first_seen"), tz=UTC)
