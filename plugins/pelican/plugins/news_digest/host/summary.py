"""What a build says to whoever runs it: what is wrong with the content, and at its end what was built."""

from __future__ import annotations

import gc
import logging
import time
from typing import TYPE_CHECKING

from ..errors import UNREADABLE_COLOUR, Severity, counted
from .state import Build, placed
from .terminal import print_line

if TYPE_CHECKING:
    from pelican import Pelican

log = logging.getLogger(__name__)

_last: Build | None = None
# By the settings that they are made with.
_begun: dict[int, Build] = {}


def sum_up(pelican: Pelican) -> None:
    """Look after what other plugins made of the site, and say what was built."""
    global _last  # noqa: PLW0603 - as below
    build = _begun.pop(id(pelican.settings), None)
    if build is not None:
        _last = build
        if build.afterwards is not None:
            build.afterwards()
        build.workers.close()
        _say(build)
        if build.memory is None:
            # Most processes end now, and Python would look through a whole archive for garbage once more: a third of
            # the time of a build that has nothing to do.
            gc.freeze()


def last_build() -> Build | None:
    """Return the last build of this process, for the command line; None before the first."""
    return _last


def forget_last_build() -> None:
    """Let go of the last build: an archive may be large."""
    global _last  # noqa: PLW0603 - as below
    _last = None


def report(build: Build, *, folder: str, settings: object) -> None:
    """Log warnings one by one and all errors as one, so that ``--fatal errors`` stops after the whole list.

    Args:
        folder: What the files' paths begin with for whoever reads this.
        settings: Pelican's, as the object that they are: another build may run within this one.
    """
    global _last  # noqa: PLW0603 - Pelican's last signal does not carry its context
    _last = _begun[id(settings)] = build
    for diagnostic in build.diagnostics:
        if diagnostic.severity is Severity.WARNING:
            log.warning("%s", placed(diagnostic, folder))
    errors = [placed(d, folder) for d in build.diagnostics if d.severity is Severity.ERROR]
    lost = [error for error in errors if error.code != UNREADABLE_COLOUR]
    lines = [f"  {error}" for error in lost]
    if lost:
        lines.insert(
            0, f"{counted(len(lost), 'file')} could not be used and {'was' if len(lost) == 1 else 'were'} left out:"
        )
    lines += [str(error) for error in errors if error.code == UNREADABLE_COLOUR]
    if lines:
        log.error("%s", "\n".join(lines))


def _say(build: Build) -> None:
    # Items and Pelican's articles are counted apart: the number of items is the one that `check` and the reader say.
    articles = sum(item.slug in build.classic for item in build.catalogue.published) if build.classic else 0
    items, errors = build.published_count - articles, build.count(Severity.ERROR)
    warnings, notes = build.count(Severity.WARNING), build.count(Severity.NOTE)
    beside = f" and {counted(articles, 'Pelican article')}" if articles else ""
    spent = time.monotonic() - build.started
    print_line(
        f"News Digest: {items:,} of {counted(build.item_count, 'item')}{beside}, "
        f"{counted(build.page_count, 'page')}, "
        f"{counted(len(build.performed.changed), 'file')} changed, {len(build.performed.removed):,} removed, "
        f"{counted(errors, 'error')}, {counted(warnings, 'warning')}, {counted(notes, 'note')} in {spent:.1f} s"
    )
