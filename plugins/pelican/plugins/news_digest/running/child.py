"""A process for work on what strangers sent: it may take so much time and memory, and is ended when it takes more.

Unlike :mod:`.workers` it is believed to misbehave: what it does not answer in time is an answer, too. It reaches no
network and starts no program.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Final

_SIZE_BYTES: Final = 4
_DONE, _FAILED = b"\0", b"\1"
_FORBIDDEN: Final = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "urllib.")
_PROGRAM: Final = """
import pelican.plugins
if {path!r} not in list(pelican.plugins.__path__):
    pelican.plugins.__path__.append({path!r})
from pelican.plugins.news_digest.running.child import serve
serve({module!r}, {function!r}, {memory})
"""


class ChildError(Exception):
    """There is no answer; the text says why."""


class Child:
    """A process that answers one question at a time. It starts with the first, and anew after one that it failed.

    Args:
        module, function: What answers: a function of this package, from bytes to bytes.
        memory_bytes: How much it may hold, where the system can tell (not on Windows).
        time_s: How long one answer may take.
    """

    def __init__(self, module: str, function: str, *, memory_bytes: int, time_s: float) -> None:
        self._memory_bytes = memory_bytes
        self._time_s = time_s
        self._program = _PROGRAM.format(
            path=str(Path(__file__).resolve().parents[2]), module=module, function=function, memory=memory_bytes
        )
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, question: bytes) -> bytes:
        """Return the answer to *question*.

        Raises:
            ChildError: It took too long or too much, or an error ended it.
        """
        process = self._process or self._start()
        is_late = threading.Event()

        def give_up() -> None:
            is_late.set()
            process.kill()

        timer = threading.Timer(self._time_s, give_up)
        timer.daemon = True
        timer.start()
        try:
            assert process.stdin is not None  # noqa: S101 - both are pipes
            assert process.stdout is not None  # noqa: S101
            with suppress(BrokenPipeError):
                _write(process.stdin, question)
            answer = _read(process.stdout)
        finally:
            timer.cancel()
        if not answer:
            self.close()
            msg = f"took longer than {self._time_s:g} s" if is_late.is_set() else "ended the process that read it"
            raise ChildError(msg)
        if answer[:1] == _FAILED:
            self.close()
            raise ChildError(answer[1:].decode("utf-8", "replace"))
        return answer[1:]

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(  # noqa: S603 - Python itself, with a program of ours
            [sys.executable, "-P", "-c", self._program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        return self._process

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            process.wait()


def serve(module: str, function: str, memory_bytes: int) -> None:
    """Answer questions until nobody asks any more: what runs in the process itself."""
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    answer = getattr(import_module(module), function)
    _limit_memory(memory_bytes)
    sys.addaudithook(_refuse)
    while question := _read(questions):
        try:
            found = _DONE + answer(question)
        except MemoryError:
            found = _FAILED + f"needs more than {memory_bytes / 2**20:.0f} MB of memory".encode()
        except RecursionError:
            found = _FAILED + b"is nested too deeply"
        except Exception as error:  # noqa: BLE001 - whatever a stranger's bytes make a library raise
            found = _FAILED + f"{type(error).__name__}: {error}"[:200].encode("utf-8", "replace")
        _write(answers, found)


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))


def _refuse(event: str, _args: object) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event}: not allowed here")


def _write(pipe: IO[bytes], data: bytes) -> None:
    pipe.write(len(data).to_bytes(_SIZE_BYTES, "big"))
    pipe.write(data)
    pipe.flush()


def _read(pipe: IO[bytes]) -> bytes:
    """Return what was written at once; ``b""`` at the end of everything."""
    size = int.from_bytes(_read_all(pipe, _SIZE_BYTES), "big")
    return _read_all(pipe, size)


def _read_all(pipe: IO[bytes], size: int) -> bytes:
    parts, left = [], size
    while left:
        part = pipe.read(left)
        if not part:
            return b""
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
