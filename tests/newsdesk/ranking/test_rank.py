"""What a ranking decides: stories get a name once, the best report leads, and people stand above all of it."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from pelican.plugins.news_digest.model import Curated, NewsItem, Ranked, Status, StoryRecord
from pelican.plugins.news_digest.newsdesk.ranking.quality import points_of
from pelican.plugins.news_digest.newsdesk.ranking.rank import _RANKED, Plan, Rules, plan_ranking
from tests.builders import make_date, make_item, make_link, make_provider_ref, make_topic

if TYPE_CHECKING:
    from pelican.plugins.news_digest.frontmatter.reader import Archive

FERRY = (
    ("a", "Night ferry to Tern Island to run from June", "The board approved an all-night ferry to Tern Island."),
    ("b", "All-night ferry to Tern Island approved", "A night ferry to Tern Island will run from June, each hour."),
    ("c", "Tern Island night ferry gets the go-ahead", "The ferry to Tern Island will run all night from June."),
)
OTHERS = (
    ("d", "Library extends opening hours on Sundays", "Readers may stay until eight in the evening from autumn on."),
    ("e", "Record number of seal pups on Gannet Sands", "Wardens counted 412 pups, the most since 1974, they said."),
)


def news(*rows: tuple[str, str, str], day: str = "2026-05-04", **values: Any) -> list[NewsItem]:
    """Return an item for each row of slug, title and excerpt, an hour apart, each of another source, not ranked."""
    return [
        make_item(
            slug,
            title=title,
            excerpt=excerpt,
            date=f"{day}T{8 + number:02}:00",
            provider=make_provider_ref(f"{slug}.example"),
            **{"has_own_quality": False, "has_own_heat": False, **values},
        )
        for number, (slug, title, excerpt) in enumerate(rows)
    ]


def rank(items: list[NewsItem], *, rules: dict[str, Any] | None = None, **options: Any) -> Plan:
    """Return the plan for *items*, all of which are due unless *options* say otherwise."""
    usual = {"lang": "en", "tz": UTC, "points": points_of(()), "weights": {}}
    return plan_ranking(items, rules=Rules(**{**usual, **(rules or {})}), **{"is_due": lambda _: True, **options})


def apply(items: list[NewsItem], plan: Plan) -> list[NewsItem]:
    """Return *items* as they are read when the plan is carried out."""
    return [apply_one(item, plan.changes.get(item.source_path, {})) for item in items]


def apply_one(item: NewsItem, changes: dict[str, Any]) -> NewsItem:
    """Return *item* as it is read when *changes* are written."""
    values: dict[str, Any] = {key: changes[key] for key in ("title", "story") if key in changes}
    for key in ("quality", "heat"):
        if key in changes:
            values |= {key: changes[key], f"has_own_{key}": True}
    if "published" in changes:
        values["status"] = Status.PUBLISHED if changes["published"] else Status.UNPUBLISHED
    if "topics" in changes:
        values["topics"] = tuple(changes["topics"])
    if "ranked" in changes:
        values["ranked"] = Ranked(**changes["ranked"])
    return replace(item, **values)


def test_reports_of_one_story_get_its_name():
    """Those that report the same get one id, made of the first headline; who is alone gets none."""
    changes = rank(news(*FERRY, *OTHERS)).changes
    assert {"night-ferry-to-tern-island-to-run-from-june"} == {changes[f"news/{slug}.md"]["story"] for slug in "abc"}
    assert not any("story" in changes[f"news/{slug}.md"] for slug in "de")


def test_the_leader_has_the_heat_of_all():
    """Its heat is its quality and 20 for each other source; the others follow it and are not published."""
    ranked = rank(news(*FERRY)).ranked
    (leader,) = [slug for slug, one in ranked.items() if one.heat.heat >= 0]
    assert ranked[leader].quality + 40 == ranked[leader].heat.heat
    assert [leader] == [slug for slug, one in ranked.items() if one.is_published]


def test_one_source_has_one_vote():
    """Three reports of one source are no heat."""
    items = [replace(item, provider=make_provider_ref("post.example")) for item in news(*FERRY)]
    assert {0, -1} == {one.heat.heat - one.quality if one.heat.heat >= 0 else -1 for one in rank(items).ranked.values()}


def test_a_second_ranking_changes_nothing():
    """What is written is what the next ranking would write."""
    items = news(*FERRY, *OTHERS)
    assert {} == rank(apply(items, rank(items))).changes


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_comes_and_whoever_decides_ranking_settles(data: st.DataObject):
    """With any decisions, and items that come later, one ranking is enough, stories keep their reports and ids."""
    decisions = st.builds(
        Curated,
        pin=st.booleans(),
        hide=st.sampled_from([None, True, False]),
        story=st.sampled_from(["", "", "ferries", "pups"]),
        topics=st.sampled_from([None, ("Harbour",), ()]),
        quality=st.sampled_from([None, 10, 90]),
    )
    items = [replace(item, curated=data.draw(decisions)) for item in news(*FERRY, *OTHERS)]
    early = items[: data.draw(st.integers(0, 5))]
    ranked = apply(early, rank(early))
    assert {} == rank(ranked).changes
    stories = {item.slug: item.story for item in ranked if item.story and not item.curated.story}
    later = apply(grown := [*ranked, *items[len(early) :]], rank(grown))
    assert {} == rank(later).changes
    assert stories == {item.slug: item.story for item in later if item.slug in stories}
    assert later == apply(grown, rank(data.draw(st.permutations(grown))))


def test_a_story_grows_under_its_name():
    """A report that comes later joins the story that there is."""
    early = news(*FERRY[:2])
    early = apply(early, rank(early))
    assert early[0].story
    late = news(FERRY[2], day="2026-05-05")
    assert early[0].story == rank([*early, *late]).changes["news/c.md"]["story"]


def test_a_new_story_gets_no_name_that_one_had():
    """An id is given once: not to be had by another story, a record or what that was called formerly."""
    name = "night-ferry-to-tern-island-to-run-from-june"
    records = [StoryRecord(id=name, formerly=(f"{name}-2",), source_path="stories/x.md")]
    changes = rank(news(*FERRY), records=records).changes
    assert f"{name}-3" == changes["news/a.md"]["story"]


def test_who_leads_and_is_published_goes_on_leading():
    """A better report that comes later does not take the leader's page away."""
    early = [replace(item, curated=Curated(quality=80)) for item in news(FERRY[0])]
    early = apply(early, rank(early))
    late = [replace(item, curated=Curated(quality=100)) for item in news(FERRY[1], day="2026-05-05")]
    ranked = rank([*early, *late]).ranked
    assert ranked["a"].is_published
    assert -1 == ranked["b"].heat.heat


def test_who_is_as_good_leads_by_the_name_of_its_file():
    """Of reports of the same quality the first name leads, whatever their hours."""
    items = [replace(item, curated=Curated(quality=80)) for item in reversed(news(*reversed(FERRY)))]
    assert {"a": 120, "b": -1, "c": -1} == {slug: one.heat.heat for slug, one in rank(items).ranked.items()}


@pytest.mark.parametrize("wrote", [None, True, False])
def test_what_is_hidden_is_neither_shown_nor_heard(wrote: bool | None):
    """A hidden report leads nothing, adds no heat and is taken off the site."""
    items = [replace(item, curated=Curated(hide=item.slug == "a")) for item in news(*FERRY)]
    items[0] = replace(items[0], ranked=Ranked(published=wrote))
    plan = rank(items)
    assert plan.changes["news/a.md"]["published"] is False
    assert max(one.heat.heat for one in plan.ranked.values()) == plan.ranked["b"].quality + 20


def test_what_is_pinned_leads_and_is_published():
    """A pinned report leads its story and is published, however cool it is; lists put it first by themselves."""
    items = [replace(item, curated=Curated(pin=item.slug == "c", quality=1)) for item in news(*FERRY, *OTHERS)]
    ranked = rank(items).ranked
    assert ranked["c"].is_published
    assert {"a": -1, "b": -1, "c": 41} == {slug: ranked[slug].heat.heat for slug in "abc"}


def test_what_a_person_published_stays_published():
    """Whatever its heat, also where nothing was ranked before; who takes it off by hand afterwards is heard."""
    items = [replace(item, status=Status.PUBLISHED, curated=Curated(hide=False, quality=1)) for item in news(*OTHERS)]
    plan = rank(items)
    assert all("published" not in change for change in plan.changes.values())
    ranked = apply(items, plan)
    assert all(item.ranked.published for item in ranked)
    taken_off = [replace(item, status=Status.UNPUBLISHED) for item in ranked]
    assert {} == rank(taken_off).changes


def test_what_a_person_changed_stays():
    """Quality, heat and whether it is published stay what somebody made of them after they were written."""
    items = apply(start := news(*OTHERS), rank(start))
    edited = [
        replace(items[0], quality=12, heat=99, status=Status.UNPUBLISHED),
        replace(items[1], topics=("Own",)),
    ]
    assert {} == rank(edited).changes
    assert {} == rank(apply(edited, rank(edited))).changes


def test_decisions_are_written_where_a_build_reads_them():
    """Title, topics, quality and story of ``curated`` come to stand in their keys."""
    decided = Curated(title="A better headline", topics=("Sea",), quality=33, story="seals")
    pair = [replace(news(OTHERS[1])[0], curated=decided), replace(news(OTHERS[0])[0], curated=Curated(story="seals"))]
    changes = rank(pair).changes["news/e.md"]
    assert ("A better headline", ["Sea"], 33, "seals") == tuple(
        changes[key] for key in ("title", "topics", "quality", "story")
    )


def test_topics_are_found_and_those_taken_out_do_not_come_back():
    """An item without topics gets those it is about; imported ones get more; what somebody removed stays removed."""
    topics = [make_topic("Ellery"), make_topic("Transport", parent="Ellery", keywords=("ferries",))]
    (item,) = apply(start := news(FERRY[0]), rank(start, topics=topics))
    assert ("Ellery", "Transport") == item.topics
    assert {} == rank([replace(item, topics=("Ellery",))], topics=topics).changes
    imported = news(FERRY[0], topics=("Sea",), imported_from="https://f.example/")
    assert ["Ellery", "Sea", "Transport"] == rank(imported, topics=topics).changes["news/a.md"]["topics"]
    assert "topics" not in rank(news(FERRY[0], topics=("Sea",)), topics=topics).changes["news/a.md"]


def test_old_files_are_left_alone():
    """Only what is due changes; older reports of a story are counted all the same."""
    old = [replace(item, story="ferry") for item in news(*FERRY[:2])]
    new = news(FERRY[2], day="2026-05-05")
    plan = rank([*old, *new], is_due=lambda item: item.date > make_date("2026-05-05"))
    assert ["news/c.md"] == list(plan.changes)
    assert "ferry" == plan.changes["news/c.md"]["story"]
    assert plan.ranked["c"].quality + 40 == plan.ranked["c"].heat.heat


def test_a_story_of_weeks_is_led_anew():
    """What is reported two weeks after a story began has a leader of its own, ranked together or in turn."""
    days = ("2026-05-04", "2026-05-09", "2026-05-14", "2026-05-19", "2026-05-24")
    items = [
        replace(item, slug=f"s{number}", source_path=f"news/s{number}.md", story="ferry", curated=Curated(quality=60))
        for number, day in enumerate(days)
        for item in news(FERRY[number % 3], day=day)
    ]
    together = rank(items)
    assert ["s0", "s3"] == [slug for slug, one in together.ranked.items() if one.heat.heat >= 0]
    ranked = apply(items, together)
    assert {} == rank(ranked, is_due=lambda item: item.date > make_date("2026-05-10")).changes
    parted = items
    for day in days:
        due = parted[: days.index(day) + 1]
        begin = make_date(day) - timedelta(days=13)
        changes = rank(due, is_due=lambda item, begin=begin: item.date >= begin)
        parted = [*apply(due, changes), *parted[len(due) :]]
    leading = {item.slug for item in parted if item.heat >= 0}
    assert leading == {item.slug for item in ranked if item.heat >= 0}
    assert leading == {item.slug for item in apply(parted, rank(parted)) if item.heat >= 0}


def test_a_number_a_day_instead_of_heat():
    """So many of the hottest of each day are published, whatever their heat."""
    items = [*news(*FERRY, *OTHERS), *news(("f", "Short", ""), day="2026-05-09")]
    plan = rank(items, rules={"per_day": 1})
    assert 2 == sum(one.is_published for one in plan.ranked.values())
    assert plan.ranked["f"].is_published


def test_an_archive_keeps_its_clusters():
    """With its links kept, the best of those that are linked leads with 20 for each; nothing is grouped or renamed."""
    links = {slug: tuple(make_link(other, quality=60) for other in "abc" if other != slug) for slug in "abc"}
    items = [
        replace(
            item, quality=60, has_own_quality=True, related=links[item.slug], url=f"https://{item.slug}.example/story/"
        )
        for item in news(*FERRY)
    ]
    plan = rank(items, rules={"keeps_related": True})
    assert {"a": 100, "b": -1, "c": -1} == {slug: one.heat.heat for slug, one in plan.ranked.items()}
    assert not any("story" in change for change in plan.changes.values())
    assert {} == rank(apply(items, plan), rules={"keeps_related": True}).changes


def test_drafts_and_removed_items_are_not_ranked():
    """What is not to be seen is not looked at."""
    items = [
        replace(item, status=status) for item, status in zip(news(*OTHERS), (Status.DRAFT, Status.REMOVED), strict=True)
    ]
    assert {} == rank(items).ranked


def test_a_feed_of_headlines_alone_is_published():
    """Its items have what their source gives; among others that say more, a bare headline has too little."""
    feed = {"imported_from": "https://links.example/feed", "curated": Curated()}
    items = [replace(item, excerpt="", **feed) for item in news(*OTHERS)]
    assert all(one.is_published for one in rank(items).ranked.values())
    more = [replace(item, excerpt="It is longer than a line. " * 3, **feed) for item in news(*FERRY)]
    assert not rank([*items, *more]).ranked["d"].is_published


def test_what_was_seen_soon_is_fresh():
    """An imported item that came in within a day counts more, today and in a year."""
    (item,) = news(OTHERS[0])
    fresh = replace(item, first_seen=item.date + timedelta(hours=3))
    late = replace(item, first_seen=item.date + timedelta(days=3))
    assert 5 == rank([fresh]).ranked["d"].quality - rank([late]).ranked["d"].quality


@pytest.mark.slow
@pytest.mark.corpus
def test_a_real_archive_publishes_what_it_published(archive: Archive):
    """With its clusters kept, all 624 items that were published are, and 26 others whose heat was never brought up."""
    were = {item.slug for item in archive.items if item.status is Status.PUBLISHED}
    assert 624 == len(were)
    # As they are read without `published` and `heat`.
    items = [
        replace(item, has_own_heat=False, status=Status.PUBLISHED) for item in archive.items if item.status in _RANKED
    ]
    plan = rank(items, rules={"keeps_related": True}, topics=archive.topics, records=archive.stories)
    shown = {item.slug for item in apply(items, plan) if item.status is Status.PUBLISHED}
    assert were <= shown
    assert 26 == len(shown - were)
