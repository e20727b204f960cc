"""Who is asked, when again, and what is remembered: decided without a clock."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pelican.plugins.news_digest.network.outcome import Ask, Outcome
from pelican.plugins.news_digest.newsdesk.incoming.feeds import FeedCache, FeedState, is_due, note_answer
from pelican.plugins.news_digest.newsdesk.incoming.sources import Source

URL = "https://harbour.example/feed"
SOURCE = Source(feed=URL)
HOUR_S = 3600
GOOD = Outcome(url=URL, source="digest", etag="e", status=200, found_at=URL)


def failed(**more: object) -> Outcome:
    """Return the outcome of a failure."""
    return Outcome(url=URL, problem="the host answered 500", status=500, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("is_asked", "now_s"), [(False, 0), (False, 50 * 60), (True, 55 * 60), (True, HOUR_S)])
def test_nobody_is_asked_more_often_than_once_an_hour(is_asked: bool, now_s: int):
    """A cron that comes a little early is let through; hosts of the owner's own are asked at any time."""
    state = note_answer(None, GOOD, SOURCE, now_s=0)
    assert is_asked is is_due(state, SOURCE, now_s=now_s, is_own=False)
    assert is_due(state, SOURCE, now_s=now_s, is_own=True)
    assert is_due(None, SOURCE, now_s=now_s, is_own=False)


def test_failures_back_off_and_are_never_final():
    """An hour, two, four, at most a day; one answer, and it is as before."""
    state, pauses = None, []
    for now_s in range(0, 9 * 10**6, 10**6):
        state = note_answer(state, failed(), SOURCE, now_s=now_s)
        pauses.append(round((state.retry_s - now_s) / 0.9 / HOUR_S))
    assert [1, 2, 4, 8, 16, 24, 24, 24, 24] == pauses
    assert state is not None
    assert 9 == state.failures
    good = note_answer(state, GOOD, SOURCE, now_s=10**8)
    assert (0, "", 0) == (good.failures, good.problem, good.retry_s)


def test_who_wants_to_be_left_alone_is():
    """Retry-After and Cache-Control hold for everybody, also for the owner's own hosts."""
    for outcome in (failed(wait_s=7200), Outcome(url=URL, source="d", status=200, max_age_s=7200)):
        state = note_answer(None, outcome, SOURCE, now_s=0)
        assert not is_due(state, SOURCE, now_s=7199, is_own=True)
        assert is_due(state, SOURCE, now_s=7200, is_own=True)


def test_who_is_gone_for_good_is_not_asked():
    """410, and nothing else."""
    gone = note_answer(None, Outcome(url=URL, problem="the host answered 410", status=410), SOURCE, now_s=0)
    assert gone.is_gone
    assert not is_due(gone, SOURCE, now_s=10**9, is_own=True)
    missing = note_answer(None, Outcome(url=URL, problem="the host answered 404", status=404), SOURCE, now_s=0)
    assert is_due(missing, SOURCE, now_s=10**9, is_own=False)


def test_moving_is_counted_while_it_is_said_again():
    """Three times in a row the same, and it has moved; another answer begins anew."""
    moved = Outcome(url=URL, source="d", status=200, found_at="https://new.example/", moved_to="https://new.example/")
    state = None
    for times in (1, 2, 3):
        state = note_answer(state, moved, SOURCE, now_s=0)
        assert times == state.moved_times
    assert 0 == note_answer(state, GOOD, SOURCE, now_s=0).moved_times
    down = msgspec.structs.replace(moved, moved_to="http://new.example/")
    assert ("", 0) == ((downgraded := note_answer(state, down, SOURCE, now_s=0)).moved_to, downgraded.moved_times)


def test_what_was_fetched_stays_through_failures():
    """And new validators are kept when nothing else is new."""
    state = note_answer(note_answer(None, GOOD, SOURCE, now_s=0), failed(), SOURCE, now_s=1)
    assert ("digest", "e", 0) == (state.source, state.etag, state.answered_s)
    same = Outcome(url=URL, source="digest", etag="new", status=304)
    assert "new" == note_answer(state, same, SOURCE, now_s=2).etag


def test_what_is_kept_is_asked_about(tmp_path: Path):
    """Only where its bytes are still there."""
    cache = FeedCache(tmp_path)
    cache.note(FeedState(feed=URL, source="ab12", etag="e", modified="m"))
    plain = Ask(url=URL, etag="kept beside the items")
    assert plain == cache.made_better(plain)
    cache.path("ab12").parent.mkdir()
    cache.path("ab12").write_bytes(b"x")
    ask = cache.made_better(plain)
    assert ("ab12", "e", "m") == (ask.source, ask.etag, ask.modified)
    cache.tidy([], [])
    assert not cache.path("ab12").exists()
    assert {} == FeedCache(tmp_path).states
