"""``news-digest links``: which reports their sources no longer have, asked politely and never by a build."""

from __future__ import annotations

import argparse
import math
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..disk.sealed import Journal
from ..errors import counted
from ..frontmatter.reader import no_progress
from ..host.build import CACHE_FOLDER, read_content, seen_from_here, utc_now
from ..host.progress import phase
from ..model import NewsItem, Status
from ..network.client import Client
from ..network.exchange import Limits
from ..network.fetch import Fetcher, Manners
from ..network.outcome import Ask, Outcome, Wants
from ..newsdesk.links import LinkState, Verdict, dead_changes, is_due, news_of, note_answer
from ..output.folder.lock import only_one
from ..running.workers import Workers, worker_count
from ..settings import read_settings
from .changes import write_all
from .command import Exit, add_settings, site_settings
from .hosts import add_allow_host, agent, allowed_hosts
from .terminal import complain, log_to_stdout, say

if TYPE_CHECKING:
    from ..network.guard import Allowed

DESCRIPTION = (
    "Ask the source of each published item whether it still has the report: one request at a time to a host, with a "
    "pause before the next. Answers are kept, and asked for again after some days. What is gone (404, 410, or a host "
    "that nobody knows any more), what moved, and what could not be asked is listed. With --write, files say what is "
    "gone: their pages then lead to the copy at the Internet Archive."
)
EXAMPLES = """\
news-digest links                    list what is gone, and what moved
news-digest links --write            also write `dead: <date>` into the files, and remove it when a link answers again
news-digest links --days 90          ask again only after three months
news-digest links --minutes 5        stop after five minutes; the next run continues
"""
MANNERS: Final = Manners(per_host=1, attempts=1, rest_s=1.0)
LIMITS: Final = Limits(connect_s=5.0, read_s=10.0, total_s=20.0, max_bytes=1)
_WANTS: Final = Wants(accept="text/html,*/*;q=0.8", problem=lambda _: "", head_bytes=0)
_NAME: Final = "links.jsonl"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``links`` can be told."""
    add_settings(parser)
    parser.add_argument("--write", action="store_true", help="write into the files what is gone, and what is back")
    parser.add_argument(
        "--days", type=int, default=30, metavar="N", help="ask again what answered N days ago (default: %(default)s)"
    )
    parser.add_argument(
        "--minutes",
        type=int,
        default=20,
        metavar="N",
        help="stop after N minutes and leave the rest for the next run (default: %(default)s); 0: no limit",
    )
    add_allow_host(parser)


def run(args: argparse.Namespace) -> int:
    """Ask, and say what came of it.

    Returns:
        1 where links are gone and their files do not say so, a file cannot be changed, or no host can be reached.
    """
    given = site_settings(args.settings)
    digest = read_settings(given)
    allowed = allowed_hosts(args.allow_host, named_by="--allow-host")
    log_to_stdout()
    content, cache = Path(given["PATH"]), Path(given["CACHE_PATH"])
    folder = cache / CACHE_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    workers = Workers(worker_count(digest.workers))
    waits = partial(say, "Another command is changing the news; this one waits for it")
    with only_one(folder, output=content / digest.news_path, on_wait=waits):
        try:
            archive = read_content(
                digest,
                content=content,
                timezone=given.get("TIMEZONE") or "UTC",
                cache=cache if digest.cache else None,
                workers=workers,
                progress=no_progress,
            )
        finally:
            workers.close()
        items = [item for item in archive.items if item.url and item.status is Status.PUBLISHED]
        asked = _Asked(folder, items, allowed=allowed, agent=agent(given.get("SITEURL")))
        is_offline = asked.ask(
            days=args.days, until_s=time.monotonic() + args.minutes * 60 if args.minutes else math.inf
        )
        return _report(items, asked, content=content, writes=args.write) if not is_offline else Exit.PROBLEMS


class _Asked:
    """What is known of the links of *items*, from this run and earlier ones.

    Attributes:
        left: How many links are left to ask for, because the time was up.
    """

    def __init__(self, folder: Path, items: Sequence[NewsItem], *, allowed: Allowed, agent: str) -> None:
        self._journal = Journal(folder / _NAME, LinkState, lambda state: state.url)
        self._urls = list(dict.fromkeys(item.url for item in items))
        self._client = Client(folder, wants=_WANTS, allowed=allowed, limits=LIMITS, agent=agent)
        self.left = 0

    @property
    def states(self) -> Mapping[str, LinkState]:
        """What is known, by the address of each link."""
        return self._journal.records

    def ask(self, *, days: int, until_s: float) -> bool:
        """Ask for what is due, those first that were not asked for the longest; return whether no host answered."""
        today = utc_now().date()
        self._journal.tidy(self._urls)
        due = [url for url in self._urls if is_due(self.states.get(url), today=today, days=days)]
        due.sort(key=lambda url: self.states[url].day.toordinal() if url in self.states else 0)
        fetcher = Fetcher(self._client, manners=MANNERS)
        held: list[Outcome] = []
        count = 0
        with phase("Asking", "link") as progress:
            for outcome in fetcher.fetch([Ask(url=url, is_look=True) for url in due], until_s=until_s):
                count += 1
                held.append(outcome)
                # Without a network, nothing is learnt of any link.
                while held and not fetcher.is_offline:
                    found = held.pop(0)
                    self._journal.note(note_answer(self.states.get(found.url), found, today=today))
                progress(count, len(due), "")
        self.left = len(due) - count
        if count and fetcher.is_offline:
            complain("no host can be reached: nothing was learnt of any link")
        return bool(count) and fetcher.is_offline


def _report(items: Sequence[NewsItem], asked: _Asked, *, content: Path, writes: bool) -> int:
    seen = seen_from_here(content)
    news = list(news_of(items, asked.states))
    for item, state in news:
        say(f"{seen}{item.source_path}: {_words(state)}")
    changes = dead_changes(news)
    refused = write_all(content, changes, Workers(1)) if writes else ()
    for problem in refused:
        complain(f"{seen}{problem}")
    counts = Counter(state.verdict for state in map(asked.states.get, {item.url for item in items}) if state)
    known = ", ".join(f"{counts[verdict]:,} {verdict}" for verdict in Verdict)
    say(f"{counted(sum(counts.values()), 'link')}: {known}")
    if asked.left:
        say(f"The time is up (--minutes). Left for the next run: {counted(asked.left, 'link')}")
    if writes:
        say(f"{counted(len(changes) - len(refused), 'file')} changed")
    elif changes:
        say(f"{counted(len(changes), 'file')} would change with --write")
    is_unsaid = not writes and any(change["dead"] for change in changes.values())
    return Exit.PROBLEMS if refused or is_unsaid else Exit.DONE


def _words(state: LinkState) -> str:
    why = state.problem or state.moved_to
    arrow = f" → {why}" if why else ""
    return f"{state.verdict}: {state.url}{arrow}"
