"""One import: sources are asked, what they answer is read, and what is new becomes files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import msgspec

from ...network.guard import USUAL_PORTS, Allowed
from ...network.outcome import Outcome
from .decide import Moment, plan_feed
from .feeds import MOVED_TIMES, FeedCache, FeedState, fetch, is_due, note_answer
from .parsers import Parsers, key_of, load
from .parsing import Answered, Question
from .sources import Source
from .validators import Validators
from .write import NewsFolder

if TYPE_CHECKING:
    from .identity import Known

PARSERS: Final = 2
NOT_MODIFIED: Final = 304


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be imported, from where to where.

    Attributes:
        is_eager: Whether sources are asked that are not due yet.
    """

    sources: tuple[Source, ...]
    cache: FeedCache
    folder: NewsFolder
    validators: Validators
    allowed: Allowed
    agent: str
    at: Moment
    is_eager: bool

    @property
    def now_s(self) -> int:
        """Now, in seconds since 1970."""
        return int(self.at.now.timestamp())


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What one source brought.

    Attributes:
        is_asked, is_unchanged: Whether it was asked now, and whether it said that nothing changed (304).
        has_answered: Whether there is an answer: of now, or of the last time where it was not asked.
        problem: Why there is nothing, in words.
        left_out, notes: Reason → how many entries.
    """

    source: Source
    name: str
    is_asked: bool = False
    is_unchanged: bool = False
    has_answered: bool = False
    problem: str = ""
    note: str = ""
    new: int = 0
    updated: int = 0
    as_before: int = 0
    edited: int = 0
    left_out: dict[str, int] = {}
    notes: dict[str, int] = {}
    refused: tuple[str, ...] = ()


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What asking came to: outcomes by feed, and under which key what was read of each is kept."""

    outcomes: dict[str, Outcome]
    keys: dict[str, str]


def ask_sources(task: Task, *, on_asked: Callable[[int, int], None]) -> Asked:
    """Ask those who are due, and have what they answer read; of the others what they answered last.

    Args:
        on_asked: Told how many of how many have answered.
    """
    cache, now_s = task.cache, task.now_s
    by_feed = {source.feed: source for source in task.sources}
    due = [
        source
        for source in task.sources
        if task.is_eager or is_due(cache.states.get(source.feed), source, now_s=now_s, is_own=_is_own(source, task))
    ]
    outcomes: dict[str, Outcome] = {}
    keys: dict[str, str] = {}
    with Parsers(cache.parsed, count=PARSERS) as parsers:

        def read(source: Source) -> None:
            state = cache.states.get(source.feed)
            if state is None or state.problem or not cache.path(state.source).is_file():
                return
            question = _question(task, state, source)
            keys[source.feed] = key_of(question, state.source)
            parsers.begin(question, state.source)

        for source in task.sources:
            if source not in due:
                read(source)
        on_asked(0, len(due))
        asks = [cache.made_better(task.validators.ask_for(source)) for source in due]
        for outcome in fetch(asks, cache, allowed=task.allowed, agent=task.agent):
            source = by_feed[outcome.url]
            outcomes[outcome.url] = outcome
            cache.note(note_answer(cache.states.get(source.feed), outcome, source, now_s=now_s))
            read(source)
            on_asked(len(outcomes), len(due))
    return Asked(outcomes=outcomes, keys=keys)


def _is_own(source: Source, task: Task) -> bool:
    parts = urlsplit(source.feed)
    return task.allowed.names(parts.hostname or "", parts.port or USUAL_PORTS[parts.scheme])


def _question(task: Task, state: FeedState, source: Source) -> Question:
    return Question(
        path=str(task.cache.path(state.source)),
        url=state.found_at or source.feed,
        content_type=state.content_type,
        has_text=source.has_text,
    )


def take_in(task: Task, asked: Asked, *, on_done: Callable[[int, int], None]) -> tuple[Report, ...]:
    """Write what is new, source by source in the order of the file, and return what became of each.

    Args:
        on_done: Told how many of how many sources are done.

    Raises:
        OSError: The content folder cannot be written; what was written before is noted.
    """
    known = task.folder.read()
    reports = []
    try:
        for number, source in enumerate(task.sources, 1):
            reports.append(_take_in_one(task, source, asked, known))
            on_done(number, len(task.sources))
    finally:
        task.folder.close()
    task.validators.save(source.feed for source in task.sources)
    task.cache.tidy((source.feed for source in task.sources), asked.keys.values())
    return tuple(reports)


def _take_in_one(task: Task, source: Source, asked: Asked, known: Known) -> Report:
    outcome = asked.outcomes.get(source.feed)
    state = task.cache.states.get(source.feed)
    about = Report(source=source, name=_name(source, state), is_asked=outcome is not None)
    is_unchanged = outcome is not None and outcome.status == NOT_MODIFIED
    key = asked.keys.get(source.feed)
    if state is not None and state.answered_s and not (state.source or state.problem):
        # It is as it was when it was read, and what it was is not here any more.
        return msgspec.structs.replace(about, is_unchanged=is_unchanged, has_answered=True, note=_where_it_went(state))
    if key is None or state is None:
        return msgspec.structs.replace(about, problem=_problem(state))
    answered = load(task.cache.parsed, key) or Answered(problem="what was read of it is lost")
    feed = answered.feed
    if feed is None:
        return msgspec.structs.replace(about, problem=answered.problem)
    state = _noted(state, answered, task.now_s)
    if state != task.cache.states.get(source.feed):
        task.cache.note(state)
    plan = plan_feed(feed, source, known, at=task.at)
    written = [task.folder.write(wanted, day=task.at.now.date()) for wanted in plan.wanted]
    task.validators.note(source, state, has_news=any(each.is_new or each.is_updated for each in written))
    return msgspec.structs.replace(
        about,
        name=_name(source, state),
        is_unchanged=is_unchanged,
        has_answered=True,
        note=", ".join(filter(None, (feed.note, _where_it_went(state)))),
        new=sum(each.is_new for each in written),
        updated=sum(each.is_updated for each in written),
        as_before=sum(not (each.is_new or each.is_updated or each.problem) for each in written),
        edited=sum(each.is_edited for each in written),
        left_out=plan.left_out,
        notes=plan.notes,
        refused=tuple(each.problem for each in written if each.problem),
    )


def _where_it_went(state: FeedState) -> str:
    return f"moved to {state.moved_to}" if state.moved_times >= MOVED_TIMES else ""


def _name(source: Source, state: FeedState | None) -> str:
    return source.title or (state.title if state else "") or source.name


def _problem(state: FeedState | None) -> str:
    if state is None:
        return "was not asked"
    if state.is_gone:
        return f"{state.problem}: it is gone for good, and is not asked any more; remove it, or use --now"
    again = f" ({state.failures} times in a row)" if state.failures > 1 else ""
    return f"{state.problem}{again}" if state.problem else "what it answered is lost"


def _noted(state: FeedState, answered: Answered, now_s: int) -> FeedState:
    feed = answered.feed
    if feed is None:
        return state
    dates = [entry.published_s or entry.updated_s or 0 for entry in feed.entries]
    newest_s = max((date for date in dates if date <= now_s), default=0)
    rest_s = max(state.rest_s, state.asked_s + feed.ttl_s) if feed.ttl_s else state.rest_s
    return msgspec.structs.replace(state, newest_s=newest_s, title=feed.title, rest_s=rest_s)
