"""An archive of ``related`` lists → one of ``story:`` lines: each report names its story, and what that says goes.

A vendor's archive repeats the whole story in each of its reports: nine tenths of it are such lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from ..catalogue.stories import find_stories
from ..frontmatter.edit import edit_front_matter, plain_text
from ..frontmatter.items.links import related_link
from ..frontmatter.items.schema import RawRelated, decode_item
from ..frontmatter.items.values import story_id
from ..frontmatter.yaml.entries import cut_related
from ..frontmatter.yaml.refused import FrontMatterError
from ..frontmatter.yaml.yaml12 import load_front_matter, split_front_matter
from ..text.address import link_key
from .desk.acts import CannotError
from .desk.hand import Change, read, write

if TYPE_CHECKING:
    from ..model import NewsItem

_KNOWN: Final = frozenset(field.encode_name for field in msgspec.structs.fields(RawRelated))


class StoryJob(msgspec.Struct, frozen=True, kw_only=True):
    """One story to rewrite.

    Attributes:
        content: Pelican's ``PATH``.
        keys: Link keys of the reports: an entry of ``related`` that leads to one of them repeats the story.
        writes: Whether files are changed; else only their sizes are reckoned.
    """

    content: str
    timezone: str
    story: str
    paths: tuple[str, ...]
    keys: frozenset[str]
    writes: bool


class Rewritten(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one story.

    Attributes:
        files: How many change.
        before, after: Bytes of all its files.
        problem: Why all its files stay as they are; ``""`` when they do not.
    """

    files: int = 0
    before: int = 0
    after: int = 0
    problem: str = ""


def plan_stories(items: Iterable[NewsItem], *, content: Path, timezone: str, writes: bool) -> Iterator[StoryJob]:
    """Yield what there is to do: a job for each story of two reports or more."""
    by_slug = {item.slug: item for item in items}
    for story, slugs in find_stories(by_slug.values()).reports.items():
        reports = [by_slug[slug] for slug in slugs]
        if len(reports) > 1:
            yield StoryJob(
                content=str(content),
                timezone=timezone,
                story=story,
                paths=tuple(item.source_path for item in reports),
                keys=frozenset(
                    key for item in reports for url in (item.url, *item.alternate_urls) if (key := link_key(url))
                ),
                writes=writes,
            )


def rewrite_story(job: StoryJob) -> Rewritten:
    """Rewrite the files of one story, all of them or none; runs in any process."""
    content, tz = Path(job.content), ZoneInfo(job.timezone)
    planned, before, after = [], 0, 0
    try:
        for path in job.paths:
            data, mark = read(content, path)
            try:
                new = with_story(data.decode(), job.story, repeats=job.keys, tz=tz).encode()
            except (UnicodeDecodeError, FrontMatterError) as error:
                return Rewritten(problem=f"{path}: {error}")
            before, after = before + len(data), after + len(new)
            if new != data:
                planned.append((Change(path=path, before=data, after=new), mark))
        if job.writes:
            write(content, planned)
    except CannotError as error:
        return Rewritten(problem=str(error))
    return Rewritten(files=len(planned), before=before, after=after)


def with_story(text: str, story: str, *, repeats: frozenset[str], tz: tzinfo) -> str:
    """Return *text* with its story, and without the entries of ``related`` that lead to a report of it.

    What only ``related`` knows stays as it is written, and so does an entry with a key or a value that is not
    understood.

    Args:
        text: A whole file, with its own line ends, and its BOM if it has one.
        repeats: Link keys of the story's reports.

    Raises:
        FrontMatterError: The file cannot be changed without changing something else.
    """
    fm = split_front_matter(plain_text(text))[0]
    data = load_front_matter(fm)
    changes: dict[str, object] = {} if story_id(data.get("story"))[0] == story else {"story": story}
    related = data.get("related")
    if isinstance(related, list) and related:
        cut = _Cut.of(fm, len(related))
        stays = [cut.has_comment(i) or not _repeats(entry, repeats, tz=tz) for i, entry in enumerate(related)]
        if not any(stays):
            changes = {"related": None, **changes}
        if not all(stays) and "\r" not in text:
            text = text.replace(fm, cut.without(data, stays), 1)
    return edit_front_matter(text, changes) if changes else text


def _repeats(entry: object, keys: frozenset[str], *, tz: tzinfo) -> bool:
    """Whether an entry of ``related`` is nothing but a link to one of the reports at *keys*."""
    if not isinstance(entry, dict) or not entry.keys() <= _KNOWN:
        return False
    raw, _, mistakes = decode_item({"related": [entry]})
    link = related_link(raw.related[0], tz=tz) if raw.related and not mistakes else None
    return link is not None and link.key in keys


class _Cut(NamedTuple):
    """The list ``related`` as text.

    Attributes:
        rest: The same with an empty list.
        parts: The text of each entry; ``()`` where the list is written in another way.
    """

    fm: str
    rest: str = ""
    parts: tuple[str, ...] = ()

    @staticmethod
    def of(fm: str, count: int) -> _Cut:
        """Return the list of *fm*, which has *count* entries."""
        rest, parts = cut_related(fm) or ("", [])
        return _Cut(fm, rest, tuple(parts)) if len(parts) == count else _Cut(fm)

    def has_comment(self, index: int) -> bool:
        """Whether a person may have written something beside an entry."""
        text = self.parts[index] if self.parts else self.fm
        return any(line.lstrip().startswith("#") for line in text.split("\n"))

    def without(self, data: dict[str, Any], stays: list[bool]) -> str:
        """Return the front matter with those entries that stay, as they are written; all where it cannot be cut.

        Where none stays an empty list does: the key is for somebody else to remove, who then need not look at
        thousands of lines piece by piece.
        """
        if not self.parts:
            return self.fm
        kept = "".join(part for part, is_kept in zip(self.parts, stays, strict=True) if is_kept)
        shorter = self.rest.replace("\nrelated: []\n", f"\nrelated:\n{kept}", 1) if kept else self.rest
        shorter = shorter.rstrip("\n") + self.fm[len(self.fm.rstrip("\n")) :]
        wanted = [entry for entry, is_kept in zip(data["related"], stays, strict=True) if is_kept]
        return shorter if load_front_matter(shorter) == {**data, "related": wanted} else self.fm
