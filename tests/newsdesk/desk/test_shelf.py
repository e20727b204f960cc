"""What there is to decide on: every item in one story, in one order, whatever order they came in."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from pelican.plugins.news_digest.model import Curated, NewsItem, Status
from pelican.plugins.news_digest.newsdesk.desk.acts import Act, CannotError
from pelican.plugins.news_digest.newsdesk.desk.plan import alike, plan_act
from pelican.plugins.news_digest.newsdesk.desk.shelf import (
    Shelf,
    State,
    Term,
    Wish,
    chosen,
    counts,
    make_shelf,
    sources_among,
    summed,
    topics_among,
)
from tests.builders import make_date, make_item, make_link, make_provider_ref

NOW = make_date("2026-05-03T12:00")


def waiting(slug: str, **values: Any) -> NewsItem:
    """Return an item that is not published."""
    return make_item(slug, status=Status.UNPUBLISHED, **values)


def shelf_of(*items: NewsItem) -> Shelf:
    """Return the shelf of *items*."""
    return make_shelf(items, now=NOW)


def leads(shelf: Shelf, **wish: Any) -> list[str]:
    """Return who leads the stories that are wished for."""
    return [group.lead.item.slug for group in chosen(shelf.groups, Wish(**wish))]


def test_hottest_first_whatever_the_order():
    """A pin stands above heat; ties go to the newer one."""
    items = [
        waiting("cool", heat=10),
        waiting("old", heat=90, date="2026-05-01"),
        waiting("new", heat=90, date="2026-05-02"),
        waiting("pinned", heat=1, curated=Curated(pin=True)),
    ]
    orders = [*itertools.permutations(items)]
    assert all(leads(shelf_of(*order)) == ["pinned", "new", "old", "cool"] for order in orders)


def test_a_story_is_one_group():
    """Reports of one story stand together; it is published when one of them is."""
    shelf = shelf_of(
        waiting("a", story="ferry", heat=90),
        make_item("b", story="ferry", heat=20, provider=make_provider_ref("other.example")),
        waiting("c", heat=50),
    )
    group = shelf.group_of("a")
    assert group is shelf.group_of("b") is not None
    assert ("ferry", "b", State.PUBLISHED, 2) == (
        group.story,
        group.lead.item.slug,
        group.state,
        group.source_count,
    )
    assert shelf.group_of("nobody") is shelf.report("nobody") is None


@pytest.mark.parametrize(
    ("state", "values"),
    [
        (State.PUBLISHED, {}),
        (State.WAITING, {"status": Status.UNPUBLISHED}),
        (State.WAITING, {"status": Status.DRAFT}),
        (State.HIDDEN, {"status": Status.REMOVED}),
        (State.HIDDEN, {"status": Status.DRAFT, "curated": Curated(hide=True)}),
        (State.WAITING, {"status": Status.UNPUBLISHED, "curated": Curated(hide=False)}),
    ],
)
def test_states(state: State, values: dict[str, Any]):
    """Waiting is whatever somebody may still decide; what is not understood decides nothing here."""
    (group,) = shelf_of(make_item("a", **values)).groups
    assert state is group.state


def test_when_something_came_is_when_it_was_first_seen():
    """An old text that was imported today came today."""
    shelf = shelf_of(
        waiting("old", date="2026-01-01", first_seen=make_date("2026-05-03T08:00")),
        waiting("new", date="2026-05-01"),
    )
    assert ["old"] == leads(shelf, since=make_date("2026-05-02"))
    assert ["old", "new"] == sorted(leads(shelf, since=make_date("2026-05-01")), reverse=True)


@pytest.mark.parametrize(
    ("terms", "values"),
    [
        ((Term("quality", 60),), {"heat": 60}),
        ((Term("quality", 60), Term("sources", 20)), {"heat": 80}),
        ((Term("quality", 60), Term("reports", 40)), {"heat": 100}),
        ((Term("quality", 60), Term("sources", 20), Term("file", 20)), {"heat": 100, "related": ()}),
        ((Term("quality", 60), Term("sources", 20), Term("file", -90)), {"heat": -10}),
    ],
)
def test_how_heat_is_summed(terms: tuple[Term, ...], values: dict[str, Any]):
    """The parts are those that ranking and files have, and always sum up to the number that is shown."""
    given = {"related": (make_link("x"), make_link("y")), **values}
    alone = len(terms) == 1
    other = waiting("b", story="s", quality=1, provider=make_provider_ref("other.example"))
    lead = make_item("a", quality=60, story="s", **{**given, **({"related": ()} if alone else {})})
    group = shelf_of(lead, *([] if alone else [other])).group_of("a")
    assert terms == summed(group)
    assert group.lead.item.heat == sum(term.points for term in summed(group))


def test_what_can_be_chosen_from():
    """Sources and topics, the most frequent first, each once however it is spelled."""
    shelf = shelf_of(
        waiting("a", topics=("Harbour", "Trams"), heat=3),
        waiting("b", topics=("harbour",), provider=make_provider_ref("x.example", "X"), heat=2),
        make_item("c", provider=None, heat=1),
    )
    assert ["Harbour", "Trams"] == topics_among(shelf.groups)
    assert {"post.example": "The Post", "x.example": "X"} == sources_among(shelf.groups)
    assert {State.WAITING: 2, State.PUBLISHED: 1} == counts(shelf.groups)


def test_the_likest_story_comes_first():
    """Rare words in common say more than frequent ones."""
    shelf = shelf_of(
        waiting("a", title="The ferry to Northmole", heat=1),
        waiting("b", title="The tram to the station", heat=9),
        waiting("c", title="The queue for Northmole", heat=2),
        waiting("d", title="The rain to come", heat=8),
    )
    found = alike(shelf.group_of("a"), shelf.groups, lang="en")
    assert "c" == found[0].lead.item.slug
    assert 3 == len(found)


def test_a_merge_keeps_the_name_of_the_story_that_grows():
    """Whoever is in it already is not written to."""
    shelf = shelf_of(
        make_item("a", story="ferry", heat=9),
        make_item("b", story="ferry"),
        make_item("c", story="boats"),
        make_item("d"),
    )
    plan = plan_act(Act.MERGE, shelf, "c", into="b")
    assert [("news/c.md", "ferry")] == [(one.path, one.value) for one in plan.wanted]
    plan = plan_act(Act.MERGE, shelf, "a", into="d")
    assert [("news/d.md", "ferry")] == [(one.path, one.value) for one in plan.wanted]


def test_new_names_are_nobodys():
    """A story that begins does not get a name that another one has."""
    shelf = shelf_of(
        make_item("a", title="Ferry"), make_item("b", title="Ferry"), make_item("c", story="ferry"),
        make_item("d", story="ferry"),
    )  # fmt: skip
    plan = plan_act(Act.MERGE, shelf, "a", into="b")
    assert {"ferry-2"} == {one.value for one in plan.wanted}
    assert ["ferry-2"] != [one.value for one in plan_act(Act.SPLIT, shelf, "c").wanted]


@pytest.mark.parametrize(("act", "into"), [(Act.MERGE, "a"), (Act.MERGE, "gone"), (Act.MERGE, ""), (Act.SPLIT, "")])
def test_what_makes_no_sense_is_said(act: Act, into: str):
    """A story is not merged with itself, and one report is not split."""
    with pytest.raises(CannotError):
        plan_act(act, shelf_of(make_item("a"), make_item("b")), "a", into=into)
