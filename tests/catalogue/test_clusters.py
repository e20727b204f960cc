"""Clusters: reports of one story, joined by link."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.catalogue.clusters import (
    ClusterJoin,
    Clusters,
    drop_repeats,
    removed_keys,
    without_shown,
)
from pelican.plugins.news_digest.catalogue.web import web_of
from pelican.plugins.news_digest.model import Cluster, NewsItem, Status
from pelican.plugins.news_digest.text.address import link_key
from tests.builders import make_item, make_link


def link_to(url: str, **values: Any) -> Any:
    """Return a related entry that leads to *url*."""
    return make_link(url=url, key=link_key(url), **values)


def cluster_of(item: NewsItem, *others: NewsItem) -> Cluster:
    """Return the story of *item* in an archive of it and *others*."""
    archive = [item, *others]
    present = [other for other in archive if other.status is not Status.REMOVED]
    paged = {other.slug for other in present if other.status is Status.PUBLISHED}
    return ClusterJoin(present, removed=removed_keys(archive), paged=paged, web=web_of(archive)).cluster(item)


def clusters_of(*archive: NewsItem) -> Clusters:
    """Return the stories of *archive*."""
    present = [item for item in archive if item.status is not Status.REMOVED]
    paged = {item.slug for item in present if item.heat > 0}
    join = partial(ClusterJoin, removed=removed_keys(archive), paged=paged, web=web_of(archive))
    return Clusters(present, partial(join, present))


URLS = [f"https://{name}.example/" for name in "abcdef"]
LINKS = st.lists(st.sampled_from(URLS), max_size=3).map(lambda urls: tuple(map(link_to, urls)))
# Few addresses, so that items share them, link to each other and to nobody, and are removed.
ITEMS = st.builds(
    dict,
    url=st.sampled_from(URLS[:4]),
    heat=st.sampled_from([-1, 0, 9]),
    quality=st.integers(0, 2),
    related=LINKS,
    status=st.sampled_from([Status.PUBLISHED, Status.PUBLISHED, Status.REMOVED]),
)
ARCHIVES = st.lists(ITEMS, min_size=1, max_size=5).map(
    lambda found: [make_item(f"i{number}", **values) for number, values in enumerate(found)]
)


def slugs(cluster: Cluster) -> list[str]:
    """Return who the members are."""
    return [member.slug for member in cluster.members]


@pytest.mark.parametrize(
    "written",
    [
        "https://b.example/story/",
        "https://b.example/story",
        "http://b.example/story/",
        "https://www.b.example/story/",
        "https://b.example/story/?utm_source=x&utm_medium=y",
        "https://b.example/story/#top",
    ],
)
def test_items_are_joined_by_link_however_it_is_written(written: str):
    """Scheme, www, a trailing slash, a fragment and tracking parameters do not make another story."""
    assert ["b"] == slugs(cluster_of(make_item("a", related=(link_to(written),)), make_item("b")))


def test_query_that_is_no_tracking_makes_another_address():
    """Two pages that differ in a real parameter are two reports."""
    item = make_item("a", related=(link_to("https://b.example/story/?id=2"),))
    assert [""] == slugs(cluster_of(item, make_item("b", url="https://b.example/story/?id=1")))


def test_items_are_joined_by_amp_address():
    """A link to the fast copy of a page means the page."""
    item = make_item("a", related=(link_to("https://b.example/story/amp/"),))
    other = make_item("b", alternate_urls=("https://b.example/story/amp/",))
    (member,) = cluster_of(item, other).members
    assert ("b", "https://b.example/story/") == (member.slug, member.url)


def test_link_to_itself_is_dropped():
    """An item is no report beside itself."""
    assert [] == slugs(cluster_of(make_item("a", related=(make_link("a"),))))


def test_link_to_itself_by_amp_address_is_dropped():
    """An item is no report beside its own fast copy."""
    item = make_item("a", alternate_urls=("https://a.example/amp/",), related=(link_to("https://a.example/amp/"),))
    assert [] == slugs(cluster_of(item))


def test_twin_with_the_same_address_is_no_member():
    """Where two files hold one address, neither is another report of the story for the other."""
    item = make_item("a", heat=1, related=(link_to("https://a.example/amp/"),))
    twin = make_item("twin", heat=9, url=item.url, alternate_urls=("https://a.example/amp/",))
    assert [] == slugs(cluster_of(item, twin))


def test_repeats_are_dropped():
    """A report that is listed twice, once with tracking, counts once."""
    related = (make_link("b"), link_to("http://www.b.example/story?utm_source=x"), make_link("b"))
    assert ["b"] == slugs(cluster_of(make_item("a", related=related), make_item("b")))


def test_repeats_outside_the_archive_are_dropped():
    """The same holds for reports that the archive does not have."""
    related = (make_link("x"), link_to("http://www.x.example/story?utm_source=x"))
    assert 1 == len(cluster_of(make_item("a", related=related)).members)


def test_page_and_amp_copy_of_one_report_count_once():
    """A list that names both forms of one page names one report."""
    other = make_item("b", alternate_urls=("https://b.example/amp/",))
    item = make_item("a", related=(link_to("https://b.example/amp/"), make_link("b")))
    assert ["b"] == slugs(cluster_of(item, other))


def test_target_speaks_for_itself():
    """Where the archive has the report, its own title, date and quality are used, not what the link says of it."""
    other = make_item("b", title="As it is called now", date="2026-04-03", quality=77)
    related = (make_link("b", title="As it was called", date="2020-01-01", quality=1),)
    (member,) = cluster_of(make_item("a", related=related), other).members
    assert ("As it is called now", other.date, 77) == (member.title, member.date, member.quality)


def test_report_outside_the_archive_is_as_the_link_says():
    """A report that the archive does not have is shown all the same, and leads out."""
    (member,) = cluster_of(make_item("a", related=(make_link("x", title="Elsewhere"),))).members
    assert ("", "Elsewhere", "https://x.example/story/", False) == (
        member.slug,
        member.title,
        member.url,
        member.has_page,
    )


def test_removed_item_is_nobodys_member():
    """What was taken down is not linked to, neither as an item nor as an address."""
    related = (make_link("b"), link_to("https://b.example/amp/"))
    removed = make_item("b", status=Status.REMOVED, alternate_urls=("https://b.example/amp/",))
    assert () == cluster_of(make_item("a", related=related), removed).members


def test_unpublished_item_is_a_member_without_a_page():
    """A report below the threshold is part of the story and leads out."""
    other = make_item("b", status=Status.UNPUBLISHED)
    (member,) = cluster_of(make_item("a", related=(make_link("b"),)), other).members
    assert ("b", False, other.url) == (member.slug, member.has_page, member.url)


def test_published_member_has_a_page():
    """A report that has a page here says so."""
    (member,) = cluster_of(make_item("a", related=(make_link("b"),)), make_item("b")).members
    assert (True, "news/b/") == (member.has_page, member.address)


def test_members_stand_best_quality_first_then_newest():
    """The best report comes first; of equals the newer."""
    related = tuple(make_link(slug) for slug in "bcd")
    others = (
        make_item("b", quality=50, date="2026-04-01"),
        make_item("c", quality=90, date="2026-03-01"),
        make_item("d", quality=50, date="2026-04-02"),
    )
    assert ["c", "d", "b"] == slugs(cluster_of(make_item("a", related=related), *others))


def test_item_with_heat_leads_its_cluster():
    """Who carries the story's heat is its leader."""
    item = make_item("a", heat=100, quality=80, related=(make_link("b"),))
    assert "a" == cluster_of(item, make_item("b", heat=-1, quality=60)).lead


def test_member_with_heat_below_zero_is_led_by_the_one_with_heat():
    """A member knows the report that stands for the story."""
    item = make_item("a", heat=-1, quality=60, related=(make_link("b"), make_link("c")))
    others = make_item("b", heat=-1, quality=70), make_item("c", heat=120, quality=80)
    assert "c" == cluster_of(item, *others).lead


def test_of_members_without_heat_the_highest_quality_leads():
    """Where no report carries the heat, quality decides, not the date."""
    item = make_item("a", heat=-1, quality=10, related=(make_link("b"), make_link("c")))
    others = (
        make_item("b", heat=-1, quality=90, date="2026-04-01"),
        make_item("c", heat=-1, quality=20, date="2026-05-02"),
    )
    assert "b" == cluster_of(item, *others).lead


def test_item_alone_leads_itself():
    """An item that nobody else covered is its own leader, with no members."""
    cluster = cluster_of(make_item("a", heat=-1))
    assert ("a", ()) == (cluster.lead, cluster.members)


def test_of_two_items_with_one_link_the_hotter_is_meant():
    """A link that two files could mean leads to the hotter one, in whatever order they were read."""
    cold, hot = make_item("cold", url="https://x.example/", heat=1), make_item("hot", url="https://x.example/", heat=2)
    item = make_item("a", related=(link_to("https://x.example/"),))
    assert ["hot"] == slugs(cluster_of(item, cold, hot)) == slugs(cluster_of(item, hot, cold))


def test_of_two_equally_hot_items_with_one_link_the_newer_is_meant():
    """Equal heat leaves it to the date."""
    old = make_item("old", url="https://x.example/", date="2026-01-01")
    new = make_item("new", url="https://x.example/", date="2026-01-02")
    item = make_item("a", related=(link_to("https://x.example/"),))
    assert ["new"] == slugs(cluster_of(item, old, new)) == slugs(cluster_of(item, new, old))


def test_repeats_of_a_link_keep_the_hotter_item():
    """A list holds one of two files with one address: the hotter."""
    cold, hot = make_item("cold", url="https://x.example/", heat=1), make_item("hot", url="http://x.example", heat=2)
    twins = {"cold", "hot"}
    assert [hot] == drop_repeats([cold, hot], twins=twins) == drop_repeats([hot, cold], twins=twins)


def test_items_without_a_link_are_no_repeats_of_each_other():
    """Two items that live on this site are two items."""
    items = [make_item("a", url=""), make_item("b", url="")]
    assert items == drop_repeats(items, twins=web_of(items).twins)


def shown_of(*items: NewsItem, shown: set[str] | None = None) -> list[str]:
    """Return which of *items* a list shows that shows each story once."""
    return [item.slug for item in without_shown(items, clusters_of(*items), shown=set() if shown is None else shown)]


def test_story_is_shown_once():
    """The second report of a story gives way to the first; a story of its own stays."""
    items = make_item("a", related=(make_link("b"),)), make_item("b", related=(make_link("a"),)), make_item("c")
    assert ["a", "c"] == shown_of(*items)


def test_story_that_only_its_second_report_knows_is_shown_once():
    """A report whose own list names one that is shown already gives way as well."""
    assert ["a"] == shown_of(make_item("a"), make_item("b", related=(make_link("a"),)))


def test_what_was_shown_is_remembered():
    """Two lists on one page share what was shown, members included."""
    shown: set[str] = set()
    assert ["a"] == shown_of(make_item("a", related=(make_link("b"),)), make_item("b"), shown=shown)
    assert {"a", "b"} == shown
    assert [] == shown_of(make_item("b"), shown=shown)


@given(archive=ARCHIVES)
def test_asking_about_a_story_says_what_the_story_says(archive: list[NewsItem]):
    """Whether somebody else reported it, who, and who leads it, can be asked before it is worked out."""
    asked, worked_out = clusters_of(*archive), clusters_of(*archive)
    for story in worked_out.all():
        assert asked.is_covered(story.slug) == bool(story.members) == worked_out.is_covered(story.slug)
        assert sorted(asked.slugs(story.slug)) == sorted(story.slugs) == sorted(worked_out.slugs(story.slug))
        assert asked.leads(story.slug) == (bool(story.members) and story.lead == story.slug)


@given(archive=ARCHIVES, limit=st.integers(0, 4))
def test_first_stories_are_those_of_all(archive: list[NewsItem], limit: int):
    """Whoever wants the first few gets what stands first among all."""
    clusters = clusters_of(*archive)
    items = [item for item in archive if item.status is not Status.REMOVED]
    whole = without_shown(items, clusters, shown=set())
    assert whole[:limit] == without_shown(items, clusters, shown=set(), limit=limit)


def facts_of(clusters: Clusters, item: NewsItem) -> tuple[bytes, ...]:
    """Return the facts of *item*'s story; of sources nothing is shown."""
    return clusters.facts(item.slug, lambda _: b"")


def test_facts_say_which_links_lead_out():
    """A removed item that moves from one named address to another one hides the other one, however many lead out."""
    report = make_item("report", related=tuple(link_to(f"https://{at}.example/") for at in "acd"))
    before, after = (
        clusters_of(report, make_item("gone", url=f"https://{at}.example/", status=Status.REMOVED)) for at in "ac"
    )
    assert [member.url for member in before["report"].members] != [member.url for member in after["report"].members]
    assert facts_of(before, report) != facts_of(after, report)


@given(ARCHIVES, st.integers(0, 4), ITEMS, st.booleans())
def test_equal_facts_make_equal_stories(archive: list[NewsItem], place: int, values: dict[str, Any], stays: bool):
    """Whatever one item becomes, or if it goes: where the facts of another one stay, so does all that it is told of."""
    number = place % len(archive)
    others = [make_item(f"i{number}", **values)] if stays else []
    before, after = clusters_of(*archive), clusters_of(*archive[:number], *archive[number + 1 :], *others)
    for item in archive[:number] + archive[number + 1 :]:
        if item.status is not Status.REMOVED and facts_of(before, item) == facts_of(after, item):
            assert before[item.slug] == after[item.slug]
            assert before.elsewhere([item]) == after.elsewhere([item])
