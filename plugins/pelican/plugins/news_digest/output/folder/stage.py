"""All old or all new: what a build writes is made ready beside the site, and put in place in one short step.

Until that step nothing of the site is touched, so that a template which fails, a full disk or a kill leaves it as it
was. The step is renames and removals, written down before the first of them: what is not finished, by a kill in just
these milliseconds, the next build finishes first. See docs/decisions/0034-all-old-or-all-new.md.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from ...disk.files import FileState
from ...disk.sealed import name_for
from ...running.elsewhere import marked
from ..place import Place
from . import swap
from .writer import Outcome, OutputWriter, Written, copy_file

log = logging.getLogger(__name__)
FOLDER: Final = ".news-digest-new"
# For so many files a process of their own puts them in place, which a kill of the build does not reach. For fewer it
# would take longer to start than they take.
MANY: Final = 32


class Stage:
    """One build's new files, on their way to *output*. Use it as a context: what is not published is thrown away.

    Args:
        cache: The plugin's folder in Pelican's ``CACHE_PATH``, where new files lie if they can be renamed from there;
            None: they lie beside the output.
        is_first: There is no site to lose: files are written at once to where they belong.
        lock: What keeps other builds out, for a process that outlives this one: a file descriptor, or None.
    """

    def __init__(self, output: Path, *, cache: Path | None, is_first: bool, lock: int | None = None) -> None:
        self._output = os.fspath(output)
        self._lock = lock
        self._cache = cache
        self._puts: dict[str, bool] = {}
        # Before their times were set back: to be renamed leaves the time at which a file was written.
        self._written_ns: dict[str, int] = {}
        self._hands: subprocess.Popen[bytes] | None = None
        self._marks = ExitStack()
        self.is_first = is_first

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Throw away what was not published; what is decided and not finished is left for the next build."""
        self._dismiss()
        self._marks.close()
        if "folder" in self.__dict__ and self.folder and not os.path.lexists(os.path.join(self.folder, swap.JOURNAL)):
            shutil.rmtree(self.folder, ignore_errors=True)

    @cached_property
    def folder(self) -> str:
        """Where new files lie, each under a name of its own; ``""``: where they belong. It is made when asked for.

        Raises:
            OSError: There is no place for it.
        """
        return "" if self.is_first else _make_folder(Path(self._output), self._cache)

    @cached_property
    def _writer(self) -> OutputWriter:
        return OutputWriter(Path(self._output), ready=self.folder)

    def expect(self, count: int) -> None:
        """Be told that about *count* files will be written: for many of them, helping hands get ready meanwhile."""
        if count >= MANY and not self.is_first and self._hands is None:
            command = [sys.executable, "-I", "-S", swap.__file__, self.folder]
            with suppress(OSError):  # then this process does it
                self._hands = subprocess.Popen(  # noqa: S603 - our own module
                    command,
                    bufsize=0,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                    pass_fds=() if self._lock is None else (self._lock,),
                )

    def write(self, save_as: str, data: bytes) -> Written:
        """Make *data* ready to be *save_as*, unless it is that already.

        Raises:
            UnsafePathError: *save_as* leaves the output folder.
            OSError: The disk is full, or the folder cannot be written.
        """
        written = self._writer.write(save_as, data)
        self._written_ns[save_as] = self._writer.written_ns
        self._note(save_as, written)
        return written

    def place(self, *, is_empty: bool, is_elsewhere: bool = False) -> Place:
        """Return where processes write.

        Args:
            is_empty: Whether the output was empty, so that nothing is looked for.
            is_elsewhere: Whether they may be on other machines.

        Raises:
            OSError: There is no place for it.
        """
        mark = self._marks.enter_context(marked(self.folder or self._output)) if is_elsewhere else ""
        return Place(self.folder, is_empty=is_empty, mark=mark)

    def take(self, save_as: str, outcome: Outcome) -> Outcome:
        """Take what a process made ready, or brought back, and return what became of it.

        Raises:
            OSError: There is no room for what it brought.
        """
        taken = outcome if outcome.data is None else self._writer.put(save_as, outcome.data)
        if taken.state.is_set_back and not self.is_first:
            self._written_ns[save_as] = taken.state.mtime_ns + 1
        self._note(save_as, taken.written)
        return taken

    def state(self, save_as: str, digest: bytes) -> FileState:
        """Return what *save_as*, whose bytes have *digest*, is now that it is in place.

        Raises:
            OSError: It is gone.
        """
        stat = os.stat(os.path.join(self._output, save_as))
        return FileState.of(stat, digest, written_ns=self._written_ns.get(save_as, 0))

    def _note(self, save_as: str, written: Written) -> None:
        if written is not Written.SAME:
            self._puts[save_as] = written is Written.NEW

    def copy(self, source: str, save_as: str, *, links: bool) -> None:
        """Make a copy of the file *source* ready to be *save_as*, or with *links* another name for it.

        Raises:
            OSError: It cannot be read, or the disk is full.
        """
        target = self._writer.path_of(save_as)
        is_new = not os.path.lexists(target)
        ready = os.path.join(self.folder, swap.ready_name(save_as)) if self.folder else target
        try:
            _link(source, ready) if links else copy_file(source, ready)
        except OSError as error:
            if str(error.filename).startswith(ready):  # people know it by this name
                error.filename = target
            raise
        self._puts[save_as] = is_new

    def publish(self, over: Iterable[str], *, kept: Collection[str] = ()) -> tuple[str, ...]:
        """Put everything in place, and remove the files *over*; return those that were removed.

        Args:
            kept: All files of the site: in a folder they are in place already.

        Raises:
            OSError: Something is in the way. Of what the system can tell beforehand nothing was touched; else the next
                build finishes it.
        """
        del kept
        going = sorted(save_as for save_as in over if os.path.lexists(os.path.join(self._output, save_as)))
        if not self._puts and not going:
            return ()
        if not self.is_first:
            # What is new comes first: a page never names what is not there yet.
            puts = sorted(self._puts, key=lambda save_as: not self._puts[save_as])
            _check(self._output, puts, set(going))
            self._hold(save_as for save_as in puts if not self._puts[save_as])
            swap.write_journal(self.folder, os.path.abspath(self._output), puts=puts, over=going)
            stuck = set(self._finish())
        else:
            stuck = set(swap.remove_all(self._output, going))
        for save_as in sorted(stuck):
            log.warning("%s is no longer part of the site, but cannot be removed", save_as)
        return tuple(save_as for save_as in going if save_as not in stuck)

    def _hold(self, replaced: Iterable[str]) -> None:
        """Give the files that are replaced one more name, so that their room is not freed in the step itself.

        With the room that new files were given when they were written, it takes a sixth of the time.
        """
        for save_as in replaced:
            with suppress(OSError):  # a file system without links
                os.link(os.path.join(self._output, save_as), f"{self.folder}/{swap.ready_name(save_as)}.old")

    def _finish(self) -> list[str]:
        """Finish what is decided, by the hands that are ready or by ours; return what is stuck."""
        if self._hands is None:
            return _to_the_end(self.folder)
        hands, self._hands = self._hands, None
        assert hands.stdin is not None  # noqa: S101 - see expect
        assert hands.stdout is not None  # noqa: S101
        with suppress(OSError):
            hands.stdin.write(b"!")
        hands.stdin.close()
        interrupt: KeyboardInterrupt | None = None
        said = b""
        while True:
            try:
                said += hands.stdout.read()
                is_done = hands.wait() == 0
                break
            except KeyboardInterrupt as error:  # it goes on working, so it is waited for
                interrupt = error
        hands.stdout.close()
        if interrupt is not None:
            raise interrupt
        # What it could not do is tried here once more, for the reason.
        return list(map(os.fsdecode, filter(None, said.split(b"\0")))) if is_done else _to_the_end(self.folder)

    def _dismiss(self) -> None:
        """Send the hands away that were not needed."""
        hands, self._hands = self._hands, None
        if hands is not None:
            hands.kill()
            hands.communicate()


def _to_the_end(folder: str) -> list[str]:
    try:
        return swap.finish(folder)
    except KeyboardInterrupt:
        swap.finish(folder)
        raise


def settle_output(output: Path, *, cache: Path | None) -> None:
    """Finish what a build that was killed had decided, and throw away what it had not.

    Raises:
        OSError: It cannot be finished.
    """
    for folder in _places(output, cache):
        if os.path.isdir(folder):
            try:
                swap.finish(os.fspath(folder))
            except ValueError as error:
                log.warning("what an earlier build had begun (%s) is damaged and discarded: %s", folder, error)
            shutil.rmtree(folder, ignore_errors=True)


def _places(output: Path, cache: Path | None) -> Iterator[Path]:
    """Yield where new files may lie, the best place first."""
    real = output.resolve()
    if cache is not None:
        name = name_for(real)
        yield cache / f"output-{name}{FOLDER}"
    yield real.parent / f".{real.name}{FOLDER}"
    yield real / FOLDER


def _make_folder(output: Path, cache: Path | None) -> str:
    """Make the folder for new files: where they can be renamed from, and not in the site if that can be helped."""
    *places, last = _places(output, cache)
    for folder in places:
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            if os.access(folder, os.W_OK | os.X_OK) and _is_near(folder, output):
                return os.fspath(folder)
            folder.rmdir()
    last.mkdir(exist_ok=True)
    return os.fspath(last)


def _is_near(folder: Path, output: Path) -> bool:
    """Whether files can be renamed from *folder* to *output*: one disk may be there twice, and that is refused, too."""
    if folder.stat().st_dev != output.stat().st_dev:
        return False
    try:
        os.rename(folder / "nothing", output / f"nothing{FOLDER}")
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def _check(output: str, puts: Iterable[str], going: set[str]) -> None:
    """Make the folders that *puts* need, and see that nothing will be in the way.

    Raises:
        OSError: Something is: a folder that may not be written, or that is not ours and has the name of a file.
    """
    for folder in {os.path.dirname(save_as) for save_as in puts}:
        path = os.path.join(output, folder)
        if not any(part in going for part in _ways(folder)):
            os.makedirs(path, exist_ok=True)
            if not os.access(path, os.W_OK | os.X_OK):
                raise PermissionError(13, "Permission denied", path)
    for save_as in puts:
        path = os.path.join(output, save_as)
        if os.path.isdir(path):
            for base, _, names in os.walk(path):
                for name in names:
                    found = os.path.relpath(os.path.join(base, name), output).replace(os.sep, "/")
                    if found not in going:
                        raise IsADirectoryError(21, "Is a directory", path)


def _ways(folder: str) -> Iterator[str]:
    """Yield *folder* and those that it lies in."""
    while folder:
        yield folder
        folder = os.path.dirname(folder)


def _link(source: str, target: str) -> None:
    """Give *source* the further name *target*, on another disk a symbolic link: as Pelican does."""
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with suppress(FileNotFoundError):
        os.unlink(target)
    try:
        os.link(source, target)
    except OSError:
        os.symlink(source, target)
