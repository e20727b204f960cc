"""Sources are asked for their feeds: who is due, what a host answered, and what is kept of it until the next time.

What is kept lies in the cache. Losing it loses time, and nothing else: everything is then asked for, and read, anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from ...disk.sealed import Journal
from ...network.client import Client
from ...network.exchange import Limits
from ...network.fetch import Fetcher, Manners
from ...network.outcome import Ask, Outcome, Wants

if TYPE_CHECKING:
    from ...network.guard import Allowed
    from .sources import Source

FOLDER: Final = "newsdesk"
LIMITS: Final = Limits(connect_s=5.0, read_s=10.0, total_s=20.0, max_bytes=10 * 2**20)
# One attempt: what failed is asked again in the next run. A slow feed says nothing about its neighbours on one host.
MANNERS: Final = Manners(attempts=1, slow_times=10**6, unreachable_times=3)
MOVED_TIMES: Final = 3
DAY_S: Final = 24 * 3600
GONE: Final = 410
# An hourly cron does not come to the second: a tenth of the time that is to pass may be missing.
_PUNCTUAL: Final = 0.9
_MAX_DOUBLINGS: Final = 10


FEEDS: Final = Wants(
    accept="application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5",
    encodings="gzip, br",
    problem=lambda head: "" if head else "the answer is empty",
    head_bytes=1,
)


class FeedState(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of one feed. Moments are seconds since 1970.

    Attributes:
        feed: Its address.
        asked_s, answered_s: When it was asked last, and when it answered last.
        source: The digest of what it answered; with what else is needed to read that again, and to ask for changes.
            ``""`` after an answer: that nothing changed since it was read, with a cache that is lost.
        failures, problem: How often in a row it failed, and why the last time.
        retry_s: Until when it is left alone after a failure.
        rest_s: Until when it said that nobody needs to ask.
        moved_to, moved_times: Where it says that it moved for good, and how often in a row.
        is_gone: Whether it said that it is gone for good.
        newest_s: The date of its newest entry.
    """

    feed: str
    asked_s: int = 0
    answered_s: int = 0
    source: str = ""
    etag: str = ""
    modified: str = ""
    content_type: str = ""
    found_at: str = ""
    failures: int = 0
    problem: str = ""
    retry_s: int = 0
    rest_s: int = 0
    moved_to: str = ""
    moved_times: int = 0
    is_gone: bool = False
    newest_s: int = 0
    took_s: float = 0.0
    title: str = ""


def is_due(state: FeedState | None, source: Source, *, now_s: int, is_own: bool) -> bool:
    """Whether *source* is to be asked now.

    Args:
        state: What is known of its feed; None: nothing.
        is_own: Whether its host is one of the owner's own: that is asked as often as the owner likes, but for what it
            says itself.
    """
    if state is None:
        return True
    if state.is_gone or now_s < state.rest_s:
        return False
    pause_s = source.every_minutes * 60 * _PUNCTUAL
    return is_own or (now_s >= state.asked_s + pause_s and now_s >= state.retry_s)


def note_answer(old: FeedState | None, outcome: Outcome, source: Source, *, now_s: int) -> FeedState:
    """Return what is known of a feed after *outcome*. What was fetched before stays, whatever happens later."""
    old = old or FeedState(feed=source.feed)
    if outcome.problem:
        failures = old.failures + 1
        pause_s = min(source.every_minutes * 60 << min(failures - 1, _MAX_DOUBLINGS), DAY_S)
        return msgspec.structs.replace(
            old,
            asked_s=now_s,
            failures=failures,
            problem=outcome.problem,
            retry_s=now_s + int(pause_s * _PUNCTUAL),
            rest_s=now_s + outcome.wait_s,
            is_gone=outcome.status == GONE,
            took_s=outcome.took_s,
        )
    # Who moved from https to http is not followed for good: anybody on the way may have said so.
    is_downgrade = source.feed.startswith("https:") and outcome.moved_to.startswith("http:")
    moved_to = "" if is_downgrade else outcome.moved_to
    is_still = moved_to and moved_to == old.moved_to
    return msgspec.structs.replace(
        old,
        asked_s=now_s,
        answered_s=now_s,
        source=outcome.source,
        etag=outcome.etag,
        modified=outcome.modified,
        content_type=outcome.content_type or (old.content_type if outcome.source == old.source else ""),
        found_at=outcome.found_at,
        failures=0,
        problem="",
        retry_s=0,
        rest_s=now_s + outcome.max_age_s if outcome.max_age_s else 0,
        moved_to=moved_to,
        moved_times=(old.moved_times + 1 if is_still else 1) if moved_to else 0,
        is_gone=False,
        took_s=outcome.took_s,
    )


class FeedCache:
    """What is kept of feeds: their bytes, and what is known of each.

    Args:
        cache: The plugin's folder in Pelican's ``CACHE_PATH``.

    Raises:
        OSError: It cannot be written.
    """

    def __init__(self, cache: Path) -> None:
        self.folder = cache / FOLDER
        self.sources = self.folder / "sources"
        self.parsed = self.folder / "parsed"
        for folder in (self.sources, self.parsed):
            folder.mkdir(parents=True, exist_ok=True)
        self._journal = Journal(self.folder / "feeds.jsonl", FeedState, lambda state: state.feed)

    @property
    def states(self) -> dict[str, FeedState]:
        """What is known, by the address of each feed."""
        return self._journal.records

    def note(self, state: FeedState) -> None:
        """Keep *state*."""
        self._journal.note(state)

    def path(self, digest: str) -> Path:
        """Return where the bytes with *digest* lie."""
        return self.sources / digest[:2] / digest

    def made_better(self, ask: Ask) -> Ask:
        """Return how to ask for the feed that *ask* is about: for what changed since, where its bytes are there."""
        state = self.states.get(ask.url)
        if state is None or not state.source or not self.path(state.source).is_file():
            return ask
        return Ask(url=ask.url, source=state.source, etag=state.etag, modified=state.modified)

    def tidy(self, feeds: Iterable[str], parsed: Iterable[str]) -> None:
        """Remove what is kept of other feeds, and what was read of other bytes."""
        self._journal.tidy(feeds)
        kept = {state.source for state in self.states.values()} | set(parsed)
        for folder in (self.sources, self.parsed):
            for path in folder.rglob("*"):
                if path.is_file() and path.name not in kept:
                    path.unlink(missing_ok=True)


def fetch(
    asks: Sequence[Ask],
    cache: FeedCache,
    *,
    allowed: Allowed,
    agent: str,
    wants: Wants = FEEDS,
) -> Iterator[Outcome]:
    """Ask for feeds, or whatever is wanted; several at once. Yield what became of each as it comes."""
    client = Client(cache.sources, wants=wants, allowed=allowed, limits=LIMITS, agent=agent)
    yield from Fetcher(client, manners=MANNERS).fetch(asks)


def fetch_one(url: str, cache: FeedCache, *, allowed: Allowed, agent: str, wants: Wants = FEEDS) -> Outcome:
    """Ask for one feed, or whatever is wanted, whenever it was asked for last."""
    return next(fetch([Ask(url=url)], cache, allowed=allowed, agent=agent, wants=wants))
