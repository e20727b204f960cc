"""Story records (``content/stories/<id>.md``): what a site says of a story, in words of its own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any, Final, NamedTuple

from ..disk.files import MARKDOWN, read_texts, stem_of
from ..disk.limits import USUAL_LIMITS, Limits
from ..errors import Diagnostic, diagnose, without_userinfo
from ..model import Correction, ImageRef, StoryRecord
from ..naming.names import story_name
from ..text.plain import clean_excerpt, clean_title
from .body.item_body import read_body
from .items.corrections import read_corrections
from .items.values import STORY_HINT, shown, story_id, text_of
from .items.visibility import yes_or_no
from .opening import SECURED_HINT, SECURED_IN_TEXT, secured_line
from .records import ParsedRecord, picture_of, refuse, shown_values
from .yaml.refused import FrontMatterError
from .yaml.yaml12 import LineFinder, has_front_matter, load_front_matter, split_front_matter

# What articles and items say of themselves, and a record does not.
_OF_ARTICLES: Final = frozenset(
    "date modified publisheddatetime updateddatetime tags topics category author authors slug url save_as summary"
    " weburl originalurl provider type template translation".split()
)


def is_story_record(text: str) -> bool:
    """Whether a Markdown file in the folder of stories is a record; else it is an article, and Pelican's to read.

    A record has a ``---`` block with no date and nothing else that articles have. A block that cannot be read is taken
    for a record's: it is reported and not shown.
    """
    if not has_front_matter(text):
        return False
    try:
        return _OF_ARTICLES.isdisjoint(str(key).lower() for key in load_front_matter(split_front_matter(text)[0]))
    except FrontMatterError:
        return True


class StoryFiles(NamedTuple):
    """What the folder of stories holds: records, the texts that they were read from, and the diagnostics."""

    records: tuple[StoryRecord, ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def read_stories(
    content: Path, folder: str, *, others: Collection[str], tz: tzinfo, limits: Limits = USUAL_LIMITS
) -> StoryFiles:
    """Read the records below *folder*; what else lies there is Pelican's, and nothing is said about it.

    Args:
        content: Pelican's ``PATH``.
        folder: Relative to it; ``""``: there are none. One of *others* holds what it has always held, and no records.
        tz: The site's zone, for dates that name none.
    """
    if not folder or folder in others:
        return StoryFiles()
    said: list[Diagnostic] = []
    texts = [found for found in read_texts(content, folder, MARKDOWN, said, limits) if is_story_record(found[1])]
    parsed = [parse_story(text, source_path=path, tz=tz, limits=limits) for path, text in texts]
    said += (diagnostic for each in parsed for diagnostic in each.diagnostics)
    return StoryFiles(tuple(each.record for each in parsed if each.record), tuple(texts), tuple(said))


def parse_story(
    text: str, *, source_path: str, tz: tzinfo = UTC, limits: Limits = USUAL_LIMITS
) -> ParsedRecord[StoryRecord]:
    """Return the story that a file describes; its name is the id.

    Args:
        text: The file, for which :func:`is_story_record` holds.
        source_path: Relative to the content folder.
        tz: The site's zone, for dates that name none.
    """
    try:
        fm, body = split_front_matter(text)
        data, hidden = shown_values(fm, source_path, limits=limits)
    except FrontMatterError as error:
        return ParsedRecord(None, (refuse("ND221", error, source_path),))
    if data is None:
        return ParsedRecord(None, hidden)
    stem, last_line = stem_of(source_path), fm.count("\n") + 1
    name = story_name(stem)
    if not name:
        hint = "name the file after the story, such as bridge-closed.md"
        said = diagnose("ND221", f"{stem!r} cannot be the name of a story", path=source_path, hint=hint)
        return ParsedRecord(None, (said,))
    if line := secured_line(body):
        said = diagnose("ND221", SECURED_IN_TEXT, path=source_path, line=last_line + line, hint=SECURED_HINT)
        return ParsedRecord(None, (said,))
    reading = _Reading(data, LineFinder(fm), source_path)
    html, of_body, _ = read_body(body, slug=f"stories/{name}", source_path=source_path, first_line=last_line)
    record = StoryRecord(
        id=name,
        title=clean_title(text_of(data.get("title"))),
        excerpt=clean_excerpt(text_of(data.get("excerpt"))),
        picture=reading.picture(),
        is_pinned=reading.switch("pinned"),
        is_closed=reading.switch("closed"),
        formerly=reading.formerly(),
        corrections=reading.corrections(tz),
        body=without_userinfo(html),
        source_path=source_path,
    )
    return ParsedRecord(record, (*reading.said, *of_body))


class _Reading:
    """Reads the values of one record; collects what it has to say on the way."""

    def __init__(self, data: dict[str, Any], lines: LineFinder, path: str) -> None:
        self._data, self._lines, self._path = data, lines, path
        self.said: list[Diagnostic] = []

    def switch(self, key: str) -> bool:
        value = self._data.get(key)
        answer = False if value is None or value == "" else yes_or_no(value)
        if answer is None:
            self._report((key,), f"{shown(value)} is neither true nor false", "write true or false")
        return bool(answer)

    def picture(self) -> ImageRef | None:
        value = self._data.get("picture")
        found = picture_of(value)
        if found is None and value not in (None, ""):
            self._report(
                ("picture",), "not a picture's URL", "write a path such as /images/bridge.jpg, or an https URL"
            )
        return found

    def formerly(self) -> tuple[str, ...]:
        value = self._data.get("formerly")
        values = value if isinstance(value, list) else [value]
        found: dict[str, None] = {}
        for index, each in enumerate(values):
            name, problem = story_id(each)
            if name:
                found[name] = None
            elif problem:
                self._report(("formerly", index) if isinstance(value, list) else ("formerly",), problem, STORY_HINT)
        return tuple(found)

    def corrections(self, tz: tzinfo) -> tuple[Correction, ...]:
        value = self._data.get("corrections")
        entries = value if isinstance(value, list) else []
        if value is not None and value != entries:
            self._report(("corrections",), "not a list", "write one '- ' entry with a date and a text for each")
        pairs = [(e.get("date"), e.get("text")) if isinstance(e, dict) else (None, None) for e in entries]
        found, problems = read_corrections(pairs, tz=tz)
        self.said += (
            diagnose(p.code, p.message, path=self._path, line=self._lines.line(p.path) or 1, hint=p.hint)
            for p in problems
        )
        return found

    def _report(self, place: tuple[str | int, ...], problem: str, hint: str) -> None:
        message, line = f"{place[0]}: {problem}", self._lines.line(place) or 1
        self.said.append(diagnose("ND221", message, path=self._path, line=line, hint=hint))
