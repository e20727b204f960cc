"""What another process logs travels with its answers."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from pelican.plugins.news_digest.running import worker_log


@pytest.fixture
def kept() -> Iterator[None]:
    """Let this process be a worker, for one test."""
    root = logging.getLogger()
    loggers = [root, *(each for each in root.manager.loggerDict.values() if isinstance(each, logging.Logger))]
    before = [(logger, logger.level, logger.handlers, logger.propagate) for logger in loggers]
    worker_log.keep_log(logging.INFO)
    yield
    for logger, *rest in before:
        logger.level, logger.handlers, logger.propagate = rest


def logged(job: str) -> int:
    """Log three things; fail for an empty *job*."""
    log = logging.getLogger("tests.work")
    log.debug("too little")
    log.info("begun %s", job)
    try:
        return 1 // len(job)
    except ZeroDivisionError:
        log.exception("no job")
        raise


@pytest.mark.usefixtures("kept")
def test_answer_comes_with_what_was_logged():
    """Each line once, from the level on that was asked for."""
    assert worker_log.Answered(1, (worker_log.Line("tests.work", logging.INFO, "begun a"),)) == (
        worker_log.answer(logged, "a")
    )
    assert () == worker_log.answer(len, "a").lines


@pytest.mark.usefixtures("kept")
def test_nothing_is_lost_with_what_fails(capsys: pytest.CaptureFixture[str]):
    """Then there is no answer to send it with."""
    with pytest.raises(ZeroDivisionError):
        worker_log.answer(logged, "")
    said = capsys.readouterr().err
    assert "begun" in said
    assert "no job" in said
    assert "Traceback" in said
    assert () == worker_log.answer(len, "a").lines


def test_lines_are_said_as_they_are(caplog: pytest.LogCaptureFixture):
    """A percent sign in one is no place for a value."""
    caplog.set_level("INFO")
    line = worker_log.Line("tests.work", logging.INFO, "100 %d")
    assert 7 == worker_log.say(worker_log.Answered(7, (line,)))
    assert [tuple(line)] == caplog.record_tuples
