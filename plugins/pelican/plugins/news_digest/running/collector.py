"""Python's garbage collector, paused while a build makes values that all live until its end.

Only for speed: it saves 4 % of a first build of a thousand items, and 8 % of one of five thousand
(``python benchmarks/without.py collector``, ``--set 5k``). Without this module the collector would look through all
items again and again.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused_collector(*, freezes: bool = False) -> Iterator[None]:
    """Pause Python's garbage collector.

    Args:
        freezes: Whether it ignores these values afterwards as well: most processes build once.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if freezes:
                gc.freeze()
            gc.enable()
