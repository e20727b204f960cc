"""Run one command and print what it took, as JSON: ``python measure.py LOG OUTPUT COMMAND…``.

A program of its own, small, so that what it starts begins with little memory of its own (the system counts the memory
of the process that starts another one as the other's until that one runs). It adopts what the command leaves behind,
such as the processes of a worker pool, and counts them too.
"""

from __future__ import annotations

import ctypes
import glob
import json
import os
import subprocess
import sys
import threading
import time

EVERY = 0.005  # seconds between two looks for the first page
MEMORY_EVERY = 0.2  # and between two looks at the memory of all processes
PR_SET_CHILD_SUBREAPER = 36
KILOBYTES = 1 if sys.platform.startswith("linux") else 1024


class FirstPage(threading.Thread):
    """Waits until a page is in an empty folder: what somebody sees who opens the site while it is built."""

    def __init__(self, output: str) -> None:
        super().__init__(daemon=True)
        self._output = output
        self._is_over = threading.Event()
        self._is_awaited = not self._has_page()
        self.at: float | None = None

    def run(self) -> None:
        """Look until there is one, or it is over; note when it was."""
        while self._is_awaited and not self._is_over.wait(EVERY):
            if self._has_page():
                self.at = time.perf_counter()
                return

    def stop(self) -> None:
        """Wait no longer."""
        self._is_over.set()
        self.join()
        if self._is_awaited and self.at is None and self._has_page():
            self.at = time.perf_counter()

    def _has_page(self) -> bool:
        return any(name.endswith(".html") for _, _, names in os.walk(self._output) for name in names)


class AllMemory(threading.Thread):
    """Looks at what all processes of the command have together, what they share counted once; Linux alone says it."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._is_over = threading.Event()
        self.peak: float | None = None

    def run(self) -> None:
        """Look until it is over; note the most, in MiB."""
        while not self._is_over.wait(MEMORY_EVERY):
            if found := sum(map(_own_kilobytes, _family(self._pid))):
                self.peak = max(self.peak or 0, found / 1024)

    def stop(self) -> None:
        """Look no longer."""
        self._is_over.set()
        self.join()


def _family(pid: int) -> list[int]:
    """Return *pid* and the processes that it and those have started."""
    found = [pid]
    for parent in found:
        for path in glob.glob(f"/proc/{parent}/task/*/children"):
            try:
                with open(path, encoding="ascii") as file:
                    found += map(int, file.read().split())
            except OSError:  # it has ended meanwhile
                continue
    return found


def _own_kilobytes(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def main() -> None:
    """Measure the command of the command line."""
    log, output, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with open(log, "wb") as said:
        page = FirstPage(output)
        started = time.perf_counter()
        page.start()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
        memory = AllMemory(child.pid)
        memory.start()
        wall, code, cpu, peak = 0.0, -1, 0.0, 0.0
        while True:
            try:
                pid, status, usage = os.wait4(-1, 0)
            except ChildProcessError:
                break
            cpu += usage.ru_utime + usage.ru_stime
            peak = max(peak, usage.ru_maxrss / KILOBYTES / 1024)
            if pid == child.pid:
                wall = time.perf_counter() - started
                code = child.returncode = os.waitstatus_to_exitcode(status)
    page.stop()
    memory.stop()
    first = None if page.at is None else page.at - started
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak, "first": first, "all_peak": memory.peak, "code": code}))


if __name__ == "__main__":
    main()
