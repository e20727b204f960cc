"""The content folder on disk → an :class:`Archive`: every item, every record, every problem, in one total order."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import msgspec

from ..disk.files import MARKDOWN, Listing, Looks, digest_of, settle_slugs, stem_of
from ..disk.limits import USUAL_LIMITS, Limits
from ..disk.walking import find_files
from ..errors import Diagnostic
from ..model import NewsItem, ProviderRecord, StoryRecord, TopicRecord
from ..naming.names import name_key
from ..naming.places import NOTHING, Known, Settled
from ..running.workers import Workers
from .batch import Batch, BatchJob, FileJob, FileRecord, LinkPool, batches_of, decode_batch, is_of_here, parse_batch
from .cache import CacheMemory, ItemCache, clock_ns
from .records import read_records
from .stories import read_stories

if TYPE_CHECKING:
    from ..settings import DigestSettings


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """All that a content folder holds.

    Attributes:
        items: In the order of their files' paths; slugs are unique.
        topics, providers, stories: Records, in the order of their files' paths.
        classic_paths: Markdown files in the news folder without a ``---`` block: Pelican's to read.
        diagnostics: In the order of path and line.
        parsed_count: How many item files were read and parsed, and not taken from the cache.
        digest: A digest of every file that was read, and of how: equal digests, equal archives.
        settled: Slugs that were given out, by path, and those that have to be written down.
        prints: Slug → a digest of the item's file: of equal paths, prints and :attr:`reading`, equal items.
        reading: A digest of how files are read.
        ties: Slug → a digest of all that decides what else the item is linked with, and of nothing more.
    """

    items: tuple[NewsItem, ...] = ()
    topics: tuple[TopicRecord, ...] = ()
    providers: tuple[ProviderRecord, ...] = ()
    stories: tuple[StoryRecord, ...] = ()
    classic_paths: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    parsed_count: int = 0
    digest: bytes = b""
    prints: dict[str, bytes] = {}
    reading: bytes = b""
    ties: dict[str, bytes] = {}
    settled: Settled = Settled()


class Folders(msgspec.Struct, frozen=True, kw_only=True):
    """Where things lie below the content folder; one that is absent is empty."""

    news: str = "news"
    topics: str = "topics"
    providers: str = "providers"
    stories: str = "stories"
    newsletters: str = "newsletters"


def folders_of(settings: DigestSettings) -> Folders:
    """Return the folders that a site's settings name."""
    return Folders(
        news=settings.news_path,
        topics=settings.topics_path,
        providers=settings.providers_path,
        stories=settings.stories_path,
        newsletters=settings.newsletters_path,
    )


def no_progress(done: int, total: int) -> None:
    """Show nothing: for callers that have nobody watching."""


def read_archive(  # noqa: PLR0913 - what a build knows and a folder does not
    content: Path,
    *,
    timezone: str,
    folders: Folders | None = None,
    cache: Path | None = None,
    workers: Workers | None = None,
    limits: Limits = USUAL_LIMITS,
    progress: Callable[[int, int], None] = no_progress,
    memory: CacheMemory | None = None,
    known: Known = NOTHING,
    articles: Mapping[str, str] | None = None,
    listing: Listing | None = None,
) -> Archive:
    """Read every item and record below *content*.

    Args:
        content: Pelican's ``PATH``.
        timezone: Name of the site's zone, for dates that name none.
        cache: The folder in which parsed items are kept between builds; None keeps none.
        workers: Parse files when there is much to parse; None does everything in this process.
        limits: What one file may ask for.
        progress: Called with the number of items read so far, and in all.
        memory: What the last reading of a process that stays has left.
        known: Who has which slug so far.
        articles: File → slug of Pelican's own articles so far: no item that comes later gets one of theirs.
        listing: What the system has said of files.

    Returns:
        The archive. A file that cannot be used is in ``diagnostics`` and nowhere else; none stops the others.
    """
    folders = folders or Folders()
    workers = workers or Workers(1)
    listing = listing or Listing(clock_ns())
    seen_ns = listing.seen_ns
    diagnostics: list[Diagnostic] = []
    paths = find_files(content, folders.news, MARKDOWN, said=diagnostics)
    # An article of the news folder that became an item keeps its name.
    own = set(paths) if articles else set()
    taken = (slug for path, slug in (articles or {}).items() if path not in own or stem_of(path) != slug)
    settled, said = settle_slugs(paths, known, reserved=frozenset(map(name_key, taken)))
    slugs = settled.names
    diagnostics += said
    kept = ItemCache(cache, timezone=timezone, limits=limits, memory=memory)
    records: dict[str, FileRecord] = {}
    root = f"{content}{os.sep}"
    for path in paths:
        full = root + path
        record = kept.fresh(full, source_path=path, slug=slugs[path], looks=listing.states.get(full))
        if record is not None:
            records[path] = record
    jobs = [FileJob(path, slugs[path]) for path in paths if path not in records]
    parsed_count = len(jobs)
    progress(len(records), len(paths))
    for batch in _parse(BatchJob(str(content), timezone, tuple(jobs), limits), workers, listing.states):
        records.update((record.path, record) for record in batch.files)
        progress(len(records), len(paths))
    ordered = [records[path] for path in paths]
    # Items have the same names: those that were made of the paths may go, and are a tenth of what is held of an item.
    settled = msgspec.structs.replace(settled, names={record.path: record.slug for record in ordered})
    if len(kept.records) != len(ordered) or any(kept.records.get(record.path) is not record for record in ordered):
        kept.save(ordered, seen_ns=seen_ns)
    diagnostics += (diagnostic for record in ordered for diagnostic in record.diagnostics)
    written = read_records(content, topics=folders.topics, providers=folders.providers, limits=limits)
    others = (folders.news, folders.topics, folders.providers)
    stories = read_stories(content, folders.stories, others=others, tz=ZoneInfo(timezone), limits=limits)
    diagnostics += (*written.diagnostics, *stories.diagnostics)
    # Another library, or another zone, may read the same files in another way.
    reading = digest_of("|".join(kept.made_with).encode())
    return Archive(
        items=tuple(record.item for record in ordered if record.item is not None),
        topics=written.topics,
        providers=written.providers,
        stories=stories.records,
        classic_paths=tuple(record.path for record in ordered if record.is_classic),
        diagnostics=tuple(sorted(diagnostics)),
        parsed_count=parsed_count,
        digest=_digest(ordered, written.texts + stories.texts, reading=reading),
        prints={record.slug: record.state.digest for record in ordered if record.state and record.item},
        reading=reading,
        ties={record.slug: record.ties for record in ordered if record.item is not None},
        settled=settled,
    )


def _digest(records: Sequence[FileRecord], texts: Sequence[tuple[str, str]], *, reading: bytes) -> bytes:
    if not records and not texts:
        return b""
    digest = hashlib.blake2b(reading, digest_size=16)
    for record in records:
        digest.update(f"{record.path}|{record.slug}|".encode("utf-8", "surrogatepass"))
        digest.update(record.state.digest if record.state else repr(record.item).encode("utf-8", "surrogatepass"))
    for path, text in texts:
        digest.update(f"{path}|{text}|".encode("utf-8", "surrogatepass"))
    return digest.digest()


def _parse(job: BatchJob, workers: Workers, looks: Mapping[str, Looks]) -> Iterator[Batch]:
    """Yield what the files of *job* hold, in order, equal related entries shared between all of them."""
    pool = LinkPool()
    batches, is_much = batches_of(job.files, content=job.content, processes=workers.count, looks=looks)
    crew = workers if is_much else Workers(1)
    jobs = [msgspec.structs.replace(job, files=files) for files in batches]
    for data in (
        crew.share(lambda n: parse_batch(jobs[n]), len(jobs)) if crew.are_copies else crew.map(parse_batch, jobs)
    ):
        batch = decode_batch(data)
        pool.restore(batch)  # by the places of all of its files
        if crew.is_elsewhere:
            strange = tuple(FileJob(r.path, r.slug) for r in batch.files if not is_of_here(job.content, r))
            if strange:
                batch.files = [
                    record for record in batch.files if FileJob(record.path, record.slug) not in set(strange)
                ]
                again = decode_batch(parse_batch(msgspec.structs.replace(job, files=strange)))
                pool.restore(again)
                yield again
        yield batch
