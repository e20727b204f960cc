"""Stories like one another, where the last build has left what it found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pelican.plugins.news_digest.disk.sealed import Answers
from pelican.plugins.news_digest.pages.stories.alike import stories_alike
from tests.pages.rooms import make_room
from tests.pages.stories.telling import report

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem

TITLES = {
    "a": "Harbour bridge closes",
    "b": "Harbour bridge opens",
    "c": "Trams stop at the bridge",
    "d": "Harbour fire",
}


def archive(**changes: dict[str, Any]) -> list[NewsItem]:
    """Return stories of two reports each; *changes* are of both reports of a story."""
    items = []
    for number, (story, title) in enumerate(TITLES.items(), 1):
        values = {
            "story": story,
            "title": title,
            "topics": ("Port",),
            "date": f"2026-05-0{number}",
            **changes.get(story, {}),
        }
        items += [report(f"{story}{n}", **values) for n in (1, 2)]
    return items


def alike(items: list[NewsItem], answers: Answers) -> dict[str, list[str]]:
    """Return id → the ids of the stories most like it."""
    room = make_room(items)
    found = stories_alike(room.told.all, room.catalogue, answers=answers)
    return {story_id: [told.story.id for told in others] for story_id, others in found.items()}


@pytest.mark.parametrize(
    "changes",
    [
        {"c": {"title": "Harbour bridge closes again"}},
        {"d": {"topics": ("Fires",)}},
        {"b": {"date": "2026-06-01"}},
        {"a": {"story": "b"}},
        {"a": {"excerpt": "No headline.", "heat": 50}},
    ],
)
def test_what_was_found_is_what_would_be_found(tmp_path: Path, changes: dict[str, Any]):
    """Whatever becomes of the headlines, topics, dates and reports."""
    answers = Answers(tmp_path)
    assert ["b"] == alike(archive(), answers)["a"][:1]
    for items in (archive(**changes), archive()):
        assert alike(items, Answers()) == alike(items, answers) == alike(items, answers)
