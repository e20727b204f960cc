"""A build that is killed, and the processes that worked for it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT


def assert_all_end(script: str, folder: Path) -> None:
    """Run *script*, which kills itself; each process that left a file of its number in *folder* ends soon after."""
    killed = subprocess.run([sys.executable, "-c", script, str(folder)], cwd=ROOT, check=False, timeout=60)
    assert -signal.SIGKILL == killed.returncode
    numbers = [path.name for path in folder.iterdir()]
    assert numbers
    deadline = time.monotonic() + 20
    while any(Path("/proc", number).exists() for number in numbers):
        assert time.monotonic() < deadline, "they go on"
        time.sleep(0.05)
