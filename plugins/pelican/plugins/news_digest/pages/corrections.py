"""What an editor put right, as pages and machines are told it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .dates import DateWriter, iso
from .views.story import CorrectionView

if TYPE_CHECKING:
    from ..model import Correction


def correction_views(corrections: Iterable[Correction], dates: DateWriter) -> tuple[CorrectionView, ...]:
    """Return *corrections* as a page shows them, in order."""
    return tuple(CorrectionView(time=dates.time(c.date), text=c.text) for c in corrections)


def corrections_schema(corrections: Iterable[Correction]) -> list[dict[str, Any]]:
    """Return *corrections* as schema.org has them, in order."""
    return [{"@type": "CorrectionComment", "text": c.text, "datePublished": iso(c.date)} for c in corrections]
