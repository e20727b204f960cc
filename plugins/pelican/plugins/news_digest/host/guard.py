"""What Pelican's own generators must not touch: links out of the content folder, circles, pipes, devices.

Pelican follows every link, so that one to ``/etc`` would publish it, and opens whatever has the right ending, so that a
pipe would stop the build for ever. Items are read by ourselves, with the same rules (:mod:`..disk.files`).
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateNotFound
from pelican.generators import Generator, SourceFileGenerator, StaticGenerator

from ..disk.walking import find_refused
from ..errors import Diagnostic, DigestError, OutputError, Severity, diagnose
from ..output.folder.writer import PART, copy_file
from ..settings import read_settings
from .state import placed, seen_from_here

if TYPE_CHECKING:
    from pelican.contents import Static

log = logging.getLogger(__name__)
SAID_KEY = "digest_said"


class NoTrace(logging.Filter):
    """Keeps Pelican from printing a traceback under an error of ours: its text says all that there is to say."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass."""
        if record.exc_info and isinstance(record.exc_info[1], DigestError):
            record.exc_info = None
        return True


NO_TRACE = NoTrace()


@contextmanager
def output_errors(folder: Path) -> Iterator[None]:
    """Turn what the system says while *folder* is written into one clear error."""
    try:
        yield
    except TemplateNotFound:  # an OSError to Jinja, and none of the output's
        raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(str(error.filename or folder).removesuffix(PART), reason) from error


def copy_whole(generator: StaticGenerator) -> None:
    """Let Pelican's copies of static files be renamed into place, as all other files are."""

    def copy(file: Static) -> None:
        target = os.path.join(generator.output_path, file.save_as)
        with output_errors(Path(generator.output_path)):
            copy_file(os.path.join(generator.path, file.source_path), target)

    generator._copy_staticfile = copy  # noqa: SLF001 - the one place where Pelican copies


def guard(generator: Generator) -> None:
    """Let *generator* find only files that may be read; say what is left out, once for a build."""
    generator.get_files = _guarded(generator, generator.get_files)
    if isinstance(generator, SourceFileGenerator):
        generator._create_source = lambda _: None  # noqa: SLF001 - copied, and removed, with static files


def guard_links(generator: StaticGenerator) -> None:
    """Leave out static files that a link in a text asked for and that do not lie where such files lie."""
    content = Path(generator.path)
    roots = [content.resolve(), *((content / root).resolve() for root in generator.settings["STATIC_PATHS"])]
    kept = []
    for file in generator.staticfiles:
        path = str(file.relative_source_path)
        source = Path(file.source_path).resolve()
        if source.is_file() and any(source.is_relative_to(root) for root in roots):
            kept.append(file)
        else:
            outside = diagnose("ND115", "a file outside the content folder", path=path, hint="copy it")
            say(generator.context, [outside])
    generator.staticfiles = generator.context["staticfiles"] = kept


def say(context: dict[str, Any], diagnostics: Iterable[Diagnostic]) -> None:
    """Log the diagnostics of files that Pelican reads, each once in a build."""
    known: dict[Diagnostic, None] = context.setdefault(SAID_KEY, {})
    folder = seen_from_here(context["PATH"]) if "PATH" in context else ""
    for diagnostic in diagnostics:
        if diagnostic not in known:
            known[diagnostic] = None
            level = logging.ERROR if diagnostic.severity is Severity.ERROR else logging.WARNING
            log.log(level, "%s", placed(diagnostic, folder))


def said(context: dict[str, Any]) -> tuple[Diagnostic, ...]:
    """Return what was said so far, by file."""
    return tuple(sorted(context.get(SAID_KEY, ())))


def _guarded(generator: Generator, get_files: Callable[..., set[str]]) -> Callable[..., set[str]]:
    content = Path(generator.path)

    def safe_files(
        paths: str | Sequence[str], exclude: Iterable[str] | None = None, extensions: object = None
    ) -> set[str]:
        excluded = list(exclude or ())
        digest = read_settings(generator.settings)
        ours = (digest.news_path, digest.topics_path, digest.providers_path, digest.newsletters_path)
        asked = [paths] if isinstance(paths, str) else paths
        found = find_refused(content, asked, without=(*excluded, *ours))
        say(generator.context, found.values())
        files = get_files(paths, [*excluded, *found], extensions)
        return {path for path in files if path.removeprefix("./") not in found}

    return safe_files
