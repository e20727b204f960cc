"""Asking on a terminal for what the command line leaves open."""

from __future__ import annotations

import sys
from collections.abc import Callable

from .command import CommandError


class Questions:
    """Asks for each answer that is missing, where there is somebody to ask.

    Args:
        may_ask: Whether to ask at all; without a terminal nobody is asked either.
    """

    def __init__(self, *, may_ask: bool = True) -> None:
        self._may_ask = may_ask and sys.stdin.isatty() and sys.stdout.isatty()

    def answer(
        self, given: str | None, question: str, *, default: str = "", check: Callable[[str], str] = lambda _: ""
    ) -> str:
        """Return *given*, or what is answered to *question*, or *default*.

        Args:
            given: From the command line; None when it was not said.
            question: One short sentence; the default is shown behind it.
            check: Says what is wrong with an answer; ``""`` when nothing is. A wrong one is asked for again.

        Raises:
            CommandError: *given* or the default is wrong, or standard input ended.
        """
        if given is None and self._may_ask:
            return self._ask(question, default=default, check=check)
        value = default if given is None else given
        problem = check(value)
        if problem:
            raise CommandError(problem)
        return value

    def _ask(self, question: str, *, default: str, check: Callable[[str], str]) -> str:
        while True:
            try:
                value = input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
            except EOFError:
                print()
                raise CommandError("nothing was written: the input ended") from None
            problem = check(value)
            if not problem:
                return value
            print(f"  {problem}")
