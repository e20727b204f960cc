"""Work by an executor of the owner's: whatever it does, the work is done, in order, and once said."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from pelican.plugins.news_digest.running import elsewhere
from pelican.plugins.news_digest.running.elsewhere import (
    Elsewhere,
    ElsewhereError,
    Program,
    answer_there,
    load_executor,
    marked,
    sees,
    this_process,
)
from pelican.plugins.news_digest.running.workers import Workers

JOBS = ["aaa", "bb", "c", "dddd"]


def same() -> bytes:
    """Return what two machines have in common."""
    return b"the same"


class Refusing(Executor):
    """Does no job: what is given happens instead when one is handed over, or when its answer is asked for."""

    def __init__(self, *, on_submit: Exception | None = None, on_answer: Exception | None = None) -> None:
        self.on_submit, self.on_answer = on_submit, on_answer
        self.is_shut_down = False

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Take a job."""
        if self.on_submit:
            raise self.on_submit
        future: Future[Any] = Future()
        if self.on_answer:
            future.set_exception(self.on_answer)
        return future

    def shutdown(self, wait: bool = True) -> None:  # type: ignore[override]  # noqa: FBT002 - as Python has it
        """End, without knowing what cancelling is, as Dask's."""
        self.is_shut_down = not wait


class Silent(Refusing):
    """Never answers."""


def refuse() -> Executor:
    """Start nothing."""
    raise OSError("no cluster")


def workers_with(start: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> Workers:
    """Return workers whose executor *start* returns."""
    monkeypatch.setattr(sys.modules[__name__], "start_now", start, raising=False)
    return Workers(2, elsewhere=Elsewhere(f"{__name__}:start_now", Program(same), answer_s=0.01))


@pytest.mark.parametrize(
    ("start", "said", "is_given_up"),
    [
        (refuse, "no cluster", True),
        (lambda: None, "and not a concurrent.futures.Executor", True),
        (lambda: Refusing(on_submit=RuntimeError("closed")), "closed", True),
        (lambda: Refusing(on_answer=BrokenExecutor("gone")), "gone", True),
        (lambda: Refusing(on_answer=CancelledError()), "CancelledError", True),
        (Silent, "TimeoutError", True),
        (lambda: Refusing(on_answer=KeyError("KilledWorker")), "KilledWorker", False),
        (lambda: Refusing(on_answer=ElsewhereError("other fonts")), "other fonts", False),
    ],
)
def test_what_is_not_done_there_is_done_here(
    start: Callable[[], object],
    said: str,
    *,
    is_given_up: bool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    """And said once; an executor that is broken or silent is not asked again."""
    workers = workers_with(start, monkeypatch)
    assert workers.is_elsewhere
    assert [3, 2, 1, 4] == list(workers.stream(len, JOBS))
    (record,) = caplog.records
    assert said in record.message
    assert "DIGEST_EXECUTOR" in record.message
    assert is_given_up == (workers.count == 1) == (not workers.is_elsewhere)
    workers.close()
    assert [3, 2, 1, 4] == list(workers_with(start, monkeypatch).map(len, JOBS))


def test_a_job_that_fails_fails_here(monkeypatch: pytest.MonkeyPatch):
    """With its own error, as without an executor."""
    workers = workers_with(lambda: ThreadPoolExecutor(2), monkeypatch)
    with pytest.raises(ValueError, match="'x'"):
        list(workers.map(int, ["1", "x"]))
    workers.close()


def test_an_executor_is_let_go(monkeypatch: pytest.MonkeyPatch):
    """Also one that takes no `cancel_futures`."""
    started = Refusing(on_answer=KeyError("lost"))
    workers = workers_with(lambda: started, monkeypatch)
    list(workers.map(len, JOBS))
    workers.close()
    assert started.is_shut_down


def test_names_that_lead_nowhere_are_errors():
    """A module that is not there, and a function that is not in it."""
    with pytest.raises(ModuleNotFoundError):
        load_executor("no_such_module:start")
    with pytest.raises(AttributeError):
        load_executor("concurrent.futures:start")


def test_another_program_does_no_job(monkeypatch: pytest.MonkeyPatch):
    """Its bytes might be others."""
    monkeypatch.setattr(elsewhere, "_programs", {})
    with pytest.raises(ElsewhereError, match="another News Digest"):
        answer_there(len, "abc", Program(same), b"different", ("another machine", 1), logging.WARNING)


def test_what_another_machine_logs_travels(monkeypatch: pytest.MonkeyPatch):
    """It is said where the build runs; what else that process logs stays there."""
    monkeypatch.setattr(elsewhere, "_programs", {})
    home = ("another machine", 1)
    answered = answer_there(_warn, 3, Program(same), same(), home, logging.WARNING)
    assert [("pelican.plugins.news_digest.x", logging.WARNING, "number 3")] == list(map(tuple, answered.lines))
    # Threads of the build itself have said it already.
    assert () == answer_there(_warn, 3, Program(same), same(), this_process(), logging.WARNING).lines


def _warn(number: int) -> int:
    logging.getLogger("pelican.plugins.news_digest.x").info("nobody asked for this")
    logging.getLogger("pelican.plugins.news_digest.x").warning("number %d", number)
    logging.getLogger("somebody.else").warning("not ours")
    return number


def test_a_mark_is_seen_only_where_it_was_made(tmp_path: Path):
    """A copy of the folder has another path or another mark; where none can be written nothing is seen."""
    with marked(str(tmp_path)) as mark:
        assert sees(mark)
        copy = tmp_path / "copy"
        copy.write_bytes(Path(mark).read_bytes())
        assert not sees(str(copy))
    assert not sees(mark)
    assert [copy] == list(tmp_path.iterdir())
    (tmp_path / "file").write_text("")
    with marked(str(tmp_path / "file" / "folder")) as mark:
        assert not sees(mark)
