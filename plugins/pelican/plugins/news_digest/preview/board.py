"""What open pages are told: one state that is replaced, and readers that wait for the next one."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import msgspec

from ..images.pictures import NO_PICTURES, PictureIndex
from .problems import Problem


class State(msgspec.Struct, frozen=True, kw_only=True):
    """How the preview stands.

    Attributes:
        turn: Counts up; another number, another state.
        is_held: Whether the site is from before the problems.
    """

    turn: int = 0
    is_building: bool = True
    is_held: bool = False
    problems: tuple[Problem, ...] = ()


class Board:
    """Holds the state; any number of threads wait for the next one."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._state = State()
        self._is_closed = False
        self.marks: Mapping[str, str] = {}
        self.pictures: PictureIndex = NO_PICTURES

    @property
    def state(self) -> State:
        """The state as it is now."""
        return self._state

    @property
    def is_closed(self) -> bool:
        """Whether nothing will be told any more."""
        return self._is_closed

    def tell(self, **changes: object) -> None:
        """Replace what *changes* name, and wake everybody: the files of the site may have changed too."""
        with self._changed:
            self._state = msgspec.structs.replace(self._state, turn=self._state.turn + 1, **changes)
            self._changed.notify_all()

    def wait(self, turn: int, *, timeout_s: float) -> State:
        """Return the state when its turn is no longer *turn*, when the board is closed, or after *timeout_s*."""
        with self._changed:
            self._changed.wait_for(lambda: self._state.turn != turn or self._is_closed, timeout_s)
            return self._state

    def close(self) -> None:
        """Let everybody go."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
