"""Many files at once, in any process: jobs in, bytes out. The bytes are also what the cache keeps.

Only for speed: it lets several processes read (see :mod:`..running.workers`) and the cache keep what they return
(``python benchmarks/without.py cache``). Without this module the reader would parse one file after another.

A cluster is repeated in each of its members' files. So a batch holds each distinct related entry once, and its items
name entries by position: memory and time grow with distinct links, not with the files' size.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from ..disk.files import FileState, digest_of, item_address, read_file
from ..disk.limits import USUAL_LIMITS, Limits
from ..errors import ContentError, Diagnostic
from ..model import NewsItem, RelatedLink
from .items.convert import parse_item
from .items.links import RelatedPool
from .opening import classic_problems
from .yaml.yaml12 import has_front_matter


class FileJob(msgspec.Struct, frozen=True, array_like=True):
    """One file to read: where it lies, below which folder, and the slug that was chosen for it."""

    path: str
    slug: str


# Parts are large, and follow each other in order: reports of one story stand close together, and each process reads
# their entries once.
BATCH_BYTES: Final = 16_000_000
# Reading a file takes as long as reading so many bytes more.
FILE_BYTES: Final = 6_000
# Below this much to read, starting processes costs more than they save.
PARALLEL_BYTES: Final = 4_000_000


def batches_of(
    files: Sequence[FileJob], *, content: str, processes: int
) -> tuple[tuple[tuple[FileJob, ...], ...], bool]:
    """Return *files* in order, in parts that take equally long, and whether there is enough for several processes.

    Args:
        content: The folder that their paths are relative to.
        processes: How many there are: none is to wait for the last part of another.
    """
    ends, total = [], 0
    for file in files:
        with suppress(OSError):  # whoever reads it says what is wrong with it
            total += os.stat(os.path.join(content, file.path)).st_size
        total += FILE_BYTES
        ends.append(total)
    rounds = -(-total // (BATCH_BYTES * processes))
    part = total / (rounds * processes or 1)
    found = (tuple(files[at] for at, _ in group) for _, group in groupby(enumerate(ends), lambda e: (e[1] - 1) // part))
    return tuple(found), total - FILE_BYTES * len(files) > PARALLEL_BYTES


class BatchJob(msgspec.Struct, frozen=True, array_like=True):
    """Files to read in one go. ``timezone`` is for dates that name none."""

    content: str
    timezone: str
    files: tuple[FileJob, ...]
    limits: Limits = USUAL_LIMITS


class FileRecord(msgspec.Struct, array_like=True):
    """What became of one file.

    Attributes:
        path, slug: ``""`` in bytes where there is an item, which has both.
        state: What the file was when it was read, so that an unchanged one need not be read again; None: it must be.
        item: The item without its related entries, or None: the file cannot be used, or is Pelican's to read.
        related: Positions in the batch's ``links``.
        ties: A digest of all that decides what else in an archive the item is linked with.
        is_classic: Whether the file has no ``---`` block, and Pelican's headers.
    """

    path: str
    slug: str
    state: FileState | None
    item: NewsItem | None
    related: tuple[int, ...] = ()
    is_classic: bool = False
    diagnostics: tuple[Diagnostic, ...] = ()
    ties: bytes = b""


class Batch(msgspec.Struct, array_like=True):
    """Records, and the related entries that they share."""

    links: list[RelatedLink]
    files: list[FileRecord]


def is_of_here(content: str, record: FileRecord) -> bool:
    """Whether *record* is of the file that lies here: another machine may have read a copy, or found none."""
    with suppress(OSError):
        state = record.state
        return state is not None and state == FileState.of(os.stat(os.path.join(content, record.path)), state.digest)
    return False


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Batch)


def parse_batch(job: BatchJob) -> bytes:
    """Read and parse the files of *job*; runs in any process."""
    pool, tz = _pool(job.timezone), ZoneInfo(job.timezone)
    packer = LinkTable()
    records = []
    for file in job.files:
        state = None
        try:
            text, state = read_file(os.path.join(job.content, file.path), source_path=file.path, limits=job.limits)
        except ContentError as error:
            records.append(FileRecord(file.path, file.slug, None, None, diagnostics=(error.diagnostic,)))
            continue
        if not has_front_matter(text):
            problems = classic_problems(text, source_path=file.path)
            records.append(FileRecord(file.path, file.slug, state, None, is_classic=not problems, diagnostics=problems))
            continue
        parsed = parse_item(
            text,
            source_path=file.path,
            slug=file.slug,
            address=item_address(file.slug),
            tz=tz,
            pool=pool,
            limits=job.limits,
        )
        state = None if parsed.reads else state  # its own file alone does not tell whether it is the same
        ties, said = _ties_of(parsed.item) if parsed.item else b"", parsed.diagnostics
        record = FileRecord(file.path, file.slug, state, parsed.item, diagnostics=said, ties=ties)
        records.append(packer.packed(record))
    return encode_batch(Batch(packer.links, records))


def _ties_of(item: NewsItem) -> bytes:
    named = [link.key for link in item.related]
    return digest_of(_ENCODER.encode((item.slug, item.date, item.story, item.url, item.alternate_urls, named)))


@lru_cache(maxsize=1)
def _pool(timezone: str) -> RelatedPool:
    """Return the related entries that this process has read: the next batch repeats most of them."""
    del timezone  # what makes two pools different
    return RelatedPool()


def encode_batch(batch: Batch) -> bytes:
    """Return *batch* as bytes."""
    return _ENCODER.encode(batch)


def decode_batch(data: bytes) -> Batch:
    """Return the batch that *data* holds, its items without related entries.

    Raises:
        msgspec.MsgspecError: The bytes are not a batch.
    """
    batch = _DECODER.decode(data)
    for record in batch.files:
        if record.item is not None:
            record.path, record.slug = record.item.source_path, record.item.slug
    return batch


class LinkTable:
    """Distinct related entries, by value."""

    def __init__(self) -> None:
        self.links: list[RelatedLink] = []
        self._positions: dict[RelatedLink, int] = {}
        self._by_identity: dict[int, int] = {}

    def packed(self, record: FileRecord) -> FileRecord:
        """Return *record* as a batch has it, the related entries of its item in this table."""
        item = record.item
        if item is None:
            return record
        bare = msgspec.structs.replace(item, related=())
        return msgspec.structs.replace(record, path="", slug="", item=bare, related=self.positions(item.related))

    def positions(self, links: Iterable[RelatedLink]) -> tuple[int, ...]:
        """Return the position of each of *links*, which must stay alive as long as the table does."""
        # By identity first: within a batch equal entries are one object, and hashing an entry costs a microsecond.
        known = self._by_identity
        return tuple([known[i] if (i := id(link)) in known else self._position(link) for link in links])

    def _position(self, link: RelatedLink) -> int:
        position = self._by_identity[id(link)] = self._positions.setdefault(link, len(self.links))
        if position == len(self.links):
            self.links.append(link)
        return position


class LinkPool:
    """Makes equal values of different batches one object: sources, lists of topics, and related entries.

    Args:
        has_many: Whether batches repeat each other's related entries: hashing one takes a microsecond.
    """

    def __init__(self, *, has_many: bool = True) -> None:
        self._has_many = has_many
        self._links: dict[RelatedLink, RelatedLink] = {}
        self._others: dict[object, Any] = {}

    def restore(self, batch: Batch) -> None:
        """Give the items of *batch* their related entries back, shared with all earlier batches."""
        one, set_to = self._others.setdefault, msgspec.structs.force_setattr
        # All were made a moment ago and nobody else has seen them: frozen begins here.
        for link in batch.links:
            set_to(link, "provider", one(link.provider, link.provider))
        links = [self._links.setdefault(link, link) for link in batch.links] if self._has_many else batch.links
        for record in batch.files:
            item = record.item
            if item is not None:
                set_to(item, "provider", one(item.provider, item.provider))
                set_to(item, "topics", one(item.topics, item.topics))
                if record.related:
                    set_to(item, "related", tuple(map(links.__getitem__, record.related)))
