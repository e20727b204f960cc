"""What an editor can do to an item, and which keys of its file that changes. Pure: front matter in, changes out.

What a person decided stands in ``curated``, above all that is computed; where a build reads another key, such as
``published``, it stands there as well, so that the site shows it at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec

from ...errors import DigestError
from ...frontmatter.items.schema import FIELD_NAMES, PELICAN_NAMES
from ...frontmatter.items.visibility import folded_key, visibility
from ...model import Status
from ...naming.names import story_name
from ...text.plain import clean_name, clean_title, fold

# What a file's front matter holds, as YAML has it; and which keys are to change: None takes one out.
Front = Mapping[str, Any]
Changes = dict[str, Any]

CURATED: Final = "curated"
MAX_TITLE_CHARS: Final = 300
MAX_TOPICS: Final = 20
# What keeps a new item back until its author is done. To publish it is to say that this is over.
_DRAFT_KEYS: Final = frozenset({"status", "draft", "isdraft"})


class Act(StrEnum):
    """What can be done to one item; the values are words of forms."""

    PUBLISH = "publish"
    HIDE = "hide"
    PIN = "pin"
    UNPIN = "unpin"
    MERGE = "merge"
    SPLIT = "split"
    RETITLE = "retitle"
    TOPICS = "topics"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """One act on one file.

    Attributes:
        path: The file, relative to the content folder.
        value: See :func:`changes_of`.
    """

    path: str
    act: Act
    value: str = ""


class CannotError(DigestError):
    """An act that cannot be done; nothing was changed.

    Attributes:
        hint: What to do; ``""`` when the reason says it.
    """

    def __init__(self, reason: str, hint: str = "") -> None:
        self.reason = reason
        self.hint = hint
        super().__init__(f"{reason}: {hint}" if hint else reason)


def changes_of(act: Act, front: Front, *, value: str = "") -> Changes:
    """Return what *act* changes in a file whose front matter is *front*; nothing where it says so already.

    Args:
        value: The name of a story for MERGE and SPLIT, a title for RETITLE, names with commas for TOPICS; else ``""``.

    Raises:
        CannotError: The file holds something that is not understood, or *value* cannot be used.
    """
    match act:
        case Act.PUBLISH:
            changes = _publish(front)
        case Act.HIDE:
            changes = {"published": False, CURATED: _curated(front, hide=True, pin=None)}
        case Act.PIN:
            changes = {**_publish(front), CURATED: _curated(front, pin=True, hide=False)}
        case Act.UNPIN:
            changes = {CURATED: _curated(front, pin=None)}
        case Act.MERGE | Act.SPLIT:
            story = story_name(value)
            if not story:
                raise CannotError(f"{value!r} cannot be the name of a story", "use letters, digits and '-'")
            changes = {"story": story, CURATED: _curated(front, story=story)}
        case Act.RETITLE:
            title = _title(value)
            changes = {"title": title, CURATED: _curated(front, title=title)}
        case Act.TOPICS:
            topics = topics_of(value)
            key = "tags" if "topics" not in front and "tags" in front else "topics"
            changes = {key: topics, CURATED: _curated(front, topics=topics)}
    return {key: new for key, new in changes.items() if not (key in front and front[key] == new)}


def _publish(front: Front) -> Changes:
    """Return what shows an item that is hidden."""
    changes: Changes = {CURATED: _curated(front, hide=False)}
    if "published" in front:
        changes["published"] = True
    changes |= dict.fromkeys(key for key in front if folded_key(key) in _DRAFT_KEYS)
    left = {key: new for key, new in {**front, **changes}.items() if new is not None}
    verdict = visibility(left, [key for key in left if key not in FIELD_NAMES and key not in PELICAN_NAMES])
    if verdict.status is Status.PUBLISHED:
        return changes
    if verdict.problems:
        raise CannotError(verdict.problems[0].message, verdict.problems[0].hint)
    key = _hiding_key(left)
    reason = f"{key!r} keeps it from being shown" if key else "the file keeps it from being shown"
    raise CannotError(reason, "change that in the file")


def _hiding_key(front: Front) -> str:
    """Return the first key that hides an item by itself; ``""`` where none does."""
    return next((key for key in front if visibility({key: front[key]}, [key]).status is not Status.PUBLISHED), "")


def _curated(front: Front, **decided: object) -> dict[str, Any]:
    """Return ``curated`` with what is *decided* now; None takes a decision back. Keys of others stay as they are."""
    known = front.get(CURATED)
    if known is not None and not isinstance(known, Mapping):
        raise CannotError(f"'{CURATED}' is not a map of decisions", "fix it in the file, or remove it")
    return {key: value for key, value in {**(known or {}), **decided}.items() if value is not None}


def _title(value: str) -> str:
    title = clean_title(value)
    if not title:
        raise CannotError("an item needs a headline")
    if len(title) > MAX_TITLE_CHARS:
        raise CannotError(f"the headline has {len(title)} characters; {MAX_TITLE_CHARS} is the limit")
    return title


def topics_of(text: str) -> list[str]:
    """Return the names in *text*, which commas or lines part; each once, whatever its case.

    Raises:
        CannotError: There are too many.
    """
    names = (clean_name(part) for part in text.replace("\n", ",").split(","))
    found = {fold(name): name for name in reversed([*filter(None, names)])}
    if len(found) > MAX_TOPICS:
        raise CannotError(f"{len(found)} topics; {MAX_TOPICS} is the limit")
    return list(reversed(found.values()))
