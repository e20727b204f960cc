"""What every command of ``news-digest`` is made of, and the options that several of them share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import argparse


class CommandModule(Protocol):
    """A module ``cli/<name>.py``: one command.

    It is imported when its command is asked for, and not before: what one command needs, the others do not wait for.

    Attributes:
        DESCRIPTION: What ``news-digest <name> --help`` says first: one paragraph.
        EXAMPLES: Lines of ``command   what it does``, without indentation; they stand at the end of the help.
    """

    DESCRIPTION: str
    EXAMPLES: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's own options and arguments."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it, and return the exit code."""


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Declare ``-s``: the settings file."""
    parser.add_argument(
        "-s", "--settings", type=Path, default=Path("pelicanconf.py"), help="settings file (default: %(default)s)"
    )


def add_content(parser: argparse.ArgumentParser) -> None:
    """Declare the content folder."""
    parser.add_argument("content", nargs="?", type=Path, help="the content folder (default: PATH of the settings)")


def add_output(parser: argparse.ArgumentParser) -> None:
    """Declare ``-o``: where the site is written."""
    parser.add_argument("-o", "--output", type=Path, help="where to write (default: OUTPUT_PATH of the settings)")
