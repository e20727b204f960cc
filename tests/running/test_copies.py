"""Copies of a process: they know what it knows, answer in order, and never cost an answer."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from pelican.plugins.news_digest.running import workers
from pelican.plugins.news_digest.running.copies import AT_ONCE, Copies, can_copy
from pelican.plugins.news_digest.running.workers import Workers
from tests.conftest import ROOT
from tests.running.killing import assert_all_end

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has copies that work")


def answers(function: Callable[[int], object], count: int, *, processes: int = 2) -> list[object]:
    """Return what copies answer to numbers below *count*."""
    with Copies(function, processes) as crew:
        return list(crew.answers(count))


def test_answers_come_in_order_from_other_processes():
    """However long each takes; what they call need not be picklable, and knows what this process knows."""
    here, secret = os.getpid(), object()

    def answer(number: int) -> tuple[int, bool, bool]:
        time.sleep(0.02 * (number % 3 == 0))
        return number, os.getpid() != here, secret is not None

    assert [(number, True, True) for number in range(50)] == answers(answer, 50)


@pytest.mark.parametrize("count", [0, 1, AT_ONCE - 1, 2 * AT_ONCE, 2 * AT_ONCE + 1])
def test_any_number_of_questions(count: int):
    """Fewer than there are copies, or than each is asked at once, too."""
    assert list(range(count)) == answers(lambda number: number, count, processes=3)


def test_what_copies_log_is_logged_here(caplog: pytest.LogCaptureFixture):
    """In the order of the numbers; what nobody wants to know is not sent."""
    caplog.set_level("WARNING")

    def answer(number: int) -> None:
        logging.getLogger("tests.copied").info("nobody asked for this")
        logging.getLogger("tests.copied").warning("number %d: %s", number, "100 %")

    answers(answer, 6)
    assert [("tests.copied", logging.WARNING, f"number {n}: 100 %") for n in range(6)] == caplog.record_tuples


def test_what_copies_log_reaches_handlers_once(tmp_path: Path):
    """Whatever a plugin has hung on a logger is the first process's: a copy would write the line a second time."""
    logger = logging.getLogger("tests.copied.handled")
    handler = logging.FileHandler(tmp_path / "log.txt")
    handler.setFormatter(logging.Formatter("%(process)d %(message)s"))
    logger.addHandler(handler)
    logger.propagate = False
    try:
        answers(lambda number: logger.warning("handled %d", number), 6)
    finally:
        logger.removeHandler(handler)
        handler.close()
    assert [f"{os.getpid()} handled {n}" for n in range(6)] == (tmp_path / "log.txt").read_text().splitlines()


def test_what_fails_fails_here():
    """With its own error, and only when its turn comes; the copies are ended, not waited for."""
    here, seen = os.getpid(), []

    def answer(number: int) -> int:
        if number == 3:
            raise ZeroDivisionError(str(os.getpid()))
        if number > 3 and os.getpid() != here:
            time.sleep(60)
        return number

    began = time.monotonic()
    with pytest.raises(ZeroDivisionError, match=str(here)), Copies(answer, 2) as crew:
        seen.extend(crew.answers(100))
    assert [0, 1, 2] == seen
    assert time.monotonic() - began < 30


def test_what_only_fails_in_a_copy_is_answered_here(caplog: pytest.LogCaptureFixture):
    """Also what cannot be sent; what was logged on the way is logged once."""
    here = os.getpid()

    def answer(number: int) -> object:
        logging.getLogger("tests.copied.once").warning("number %d of %d", number, 4)
        if os.getpid() != here and number == 1:
            raise MemoryError
        return threading.Lock() if number == 2 else number

    found = answers(answer, 4)
    assert [0, 1, 3] == [found[0], found[1], found[3]]
    assert isinstance(found[2], type(threading.Lock()))
    lines = [record.getMessage() for record in caplog.records if record.name == "tests.copied.once"]
    assert [f"number {n} of 4" for n in range(4)] == lines


# Pelican says nothing twice, so each case has a signal of its own.
@pytest.mark.parametrize(("processes", "killed_by"), [(1, signal.SIGKILL), (3, signal.SIGTERM)])
def test_a_killed_copy_costs_time_only(caplog: pytest.LogCaptureFixture, processes: int, killed_by: int):
    """Whatever it had been asked is worked out here, and said once; where all are gone, so is the rest."""
    here = os.getpid()

    def answer(number: int) -> int:
        if number == 5 and os.getpid() != here:
            os.kill(os.getpid(), killed_by)
        return number * 2

    assert [number * 2 for number in range(60)] == answers(answer, 60, processes=processes)
    assert 1 == caplog.text.count(f"which takes longer: one has ended (-{killed_by})")


def test_where_memory_is_short_a_copy_is_ended_first():
    """The first process would take the site with it, and is the largest most often: the system would choose it."""
    judged = Path("/proc/self/oom_score_adj")
    before = judged.read_text()
    assert ["1000\n"] * 4 == answers(lambda _: judged.read_text(), 4)
    assert before == judged.read_text()


def test_nothing_goes_on_afterwards():
    """Neither where all was answered, nor where nobody asked for the rest."""
    with Copies(lambda number: time.sleep(0.01 * number), 3) as crew:
        processes = [copy._process for copy in crew._copies]
        for _, number in zip(crew.answers(50), range(4)):  # noqa: B905 - it is left in the middle
            assert number < 4
        raised = all(process.is_alive() for process in processes)
    assert raised
    assert not any(process.is_alive() for process in processes)


def test_a_copy_is_made_of_a_process_without_other_threads():
    """A lock that another thread holds would stay locked; the one that moves a display is known."""
    script = (
        "import sys, threading\n"
        "from pelican.plugins.news_digest.running.copies import can_copy\n"
        "from rich.console import Console\n"
        "found = [can_copy()]\n"
        "with Console(file=sys.stderr).status('on its way'):\n"
        "    found += [threading.active_count() > 1, can_copy()]\n"
        "over = threading.Event()\n"
        "threading.Thread(target=over.wait).start()\n"
        "found.append(can_copy())\n"
        "over.set()\n"
        "print(found)\n"
    )
    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "[True, True, True, False]" == said.strip()


def test_other_systems_have_none(monkeypatch: pytest.MonkeyPatch):
    """There is a fork on macOS, and libraries that do not survive it."""
    monkeypatch.setattr(threading, "enumerate", lambda: [threading.current_thread()])
    assert can_copy()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not can_copy()


@pytest.mark.busy("processes take their time to end")
@pytest.mark.slow
def test_copies_end_with_a_build_that_is_killed(tmp_path: Path):
    """Nobody else would ever tell them, and each holds what those before it are told by."""
    script = (
        "import os, signal, sys, time\n"
        "from pathlib import Path\n"
        "from pelican.plugins.news_digest.running.copies import Copies\n"
        "def answer(number):\n"
        "    Path(sys.argv[1], str(os.getpid())).touch()\n"
        "    time.sleep(0 if number < 8 else 600)\n"
        "with Copies(answer, 3) as crew:\n"
        "    for number, _ in enumerate(crew.answers(100)):\n"
        "        if number == 7:\n"
        "            os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert_all_end(script, tmp_path)


def test_where_no_process_is_to_be_had_one_does_it_all(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    """With one line, whichever of the copies was refused."""
    monkeypatch.setattr(workers, "can_copy", lambda: True)
    fork, left = os.fork, [1]

    def refuse() -> int:
        if not left[0]:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        left[0] -= 1
        return fork()

    monkeypatch.setattr(os, "fork", refuse)
    crew = Workers(3)
    assert crew.are_copies
    assert [(n, os.getpid()) for n in range(9)] == list(crew.share(lambda number: (number, os.getpid()), 9))
    assert not crew.are_copies
    assert 1 == caplog.text.count("continuing with one process, which takes longer: ")


def test_shared_work_is_spread_where_it_can_be(monkeypatch: pytest.MonkeyPatch):
    """And done here where it cannot."""
    monkeypatch.setattr(workers, "can_copy", lambda: True)
    assert os.getpid() not in set(Workers(2).share(lambda _: os.getpid(), 9))
    assert {os.getpid()} == set(Workers(1).share(lambda _: os.getpid(), 9))
    assert {os.getpid()} == set(Workers(2).share(lambda _: os.getpid(), 1))
    monkeypatch.setattr(workers, "can_copy", lambda: False)
    assert {os.getpid()} == set(Workers(2).share(lambda _: os.getpid(), 9))


def test_what_is_prepared_is_done_by_a_copy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Nobody waits for it, not even for its failure; before there was shared work it is not worth it."""
    monkeypatch.setattr(workers, "can_copy", lambda: True)
    crew = Workers(2)
    crew.prepare(os.mkdir, tmp_path / "early")
    assert [0, 1] == list(crew.share(lambda number: number, 2))
    for _ in range(2):
        crew.prepare(os.mkdir, tmp_path / "late")
    deadline = time.monotonic() + 20
    while not (tmp_path / "late").exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    crew.close()
    assert not (tmp_path / "early").exists()


def test_one_thing_is_worked_out_meanwhile(monkeypatch: pytest.MonkeyPatch):
    """By another process, which ends with the context, whether or not somebody wants to know what it found."""
    monkeypatch.setattr(workers, "can_copy", lambda: True)
    with Workers(2).ahead(os.getpid) as answer:
        assert answer is not None
        assert os.getpid() != answer()
    began = time.monotonic()
    with Workers(2).ahead(lambda: time.sleep(60)):
        pass
    assert time.monotonic() - began < 30
    with Workers(1).ahead(os.getpid) as answer:
        assert answer is None


def test_what_is_not_worked_out_meanwhile_is_worked_out_here(monkeypatch: pytest.MonkeyPatch):
    """Where the copy was killed, and where what it does fails: with its own error."""
    monkeypatch.setattr(workers, "can_copy", lambda: True)
    here = os.getpid()

    def die() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return os.getpid()

    with Workers(2).ahead(die) as answer:
        assert answer is not None
        assert here == answer()
    with Workers(2).ahead(lambda: 1 // 0) as answer:
        assert answer is not None
        with pytest.raises(ZeroDivisionError):
            answer()
