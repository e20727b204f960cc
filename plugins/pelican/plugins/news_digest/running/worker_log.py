"""What is logged in other processes, said in the first one: a worker has no display, and knows no ``--fatal``.

It is kept until the worker answers, travels with the answer, and is logged once more there: in the order of the jobs,
whoever did them, and filtered and counted like everything else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, NamedTuple, TypeVar

Job = TypeVar("Job")
Answer = TypeVar("Answer")


class Line(NamedTuple):
    """One thing that was logged: by whom, how grave it is (as :mod:`logging` counts), and what."""

    logger: str
    level: int
    text: str


class Answered(NamedTuple, Generic[Answer]):
    """The answer to a job, and what this process has logged since its last one."""

    answer: Answer
    lines: tuple[Line, ...]


class _Keeper(logging.Handler):
    """Keeps what is logged until somebody takes it."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self._kept.append(record)

    def take(self) -> list[logging.LogRecord]:
        """Return what was kept; it is gone then."""
        kept, self._kept = self._kept, []
        return kept


_keeper = _Keeper()


def keep_log(level: int) -> None:
    """Keep what is logged in this process from now on, from *level* upwards.

    A copy of a process has its handlers as well, of whichever logger: the first one calls them.
    """
    root = logging.getLogger()
    root.setLevel(level)
    root.handlers = [_keeper]
    for logger in root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):  # not a name that nobody has asked for
            logger.handlers, logger.propagate = [], True


@contextmanager
def kept(logger: logging.Logger, level: int) -> Iterator[None]:
    """Keep what is logged by *logger* meanwhile, from *level* upwards: in a process that belongs to somebody else."""
    before = logger.level
    logger.addHandler(_keeper)
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(_keeper)
        logger.setLevel(before)
        _keeper.take()


def answer(function: Callable[[Job], Answer], job: Job) -> Answered[Answer]:
    """Return what *function* answers, with what was logged meanwhile; runs in any process.

    Raises:
        Exception: Whatever *function* raises; what was logged before stands on the standard error then.
    """
    try:
        found = function(job)
    except BaseException:
        if logging.lastResort:  # what Python itself does with what nobody handles
            for record in _keeper.take():
                logging.lastResort.handle(record)
        raise
    return Answered(found, taken())


def taken() -> tuple[Line, ...]:
    """Return what was kept of what this process has logged; it is gone then."""
    return tuple(Line(r.name, r.levelno, _keeper.format(r)) for r in _keeper.take())


def say(answered: Answered[Answer]) -> Answer:
    """Log here what was logged there, and return the answer.

    Raises:
        RuntimeError: Pelican's ``--fatal`` asks for it.
    """
    for line in answered.lines:
        logging.getLogger(line.logger).log(line.level, line.text)
    return answered.answer
