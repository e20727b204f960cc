"""Why a story is where it is: the sum of its quality, as ranking makes it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ...languages import ENGLISH, Words
from ..incoming.sources import weights_of
from ..ranking.quality import points_of, quality_parts, total

if TYPE_CHECKING:
    from .shelf import Group


class Reasons(msgspec.Struct, frozen=True, kw_only=True):
    """How a site sums up quality.

    Attributes:
        weights: Feed → what it adds.
    """

    points: dict[str, int]
    weights: dict[str, int] = {}

    def of(self, group: Group, words: Words = ENGLISH) -> tuple[str, ...]:
        """Return the lines of the sum for the lead of *group*; none where somebody said the quality."""
        item = group.lead.item
        first = min(group.reports, key=lambda report: (report.item.date, report.item.slug))
        for is_terse in (False, True):  # of its source only the whole archive knows it
            parts = quality_parts(
                item,
                points=self.points,
                is_first=bool(group.others) and first is group.lead,
                is_terse=is_terse,
                weight=self.weights.get(item.imported_from, 0),
            )
            if item.curated.quality is None and item.quality == total(parts):
                return tuple(f"{part.points:+} {words.say(part.reason)}".replace("-", "−", 1) for part in parts)
        return ()


def reasons_of(quality: Iterable[str], *, settings: Path) -> Reasons:
    """Return how a site sums up quality: by ``DIGEST_QUALITY``, and the ``sources.yaml`` beside its settings file.

    Raises:
        SettingError: *quality* is not understood.
    """
    return Reasons(points=points_of(quality), weights=weights_of(settings))
