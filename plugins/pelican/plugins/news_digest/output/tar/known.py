"""What the last build put into a tar: it is good as a whole, or not used at all."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from ...disk.files import DIGEST_BYTES, FileState, digest_of
from ..manifest import Copied, Manifest, Site
from .members import BLOCK, END, Member, header, members, padding

log = logging.getLogger(__name__)
_READ_BYTES: Final = 1 << 20


class TarManifest(Manifest):
    """The files that the last build put into one tar.

    Where each lies follows from the names and sizes of all, so that is not written down.

    Args:
        folder: Where manifests are kept; None keeps none, and every file is stale.
        tar: The tar. One that is missing, cut or changed is not used: everything is rendered again, and that is said.
    """

    def __init__(self, folder: Path | None, *, tar: Path) -> None:
        super().__init__(folder, output=tar)
        self.was_cut_short = False  # half a file is never in it
        written = self.written
        if not written.tar:
            return
        reason, state = _compare(tar, written.tar, states_of(written), seen_ns=self._seen_ns)
        if reason:
            log.warning("%s is %s; all of it is made again", tar, reason)
            self.loaded = written = Site()
        self.has_read = state is not written.tar
        self.written = msgspec.structs.replace(written, tar=state)
        self.was_empty = not self.written.entries

    def states(self) -> Mapping[str, FileState]:
        """Return every file that is in the tar and can be copied from it."""
        return states_of(self.written)

    def copied(self, save_as: str, source: str, *, links: bool) -> Copied | None:
        """Return what is known of a copy of *source* that is still one, else None.

        Raises:
            OSError: *source* cannot be read.
        """
        del links  # there are none in a tar
        known = self.written.copies.get(save_as)
        came_from = os.stat(source)
        if known is None or known.target.size != came_from.st_size:
            return None
        if known.source.is_still(came_from, seen_ns=self._seen_ns):
            return known
        self.has_read = True
        with open(source, "rb") as file:
            is_same = digest_of(file.read()) == known.target.digest
        return Copied(FileState.of(came_from, b""), known.target) if is_same else None

    def announce(self, save_as: Iterable[str]) -> None:
        """Do nothing: a build that dies leaves no file of the site."""

    def stands(self, save_as: str) -> bool:
        """Return False: what lies in the folder beside a tar was written by others."""
        del save_as
        return False

    def over(self, kept: Collection[str]) -> tuple[str, ...]:
        """Return what the last build put into the tar and this one does not, which keeps *kept*."""
        return tuple(sorted(self.written.names() - set(kept)))

    def save(self, written: Site, *, seen_ns: int) -> None:
        """Replace the list by *written*, after the tar is in place."""
        tar = FileState.of(os.stat(self._output), b"")
        super().save(msgspec.structs.replace(written, tar=tar), seen_ns=seen_ns)

    def _is_empty(self) -> bool:
        return True

    def still(self, save_as: str, state: FileState) -> FileState | None:
        """Return *state*: the tar as a whole is what it was."""
        del save_as
        return state


def states_of(site: Site) -> dict[str, FileState]:
    """Return all files of *site*."""
    return {
        **{save_as: entry.state for save_as, entry in site.entries.items()},
        **{save_as: copied.target for save_as, copied in site.copies.items()},
        **site.others,
        **site.beside,
    }


def _compare(
    tar: Path, known: FileState, states: Mapping[str, FileState], *, seen_ns: int
) -> tuple[str, FileState | None]:
    """Return what is wrong with *tar*, ``""`` where it holds *states* and nothing else; and what it is now.

    Times tell that nobody touched it; where they cannot, its bytes do.
    """
    try:
        with open(tar, "rb") as file:
            stat = os.fstat(file.fileno())
            if known.is_still(stat, seen_ns=seen_ns):
                return "", known
            is_same = all(
                _is_member(file, member, states.get(member.name))
                for member in members({name: state.size for name, state in states.items()})
            )
            if is_same and file.read(len(END) + 1) == END:
                return "", FileState.of(stat, b"")
            return "not what the last build wrote", None
    except FileNotFoundError:
        return "no longer there", None
    except OSError as error:
        return f"not readable ({error.strerror})", None


def _is_member(file: BinaryIO, member: Member, state: FileState | None) -> bool:
    """Whether *member* comes next in *file*; a folder has no *state*."""
    start, left = header(member.name, member.size), member.size
    if file.read(len(start)) != start:
        return False
    digest = hashlib.sha256()
    while left and (data := file.read(min(left, _READ_BYTES))):
        digest.update(data)
        left -= len(data)
    is_like = state is None or digest.digest()[:DIGEST_BYTES] == state.digest
    return is_like and file.read(-member.size % BLOCK) == padding(member.size)
