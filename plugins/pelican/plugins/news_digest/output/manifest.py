"""What the last build wrote, file by file: what is still true is left alone, what is over can be removed."""

from __future__ import annotations

import hashlib
import logging
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import msgspec

from ..frontmatter.cache import replace_file
from ..frontmatter.files import FileState, Mark, digest_of, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

log = logging.getLogger(__name__)
FORMAT: Final = 4


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """One written file.

    Attributes:
        key: Of what its bytes were made from.
        state: What it was right after it was written.
        facts: Of what the plan was made from; ``b""``: nobody said.
    """

    key: bytes
    state: FileState
    facts: bytes = b""


class _ManifestFile(msgspec.Struct, array_like=True):
    format: int
    seen_ns: int
    entries: dict[str, Entry]
    # Of the whole site: everything that went into it, and the files that others wrote (the search index).
    stamp: bytes = b""
    others: dict[str, FileState] = {}


_DECODER: Final = msgspec.msgpack.Decoder(_ManifestFile)


class Manifest:
    """The files that the last build wrote to one output folder.

    Args:
        folder: Where manifests are kept; None keeps none, and every file is stale.
        output: The output folder: each has a manifest of its own.
    """

    def __init__(self, folder: Path | None, *, output: Path) -> None:
        self._output = output
        name = hashlib.blake2b(os.fsencode(output.resolve()), digest_size=8).hexdigest()
        self._path = folder / f"output-{name}.msgpack" if folder else None
        # Files that were not there when a build set out to write them: if it was killed, they are ours all the same.
        self._journal = folder / f"output-{name}.journal" if folder else None
        self._seen_ns = 0
        self._announced = self._read_journal()
        # Whether the last build here may have been killed, so that half a file of its may lie about.
        self.was_cut_short = self._journal is None or self._journal.exists()
        self._mark: Mark | None = None
        self._stamp = b""
        self._others: dict[str, FileState] = {}
        self.entries: dict[str, Entry] = self._load()
        # Then nothing in it has to be asked for before a first build.
        self._was_empty = _is_empty(output)

    @property
    def is_kept(self) -> bool:
        """Whether the next build will know of this one."""
        return self._path is not None

    def _load(self) -> dict[str, Entry]:
        if self._path is None:
            return {}
        try:
            stored = _DECODER.decode(self._path.read_bytes())
        except OSError:
            return {}
        except msgspec.MsgspecError as error:
            log.warning("the list of written files (%s) is damaged; it is made anew: %s", self._path, error)
            self.was_cut_short = True  # nobody knows
            with suppress(OSError):  # so that it is complained of once
                self._path.unlink()
            return {}
        if stored.format != FORMAT:
            return {}
        self._seen_ns = stored.seen_ns
        self._stamp, self._others = stored.stamp, stored.others
        return stored.entries

    def is_current(self, stamp: bytes, *, seen_ns: int) -> bool:
        """Whether the whole site was made from *stamp*, and every file of it still is what was written.

        What had to be told by its bytes is noted with *seen_ns*, the time before the question: the next build can tell
        it by its times.
        """
        if not stamp or stamp != self._stamp:
            return False
        found: dict[str, FileState] = {}
        is_settled = True
        for save_as, state in self._pairs():
            now = self._is_intact(save_as, state)
            if now is None:
                return False
            found[save_as] = now
            is_settled = is_settled and now is state
        if not is_settled:
            entries = {
                save_as: Entry(entry.key, found[save_as], entry.facts) for save_as, entry in self.entries.items()
            }
            others = {save_as: found[save_as] for save_as in self._others}
            self._write(_ManifestFile(FORMAT, seen_ns, entries, stamp, others))
        return True

    def _pairs(self) -> Iterator[tuple[str, FileState]]:
        yield from ((save_as, entry.state) for save_as, entry in self.entries.items())
        yield from self._others.items()

    def seal(self, stamp: bytes, others: Iterable[str], *, seen_ns: int) -> None:
        """Note what the whole site was made from, and the files that were written beside the planned ones."""
        states = {}
        for save_as in others:
            path = os.path.join(self._output, save_as)
            try:
                with open(path, "rb") as file:
                    states[save_as] = state_of(path, digest_of(file.read()))
            except OSError:
                return
        self._write(_ManifestFile(FORMAT, seen_ns, self.entries, stamp, states))

    def announce(self, save_as: Iterable[str]) -> None:
        """Note, before they are written, which files will be new: should the build die, the next one knows them."""
        stale = tuple(save_as)
        fresh = [path for path in stale if path not in self.entries and (self._was_empty or not self._exists(path))]
        if not stale or self._journal is None:
            return
        try:
            self._journal.parent.mkdir(parents=True, exist_ok=True)
            with self._journal.open("ab") as journal:
                journal.write(b"".join(os.fsencode(path) + b"\0" for path in fresh))
        except OSError as error:
            log.info("the list of files to come cannot be kept: %s", error)

    def _read_journal(self) -> tuple[str, ...]:
        """Return what a build that died had announced; a name that is cut off was not written either."""
        try:
            names = self._journal.read_bytes().split(b"\0")[:-1] if self._journal else []
        except OSError:
            return ()
        return tuple(os.fsdecode(name) for name in names)

    def _exists(self, save_as: str) -> bool:
        return os.path.lexists(os.path.join(self._output, save_as))

    def intact(self, save_as: str) -> FileState | None:
        """Return the state of a file that still is what the last build wrote, else None.

        Size and times tell that nobody touched it; where they cannot, its bytes do.
        """
        entry = self.entries.get(save_as)
        return self._is_intact(save_as, entry.state) if entry else None

    def _is_intact(self, save_as: str, state: FileState) -> FileState | None:
        path = os.path.join(self._output, save_as)
        try:
            stat = os.stat(path)
            if state.is_still(stat, seen_ns=self._seen_ns):
                return state
            if stat.st_size != state.size:
                return None
            with open(path, "rb") as file:
                is_same = digest_of(file.read()) == state.digest
            return state_of(path, state.digest) if is_same else None
        except OSError:
            return None

    def prune(self, kept: Iterable[str]) -> tuple[str, ...]:
        """Remove what the last build wrote and this one did not, and folders that are empty then.

        A damaged file goes as well: it would have been overwritten, had it stayed part of the site. Files that no
        build of ours wrote are not even looked at.
        """
        removed = []
        for save_as in sorted({*self.entries, *self._announced} - set(kept)):
            if not self._exists(save_as):
                continue
            path = os.path.join(self._output, save_as)
            try:
                os.unlink(path)
            except OSError as error:
                log.warning("%s is no longer part of the site and cannot be removed: %s", save_as, error.strerror)
                continue
            removed.append(save_as)
            self._remove_empty(os.path.dirname(save_as))
        return tuple(removed)

    def _remove_empty(self, folder: str) -> None:
        while folder:
            try:
                os.rmdir(os.path.join(self._output, folder))
            except OSError:
                return
            folder = os.path.dirname(folder)

    def save(self, entries: dict[str, Entry], *, seen_ns: int) -> None:
        """Replace the list by *entries*, in one step, after everything is written.

        A build that dies before leaves the old list: what it had written then differs from it, and is checked by
        its bytes.
        """
        self.entries = entries
        if self._write(_ManifestFile(FORMAT, seen_ns, entries)) and self._journal:
            with suppress(OSError):
                self._journal.unlink()

    def _write(self, content: _ManifestFile) -> bool:
        """Replace the list on disk; return whether it is there now."""
        if self._path is None:
            return False
        try:
            replace_file(self._path, msgspec.msgpack.encode(content))
        except OSError as error:
            log.info("the list of written files cannot be kept: %s", error)
            return False
        self._mark = mark_of(self._path)
        return True

    def is_latest(self) -> bool:
        """Whether no other build has replaced the list that this one wrote."""
        return self._mark == (mark_of(self._path) if self._path else None)


def _is_empty(folder: Path) -> bool:
    try:
        with os.scandir(folder) as found:
            return next(found, None) is None
    except FileNotFoundError:
        return True
    except OSError:
        return False


def forget(folder: Path) -> None:
    """Make every file that manifests in *folder* list stale; which files builds wrote stays known."""
    for path in sorted(folder.glob("output-*.msgpack")):
        try:
            stored = _DECODER.decode(path.read_bytes())
        except (OSError, msgspec.MsgspecError):
            path.unlink(missing_ok=True)
            continue
        stored.entries = {save_as: Entry(b"", entry.state) for save_as, entry in stored.entries.items()}
        stored.stamp = b""
        path.write_bytes(msgspec.msgpack.encode(stored))


def state_of(path: str, digest: bytes) -> FileState:
    """Return what the file at *path*, whose bytes have *digest*, is now.

    Raises:
        OSError: It is gone.
    """
    stat = os.stat(path)
    return FileState(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, digest)
