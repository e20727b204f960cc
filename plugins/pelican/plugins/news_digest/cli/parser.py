"""argparse that suggests the right word. Python 3.14 does a part of it; this goes when 3.14 is the oldest."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Never

from ..errors import nearest
from .command import Exit
from .terminal import complain


def did_you_mean(word: str, among: Iterable[str]) -> str:
    """Return the question whether the likest of *among* was meant by *word*; ``""`` where none is like it."""
    near = nearest(word.lower(), among)
    return f"; did you mean {near}?" if near else ""


def _unknown(word: str, options: Iterable[str]) -> str:
    meant = did_you_mean(word.partition("=")[0], options) if word.startswith("-") else ""
    return f"unrecognized argument: {word}{meant}"


class Parser(argparse.ArgumentParser):
    """A parser of a command line, and of each command's part of it."""

    def parse_known_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> tuple[Any, list[str]]:  # type: ignore[override] # noqa: ANN401 - as argparse has it
        """Return what was understood.

        An option that is not known ends it here, where those of its command are known; argparse would ask the outermost
        parser, whose usage lists none of them.
        """
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            options = [option for action in self._actions for option in action.option_strings]
            self.error("; ".join(_unknown(word, options) for word in rest))
        return found, rest

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 - as argparse has it
        choices = action.choices
        if choices is not None and value not in choices:
            names = [str(choice) for choice in choices]
            msg = f"invalid choice: {str(value)!r}{did_you_mean(str(value), names)} (choose from {', '.join(names)})"
            raise argparse.ArgumentError(action, msg)

    def error(self, message: str) -> Never:
        """Say how the command is called, and what is wrong with this call; exit with 2."""
        self.print_usage(sys.stderr)
        complain(message)
        sys.exit(Exit.COULD_NOT_RUN)
