"""What the last build wrote, file by file: what is still true is left alone, what is over can be removed."""

from __future__ import annotations

import filecmp
import logging
import os
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE
from typing import Final

import msgspec

from ..disk.files import FileState, Mark, digest_of, mark_of
from ..disk.sealed import BrokenSealError, name_for, read_packed, read_regular, read_sealed, throw_away, write_sealed
from .folder.listing import LISTING, listed_names

log = logging.getLogger(__name__)
FORMAT: Final = 7
KIND: Final = "written files"


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One written file.

    Attributes:
        key: Of what its bytes were made from.
        state: What it was right after it was written.
        facts: Of what the plan was made from; ``b""``: nobody said.
    """

    key: bytes
    state: FileState
    facts: bytes = b""


class Copied(msgspec.Struct, frozen=True, array_like=True):
    """One file that was copied: what it was copied from, and what it was right after that; digests are not kept."""

    source: FileState
    target: FileState

    @classmethod
    def of(cls, source: os.stat_result, target: os.stat_result) -> Copied:
        """Return what is known of *target*, a copy of *source*."""
        return cls(FileState.of(source, b""), FileState.of(target, b""))


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is known of a site that was written.

    Attributes:
        entries: The planned files.
        copies: Files that were copied as they are.
        others: The files of the search index.
        stamp: What the whole site was made from; ``b""``: nobody can say.
        theirs: Files that are left to other plugins → who writes each.
        beside: What others wrote of a site that is a tar.
        tar: The tar itself; None: the site is a folder.
    """

    entries: dict[str, Entry] = {}
    copies: dict[str, Copied] = {}
    others: dict[str, FileState] = {}
    stamp: bytes = b""
    theirs: dict[str, str] = {}
    beside: dict[str, FileState] = {}
    tar: FileState | None = None

    def names(self) -> frozenset[str]:
        """Return all of its files."""
        return frozenset((*self.entries, *self.copies, *self.others, *self.beside))


class _ManifestFile(msgspec.Struct, array_like=True):
    format: int
    seen_ns: int
    written: Site


_DECODER: Final = msgspec.msgpack.Decoder(_ManifestFile)


class Performed(msgspec.Struct, kw_only=True):
    """What a build did to the output.

    Attributes:
        page_count: How many HTML files the site has.
        rendered: The files that were rendered, each with the reason in words.
        changed: The files whose bytes are new.
        removed: The files that are over.
        entries: What the next build will know of each planned file.
        same_count: How many of those were as they were, and left alone.
    """

    page_count: int = 0
    rendered: dict[str, str] = {}
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    entries: dict[str, Entry] = {}
    same_count: int = 0


def count_pages(names: Iterable[str]) -> int:
    """Return how many of the files called *names* are pages."""
    return sum(name.endswith(".html") for name in names)


class Manifest:
    """The files that the last build wrote to one output folder.

    Args:
        folder: Where manifests are kept; None keeps none, and every file is stale.
    """

    def __init__(self, folder: Path | None, *, output: Path) -> None:
        self._output = output
        # What the path of each file begins with: tens of thousands are asked for.
        self._root = os.path.join(output, "")
        name = name_for(output.resolve())
        self._path = folder / f"output-{name}.msgpack" if folder else None
        # Files that were not there when a build set out to write them: if it was killed, they are ours all the same.
        self._journal = folder / f"output-{name}.journal" if folder else None
        self._seen_ns = 0
        self._announced = self._read_journal()
        # Whether the last build here may have been killed, so that half a file of its may lie about.
        self.was_cut_short = self._journal is None or self._journal.exists()
        self._mark: Mark | None = None
        # Whether a file had to be told by its bytes: it was too young for its times to tell.
        self.has_read = False
        # As it was found, and as it is known now.
        self.loaded = self.written = self._load()
        # Then nothing in it has to be asked for before a first build.
        self.was_empty = self._is_empty()

    @property
    def entries(self) -> dict[str, Entry]:
        """The planned files that the last build wrote."""
        return self.written.entries

    @property
    def is_kept(self) -> bool:
        """Whether the next build will know of this one."""
        return self._path is not None

    @property
    def has_site(self) -> bool:
        """Whether the output holds a site that somebody may be reading."""
        return not self.was_empty and (bool(self.written.entries) or self._exists("index.html"))

    def _is_empty(self) -> bool:
        try:
            with os.scandir(self._output) as found:
                return next(found, None) is None
        except FileNotFoundError:
            return True
        except OSError:
            return False

    def _load(self) -> Site:
        if self._path is None:
            return Site()
        is_there = os.path.lexists(self._path)
        stored = read_packed(self._path, _DECODER.decode, kind=KIND, what="the list of written files")
        if stored is None or stored.format != FORMAT:
            self.was_cut_short |= is_there and stored is None  # nobody knows
            return Site()
        self._seen_ns = stored.seen_ns
        return stored.written

    def is_current(self, stamp: bytes) -> bool:
        """Whether every page was made from *stamp*, and is what was written, as is the search index."""
        if not stamp or stamp != self.written.stamp:
            return False
        states = {save_as: entry.state for save_as, entry in self.entries.items()} | self.written.others
        found: dict[str, FileState] = {}
        for save_as, state in states.items():
            now = self.still(save_as, state)
            if now is None:
                return False
            if now is not state:
                found[save_as] = now
        if found:  # what had to be told by its bytes; the next build can tell it by its times
            entries = {
                save_as: Entry(entry.key, found[save_as], entry.facts) if save_as in found else entry
                for save_as, entry in self.entries.items()
            }
            others = {save_as: found.get(save_as, state) for save_as, state in self.written.others.items()}
            self.written = msgspec.structs.replace(self.written, entries=entries, others=others)
        return True

    def copied(self, save_as: str, source: str, *, links: bool) -> Copied | None:
        """Return what is known of a copy of the file *source* that is still one, else None; with *links*, a further
        name of it.

        Raises:
            OSError: *source* cannot be read.
        """
        target = self._root + save_as
        came_from = os.stat(source)
        try:
            there = os.stat(target)
            if links:
                return Copied.of(came_from, there) if os.path.samestat(came_from, there) else None
            if os.path.islink(target):
                return None
        except OSError:
            return None
        known = self.written.copies.get(save_as)
        if (
            known is not None
            and known.source.is_still(came_from, seen_ns=self._seen_ns)
            and known.target.is_still(there, seen_ns=self._seen_ns)
        ):
            return known
        self.has_read = True
        is_like = came_from.st_size == there.st_size and S_IMODE(came_from.st_mode) == S_IMODE(there.st_mode)
        return Copied.of(came_from, there) if is_like and filecmp.cmp(source, target, shallow=False) else None

    def announce(self, save_as: Iterable[str]) -> None:
        """Note, before they are written, which files will be new: should the build die, the next one knows them."""
        stale = tuple(save_as)
        known = (self.entries, self.written.copies, self.written.others)
        fresh = [
            path
            for path in stale
            if not any(path in names for names in known) and (self.was_empty or not self._exists(path))
        ]
        if not stale or self._journal is None:
            return
        try:
            self._journal.parent.mkdir(parents=True, exist_ok=True)
            if self._journal.is_symlink():  # not ours, and it may lead anywhere
                self._journal.unlink()
            with self._journal.open("ab") as journal:
                journal.write(b"".join(os.fsencode(path) + b"\0" for path in fresh))
        except OSError as error:
            log.info("the list of files to write cannot be saved: %s", error)

    def _read_journal(self) -> tuple[str, ...]:
        """Return what a build that died had announced; a name that is cut off was not written either."""
        try:
            names = read_regular(self._journal).split(b"\0")[:-1] if self._journal else []
        except (OSError, BrokenSealError):
            return ()
        return tuple(name for name in map(os.fsdecode, names) if is_below(name))

    def _exists(self, save_as: str) -> bool:
        return os.path.lexists(self._root + save_as)

    def intact(self, save_as: str) -> FileState | None:
        """Return the state of a file that still is what the last build wrote, else None.

        Size and times tell that nobody touched it; where they cannot, its bytes do.
        """
        entry = self.entries.get(save_as)
        return self.still(save_as, entry.state) if entry else None

    def stands(self, save_as: str) -> bool:
        """Whether the file of that name in the output folder is what the last build wrote."""
        return self.intact(save_as) is not None

    def holds(self, save_as: str, digest: bytes) -> bool:
        """Whether a file of the search index still is what the last build wrote, and that has *digest*."""
        state = self.written.others.get(save_as)
        return state is not None and state.digest == digest and self.still(save_as, state) is not None

    def still(self, save_as: str, state: FileState) -> FileState | None:
        """Return the state of the file *save_as* if its bytes still are those that it had in *state*, else None."""
        path = self._root + save_as
        try:
            stat = os.stat(path)
            if state.is_still(stat, seen_ns=self._seen_ns):
                return state
            if stat.st_size != state.size:
                return None
            self.has_read = True
            with open(path, "rb") as file:
                is_same = digest_of(file.read()) == state.digest
            return FileState.of(os.stat(path), state.digest) if is_same else None
        except OSError:
            return None

    def over(self, kept: Collection[str]) -> tuple[str, ...]:
        """Return what the last build wrote and this one does not, which keeps *kept*.

        A damaged file goes as well: it would have been overwritten, had it stayed part of the site. Files that no
        build of ours wrote are not even looked at. Where this list is lost, the one in the output says which were.
        """
        known = {*self.written.names(), *self._announced}
        if not self.written.entries and not self.was_empty:
            known |= listed_names(self._output)
        over = sorted(known - {LISTING, *kept})
        if not over:
            return ()
        folded = {name.casefold(): name for name in kept}
        return tuple(name for name in over if not self._is_same(name, folded.get(name.casefold())))

    def _is_same(self, name: str, kept: str | None) -> bool:
        """Whether a file that is over is one that stays, by another name, on a disk that knows no case."""
        try:
            return kept is not None and os.path.samefile(*(os.path.join(self._output, path) for path in (name, kept)))
        except OSError:
            return False

    def save(self, written: Site, *, seen_ns: int) -> None:
        """Replace the list by *written*, in one step, after everything is in place.

        A build that dies before leaves the old list: what it had written then differs from it, and is checked by
        its bytes.
        """
        self.written, self._seen_ns = written, seen_ns
        if self._path is None:
            return
        try:
            content = _ManifestFile(FORMAT, seen_ns, written)
            write_sealed(self._path, msgspec.msgpack.encode(content), kind=KIND)
        except OSError as error:
            log.info("the list of written files cannot be saved: %s", error)
            return
        self._mark = mark_of(self._path)
        if self._journal:
            with suppress(OSError):
                self._journal.unlink()

    def amend(self, written: Site) -> None:
        """Replace what :meth:`save` kept by *written*, which was learned after that."""
        self.save(written, seen_ns=self._seen_ns)

    def is_latest(self) -> bool:
        """Whether no other build has replaced the list that this one wrote."""
        return self._mark == (mark_of(self._path) if self._path else None)


def forget(folder: Path) -> None:
    """Make every file that manifests in *folder* list stale; which files builds wrote stays known."""
    for path in sorted(folder.glob("output-*.msgpack")):
        try:
            stored = _DECODER.decode(read_sealed(path, kind=KIND))
            entries = {save_as: Entry(b"", entry.state) for save_as, entry in stored.written.entries.items()}
            stored.written = msgspec.structs.replace(stored.written, entries=entries, stamp=b"")
            write_sealed(path, msgspec.msgpack.encode(stored), kind=KIND)
        except (OSError, BrokenSealError, msgspec.MsgspecError):
            throw_away(path)


def is_below(name: str) -> bool:
    """Whether *name* is that of a file below a folder, and does not lead out of it."""
    return not any(part in {"", ".", ".."} for part in name.split("/"))
