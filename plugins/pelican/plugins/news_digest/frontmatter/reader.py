"""The content folder on disk → an :class:`Archive`: every item, every record, every problem, in one total order."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import msgspec

from ..errors import ContentError, Diagnostic, Severity, diagnose
from ..model import NewsItem, ProviderRecord, TopicRecord
from .convert import RelatedPool, parse_item
from .records import parse_provider, parse_topic
from .text import slugify
from .yaml12 import has_front_matter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo
    from pathlib import Path

_SLUG: Final = re.compile(r"\w[\w.-]*\Z")
_MARKDOWN: Final = (".md", ".markdown", ".mkd", ".mdown")
_YAML: Final = (".yaml", ".yml")


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """All that a content folder holds.

    Attributes:
        items: In the order of their files' paths; slugs are unique.
        topics, providers: Records, in the order of their files' paths.
        classic_paths: Markdown files in the news folder without a ``---`` block: Pelican's to read.
        diagnostics: In the order of path and line.
    """

    items: tuple[NewsItem, ...] = ()
    topics: tuple[TopicRecord, ...] = ()
    providers: tuple[ProviderRecord, ...] = ()
    classic_paths: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def error_count(self) -> int:
        """How many files were left out."""
        return sum(d.severity is Severity.ERROR for d in self.diagnostics)


def no_progress(done: int, total: int) -> None:
    """Show nothing: for callers that have nobody watching."""


def read_archive(
    content: Path,
    *,
    tz: tzinfo,
    news: str = "news",
    topics: str = "topics",
    providers: str = "providers",
    progress: Callable[[int, int], None] = no_progress,
) -> Archive:
    """Read every item and record below *content*.

    Args:
        content: Pelican's ``PATH``.
        tz: The site's time zone, for dates that name none.
        news, topics, providers: The folders, relative to *content*; one that is absent is empty.
        progress: Called with the number of items read so far, and in all.

    Returns:
        The archive. A file that cannot be used is in ``diagnostics`` and nowhere else; none stops the others.
    """
    pool = RelatedPool()
    slugs: set[str] = set()
    items: list[NewsItem] = []
    classic: list[str] = []
    diagnostics: list[Diagnostic] = []
    paths = list(_files(content, news, _MARKDOWN))
    for done, path in enumerate(paths):
        progress(done, len(paths))
        try:
            text = read_text(content / path, source_path=path)
        except ContentError as error:
            diagnostics.append(error.diagnostic)
            continue
        if not has_front_matter(text):
            classic.append(path)
            continue
        slug, said = _slug(path, taken=slugs)
        diagnostics += said
        parsed = parse_item(text, source_path=path, slug=slug, address=item_address(slug), tz=tz, pool=pool)
        diagnostics += parsed.diagnostics
        if parsed.item is not None:
            slugs.add(slug)
            items.append(parsed.item)
    progress(len(paths), len(paths))
    topic_records, provider_records = [], []
    for path, stem, text in _texts(content, topics, (*_YAML, *_MARKDOWN), diagnostics):
        parsed_topic = parse_topic(text, source_path=path, stem=stem)
        diagnostics += parsed_topic.diagnostics
        topic_records += [parsed_topic.record] if parsed_topic.record else []
    for path, stem, text in _texts(content, providers, (*_MARKDOWN, *_YAML), diagnostics):
        parsed_provider = parse_provider(text, source_path=path, stem=stem)
        diagnostics += parsed_provider.diagnostics
        provider_records += [parsed_provider.record] if parsed_provider.record else []
    return Archive(
        items=tuple(items),
        topics=tuple(topic_records),
        providers=tuple(provider_records),
        classic_paths=tuple(classic),
        diagnostics=tuple(sorted(diagnostics)),
    )


def item_address(slug: str) -> str:
    """Return the site-relative address of an item's page; characters outside ASCII are percent-encoded."""
    return f"news/{quote(slug)}/"


def read_text(path: Path, *, source_path: str) -> str:
    r"""Return a file's text: UTF-8, a byte-order mark dropped, every line end ``\n``.

    Raises:
        ContentError: The file cannot be read, or is not UTF-8; the diagnostic names the line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ContentError(diagnose("ND102", f"cannot be read: {error.strerror}", path=source_path)) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = diagnose("ND102", "not UTF-8", path=source_path, line=line, hint="save the file as UTF-8")
        raise ContentError(problem) from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _files(content: Path, folder: str, endings: tuple[str, ...]) -> Iterator[str]:
    """Yield files below *folder* with one of *endings*, hidden ones left out, in the order of their paths."""

    def walk(base: str) -> Iterator[str]:
        try:
            with os.scandir(content / base) as found:
                entries = list(found)
        except OSError:
            return
        for entry in entries:
            if entry.name.startswith((".", "#")):
                continue
            path = f"{base}/{entry.name}"
            if entry.is_dir():
                yield from walk(path)
            elif entry.name.lower().endswith(endings):
                yield path

    return iter(sorted(walk(folder)))


def _texts(
    content: Path, folder: str, endings: tuple[str, ...], diagnostics: list[Diagnostic]
) -> Iterator[tuple[str, str, str]]:
    """Yield path, stem and text of each record that can be read; say what cannot."""
    for path in _files(content, folder, endings):
        try:
            yield path, _stem(path), read_text(content / path, source_path=path)
        except ContentError as error:
            diagnostics.append(error.diagnostic)


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _slug(path: str, *, taken: set[str]) -> tuple[str, list[Diagnostic]]:
    """Return the file's stem as a slug that nobody has yet, and what had to be done for it."""
    said = []
    stem = unicodedata.normalize("NFC", _stem(path))
    slug = stem if _SLUG.match(stem) else slugify(stem) or "item"
    if slug != stem:
        said.append(diagnose("ND113", f"{stem!r} became {slug!r}", path=path, hint="use letters, digits, '-' and '_'"))
    wanted, number = slug, 1
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    if number > 1:
        said.append(
            diagnose("ND112", f"{wanted!r} is taken; this file is {slug!r}", path=path, hint="rename one of them")
        )
    return slug, said
