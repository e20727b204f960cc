"""``news-digest stories adopt``: an archive of ``related`` lists becomes one of ``story:`` lines."""

from __future__ import annotations

import argparse
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError

from ..disk.limits import limits_of
from ..errors import SettingError, counted
from ..frontmatter.reader import folders_of, read_archive
from ..newsdesk.adopting import plan_stories, rewrite_story
from ..running.workers import Workers, worker_count
from ..settings import read_settings
from .command import CommandError, Exit, add_content, add_settings, site_settings
from .terminal import complain, say

DESCRIPTION = (
    "Rewrite an archive whose reports list each other in `related`: each gets a `story:` line with the name that its "
    "story has already, and the entries that lead to other reports of that story go. What only `related` knows stays, "
    "and so does every other byte. A second run changes nothing."
)
EXAMPLES = """\
news-digest stories adopt --dry-run        say what would change, and how large the archive would be
news-digest stories adopt                  do it; `git diff --stat` shows what was done
"""
_MB = 1_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``stories`` can be told."""
    parser.add_argument("action", choices=("adopt",), help="what to do")
    add_content(parser)
    add_settings(parser)
    parser.add_argument("--dry-run", action="store_true", help="change no file")


def run(args: argparse.Namespace) -> int:
    """Give every report of a story a ``story:`` line, and say what that changes; 1: a story had to be left as it is."""
    given = site_settings(args.settings, content=args.content)
    timezone = str(given.get("TIMEZONE") or "UTC")
    try:
        digest = read_settings(given)
        workers = Workers(worker_count(digest.workers))
        folder = Path(given["PATH"])
        limits = limits_of(digest)
        archive = read_archive(folder, timezone=timezone, folders=folders_of(digest), workers=workers, limits=limits)
    except (SettingError, ZoneInfoNotFoundError) as error:
        raise CommandError(f"{args.settings}: {error}") from error
    jobs = list(plan_stories(archive.items, content=folder, timezone=timezone, writes=not args.dry_run))
    try:
        done = list(workers.map(rewrite_story, jobs))
    finally:
        workers.close()
    left = [f"{job.story}: left as it is: {one.problem}" for job, one in zip(jobs, done, strict=True) if one.problem]
    for line in left:
        complain(line)
    files = sum(one.files for one in done)
    before, after = sum(one.before for one in done), sum(one.after for one in done)
    verb = "would change" if args.dry_run else "were changed"
    say(f"{counted(len(jobs) - len(left), 'story')}: {counted(files, 'file')} {verb}")
    say(f"their reports: {before / _MB:,.1f} MB before, {after / _MB:,.1f} MB after")
    return Exit.PROBLEMS if left else Exit.DONE
