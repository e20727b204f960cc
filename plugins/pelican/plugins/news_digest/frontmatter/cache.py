"""Parsed items between builds: trusted only as far as they can be checked, never fatal, never pickle.

One file holds them all. What changed since that was written is in a second, small one, so that an edit does not cost
writing the whole archive; when much has changed, the first one is written anew.

Only for speed: it saves a tenth of a build after one edit of 300 items, more of a larger archive
(``python benchmarks/without.py cache``). Without this module each build reads every file.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import msgspec

from ..code import code_key
from ..disk.files import Looks, Mark, mark_of, read_file
from ..disk.limits import USUAL_LIMITS, Limits
from ..disk.sealed import read_packed_parts, write_parts
from ..errors import ContentError
from .batch import FileRecord, LinkPool, Packer, decode_batch

log = logging.getLogger(__name__)
NAME: Final = "items.msgpack"
CHANGED_NAME: Final = "items-changed.msgpack"
# So many changes may be kept apart from the rest, at least and as a part of all.
FEW: Final = 64
FEW_OF: Final = 20
# So many records are packed together: only those are in memory twice, and what related entries they share is kept once.
PART_FILES: Final = 4_000


class Heading(msgspec.Struct, array_like=True):
    """What a file of the cache begins with; batches of records follow.

    Attributes:
        made_with, timezone: The code and the settings that they were made with.
        seen_ns: When files were looked at for them.
        since_ns: Of a file of changes, when the large one was made; of another one nothing is known here.
        gone: Of such a file, paths of records that are over.
    """

    made_with: str
    timezone: str
    seen_ns: int
    since_ns: int = 0
    gone: list[str] = []


class _Known(msgspec.Struct, kw_only=True):
    """What is known between builds.

    Attributes:
        all: Records as the large file has them, by path.
        now: The same with what changed since.
        all_ns, now_ns: When files were looked at for them.
    """

    all: dict[str, FileRecord] = {}
    now: dict[str, FileRecord] = {}
    all_ns: int = 0
    now_ns: int = 0


_HEADING: Final = msgspec.msgpack.Decoder(Heading)
_Records = dict[str, FileRecord]
_Marks = tuple[Mark | None, ...]


class CacheMemory:
    """The last cache of a process that stays, as long as its files on disk stay the same.

    Only for speed: it saves an eighth of a preview's build of 700 items after one edit, and two fifths of one of five
    thousand (``python benchmarks/without.py items``, ``--set azure``).
    """

    def __init__(self) -> None:
        self.made_with: tuple[Path, str, str] | None = None
        self.marks: _Marks = ()
        self.known = _Known()


class ItemCache:
    """Records of the last build, by path.

    Attributes:
        made_with: What the records depend on beside the files: code and libraries, limits, zone.

    Args:
        folder: Where the cache lives; None keeps nothing.
        timezone, limits: The site's; records made with others are useless.
        memory: Of the last build; it is this one's from now on. None: nothing is kept in memory.
    """

    def __init__(
        self,
        folder: Path | None,
        *,
        timezone: str,
        limits: Limits = USUAL_LIMITS,
        memory: CacheMemory | None = None,
    ) -> None:
        self._memory = memory
        markdown = _known_by(limits)
        if markdown is None:  # no body can be known again
            markdown, folder = str(clock_ns()), None
        self._folder = folder
        self._limits = limits
        limits = msgspec.structs.replace(limits, markdown=None)
        self.made_with = (f"{code_key().hex()} {limits} {markdown}", timezone)
        self._known = _Known() if folder is None else self._recall(folder)

    @property
    def records(self) -> dict[str, FileRecord]:
        """The records, by path."""
        return self._known.now

    def _recall(self, folder: Path) -> _Known:
        """Return what this process knows, if the files still are what it read or wrote; else what they say."""
        memory, marks = self._memory, _marks(folder)
        if memory is not None and memory.made_with == (folder, *self.made_with) and marks == memory.marks:
            return memory.known
        known = self._load(folder)
        self._remember(folder, marks, known)
        return known

    def _remember(self, folder: Path, marks: _Marks, known: _Known) -> None:
        if self._memory is not None:
            memory = self._memory
            memory.made_with, memory.marks, memory.known = (folder, *self.made_with), marks, known

    def _load(self, folder: Path) -> _Known:
        pool = LinkPool(has_many=False)
        stored = self._read(folder / NAME, pool)
        if stored is None:
            return _Known()
        heading, records = stored
        known = _Known(all=records, now=records, all_ns=heading.seen_ns, now_ns=heading.seen_ns)
        changed = self._read(folder / CHANGED_NAME, pool)
        if changed is None or changed[0].since_ns != heading.seen_ns:
            return known
        heading, newer = changed
        newer = records | newer
        for path in heading.gone:
            newer.pop(path, None)
        return _Known(all=records, now=newer, all_ns=known.all_ns, now_ns=heading.seen_ns)

    def _read(self, path: Path, pool: LinkPool) -> tuple[Heading, _Records] | None:
        def restored(parts: Iterator[bytes]) -> tuple[Heading, _Records] | None:
            heading = _HEADING.decode(next(parts, b""))
            if (heading.made_with, heading.timezone) != self.made_with:
                return None
            records: _Records = {}
            for data in parts:
                batch = decode_batch(data)
                pool.restore(batch)
                records.update((record.path, record) for record in batch.files)
            return heading, records

        return read_packed_parts(path, restored, kind=path.name, what="the cache of parsed items")

    def fresh(self, path: str, *, source_path: str, slug: str, looks: Looks | None) -> FileRecord | None:
        """Return the record of a file that is unchanged since it was read; None when it must be parsed.

        Where its times cannot tell, its bytes do: of a fresh checkout beside a cache that was restored, no file has the
        times that it had.

        Args:
            looks: What the file looks like, where somebody has asked.
        """
        record = self._known.now.get(source_path)
        if record is None or record.slug != slug or record.state is None:
            return None
        try:
            stat = looks or os.stat(path)
        except OSError:
            return None
        if record.state.is_still(stat, seen_ns=self._known.now_ns):
            return record
        return self._with_same_bytes(record, path) if stat.st_size == record.state.size else None

    def _with_same_bytes(self, record: FileRecord, path: str) -> FileRecord | None:
        try:
            _, state = read_file(path, source_path=record.path, limits=self._limits)
        except ContentError:  # whoever parses it says so
            return None
        is_same = record.state is not None and record.state.digest == state.digest
        return msgspec.structs.replace(record, state=state) if is_same else None

    def save(self, records: list[FileRecord], *, seen_ns: int) -> None:
        """Keep *records* for the next build. A cache that cannot be written is only a slower build."""
        if self._folder is None:
            return
        known = self._known
        now = {record.path: record for record in records}
        changed = [record for record in records if known.all.get(record.path) is not record]
        gone = [path for path in known.all if path not in now]
        if known.all and len(changed) + len(gone) <= max(FEW, len(known.all) // FEW_OF):
            known = _Known(all=known.all, now=now, all_ns=known.all_ns, now_ns=seen_ns)
            heading = Heading(*self.made_with, seen_ns, known.all_ns, gone)
            self._write(self._folder / CHANGED_NAME, heading, changed)
        else:
            known = _Known(all=now, now=now, all_ns=seen_ns, now_ns=seen_ns)
            self._write(self._folder / NAME, Heading(*self.made_with, seen_ns), records)
        self._known = known
        self._remember(self._folder, _marks(self._folder), known)

    def _write(self, path: Path, heading: Heading, records: Sequence[FileRecord]) -> None:
        parts = (records[start : start + PART_FILES] for start in range(0, len(records), PART_FILES))
        try:
            write_parts(path, chain((msgspec.msgpack.encode(heading),), map(_packed, parts)), kind=path.name)
        except OSError as error:
            log.info("the cache of parsed items cannot be written: %s", error)


def _known_by(limits: Limits) -> str | None:
    if limits.markdown is None:
        return ""
    from .body.extensions import known_by  # noqa: PLC0415 - few sites have any

    return known_by(limits.markdown)


def _packed(records: Iterable[FileRecord]) -> bytes:
    packer = Packer()
    for record in records:
        packer.add(record)
    return packer.packed()


def _marks(folder: Path) -> _Marks:
    """Return what the two files on disk are known again by."""
    return (mark_of(folder / NAME), mark_of(folder / CHANGED_NAME))


def clock_ns() -> int:
    """Return the time by the clock that file times are compared with."""
    return time.time_ns()
