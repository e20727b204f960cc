"""Everything that ``check`` reports about one archive, in one value and one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from enum import Enum
from typing import TYPE_CHECKING

import msgspec

from ..catalogue.ahead import ahead_diagnostics, is_ahead, mail_diagnostic, waiting_diagnostic
from ..catalogue.providers import rival_records
from ..catalogue.stories import REPORTS
from ..catalogue.taxonomy import build_taxonomy
from ..errors import Diagnostic, Severity
from ..frontmatter.addresses import known_of, unwritten
from ..model import Status
from .across import across_diagnostics
from .stories import story_diagnostics
from .summary import Summary, summarize

if TYPE_CHECKING:
    from ..naming.places import Known, Settled
    from .survey import Survey

# Said once for a whole archive, however many files it is true of: the key is what stands before the colon.
_ONCE = frozenset(("ND121", "ND123", "ND120"))


class Strictness(Enum):
    """What counts as a problem: errors and warnings, or notes as well."""

    USUAL = "usual"
    STRICT = "strict"


class Waits(Enum):
    """What becomes of an item before its date: it is published all the same, or a draft until then.

    The second is what Pelican's ``WITH_FUTURE_DATES = False`` asks for.
    """

    NEVER = "never"
    AS_DRAFTS = "as drafts"


class CheckReport(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to say about an archive.

    Attributes:
        diagnostics: By file and line.
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


def make_report(
    survey: Survey,
    *,
    tz: tzinfo,
    local_files: frozenset[str] = frozenset(),
    clock: datetime | None = None,
    waits: Waits = Waits.NEVER,
    story_reports: int = REPORTS,
) -> CheckReport:
    """Return the report of *survey*.

    Args:
        tz: The site's zone.
        local_files: Paths below the content folder that the site publishes.
        clock: What time it is, to find dates that lie ahead of it. None: any date is believed.
        story_reports: So many reports give a story a page.
    """
    known = known_of(survey.addresses, "topics")
    taxonomy = build_taxonomy(survey.items, survey.topics, known)
    found = [
        *_once(survey.diagnostics),
        *taxonomy.diagnostics,
        *rival_records(survey.providers),
        *(unwritten(survey.addresses, "topics", _published(survey, known)) if taxonomy.settled.lines else ()),
        *across_diagnostics(survey, local_files=local_files),
        *story_diagnostics(survey, reports=story_reports),
        *(_ahead(survey, clock=clock, waits=waits) if clock else ()),
    ]
    return CheckReport(diagnostics=tuple(sorted(found)), summary=summarize(survey, tz=tz, clock=clock))


def _published(survey: Survey, known: Known) -> Settled:
    """Return what a build would give out: it looks at what is published alone."""
    published = [item for item in survey.items if item.status is Status.PUBLISHED]
    return build_taxonomy(published, survey.topics, known).settled


def _ahead(survey: Survey, *, clock: datetime, waits: Waits) -> Iterator[Diagnostic]:
    """Yield what a build says of dates ahead of *clock*."""
    for item, fact in zip(survey.items, survey.facts, strict=True):
        if item.status not in {Status.PUBLISHED, Status.UNPUBLISHED}:
            continue
        if waits is Waits.AS_DRAFTS and item.status is Status.PUBLISHED and item.date > clock:
            yield waiting_diagnostic(item, place=fact.date_places[0])
        else:
            yield from ahead_diagnostics(item, clock=clock, places=fact.date_places)
    for article in survey.classic:
        yield from ahead_diagnostics(article, clock=clock, places=article.places)
    for mail in survey.mails:
        if is_ahead(mail.date, clock=clock):
            yield mail_diagnostic(mail.source_path, mail.date, place=mail.places[0])


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
