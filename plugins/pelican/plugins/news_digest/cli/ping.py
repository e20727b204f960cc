"""``news-digest ping``: a hub is told which feeds changed, after they were published and never by a build."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from ..errors import counted
from ..network.client import Client
from ..network.exchange import Connections, Limits
from ..network.outcome import Ask, Wants
from ..output.changes import changed_feeds
from ..settings import read_settings
from .command import CommandError, Exit, add_settings, site_settings
from .hosts import add_allow_host, agent, allowed_hosts
from .terminal import complain, say

if TYPE_CHECKING:
    from ..network.guard import Allowed

DESCRIPTION = (
    "Tell the WebSub hub that DIGEST_FEED_HUB names which feeds changed, once they are published: the hub fetches them "
    "and hands them on to feed readers at once. It is told of one feed at a time, and of a hundred at most. Without a "
    "hub nothing is asked."
)
EXAMPLES = """\
news-digest ping -s publishconf.py                      the feeds that `build --changed changed.json` listed
news-digest ping -s publishconf.py --list               only say which feeds those are
news-digest ping -s publishconf.py feeds/all.atom.xml   this one
"""
LIMITS: Final = Limits(connect_s=5.0, read_s=10.0, total_s=20.0, max_bytes=1)
MOST_FEEDS: Final = 100
PAUSE_S: Final = 0.2
# Then the hub is left alone.
FAILURES: Final = 3
TOTAL_S: Final = 300.0
_WANTS: Final = Wants(accept="*/*", problem=lambda _: "", head_bytes=0)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``ping`` can be told."""
    add_settings(parser)
    parser.add_argument(
        "feeds",
        nargs="*",
        metavar="FEED",
        help="a feed below SITEURL, such as feeds/all.atom.xml (default: those that the list of changes names)",
    )
    parser.add_argument(
        "--changed",
        type=Path,
        default=Path("changed.json"),
        metavar="FILE",
        help="the list of changes (default: %(default)s)",
    )
    parser.add_argument("--list", action="store_true", help="print the feeds, one a line, and tell nobody")
    add_allow_host(parser)


def run(args: argparse.Namespace) -> int:
    """Tell the hub, and say what it was told.

    Returns:
        1 where the hub did not take one of the feeds.

    Raises:
        CommandError: There is no such list of changes, or no SITEURL to put before a feed.
    """
    given = site_settings(args.settings)
    hub, siteurl = read_settings(given).feed_hub, str(given.get("SITEURL") or "").rstrip("/")
    allowed = allowed_hosts(args.allow_host, named_by="--allow-host")
    if not hub:
        if not args.list:
            say("No hub is told: DIGEST_FEED_HUB names none")
        return Exit.DONE
    feeds = tuple(args.feeds) or _listed(args.changed)
    if args.list:
        for feed in feeds:
            say(feed)
        return Exit.DONE
    if not siteurl:
        raise CommandError("SITEURL is empty: the hub could not fetch the feeds")
    if not feeds:
        say("No feed changed: the hub is not asked")
        return Exit.DONE
    told, why = _tell(hub, [f"{siteurl}/{feed}" for feed in feeds[:MOST_FEEDS]], allowed=allowed, agent=agent(siteurl))
    say(f"{counted(told, 'feed')} of {len(feeds)} told to {hub}{why}")
    return Exit.DONE if told == min(len(feeds), MOST_FEEDS) else Exit.PROBLEMS


def _listed(path: Path) -> tuple[str, ...]:
    try:
        return changed_feeds(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error


def _tell(hub: str, topics: Sequence[str], *, allowed: Allowed, agent: str) -> tuple[int, str]:
    """Tell *hub* of each of *topics*; return how many it took, and why it was not told of the rest."""
    client = Client(Path(), wants=_WANTS, allowed=allowed, limits=LIMITS, agent=agent)
    until_s = time.monotonic() + TOTAL_S
    connections = Connections()
    told = failures = 0
    for topic in topics:
        form = urlencode({"hub.mode": "publish", "hub.url": topic})
        outcome = client.get(Ask(url=hub, form=form), connections)
        if not outcome.problem:
            told, failures = told + 1, 0
        else:
            complain(f"{topic}: {outcome.problem}")
            failures += 1
            if outcome.wait_s or failures == FAILURES:
                return told, "; it is left alone now"
        if time.monotonic() > until_s:
            return told, "; the time is up"
        time.sleep(PAUSE_S)
    return told, ""
