"""Lists that span pages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.pages.lists.listings import Leaf, paginate, plan_latest
from pelican.plugins.news_digest.pages.plans import made
from tests.builders import make_item
from tests.pages.rooms import make_room

ITEMS = [
    make_item(f"i-{number:03}", date=f"2026-{12 - number // 28:02}-{28 - number % 28:02}") for number in range(100)
]
SIZES = st.integers(1, 12)


def slugs(leaf: Leaf) -> list[str]:
    """Return who stands on a page."""
    return [item.slug for item in leaf.items]


@given(count=st.integers(0, 100), size=SIZES)
def test_every_item_stands_on_exactly_one_page_in_order(count: int, size: int):
    """All pages together are the list, no more and no less."""
    leaves = paginate(ITEMS[:count], base="latest/", size=size)
    assert [item.slug for item in ITEMS[:count]] == [slug for leaf in leaves for slug in slugs(leaf)]


@given(count=st.integers(0, 100), size=SIZES)
def test_numbered_pages_are_full_and_the_front_page_holds_the_rest(count: int, size: int):
    """A numbered page holds exactly a page's worth; the front page up to twice that, less one."""
    front, *numbered = paginate(ITEMS[:count], base="latest/", size=size)
    assert {size} >= {len(leaf.items) for leaf in numbered}
    assert len(front.items) < 2 * size
    assert len(front.items) >= min(count, size)


@given(count=st.integers(0, 100), size=SIZES)
def test_pages_are_numbered_from_the_oldest(count: int, size: int):
    """Page 1 holds the oldest items; the front page has no number."""
    front, *numbered = paginate(ITEMS[:count], base="latest/", size=size)
    assert ("latest/", 0, True) == (front.address, front.pagination.number, front.is_newest)
    assert list(range(len(numbered), 0, -1)) == [leaf.pagination.number for leaf in numbered]
    assert [f"latest/page/{leaf.pagination.number}/" for leaf in numbered] == [leaf.address for leaf in numbered]
    if numbered:
        assert slugs(numbered[-1]) == [item.slug for item in ITEMS[:count][-size:]]


@given(count=st.integers(1, 100), size=SIZES)
def test_item_on_top_changes_no_numbered_page(count: int, size: int):
    """When news come in, what stood on a numbered page stays there, at its address."""
    before = {leaf.address: slugs(leaf) for leaf in paginate(ITEMS[1:count], base="latest/", size=size)[1:]}
    after = {leaf.address: slugs(leaf) for leaf in paginate(ITEMS[:count], base="latest/", size=size)[1:]}
    assert before.items() <= after.items()
    assert len(after) - len(before) in {0, 1}


@given(count=st.integers(0, 100), size=SIZES)
def test_pages_are_chained(count: int, size: int):
    """Each page leads to the next older one, and back; the ends lead nowhere."""
    leaves = paginate(ITEMS[:count], base="latest/", size=size)
    for newer, older in pairwise(leaves):
        assert (older.address, newer.address) == (newer.pagination.older, older.pagination.newer)
    assert ("", "") == (leaves[0].pagination.newer, leaves[-1].pagination.older)


def test_empty_list_has_one_page():
    """A list without items is a page that says so."""
    (leaf,) = paginate([], base="latest/", size=30)
    assert (0, ()) == (leaf.pagination.number, leaf.items)


@pytest.mark.parametrize(("count", "pages"), [(30, 1), (59, 1), (60, 2), (89, 2), (90, 3)])
def test_second_page_opens_when_it_is_full(count: int, pages: int):
    """A page of its own is opened for a full page of old items only."""
    assert pages == len(paginate(ITEMS[:count], base="latest/", size=30))


def test_latest_is_strictly_newest_first_by_day():
    """The river runs from now to then, whatever the heat, each day under its heading."""
    items = [
        make_item("hot", date="2026-05-01T08:00", heat=9999),
        make_item("new", date="2026-05-02T08:00"),
        make_item("newer", date="2026-05-02T09:00"),
    ]
    (plan,) = map(made, plan_latest(make_room(items)))
    groups = plan.view.groups
    assert ["2026-05-02", "2026-05-01"] == [group.iso for group in groups]
    assert [["newer", "new"], ["hot"]] == [[story.slug for story in group.stories] for group in groups]
    assert [2, 1] == [group.count for group in groups]


def test_latest_says_what_it_is_how_many_and_since_when():
    """The head of a list names the list, its size, its beginning and its feed."""
    view = next(map(made, plan_latest(make_room(ITEMS[:65])))).view
    assert ("Latest", 65) == (view.heading, view.count)
    assert view.since is not None
    assert ITEMS[64].date.strftime("%Y-%m-%dT%H:%M:%SZ") == view.since.iso
    assert ["feeds/all.atom.xml"] == [feed.href for feed in view.feeds]


def test_older_page_of_latest_says_what_it_holds():
    """Its own items and days; how many there are in all would change it with each item that comes."""
    items = [make_item(f"i{day}", date=f"2026-05-{day:02}") for day in range(9, 0, -1)]
    newest, middle, oldest = (plan.view for plan in map(made, plan_latest(make_room(items, page_size=3))))
    assert (9, "") == (newest.count, newest.span)
    assert (3, None, "4–6 May 2026") == (middle.count, middle.since, middle.span.replace("\u2009", ""))
    assert (3, None, "1–3 May 2026") == (oldest.count, oldest.since, oldest.span.replace("\u2009", ""))


def test_pages_of_latest_have_titles_and_files_of_their_own():
    """No two pages share a title or a file."""
    plans = list(map(made, plan_latest(make_room(ITEMS, page_size=10))))
    assert len(plans) == len({plan.save_as for plan in plans}) == len({plan.view.head.title for plan in plans})
    assert {"latest/index.html", "latest/page/1/index.html"} <= {plan.save_as for plan in plans}


def test_day_of_a_list_is_that_of_the_sites_zone():
    """The heading over an item is the reader's day."""
    item = make_item("2021-08-29-x", date="2021-08-28T17:00")
    for zone, day in (("UTC", "2021-08-28"), ("Asia/Tokyo", "2021-08-29")):
        (plan,) = map(made, plan_latest(make_room([item], zone=zone)))
        assert [day] == [group.iso for group in plan.view.groups]
