"""One build in a process that stays: Pelican as ``build`` runs it, and what went wrong as values.

:meth:`Rebuilder.rebuild` is all that the rest of the preview calls.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import msgspec
from pelican.contents import Content
from pelican.log import console

from pelican.plugins import signals

from ..errors import DigestError, Severity
from ..host.build import CONTEXT_KEY, Build
from ..images.pictures import NO_PICTURES, PictureIndex
from ..running.workers import end_all
from .problems import Places, Problem, of_diagnostics, of_exception, of_record

if TYPE_CHECKING:
    from .owner import Owner

# What it says is known from its diagnostics.
_OWN_LOG = "pelican.plugins.news_digest.host.summary"


class Rebuilt(msgspec.Struct, frozen=True, kw_only=True):
    """What one build did.

    Attributes:
        is_done: Whether the site is what its files say, but for files that were left out; False: it is as it was.
        warnings: How many smaller things there are to say.
        changed: Files that have other bytes now.
        marks: Slug → ``draft`` or ``unpublished``, for items that the public site does not show.
        pictures: What the site knows of pictures that were made.
    """

    is_done: bool
    problems: tuple[Problem, ...] = ()
    warnings: int = 0
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    marks: dict[str, str] = {}
    pictures: PictureIndex = NO_PICTURES
    seconds: float = 0.0


class _HeldError(DigestError):
    """A file that made a page before cannot be used now: nothing is written, so that its page stays."""


class Rebuilder:
    """Builds one site, again and again.

    Args:
        on_pages: Called when every page is written, before what takes long and nobody waits for (the search index).
    """

    def __init__(self, owner: Owner, *, on_pages: Callable[[], None]) -> None:
        self._owner = owner
        self._on_pages = on_pages
        self._here = os.getcwd()
        self._said: tuple[Problem, ...] = ()
        self._sources: frozenset[str] = frozenset()
        self._later: list[Callable[[], None]] = []
        self._is_first = True

    def prepare(self) -> tuple[Problem, ...]:
        """Read the settings if they are new or have changed; return what is wrong with them."""
        owner = self._owner
        if not owner.is_current():
            with _collected() as records:
                try:
                    owner.read()
                except Exception as error:  # noqa: BLE001 - settings are code: whatever they raise is theirs to mend
                    self._said = tuple(of_exception(error, places=self._places()))
                else:
                    self._said = tuple(of_record(record, places=self._places()) for record in records)
        return self._said

    def check_code(self, path: str) -> tuple[Problem, ...]:
        """Return what keeps the Python file *path* from being run at all."""
        try:
            with open(path, "rb") as file:
                compile(file.read(), path, "exec")
        except (SyntaxError, ValueError) as error:
            return tuple(of_exception(error, places=self._places()))
        except OSError:  # it was removed; whether that is well is known when it is missed
            pass
        return ()

    def rebuild(self) -> Rebuilt:
        """Bring the output up to date with what the files say now.

        Nothing is raised but an interrupt: what went wrong is in the answer.
        """
        started = time.monotonic()
        said = self.prepare()
        if not self._owner.is_read:
            return Rebuilt(is_done=False, problems=said, seconds=time.monotonic() - started)
        put_off, self._later = self._later, []  # of a site that is about to be another one
        build: Build | None = None
        failure: tuple[Problem, ...] = ()
        is_held = False

        def judge(generators: Sequence[Any]) -> None:
            nonlocal build, is_held
            build = generators[0].context.get(CONTEXT_KEY)
            if build is not None:
                build.on_pages = self._on_pages
                build.later = self._later = []
                lost = {d.path for d in build.diagnostics if d.severity is Severity.ERROR} & self._sources
                is_held = bool(lost)
            if is_held:
                raise _HeldError

        is_quiet = not self._is_first
        with _collected() as records, _quiet(is_quiet=is_quiet), signals.all_generators_finalized.connected_to(judge):
            try:
                self._owner.pelican.run()
            except _HeldError:
                self._later = put_off  # it stays the one that it was
            except Exception as error:  # noqa: BLE001 - a template, a plugin, the disk: said, and the preview goes on
                failure = tuple(of_exception(error, places=self._places()))
            finally:
                end_all()
                _forget_articles()
        self._is_first = False
        is_done = not failure and not is_held
        if build is not None and is_done:
            self._sources = frozenset(item.source_path for item in build.archive.items)
        found = [of_record(record, places=self._places()) for record in records]
        found += of_diagnostics(build.diagnostics, places=self._places()) if build is not None else ()
        return Rebuilt(
            is_done=is_done,
            problems=tuple(dict.fromkeys((*said, *failure, *sorted(found)))),
            warnings=build.count(Severity.WARNING) if build else 0,
            changed=build.performed.changed if build and is_done else (),
            removed=build.performed.removed if build and is_done else (),
            marks={slug: status.value for slug, status in build.unlisted.items()} if build else {},
            pictures=build.pictures if build else NO_PICTURES,
            seconds=time.monotonic() - started,
        )

    def finish(self) -> bool:
        """Do what the last build put off, the search index; return whether there was anything.

        Raises:
            KeyboardInterrupt: Ctrl-C; what is half done is done again by the next build.
        """
        later, self._later = self._later, []
        with _collected(), _quiet(is_quiet=True), suppress(OSError):  # the disk is full: the next build will say so
            for work in later:
                work()
        return bool(later)

    def _places(self) -> Places:
        owner, layout = self._owner, self._owner.layout
        if layout is None:
            return Places(here=self._here, settings=owner.path)
        return Places(
            here=self._here,
            settings=owner.path,
            content=layout.content,
            folders=(os.path.dirname(owner.path), *layout.trees),
        )


def _forget_articles() -> None:
    """Forget the texts that Pelican keeps for the life of the process: they hold every article of every build."""
    for name in ("get_content", "get_summary"):
        getattr(Content.__dict__.get(name), "cache", {}).clear()


class _Collector(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name != _OWN_LOG:
            self.records.append(record)


@contextmanager
def _collected() -> Iterator[list[logging.LogRecord]]:
    """Keep log records from the terminal while the block runs; yield the errors among them."""
    root = logging.getLogger()
    handlers = root.handlers[:]
    collector = _Collector()
    root.handlers = [collector]
    try:
        yield collector.records
    finally:
        root.handlers = handlers


@contextmanager
def _quiet(*, is_quiet: bool) -> Iterator[None]:
    """Keep progress from the terminal while the block runs: a build of half a second needs none."""
    was_quiet, console.quiet = console.quiet, is_quiet or console.quiet
    try:
        yield
    finally:
        console.quiet = was_quiet
