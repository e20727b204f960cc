"""Lines for people: never broken, coloured where a terminal shows it, plain where they are piped.

Which terminal shows what is :mod:`rich`'s business: it hears ``NO_COLOR``, ``FORCE_COLOR`` and ``TERM=dumb``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pelican.log import console
from rich.highlighter import RegexHighlighter
from rich.theme import Theme

from ..errors import CODES, Severity

if TYPE_CHECKING:
    from rich.console import Console

THEME: Final = Theme(
    {
        "digest.error": "bold red",
        "digest.warning": "yellow",
        "digest.note": "cyan",
        "digest.place": "bold",
        "digest.time": "dim",
        "digest.good": "green",
        "digest.command": "cyan",
    }
)
_COUNT: Final = r"(?<![\d,])[1-9][\d,]*"


def _codes(severity: Severity) -> str:
    """Return what finds the codes of *severity*, as a group of its name."""
    return rf"\b(?P<{severity}>{'|'.join(code for code, (itself, _) in CODES.items() if itself is severity)})\b"


class Colours(RegexHighlighter):
    """Colours files, codes and counts of what is wrong by how much they matter, and what can be typed."""

    base_style = "digest."
    highlights = (
        *map(_codes, Severity),
        r"(?m)^(?P<time>\d\d:\d\d:\d\d)  ",
        r"(?m)^(?P<time># .*)$",
        r"(?m)^(?P<place>DIGEST_[A-Z_]+)(?= = )",
        r"(?m)^ *(?:\d\d:\d\d:\d\d +)?(?P<place>[^\s:].*?)(?=: (?:ND\d{3}|\w+Error) )",
        r"(?<=: )(?P<error>[A-Z]\w*Error)(?= )",
        rf"(?P<error>{_COUNT} (?:error|problem)s?)\b",
        rf"(?P<warning>{_COUNT} warnings?)\b",
        r"(?m)^(?P<error>news-digest|error)(?=: )",
        r"(?m)^(?P<warning>warning)(?=: )",
        r"(?m)^(?P<good>Clean)(?=: )",
        r"(?m)^(?:Serving|The desk is) at (?P<command>\S+)",
        r"(?P<command>\bnews-digest [a-z]+)\b",
    )


COLOURS: Final = Colours()


def print_line(text: str, *, to: Console = console) -> None:
    """Print *text*, one or more lines, whole: ``grep`` and editors find what stands in one, terminals wrap it."""
    if to.quiet:
        return
    if to.is_terminal:
        with to.use_theme(THEME):
            to.print(COLOURS(text), soft_wrap=True)
    else:  # as it is, tabs included
        to.file.write(f"{text}\n")
        to.file.flush()
