"""The page of one item."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest

from pelican.plugins.news_digest.model import Correction, ItemType, NewsItem, Status, VideoRef
from pelican.plugins.news_digest.pages.items.article import plan_articles
from pelican.plugins.news_digest.pages.items.cards import Cards
from pelican.plugins.news_digest.pages.plans import made
from tests.builders import make_date, make_item, make_link, make_provider_ref, make_topic
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from pelican.plugins.news_digest.pages.views.story import ArticleView

DATE = "2026-05-15T08:00"


def page_of(item: NewsItem, *others: NewsItem, **values: Any) -> ArticleView:
    """Return the page of *item*."""
    return next(plan.view for plan in plans_of([item, *others], **values) if plan.slug == item.slug)


def plans_of(items: Sequence[NewsItem], **values: Any) -> list[Any]:
    """Return the pages of *items*."""
    room = make_room(items, **values)
    return list(map(made, plan_articles(room, Cards(room))))


def groups_of(*dates: str, **values: Any) -> dict[str, list[str]]:
    """Return the blocks beside an item of 15 May whose story has reports of *dates*."""
    related = tuple(make_link(f"m{n:03}", date=date, quality=999 - n) for n, date in enumerate(dates))
    view = page_of(make_item("a", date=DATE, related=related), **values)
    return {group.kind: [member.title for member in group.members] for group in view.groups}


def schema_of(view: ArticleView) -> dict[str, Any]:
    """Return what the page says of itself to machines."""
    return json.loads(view.head.json_ld)["@graph"][0]


def test_every_item_with_a_page_has_one_plan():
    """Pages lie at the file's stem."""
    room = make_room([make_item("a"), make_item("b", status=Status.UNPUBLISHED), make_item("c", status=Status.REMOVED)])
    assert ["news/a/index.html"] == [plan.save_as for plan in map(made, plan_articles(room, Cards(room)))]


def test_reports_within_seven_days_are_coverage():
    """A week either way is the story; what came before or after has a block of its own."""
    dates = ["2026-05-08T08:00", "2026-05-22T08:00", "2026-05-08T07:59", "2026-05-22T08:01"]
    assert {
        "coverage": ["Title of m000", "Title of m001"],
        "later": ["Title of m003"],
        "earlier": ["Title of m002"],
    } == (groups_of(*dates))


def test_report_without_a_date_is_coverage():
    """Who does not say when is not put into the past."""
    view = page_of(make_item("a", related=(make_link("b").__class__(url="https://x.example/", key="x", title="X"),)))
    assert ["coverage"] == [group.kind for group in view.groups]


def test_coverage_shows_the_best_in_the_order_in_which_they_came():
    """Quality decides which are shown; below a time line they stand as it does, and at one moment best first."""
    related = (
        make_link("late", quality=80, date="2026-05-03"),
        make_link("poor", quality=10, date="2026-04-29"),
        make_link("good", quality=60, date="2026-04-30"),
        make_link("best", quality=90, date="2026-04-30"),
    )
    (group,) = page_of(make_item("a", date="2026-05-01", related=related), coverage_shown=3).groups
    assert (["Title of best", "Title of good", "Title of late"], ["Title of poor"]) == (
        [member.title for member in group.members],
        [member.title for member in group.more],
    )


@pytest.mark.parametrize(
    ("count", "shown", "more", "hidden"),
    [(1, 1, 0, 0), (12, 12, 0, 0), (13, 12, 1, 0), (60, 12, 48, 0), (61, 12, 48, 1), (179, 12, 48, 119)],
)
def test_twelve_reports_are_shown_sixty_listed_and_the_rest_counted(count: int, shown: int, more: int, hidden: int):
    """The sidebar of the largest story ends as well."""
    item = make_item("a", related=tuple(make_link(f"m{n}") for n in range(count)))
    (group,) = page_of(item).groups
    assert (shown, more, hidden) == (len(group.members), len(group.more), group.hidden_count)


def test_caps_hold_over_all_blocks_together():
    """Twelve and sixty are limits of the page, not of each block; every report is shown, listed or counted."""
    dates = ["2026-05-15"] * 10 + ["2026-06-15"] * 40 + ["2026-01-15"] * 40
    related = tuple(make_link(f"m{n:03}", date=date) for n, date in enumerate(dates))
    groups = page_of(make_item("a", date=DATE, related=related)).groups
    assert (12, 60, 90) == (
        sum(len(group.members) for group in groups),
        sum(len(group.members) + len(group.more) for group in groups),
        sum(len(group.members) + len(group.more) + group.hidden_count for group in groups),
    )


def test_caps_are_the_owners():
    """The settings of the same names decide."""
    item = make_item("a", related=tuple(make_link(f"m{n}") for n in range(10)))
    (group,) = page_of(item, coverage_shown=2, coverage_limit=5).groups
    assert (2, 3, 5) == (len(group.members), len(group.more), group.hidden_count)


def test_computed_links_stand_in_a_block_of_their_own_kind():
    """What no editor chose is marked as computed."""
    fillers = [make_item(f"f{n}", title=f"filler{n}") for n in range(5)]
    view = page_of(make_item("a", title="otters bridge one"), make_item("b", title="otters bridge two"), *fillers)
    assert [("related", ["otters bridge two"])] == [(g.kind, [m.title for m in g.members]) for g in view.groups]


def test_item_that_nothing_is_like_has_no_sidebar():
    """Nothing is suggested for the sake of suggesting."""
    assert () == page_of(make_item("a")).groups


def test_member_names_its_leader():
    """A page of a report that does not lead its story says whose story it is."""
    leader = make_item("lead", heat=200, quality=90)
    view = page_of(make_item("a", heat=-1, related=(make_link("lead"),)), leader)
    assert view.part_of is not None
    assert ("Title of lead", "news/lead/") == (view.part_of.text, view.part_of.href)


def test_leader_names_nobody():
    """The report that leads is part of its own story."""
    item = make_item("lead", heat=200, related=(make_link("a"),))
    assert page_of(item, make_item("a", heat=-1)).part_of is None


def test_leader_without_a_page_is_not_linked_to():
    """A banner never leads nowhere."""
    leader = make_item("lead", heat=200, status=Status.UNPUBLISHED)
    assert page_of(make_item("a", heat=-1, related=(make_link("lead"),)), leader).part_of is None


def test_breadcrumbs_lead_from_the_root_to_the_kicker():
    """The way down to a story is that of its primary topic."""
    records = [make_topic("Azure"), make_topic("Data", parent="Azure"), make_topic("SQL", parent="Data")]
    view = page_of(make_item("a", topics=("Azure", "SQL")), topics=records)
    assert ["Azure", "Data", "SQL"] == [crumb.text for crumb in view.breadcrumbs]


def test_neighbours_are_the_next_items_of_the_same_topic():
    """Newer and older stay in the primary topic."""
    items = [
        make_item("old", date="2026-05-01", topics=("T",)),
        make_item("mid", date="2026-05-02", topics=("T",)),
        make_item("else", date="2026-05-03", topics=("U",)),
        make_item("new", date="2026-05-04", topics=("T",)),
    ]
    view = page_of(items[1], items[0], *items[2:])
    assert view.newer is not None
    assert view.older is not None
    assert ("news/new/", "news/old/") == (view.newer.href, view.older.href)
    ends = page_of(items[3], *items[:3]), page_of(items[0], *items[1:])
    assert (None, None) == (ends[0].newer, ends[1].older)


def test_strip_needs_three_moments():
    """Two reports make no line."""
    assert page_of(make_item("a", related=(make_link("b"),))).strip is None


def test_strip_marks_the_item_and_stays_inside():
    """Every tick lies on the line, the item's own too."""
    dates = ["2026-05-01", "2026-05-14", "2026-05-20"]
    item = make_item("a", date=DATE, related=tuple(make_link(f"m{n}", date=date) for n, date in enumerate(dates)))
    strip = page_of(item).strip
    assert strip is not None
    assert all(0 <= x <= strip.width for x in (*strip.ticks, strip.mark))
    assert ("1 May 2026", "20 May 2026") == (strip.first, strip.last)
    assert strip.ticks[0] < strip.mark < strip.ticks[-1]


def test_page_of_a_linked_item_is_a_web_page_based_on_its_source():
    """We lead to the news and did not write it."""
    item = make_item("a", provider=make_provider_ref("post.example", "The Post"))
    schema = schema_of(page_of(item))
    assert ("WebPage", item.url, item.url, "The Post") == (
        schema["@type"],
        schema["isBasedOn"],
        schema["citation"]["url"],
        schema["citation"]["publisher"]["name"],
    )


@pytest.mark.parametrize("item", [make_item("a"), make_item("a", url=""), make_item("a", type=ItemType.VIDEO)])
def test_no_page_claims_to_be_a_news_article(item: NewsItem):
    """The type that would claim authorship is never used."""
    assert "NewsArticle" not in page_of(item).head.json_ld


def test_item_that_lives_here_is_based_on_nothing():
    """Without a source there is nothing to cite."""
    schema = schema_of(page_of(make_item("a", url="")))
    assert {"isBasedOn", "citation"}.isdisjoint(schema)


def test_page_of_a_video_describes_the_video():
    """A video has its player's address, without cookies, and a date."""
    item = make_item("a", type=ItemType.VIDEO, video=VideoRef(host="youtube", id="abc123"))
    view = page_of(item)
    video = schema_of(view)["mainEntity"]
    assert ("VideoObject", "https://www.youtube-nocookie.com/embed/abc123") == (video["@type"], video["embedUrl"])
    assert "https://www.youtube.com/watch?v=abc123" == view.video_url


def test_script_cannot_be_left_from_inside_the_data():
    """A headline that closes a script does not."""
    nasty = "</script><script>alert(1)</script><!-- & \u2028 ]]>"
    view = page_of(make_item("a", title=nasty, excerpt=f"{nasty} more"))
    assert not set("<>&\u2028\u2029") & set(view.head.json_ld)
    assert nasty == schema_of(view)["name"]


def test_page_is_indexed_unless_the_owner_does_not_want_it():
    """DIGEST_INDEX_ITEMS = False concerns items that link out, not those that live here."""
    linked, local = make_item("a"), make_item("b", url="")
    assert page_of(linked).head.is_indexed
    assert not page_of(linked, index_items=False).head.is_indexed
    assert page_of(local, index_items=False).head.is_indexed


def test_description_is_the_excerpt():
    """What search engines show is what the item says."""
    assert "What happened." == page_of(make_item("a", excerpt="What happened.")).head.description


def test_body_that_pelican_made_is_used():
    """A classic article's text stands on its page."""
    assert "<p>Mine</p>" == page_of(make_item("a"), bodies={"a": "<p>Mine</p>"}).body


def test_order_of_the_archive_does_not_matter():
    """The plans are the same, however the files were read."""
    items = [make_item(slug, topics=("T",), related=(make_link("b"), make_link("c"))) for slug in "abcd"]
    assert plans_of(items) == plans_of(items[::-1])


def test_corrections_stand_at_the_text_with_their_dates():
    """The page says what was put right and when, to readers and to machines, and that it was updated."""
    found = (
        Correction(date=make_date("2026-05-17T09:00"), text="Twelve </script> days."),
        Correction(date=make_date("2026-05-16T09:00"), text="Eleven days."),
    )
    view = page_of(make_item("a", date=DATE, corrections=found))
    assert ["Twelve </script> days.", "Eleven days."] == [correction.text for correction in view.corrections]
    assert "2026-05-17T09:00:00Z" == (view.updated.iso if view.updated else "")
    assert "</script>" not in view.head.json_ld
    schema = schema_of(view)
    assert "2026-05-17T09:00:00Z" == schema["dateModified"]
    assert {
        "@type": "CorrectionComment",
        "text": "Twelve </script> days.",
        "datePublished": "2026-05-17T09:00:00Z",
    } == schema["correction"][0]


def test_page_says_updated_only_where_something_was():
    """A change that the file dates before its publication, or at it, is none."""
    view = page_of(make_item("a", date=DATE, modified=make_date("2026-05-14T08:00")))
    assert view.updated is None
    assert "dateModified" not in schema_of(view)
    assert view.head.share is not None
    assert view.head.share.modified == ""


def test_report_says_what_story_it_is_part_of():
    """By the owner's title or the leader's; the leader itself says how many reports there are."""
    items = [make_item("a", story="bridge", heat=9), make_item("b", story="bridge", date="2026-05-02")]
    parts = [page_of(items[n], items[1 - n]).part_of for n in (0, 1)]
    assert [("", "stories/bridge/", 2), ("Title of a", "stories/bridge/", 2)] == [
        (part.text, part.href, part.report_count) for part in parts if part
    ]
