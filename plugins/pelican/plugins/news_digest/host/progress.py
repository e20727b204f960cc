"""Progress for people: one moving display on a terminal, one line for each phase anywhere else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final

from pelican.log import console

from ..errors import counted
from .terminal import print_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

MIN_INTERVAL_S = 0.1
# What Pelican calls its own display: a circle that knows nothing of how much there is to do.
PELICANS_OWN: Final = "Generating..."
BETWEEN_PHASES: Final = "Building"
_pelicans_status = console.status
_shown: Display | None = None


def show_one_display() -> None:
    """Put our display, which knows how much there is to do, in the place of Pelican's: two at once are one too many."""
    console.status = _status


def _status(status: object = "", **options: Any) -> Any:  # noqa: ANN401 - what rich takes and gives
    """Return our display for Pelican's, and for a plugin what it asked for."""
    return shown_display() if status == PELICANS_OWN else _pelicans_status(status, **options)


class Display:
    """A bar with a name, how many of how many are done, a note, and the time that it took so far."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar, self._task = bar, task
        self._last = 0.0

    def begin(self, name: str) -> None:
        """Start on what is called *name*, of which nobody knows yet how much it is."""
        self._bar.reset(self._task, description=name, total=None, counts="", note="")

    def count(self, done: int, total: int, note: str) -> None:
        """Show how much is done, of *total* unless that is 0, but not so often that it costs time."""
        now = time.monotonic()
        if now - self._last > MIN_INTERVAL_S or done in (0, total):
            self._last = now
            counts = f"{done:,} of {total:,}" if total else f"{done:,}" if done else ""
            self._bar.update(self._task, completed=done, total=total or None, counts=counts, note=note)
            if not done:
                self._bar.refresh()  # how much there is to do is seen at once


@contextmanager
def shown_display() -> Iterator[Display | None]:
    """Show a display while the block runs, where somebody looks; within another one, yield that one."""
    global _shown  # noqa: PLW0603 - a terminal has room for one
    if _shown is not None or not _moves():
        yield _shown
        return
    # Only where somebody looks: it takes longer to load than all of our own pages.
    from rich.errors import LiveError  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415
    from rich.table import Column  # noqa: PLC0415

    def text(template: str) -> TextColumn:
        return TextColumn(template, markup=False, table_column=Column(no_wrap=True))

    columns = (
        text("{task.description}"),
        # As wide as there is room for: what is said beside it is never broken.
        BarColumn(bar_width=None, table_column=Column(ratio=1)),
        text("{task.fields[counts]}"),
        text("{task.fields[note]}"),
        TimeElapsedColumn(table_column=Column(no_wrap=True)),
    )
    bar = Progress(*columns, console=console, transient=True, expand=True)
    display = Display(bar, bar.add_task(BETWEEN_PHASES, total=None, counts="", note=""))
    with suppress(LiveError):  # a plugin's own display has the terminal: the closing lines are enough
        bar.start()
        _shown = display
    try:
        yield _shown
    finally:
        _shown = None
        bar.stop()


def _moves() -> bool:
    """Whether somebody looks at a terminal that can move: colours that are forced into a file are no reason to.

    Also whether the system gives this process a thread, which a moving display needs: it would stop the build.
    """
    return console.is_interactive and console.file.isatty() and not console.quiet and _has_threads()


def _has_threads() -> bool:
    probe = threading.Thread(target=_do_nothing, daemon=True)
    try:
        probe.start()
    except RuntimeError:
        return False
    probe.join()
    return True


def _do_nothing() -> None:
    """Stand for what a thread does."""


@contextmanager
def phase(name: str, unit: str) -> Iterator[Callable[..., None]]:
    """Show that *name* ("Reading") goes on; yield what is to be called with how many are done, and how many there
    are in all; 0 while nobody knows.

    A third argument is said beside the numbers, such as how many bytes they are.

    Args:
        unit: What is counted, in the singular: "file".
    """
    start = time.monotonic()
    total_seen, said = 0, ""
    with shown_display() as display:

        def count(done: int, total: int, note: str = "") -> None:
            nonlocal total_seen, said
            total_seen, said = max(done, total), note
            if display is not None:
                display.count(done, total, note)

        if display is not None:
            display.begin(name)
        try:
            yield count
        finally:
            if display is not None:
                display.begin(BETWEEN_PHASES)
    beside = f", {said}," if said else ""
    print_line(f"{name}: {counted(total_seen, unit)}{beside} in {time.monotonic() - start:.1f} s")
