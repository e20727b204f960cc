"""What went wrong in a build, for the person who has to fix it: file, line, what, how."""

from __future__ import annotations

import os
import re
import traceback
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from ..errors import Diagnostic, OutputError, SettingError, Severity, TemplateError, printable, printable_path

if TYPE_CHECKING:
    import logging

MAX_SOURCE_CHARS: Final = 160
# How a traceback that comes from another process names its frames.
_FRAME: Final = re.compile(r'^  File "(.+)", line (\d+)', re.MULTILINE)
_PACKAGE: Final = str(Path(__file__).resolve().parents[1])


class SourceLine(msgspec.Struct, frozen=True, order=True):
    """One line of a file as it is now, fit to be shown."""

    number: int
    text: str


class Problem(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One thing that keeps the site from being what its files say.

    Attributes:
        path: The file, relative to the folder that the preview was started in where it lies there; ``""``: unknown.
        line: 1-based; 0 when the problem has no line.
        name: A code such as ``ND103``, or the type of an exception.
        hint: What to do about it; ``""`` when the message says it.
        source: That line with its neighbours.
    """

    path: str = ""
    line: int = 0
    name: str
    message: str
    hint: str = ""
    source: tuple[SourceLine, ...] = ()

    def __str__(self) -> str:
        """Return ``path:line: NAME message → hint``, the form that editors and terminals make clickable."""
        where = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        advice = f" → {self.hint}" if self.hint else ""
        return f"{where}{self.name} {self.message}{advice}"


class Places(msgspec.Struct, frozen=True, kw_only=True):
    """Where the files of a site lie.

    Attributes:
        here: The folder that paths are said relative to.
        content: Pelican's ``PATH``; None before the settings could be read.
        folders: What people may edit; of a long traceback the last place in one of these is the one to show.
    """

    here: str
    settings: str
    content: str | None = None
    folders: tuple[str, ...] = ()


def of_diagnostics(diagnostics: Iterable[Diagnostic], *, places: Places) -> Iterator[Problem]:
    """Yield the errors among *diagnostics*: what left a file out."""
    for diagnostic in diagnostics:
        if diagnostic.severity is Severity.ERROR:
            yield _problem(
                os.path.join(places.content or places.here, diagnostic.path),
                diagnostic.line,
                name=diagnostic.code,
                message=diagnostic.message,
                hint=diagnostic.hint,
                places=places,
            )


def of_exception(error: BaseException, *, places: Places) -> Iterator[Problem]:
    """Yield what *error* says; settings say several things at once."""
    if isinstance(error, SettingError):
        for said in error.problems:
            line = line_of_setting(places.settings, said)
            yield _problem(places.settings, line, name="SettingError", message=said, places=places)
        return
    if isinstance(error, OutputError):
        yield _problem(error.path, 0, name="OutputError", message=error.reason, places=places, hint=_hint(error))
        return
    if isinstance(error, TemplateError):
        yield _problem(error.path, error.line, name=error.kind, message=error.reason, places=places, hint=error.hint)
        return
    path, line = _place_of(error, places)
    message = getattr(error, "msg", None) if isinstance(error, SyntaxError) else None
    yield _problem(
        path, line, name=type(error).__name__, message=str(message or error), hint=_hint(error), places=places
    )


def of_record(record: logging.LogRecord, *, places: Places) -> Problem:
    """Return an error that Pelican or a plugin logged instead of raising."""
    arguments = record.args if isinstance(record.args, tuple) else ()
    named = [os.path.join(places.content or "", said) for said in arguments if isinstance(said, str) and said]
    path = next(filter(_is_file, named), "")
    text = record.getMessage()
    if record.exc_info and record.exc_info[1] is not None:
        error = record.exc_info[1]
        found, line = _place_of(error, places)
        return _problem(found, line, name=type(error).__name__, message=f"{text}: {error}", places=places)
    return _problem(path, 0, name=record.levelname.capitalize(), message=text, places=places)


def _is_file(path: str) -> bool:
    try:
        return os.path.isfile(path)
    except ValueError:  # no path at all, but a sentence with a NUL in it
        return False


def _problem(path: str, line: int, *, name: str, message: str, places: Places, hint: str = "") -> Problem:
    return Problem(
        path=printable_path(_said(path, places.here)) if path else "",
        line=line,
        name=name,
        message=printable(message),
        hint=hint,
        source=_source(path, line),
    )


def _said(path: str, here: str) -> str:
    """Return *path* as a person in the folder *here* would say it."""
    full = os.path.abspath(path)
    return os.path.relpath(full, here) if full.startswith(f"{here}{os.sep}") else full


def _source(path: str, line: int) -> tuple[SourceLine, ...]:
    """Return a line of a file and its neighbours; nothing when it cannot be read."""
    if not path or line < 1:
        return ()
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            texts = list(islice(file, max(line - 2, 0), line + 1))
    except (OSError, ValueError):
        return ()
    return tuple(SourceLine(number, _shown(text)) for number, text in enumerate(texts, max(line - 1, 1)))


def _shown(text: str) -> str:
    """Return a line of a file as it may be shown: indented, cut, and without what is secret."""
    if text.startswith("secured:"):
        return "secured: …"
    indent = text[: len(text) - len(text.lstrip())].replace("\t", "  ").rstrip("\r\n")
    shown = indent + printable(text.strip())
    return shown if len(shown) <= MAX_SOURCE_CHARS else f"{shown[: MAX_SOURCE_CHARS - 1]}…"


def _place_of(error: BaseException, places: Places) -> tuple[str, int]:
    """Return the file and line to look at first."""
    if isinstance(error, SyntaxError):
        return error.filename or "", error.lineno or 0
    frames = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    if error.__cause__ is not None:  # another process rendered: its frames are text
        frames += [(path, int(line)) for path, line in _FRAME.findall(str(error.__cause__))]
    editable = [frame for frame in frames if _is_editable(frame[0], places.folders)]
    return (editable or frames or [("", 0)])[-1]


def _is_editable(path: str, folders: Sequence[str]) -> bool:
    return path.startswith(tuple(f"{folder}{os.sep}" for folder in folders)) and not path.startswith(_PACKAGE)


def _hint(error: BaseException) -> str:
    match error:
        case OutputError():
            return "free some space or fix the permissions; every file is either old or new, never half-written"
        case ModuleNotFoundError():
            return "install it, or fix its name"
        case _:
            return ""


def line_of_setting(path: str, said: str) -> int:
    """Return the line of the settings file *path* that sets what *said* begins with; 0 when it stands elsewhere."""
    name = said.partition(" ")[0]
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            lines = [number for number, line in enumerate(file, 1) if re.match(rf"\s*{re.escape(name)}\s*[:=]", line)]
    except OSError:
        return 0
    return lines[-1] if lines else 0
