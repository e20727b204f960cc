"""What every command of ``news-digest`` is made of, and the options that several of them share."""

from __future__ import annotations

import argparse
import logging
from enum import IntEnum
from pathlib import Path
from typing import Any, Final, Protocol

_NO_CONTENT: Final = "specify a path containing the content"


class Exit(IntEnum):
    """What a command's exit code means, whichever command it is."""

    DONE = 0
    PROBLEMS = 1
    COULD_NOT_RUN = 2
    INTERRUPTED = 130


class CommandError(Exception):
    """The command cannot begin: the text says why, and what to do. ``main`` prints it and exits with 2."""


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


def add_output(parser: argparse._ActionsContainer) -> None:
    """Declare ``-o``: where the site is written."""
    parser.add_argument("-o", "--output", type=Path, help="the output folder (default: OUTPUT_PATH of the settings)")


def add_format(parser: argparse.ArgumentParser, *formats: str) -> None:
    """Declare ``--format``; the first of *formats* is the default. The names mean the same for every command."""
    parser.add_argument("--format", choices=formats, default=formats[0], help="output format (default: %(default)s)")


def site_settings(path: Path, *, content: Path | None = None, output: Path | None = None) -> dict[str, Any]:
    """Return Pelican's settings as the file *path* has them, with paths made absolute.

    Args:
        content, output: Instead of ``PATH`` and ``OUTPUT_PATH``; None keeps those.

    Raises:
        CommandError: There is no such file, or it is no Python that runs.
    """
    from pelican.settings import read_settings  # noqa: PLC0415 - only for commands that look at a site

    require_file(path)
    given = {"PATH": content, "OUTPUT_PATH": output}
    log = logging.getLogger("pelican.settings")
    log.addFilter(_is_not_about_feeds)  # which a build says, for whom it is meant
    try:
        settings: dict[str, Any] = read_settings(
            str(path), override={name: str(value.absolute()) for name, value in given.items() if value}
        )
    except Exception as error:
        # It is the owner's own program: whatever it raises, the owner wants to know which line.
        raise CommandError(f"{path} cannot be read: {_line_of(error, path)}{type(error).__name__}: {error}") from error
    finally:
        log.removeFilter(_is_not_about_feeds)
    return settings


def _is_not_about_feeds(record: logging.LogRecord) -> bool:
    return "feed" not in record.getMessage().lower()


def settings_with_content(path: Path) -> dict[str, Any]:
    """Return what :func:`site_settings` does; a content folder that is not there yet is made.

    For commands that fill it: Pelican reads no settings without one.

    Raises:
        CommandError: See :func:`site_settings`.
    """
    from pelican.settings import get_settings_from_file  # noqa: PLC0415 - as above

    try:
        return site_settings(path)
    except CommandError as error:
        if _NO_CONTENT not in str(error):
            raise
    content = str(get_settings_from_file(str(path)).get("PATH") or "content")
    (path.parent / content).mkdir(parents=True, exist_ok=True)
    return site_settings(path)


def require_file(path: Path) -> None:
    """Raise a CommandError unless *path* is a file."""
    if not path.is_file():
        raise CommandError(f"there is no {path} here; name the settings file with -s, or start with `news-digest init`")


def _line_of(error: Exception, path: Path) -> str:
    """Return ``line N: `` for the line of *path* that raised *error*, or ``""``."""
    found = error.lineno if isinstance(error, SyntaxError) else 0
    trace = error.__traceback__
    while trace is not None:
        if Path(trace.tb_frame.f_code.co_filename).name == path.name:
            found = trace.tb_lineno
        trace = trace.tb_next
    return f"line {found}: " if found else ""
