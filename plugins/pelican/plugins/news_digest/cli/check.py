"""``news-digest check``: every problem of the content in one pass, and the archive in numbers. Nothing is written."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from ..checks.formats import github_text, json_text, sarif_text
from ..checks.prose import prose_text
from ..checks.report import CheckReport, Strictness, Waits, make_report
from ..checks.survey import Survey, survey_content
from ..disk.limits import limits_of
from ..disk.walking import find_refused, published_files
from ..errors import Diagnostic, SettingError
from ..frontmatter.reader import folders_of
from ..host.build import clock_of, seen_from_here, utc_now
from ..images.own import OwnFiles
from ..images.own_pictures import look_at_own, own_picture_problems
from ..images.plan import ImageMode
from ..languages import missing_words
from ..running.workers import Workers, worker_count
from ..settings import read_settings
from .command import CommandError, Exit, add_content, add_format, add_settings, site_settings
from .terminal import remark, say

DESCRIPTION = (
    "Read all content and report what is wrong or odd, by file and line, without building anything. Errors and "
    "warnings are problems; notes are oddities that a build corrects or ignores, and are only counted unless you use "
    "--strict."
)
EXAMPLES = """\
news-digest check                          list problems, and the archive in numbers
news-digest check --strict                 count notes as problems, and list each one
news-digest check --format github          annotations beside the lines, in a GitHub workflow
news-digest check --format sarif           for code scanning; json is for other tools
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``check`` can be told."""
    add_content(parser)
    add_settings(parser)
    parser.add_argument("--strict", action="store_true", help="count notes as problems and list each one")
    add_format(parser, "text", "json", "github", "sarif")


def run(args: argparse.Namespace) -> int:
    """Print the diagnostics of the content; return 1 when it has problems."""
    strictness = Strictness.STRICT if args.strict else Strictness.USUAL
    report, folder = _report(args.settings, args.content)
    match args.format:
        case "json":
            sys.stdout.write(json_text(report, strictness=strictness, folder=folder))
        case "sarif":
            sys.stdout.write(sarif_text(report, folder=folder))
        case "github":
            sys.stdout.write(github_text(report, strictness=strictness, folder=folder))
            # The log is for people, too.
            say(prose_text(report, strictness=Strictness.USUAL, folder=folder).rpartition("\n\n")[2])
        case _:
            say(prose_text(report, strictness=strictness, folder=folder))
    return Exit.PROBLEMS if report.problems(strictness) else Exit.DONE


def _report(settings: Path, content: Path | None) -> tuple[CheckReport, str]:
    """Return the report, and what its paths begin with when seen from here."""
    given = site_settings(settings, content=content)
    timezone = str(given.get("TIMEZONE") or "UTC")
    try:
        digest, tz = read_settings(given), ZoneInfo(timezone)
        clock = clock_of(digest, timezone=timezone, now=utc_now())
    except (SettingError, ZoneInfoNotFoundError) as error:
        raise CommandError(f"{settings}: {error}") from error
    if missing := missing_words(str(given["DEFAULT_LANG"]), digest.languages_path):
        remark(f"{settings}: DEFAULT_LANG: {missing}")
    path = Path(given["PATH"])
    folders = folders_of(digest)
    workers = Workers(worker_count(digest.workers))
    try:
        survey = survey_content(path, timezone=timezone, folders=folders, workers=workers, limits=limits_of(digest))
    finally:
        workers.close()
    ours = [folders.news, folders.topics, folders.providers, folders.newsletters]
    read = [*given["ARTICLE_PATHS"], *given["PAGE_PATHS"], *given["STATIC_PATHS"]]
    refused = find_refused(path, read, without=ours).values()
    own = OwnFiles(published_files(path, given["STATIC_PATHS"]))
    said = _of_pictures(survey, own, path) if digest.images != ImageMode.NONE else ()
    survey = msgspec.structs.replace(survey, diagnostics=tuple(sorted((*survey.diagnostics, *refused, *said))))
    report = make_report(
        survey,
        tz=tz,
        local_files=own.files,
        clock=clock,
        story_reports=digest.story_reports,
        waits=Waits.NEVER if given["WITH_FUTURE_DATES"] else Waits.AS_DRAFTS,
    )
    return report, seen_from_here(path)


def _of_pictures(survey: Survey, own: OwnFiles, content: Path) -> Iterator[Diagnostic]:
    """Return the diagnostics of the site's own pictures."""
    looks = look_at_own(survey.items, survey.providers, content=content, own=own)
    return own_picture_problems(survey.items, own=own, looks=looks, content=content)
