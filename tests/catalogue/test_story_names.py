"""Names of stories that have ended lead on, and of two that claim one name each is told apart."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from pelican.plugins.news_digest.model import Status, StoryRecord
from pelican.plugins.news_digest.naming.places import Known
from tests.builders import make_item
from tests.catalogue.storied import built_after, mutual, names, record, stories_of


def test_former_names_lead_on():
    """Those of the record, through others that have ended, and the one that a group had before its oldest report."""
    items = [make_item("a", story="new"), make_item("b", story="new"), *mutual("n", "m", "o")]
    records = (record("new", formerly=("old",)), record("old", formerly=("older",)))
    stories = stories_of(*items, records=records)
    assert {"m": "o", "old": "new", "older": "new"} == stories.former
    assert ("old", "older") == stories.by_id["new"].former
    assert ("m",) == stories.by_id["o"].former
    assert () == stories.diagnostics


def test_a_name_that_no_page_can_have_had_leads_nowhere():
    """Without its oldest report a group of two is no story, and nobody can have an address of it."""
    assert {} == stories_of(*mutual("n", "o")).former
    assert {} == stories_of(*mutual("n", "m", "o"), story_reports=3).former
    assert {"m": "o"} == stories_of(*mutual("p", "n", "m", "o"), story_reports=3).former


def test_a_name_that_a_merge_has_ended_leads_on():
    """To the story that its reports are in now, without a record; and further, when that one is merged."""
    first = stories_of(*[make_item(slug, story=story) for slug, story in ("ap", "bp", "cq", "dq", "er", "fr")])
    second = built_after(*[make_item(s, story=t) for s, t in ("ap", "bp", "cp", "dp", "er", "fr")], before=first)
    assert {"q": "p"} == second.former
    assert {"q": "c"} == second.settled.lines
    third = built_after(*[make_item(slug, story="r") for slug in "abcdef"], before=second)
    assert {"p": "r", "q": "r"} == third.former
    reborn = built_after(*[make_item(s, story=t) for s, t in ("ar", "br", "cq", "dq", "er", "fr")], before=third)
    assert {"p": "r"} == reborn.former


def test_a_group_that_a_report_brings_into_another_leads_on():
    """For as long as the report is there that it was called after; what is written down decides, not the cache."""
    first = stories_of(*mutual("a2", "a1"), *mutual("b2", "b1"))
    assert ["a1", "b1"] == [story.id for story in first.paged]
    together = mutual("n", "b2", "b1", "a2", "a1")
    second = built_after(*together, before=first)
    assert {"a2": "a1", "b1": "a1"} == second.former
    again = stories_of(*together, known_stories=Known(second.settled.lines))
    assert second.former == again.former
    without = [item for item in together if item.slug != "b1"]
    assert {"a2": "a1"} == stories_of(*without, known_stories=Known(second.settled.lines)).former


@pytest.mark.parametrize("status", [Status.REMOVED, Status.DRAFT, None])
def test_the_name_of_a_report_that_is_gone_goes_with_it(status: Status | None):
    """Removed, a draft or deleted: its slug stands in no address."""
    items = mutual("d", "c", "b", "a")
    first = stories_of(*items)
    gone = [make_item("a", date="2026-05-17", related=items[3].related, status=status)] if status else []
    after = built_after(*items[:3], *gone, before=first)
    assert ["b"] == [story.id for story in after.paged]
    assert {"c": "b"} == after.former
    assert {} == after.settled.lines


@pytest.mark.parametrize("story", ["s", ""])
def test_the_address_of_a_story_that_shrinks_leads_to_what_is_left(story: str):
    """Named or grouped; with another report it is a story again, and with none nothing is left."""
    items = [replace(item, story=story) for item in mutual("b", "a")]
    first = stories_of(*items)
    name = story or "a"
    assert [name] == [one.id for one in first.paged]
    second = built_after(items[1], before=first)
    assert ({name: "a"}, {}) == (second.left, second.former)
    again = stories_of(items[1], known_stories=Known(second.settled.lines))
    assert second.left == again.left
    assert {} == built_after(*items, before=second).left
    assert {} == stories_of(make_item("z"), known_stories=Known(second.settled.lines)).left


def test_what_is_left_of_a_story_leads_to_the_story_that_it_reports_now():
    """And a record's word comes first."""
    first = stories_of(*[make_item(slug, story=story) for slug, story in ("ap", "bp", "cq", "dq")])
    items = [make_item(slug, story=story) for slug, story in ("ap", "cq", "dq")]
    assert {"p": "a"} == built_after(*items, before=first).left
    moved = built_after(*[make_item(slug, story="q") for slug in "acd"], before=first)
    assert ({}, {"p": "q"}) == (moved.left, moved.former)
    claimed = built_after(*items, before=first, records=(record("q", formerly=("p",)),))
    assert {} == claimed.left


def test_what_is_written_down_is_not_believed():
    """A line that no story could have, or whose report is nowhere, leads nowhere; nor does one for a living name."""
    lines = {"../../x": "a", "Q!": "a", "z": "nobody", "s": "a", "ok": "a"}
    stories = stories_of(*[make_item(slug, story="s") for slug in "ab"], known_stories=Known(lines))
    assert {"ok": "s"} == stories.former


def test_a_living_story_keeps_its_name():
    """Whoever says that it was called so; nobody leads to a story without a page."""
    items = [make_item(slug, story="new") for slug in "ab"] + [make_item(slug, story="old") for slug in "cd"]
    stories = stories_of(*items, make_item("e", story="one"), records=(record("new", formerly=("old", "new")),))
    assert {} == stories.former
    assert [
        ("ND223", "formerly: 'new' is the story's own name"),
        ("ND223", "formerly: 'old' is a story that has reports, such as news/c.md"),
    ] == [(d.code, d.message) for d in stories.diagnostics]
    assert {} == stories_of(*items, make_item("e", story="one"), records=(record("one", formerly=("x",)),)).former


@pytest.mark.parametrize("turn", [1, -1])
def test_of_two_claims_the_first_in_the_alphabet_counts(turn: int):
    """Whatever the order of records."""
    items = [make_item(slug, story=story) for story in ("p", "q") for slug in (f"{story}1", f"{story}2")]
    records = (record("p", formerly=("x",)), record("q", formerly=("x",)))[::turn]
    stories = stories_of(*items, records=records)
    assert {"x": "p"} == stories.former
    assert [("ND223", "stories/q.md")] == [(d.code, d.path) for d in stories.diagnostics]


def test_a_name_that_a_group_has_too_is_one_story():
    """So that an address can be copied into a file; it is said."""
    stories = stories_of(*mutual("a", "b"), make_item("c", date="2026-05-30", story="b"))
    assert {"b": ["b", "a", "c"]} == names(stories)
    assert [("ND224", "news/c.md")] == [(d.code, d.path) for d in stories.diagnostics]


def test_groups_whose_oldest_slugs_come_to_one_name_stay_apart():
    """That one has the name whose slug it is, the other one a mark of its own."""
    stories = stories_of(*mutual("a", "x_y"), *mutual("b", "x-y"))
    assert ["b", "x-y"] == sorted(item.slug for item in stories.by_id["x-y"].members)
    assert 2 == len(stories.paged)
    assert ["ND224"] == [d.code for d in stories.diagnostics]


def test_of_two_records_of_one_name_the_first_counts():
    """By their paths; it is said."""
    twice = tuple(StoryRecord(id="s", source_path=f"stories/{name}.md", title=name) for name in ("S", "s"))
    stories = stories_of(make_item("a", story="s"), make_item("b", story="s"), records=twice)
    assert "S" == stories.by_id["s"].record.title
    assert [("ND222", "stories/s.md")] == [(d.code, d.path) for d in stories.diagnostics]
