"""Progress for people: a moving bar on a terminal, one line for each phase anywhere else."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from pelican.log import console

from ..errors import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

log = logging.getLogger(__name__)
MIN_INTERVAL_S = 0.1


def stand_still_without_threads() -> None:
    """Where the system refuses this process a thread, take the moving display from Pelican: it would stop the build."""
    try:
        probe = threading.Thread(target=_do_nothing, daemon=True)
        probe.start()
    except RuntimeError:
        console.status = _no_display
    else:
        probe.join()


def _do_nothing() -> None:
    """Stand for what a thread does."""


def _no_display(*_: object, **__: object) -> AbstractContextManager[None]:
    return nullcontext()


@contextmanager
def phase(name: str, unit: str) -> Iterator[Callable[..., None]]:
    """Show that *name* ("Reading") goes on; yield what is to be called with how many are done, and how many in all.

    A third argument is said beside the numbers, such as how many bytes they are.

    Args:
        unit: What is counted, in the singular: "item".
    """
    start = time.monotonic()
    total_seen, said = 0, ""
    if not console.is_terminal or console.status is _no_display:

        def count(_done: int, total: int, note: str = "") -> None:
            nonlocal total_seen, said
            total_seen, said = total, note

        yield count
    else:
        # Only where somebody looks: it takes longer to load than all of our own pages.
        from rich.errors import LiveError  # noqa: PLC0415
        from rich.progress import (  # noqa: PLC0415
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[note]}"),
            TimeElapsedColumn(),
        )
        bar = Progress(*columns, console=console, transient=True)
        task = bar.add_task(name, total=None, note="")
        last = 0.0

        def advance(done: int, total: int, note: str = "") -> None:
            nonlocal last, total_seen, said
            total_seen, said = total, note
            now = time.monotonic()
            if now - last > MIN_INTERVAL_S or done == total:
                last = now
                bar.update(task, completed=done, total=total, note=note)

        try:
            bar.start()
        except LiveError:  # another display owns the terminal: the closing line is enough
            yield advance
        else:
            try:
                yield advance
            finally:
                bar.stop()
    beside = f", {said}," if said else ""
    console.print(f"{name}: {counted(total_seen, unit)}{beside} in {time.monotonic() - start:.1f} s", highlight=False)
