"""``/status/``: what the build found in the content. No clock: the reference time stands for the time of the build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

import msgspec

from ...errors import CODES, Diagnostic, Severity
from ..plans import PagePlan, page_file
from ..site import head
from ..views.base import LinkView
from ..views.reports import CodeRowView, ProblemView, StatusView

if TYPE_CHECKING:
    from ..newsroom import Newsroom

ADDRESS: Final = "status/"
PROBLEMS_SHOWN: Final = 50


class BuildReport(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to say about the content of a build.

    Attributes:
        item_count: Every item that was read, whatever its status.
        diagnostics: In any order.
        private_paths: Files of items without a page of their own: counted, but never named on a public page.
    """

    item_count: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    private_paths: frozenset[str] = frozenset()


def plan_status(room: Newsroom, report: BuildReport, *, edition_count: int = 0) -> PagePlan:
    """Return the build's report as a page; search engines leave it alone. Old emails are editions, too."""
    catalogue = room.catalogue
    crumb = LinkView(text=room.say("Status"), href=ADDRESS)
    by_severity = Counter(diagnostic.severity for diagnostic in report.diagnostics)
    newest = catalogue.listed[0] if catalogue.listed else None
    story = room.story(newest) if newest else None
    private = report.private_paths | {d.path for d in report.diagnostics if d.is_private}
    public = [d for d in report.diagnostics if d.severity is not Severity.NOTE and d.path not in private]
    # Errors first: they cost a whole file.
    public.sort(key=lambda diagnostic: (diagnostic.severity is not Severity.ERROR, diagnostic))
    return PagePlan(
        save_as=page_file(ADDRESS),
        template="status.html",
        view=StatusView(
            head=head(room.site, title=room.say("Status"), address=ADDRESS, is_indexed=False, breadcrumbs=(crumb,)),
            breadcrumbs=(crumb,),
            now=room.dates.time(catalogue.now) if newest else None,
            newest=LinkView(text=story.title, href=story.href, is_external=story.is_external) if story else None,
            item_count=report.item_count,
            story_count=len(catalogue.listed),
            page_count=len(catalogue.paged),
            topic_count=sum(bool(items) for items in catalogue.by_topic.values()),
            provider_count=len(catalogue.by_provider),
            cluster_count=sum(catalogue.clusters.is_covered(item.slug) for item in catalogue.listed),
            edition_count=edition_count,
            error_count=by_severity[Severity.ERROR],
            warning_count=by_severity[Severity.WARNING],
            note_count=by_severity[Severity.NOTE],
            codes=_codes(report.diagnostics),
            problems=tuple(_problem(diagnostic) for diagnostic in public[:PROBLEMS_SHOWN]),
            problem_count=len(public),
        ),
    )


def _codes(diagnostics: Iterable[Diagnostic]) -> tuple[CodeRowView, ...]:
    counts = Counter(diagnostic.code for diagnostic in diagnostics)
    return tuple(
        CodeRowView(code=code, severity=severity.value, meaning=meaning, count=counts[code])
        for code, (severity, meaning) in CODES.items()
        if counts[code]
    )


def _problem(diagnostic: Diagnostic) -> ProblemView:
    return ProblemView(
        where=f"{diagnostic.path}:{diagnostic.line}" if diagnostic.line else diagnostic.path,
        code=diagnostic.code,
        severity=diagnostic.severity.value,
        message=diagnostic.message,
        hint=diagnostic.hint,
    )
