"""The last step of a build: what was made ready becomes the site, old files go, and the next build gets a list."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..disk.files import FileState, digest_of
from .folder.afterwards import packed_beside
from .folder.listing import LISTING, listing_of
from .folder.writer import Written
from .manifest import Copied, Entry, Manifest, Performed, Site
from .search.index import search_files

if TYPE_CHECKING:
    from .folder.stage import Stage
    from .search.form import IndexFile
    from .tar.stage import TarStage


class Release:
    """One site on its way to the output folder.

    Args:
        seen_ns: The time before the first of its files was looked at.
        beside: Where others have written what belongs to a site that becomes a tar; a file of ours goes before theirs.

    Raises:
        OSError: What others wrote cannot be read.
    """

    def __init__(
        self,
        output: Path,
        *,
        stage: Stage | TarStage,
        manifest: Manifest,
        seen_ns: int,
        beside: Path | None = None,
    ) -> None:
        self._output = output
        self._stage = stage
        self._manifest = manifest
        self._seen_ns = seen_ns
        self._sources: Mapping[str, str] = {}
        self._copies: dict[str, Copied] = {}
        self._copied: list[str] = []
        # Digests of the files of the search index; None: it is another time's concern.
        self._index: dict[str, bytes] | None = None
        self._indexed: list[str] = []
        self._theirs: Mapping[str, str] = manifest.written.theirs
        # What others wrote of a site that becomes a tar, and what of it is in the tar.
        self._found = _read_below(beside) if beside else {}
        self._beside: dict[str, bytes] = {}

    def leave(self, theirs: Mapping[str, str]) -> None:
        """Leave the files *theirs* to the plugins that write them: they are neither overwritten nor removed."""
        self._theirs = theirs

    def copy(self, sources: Mapping[str, str], *, links: bool) -> None:
        """Make ready what is copied as it is: place in the output → file. What is a copy already is left alone.

        Args:
            links: Whether each is to be a further name of its file instead.

        Raises:
            OSError: A file cannot be read, or there is no room.
        """
        self._sources = sources
        found = {save_as: self._manifest.copied(save_as, source, links=links) for save_as, source in sources.items()}
        self._copies = {save_as: copied for save_as, copied in found.items() if copied is not None}
        self._copied = [save_as for save_as, copied in found.items() if copied is None]
        self._manifest.announce(self._copied)
        for save_as in self._copied:
            self._stage.copy(sources[save_as], save_as, links=links)

    def index(self, files: Mapping[str, IndexFile]) -> None:
        """Make ready the files of the search index that are not in the output; with none there is no index any more.

        Raises:
            OSError: There is no room.
        """
        self._index = {save_as: file.digest for save_as, file in files.items()}
        stale = [save_as for save_as, digest in self._index.items() if not self._manifest.holds(save_as, digest)]
        self._manifest.announce(stale)
        written = {save_as: self._stage.write(save_as, files[save_as].make()) for save_as in stale}
        self._indexed = [save_as for save_as in stale if written[save_as] is not Written.SAME]

    def is_current(self, stamp: bytes) -> bool:
        """Whether the output is the site already: what it was made from is *stamp*, and nothing is to be copied."""
        written = self._manifest.written
        ours = written.names() - written.beside.keys()
        found = {name: digest_of(data) for name, data in self._found.items() if name not in ours}
        return (
            not self._copied
            and written.copies.keys() == self._copies.keys()
            and found == {name: state.digest for name, state in written.beside.items()}
            and self._manifest.is_current(stamp)
        )

    def confirm(self) -> None:
        """Note that everything is as it was: what had to be told by its bytes can be told by its times next time."""
        now = msgspec.structs.replace(self._manifest.written, copies=self._copies)
        if self._manifest.has_read or now != self._manifest.loaded:
            self._manifest.save(now, seen_ns=self._seen_ns)

    def publish(self, performed: Performed, *, stamp: bytes) -> Performed:
        """Put the site in place, and note what it was made from; return what was done to the output.

        Args:
            stamp: What the whole site was made from; ``b""``: it is not whole.

        Raises:
            OSError: Something is in the way; see :meth:`.stage.Stage.publish`.
        """
        index = {*self._manifest.written.others} - {LISTING} if self._index is None else {*self._index}
        names = frozenset((*performed.entries, *self._sources, *index))
        self._beside = {name: data for name, data in self._found.items() if name not in names | {LISTING}}
        for save_as, data in self._beside.items():
            self._stage.write(save_as, data)
        kept = names | {LISTING, *self._beside}
        # Before the list of this site stands where that of the last one may still be asked.
        over = {*self._manifest.over(kept), *search_files(self._output)} - kept - self._theirs.keys()
        changed = (*performed.changed, *self._copied, *self._indexed)
        if not self._manifest.was_empty:
            over.update(name for name in packed_beside(self._output, {*changed, *over}) if name not in kept)
        listing = self._list(names | self._theirs.keys())
        removed = self._stage.publish(over, kept=kept)
        self._note(performed, listing=listing, stamp=stamp)
        return msgspec.structs.replace(performed, changed=changed, removed=removed)

    def _list(self, names: frozenset[str]) -> bytes:
        """Make the list of the files *names* ready, unless it stands there, and return its digest."""
        known = self._manifest.written
        last = known.others.get(LISTING)
        is_same = names | {LISTING} == {*known.entries, *known.copies, *known.others, *known.theirs}
        if last is not None and is_same and self._manifest.still(LISTING, last) is not None:
            return last.digest
        listing = listing_of(names)
        self._stage.write(LISTING, listing)
        return digest_of(listing)

    def add_index(self, stamp: bytes) -> None:
        """Put the search index in place, in a site whose other files stand, and note what the site was made from.

        Raises:
            OSError: See :meth:`publish`.
        """
        known = self._manifest.written
        self._copies = known.copies
        self._sources = dict.fromkeys(known.copies, "")
        self.publish(Performed(entries=known.entries), stamp=stamp)

    def _note(self, performed: Performed, *, listing: bytes, stamp: bytes) -> None:
        """Tell the next build what is in place now."""
        entries = dict(performed.entries)
        if not self._stage.is_first:  # renaming a file changes its times
            for save_as in performed.changed:
                entry = entries[save_as]
                entries[save_as] = Entry(entry.key, self._stage.state(save_as, entry.state.digest), entry.facts)
        if self._index is None:
            others = self._manifest.written.others
        else:
            others = {save_as: self._stage.state(save_as, digest) for save_as, digest in self._index.items()}
        others = {**others, LISTING: self._stage.state(LISTING, listing)}
        copies = dict(self._copies)
        for save_as in self._copied:
            source = FileState.of(os.stat(self._sources[save_as]), b"")
            copies[save_as] = Copied(source, self._stage.state(save_as, b""))
        beside = {save_as: self._stage.state(save_as, b"") for save_as in self._beside}
        site = Site(
            entries=entries, copies=copies, others=others, stamp=stamp, theirs=dict(self._theirs), beside=beside
        )
        self._manifest.save(site, seen_ns=self._seen_ns)


def _read_below(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
