"""Many files at once, in any process: jobs in, bytes out. The bytes are also what the cache keeps.

Only for speed: it lets several processes read (see :mod:`..running.workers`) and the cache keep what they return
(``python benchmarks/without.py cache``). Without this module the reader would parse one file after another.

A cluster is repeated in each of its members' files. So a batch holds each distinct related entry once, and its items
name entries by position: memory and time grow with distinct links, not with the files' size. Sources and lists of
topics stand in it once, too, and an entry that says what an item of the batch says names that item.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from ..disk.files import FileState, Looks, digest_of, item_address, read_file
from ..disk.limits import USUAL_LIMITS, Limits
from ..errors import ContentError, Diagnostic
from ..model import NewsItem, ProviderRef, RelatedLink
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
    files: Sequence[FileJob], *, content: str, processes: int, looks: Mapping[str, Looks] | None = None
) -> tuple[tuple[tuple[FileJob, ...], ...], bool]:
    """Return *files* in order, in parts that take equally long, and whether there is enough for several processes.

    Args:
        content: The folder that their paths are relative to.
        processes: How many there are: none is to wait for the last part of another.
        looks: What files look like that somebody has asked about, by path; None: nobody has.
    """
    known, ends, total = looks or {}, [], 0
    for file in files:
        with suppress(OSError):  # whoever reads it says what is wrong with it
            path = f"{content}{os.sep}{file.path}"
            total += (known.get(path) or os.stat(path)).st_size
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
        item: None: the file cannot be used, or is Pelican's to read. In bytes it lacks what the batch has once.
        related: Positions in the batch's ``links``, until the item has those.
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


# What an entry may say in the words of an item.
_TEXTS: Final = ("url", "title", "excerpt")


class Batch(msgspec.Struct, array_like=True):
    """Records, and what they share.

    Attributes:
        links: Related entries, in bytes without what follows.
        sources, topics: Each distinct source, and each distinct list of topics.
        of_links: Position of the source of each link.
        of_files: Positions of the source and of the topics of each file's item.
        texts: For each of :data:`_TEXTS` and each link the place of a file whose item says the same; -1: none does.
    """

    links: list[RelatedLink]
    files: list[FileRecord]
    sources: list[ProviderRef | None]
    topics: list[tuple[str, ...]]
    of_links: list[int]
    of_files: list[tuple[int, int]]
    texts: tuple[list[int], list[int], list[int]]


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
    packer = Packer()
    for file in job.files:
        state = None
        try:
            text, state = read_file(f"{job.content}{os.sep}{file.path}", source_path=file.path, limits=job.limits)
        except ContentError as error:
            packer.add(FileRecord(file.path, file.slug, None, None, diagnostics=(error.diagnostic,)))
            continue
        if not has_front_matter(text):
            problems = classic_problems(text, source_path=file.path)
            packer.add(FileRecord(file.path, file.slug, state, None, is_classic=not problems, diagnostics=problems))
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
        packer.add(FileRecord(file.path, file.slug, state, parsed.item, diagnostics=said, ties=ties))
    return packer.packed()


def _ties_of(item: NewsItem) -> bytes:
    named = [link.key for link in item.related]
    return digest_of(_ENCODER.encode((item.slug, item.date, item.story, item.url, item.alternate_urls, named)))


@lru_cache(maxsize=1)
def _pool(timezone: str) -> RelatedPool:
    """Return the related entries that this process has read: the next batch repeats most of them."""
    del timezone  # what makes two pools different
    return RelatedPool()


def decode_batch(data: bytes) -> Batch:
    """Return the batch that *data* holds, as it lies there: :meth:`LinkPool.restore` completes it.

    Raises:
        msgspec.MsgspecError: The bytes are not a batch.
    """
    batch = _DECODER.decode(data)
    for record in batch.files:
        if record.item is not None:
            record.path, record.slug = record.item.source_path, record.item.slug
    return batch


class Packer:
    """Packs records, and once what several of them say."""

    def __init__(self) -> None:
        self._items: list[NewsItem | None] = []
        self._files: list[FileRecord] = []
        self._of_files: list[tuple[int, int]] = []
        self._links: list[RelatedLink] = []
        self._positions: dict[RelatedLink, int] = {}
        self._by_identity: dict[int, int] = {}
        self._sources: dict[ProviderRef | None, int] = {}
        self._topics: dict[tuple[str, ...], int] = {}

    def add(self, record: FileRecord) -> None:
        """Pack *record*, and keep its item: another entry might come to lie in memory where one of its was."""
        item, places = record.item, (0, 0)
        if item is not None:
            places = (self._source(item.provider), self._topics.setdefault(item.topics, len(self._topics)))
            # By identity first: within a batch equal entries are one object, and hashing one costs a microsecond.
            known = self._by_identity
            related = tuple([known[i] if (i := id(link)) in known else self._position(link) for link in item.related])
            bare = msgspec.structs.replace(item, related=(), provider=None, topics=())
            record = msgspec.structs.replace(record, path="", slug="", item=bare, related=related)
        self._items.append(item)
        self._files.append(record)
        self._of_files.append(places)

    def packed(self) -> bytes:
        """Return what was added as the bytes of a batch."""
        links = self._links
        of_links = [self._source(link.provider) for link in links]
        texts = [self._said(name) for name in _TEXTS]
        bare = [msgspec.structs.replace(link, provider=None) for link in links]
        for name, places in zip(_TEXTS, texts, strict=True):
            for link, place in zip(bare, places, strict=True):
                if place >= 0:
                    msgspec.structs.force_setattr(link, name, "")
        sources, topics = list(self._sources), list(self._topics)
        return _ENCODER.encode((bare, self._files, sources, topics, of_links, self._of_files, texts))

    def _said(self, name: str) -> list[int]:
        """Return for each link the place of a file whose item has the same *name*; -1: none has."""
        text = attrgetter(name)
        places = {text(item): place for place, item in enumerate(self._items) if item is not None}
        return [places.get(text(link), -1) for link in self._links]

    def _source(self, provider: ProviderRef | None) -> int:
        return self._sources.setdefault(provider, len(self._sources))

    def _position(self, link: RelatedLink) -> int:
        position = self._by_identity[id(link)] = self._positions.setdefault(link, len(self._links))
        if position == len(self._links):
            self._links.append(link)
        return position


class LinkPool:
    """Completes batches; equal values of different ones become one object: sources, lists of topics, related entries.

    Args:
        has_many: Whether batches repeat each other's related entries: hashing one takes a microsecond.
    """

    def __init__(self, *, has_many: bool = True) -> None:
        self._has_many = has_many
        self._links: dict[RelatedLink, RelatedLink] = {}
        self._others: dict[object, Any] = {}

    def restore(self, batch: Batch) -> None:
        """Give the items of *batch* what they share, with those of all earlier batches, too.

        Raises:
            IndexError: The batch is damaged.
        """
        one, set_to = self._others.setdefault, msgspec.structs.force_setattr
        sources, topics = [one(source, source) for source in batch.sources], [one(each, each) for each in batch.topics]
        items = [record.item for record in batch.files]
        # All were made a moment ago and nobody else has seen them: frozen begins here.
        for link, place in zip(batch.links, batch.of_links, strict=True):
            set_to(link, "provider", sources[place])
        for name, places in zip(_TEXTS, batch.texts, strict=True):
            for link, place in zip(batch.links, places, strict=True):
                if place >= 0:
                    set_to(link, name, getattr(items[place], name))
        links = [self._links.setdefault(link, link) for link in batch.links] if self._has_many else batch.links
        for record, item, (source, topic) in zip(batch.files, items, batch.of_files, strict=True):
            if item is not None:
                set_to(item, "provider", sources[source])
                set_to(item, "topics", topics[topic])
                if record.related:
                    set_to(item, "related", tuple(map(links.__getitem__, record.related)))
                    record.related = ()  # the item has them now
