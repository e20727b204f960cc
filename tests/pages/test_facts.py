"""From equal facts come equal plans: whatever changed between two builds, and whoever made them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.model import ImageRef, NewsItem, Status
from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.own.pages import OwnPage
from pelican.plugins.news_digest.pages.own.tools import Findable, findables
from pelican.plugins.news_digest.pages.plans import Promise
from tests.builders import make_date, make_item, make_link, make_provider, make_provider_ref, make_topic
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from pelican.plugins.news_digest.pages.newsroom import Newsroom

NAMES = "abcdefgh"
PICTURES = [ImageRef(url=f"/{name}.jpg", width_px=60, height_px=50) for name in "ab"]
# One that others may know the name of, and one with a picture.
SOURCES = [
    make_provider_ref(),
    make_provider_ref("x.example", "X", PICTURES[1]),
    make_provider_ref("x.example", "x.example"),
    make_provider_ref("y.example", "y.example"),
    make_provider_ref("y.example", "Y"),
]
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "title": st.sampled_from(["Trams run again", "Harbour opens", "Trams run late"]),
    "excerpt": st.sampled_from(["", "More trams run."]),
    "date": st.sampled_from(["2026-05-01", "2026-05-01T09:00", "2026-04-30", "2025-05-01", "2026-04-01"]),
    "modified": st.sampled_from([None, make_date("2026-05-02")]),
    "topics": st.sampled_from([(), ("Trams",), ("Food",), ("Trams", "Food"), ("Food", "Music")]),
    "provider": st.sampled_from([None, *SOURCES]),
    "status": st.sampled_from([Status.PUBLISHED] * 5 + [*Status]),
    "url": st.sampled_from(["", *(f"https://{name}.example/story/" for name in "abc")]),
    "heat": st.sampled_from([-1, -1, 10, 500]),
    "quality": st.integers(0, 2),
    "lang": st.sampled_from(["", "de"]),
    "images": st.sampled_from([(), (PICTURES[0],)]),
    "body": st.sampled_from(["", "<p>A body.</p>"]),
    "related": st.dictionaries(
        st.sampled_from(["a", "b", "c", "elsewhere"]), st.sampled_from([None, *SOURCES]), max_size=3
    ).map(lambda found: tuple(make_link(target, provider=who) for target, who in found.items())),
}
CHOICES: dict[str, st.SearchStrategy[Any]] = {
    "page_size": st.sampled_from([1, 2, 3]),
    "coverage_limit": st.sampled_from([1, 60]),
    "related_limit": st.sampled_from([0, 5]),
    "feed_size": st.sampled_from([2, 50]),
    "feed_to_source": st.booleans(),
    "headline_to_source": st.booleans(),
    "index_items": st.booleans(),
    "cards": st.sampled_from(["none", "home", "lists", "all"]),
    "card_limit": st.sampled_from([1, 500]),
    "newsletter": st.sampled_from(["none", "both"]),
    "url": st.sampled_from(["", "https://tiny.example"]),
    "zone": st.sampled_from(["UTC", "Asia/Tokyo"]),
    "pages": st.sampled_from(["published", "all", "local-only"]),
    "local_files": st.sampled_from([(), ("a.jpg", "b.jpg")]),
    "topics": st.sampled_from([[], [make_topic("Trams", parent="Food")], [make_topic("Trams", description="Rails.")]]),
    "providers": st.sampled_from(
        [[], [make_provider("post.example", "Post")], [make_provider("x.example", "X Times")]]
    ),
    "bodies": st.sampled_from([{}, {"a": "<p>Another body.</p>"}]),
    # Items beside those that are drawn: bands are there from twenty on.
    "crowd": st.sampled_from([0, 0, 20]),
}


def one_of(values: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy for one of *values*, by its name."""
    return st.one_of([st.fixed_dictionaries({name: value}) for name, value in values.items()])


ARCHIVE = st.dictionaries(st.sampled_from(NAMES), st.fixed_dictionaries(VALUES), max_size=len(NAMES))
EDITS = st.lists(st.tuples(st.sampled_from(NAMES), one_of(VALUES)), max_size=2)
SITE = st.fixed_dictionaries(CHOICES)


def room_of(archive: dict[str, dict[str, Any]], site: dict[str, Any]) -> Newsroom:
    """Return the newsroom of *archive*."""
    items = [make_item(name, **values) for name, values in archive.items()]
    crowd = [make_item(f"z{n}", heat=n, date=f"2026-04-{n + 1:02}", provider=None) for n in range(site["crowd"])]
    return make_room([*items, *crowd], **{name: value for name, value in site.items() if name != "crowd"})


def promises_of(room: Newsroom) -> dict[str, Promise]:
    """Return what is promised, by file."""
    return {plan.save_as: plan for plan in plan_site(room) if isinstance(plan, Promise)}


@settings(max_examples=200, deadline=None)
@given(
    first=ARCHIVE,
    edits=EDITS,
    lost=st.sets(st.sampled_from(NAMES), max_size=1),
    site=SITE,
    change=st.just({}) | one_of(CHOICES),
)
def test_equal_facts_are_equal_plans(
    first: dict[str, Any],
    edits: list[tuple[str, dict[str, Any]]],
    lost: set[str],
    site: dict[str, Any],
    change: dict[str, Any],
):
    """Items come, change and go, and perhaps a setting changes: facts that stay promise the same."""
    second = {name: values for name, values in first.items() if name not in lost}
    for name, values in edits:
        second[name] = {**second.get(name, {}), **values}
    before = promises_of(room_of(first, site))
    after = promises_of(room_of(second, {**site, **change}))
    for save_as in before.keys() & after.keys():
        if before[save_as].facts() == after[save_as].facts():
            assert before[save_as].make() == after[save_as].make(), save_as


@settings(max_examples=100, deadline=None)
@given(first=ARCHIVE, edits=EDITS, site=SITE, change=st.just({}) | one_of(CHOICES))
def test_equal_facts_are_equal_records(
    first: dict[str, Any], edits: list[tuple[str, dict[str, Any]]], site: dict[str, Any], change: dict[str, Any]
):
    """The same of what can be found: while facts stay, a record is that of the last build, and in the same place."""
    second = {**first, **{name: {**first.get(name, {}), **values} for name, values in edits}}
    before = {each.address: each for each in findables(room_of(first, site), ())}
    for each in findables(room_of(second, {**site, **change}), ()):
        known = before.get(each.address)
        if known is not None and known.facts == each.facts:
            assert (known.since, known.make()) == (each.since, each.make()), each.address


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize(
    "change",
    [{"title": "New words"}, {"excerpt": "New words."}, {"topics": ("Food",)}, {"date": "2026-05-09"}, {"lang": "de"}],
)
def test_what_a_story_is_found_by_is_a_fact(change: dict[str, Any], number: int):
    """Of whichever report it is taken: where its record is another, so are its facts."""
    reports: list[dict[str, Any]] = [{"story": "bridge", "topics": ("Trams",), "date": f"2026-05-0{n}"} for n in (1, 2)]

    def found(reports: list[dict[str, Any]]) -> Findable:
        items = [make_item(f"report-{n}", **values) for n, values in enumerate(reports)]
        room = make_room(items, topics=[make_topic("Trams"), make_topic("Food")])
        [findable] = [each for each in findables(room, ()) if each.address.startswith("stories/")]
        return findable

    before = found(reports)
    reports[number].update(change)
    after = found(reports)
    assert (before.make() == after.make()) or before.facts != after.facts
    assert before.make() != after.make() or number == 0  # which does not lead


def test_what_an_own_page_is_found_by_is_a_fact():
    """Its title, its words and its address."""
    pages = [OwnPage(title=t, address=a, save_as=a, content=c) for t, a, c in ("xyz", "wyz", "xwz", "xyw")]
    assert 4 == len({next(iter(findables(make_room([]), [page]))).facts for page in pages})


@settings(deadline=None)
@given(archive=ARCHIVE, site=SITE)
def test_nothing_changed(archive: dict[str, Any], site: dict[str, Any]):
    """Then no facts did, either, in whatever order the files were read."""
    before = promises_of(room_of(archive, site))
    after = promises_of(room_of(dict(reversed(archive.items())), site))
    assert {name: plan.facts() for name, plan in before.items()} == {name: p.facts() for name, p in after.items()}


def trams(slug: str, day: int = 1, **values: Any) -> NewsItem:
    """Return an item about trams, of a day in May."""
    return make_item(slug, date=f"2026-05-{day:02}", **{"topics": ("Trams",), **values})


def with_cards(bees: str) -> Newsroom:
    """Return a newsroom with one item about ants, one about food, and those of *bees*; the fullest topic has a card."""
    items = [
        make_item(slug, topics=(topic,))
        for topic, slugs in (("Ants", "a"), ("Food", "f"), ("Bees", bees))
        for slug in slugs
    ]
    return make_room(items, cards="lists", card_limit=1, related_limit=0)


TRAMS = [make_topic("Rails"), *(make_topic(name, parent="Rails") for name in ("Trams", "Trains"))]


def with_oldest(topic: str) -> Newsroom:
    """Return a newsroom with three items about trams and an older one about *topic*, each on a page of its own."""
    items = [trams("a", topics=(topic,)), *(trams(slug, day) for day, slug in enumerate("bcd", 2))]
    return make_room(items, topics=TRAMS, page_size=1)


def on_days(*days: str) -> Newsroom:
    """Return a newsroom with an item on each of *days*, which are of 2026 where they name no year."""
    dates = [day if day.startswith("20") else f"2026-{day}" for day in days]
    return make_room([make_item(f"i{number:02}", date=date) for number, date in enumerate(dates)])


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        # Which topic's card stands for an item: the limit leaves the fullest one.
        ("news/a/index.html", with_cards("b"), with_cards("bc")),
        # What is like it.
        (
            "news/a/index.html",
            make_room([trams("a", title="Lines reopen"), make_item("b", title="Lines reopen today")]),
            make_room([trams("a", title="Lines reopen"), make_item("b", title="Lines reopen at last")]),
        ),
        # What a source is.
        (
            "providers/post.example/index.html",
            make_room([trams("a")], providers=[make_provider("post.example", "Post")], cards="none"),
            make_room(
                [trams("a")], providers=[make_provider("post.example", "Post", description="News.")], cards="none"
            ),
        ),
        # What a source writes of, also in older items.
        ("providers/post.example/index.html", with_oldest("Trams"), with_oldest("Trains")),
        # How many there are.
        (
            "latest/index.html",
            make_room([trams(s, day) for day, s in enumerate("abcd", 1)], page_size=2),
            make_room([trams(s, day) for day, s in enumerate("abcde", 1)], page_size=2),
        ),
        # From when on there are items, also on pages that do not hold the oldest.
        (
            "latest/index.html",
            make_room([trams(slug, day) for day, slug in enumerate("abcd", 3)], page_size=1),
            make_room([*(trams(slug, day) for day, slug in enumerate("bcd", 4)), trams("a", 1)], page_size=1),
        ),
        # What is hottest, wherever else it stands.
        (
            "topics/trams/index.html",
            make_room([trams(s, day, heat=9 - day) for day, s in enumerate("abcdef", 1)], page_size=1),
            make_room(
                [trams(s, day, heat=9 - day, excerpt="More." * (s == "a")) for day, s in enumerate("abcdef", 1)],
                page_size=1,
            ),
        ),
        # How many a topic below has.
        ("topics/rails/index.html", with_oldest("Trams"), with_oldest("Trains")),
        # What a topic is.
        (
            "topics/trams/index.html",
            make_room([trams("a")]),
            make_room([trams("a")], topics=[make_topic("Trams", description="On rails.")]),
        ),
        # Whether a report is gone, or was never here.
        (
            "news/a/index.html",
            make_room([trams("a", related=(make_link("b"),))]),
            make_room([trams("a", related=(make_link("b"),)), trams("b", status=Status.REMOVED)]),
        ),
        # Who leads a story, though the reports of it are the same.
        (
            "news/a/index.html",
            make_room([trams("a", heat=-1, related=(make_link("b"), make_link("c"))), trams("b", heat=5), trams("c")]),
            make_room([trams("a", heat=-1, related=(make_link("b"), make_link("c"))), trams("b"), trams("c", heat=5)]),
        ),
        # Whether there is more.
        ("api/news/index.json", on_days(*["05-02"] * 25), on_days(*["05-02"] * 25, "05-01")),
        # Which days are beside a day.
        ("api/days/2026-05-02.json", on_days("05-02"), on_days("05-02", "05-01")),
        ("api/days/2026-05-02.json", on_days("05-02"), on_days("05-02", "05-03")),
        # Which months and years are beside one, and how many items a week has in the month beside it.
        ("2026/05/index.html", on_days("05-02"), on_days("05-02", "06-02")),
        ("2026/05/index.html", on_days("05-02", "03-02"), on_days("05-02", "03-02", "04-02")),
        ("2026/05/index.html", on_days("05-01", "04-15"), on_days("05-01", "04-30")),
        ("2026/index.html", on_days("05-02"), on_days("05-02", "2025-05-02")),
        # How busy the busiest day is, and the busiest month, wherever they are.
        (
            "2026/05/index.html",
            on_days("05-02", "05-02", "04-02", *(f"02-{day:02}" for day in range(1, 6))),
            on_days("05-02", "05-02", "04-02", *["02-02"] * 5),
        ),
        (
            "2026/index.html",
            on_days("05-02", "05-02", "2025-05-02", *(f"2024-05-{day:02}" for day in range(1, 6))),
            on_days("05-02", "05-02", "2025-05-02", *["2024-05-02"] * 5),
        ),
        (
            "2026/index.html",
            on_days("05-02", "05-02", "2025-05-02", *(f"2024-{month:02}-02" for month in range(1, 6))),
            on_days("05-02", "05-02", "2025-05-02", *(f"2024-05-{day:02}" for day in range(1, 6))),
        ),
    ],
)
def test_what_a_page_shows_of_others_is_a_fact(file: str, before: Newsroom, after: Newsroom):
    """Each of these was found by leaving it out."""
    assert promises_of(before)[file].make() != promises_of(after)[file].make()
    assert promises_of(before)[file].facts() != promises_of(after)[file].facts()


def test_edit_is_a_matter_of_few_pages():
    """Of the hundred items that are not on one day, one list page or in one feed with it, nobody hears of it."""
    items = [make_item(f"i{n:03}", heat=5, date=f"2026-0{n % 5 + 1}-{n // 5 + 1:02}") for n in range(100)]
    edited = [msgspec.structs.replace(i, excerpt="Mended.") if i.slug == "i000" else i for i in items]
    before, after = promises_of(make_room(items, page_size=10)), promises_of(make_room(edited, page_size=10))
    changed = {name for name, plan in before.items() if plan.facts() != after[name].facts()}
    assert {"news/i000/index.html", "2026/01/01/index.html", "2026/w01/index.html"} <= changed
    assert len(changed) < len(before) / 10


def test_new_source_is_a_matter_of_the_pages_that_show_it():
    """A report from a source that had none is news to those that name it, and to no other page of an item or a day."""
    items = [make_item(f"i{n:02}", heat=5, date=f"2026-04-{n + 1:02}") for n in range(20)]
    items[0] = make_item(
        "i00", heat=5, date="2026-04-01", related=(make_link(provider=make_provider_ref("new.example")),)
    )
    new = make_item("new", date="2026-05-01", heat=5, provider=make_provider_ref("new.example", "New"))
    before, after = promises_of(make_room(items, page_size=5)), promises_of(make_room([*items, new], page_size=5))
    changed = {name for name, plan in before.items() if plan.facts() != after[name].facts()}
    pages = {f"news/{item.slug}/index.html": item for item in items}
    # The newest has a newer one now, whatever its source.
    assert {"news/i00/index.html", "news/i19/index.html"} == changed & pages.keys()
    days = {f"2026/04/{n + 1:02}/index.html" for n in range(20)}
    assert {"2026/04/01/index.html", "2026/04/20/index.html"} == changed & days


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"status": Status.UNPUBLISHED},
        {"source_path": "news/elsewhere/a.md"},
        {"heat": 9},
        {"extra": {"mine": {1, 2}}},
    ],
)
def test_item_that_nobody_knows_again_is_known_by_its_values(change: dict[str, Any]):
    """An article that Pelican read has no print; whatever of it changes is another fact."""
    item = make_item("a")
    facts = [make_room([i], pages="all").facts.item(i) for i in (item, msgspec.structs.replace(item, **change))]
    assert facts[0] != facts[1]


def test_item_is_known_again_by_its_print():
    """Where its file is known, none of its values is looked at."""

    def facts(item: NewsItem, prints: dict[str, bytes]) -> bytes:
        return make_room([item], prints=prints).facts.item(item)

    item, other = make_item("a"), make_item("a", extra={"mine": 1})
    assert facts(item, {"a": b"1"}) == facts(other, {"a": b"1"})
    assert facts(item, {"a": b"1"}) != facts(item, {"a": b"2"})


def test_what_a_build_makes_of_an_item_is_no_matter_of_its_file():
    """A preview shows drafts as published, and a setting makes drafts of what is to come."""
    item = make_item("a")
    draft = msgspec.structs.replace(item, status=Status.UNPUBLISHED)
    first, second = (make_room([i], prints={"a": b"1"}, pages="all").facts.item(i) for i in (item, draft))
    assert first != second


def test_news_leave_older_pages_of_lists_alone():
    """What is counted over a whole list stands on its newest page, or a day's news would make all of them anew."""
    items = [trams(slug, day, heat=9 - day) for day, slug in enumerate("abcdefg", 1)]
    before, after = (promises_of(make_room(items[:count], page_size=2, topics=TRAMS)) for count in (6, 7))
    for folder in ("latest", "topics/trams", "topics/rails", "providers/post.example"):
        assert before[f"{folder}/index.html"].facts() != after[f"{folder}/index.html"].facts()
        older = f"{folder}/page/1/index.html"
        assert before[older].facts() == after[older].facts(), older
