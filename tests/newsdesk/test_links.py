"""What an answer says of a link, when it is asked for again, and what its file is to say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pelican.plugins.news_digest.network.outcome import Outcome
from pelican.plugins.news_digest.newsdesk.links import LinkState, Verdict, dead_changes, is_due, news_of, note_answer
from tests.builders import make_item

URL = "https://harbour.example/ferry"
TODAY = date(2026, 5, 3)


@pytest.mark.parametrize(
    ("outcome", "verdict"),
    [
        (Outcome(url=URL, status=200), Verdict.ANSWERS),
        (Outcome(url=URL, status=200, moved_to="https://harbour.example/new"), Verdict.MOVED),
        (Outcome(url=URL, status=404, problem="the host answered 404"), Verdict.GONE),
        (Outcome(url=URL, status=410, problem="the host answered 410"), Verdict.GONE),
        (Outcome(url=URL, status=403, problem="the host answered 403"), Verdict.UNCLEAR),
        (Outcome(url=URL, status=503, problem="the host answered 503"), Verdict.UNCLEAR),
        (Outcome(url=URL, problem="no answer in time", is_slow=True), Verdict.UNCLEAR),
        (Outcome(url=URL, problem="the host is unknown", is_unreachable=True, is_unknown=True), Verdict.UNCLEAR),
    ],
)
def test_only_what_a_host_says_for_sure_is_gone(outcome: Outcome, verdict: Verdict):
    """Who refuses programs, or is busy, has the report."""
    assert verdict is note_answer(None, outcome, today=TODAY).verdict


def test_a_host_that_nobody_knows_is_gone_on_the_third_day():
    """Runs on one day count once; an answer of any kind begins anew."""
    unknown = Outcome(url=URL, problem="the host is unknown", is_unreachable=True, is_unknown=True)
    state: LinkState | None = None
    verdicts = []
    for day in (0, 0, 0, 1, 2):
        state = note_answer(state, unknown, today=TODAY + timedelta(days=day))
        verdicts.append(state.verdict)
    assert [Verdict.UNCLEAR] * 4 + [Verdict.GONE] == verdicts
    busy = note_answer(state, Outcome(url=URL, problem="busy", status=503), today=TODAY + timedelta(days=3))
    assert Verdict.UNCLEAR is note_answer(busy, unknown, today=TODAY + timedelta(days=4)).verdict


@pytest.mark.parametrize(
    ("status", "age_days", "days", "due"),
    [(200, 29, 30, False), (200, 30, 30, True), (404, 29, 30, False), (503, 0, 30, False), (503, 1, 30, True),
     (200, 0, 0, True), (503, 0, 0, True)],
)  # fmt: skip
def test_what_was_learnt_holds_for_some_days(status: int, age_days: int, days: int, *, due: bool):
    """Where nothing was learnt, it is asked for again on the next day."""
    problem = "" if status == 200 else f"the host answered {status}"
    state = LinkState(url=URL, day=TODAY - timedelta(days=age_days), status=status, problem=problem)
    assert due is is_due(state, today=TODAY, days=days)
    assert is_due(None, today=TODAY, days=days)


GONE = LinkState(url=URL, day=TODAY, status=404, problem="the host answered 404")
BACK = LinkState(url=URL, day=TODAY, status=200)
UNCLEAR = LinkState(url=URL, day=TODAY, status=503, problem="the host answered 503")


@pytest.mark.parametrize(
    ("dead", "state", "changes"),
    [
        (False, GONE, {"dead": "2026-05-03"}),
        (False, BACK, None),
        (False, UNCLEAR, None),
        (True, GONE, None),
        (True, BACK, None),
        (datetime(2026, 1, 1, tzinfo=UTC), GONE, None),
        (datetime(2026, 1, 1, tzinfo=UTC), BACK, {"dead": None}),
        (datetime(2026, 1, 1, tzinfo=UTC), UNCLEAR, None),
    ],
)
def test_a_file_says_since_when_and_a_persons_word_stays(
    *, dead: datetime | bool, state: LinkState, changes: dict[str, str | None] | None
):
    """A date goes when the link answers again; `true` is for its writer to take back."""
    item = make_item("a", url=URL, dead=dead)
    found = dead_changes(news_of([item, make_item("b", url="https://other.example/")], {URL: state}))
    assert ({item.source_path: changes} if changes else {}) == found
