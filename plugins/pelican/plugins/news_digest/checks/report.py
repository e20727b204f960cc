"""Everything that ``check`` has to say about one archive, in one value and one order."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING

import msgspec

from ..catalogue.taxonomy import build_taxonomy
from ..errors import Diagnostic, Severity
from .across import across_diagnostics
from .summary import Summary, summarize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import tzinfo

    from .survey import Survey

# Said once for a whole archive, however many files it is true of: the key is what stands before the colon.
_ONCE = frozenset(("ND121", "ND123", "ND120"))


class Strictness(Enum):
    """What counts as a problem: errors and warnings, or notes as well."""

    USUAL = "usual"
    STRICT = "strict"


class CheckReport(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to say about an archive.

    Attributes:
        diagnostics: By file and line.
        summary: The archive in numbers.
    """

    diagnostics: tuple[Diagnostic, ...]
    summary: Summary

    def count(self, severity: Severity) -> int:
        """Return how many diagnostics have *severity*."""
        return sum(diagnostic.severity is severity for diagnostic in self.diagnostics)

    def problems(self, strictness: Strictness) -> tuple[Diagnostic, ...]:
        """Return what keeps the archive from being clean."""
        is_strict = strictness is Strictness.STRICT
        return tuple(d for d in self.diagnostics if is_strict or d.severity is not Severity.NOTE)


def make_report(survey: Survey, *, tz: tzinfo, local_files: frozenset[str] = frozenset()) -> CheckReport:
    """Return the report of *survey*.

    Args:
        survey: The whole archive.
        tz: The site's zone.
        local_files: Paths below the content folder that the site publishes.
    """
    taxonomy = build_taxonomy(survey.items, survey.topics)
    found = [
        *_once(survey.diagnostics),
        *taxonomy.diagnostics,
        *across_diagnostics(survey, local_files=local_files),
    ]
    return CheckReport(diagnostics=tuple(sorted(found)), summary=summarize(survey, tz=tz))


def _once(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Yield *diagnostics*; of those that say the same of many files the first, with the number of files."""
    first: dict[tuple[str, str], Diagnostic] = {}
    files: Counter[tuple[str, str]] = Counter()
    for diagnostic in diagnostics:
        if diagnostic.code not in _ONCE:
            yield diagnostic
            continue
        what = (diagnostic.code, diagnostic.message)
        first.setdefault(what, diagnostic)
        files[what] += 1
    for what, diagnostic in first.items():
        count = f" (in {files[what]:,} files)" if files[what] > 1 else ""
        yield msgspec.structs.replace(diagnostic, message=f"{diagnostic.message}{count}")
