"""How alike two reports are: what they share, weighed by one table."""

from __future__ import annotations

import math
import operator
from typing import TYPE_CHECKING, Final

from .weights import BIAS, CERTAIN, SAME_PICTURE, WEIGHTS

if TYPE_CHECKING:
    from .rarity import Profile

# Reports within so many hours are equally near in time; and feeds that give days only are not nearer than that.
NEAR_HOURS: Final = 3.0
_TOP: Final = 3


def evidence(one: Profile, other: Profile) -> tuple[float, ...]:
    """Return what two reports share, in the order of :data:`.weights.WEIGHTS`; docs/explanation/stories-grouping.md.

    Args:
        one: The later of the two; rarity is as its time has it.
    """
    own, theirs = one.rarity, other.rarity
    shared = own.keys() & theirs.keys()
    rarities = sorted([own[word] for word in shared], reverse=True)
    total = sum(rarities)
    most = one.most
    in_both_titles = sum([own[word] ** 2 for word in one.title & other.title])
    said = sum([own[word] for word in one.title if word in theirs]) / one.title_sum
    answered = sum([theirs[word] for word in other.title if word in own]) / other.title_sum
    cosine = sum([one.weight[word] * other.weight[word] for word in shared]) / (one.length * other.length)
    top = rarities[:_TOP] + [0] * _TOP
    return (
        cosine,
        math.sqrt(cosine),
        in_both_titles / (one.title_length * other.title_length),
        min(said, answered),
        max(said, answered),
        total / min(one.sum, other.sum),
        math.sqrt(total / most),
        top[0] / most,
        top[1] / most,
        top[2] / most,
        math.log1p(max(abs(one.second - other.second) / 3600, NEAR_HOURS)),
    )


def likeness(one: Profile, other: Profile, *, is_same_link: bool = False, is_same_picture: bool = False) -> int:
    """Return how sure it is that two reports tell the same story, from 0 to :data:`.weights.CERTAIN`."""
    if is_same_link:
        return CERTAIN
    logit = BIAS + sum(map(operator.mul, WEIGHTS.values(), evidence(one, other)))
    if is_same_picture:
        logit += SAME_PICTURE
    return round(CERTAIN / (1 + math.exp(-logit)))
