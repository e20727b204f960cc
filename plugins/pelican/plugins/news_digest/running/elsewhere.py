"""Work on other machines: by an executor that the site's owner names (``DIGEST_EXECUTOR``).

What another machine answers counts only if it runs the same program, and what it reads and writes lies where both see
it, or travels. A job that it does not do is done here.
"""

from __future__ import annotations

import logging
import os
import platform
import secrets
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from . import worker_log

if TYPE_CHECKING:
    from .worker_log import Answered

Job = TypeVar("Job")
Answer = TypeVar("Answer")

# So long is one answer waited for: many times what the largest job takes.
ANSWER_S: Final = 600.0
# What a killed build leaves under such a name the next one removes.
_MARK_ENDING: Final = ".news-digest-part"
_PACKAGE: Final = __name__.removesuffix(".running.elsewhere")


class ElsewhereError(Exception):
    """A job is not done there; the text says why, as what follows a colon."""


class Program(NamedTuple):
    """What has to be the same for the same bytes: *of* called with *given*, a function of this package."""

    of: Callable[..., bytes]
    given: tuple[str, ...] = ()


class Elsewhere(NamedTuple):
    """Where work is done.

    Attributes:
        name: ``module:function``, which returns an executor.
        program: What this machine and that one must have in common.
        answer_s: How long one answer is waited for.
    """

    name: str
    program: Program
    answer_s: float = ANSWER_S


def load_executor(name: str) -> Executor:
    """Return what the function called *name* returns.

    Raises:
        Exception: Whatever it raises; the name leads nowhere; what it returns is no executor.
    """
    module, _, function = name.partition(":")
    executor = getattr(import_module(module), function)()
    if not isinstance(executor, Executor):
        raise TypeError(f"DIGEST_EXECUTOR: {name} returned {executor!r}, and not a concurrent.futures.Executor")
    return executor


def end_executor(executor: Executor) -> None:
    """Let *executor* go without waiting; not each of them knows what cancelling is."""
    with suppress(Exception):  # somebody else's, and nothing is wanted of it any more
        try:
            executor.shutdown(wait=False, cancel_futures=True)
        except TypeError:
            executor.shutdown(wait=False)


def this_process() -> tuple[str, int]:
    """Return what this process is called among those of all machines."""
    return platform.node(), os.getpid()


# Some executors do several jobs at once in one process; what is kept there between jobs is for one at a time.
_alone = threading.Lock()
_programs: dict[Program, bytes] = {}


def answer_there(
    function: Callable[[Job], Answer], job: Job, program: Program, expected: bytes, home: tuple[str, int], level: int
) -> Answered[Answer]:
    """Return what *function* answers; runs in a process of another machine.

    Args:
        program: What that process must have in common with *home*, where it is *expected*.
        level: From which on *home* wants to know what is logged here.

    Raises:
        ElsewhereError: It is another program.
        Exception: Whatever *function* raises.
    """
    if home == this_process():  # threads of it: what they log is logged already
        with _alone:
            return worker_log.Answered(function(job), ())
    with _alone:
        if program not in _programs:
            _programs[program] = program.of(*program.given)
        if _programs[program] != expected:
            raise ElsewhereError(f"{platform.node()} has another News Digest, Python, library or font")
        logger = logging.getLogger(_PACKAGE)
        with worker_log.kept(logger, level):
            return worker_log.answer(function, job)


@contextmanager
def marked(folder: str) -> Iterator[str]:
    """Put a file into *folder* that tells whether another machine sees it, and yield its path.

    Its name and what is in it are of chance, so a copy of the folder does not have it. Where it cannot be written, no
    machine sees it.
    """
    path = os.path.join(os.path.abspath(folder), f".{secrets.token_hex(8)}{_MARK_ENDING}")
    with suppress(OSError):
        os.makedirs(folder, exist_ok=True)
        with open(path, "xb") as file:
            file.write(path.encode("utf-8", "surrogateescape"))
    try:
        yield path
    finally:
        with suppress(OSError):
            os.unlink(path)


def sees(mark: str) -> bool:
    """Whether this process sees the file *mark*, so that what it writes beside it is seen where that was made."""
    try:
        with open(mark, "rb") as file:
            return file.read() == mark.encode("utf-8", "surrogateescape")
    except OSError:
        return False


def described(error: BaseException) -> str:
    """Return what *error* says, in one line."""
    said: Any = str(error).strip().splitlines()
    return f"{type(error).__name__}: {said[0]}" if said else type(error).__name__
