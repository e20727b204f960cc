"""The time that one file may take in all, from looking its host up to the last byte, redirects and all."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Self, TypeVar

Answer = TypeVar("Answer")


class Deadline:
    """Hangs up on whoever keeps us waiting: a timeout between two parts of an answer lets a host drip for ever.

    Args:
        total_s: From now on.
    """

    def __init__(self, total_s: float) -> None:
        self.total_s = total_s
        self._end_s = time.monotonic() + total_s
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(total_s, self._hang_up)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self.watch(None)

    @property
    def left_s(self) -> float:
        """How long there still is; never quite nothing, which sockets take for "for ever"."""
        return max(self._end_s - time.monotonic(), 0.001)

    @property
    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._end_s

    def watch(self, found: socket.socket | None) -> None:
        """Hang up on *found* when the time is up; whatever was watched before is let go.

        It must be the socket itself. A connection forgets its own as soon as an answer says that it is the last one
        (HTTP/1.0, ``Connection: close``), and the answer goes on reading from it.
        """
        with self._lock:
            self._socket = found
        if self.is_over:
            self._hang_up()

    def _hang_up(self) -> None:
        with self._lock:
            if self._socket is not None:
                with suppress(OSError):  # TLS's own method would pull the rug from under the thread that reads
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


def answer_within(timeout_s: float, call: Callable[[], Answer]) -> Answer:
    """Return what *call* returns, which nothing can stop: when it takes too long, its thread is left to itself.

    Raises:
        TimeoutError: It took longer than *timeout_s*.
        Exception: What *call* raises.
    """
    found: SimpleQueue[tuple[Answer | None, Exception | None]] = SimpleQueue()

    def work() -> None:
        try:
            found.put((call(), None))
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            found.put((None, error))

    threading.Thread(target=work, daemon=True).start()
    try:
        answer, error = found.get(timeout=timeout_s)
    except Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return answer  # type: ignore[return-value]  # there is no error, so it is the answer
