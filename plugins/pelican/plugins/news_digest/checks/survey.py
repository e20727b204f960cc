"""The content folder on disk → a :class:`Survey`: what a build reads of it, and the facts of every file beside that."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import msgspec

from ..catalogue.ahead import Dated, date_places
from ..disk.files import MARKDOWN, item_address, read_file, settle_slugs
from ..disk.limits import USUAL_LIMITS, Limits
from ..disk.walking import find_files
from ..errors import ContentError, Diagnostic
from ..frontmatter.addresses import AddressBook
from ..frontmatter.batch import FileJob, batches_of
from ..frontmatter.items.convert import convert_values
from ..frontmatter.items.links import RelatedPool
from ..frontmatter.items.parts import read_values
from ..frontmatter.items.visibility import visibility
from ..frontmatter.mails import KeptMail, read_mails
from ..frontmatter.opening import classic_problems, headers_of
from ..frontmatter.records import read_records
from ..frontmatter.stories import read_stories
from ..frontmatter.yaml.refused import FrontMatterError
from ..frontmatter.yaml.yaml12 import has_front_matter, split_front_matter
from ..model import NewsItem, ProviderRecord, Status, StoryRecord, TopicRecord
from ..text.dates import parse_date
from .comments import comment_diagnostics
from .look import FileFacts, Look, Reference, Target

if TYPE_CHECKING:
    from ..frontmatter.reader import Folders
    from ..running.workers import Workers


class Survey(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of an archive.

    Attributes:
        items: In the order of their files' paths, without their related entries: those are among the facts.
        facts: One for each of *items*, in the same order.
        diagnostics: What a build says of the files, and what is odd in each by itself.
        file_count: Files in the news folder.
        classic: Those that are Pelican's to read.
        mails: Old newsletters.
        addresses: What is written down of addresses that several want.
    """

    items: tuple[NewsItem, ...] = ()
    facts: tuple[FileFacts, ...] = ()
    topics: tuple[TopicRecord, ...] = ()
    providers: tuple[ProviderRecord, ...] = ()
    stories: tuple[StoryRecord, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    file_count: int = 0
    classic: tuple[Dated, ...] = ()
    mails: tuple[Dated, ...] = ()
    addresses: dict[str, str] = {}


class _Job(msgspec.Struct, frozen=True, array_like=True):
    content: str
    timezone: str
    files: tuple[FileJob, ...]
    limits: Limits


class _Answer(msgspec.Struct, frozen=True, array_like=True):
    items: tuple[NewsItem, ...]
    facts: tuple[FileFacts, ...]
    targets: tuple[Target, ...]
    # For each item its entries as position of the target and line, one after the other.
    references: tuple[tuple[int, ...], ...]
    diagnostics: tuple[Diagnostic, ...]
    classic: tuple[Dated, ...]


def survey_content(
    content: Path, *, timezone: str, folders: Folders, workers: Workers, limits: Limits = USUAL_LIMITS
) -> Survey:
    """Read everything below *content*; nothing is kept for the next time, and nothing is written.

    Args:
        content: Pelican's ``PATH``.
        timezone: Name of the site's zone.
        limits: What one file may ask for.
    """
    book = AddressBook(content)
    diagnostics = list(book.diagnostics)
    paths = find_files(content, folders.news, MARKDOWN, said=diagnostics)
    settled, said = settle_slugs(paths, book.known("news"))
    slugs = settled.names
    diagnostics += [*said, *book.unwritten("news", settled)]
    files = [FileJob(path, slugs[path]) for path in paths]
    batches, is_much = batches_of(files, content=str(content), processes=workers.count)
    jobs = [_Job(str(content), timezone, batch, limits) for batch in batches]
    answers = [_decode(data) for data in (workers.map if is_much else map)(survey_files, jobs)]
    records = read_records(content, topics=folders.topics, providers=folders.providers, limits=limits)
    others = (folders.news, folders.topics, folders.providers)
    stories = read_stories(content, folders.stories, others=others, tz=ZoneInfo(timezone), limits=limits)
    diagnostics += (*records.diagnostics, *stories.diagnostics)
    for path, text in (*records.texts, *stories.texts):
        diagnostics += comment_diagnostics(_record_text(text), path=path)
    known = book.known("newsletter")
    mails = read_mails(content, folder=folders.newsletters, tz=ZoneInfo(timezone), limits=limits, known=known)
    diagnostics += [*mails.diagnostics, *book.unwritten("newsletter", mails.settled)]
    return Survey(
        items=tuple(item for answer in answers for item in answer.items),
        facts=tuple(fact for answer in answers for fact in answer.facts),
        topics=records.topics,
        providers=records.providers,
        stories=stories.records,
        diagnostics=tuple(sorted([*diagnostics, *(d for answer in answers for d in answer.diagnostics)])),
        file_count=len(paths),
        classic=tuple(dated for answer in answers for dated in answer.classic),
        mails=tuple(_dated_mail(content, mail) for mail in mails.mails),
        addresses=book.lines,
    )


def _record_text(text: str) -> str:
    """Return the YAML of a record, which is the whole file or stands between ``---`` lines; ``""``: it has none."""
    try:
        return split_front_matter(text)[0] if has_front_matter(text) else text
    except FrontMatterError:
        return ""


def survey_files(job: _Job) -> bytes:
    """Read, parse and look at the files of *job*; runs in any process."""
    tz = ZoneInfo(job.timezone)
    pool, look = _known(job.timezone)
    items, facts, diagnostics, classic = [], [], [], []
    targets: dict[Target, int] = {}
    references = []
    for path, slug in ((file.path, file.slug) for file in job.files):
        try:
            text, _ = read_file(Path(job.content, path), source_path=path, limits=job.limits)
        except ContentError as error:
            diagnostics.append(error.diagnostic)
            continue
        if not has_front_matter(text):
            problems = classic_problems(text, source_path=path)
            classic += [] if problems else [_dated(text, path=path, tz=tz)]
            diagnostics += problems
            continue
        try:
            values = read_values(text, source_path=path, tz=tz, pool=pool, limits=job.limits)
        except ContentError as error:
            diagnostics.append(error.diagnostic)
            continue
        address = item_address(slug)
        parsed = convert_values(values, source_path=path, slug=slug, address=address, tz=tz, limits=job.limits)
        diagnostics += [*parsed.diagnostics, *comment_diagnostics(values.fm, path=path)]
        if parsed.item is None:
            continue
        fact = look.at(parsed.item, values)
        diagnostics += fact.notes
        items.append(msgspec.structs.replace(parsed.item, related=(), body="", packed=b"", extra={}))
        facts.append(msgspec.structs.replace(fact, related=(), notes=()))
        flat: list[int] = []
        for reference in fact.related:
            flat += (targets.setdefault(reference.target, len(targets)), reference.line)
        references.append(tuple(flat))
    answer = _Answer(tuple(items), tuple(facts), tuple(targets), tuple(references), tuple(diagnostics), tuple(classic))
    return _ENCODER.encode(answer)


def _dated(text: str, *, path: str, tz: tzinfo) -> Dated:
    """Return the dates of one of Pelican's own articles; of one that is hidden they are long ago."""
    headers = headers_of(text)
    if visibility(headers, headers, path=path).status is not Status.PUBLISHED:
        headers = {}
    date, modified = (parse_date(headers.get(key, "").partition("\n")[0], tz=tz) for key in ("date", "modified"))
    return Dated(path, date or datetime.fromtimestamp(0, UTC), modified, date_places(text))


def _dated_mail(content: Path, mail: KeptMail) -> Dated:
    try:
        text = (content / mail.source_path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError:  # gone meanwhile
        text = ""
    return Dated(mail.source_path, mail.date, None, date_places(text))


@lru_cache(maxsize=1)
def _known(timezone: str) -> tuple[RelatedPool, Look]:
    """Return the related entries that this process has seen: the next batch repeats most of them."""
    return RelatedPool(), Look(ZoneInfo(timezone))


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(_Answer)


def _decode(data: bytes) -> _Answer:
    """Return an answer, its facts whole again."""
    answer = _DECODER.decode(data)
    facts = []
    for fact, flat in zip(answer.facts, answer.references, strict=True):
        related = tuple(Reference(answer.targets[flat[at]], flat[at + 1]) for at in range(0, len(flat), 2))
        facts.append(msgspec.structs.replace(fact, related=related))
    return msgspec.structs.replace(answer, facts=tuple(facts))
