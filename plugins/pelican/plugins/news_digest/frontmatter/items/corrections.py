"""What an editor put right, as files say it → :class:`~...model.Correction`: of an item, or of a story's record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any, Final, NamedTuple

from ...model import Correction
from ...text.dates import date_hint, parse_date
from ...text.plain import clean_excerpt
from .values import shown, text_of

MOST: Final = 100
MOST_CHARS: Final = 5_000


class CorrectionProblem(NamedTuple):
    """Something in the list that is not understood: its code, where, what, and a hint."""

    code: str
    path: tuple[str | int, ...]
    message: str
    hint: str


def read_corrections(
    pairs: Sequence[tuple[Any, Any]], *, tz: tzinfo
) -> tuple[tuple[Correction, ...], tuple[CorrectionProblem, ...]]:
    """Return the corrections that *pairs* of a date and a text describe, newest first, and the diagnostics.

    One that lacks a date or a text is left out: nobody could say what was corrected, or which state of the text it is
    about.

    Args:
        tz: The site's zone, for dates that name none.
    """
    found: list[Correction] = []
    problems: list[CorrectionProblem] = []

    def report(code: str, path: tuple[str | int, ...], message: str, hint: str) -> None:
        where = ".".join(map(str, ("corrections", *path)))
        problems.append(CorrectionProblem(code, ("corrections", *path), f"{where}: {message}", hint))

    for index, (raw_date, raw_text) in enumerate(pairs[:MOST]):
        date, text = parse_date(raw_date, tz=tz), clean_excerpt(text_of(raw_text))
        if date is None:
            problem = "no date" if raw_date is None else f"{shown(raw_date)} is not a date"
            report("ND129", (index,), problem, date_hint(raw_date))
        elif not text:
            report("ND129", (index,), "no text", "say what was wrong and what is right")
        else:
            if len(text) > MOST_CHARS:
                report("ND127", (index, "text"), f"{len(text):,} characters", "the rest is left out; the body has room")
                text = f"{text[: MOST_CHARS - 1]}…"
            found.append(Correction(date=date, text=text))
    if len(pairs) > MOST:
        report("ND127", (), f"{len(pairs):,} entries", f"the first {MOST} are shown")
    return tuple(sorted(found, key=lambda correction: (-correction.date.timestamp(), correction.text))), tuple(problems)
