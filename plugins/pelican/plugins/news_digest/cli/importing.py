"""``news-digest import``: what is new at the sources becomes files in the news folder."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from ..errors import counted
from ..host.build import CACHE_FOLDER, utc_now
from ..host.progress import phase
from ..newsdesk.incoming.decide import Moment
from ..newsdesk.incoming.feeds import FeedCache
from ..newsdesk.incoming.importing import Report, Task, ask_sources, take_in
from ..newsdesk.incoming.sources import NAME, Sources, parse_sources
from ..newsdesk.incoming.validators import Validators
from ..newsdesk.incoming.write import LEDGER, NewsFolder
from ..output.folder.lock import only_one
from ..settings import read_settings
from .command import CommandError, Exit, add_settings, settings_with_content
from .elsewhere import From, take_over
from .hosts import add_allow_host, agent, allowed_hosts
from .terminal import log_to_stdout, remark, say

DESCRIPTION = (
    "Ask the feeds of sources.yaml for what is new, and write a file for each item into the news folder. What a person "
    "changed in such a file stays as it is, and an item whose file was deleted does not come back."
)
EXAMPLES = """\
news-digest import                               bring in what is new
news-digest import --dry-run                     show what would be written
news-digest import --now                         ask also who was asked within the hour
news-digest import ~/old-site/_news              take over items, a file of bookmarks, or a JSON API
news-digest import --allow-host feeds.lan:8080   also from a host in your own network
"""
_WAITS: Final = partial(say, "Another import is at work; this one waits for it")
_MAX_NAME_CHARS: Final = 40
_MAX_REASONS: Final = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``import`` can be told."""
    parser.add_argument(
        "source",
        nargs="?",
        metavar="FROM",
        help="instead of the feeds, take over once what is not here yet: a folder of items (such as Jekyll's _news), a "
        "file of bookmarks, or a JSON API in a folder or at a URL",
    )
    add_settings(parser)
    parser.add_argument("-n", "--dry-run", action="store_true", help="write no item; only show what would be written")
    parser.add_argument("--now", action="store_true", help="ask every source now, however lately it was asked")
    add_allow_host(parser)


def run(args: argparse.Namespace) -> int:
    """Import, and say what came of it."""
    given = settings_with_content(args.settings)
    digest = read_settings(given)
    if args.source:
        return _take_over(args, given, digest.news_path)
    found = read_sources(args.settings)
    if not found.sources:
        msg = f"{sources_path(args.settings)} names no source that can be asked; `news-digest sources add URL` adds one"
        raise CommandError(msg)
    log_to_stdout()
    cache, content = Path(given["CACHE_PATH"], CACHE_FOLDER), Path(given["PATH"])
    now = utc_now()
    with only_one(cache, output=content / digest.news_path, on_wait=_WAITS):
        task = Task(
            sources=found.sources,
            cache=FeedCache(cache),
            folder=NewsFolder(
                content, digest.news_path, tz=ZoneInfo(given.get("TIMEZONE") or "UTC"), is_dry=args.dry_run
            ),
            validators=Validators(
                content / digest.news_path, ledger=LEDGER, days=digest.import_days, is_dry=args.dry_run
            ),
            allowed=allowed_hosts(args.allow_host, named_by="--allow-host"),
            agent=agent(given.get("SITEURL")),
            at=Moment(now=now, oldest=now - timedelta(days=digest.import_days)),
            is_eager=args.now,
        )
        with phase("Asking", "source") as progress:
            asked = ask_sources(task, on_asked=progress)
        with phase("Importing", "source") as progress:
            reports = take_in(task, asked, on_done=progress)
    for line in table(reports):
        say(line)
    if args.dry_run:
        say("Nothing was written (--dry-run)")
    return Exit.DONE if any(report.has_answered for report in reports) else Exit.PROBLEMS


def _take_over(args: argparse.Namespace, given: Mapping[str, Any], news: str) -> int:
    cache, content = Path(given["CACHE_PATH"], CACHE_FOLDER), Path(given["PATH"])
    origin = From(
        place=args.source,
        cache=FeedCache(cache),
        allowed=allowed_hosts(args.allow_host, named_by="--allow-host"),
        agent=agent(given.get("SITEURL")),
        now=utc_now(),
    )
    with only_one(cache, output=content / news, on_wait=_WAITS):
        tz = ZoneInfo(given.get("TIMEZONE") or "UTC")
        return take_over(origin, NewsFolder(content, news, tz=tz, is_dry=args.dry_run))


def sources_path(settings: Path) -> Path:
    """Return where ``sources.yaml`` lies: beside the settings file."""
    return settings.parent / NAME


def read_sources(settings: Path) -> Sources:
    """Return the sources of a site; what cannot be used of its file is said.

    Raises:
        CommandError: There is no such file, or it cannot be read.
    """
    found = parse_sources(text_of_sources(sources_path(settings)))
    for diagnostic in found.diagnostics:
        remark(str(diagnostic))
    return found


def text_of_sources(path: Path) -> str:
    """Return the text of ``sources.yaml`` as it stands, line ends included.

    Raises:
        CommandError: There is no such file, or it cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise CommandError(f"there is no {path}; `news-digest sources add URL` starts one") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None


def table(reports: Sequence[Report]) -> Iterator[str]:
    """Yield what came of an import, a line for each source, and what it comes to in all."""
    width = max((len(_short(report.name)) for report in reports), default=0)
    yield f"{'Source':<{width}}  {'New':>5}  {'Updated':>7}  {'As before':>9}  Left out, and why"
    for report in reports:
        name = f"{_short(report.name):<{width}}"
        if report.problem:
            yield f"{name}  {'–':>5}  {'–':>7}  {'–':>9}  {report.problem}"
        else:
            counts = f"{report.new:>5,}  {report.updated:>7,}  {report.as_before:>9,}"
            yield f"{name}  {counts}  {_reasons(report)}".rstrip()
    asked = sum(report.is_asked for report in reports)
    unchanged = sum(report.is_unchanged for report in reports)
    failed = sum(bool(report.problem) for report in reports)
    written = (
        f"{counted(sum(report.new for report in reports), 'new file')}, {sum(r.updated for r in reports):,} updated"
    )
    yield (
        f"{written}. {counted(asked, 'source')} asked: {unchanged:,} unchanged (304), {failed:,} without an answer that"
        f" can be used; {len(reports) - asked:,} not due yet"
    )


def _reasons(report: Report) -> str:
    parts = [f"{count:,} {reason}" for reason, count in report.left_out.items()]
    if report.edited:
        parts.append(f"{report.edited:,} edited here, left as they are")
    parts += [f"{count:,} {note}" for note, count in report.notes.items()]
    if report.refused:
        parts.append(f"{len(report.refused):,} refused: {'; '.join(dict.fromkeys(report.refused[:_MAX_REASONS]))}")
    if report.note:
        parts.append(report.note)
    return ", ".join(parts)


def _short(name: str) -> str:
    return name if len(name) <= _MAX_NAME_CHARS else f"{name[: _MAX_NAME_CHARS - 1]}…"
