"""Names of new stories: words of the first headline, given once."""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from ...naming.names import story_name

MAX_CHARS: Final = 60


def new_story_id(title: str, *, taken: Container[str]) -> str:
    """Return an id for a story whose first report has the headline *title*: no more than 60 characters, cut at a word.

    Args:
        taken: Ids that stories have or had. Who comes second gets a number.
    """
    name = story_name(_shortened(story_name(title[: 4 * MAX_CHARS]))) or "story"
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def _shortened(name: str) -> str:
    if len(name) <= MAX_CHARS:
        return name
    cut = name[: MAX_CHARS + 1]
    return cut.rpartition("-")[0] or name[:MAX_CHARS]
