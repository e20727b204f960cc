"""Progress for people: a moving bar on a terminal, one line for each phase anywhere else."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pelican.log import console
from rich.errors import LiveError
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

log = logging.getLogger(__name__)
MIN_INTERVAL_S = 0.1


@contextmanager
def phase(name: str, unit: str) -> Iterator[Callable[[int, int], None]]:
    """Show that *name* ("Reading") goes on; yield what is to be called with how many are done, and how many in all.

    Args:
        unit: What is counted, such as "items".
    """
    start = time.monotonic()
    total_seen = 0
    if not console.is_terminal:

        def count(_done: int, total: int) -> None:
            nonlocal total_seen
            total_seen = total

        yield count
    else:
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        bar = Progress(*columns, console=console, transient=True)
        task = bar.add_task(name, total=None)
        last = 0.0

        def advance(done: int, total: int) -> None:
            nonlocal last, total_seen
            total_seen = total
            now = time.monotonic()
            if now - last > MIN_INTERVAL_S or done == total:
                last = now
                bar.update(task, completed=done, total=total)

        try:
            bar.start()
        except LiveError:  # another display owns the terminal: the closing line is enough
            yield advance
        else:
            try:
                yield advance
            finally:
                bar.stop()
    console.print(f"{name}: {total_seen:,} {unit} in {time.monotonic() - start:.1f} s", highlight=False)
