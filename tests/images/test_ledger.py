"""What is asked again, and when: decided from what is known of a picture."""

from __future__ import annotations

from pelican.plugins.news_digest.images.ledger import DAY_S, HOUR_S, Patience, due_addresses, note_outcome
from pelican.plugins.news_digest.images.making.store import Answer
from pelican.plugins.news_digest.network.outcome import Outcome

URL = "https://cdn.example/a.jpg"


def due(answer: Answer | None, now_s: int, *, has_source: bool = True, **patience: int) -> bool:
    """Whether an address with *answer* is asked at *now_s*."""
    answers = {URL: answer} if answer else {}
    return bool(
        due_addresses(
            [URL],
            answers,
            has_source={URL: has_source},
            now_s=now_s,
            patience=Patience(**{"recheck_s": 30 * DAY_S, **patience}),
        )
    )


def test_what_is_known_is_not_asked_again():
    """A fetched picture is asked for after a month, or when its file was lost."""
    answer = Answer(url=URL, checked=0, source="s")
    assert [True, False, False, True] == [
        due(None, 0), due(answer, HOUR_S), due(answer, 30 * DAY_S - 1), due(answer, 30 * DAY_S)
    ]  # fmt: skip
    assert due(answer, HOUR_S, has_source=False)
    assert not due(answer, 10**9, recheck_s=0)


def test_failures_are_remembered_for_a_while():
    """Passing ones for hours, longer each time; final ones for a month; unless the owner wants to know now."""
    passing = note_outcome(None, Outcome(url=URL, problem="busy"), now_s=0)
    assert [False, True] == [due(passing, 6 * HOUR_S - 1), due(passing, 6 * HOUR_S)]
    again = note_outcome(passing, Outcome(url=URL, problem="busy"), now_s=0)
    assert [False, True] == [due(again, 12 * HOUR_S - 1), due(again, 12 * HOUR_S)]
    for _ in range(40):
        again = note_outcome(again, Outcome(url=URL, problem="busy"), now_s=0)
    assert [False, True] == [due(again, 7 * DAY_S - 1), due(again, 7 * DAY_S)]
    final = note_outcome(None, Outcome(url=URL, problem="gone", is_final=True), now_s=0)
    assert [False, True] == [due(final, 30 * DAY_S - 1), due(final, 30 * DAY_S)]
    assert due(final, 1, retries_failed=True)


def test_a_host_that_asks_for_rest_gets_it():
    """Longer than we would have waited, if it says so."""
    answer = note_outcome(None, Outcome(url=URL, problem="busy", wait_s=9 * HOUR_S), now_s=100)
    assert 100 + 9 * HOUR_S == answer.retry


def test_a_picture_that_was_there_stays():
    """A host that fails later takes nothing away; one that answers again is forgiven."""
    first = note_outcome(None, Outcome(url=URL, source="s", etag="e"), now_s=0)
    failed = note_outcome(first, Outcome(url=URL, problem="gone", is_final=True), now_s=5)
    assert ("s", "e", "gone", 1) == (failed.source, failed.etag, failed.problem, failed.failures)
    assert Answer(url=URL, checked=9, source="t") == note_outcome(failed, Outcome(url=URL, source="t"), now_s=9)
