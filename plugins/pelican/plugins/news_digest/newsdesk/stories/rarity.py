"""How rare words are at a time, and a report among the others of its days."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from .reports import Report

# A word that more reports have finds nothing: at least so many, and this part of all.
COMMON: Final = 12
COMMON_OF: Final = 20
# A picture that more reports have is a logo.
PICTURE_USES: Final = 4
# Among few reports all words would be frequent: they are counted as if there were so many.
FEWEST: Final = 300
_SCALE: Final = 1024
# How much more a word counts that stands in a report so often.
_OFTEN: Final = tuple(round(8 * (1 + math.log(max(count, 1)))) for count in range(9))


class Profile(NamedTuple):
    """A report among those of its time. Rarity is the logarithm of how seldom a word is there, as a whole number.

    Attributes:
        rarity: Word → rarity.
        weight: Word → rarity, more for a word that stands there often.
        sum, size: Of the rarities, and their length as a vector.
        length: The length of the weights as a vector.
        title_sum, title_length: The same of the headline's rarities.
        most: The rarity of a word that no report has.
    """

    key: str
    second: int
    rarity: dict[int, int]
    weight: dict[int, int]
    title: frozenset[int]
    links: frozenset[int]
    pictures: frozenset[int]
    sum: int
    size: float
    length: float
    title_sum: int
    title_length: float
    most: int


class Counts:
    """How many reports of the days around one have each word."""

    def __init__(self) -> None:
        self.reports = 0
        self.of_word: dict[int, int] = {}

    def add(self, reports: Sequence[Report], sign: int = 1) -> None:
        """Count *reports*; with a *sign* of -1, count them no more."""
        of_word = self.of_word
        self.reports += sign * len(reports)
        for report in reports:
            for words in (report.words, report.pictures):
                for word in words:
                    of_word[word] = of_word.get(word, 0) + sign

    def profile(self, report: Report) -> Profile:
        """Return *report* among the reports that are counted; it is one of them."""
        of_word, whole = self.of_word, _logarithm(2 * max(self.reports, FEWEST) + 2)
        rarity = {word: whole - _logarithm(2 * of_word[word] + 1) for word in report.words}
        words = report.words
        weight = {word: value * _OFTEN[min(words[word], len(_OFTEN) - 1)] for word, value in rarity.items()}
        in_title = [rarity[word] for word in report.title]
        return Profile(
            key=report.key,
            second=report.second,
            rarity=rarity,
            weight=weight,
            title=report.title,
            links=report.links,
            pictures=report.pictures,
            sum=sum(rarity.values()) or 1,
            size=math.sqrt(sum([value * value for value in rarity.values()])) or 1.0,
            length=math.sqrt(sum([value * value for value in weight.values()])) or 1.0,
            title_sum=sum(in_title) or 1,
            title_length=math.sqrt(sum([value * value for value in in_title])) or 1.0,
            most=whole,
        )

    def finders(self, profile: Profile) -> tuple[int, ...]:
        """Return what others may be found by that *profile* is like: links, pictures, words that few have."""
        most, of_word = max(COMMON, self.reports // COMMON_OF), self.of_word
        words = [word for word in profile.rarity if of_word[word] <= most]
        return (*words, *profile.links, *self.pictures(profile.pictures))

    def pictures(self, pictures: Iterable[int]) -> list[int]:
        """Return those of *pictures* that are no logos."""
        return [picture for picture in pictures if self.of_word[picture] <= PICTURE_USES]


@cache
def _logarithm(value: int) -> int:
    return round(_SCALE * math.log(value))
