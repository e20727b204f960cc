"""What a measurement was made on and with: times mean nothing without."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from interpreter import look_at
from peer import hugo_version


def describe_machine() -> str:
    """Return processors and versions, in one line that names nobody's machine."""
    try:
        processors = len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        processors = os.cpu_count() or 1
    parts = [
        f"{processors} processors",
        platform.system(),
        look_at(sys.executable).name,
        f"Pelican {version('pelican')}",
        f"Hugo {hugo_version()}",
        f"PyYAML {version('PyYAML')}",
    ]
    for name in ("yaml-rs", "zlib-ng", "pagefind"):
        try:
            parts.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            parts.append(f"without {name}")
    return ", ".join(parts)
