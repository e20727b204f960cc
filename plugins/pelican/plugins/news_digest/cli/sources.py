"""``news-digest sources``: the sources of news, and their health."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from ..disk.sealed import replace_file
from ..errors import counted
from ..frontmatter.yaml.refused import FrontMatterError
from ..host.build import CACHE_FOLDER, utc_now
from ..newsdesk.incoming.discovery import NoFeedError, find_feed
from ..newsdesk.incoming.feeds import DAY_S, MOVED_TIMES, FeedCache, FeedState
from ..newsdesk.incoming.opml import OpmlError, read_opml, write_opml
from ..newsdesk.incoming.sources import Source, with_sources, without_source
from ..text.address import AddressError, clean_address
from .command import CommandError, Exit, add_settings, settings_with_content
from .hosts import add_allow_host, agent, allowed_hosts
from .importing import read_sources, sources_path, text_of_sources
from .terminal import complain, say

DESCRIPTION = (
    "List the sources of sources.yaml with their health: when they answered last, what failed, who moved, who is slow "
    "or silent. Add the feed of a page, remove one, or hand lists of feeds over as OPML, whose folders are topics. "
    "Comments in the file stay."
)
EXAMPLES = """\
news-digest sources                                      list them
news-digest sources add https://harbour.example          find the feed of a page, and add it
news-digest sources add URL --topic Harbour --topic Sea  with topics for all of its items
news-digest sources remove https://harbour.example/feed  by its address or its title
news-digest sources import feeds.opml                    from another feed reader
news-digest sources export feeds.opml                    to another one
"""
_ACTIONS: Final = ("list", "add", "remove", "import", "export")
SILENT_DAYS: Final = 30
SLOW_S: Final = 5.0
_HOUR_S: Final = 3600


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``sources`` can be told."""
    parser.add_argument("action", nargs="?", choices=_ACTIONS, default="list", help="what to do (default: %(default)s)")
    parser.add_argument("what", nargs="?", help="a URL for add and remove, a file for import and export")
    add_settings(parser)
    parser.add_argument("-t", "--topic", action="append", default=[], help="with add: a topic; can be repeated")
    parser.add_argument("--title", default="", help="with add: what it is called (default: what the feed says)")
    parser.add_argument("--offline", action="store_true", help="with add: add the URL as it is, without asking there")
    add_allow_host(parser)


def run(args: argparse.Namespace) -> int:
    """Do what was asked for."""
    needs = {"add": "a URL", "remove": "a URL or a title", "import": "an OPML file"}
    if args.action in needs and not args.what:
        raise CommandError(f"`news-digest sources {args.action}` needs {needs[args.action]}")
    actions = {"list": _list, "add": _add, "remove": _remove, "import": _import, "export": _export}
    return actions[args.action](args)


def _list(args: argparse.Namespace) -> int:
    found = read_sources(args.settings)
    states = _cache(settings_with_content(args.settings)).states
    for line in health(found.sources, states, now_s=int(utc_now().timestamp())):
        say(line)
    say(f"{counted(len(found.sources), 'source')} in {sources_path(args.settings)}")
    return Exit.PROBLEMS if found.diagnostics else Exit.DONE


def _add(args: argparse.Namespace) -> int:
    try:
        url = clean_address(args.what if "://" in args.what else f"https://{args.what}")
    except AddressError as error:
        raise CommandError(f"{args.what!r} is {error}; give the full https URL of a feed, or of its page") from None
    title = ""
    if not args.offline:
        given = settings_with_content(args.settings)
        allowed = allowed_hosts(args.allow_host, named_by="--allow-host")
        try:
            found = find_feed(url, _cache(given), allowed=allowed, agent=agent(given.get("SITEURL")))
        except NoFeedError as error:
            complain(f"{url}: {error}; nothing was added")
            return Exit.PROBLEMS
        url, title = found.feed, found.title
    more = {"topics": args.topic, "title": args.title}
    entry = {"feed": url, **{key: value for key, value in more.items() if value}}
    if add_to_file(sources_path(args.settings), [entry]):
        say(f"added {args.title or title or url}: {url}")
    else:
        say(f"{url} was there already")
    return Exit.DONE


def _remove(args: argparse.Namespace) -> int:
    path = sources_path(args.settings)
    try:
        replace_file(path, without_source(text_of_sources(path), args.what).encode())
    except LookupError:
        complain(f"{path} names no source {args.what!r}; `news-digest sources` lists them")
        return Exit.PROBLEMS
    except FrontMatterError as error:
        raise _unreadable(path, error) from None
    say(f"removed {args.what}")
    return Exit.DONE


def _import(args: argparse.Namespace) -> int:
    entries, refused = opml_entries(Path(args.what))
    added = add_to_file(sources_path(args.settings), entries)
    there = len(entries) - added
    say(f"{counted(added, 'source')} added, {there:,} there already, {refused:,} without a URL that can be asked")
    return Exit.DONE


def _export(args: argparse.Namespace) -> int:
    found = read_sources(args.settings)
    data = write_opml(found.sources, title=str(settings_with_content(args.settings).get("SITENAME") or "Sources"))
    if not args.what:
        say(data.decode())
        return Exit.DONE
    Path(args.what).write_bytes(data)
    say(f"{counted(len(found.sources), 'source')} written to {args.what}")
    return Exit.DONE


def opml_entries(path: Path) -> tuple[list[dict[str, object]], int]:
    """Return what the OPML file *path* lists; see :func:`.newsdesk.incoming.opml.read_opml`.

    Raises:
        CommandError: It cannot be read.
    """
    try:
        return read_opml(path.read_bytes())
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from None
    except OpmlError as error:
        raise CommandError(f"{path} {error}") from None


def add_to_file(path: Path, entries: Sequence[Mapping[str, object]]) -> int:
    """Add *entries* to the ``sources.yaml`` at *path*, which is made if need be; return how many were new.

    Raises:
        CommandError: The file cannot be read or changed.
    """
    try:
        text, added = with_sources(text_of_sources(path) if path.exists() else "", entries)
    except FrontMatterError as error:
        raise _unreadable(path, error) from None
    if added:
        replace_file(path, text.encode())
    return added


def _unreadable(path: Path, error: FrontMatterError) -> CommandError:
    where = f"{path}:{error.line}" if error.line else str(path)
    return CommandError(f"{where}: {error.problem}{f'; {error.hint}' if error.hint else ''}; nothing was changed")


def _cache(given: Mapping[str, object]) -> FeedCache:
    return FeedCache(Path(str(given["CACHE_PATH"]), CACHE_FOLDER))


def health(sources: Sequence[Source], states: Mapping[str, FeedState], *, now_s: int) -> Iterator[str]:
    """Yield a line for each source, with its state.

    Args:
        states: What is known, by the address of each feed.
        now_s: Seconds since 1970.
    """
    names = [source.title or (states[source.feed].title if source.feed in states else "") for source in sources]
    width = max((len(name) for name in names), default=0)
    for source, name in zip(sources, names, strict=True):
        yield f"{name:<{width}}  {source.feed}  {', '.join(_state(states.get(source.feed), now_s=now_s))}".strip()


def _state(state: FeedState | None, *, now_s: int) -> Iterator[str]:
    if state is None:
        yield "not asked yet"
        return
    if state.is_gone:
        yield f"GONE for good ({state.problem}): not asked any more"
    elif state.problem:
        yield f"FAILING {counted(state.failures, 'time')} in a row: {state.problem}"
    yield f"answered {_ago(now_s - state.answered_s)}" if state.answered_s else "never answered"
    if state.newest_s:
        yield f"newest item {_ago(now_s - state.newest_s)}"
        if now_s - state.newest_s > SILENT_DAYS * DAY_S:
            yield f"SILENT for more than {SILENT_DAYS} days"
    if state.moved_times >= MOVED_TIMES:
        yield f"MOVED to {state.moved_to}"
    if state.took_s >= SLOW_S:
        yield f"SLOW ({state.took_s:g} s)"


def _ago(seconds: int) -> str:
    if seconds < _HOUR_S:
        return f"{counted(max(seconds, 0) // 60, 'minute')} ago"
    if seconds < 2 * DAY_S:
        return f"{counted(seconds // _HOUR_S, 'hour')} ago"
    return f"{counted(seconds // DAY_S, 'day')} ago"
