"""A template's mistake by its own file and line, whatever it went through: includes, macros, another process."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb

from jinja2 import TemplateNotFound, TemplateSyntaxError, UndefinedError

from ...errors import READ_MORE, TemplateError


@contextmanager
def template_errors(folders: Sequence[str]) -> Iterator[None]:
    """Turn what templates raise while the block runs into errors that name their place.

    Raises:
        TemplateError: A template raised something.
        Exception: Whatever else was raised, as it is.
    """
    try:
        yield
    except Exception as error:
        found = placed(error, folders)
        if found is None:
            raise
        raise found from error


def placed(error: Exception, folders: Sequence[str]) -> TemplateError | None:
    """Return *error* with the template and line that it comes from; None when no template is to blame."""
    if isinstance(error, TemplateError):
        return None
    where = _place(error, folders)
    if where is None:
        return None
    reason = str(error) or "no reason given"
    if isinstance(error, TemplateSyntaxError):
        reason = error.message or reason
    elif isinstance(error, TemplateNotFound):
        reason = f"there is no template called {error.name!r}"
    return TemplateError(*where, type(error).__name__, reason, _hint(error))


def _place(error: Exception, folders: Sequence[str]) -> tuple[str, int] | None:
    if isinstance(error, TemplateSyntaxError):
        return error.filename or error.name or "", error.lineno
    roots = tuple(f"{os.path.abspath(folder)}{os.sep}" for folder in folders)
    # Jinja gives frames of templates the names and lines of their files; the last one is the innermost.
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    found = [place for place in frames if _is_template(place[0], roots)]
    if not found and isinstance(error, TemplateNotFound):
        return _who_names(str(error.name), folders) or (str(error.name), 0)  # a planner of the owner's asks for it
    return found[-1] if found else None


def _is_template(path: str, roots: tuple[str, ...]) -> bool:
    return not path.endswith(".py") and os.path.abspath(path).startswith(roots)


def _who_names(template: str, folders: Iterable[str]) -> tuple[str, int] | None:
    """Return the file and line of a template that names another one: what asks for that may not have read it yet."""
    named = re.compile(rf"""{{%.*["']{re.escape(template)}["']""")
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.html")):
            for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
                if named.search(line):
                    return str(path), number
    return None


def _hint(error: Exception) -> str:
    match error:
        case TemplateNotFound():
            return "check its name, and the folders in THEME and THEME_TEMPLATES_OVERRIDES"
        case UndefinedError():
            return f"{READ_MORE.format('views')} names what each template may read"
        case _:
            return ""
