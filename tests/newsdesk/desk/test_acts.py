"""What an editor can do: which keys each act changes, and what it leaves alone."""

from __future__ import annotations

from typing import Any

import pytest

from pelican.plugins.news_digest.frontmatter.items.visibility import visibility
from pelican.plugins.news_digest.model import Status
from pelican.plugins.news_digest.newsdesk.desk.acts import Act, CannotError, changes_of, topics_of

WAITING = {"title": "A headline", "published": False, "heat": 40}


def after(front: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return *front* as it is when *changes* are made."""
    return {key: value for key, value in {**front, **changes}.items() if value is not None}


def status_of(front: dict[str, Any]) -> Status:
    """Return what a build makes of *front*; ``curated`` is for ranking."""
    return visibility(front, [key for key in front if key not in {"published", "curated", "title"}]).status


@pytest.mark.parametrize(
    ("changes", "act", "value"),
    [
        ({"published": True, "curated": {"hide": False}}, Act.PUBLISH, ""),
        ({"curated": {"hide": True}}, Act.HIDE, ""),
        ({"published": True, "curated": {"hide": False, "pin": True}}, Act.PIN, ""),
        ({"story": "ferry-strike", "curated": {"story": "ferry-strike"}}, Act.MERGE, "Ferry strike"),
        ({"story": "alone", "curated": {"story": "alone"}}, Act.SPLIT, "alone"),
        ({"title": "Better words", "curated": {"title": "Better words"}}, Act.RETITLE, "  Better\n words "),
        ({"topics": ["Harbour", "Trams"], "curated": {"topics": ["Harbour", "Trams"]}}, Act.TOPICS, "Harbour, Trams"),
    ],
)
def test_each_act_changes_what_it_decides(changes: dict[str, Any], act: Act, value: str):
    """A decision stands in ``curated``, and in the key that a build reads; nothing else changes."""
    assert changes == changes_of(act, WAITING, value=value)


@pytest.mark.parametrize("act", [Act.PUBLISH, Act.HIDE, Act.PIN])
def test_an_act_done_twice_changes_nothing(act: Act):
    """Whoever presses a key again has said nothing new."""
    once = after(WAITING, changes_of(act, WAITING))
    assert {} == changes_of(act, once)


def test_what_was_decided_before_stays():
    """A new decision leaves the others in place, also those of keys that nobody here knows."""
    front = {**WAITING, "curated": {"title": "Mine", "quality": 90, "reason": "a friend asked"}}
    changes = changes_of(Act.HIDE, front)
    assert {"title": "Mine", "quality": 90, "reason": "a friend asked", "hide": True} == changes["curated"]


def test_a_hidden_item_is_no_lead():
    """Hiding takes a pin back; publishing again does not bring it."""
    pinned = after(WAITING, changes_of(Act.PIN, WAITING))
    hidden = after(pinned, changes_of(Act.HIDE, pinned))
    assert {"hide": True} == hidden["curated"]
    assert {"hide": False} == after(hidden, changes_of(Act.PUBLISH, hidden))["curated"]


def test_unpin_leaves_it_published():
    """An item that does not lead any more is still on the site."""
    pinned = after(WAITING, changes_of(Act.PIN, WAITING))
    assert {"curated": {"hide": False}} == changes_of(Act.UNPIN, pinned)


@pytest.mark.parametrize("front", [{"status": "draft"}, {"draft": True}, {"Draft": "yes", "published": False}])
def test_publishing_a_draft_ends_the_draft(front: dict[str, Any]):
    """What only says that somebody is still at work is over when it is published."""
    changed = after(front, changes_of(Act.PUBLISH, front))
    assert Status.PUBLISHED is status_of(changed)


@pytest.mark.parametrize(
    ("front", "word"),
    [
        ({"removed": True}, "removed"),
        ({"private": True, "published": False}, "private"),
        ({"visibility": "members"}, "visibility"),
        ({"password": "x"}, "password"),
        ({"extra": {"draft": True}}, "extra"),
    ],
)
def test_what_another_word_hides_is_not_published(front: dict[str, Any], word: str):
    """A word that means more than "not yet" is its author's to take back; the act says which one it is."""
    with pytest.raises(CannotError, match=word):
        changes_of(Act.PUBLISH, front)


@pytest.mark.parametrize("curated", ["yes", ["pin"], 1])
@pytest.mark.parametrize("act", [Act.PUBLISH, Act.HIDE, Act.PIN, Act.UNPIN])
def test_decisions_that_are_no_map_are_left_alone(act: Act, curated: object):
    """What is not understood is not overwritten."""
    with pytest.raises(CannotError, match="curated"):
        changes_of(act, {**WAITING, "curated": curated})


def test_topics_go_where_the_file_has_them():
    """A file that speaks Pelican's ``tags`` keeps doing so."""
    assert ["Harbour"] == changes_of(Act.TOPICS, {"tags": ["Trams"]}, value="Harbour")["tags"]
    assert [] == changes_of(Act.TOPICS, {"topics": ["Trams"], "tags": ["Trams"]}, value=" , ")["topics"]


def test_topics_are_names_once_each():
    """Commas and lines part them; spellings that differ in case are one, and the first one counts."""
    assert ["Harbour", "Süd", "ميناء"] == topics_of("Harbour,\nharbour , Süd,, ميناء\n")
    with pytest.raises(CannotError, match="limit"):
        topics_of(",".join(map(str, range(30))))


@pytest.mark.parametrize("title", ["", " \n\t ", "\u200b", "x" * 301])
def test_a_headline_has_to_be_one(title: str):
    """An item without a headline would be lost, and one of a page's length is a mistake."""
    with pytest.raises(CannotError, match="headline"):
        changes_of(Act.RETITLE, WAITING, value=title)


@pytest.mark.parametrize("name", ["", "../..", "—"])
def test_a_story_needs_a_name(name: str):
    """What has no letter and no digit names nothing."""
    with pytest.raises(CannotError, match="name of a story"):
        changes_of(Act.MERGE, WAITING, value=name)
