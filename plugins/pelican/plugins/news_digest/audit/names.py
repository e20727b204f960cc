"""Names of built files that a disk, a host or an uploader refuses, and names that are one file on many disks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..errors import Diagnostic, diagnose
from ..naming.names import name_key, name_problem

HINT = "rename what it is made from"


def check_names(paths: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield what cannot be published under its name; each folder is told once.

    Args:
        paths: Of every file, relative to the output folder, with ``/``.
    """
    known: dict[str, str] = {}
    told: set[str] = set()
    for path in sorted(paths):
        parts = path.split("/")
        for depth, name in enumerate(parts, 1):
            place = "/".join(parts[:depth])
            if place in told:
                break
            other = known.setdefault(name_key(place), place)
            problem = f"the name {why}" if (why := name_problem(name)) else ""
            if other != place:
                problem = f"is the same file as {other} on a case-insensitive disk"
            if problem:
                told.add(place)
                yield diagnose("ND509", problem, path=place, hint=HINT)
                break
