"""Run one command and print what it took, as JSON: ``python measure.py LOG COMMAND…``.

A program of its own, small, so that what it starts begins with little memory of its own (the system counts the memory
of the process that starts another one as the other's until that one runs). It adopts what the command leaves behind,
such as the processes of a worker pool, and counts them too.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time

PR_SET_CHILD_SUBREAPER = 36
KILOBYTES = 1 if sys.platform.startswith("linux") else 1024


def main() -> None:
    """Measure the command of the command line."""
    log, command = sys.argv[1], sys.argv[2:]
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    with open(log, "wb") as said:
        started = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
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
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak, "code": code}))


if __name__ == "__main__":
    main()
