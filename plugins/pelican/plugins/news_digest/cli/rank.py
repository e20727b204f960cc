"""``news-digest rank``: topics, quality, stories, heat and what is published, written into the items' files."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time, timedelta, tzinfo
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ..disk.sealed import throw_away
from ..errors import counted, nearest
from ..frontmatter.cache import CHANGED_NAME, NAME
from ..frontmatter.reader import no_progress
from ..host.build import CACHE_FOLDER, clock_of, read_content, seen_from_here, utc_now
from ..model import NewsItem, Status
from ..newsdesk.incoming.sources import weights_of
from ..newsdesk.ranking.kept import load_kept, save_kept
from ..newsdesk.ranking.quality import points_of
from ..newsdesk.ranking.rank import Plan, Ranked, Rules, plan_ranking
from ..newsdesk.stories.grouping import Kept, group_sources
from ..running.collector import paused_collector
from ..running.workers import Workers, worker_count
from ..settings import read_settings
from .changes import MANY, write_all
from .command import CommandError, Exit, add_settings, site_settings
from .terminal import complain, say

DESCRIPTION = (
    "Group items that report the same into stories, add topics, compute quality and heat, and decide what is "
    "published. Only keys that change are written, into files of the last DIGEST_RANK_DAYS; what a person decided or "
    "changed stays. A second run changes nothing."
)
EXAMPLES = """\
news-digest rank                       after an import, before a build
news-digest rank --dry-run             only list what would change
news-digest rank --explain SLUG        why an item has the quality and the heat it has
news-digest rank --all                 older files, too
news-digest rank --all --keep-related  an archive whose `related` lists say what belongs together
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``rank`` can be told."""
    add_settings(parser)
    parser.add_argument("--all", action="store_true", help="also change files older than DIGEST_RANK_DAYS")
    parser.add_argument(
        "--keep-related", action="store_true", help="group nothing: `related` lists say who reports the same"
    )
    parser.add_argument("--explain", metavar="SLUG", help="print how the numbers of one item come about; write nothing")
    parser.add_argument("--dry-run", action="store_true", help="list what would change; write nothing")


def run(args: argparse.Namespace) -> int:
    """Rank, and write what changed."""
    with paused_collector():  # a third of the time, where the archive is large
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    given = site_settings(args.settings)
    digest = read_settings(given)
    timezone = given.get("TIMEZONE") or "UTC"
    content = Path(given["PATH"])
    cache = Path(given["CACHE_PATH"]) if digest.cache and given.get("CACHE_PATH") else None
    folder = cache / CACHE_FOLDER if cache else None
    rules = Rules(
        lang=given.get("DEFAULT_LANG") or "en",
        tz=ZoneInfo(timezone),
        heat_published=digest.heat_published,
        per_day=digest.published_per_day,
        points=points_of(digest.quality),
        weights=weights_of(args.settings),
        keeps_related=args.keep_related,
    )
    workers = Workers(worker_count(digest.workers))
    read = partial(
        read_content, digest, content=content, timezone=timezone, cache=cache, workers=workers, progress=no_progress
    )
    archive = read()
    now = clock_of(digest, timezone=timezone, now=utc_now())
    known = load_kept(folder)
    plan = plan_ranking(
        archive.items,
        topics=archive.topics,
        records=archive.stories,
        rules=rules,
        is_due=_always if args.all else _is_due(archive.items, now=now, days=digest.rank_days, tz=rules.tz),
        group=partial(group_sources, known=known, workers=workers),
    )
    kept = plan.kept if args.all else Kept({**known.days, **plan.kept.days}, plan.kept.words)
    if kept != known and not args.keep_related:
        save_kept(folder, kept)
    if args.explain:
        return _explain(args.explain, plan, archive.items)
    seen = seen_from_here(content)
    if args.dry_run:
        for path, changes in sorted(plan.changes.items()):
            say(f"{seen}{path}: {_told(changes)}")
    refused = () if args.dry_run else write_all(content, plan.changes, workers)
    for problem in refused:
        complain(f"{seen}{problem}")
    say(_summary(plan, is_dry=args.dry_run, refused=len(refused)))
    if len(plan.changes) > MANY and not args.dry_run:
        # What comes next, a build or another ranking, finds them read. What was kept of most files is of no use now.
        if folder and len(plan.changes) > len(archive.items) // 2:
            for name in (NAME, CHANGED_NAME):
                throw_away(folder / name)
        del archive, plan
        read()
    return Exit.PROBLEMS if refused else Exit.DONE


def _always(item: NewsItem) -> bool:
    del item
    return True


def _is_due(items: Iterable[NewsItem], *, now: datetime, days: int, tz: tzinfo) -> Callable[[NewsItem], bool]:
    """Return whether an item is of the last *days* days: whole days of the site, so that none is ranked by halves."""
    latest = max((item.date for item in items if item.date <= now), default=now)
    first = datetime.combine(latest.astimezone(tz).date() - timedelta(days=days - 1), time(), tz)
    return lambda item: item.date >= first


def _told(changes: Mapping[str, Any]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in changes.items() if key != "ranked") or "ranked"


def _summary(plan: Plan, *, is_dry: bool, refused: int) -> str:
    stories = {ranked.story for ranked in plan.ranked.values() if ranked.story and ranked.reports > 1}
    shown = sum(ranked.is_published for ranked in plan.ranked.values())
    written = len(plan.changes) - refused
    return (
        f"{counted(len(plan.ranked), 'item')}, {counted(len(stories), 'story')}, "
        f"{shown:,} published; {counted(written, 'file')} {'would change' if is_dry else 'changed'}"
    )


def _explain(slug: str, plan: Plan, items: Iterable[NewsItem]) -> int:
    """Print how the numbers of one item come about."""
    item = next((item for item in items if item.slug == slug), None)
    ranked = plan.ranked.get(slug)
    if item is None:
        near = nearest(slug, [item.slug for item in items])
        raise CommandError(f"no item is called {slug!r}" + (f"; did you mean {near}?" if near else ""))
    if ranked is None:
        why = "older than DIGEST_RANK_DAYS; use --all" if item.status in _SHOWN else f"it is {item.status}"
        raise CommandError(f"{slug} is not ranked: {why}")
    for line in _lines(item, ranked):
        say(line)
    return Exit.DONE


_SHOWN = frozenset((Status.PUBLISHED, Status.UNPUBLISHED))


def _lines(item: NewsItem, ranked: Ranked) -> Iterable[str]:
    yield f"{item.slug}: {item.title}"
    for part in ranked.parts:
        yield f"{part.points:+5}  {part.reason}"
    computed = sum(part.points for part in ranked.parts)
    if item.curated.quality is not None:
        yield f"{ranked.quality:5}  quality: decided in curated (computed: {computed})"
    elif ranked.quality != computed:
        yield f"{ranked.quality:5}  quality: the file says so (computed: {computed})"
    else:
        yield f"{ranked.quality:5}  quality"
    if ranked.story:
        yield f"       story: {ranked.story}, {ranked.reports} reports"
    if ranked.heat.heat < 0:
        yield f"{ranked.heat.heat:5}  heat: another report leads the story"
    else:
        yield f"{ranked.heat.heat:5}  heat: quality, and 20 for each of {counted(ranked.heat.others, 'other source')}"
    pinned = "pinned" if item.curated.pin else "hidden" if item.curated.hide else ""
    yield f"       {'published' if ranked.is_published else 'not published'}{f' ({pinned})' if pinned else ''}"
