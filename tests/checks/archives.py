"""Small archives on a disk, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfo

from pelican.plugins.news_digest.checks.report import CheckReport, make_report
from pelican.plugins.news_digest.checks.survey import Survey, survey_content
from pelican.plugins.news_digest.frontmatter.reader import Folders
from pelican.plugins.news_digest.running.workers import Workers


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write *files* below *folder* and return it."""
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")
    return folder


def survey_of(folder: Path, files: Mapping[str, str], *, timezone: str = "UTC", workers: int = 1) -> Survey:
    """Return what is known of an archive that holds *files*."""
    crew = Workers(workers)
    try:
        return survey_content(write(folder, files), timezone=timezone, folders=Folders(), workers=crew)
    finally:
        crew.close()


def report_of(
    folder: Path, files: Mapping[str, str], *, timezone: str = "UTC", local_files: frozenset[str] = frozenset()
) -> CheckReport:
    """Return what is said of an archive that holds *files*."""
    return make_report(survey_of(folder, files, timezone=timezone), tz=ZoneInfo(timezone), local_files=local_files)


def said_of(report: CheckReport, *codes: str) -> list[str]:
    """Return what *report* says with *codes*, in its order."""
    return [str(diagnostic) for diagnostic in report.diagnostics if diagnostic.code in codes]
