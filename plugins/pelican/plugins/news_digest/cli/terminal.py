"""What commands say, and where: answers on standard output, complaints and what is logged on standard error."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from functools import cache
from typing import Final

from pelican.log import console
from rich.console import Console, ConsoleRenderable, RenderHook
from rich.text import Text

from ..host.terminal import print_line

_PELICANS_SUMMARY: Final = "Done: Processed "
# What Pelican raises, whatever was said: a traceback of it tells nothing.
_FATAL: Final = "Warning or error encountered"
# Beside Pelican's console, which is silent while a preview builds. Each asks for its stream whenever it prints.
_answers, _errors = Console(), Console(stderr=True)


@cache
def prepare() -> None:
    """Make ready what this process says: once, before the first word."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a sign that a terminal's encoding lacks is written as its number
            stream.reconfigure(errors="backslashreplace")
    if os.environ.get("CLICOLOR") == "0" and not os.environ.get("FORCE_COLOR"):
        console.no_color = _answers.no_color = _errors.no_color = True
    console.push_render_hook(_WithoutPelicansSummary())
    # Pelican adds its own, which breaks lines into columns, where there is none yet.
    logging.basicConfig(format="%(message)s", handlers=[LINES])


def say(text: str) -> None:
    """Print *text* for whoever asked."""
    print_line(text, to=_answers)


def remark(text: str) -> None:
    """Print *text* on standard error: it is no part of the answer."""
    print_line(text, to=_errors)


def complain(text: str) -> None:
    """Print *text* on standard error: why the command does not do what it was asked for."""
    remark(f"news-digest: {text}")


class _Lines(logging.Handler):
    """Writes what is logged as ``warning: message``, each line whole.

    Attributes:
        to: Where to: standard error, where what is asked for is not mixed with it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.to = _errors

    def emit(self, record: logging.LogRecord) -> None:
        level = "error" if record.levelno >= logging.ERROR else record.levelname.lower()
        error = record.exc_info[1] if record.exc_info else None
        is_asked_for = isinstance(error, RuntimeError) and str(error) == _FATAL
        text = "the build was stopped, as --fatal asks" if is_asked_for else self.format(record)
        print_line(f"{level}: {text}", to=self.to)


LINES: Final = _Lines()


def log_to_stdout() -> None:
    """Let what is logged stand among what is said, above the display that moves: it is what people look for."""
    LINES.to = console


class _WithoutPelicansSummary(RenderHook):
    """Leaves out the line with which Pelican ends a build: ours has said what was built."""

    def process_renderables(self, renderables: Sequence[ConsoleRenderable]) -> list[ConsoleRenderable]:
        """Return *renderables* without it."""
        return [each for each in renderables if not (isinstance(each, Text) and _is_pelicans(each))]


def _is_pelicans(text: Text) -> bool:
    return text.plain.startswith(_PELICANS_SUMMARY)
