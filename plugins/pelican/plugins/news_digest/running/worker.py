"""How a process begins that works for another one."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import Final

from . import worker_log

# Python looks for garbage after so many new values. What a worker makes lives as long as its job or as the process, and
# looking at all of it every 700 values takes a tenth of its time.
NEW_VALUES: Final = 50_000


def begin(*, log_level: int) -> None:
    """Get this process, which works for another one, ready: it ends when that one does, however that ends.

    Args:
        log_level: From which on the other one wants to know what is logged here.
    """
    worker_log.keep_log(log_level)
    with suppress(OSError):  # where memory is short the system ends this one first: only that costs no site
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    # Ctrl-C reaches every process of a terminal; the first one decides what becomes of the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(NEW_VALUES, *gc.get_threshold()[1:])
    gc.enable()
    try:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    except RuntimeError:  # no room for it: the first one goes on alone
        os._exit(1)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
