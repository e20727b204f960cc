"""Single keys and lines, from a terminal or from a script of keys that is piped in."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final, Protocol, TextIO

# What terminals send for Ctrl-C, Ctrl-D and Escape.
_INTERRUPT: Final = "\x03"
_END: Final = "\x04"


class Keys(Protocol):
    """Where keys come from."""

    def key(self) -> str:
        """Return the next key; ``""`` when there are no more."""

    def line(self, question: str, *, known: str = "") -> str:
        """Ask for a line and return it, without spaces around it; ``""`` when there is none.

        Args:
            known: What is meant by an empty answer, shown behind the question.
        """


class PipedKeys:
    """Keys out of a text: each character is one, but for ends of lines; what answers a question is a line.

    Args:
        text: Such as standard input.
        echo: Called with questions and their answers, so that what was said makes sense.
    """

    def __init__(self, text: TextIO, *, echo: Callable[[str], None]) -> None:
        self._text = text
        self._echo = echo

    def key(self) -> str:
        """Return the next character that is none of a line's end; ``""`` at the end."""
        while (char := self._text.read(1)) in {"\n", "\r"}:
            pass
        return char

    def line(self, question: str, *, known: str = "") -> str:
        """Return the rest of the line."""
        answer = self._text.readline().strip() or known
        self._echo(f"{question}: {answer}")
        return answer


class TerminalKeys:
    """Keys of a person, one at a time, without Enter."""

    def key(self) -> str:
        """Wait for a key and return it: a line's end for Enter, ``""`` for Ctrl-D.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        key = _read_key()
        if key == _INTERRUPT:
            raise KeyboardInterrupt
        return "" if key == _END else "\n" if key == "\r" else key

    def line(self, question: str, *, known: str = "") -> str:
        """Ask below what was said."""
        try:
            return input(f"{question}{f' [{known}]' if known else ''}: ").strip() or known
        except EOFError:
            print()
            return ""


def keys_of(stdin: TextIO, *, echo: Callable[[str], None]) -> Keys:
    """Return where keys come from: a terminal, if *stdin* is one, else its text."""
    return TerminalKeys() if stdin.isatty() else PipedKeys(stdin, echo=echo)


if sys.platform == "win32":

    def _read_key() -> str:
        import msvcrt  # noqa: PLC0415 - only there

        return msvcrt.getwch()

else:

    def _read_key() -> str:
        import termios  # noqa: PLC0415 - not on Windows
        import tty  # noqa: PLC0415 - the same

        handle = sys.stdin.fileno()
        before = termios.tcgetattr(handle)
        try:
            tty.setcbreak(handle, termios.TCSADRAIN)  # what was typed ahead is not lost
            return sys.stdin.read(1)
        finally:
            termios.tcsetattr(handle, termios.TCSADRAIN, before)
