"""Which files changed: folders by the system's own notices, or by looking where it gives none; files by looking."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from watchfiles import Change, DefaultFilter, watch

from ..disk.files import mark_of
from .looking import looked_at, reason_to_look

if TYPE_CHECKING:
    import threading

# How long a file has to be left alone before it counts as written, and the longest that is waited for that.
QUIET_MS: Final = 30
LONGEST_MS: Final = 1_000
# How often single files and the folders themselves are looked at.
LOOK_MS: Final = 100


class Interest(DefaultFilter):
    """Which changes matter: those below *trees*, but for what builds write, editors leave, and owners ignore.

    Args:
        patterns: Pelican's ``IGNORE_FILES``, for paths relative to a tree.
    """

    def __init__(self, trees: Iterable[str], *, ignored: Iterable[str], patterns: Iterable[str]) -> None:
        super().__init__()
        self._trees = tuple(sorted((f"{tree}{os.sep}" for tree in trees), key=len, reverse=True))
        self._ignored = tuple(f"{folder}{os.sep}" for folder in ignored)
        self._patterns = tuple(patterns)

    def __call__(self, change: Change, path: str) -> bool:
        """Whether the change of *path* matters."""
        if f"{path}{os.sep}".startswith(self._ignored):
            return False
        tree = next((tree for tree in self._trees if path.startswith(tree)), "")
        inside = f"{os.sep}{path.removeprefix(tree)}"
        if any(fnmatch.fnmatch(path if pattern.startswith(os.sep) else inside, pattern) for pattern in self._patterns):
            return False
        # Its own rules are for what lies in a tree: the tree itself may lie in a hidden folder.
        return super().__call__(change, inside)


class Watcher:
    """Watches folders and single files.

    Args:
        trees: Folders, with all that is in them. One that is not there is looked for until it is.
        files: Single files, looked at: an editor that renames a new file into place would make notices end.
        ignored, patterns: See :class:`Interest`.
        say: Called with one line when the system does not tell of changes, so that files are looked at.
        polls: Whether to look at files from the start: on a network disk the system tells of no changes, and not why.
    """

    def __init__(  # noqa: PLR0913 - what there is to watch, and how
        self,
        *,
        trees: Iterable[str],
        files: Iterable[str],
        ignored: Iterable[str],
        patterns: Iterable[str] = (),
        stop: threading.Event,
        say: Callable[[str], None] = lambda _: None,
        polls: bool = False,
    ) -> None:
        self._trees = tuple(trees)
        self._interest = Interest(self._trees, ignored=ignored, patterns=patterns)
        self._stop = stop
        self._say = say
        self._polls = polls
        self._seen = {path: mark_of(path) for path in files}
        self._roots = self._look_at_roots()

    def _look_at_roots(self) -> dict[str, int | None]:
        states = {tree: mark_of(tree) for tree in self._trees}
        return {tree: state[0] if state else None for tree, state in states.items()}

    def __iter__(self) -> Iterator[frozenset[str]]:
        """Yield the paths that changed; now and then nothing, and at first nothing: then everything is watched.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        pending: set[str] = set()
        while not self._stop.is_set():
            for notices in self._notices([tree for tree, inode in self._roots.items() if inode is not None]):
                changed = pending | {path for _, path in notices} | self._changed_files()
                roots = self._look_at_roots()
                if roots != self._roots:  # one was replaced, is gone, or is there at last: watch anew before telling
                    pending = changed | {tree for tree in self._trees if roots[tree] != self._roots[tree]}
                    self._roots = roots
                    break
                pending = set()
                yield frozenset(changed)
            else:
                return

    def _changed_files(self) -> set[str]:
        states = {path: mark_of(path) for path in self._seen}
        changed = {path for path, state in states.items() if state != self._seen[path]}
        self._seen = states
        return changed

    def _notices(self, trees: list[str]) -> Iterator[set[tuple[Change, str]]]:
        has_begun = False
        if not self._polls:
            try:
                for notices in self._told(trees):
                    yield notices
                    has_begun = True
                    self._require_notices({path for kind, path in notices if kind is Change.added})
            except FileNotFoundError:  # one went away since it was looked at: the roots tell
                yield set()
                return
            except (OSError, RuntimeError) as error:  # the second is what the library calls unknown to it
                self._polls = True
                self._say(reason_to_look(error))
            else:
                return
        yield from looked_at(
            trees, interest=self._interest, stop=self._stop, turn_s=LOOK_MS / 1000, has_missed_some=has_begun
        )

    def _require_notices(self, added: Iterable[str]) -> None:
        """Do nothing where the system would also watch those of *added* that are folders.

        Raises:
            OSError, RuntimeError: It would not; of a folder that came later the library does not say so.
        """
        if folders := [path for path in added if os.path.isdir(path)]:
            with suppress(FileNotFoundError):  # gone again
                next(self._told(folders), None)

    def _told(self, trees: list[str]) -> Iterator[set[tuple[Change, str]]]:
        """Yield what the system tells of."""
        return watch(
            *trees,
            watch_filter=self._interest,
            debounce=LONGEST_MS,
            step=QUIET_MS,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
            stop_event=self._stop,
            # Else the library would be silent about every other limit, too, and watch what it had come to.
            ignore_permission_denied=False,
        )
