"""A report as people read it: the problems, the notes by kind, the archive in numbers, and the verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ..errors import CODES, Diagnostic, Severity, counted, printable_path
from .report import CheckReport, Strictness

if TYPE_CHECKING:
    from .summary import Summary

SHOWN = 8


def prose_text(report: CheckReport, *, strictness: Strictness, folder: str) -> str:
    """Return *report* in words; its paths begin with *folder*, which is ``""`` or ends in ``/``."""
    problems = [f"{folder}{diagnostic}" for diagnostic in report.problems(strictness)]
    notes = () if strictness is Strictness.STRICT else tuple(_notes(report, folder))
    blocks = [problems, list(notes), list(_summary(report.summary)), [_verdict(report, strictness)]]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _notes(report: CheckReport, folder: str) -> Iterator[str]:
    notes = [d for d in report.diagnostics if d.severity is Severity.NOTE]
    counts = Counter(note.code for note in notes)
    if not counts:
        return
    first: dict[str, Diagnostic] = {}
    for note in notes:
        first.setdefault(note.code, note)
    yield f"Notes, which change nothing: {len(notes):,} (--strict lists each and counts them as problems)"
    for code in sorted(counts):
        yield f"  {code} {counts[code]:>7,}  {CODES[code][1]}"
        note = first[code]
        yield f"                 {printable_path(folder + note.path)}:{note.line or 1}: {note.message}"


def _summary(summary: Summary) -> Iterator[str]:
    yield "The archive"
    yield _line(
        "files", f"{summary.files:,}", f"{summary.classic:,} Pelican's own", counted(summary.newsletters, "old mail")
    )
    yield _line("items", f"{summary.items:,}", *(f"{n:,} {status}" for status, n in summary.statuses.items()))
    if summary.first and summary.last:
        yield _line(
            "dates",
            f"{summary.first:%Y-%m-%d} … {summary.last:%Y-%m-%d}",
            f"{counted(summary.active_days, 'day')} with published items",
            f"{summary.midnight:,} dated at midnight",
        )
    yield _line("types", _shares(summary.types))
    yield _line("languages", _shares({lang or "the site's": n for lang, n in summary.languages.items()}))
    related, pictures, providers = summary.related, summary.pictures, summary.providers
    yield _line(
        "related",
        f"{counted(related.entries, 'entry')} in {counted(related.files, 'file')}",
        f"{related.most:,} at most",
        f"{related.in_archive:,} in the archive",
    )
    yield _line(
        "pictures",
        f"{counted(pictures.items, 'item')} with one",
        f"{pictures.published_without:,} published without",
    )
    yield _line(
        "sources",
        f"{providers.domains:,}",
        f"{counted(providers.records, 'record')}, {providers.records_in_use:,} in use",
        f"{counted(providers.items_without_provider, 'item')} without one",
    )
    yield _line("", _shares(dict(providers.leading), total=providers.domains))
    yield _line("topics", f"{len(summary.topics):,}", f"{len(summary.topics_without_record):,} without a record")
    yield _line("", _shares(summary.topics))
    yield _line(
        "heat",
        f"{summary.heat.least:,} to {summary.heat.most:,}",
        *(f"band {band.band} from {band.lowest_heat:,} on: {counted(band.items, 'item')}" for band in summary.bands),
    )


def _line(name: str, *parts: str) -> str:
    return f"  {name:<10} {'; '.join(part for part in parts if part)}".rstrip()


def _shares(counts: Mapping[str, int], *, total: int = 0) -> str:
    """Return the first of *counts* in words, and how many more there are; of *total*, where *counts* is a part."""
    shown = [f"{name} {count:,}" for name, count in list(counts.items())[:SHOWN]]
    more = max(total, len(counts)) - len(shown)
    return ", ".join(shown) + (f", and {more:,} more" if more else "")


def _verdict(report: CheckReport, strictness: Strictness) -> str:
    counts = ", ".join(counted(report.count(severity), severity.value) for severity in Severity)
    problems = len(report.problems(strictness))
    return f"{counted(problems, 'problem') if problems else 'Clean'}: {counts}."
