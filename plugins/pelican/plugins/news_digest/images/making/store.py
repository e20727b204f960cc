"""The folder of pictures in the cache: what was fetched, what was made of it, and what a build may know.

    images/
      index.msgpack          what a build reads: address → picture
      ledger.jsonl           address → what its host answered last
      made.jsonl             source and recipe → what was made of it, or why nothing was
      sources/ab/<digest>    as fetched
      made/<stem>-640.webp   as the site shows it

Both journals grow by a line for each answer, so that a run which is killed loses nothing; of two lines about one thing
the later counts. They are written anew, in order, when a run ends.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from ...disk.files import FileState, digest_of
from ...disk.sealed import Journal, write_sealed
from ..index import FOLDER, FORMAT, KIND, MADE, NAME, IndexFile, LocalFile, is_whole, look_of_file, read_index
from ..pictures import MadePicture, Picture


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known of one address.

    Attributes:
        checked: When its host was asked last, in seconds since 1970.
        source: The digest of what was fetched; ``""`` for nothing yet.
        etag, modified: What to send along when asking again.
        problem: Why the last time brought nothing, in words; ``""`` when it did.
        is_final: Whether asking again soon is pointless.
        failures: How often in a row it failed.
        retry: Until when it is not asked again, in seconds since 1970.
    """

    url: str
    checked: int
    source: str = ""
    etag: str = ""
    modified: str = ""
    problem: str = ""
    is_final: bool = False
    failures: int = 0
    retry: int = 0


class PictureStore:
    """The folder, for ``news-digest images``: everything in it may be written.

    Args:
        cache: The plugin's folder in Pelican's ``CACHE_PATH``.

    Raises:
        OSError: It cannot be written.
    """

    def __init__(self, cache: Path) -> None:
        self.folder = cache / FOLDER
        self.made_folder = self.folder / MADE
        self.sources = self.folder / "sources"
        for folder in (self.made_folder, self.sources):
            folder.mkdir(parents=True, exist_ok=True)
        self.ledger = Journal(self.folder / "ledger.jsonl", Answer, lambda answer: answer.url)
        self.made = Journal(self.folder / "made.jsonl", MadePicture, lambda made: made.key)
        self._old = read_index(self.folder / NAME)

    def source_path(self, digest: str) -> Path:
        """Return where the source with *digest* lies."""
        return self.sources / digest[:2] / digest

    def has_source(self, digest: str) -> bool:
        """Whether the source with *digest* is there."""
        return bool(digest) and self.source_path(digest).is_file()

    def has_made(self, key: str) -> bool:
        """Whether there is nothing to do for *key*: its files are there, or it cannot be made."""
        made = self.made.records.get(key)
        if made is None:
            return False
        return made.picture is None or self._is_there(made.picture)

    def local_state(self, path: Path, address: str) -> FileState:
        """Return the state of one of the site's own pictures; its bytes are read only when they may be new.

        Raises:
            OSError: It is gone, or cannot be read.
        """
        stat = os.stat(path)
        known = self._old.local.get(address) if self._old else None
        if known and self._old and known.state.is_still(stat, seen_ns=self._old.seen_ns):
            return known.state
        return FileState.of(stat, digest_of(path.read_bytes()))

    def prune(self, addresses: Iterable[str], keys: Iterable[str], pictures: Iterable[Picture] = ()) -> tuple[str, ...]:
        """Remove what is known and kept of anything but *addresses*, and made after anything but *keys*.

        Args:
            pictures: What builds show, also made after other keys.

        Returns:
            The files that were removed, relative to the folder.
        """
        self.ledger.tidy(addresses)
        self.made.tidy(keys)
        sources = {answer.source for answer in self.ledger.records.values()}
        files = {name for made in self.made.records.values() if made.picture for name in made.picture.files()}
        files.update(name for picture in pictures for name in picture.files())
        removed = []
        for folder, kept in ((self.sources, sources), (self.made_folder, files)):
            for path in sorted(folder.rglob("*")):
                if path.name not in kept and not path.is_dir():
                    path.unlink(missing_ok=True)
                    removed.append(path.relative_to(self.folder).as_posix())
        return tuple(removed)

    def save_index(
        self, remote: dict[str, str], local: dict[str, tuple[FileState, str]], *, seen_ns: int
    ) -> dict[str, Picture]:
        """Write what builds may know, and return it.

        Of what was not made yet, because the time was up, builds go on showing what was made before.

        Args:
            remote: Address → key of what was made of it.
            local: Path below the content folder → the file's state, and the key.
            seen_ns: The time before the files were looked at.
        """
        keys = {**remote, **{address: key for address, (_, key) in local.items()}}
        old = {address: self._old_picture(address) for address, key in keys.items() if key not in self.made.records}
        new = {address: made.picture for address, key in keys.items() if (made := self.made.records.get(key))}
        pictures = {
            address: picture
            for address, picture in sorted({**old, **new}.items())
            if picture and self._is_there(picture)
        }
        states = {
            address: self._old.local[address]
            if self._old and address in old and address in self._old.local
            else LocalFile(state, key)
            for address, (state, key) in sorted(local.items())
        }
        looks = {name: look_of_file(self.made_folder / name) for p in pictures.values() for name in p.files()}
        data = msgspec.msgpack.encode(IndexFile(FORMAT, seen_ns, pictures, states, looks))
        write_sealed(self.folder / NAME, data, kind=KIND)
        return pictures

    def _old_picture(self, address: str) -> Picture | None:
        return self._old.pictures.get(address) if self._old else None

    def _is_there(self, picture: Picture) -> bool:
        return is_whole(self.made_folder, picture, self._old.made if self._old else {})
