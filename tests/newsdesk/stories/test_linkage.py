"""Groups grow by how alike their reports are on average, and what has a story keeps it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.newsdesk.stories.linkage import Edge, Limits, groups_of

LIMITS = Limits(threshold=50, seconds=100, candidates=20)


def groups(count: int, *edges: tuple[int, int, int], given: dict[int, str] | None = None) -> list[list[int]]:
    """Return the groups of *count* reports of one moment."""
    stories = [(given or {}).get(place, "") for place in range(count)]
    return groups_of([0] * count, [Edge(*edge) for edge in edges], given=stories, limits=LIMITS)


def test_alike_reports_are_one_group():
    """What is more alike than the threshold is joined, what is less is not."""
    assert [[0, 1]] == groups(3, (0, 1, 51), (1, 2, 50))


def test_a_chain_is_no_group():
    """Two ends that are not alike keep a third one's friends apart: likest first."""
    assert [[0, 1]] == groups(3, (0, 1, 90), (1, 2, 80))


def test_a_report_joins_those_it_is_like_on_average():
    """Three that are alike each to each are one group."""
    assert [[0, 1, 2]] == groups(3, (0, 1, 90), (1, 2, 60), (0, 2, 60))


def test_a_story_keeps_its_reports_and_grows():
    """Reports of one story are one group, alike or not, and more may join."""
    assert [[0, 1], [2, 3]] == groups(4, (2, 3, 90), given={0: "a", 1: "a"})
    assert [[0, 1, 2]] == groups(3, (0, 2, 90), (1, 2, 90), given={0: "a", 1: "a"})


def test_two_stories_are_never_joined():
    """Not even by a report that is like both: it joins the one that it is likest to."""
    assert [[1, 2]] == groups(3, (0, 1, 99), (1, 2, 91), (0, 2, 80), given={0: "a", 1: "b"})


def test_old_reports_of_a_story_do_not_keep_new_ones_out():
    """Only pairs that are near in time are asked: a story may last for weeks."""
    seconds = [0, 10, 150, 160]
    edges = [Edge(0, 1, 90), Edge(2, 3, 90)]
    given = ["a", "a", "a", ""]
    assert [[0, 1, 2, 3]] == groups_of(seconds, edges, given=given, limits=LIMITS)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_order_of_edges_makes_no_difference_and_stories_last(data: st.DataObject):
    """The same pairs give the same groups, whatever their order; grouped again, nothing moves."""
    count = data.draw(st.integers(2, 12))
    pairs = [(one, other) for one in range(count) for other in range(one + 1, count)]
    edges = [Edge(one, other, data.draw(st.integers(0, 100))) for one, other in pairs]
    given = [data.draw(st.sampled_from(["", "", "", "a", "b"])) for _ in range(count)]
    found = groups_of([0] * count, edges, given=given, limits=LIMITS)
    assert found == groups_of([0] * count, data.draw(st.permutations(edges)), given=given, limits=LIMITS)
    for story in ("a", "b"):
        members = [place for place, name in enumerate(given) if name == story]
        assert not members or sum(members[0] in group for group in found) <= 1
        assert all(set(members) <= set(group) for group in found if members and members[0] in group)
    named = list(given)
    for number, group in enumerate(found):
        name = next((given[place] for place in group if given[place]), f"new-{number}")
        for place in group:
            named[place] = name
    again = groups_of([0] * count, edges, given=named, limits=LIMITS)
    assert found == again
