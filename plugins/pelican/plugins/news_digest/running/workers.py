"""Work spread over processes, answers in the order of the questions.

Only for speed: on two processors a first build of ten thousand items takes 11 processor seconds in under seven
(``python benchmarks/run.py --sets 10k --peers us --modes cold``). Without this module all work is done in one process,
as with ``DIGEST_WORKERS = 1``.

Where this process may be copied (:mod:`.copies`), copies of it share what they know already. Elsewhere, and for work
that others may do on other machines, processes are started by a fork server or anew: what goes to them must be plain
and picklable. What is logged in any of them is logged here.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, TypeVar
from weakref import WeakSet

from . import worker_log
from .copies import Ahead, Copies, can_copy, do_beside
from .elsewhere import Elsewhere, answer_there, described, end_executor, load_executor, this_process

if TYPE_CHECKING:
    from .worker_log import Answered

log = logging.getLogger(__name__)
Job = TypeVar("Job")
Answer = TypeVar("Answer")

# Jobs that wait for each process.
JOBS_AHEAD: Final = 4
# What a pool of processes takes of a limited number of tasks: two threads here, two servers of Python's, and for each
# process itself and the thread that ends it.
_TASKS: Final = 4
_TASKS_EACH: Final = 2
# Windows cannot wait for more.
MOST_ON_WINDOWS: Final = 61
_PACKAGE: Final = __name__.removesuffix(".running.workers")
_PRELOADED: Final = ("pelican.plugins", f"{_PACKAGE}.output.perform", f"{_PACKAGE}.frontmatter.batch")


def worker_count(wanted: int) -> int:
    """Return how many processes to use: *wanted*, or for 0 as many as this process may run on."""
    try:
        count = wanted if wanted > 0 else len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        count = os.cpu_count() or 1
    return min(count, MOST_ON_WINDOWS) if sys.platform == "win32" else count


def expect_work(count: int) -> None:
    """Load what *count* processes will need, in the background: there is going to be much to do."""
    if count > 1 and _has_server() and not can_copy():
        with _hidden_main(), suppress(Exception):  # whoever starts the processes says that there can be none
            from multiprocessing.forkserver import ensure_running  # noqa: PLC0415 - not on every system

            _require_tasks(count)
            _context()
            ensure_running()


class Workers:
    """Processes that run functions of this package. They start at the first use and end with :meth:`close`.

    Args:
        count: How many; with 1 everything runs in this process.
        elsewhere: Where they run; None: on this machine.
    """

    def __init__(self, count: int, *, elsewhere: Elsewhere | None = None) -> None:
        self.count = max(count, 2) if elsewhere else count
        self._elsewhere = elsewhere
        self._pool: Executor | None = None
        self._program = b""
        self._said: set[str] = set()
        self._has_copied = False

    @property
    def is_elsewhere(self) -> bool:
        """Whether they may be on other machines, which see other files."""
        return self._elsewhere is not None and self.count > 1

    def map(self, function: Callable[[Job], Answer], jobs: Sequence[Job]) -> Generator[Answer]:
        """Return the answers to *jobs*, in their order; the work begins at once, and waits for nobody to ask.

        A pool that cannot be started (no semaphores, no room for threads) or breaks (no memory, a killed process) is
        given up with one line; the rest is done here.
        """
        is_shared = self.count > 1 and len(jobs) > 1
        return self._answers(function, deque((job, self._submit(function, job) if is_shared else None) for job in jobs))

    def stream(self, function: Callable[[Job], Answer], jobs: Iterable[Job]) -> Iterator[Answer]:
        """Yield the answers to *jobs*, in their order, while further jobs are made: they may be too many to hold.

        As :meth:`map`, but a job is made when its turn comes: some are always waiting, so that no process does.
        """
        left = iter(jobs)
        waiting: deque[tuple[Job, Future[Answered[Answer]] | None]] = deque()
        while True:
            for job in islice(left, JOBS_AHEAD * self.count - len(waiting) if self.count > 1 else 1):
                waiting.append((job, self._submit(function, job)))
            if not waiting:
                return
            yield self._answer(function, *waiting.popleft())

    @property
    def are_copies(self) -> bool:
        """Whether :meth:`share` spreads work over copies of this process."""
        return self.count > 1 and self._elsewhere is None and can_copy()

    def share(self, function: Callable[[int], Answer], count: int) -> Iterator[Answer]:
        """Yield what *function*, which may be a closure, answers to 0, 1, 2 … below *count*.

        Where there are no copies everything is done here, and :attr:`are_copies` says so before.
        """
        if not self.are_copies or count <= 1:
            yield from map(function, range(count))
            return
        try:
            copies = Copies(function, min(self.count, count))
        except (ImportError, OSError) as error:
            self._give_up(error)
            yield from map(function, range(count))
            return
        self._has_copied = True
        with copies:
            yield from copies.answers(count)

    @contextmanager
    def ahead(self, function: Callable[[], Answer]) -> Iterator[Callable[[], Answer] | None]:
        """Have a copy of this process work out *function* meanwhile: yield what returns the answer; None: none does."""
        copy: Ahead[Answer] | None = None
        if self.are_copies:
            with suppress(ImportError, OSError):
                copy = Ahead(function)
        if copy is None:
            yield None
            return
        with copy:
            yield copy.answer

    def prepare(self, function: Callable[[Job], object], job: Job) -> None:
        """Let one of the processes do *job* while this one does something else; nobody waits for it or needs it done.

        They may be busy, so it is not worth starting them.
        """
        if self._has_copied and self.are_copies:
            with suppress(ImportError, OSError):
                do_beside(function, job)
        elif self._pool is not None and self._elsewhere is None:
            self._submit(function, job)

    def _answers(
        self, function: Callable[[Job], Answer], waiting: deque[tuple[Job, Future[Answered[Answer]] | None]]
    ) -> Generator[Answer]:
        try:
            while waiting:
                yield self._answer(function, *waiting.popleft())
        except (KeyboardInterrupt, GeneratorExit):  # nobody wants the rest: it is not to be waited for at the end
            self.close()
            raise

    def _answer(self, function: Callable[[Job], Answer], job: Job, future: Future[Answered[Answer]] | None) -> Answer:
        if future is None:
            return function(job)
        if self._elsewhere is not None:
            return self._answer_from(self._elsewhere, function, job, future)
        try:
            return worker_log.say(future.result())
        except (BrokenExecutor, CancelledError) as error:
            self._give_up(error)
            return function(job)

    def _answer_from(
        self,
        elsewhere: Elsewhere,
        function: Callable[[Job], Answer],
        job: Job,
        future: Future[Answered[Answer]],
    ) -> Answer:
        """Return the answer from another machine, or do the job here: if it is the job that fails, it fails here."""
        try:
            answered = future.result(elsewhere.answer_s)
        except (BrokenExecutor, CancelledError, TimeoutError) as error:
            self._give_up(error)
        except Exception as error:  # noqa: BLE001 - a lost worker, a job that does not travel, a file that is not there
            reason = described(error)
            if reason not in self._said:  # thousands of jobs may fail for one reason
                self._said.add(reason)
                log.warning("DIGEST_EXECUTOR: a job is done here, because it was not done there: %s", reason)
        else:
            return worker_log.say(answered)
        return function(job)

    def _submit(self, function: Callable[[Job], Answer], job: Job) -> Future[Answered[Answer]] | None:
        """Return the answer to come; None when it is to be worked out here."""
        if self.count == 1:
            return None
        try:
            with _hidden_main():
                pool = self._start()
                if self._elsewhere is None:
                    return pool.submit(worker_log.answer, function, job)
                level = logging.getLogger().getEffectiveLevel()
                program = self._elsewhere.program
                return pool.submit(answer_there, function, job, program, self._program, this_process(), level)
        except Exception as error:  # noqa: BLE001 - no job runs here: it is the system that refuses, in its own words
            self._give_up(error)
            return None

    def _give_up(self, error: Exception) -> None:
        if self.count > 1:
            where = f"DIGEST_EXECUTOR ({self._elsewhere.name}) is given up; " if self._elsewhere else ""
            reason = str(error) or type(error).__name__
            log.warning("%scontinuing with one process, which takes longer: %s", where, reason)
        self.close()
        self.count = 1

    def close(self) -> None:
        """End the processes; those of this machine have ended then.

        Without waiting, Python's own thread may close the pool's pipes while Python writes to them at its end:
        ``OSError: [Errno 9] Bad file descriptor``. It would wait there anyway.
        """
        _open.discard(self)
        pool, self._pool = self._pool, None
        if pool is not None and self._elsewhere is None:
            pool.shutdown(cancel_futures=True)
        elif pool is not None:
            end_executor(pool)

    def _start(self) -> Executor:
        if self._pool is None and self._elsewhere is not None:
            self._pool = load_executor(self._elsewhere.name)
            self._program = self._elsewhere.program.of(*self._elsewhere.program.given)
            _open.add(self)
        if self._pool is None:
            # Not on every system can this be imported.
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

            _require_tasks(self.count)
            level = logging.getLogger().getEffectiveLevel()
            program = _FIND_PACKAGE.format(path=_plugins_path(), level=level)
            self._pool = ProcessPoolExecutor(self.count, mp_context=_context(), initializer=exec, initargs=(program,))
            _open.add(self)
        return self._pool


def _require_tasks(count: int) -> None:
    """Do nothing where the system lets this process have what a pool of *count* takes.

    Asked before it is started, with threads, which limits count as they count processes: Python's own pool waits for
    ever when a thread of its own is refused, and its server for processes dies with a traceback when a fork is.

    Raises:
        RuntimeError: It does not.
    """
    is_over = threading.Event()
    started: list[threading.Thread] = []
    try:
        for _ in range(_TASKS + _TASKS_EACH * count):
            thread = threading.Thread(target=is_over.wait, daemon=True)
            thread.start()
            started.append(thread)
    finally:
        is_over.set()
        for thread in started:
            thread.join()


def _has_server() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def _context() -> Any:  # noqa: ANN401 - contexts of different kinds have no common type
    """Return the way in which processes are started here."""
    if not _has_server():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # Imported once, in the server, not in each process. A plugin that is not installed cannot be: it is found through
    # the path that each process is given first.
    context.set_forkserver_preload(list(_PRELOADED))
    return context


# Those whose processes run: a build that is broken off leaves nobody else who knows them.
_open: WeakSet[Workers] = WeakSet()


def end_all() -> None:
    """End the processes of every build that was broken off."""
    for workers in list(_open):
        workers.close()


@contextmanager
def _hidden_main() -> Iterator[None]:
    """Hide the main module: new processes would import it, and a script that calls Pelican would build once more."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


_FIND_PACKAGE = """
import pelican.plugins
if {path!r} not in list(pelican.plugins.__path__):
    pelican.plugins.__path__.append({path!r})
from pelican.plugins.news_digest.running.worker import begin
begin(log_level={level})
"""


def _plugins_path() -> str:
    """Return the folder that holds this package, for processes that do not know Pelican's ``PLUGIN_PATHS``."""
    return str(Path(__file__).resolve().parents[2])
