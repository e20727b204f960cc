"""The catalogue of a whole build."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.catalogue.build import Catalogue, PagesFor, build_catalogue
from pelican.plugins.news_digest.catalogue.clusters import ClusterMemory
from pelican.plugins.news_digest.errors import DuplicateSlugError
from pelican.plugins.news_digest.model import ImageRef, NewsItem, Status
from pelican.plugins.news_digest.pages.related import RelatedFinder, RelatedIndex, computed_related
from pelican.plugins.news_digest.text.address import link_key
from tests.builders import make_date, make_item, make_link, make_provider, make_provider_ref, make_topic


def slugs(items: tuple[NewsItem, ...]) -> list[str]:
    """Return who the items are."""
    return [item.slug for item in items]


def related(catalogue: Catalogue, *, limit: int, finder: RelatedFinder | None = None) -> RelatedIndex:
    """Return the computed links of a whole catalogue."""
    return computed_related(catalogue, limit=limit, finder=finder or RelatedFinder())


EVERY_STATUS = [
    make_item("published", date="2026-05-04"),
    make_item("unpublished", date="2026-05-03", status=Status.UNPUBLISHED),
    make_item("removed", date="2026-05-02", status=Status.REMOVED),
    make_item("draft", date="2026-05-01", status=Status.DRAFT),
    make_item("local", date="2026-04-30", url=""),
]


@pytest.mark.parametrize(
    ("pages_for", "listed", "paged"),
    [
        (PagesFor.PUBLISHED, ["published", "local"], {"published", "local"}),
        (PagesFor.ALL, ["published", "unpublished", "local"], {"published", "unpublished", "local"}),
        (PagesFor.LOCAL_ONLY, ["published", "local"], {"local"}),
    ],
)
def test_status_and_setting_decide_who_is_listed_and_who_has_a_page(
    pages_for: PagesFor, listed: list[str], paged: set[str]
):
    """Removed items and drafts are never listed; of the others the setting decides."""
    catalogue = build_catalogue(EVERY_STATUS, pages_for=pages_for)
    assert (listed, paged) == (slugs(catalogue.listed), set(catalogue.paged))


@pytest.mark.parametrize("pages_for", list(PagesFor))
def test_removed_item_is_nowhere_but_in_its_own_list(pages_for: PagesFor):
    """No list, no topic, no provider, no cluster, no day, no related link knows what was taken down."""
    removed = make_item(
        "gone",
        status=Status.REMOVED,
        topics=("Only Here",),
        provider=make_provider_ref("gone.example"),
        title="otters bridge x",
    )
    items = [make_item("a", related=(make_link("gone"),)), make_item("b", title="otters bridge y"), removed]
    catalogue = build_catalogue(items, pages_for=pages_for)
    assert ["gone"] == slugs(catalogue.removed)
    rest = repr([getattr(catalogue, name) for name in catalogue.__struct_fields__ if name != "removed"])
    for trace in ("gone", "Only Here", "otters bridge x"):
        # `related` of an item is its file's own list and leads nowhere by itself.
        assert trace not in rest.replace(repr(items[0].related), "")


def test_duplicates_by_link_stand_once_in_lists_and_keep_both_pages():
    """Two files with one address have two pages and one place in every list."""
    twins = [
        make_item("cold", heat=1, url="https://x.example/1", topics=("T",)),
        make_item("hot", heat=2, url="https://x.example/1/", topics=("T",)),
    ]
    catalogue = build_catalogue(twins)
    assert {"cold", "hot"} == catalogue.paged
    assert ["cold", "hot"] == sorted(slugs(catalogue.published))
    assert ["hot"] == slugs(catalogue.listed)
    assert ["hot"] == slugs(catalogue.by_topic["t"])
    assert ["hot"] == slugs(catalogue.by_provider["post.example"])
    assert [["hot"]] == [slugs(found) for found in catalogue.days.values()]


def test_now_is_the_newest_listed_item():
    """The clock of a build is its content, so that it repeats byte for byte."""
    items = [make_item("a", date="2021-08-29T10:00"), make_item("b", date="2026-01-01", status=Status.UNPUBLISHED)]
    assert make_date("2021-08-29T10:00") == build_catalogue(items).now


def test_now_can_be_set():
    """A site may say what time it is."""
    assert make_date("2030-01-01") == build_catalogue([make_item()], now=make_date("2030-01-01")).now


def test_empty_archive_has_a_catalogue():
    """Nothing is a valid archive."""
    catalogue = build_catalogue([])
    assert ((), {}, datetime(1970, 1, 1, tzinfo=UTC)) == (catalogue.listed, catalogue.days, catalogue.now)


def test_topic_holds_the_items_of_its_children():
    """A parent's list holds what is below it, each item once, newest first."""
    items = [
        make_item("child", topics=("Trams",)),
        make_item("both", topics=("Trams", "Transport"), date="2026-05-02"),
        make_item("parent", topics=("transport",), date="2026-04-01"),
        make_item("other", topics=("Food",)),
    ]
    records = [make_topic("Transport"), make_topic("Trams", parent="Transport")]
    catalogue = build_catalogue(items, topics=records)
    assert ["both", "child", "parent"] == slugs(catalogue.by_topic["transport"])
    assert ["both", "child"] == slugs(catalogue.by_topic["trams"])


def test_topics_of_unpublished_items_make_no_pages():
    """A subject that only members of clusters carry does not become a topic."""
    assert {} == build_catalogue([make_item(topics=("Hidden",), status=Status.UNPUBLISHED)]).taxonomy.topics


def test_providers_are_keyed_by_domain_through_other_names():
    """A record's other names bring items of another domain to its page."""
    items = [make_item("a", provider=make_provider_ref("two.example", "Second"))]
    catalogue = build_catalogue(items, providers=[make_provider("one.example", "First", other_names=("SECOND",))])
    assert {"a": "one.example"} == catalogue.provider_of
    assert ["one.example"] == list(catalogue.by_provider) == list(catalogue.providers)


def test_every_provider_of_a_published_item_is_known():
    """Nobody who published something here lacks an entry."""
    items = [make_item(slug, provider=make_provider_ref(f"{slug}.example")) for slug in "abc"]
    assert ["a.example", "b.example", "c.example"] == list(build_catalogue(items).by_provider)


def test_unpublished_items_are_members_of_clusters():
    """What has no page of its own is still part of the story."""
    items = [make_item("a", related=(make_link("b"),)), make_item("b", status=Status.UNPUBLISHED)]
    (member,) = build_catalogue(items).clusters["a"].members
    assert ("b", False) == (member.slug, member.has_page)
    (member,) = build_catalogue(items, pages_for=PagesFor.ALL).clusters["a"].members
    assert ("b", True) == (member.slug, member.has_page)


def test_related_links_are_computed_only_where_a_file_names_none():
    """An item with a cluster needs no computed links."""
    words = "otters bridge storm"
    items = [
        make_item("a", title=f"{words} one", related=(make_link("x"),)),
        make_item("b", title=f"{words} two"),
        *(make_item(f"f{n}", title=f"filler{n}") for n in range(5)),
    ]
    catalogue = build_catalogue(items)
    assert "a" not in related(catalogue, limit=5)
    assert ["a"] == slugs(related(catalogue, limit=5)["b"])


def test_related_limit_zero_switches_computed_links_off():
    """No item is linked when the site wants none."""
    items = [make_item(slug, title=f"otters bridge storm {slug * 3}") for slug in "abc"]
    assert {()} == set(related(build_catalogue(items), limit=0).values())


def test_days_follow_the_time_zone():
    """The zone decides on which day an item stands."""
    items = [make_item("2021-08-29-x", date="2021-08-28T17:00")]
    assert [date(2021, 8, 28)] == list(build_catalogue(items, tz=UTC).days)
    assert [date(2021, 8, 29)] == list(build_catalogue(items, tz=ZoneInfo("Asia/Tokyo")).days)


@pytest.mark.parametrize("urls", [("https://x.example/1", "https://x.example/2"), ("", "")], ids=["linked", "local"])
def test_two_items_with_one_slug_are_refused(urls: tuple[str, str]):
    """A slug names one item; two of them never become one catalogue in silence."""
    with pytest.raises(DuplicateSlugError):
        build_catalogue([make_item("a", url=url) for url in urls])


RELATED = st.lists(st.sampled_from("abcdefx"), max_size=4).map(lambda found: tuple(make_link(slug) for slug in found))
PROVIDER = st.builds(
    make_provider_ref,
    st.sampled_from(["one.example", "two.example"]),
    st.sampled_from(["One", "one", "Two"]),
    st.sampled_from([None, ImageRef(url="/a.jpg", width_px=50), ImageRef(url="/a.jpg", width_px=40)]),
)


@st.composite
def archives(draw: st.DrawFn) -> list[NewsItem]:
    """Draw a small archive in which everything that can tie does tie."""
    return [
        make_item(
            slug,
            date=draw(st.sampled_from(["2026-05-01", "2026-05-02", "2025-01-01"])),
            title=draw(st.sampled_from(["otters take bridge", "storm and trams", "otters and trams again"])),
            url=draw(st.sampled_from([f"https://{slug}.example/story/", "https://x.example/story/", ""])),
            status=draw(st.sampled_from(list(Status))),
            heat=draw(st.integers(-1, 2)),
            quality=draw(st.integers(0, 1)),
            topics=draw(st.sampled_from([(), ("AI",), ("ai", "Trams"), ("Ai",), ("Transport",)])),
            provider=draw(st.none() | PROVIDER),
            related=draw(RELATED),
        )
        for slug in "abcdef"[: draw(st.integers(0, 6))]
    ]


@settings(max_examples=150, deadline=None)
@given(items=archives(), pages_for=st.sampled_from(list(PagesFor)), data=st.data())
def test_order_of_items_does_not_matter(items: list[NewsItem], pages_for: PagesFor, data: st.DataObject):
    """However files were read, the catalogue is the same, down to the order of everything in it."""
    records = [make_topic("Transport"), make_topic("Trams", parent="Transport")]
    providers = [make_provider("one.example", other_names=("Two",))]
    shuffled = data.draw(st.permutations(items))
    expected = build_catalogue(items, topics=records, providers=providers, pages_for=pages_for)
    found = build_catalogue(shuffled, topics=records, providers=providers, pages_for=pages_for)
    assert expected == found
    for name in ("by_topic", "providers", "by_provider", "days"):
        assert list(getattr(expected, name)) == list(getattr(found, name))
    assert list(expected.taxonomy.topics) == list(found.taxonomy.topics)
    assert related(expected, limit=5) == related(found, limit=5)


@settings(max_examples=150, deadline=None)
@given(versions=st.lists(archives(), min_size=2, max_size=4), pages_for=st.sampled_from(list(PagesFor)), data=st.data())
def test_memory_changes_nothing(versions: list[list[NewsItem]], pages_for: PagesFor, data: st.DataObject):
    """Whatever was built before in this process, and whichever items are still the same objects."""
    memory, finder = ClusterMemory(), RelatedFinder()
    before: list[NewsItem] = []
    for drawn in versions:
        kept = {item.slug: item for item in before if data.draw(st.booleans())}
        items = [kept.get(item.slug, item) for item in drawn]
        found = build_catalogue(items, pages_for=pages_for, memory=memory)
        expected = build_catalogue(items, pages_for=pages_for)
        assert expected == found
        assert related(expected, limit=2) == related(found, limit=2, finder=finder)
        before = items


@pytest.mark.parametrize("places", [("#/2026-05", "#/2026-06"), ("#!may", "#!june"), ("?ref=5", "?ref=6")])
def test_two_stories_of_one_page_are_two(places: tuple[str, str]):
    """Both are listed; when one of them is removed, reports of the other stay where they are."""
    may, june = (f"https://harbour.example/rota/{place}" for place in places)
    both = [make_item("may", url=may), make_item("june", url=june)]
    assert {"may", "june"} == {item.slug for item in build_catalogue(both).listed}
    related = (make_link("june", url=june, key=link_key(june)), make_link("may", url=may, key=link_key(may)))
    catalogue = build_catalogue([make_item("may", url=may, status=Status.REMOVED), make_item("b", related=related)])
    assert [june] == [member.url for member in catalogue.clusters["b"].members]
