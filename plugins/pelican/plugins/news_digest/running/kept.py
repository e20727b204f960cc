"""What a preview keeps between two builds: values, each with the facts that it was made from.

Only for speed: it saves 6 % of a preview's build of 700 items after one edit, and a fifth of one of five thousand
(``python benchmarks/without.py kept``, ``--set azure``). Without this module each build would make all views again.

Nothing here decides what a value depends on. Its maker names the facts, and the value is used again while they are
equal. So a build with a memory writes what one without it would write. See docs/explanation/incremental.md.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by name, made once a round, and not even that while their facts are those of the last round.

    Args:
        lasts: Whether there is going to be another round; False keeps no facts: there may be a hundred thousand.
        most: How many values are kept at once where there is not, for those that are mostly asked for once; None: all.
    """

    def __init__(self, *, lasts: bool = True, most: int | None = None) -> None:
        self._lasts = lasts
        self._most = None if lasts else most
        self._now: dict[object, tuple[object, Value]] = {}
        self._last: dict[object, tuple[object, Value]] = {}

    def of(self, name: object, facts: object, make: Callable[[], Value]) -> Value:
        """Return the value called *name*, as it was kept if *facts* are equal, else as *make* returns it."""
        found = self._last.get(name)
        if found is None or found[0] != facts:
            found = (facts if self._lasts else None, make())
        if self._most is not None and len(self._now) >= self._most:
            self._now.clear()
        self._now[name] = found
        return found[1]

    def once(self, name: object, facts: Callable[[], object], make: Callable[[], Value]) -> Value:
        """Return the value called *name*, asking for its *facts* but once a round: for what many ask for."""
        found = self._now.get(name)
        return self.of(name, facts() if self._lasts else None, make) if found is None else found[1]

    def known(self, name: object) -> Value | None:
        """Return the value called *name* if somebody has asked for it in this round."""
        found = self._now.get(name)
        return None if found is None else found[1]

    def begin(self) -> None:
        """Begin a round; what nobody asked for in the last one is forgotten."""
        self._last, self._now = self._now if self._lasts else {}, {}

    def forget(self) -> None:
        """Forget everything."""
        self._last, self._now = {}, {}
