"""Feeds are read in processes of their own, within limits; what was read once is not read again."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec

from ...disk.sealed import replace_file
from ...package import __version__
from ...running.child import Child, ChildError
from .parsing import Answered, Question, answer

# A thousand entries take two seconds, and ten megabytes of feed a hundred megabytes.
MEMORY_BYTES: Final = 160 * 2**20
TIME_S: Final = 10.0
_KEY_BYTES: Final = 16


class Parsers:
    """Reads feeds, each at most once; at the end of the block they are read.

    Args:
        count: How many processes.
    """

    def __init__(self, folder: Path, *, count: int) -> None:
        self._folder = folder
        self._threads = ThreadPoolExecutor(count)
        self._begun: list[Future[None]] = []
        self._own = threading.local()
        self._children: list[Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                for answered in self._begun:
                    answered.result()
        finally:
            self._threads.shutdown(wait=False, cancel_futures=True)
            for child in self._children:
                child.close()

    def begin(self, question: Question, digest: str) -> None:
        """Have a feed read, in the background.

        Args:
            digest: Of its bytes.
        """
        self._begun.append(self._threads.submit(self._read, question, key_of(question, digest)))

    def _read(self, question: Question, key: str) -> None:
        known = load(self._folder, key)
        if known is None or known.may_pass:
            try:
                found = self._child().ask(msgspec.msgpack.encode(question))
            except (ChildError, OSError) as error:
                found = msgspec.msgpack.encode(Answered(problem=f"cannot be read: it {error}", may_pass=True))
            replace_file(self._folder / key, found)

    def _child(self) -> Child:
        child: Child | None = getattr(self._own, "child", None)
        if child is None:
            child = self._own.child = Child(
                answer.__module__, answer.__name__, memory_bytes=MEMORY_BYTES, time_s=TIME_S
            )
            self._children.append(child)
        return child


def key_of(question: Question, digest: str) -> str:
    """Return under which name the answer to *question* is kept: by all that determines it."""
    facts: Sequence[object] = (__version__, digest, question.url, question.content_type, question.has_text)
    return blake2b(msgspec.json.encode(facts), digest_size=_KEY_BYTES).hexdigest()


def load(folder: Path, key: str) -> Answered | None:
    """Return what is kept under *key*; None for nothing of use."""
    try:
        return msgspec.msgpack.decode((folder / key).read_bytes(), type=Answered)
    except (OSError, msgspec.MsgspecError):
        return None
