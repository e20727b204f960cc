"""Work spread over copies of this process: they know all that it knows, so nothing has to be sent to them.

Only for speed: a tenth of the time of a first build, part of what :mod:`.workers` saves. Without this module processes
that are sent what they need do the same work.

A lock that another thread holds while a process is copied stays locked in the copy for ever. So a process is copied
only while it has no other thread, but for the one that moves Pelican's display: a copy writes to no terminal, and ends
without the clean-up that would flush what the first one has not written yet. On systems other than Linux there are no
copies, or libraries that do not survive it (macOS).
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar

from . import worker_log
from .worker import begin
from .worker_log import Answered

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

log = logging.getLogger(__name__)
Job = TypeVar("Job")
Answer = TypeVar("Answer")
# Questions that each copy has got, so that none waits for the next one.
AT_ONCE: Final = 4


def can_copy() -> bool:
    """Whether this process may be copied now."""
    others = (thread for thread in threading.enumerate() if thread is not threading.current_thread())
    return sys.platform == "linux" and all(type(thread).__module__.startswith("rich.") for thread in others)


def do_beside(function: Callable[[Job], object], job: Job) -> BaseProcess:
    """Let a copy of this process do *job*; nobody needs it done.

    Raises:
        OSError, ImportError: The system has no room for it.
    """
    return _started(function, job)


class Copies(Generic[Answer]):
    """Copies of this process, each of which calls *function* with numbers. Use it as a context, in which they run.

    Raises:
        OSError, ImportError: The system has no room for them.
    """

    def __init__(self, function: Callable[[int], Answer], count: int) -> None:
        self._function = function
        self._copies: list[_Copy[Answer]] = []
        try:
            for _ in range(count):
                self._copies.append(_Copy(function, self._copies))
        except BaseException:
            self._end(kills=True)
            raise

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End them; where something failed they are not waited for."""
        self._end(kills=kind is not None)

    def answers(self, count: int) -> Iterator[Answer]:
        """Yield what the function answers to 0, 1, 2 … below *count*, in this order.

        What a copy leaves unanswered, because it was killed or the function failed there, is worked out here: so what
        fails, fails here.
        """
        from multiprocessing.connection import wait  # noqa: PLC0415 - not on every system

        numbers, found = iter(range(count)), dict[int, Answered[Answer] | None]()
        for copy in self._copies * AT_ONCE:
            copy.ask(numbers)
        for number in range(count):
            while number not in found and (busy := {copy.pipe: copy for copy in self._copies if copy.asked}):
                ready = wait(busy)
                for copy in (copy for pipe, copy in busy.items() if pipe in ready):
                    found.update(copy.receive())
                    copy.ask(numbers)
            answered = found.pop(number, None)
            yield self._function(number) if answered is None else worker_log.say(answered)

    def _end(self, *, kills: bool) -> None:
        for copy in self._copies:
            copy.end(kills=kills)


class Ahead(Generic[Answer]):
    """What *function* answers, worked out by a copy of this process meanwhile. Use it as a context.

    Raises:
        OSError, ImportError: The system has no room for it.
    """

    def __init__(self, function: Callable[[], Answer]) -> None:
        self._function = function
        self._copy = _Copy[Answer](lambda _: function(), [])
        self._copy.ask(iter((0,)))

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the copy; where nobody has asked for its answer, or something failed, it is not waited for."""
        self._copy.end(kills=kind is not None or bool(self._copy.asked))

    def answer(self) -> Answer:
        """Return the answer; where the copy has none it is worked out here, so that what fails, fails here."""
        answered = self._copy.receive()[0]
        return self._function() if answered is None else worker_log.say(answered)


class _Copy(Generic[Answer]):
    """One copy, and what it was asked and has not answered, in order."""

    def __init__(self, function: Callable[[int], Answer], earlier: list[_Copy[Answer]]) -> None:
        self.asked: deque[int] = deque()
        self.pipe, there = multiprocessing.Pipe()
        # The end of a pipe tells a copy that nobody asks any more, unless another copy holds this side of it.
        ours = [self.pipe, *(copy.pipe for copy in earlier)]
        self._process = _started(_serve, function, there, ours)
        there.close()

    def ask(self, numbers: Iterator[int]) -> None:
        """Ask for the next of *numbers*, if there is one."""
        if not self.pipe.closed and (number := next(numbers, None)) is not None:
            self.asked.append(number)
            with suppress(OSError):  # it has ended, as is found where its answer is received
                self.pipe.send(number)

    def receive(self) -> dict[int, Answered[Answer] | None]:
        """Return the next answer, by its number; None: there is none, after the copy's end to nothing it was asked."""
        try:
            found = {self.asked[0]: self.pipe.recv()}
            self.asked.popleft()
        except (EOFError, OSError):
            self.end(kills=True)
            log.warning(
                "continuing with fewer processes, which takes longer: one has ended (%s)", self._process.exitcode
            )
            found = dict.fromkeys(self.asked)
            self.asked.clear()
        return found

    def end(self, *, kills: bool) -> None:
        """End the copy."""
        if kills:
            self._process.kill()
        self.pipe.close()
        self._process.join()


def _started(work: Callable[..., object], *given: object) -> BaseProcess:
    """Return a copy of this process in which *work* is done with what is *given*, and nothing after it."""
    level = logging.getLogger().getEffectiveLevel()
    process = multiprocessing.get_context("fork").Process(target=_work, args=(level, work, given), daemon=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads: see above
        process.start()
    return process


def _work(level: int, work: Callable[..., object], given: tuple[object, ...]) -> None:
    try:
        begin(log_level=level)
        work(*given)
    finally:
        os._exit(0)


def _serve(function: Callable[[int], object], pipe: Connection[Any, Any], ours: list[Connection[Any, Any]]) -> None:
    """Answer until nobody asks any more."""
    for other in ours:
        other.close()
    while True:
        pipe.send(_answer(function, pipe.recv()))


def _answer(function: Callable[[int], object], number: int) -> Answered[object] | None:
    try:
        found = function(number)
    except Exception:  # noqa: BLE001 - the first process hears of it when it does the same
        worker_log.taken()
        return None
    return Answered(found, worker_log.taken())
