"""How good a report is, from 0 to 100: a sum that anybody can follow. docs/explanation/quality.md tells it in words."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from ...errors import SettingError, nearest
from ...languages import later

if TYPE_CHECKING:
    from ...model import NewsItem

LEAST: Final = 0
MOST: Final = 100
# What counts how much, unless DIGEST_QUALITY says otherwise.
USUAL_POINTS: Final[Mapping[str, int]] = {
    "start": 50,
    "headline": 10,
    "excerpt": 15,
    "headlines": 15,
    "picture": 10,
    "text": 5,
    "fresh": 5,
    "first": 5,
    "shouting": -15,
    "listicle": 0,
}
# What each of them is, for who asks why.
REASONS: Final[Mapping[str, str]] = {
    "start": later("every item"),
    "headline": later("a headline of good length"),
    "excerpt": later("an excerpt that says something"),
    "headlines": later("no excerpt, as with everything of its source"),
    "picture": later("a picture"),
    "text": later("a text of its own"),
    "fresh": later("it came in within a day"),
    "first": later("the first report of its story"),
    "shouting": later("a headline that shouts"),
    "listicle": later("a headline that counts"),
}
# In columns: a character of Chinese or Japanese says as much as two of ours.
HEADLINE_COLUMNS: Final = range(20, 121)
EXCERPT_COLUMNS: Final = 60
_TERSE: Final = 0.9
FRESH: Final = timedelta(days=1)
_LISTICLE: Final = re.compile(r"(?:top\s+)?\d{1,3}\s+\w+", re.IGNORECASE)
_MANY_MARKS: Final = re.compile(r"[!?！？]{2,}")
_LETTERS_TO_SHOUT: Final = 12
# So many capitals for each small letter: names and units have some.
_SHOUTING: Final = 4
_CAPITALS: Final = string.ascii_uppercase.encode()
_SMALL: Final = string.ascii_lowercase.encode()
# Characters of two columns: Hangul, kana, Han, full-width forms.
_WIDE: Final = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\U00020000-\U0003ffff]"
)
_POINT: Final = re.compile(r"\s*(\w+)\s*[=: ]\s*(-?\d{1,3})\s*\Z")


class Part(NamedTuple):
    """One line of the sum: how many points, and for what."""

    points: int
    reason: str


def points_of(texts: Iterable[str]) -> dict[str, int]:
    """Return how much everything counts, as ``DIGEST_QUALITY`` changes it: texts such as ``picture=20``.

    Raises:
        SettingError: One names nothing that counts, or no number.
    """
    points = dict(USUAL_POINTS)
    problems = []
    for text in texts:
        match = _POINT.match(text)
        if match is None:
            problems.append(f"DIGEST_QUALITY: {text!r} is not a name and a number, such as 'picture=20'")
        elif match[1] not in points:
            near = nearest(match[1], points)
            hint = f"did you mean {near}?" if near else f"it is one of {', '.join(points)}"
            problems.append(f"DIGEST_QUALITY: {match[1]!r} counts for nothing; {hint}")
        else:
            points[match[1]] = int(match[2])
    if problems:
        raise SettingError(problems)
    return points


def quality_parts(
    item: NewsItem, *, points: Mapping[str, int], is_first: bool = False, is_terse: bool = False, weight: int = 0
) -> tuple[Part, ...]:
    """Return the lines of the sum for *item*, those that count nothing left out.

    Args:
        is_first: Whether it was the first to report a story that others report, too.
        is_terse: Whether its source has headlines alone; see :func:`terse_sources`.
        weight: What its source adds, as ``sources.yaml`` says.
    """
    names = _what_counts(item, is_first=is_first, is_terse=is_terse)
    parts = [Part(points[name], REASONS[name]) for name in names if points[name]]
    if weight:
        parts.append(Part(weight, later("the weight of its source")))
    return tuple(parts)


def _what_counts(item: NewsItem, *, is_first: bool, is_terse: bool) -> Iterator[str]:
    yield "start"
    if _columns(item.title) in HEADLINE_COLUMNS:
        yield "headline"
    if _columns(item.excerpt) >= EXCERPT_COLUMNS:
        yield "excerpt"
    elif is_terse and not item.images:
        yield "headlines"
    if item.images or item.video:
        yield "picture"
    if item.body:
        yield "text"
    if _is_fresh(item):
        yield "fresh"
    if is_first:
        yield "first"
    if _shouts(item.title):
        yield "shouting"
    if _LISTICLE.match(item.title):
        yield "listicle"


def terse_sources(items: Iterable[NewsItem]) -> frozenset[str]:
    """Return the feeds that have headlines alone: nine in ten of their items have neither an excerpt nor a picture.

    Where a source never has any, having none says nothing about an item.
    """
    all_of: Counter[str] = Counter()
    bare_of: Counter[str] = Counter()
    for item in items:
        if item.imported_from:
            all_of[item.imported_from] += 1
            bare_of[item.imported_from] += not item.images and _columns(item.excerpt) < EXCERPT_COLUMNS
    return frozenset(feed for feed, count in all_of.items() if bare_of[feed] >= _TERSE * count)


def total(parts: Iterable[Part]) -> int:
    """Return the sum, within its bounds."""
    return min(MOST, max(LEAST, sum(part.points for part in parts)))


def _is_fresh(item: NewsItem) -> bool:
    """Whether an imported item was seen soon: how old it is by now changes nothing, or files would change every day."""
    return item.first_seen is not None and item.first_seen - item.date <= FRESH


def _columns(text: str) -> int:
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def _shouts(title: str) -> bool:
    """Whether a headline is in capitals, or ends a sentence twice."""
    if _MANY_MARKS.search(title):
        return True
    # Only letters that have a small form can shout.
    if title.isascii():  # most are, and a ranking looks at all of them
        data = title.encode()
        loud, small = (len(data) - len(data.translate(None, letters)) for letters in (_CAPITALS, _SMALL))
    else:
        loud, small = sum(map(str.isupper, title)), sum(map(str.islower, title))
    return loud >= _LETTERS_TO_SHOUT and loud > _SHOUTING * small
