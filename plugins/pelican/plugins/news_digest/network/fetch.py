"""Many files at once, politely: few connections to one host, pauses after failures, nothing that waits for ever."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final

import msgspec

from ..text.address import parts_of
from .exchange import Connections
from .outcome import Ask, Outcome

if TYPE_CHECKING:
    from .client import Client

# Hosts that nobody reaches, while none was reached at all: then it is the network that is missing.
HOSTS_WITHOUT_NETWORK: Final = 8


class Manners(msgspec.Struct, frozen=True, kw_only=True):
    """How hosts are treated.

    Attributes:
        attempts: How often one file is asked for in one run, while its failure may pass.
        pause_s: After a failure, before the host is asked again; twice as long after the next.
        max_pause_s: The longest pause that is waited for; who wants a longer one is asked in another run.
        rest_s: After each answer, before the host is asked again.
        unreachable_times: After how many connections that failed a host is left alone.
        slow_times: After how many answers in a row that took too long it is left alone.
    """

    connections: int = 16
    per_host: int = 2
    attempts: int = 3
    pause_s: float = 1.0
    max_pause_s: float = 20.0
    rest_s: float = 0.0
    unreachable_times: int = 2
    slow_times: int = 3


class _Host:
    """What is left to ask of one host."""

    def __init__(self) -> None:
        self.waiting: deque[tuple[Ask, int]] = deque()
        self.active = 0
        self.ready = 0.0
        self.unreachable = 0
        self.slow = 0


class Fetcher:
    """Fetches files with several threads; what they find comes out in one."""

    def __init__(self, client: Client, *, manners: Manners) -> None:
        self._client = client
        self._manners = manners
        self._hosts: dict[str, _Host] = {}
        self._changed = threading.Condition()
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()
        self._is_stopped = False
        self._has_answered = False

    @property
    def is_offline(self) -> bool:
        """Whether no host answered at all: then nothing was learnt about any file."""
        return not self._has_answered

    def fetch(self, asks: Sequence[Ask], *, until_s: float = math.inf) -> Iterator[Outcome]:
        """Yield what became of each of *asks*, each once, as it comes.

        Args:
            until_s: When it ends, by ``time.monotonic()``. What is asked for or waits then has no outcome.
        """
        for ask in asks:
            self._hosts.setdefault(parts_of(ask.url).netloc, _Host()).waiting.append((ask, 1))
        count = min(self._manners.connections, len(asks), len(self._hosts) * self._manners.per_host)
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(count)]
        for thread in threads:
            thread.start()
        try:
            for _ in asks:
                left_s = until_s - time.monotonic()
                if left_s <= 0:
                    return
                try:
                    yield self._outcomes.get(timeout=None if math.isinf(left_s) else left_s)
                except Empty:
                    return
        finally:
            with self._changed:
                self._is_stopped = True
                self._changed.notify_all()

    def _work(self) -> None:
        connections = Connections()
        name = ""
        while (found := self._take(name)) is not None:
            name, ask, attempt = found
            try:
                outcome = self._client.get(ask, connections)
            except Exception as error:  # noqa: BLE001 - whatever happens, every ask has an outcome
                outcome = Outcome(url=ask.url, problem=f"{type(error).__name__}: {error}"[:160])
            self._done(name, ask, attempt, outcome)
        connections.close()

    def _take(self, preferred: str) -> tuple[str, Ask, int] | None:
        """Wait for something to ask, of the *preferred* host if there is; None when everything is done."""
        with self._changed:
            while not self._is_stopped:
                now = time.monotonic()
                name = self._choose(preferred, now)
                if name:
                    host = self._hosts[name]
                    host.active += 1
                    ask, attempt = host.waiting.popleft()
                    return name, ask, attempt
                waits = [host.ready - now for host in self._hosts.values() if host.waiting and host.ready > now]
                self._changed.wait(min(waits, default=None) if waits else None)
        return None

    def _choose(self, preferred: str, now: float) -> str:
        for name in (preferred, *self._hosts):
            host = self._hosts.get(name)
            if host and host.waiting and host.active < self._manners.per_host and host.ready <= now:
                return name
        return ""

    def _done(self, name: str, ask: Ask, attempt: int, outcome: Outcome) -> None:
        manners = self._manners
        with self._changed:
            host = self._hosts[name]
            host.active -= 1
            if outcome.is_unreachable:
                host.unreachable += 1
            else:
                host.unreachable = 0
                self._has_answered = True
            host.slow = host.slow + 1 if outcome.is_slow else 0
            pause_s = max(manners.pause_s * 2 ** (attempt - 1), outcome.wait_s)
            host.ready = max(host.ready, time.monotonic() + manners.rest_s)
            may_pass = bool(outcome.problem) and not outcome.is_final
            if may_pass:
                host.ready = max(host.ready, time.monotonic() + min(pause_s, manners.max_pause_s))
            if host.unreachable >= manners.unreachable_times or host.slow >= manners.slow_times:
                self._outcomes.put(outcome)
                self._give_up(host, outcome)
            elif may_pass and not outcome.is_slow and attempt < manners.attempts and pause_s <= manners.max_pause_s:
                host.waiting.append((ask, attempt + 1))
            else:
                self._outcomes.put(outcome)
            unreachable = sum(host.unreachable > 0 for host in self._hosts.values())
            if not self._has_answered and unreachable >= HOSTS_WITHOUT_NETWORK:
                for other in self._hosts.values():
                    self._give_up(other, outcome)
            if not host.waiting and not host.active:
                del self._hosts[name]
            if not self._hosts:
                self._is_stopped = True
            self._changed.notify_all()

    def _give_up(self, host: _Host, outcome: Outcome) -> None:
        """Answer everything that is left of *host* as *outcome* was."""
        while host.waiting:
            ask, _ = host.waiting.popleft()
            self._outcomes.put(msgspec.structs.replace(outcome, url=ask.url))
