"""Which files changed, by looking at all of them: for where the system tells nobody, or not of everything."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from watchfiles import Change

from ..errors import printable

if TYPE_CHECKING:
    import threading

    from ..disk.files import Mark

# How often all files are looked at; with very many a fifth of the time is spent on it, and not more.
LOOK_S: Final = 0.5
_REST: Final = 4
# What a process may ask the kernel for is named in both places; the smaller one holds.
_LIMITS: Final = {
    "watches": ("fs.inotify.max_user_watches", "user.max_inotify_watches"),
    "instances": ("fs.inotify.max_user_instances", "user.max_inotify_instances"),
}
_MOST: Final = {"watches": 524_288, "instances": 1_024}
_DENIED: Final = re.compile(r'about \["(.+?)"')
_WAY_OUT: Final = "files are polled every half second instead"


def looked_at(
    trees: Iterable[str],
    *,
    interest: Callable[[Change, str], bool],
    stop: threading.Event,
    turn_s: float,
    has_missed_some: bool = False,
) -> Iterator[set[tuple[Change, str]]]:
    """Yield what changed below *trees* since the last time, again and again; nothing at the first one.

    Args:
        turn_s: Seconds until something is yielded, if only that nothing is known.
        has_missed_some: Whether there may have been changes before: then the trees themselves are said to have changed.
    """
    folders = tuple(trees)
    seen, due = _marks(folders, interest), time.monotonic() + LOOK_S
    yield {(Change.modified, tree) for tree in folders} if has_missed_some else set()
    while not stop.wait(turn_s):
        if (started := time.monotonic()) < due:
            yield set()
            continue
        marks = _marks(folders, interest)
        due = started + max(LOOK_S, _REST * (time.monotonic() - started))
        changed = {path for path in marks.keys() | seen.keys() if marks.get(path) != seen.get(path)}
        kinds = ((Change.deleted if path not in marks else Change.modified, path) for path in changed)
        seen = marks
        yield {(kind, path) for kind, path in kinds if interest(kind, path)}


def _marks(folders: Iterable[str], interest: Callable[[Change, str], bool]) -> dict[str, Mark]:
    """Return what each file below *folders* is known by; what may not be read is as if it were not there."""
    found: dict[str, Mark] = {}
    left = list(folders)
    while left:
        try:
            with os.scandir(left.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        if interest(Change.modified, entry.path):
                            left.append(entry.path)
                        found[entry.path] = (entry.inode(), 0, 0)
                    else:
                        state = entry.stat(follow_symlinks=not entry.is_dir())
                        found[entry.path] = (state.st_ino, state.st_size, state.st_mtime_ns)
        except OSError:
            continue
    return found


def reason_to_look(error: Exception) -> str:
    """Return why the system does not tell of every change, in one line: which limit, and how to raise it."""
    text = str(error)
    if "watch limit" in text or "MaxFilesWatch" in text:
        return f"the system's limit of watched folders is reached, {_limit('watches')}"
    if "Too many open files" in text:
        return f"the system's limit of file watchers is reached, {_limit('instances')}"
    if isinstance(error, PermissionError) and (denied := _DENIED.search(text)):
        return printable(f"{denied[1]} may not be read: {_WAY_OUT}, and nothing in there")
    return printable(f"the system does not report changes ({text}): {_WAY_OUT}")


def _limit(kind: str) -> str:
    """Return which limit holds, and what raises it."""
    known = [(value, name) for name in _LIMITS[kind] if (value := _read(name)) is not None]
    name = min(known)[1] if known else _LIMITS[kind][0]
    holds = f"{name} is {min(known)[0]:,}" if known else name
    return f"{holds}: {_WAY_OUT}; `sudo sysctl {name}={_MOST[kind]}` raises it"


def _read(name: str) -> int | None:
    try:
        with open(f"/proc/sys/{name.replace('.', '/')}", encoding="ascii") as file:
            return int(file.read())
    except (OSError, ValueError):
        return None
