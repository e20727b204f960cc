"""Stories: a name for what several items report, which no rank, order or leader moves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pelican.plugins.news_digest.catalogue.build import PagesFor, build_catalogue
from pelican.plugins.news_digest.catalogue.stories import find_stories
from pelican.plugins.news_digest.frontmatter.reader import read_archive
from pelican.plugins.news_digest.model import Status, StoryRecord
from pelican.plugins.news_digest.naming.places import Known
from pelican.plugins.news_digest.text.address import link_key
from tests.builders import make_date, make_item, make_link

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pelican.plugins.news_digest.catalogue.build import Catalogue
    from pelican.plugins.news_digest.catalogue.stories import Stories
    from pelican.plugins.news_digest.model import NewsItem


def stories_of(*items: NewsItem, records: tuple[StoryRecord, ...] = (), **options: Any) -> Stories:
    """Return the stories of an archive."""
    return build_catalogue(items, stories=records, **options).stories


def mutual(*slugs: str, **values: Any) -> list[NewsItem]:
    """Return items that all link to each other, each a day older than the one before."""
    return [
        make_item(
            slug,
            date=f"2026-05-{20 - at:02}",
            related=tuple(make_link(other) for other in slugs if other != slug),
            **values,
        )
        for at, slug in enumerate(slugs)
    ]


def record(name: str, **values: Any) -> StoryRecord:
    """Return a story record."""
    return StoryRecord(id=name, source_path=f"stories/{name}.md", **values)


def names(stories: Stories) -> dict[str, list[str]]:
    """Return id → slugs of the reports, oldest first."""
    return {story.id: [item.slug for item in story.members] for story in stories.by_id.values()}


def test_items_with_one_word_report_one_story():
    """In the order of time; where two have one date, of their slugs."""
    items = [
        make_item("b", date="2026-05-02", story="bridge"),
        make_item("c", date="2026-05-01", story="bridge"),
        make_item("a", date="2026-05-02", story="bridge"),
        make_item("d", story="tram"),
        make_item("e"),
    ]
    stories = stories_of(*items)
    assert {"bridge": ["c", "a", "b"], "tram": ["d"]} == names(stories)
    assert ["bridge"] == [story.id for story in stories.paged]
    assert "bridge" == stories.of("a").id
    assert None is stories.page_of("d")
    assert None is stories.of("e")


def test_mutual_links_make_a_story_named_after_its_oldest_report():
    """Whoever leads it, and whatever its heat."""
    newest, middle, oldest = mutual("n", "m", "o")
    for heats in [(9, 1, 1), (1, 9, 1), (1, 1, 9)]:
        items = [
            make_item(i.slug, date=f"{i.date:%Y-%m-%d}", related=i.related, heat=heat)
            for i, heat in zip((newest, middle, oldest), heats, strict=True)
        ]
        assert {"o": ["o", "m", "n"]} == names(stories_of(*items))


def test_a_report_with_two_addresses_of_one_key_is_one_report():
    """As many files name the address of the AMP form, which is the same link."""
    items = [replace(item, alternate_urls=(f"{item.url}?utm_source=rss",)) for item in mutual("b", "a")]
    assert {"a": ("a", "b")} == find_stories(items).reports


def test_a_link_that_is_not_mutual_joins_nothing():
    """Neither to a group nor to a story that a file names."""
    a, b = mutual("a", "b")
    stranger = make_item("s", related=(make_link("a"), make_link("named")))
    named = [make_item("named", story="x", related=(make_link("s"),)), make_item("other", story="x")]
    assert {"b": ["b", "a"], "x": ["named", "other"]} == names(stories_of(a, b, stranger, *named))


def test_an_unpublished_report_names_its_story():
    """In vendors' archives `published` follows heat: it decides whether there is a page, and no name."""
    a, b = mutual("a", "b")
    hidden = make_item("b", date="2026-05-01", related=b.related, status=Status.UNPUBLISHED, heat=-1)
    assert ["b"] == [story.id for story in stories_of(a, hidden).paged]
    below = make_item("a", related=a.related, status=Status.UNPUBLISHED)
    assert () == stories_of(below, hidden).paged
    assert ["b"] == [story.id for story in stories_of(below, hidden, pages_for=PagesFor.ALL).paged]


def test_a_removed_report_names_nothing():
    """Its slug is in no address; but what it held together stays together."""
    a, b, c = mutual("a", "b", "c")
    gone = make_item("c", date="2026-05-01", related=c.related, status=Status.REMOVED)
    stories = stories_of(a, b, gone)
    assert {"b": ["b", "a"]} == names(stories)
    apart = [make_item(i.slug, date=f"{i.date:%Y-%m-%d}", related=i.related[1:]) for i in (a, b)]
    assert {"b": ["b", "a"]} == names(stories_of(*apart, gone))
    assert {} == names(stories_of(make_item("x", story="y", status=Status.REMOVED)))


def test_a_draft_is_as_if_it_were_not_there():
    """It names nothing and joins nothing."""
    a, b = mutual("a", "b")
    draft = make_item("b", date="2026-05-01", related=b.related, status=Status.DRAFT)
    assert {} == names(stories_of(a, draft, make_item("x", story="y", status=Status.DRAFT)))


def test_reports_with_one_link_count_once():
    """The hotter one is shown; both know their story."""
    same = [make_item(slug, url="https://x.example/", story="s", heat=heat) for slug, heat in (("a", 1), ("b", 2))]
    stories = stories_of(*same)
    assert {"s": ["b"]} == names(stories)
    assert () == stories.paged
    assert "s" == stories.of("a").id


def test_an_item_with_several_addresses_is_one_report():
    """Also where two of them are one to a link."""
    newer, older = mutual("n", "o")
    twice = replace(newer, alternate_urls=(f"{newer.url}?utm_source=x", "https://amp.example/n"))
    assert {"o": ("o", "n")} == find_stories([older, twice]).reports
    amp = make_link(url="https://amp.example/n", key=link_key("https://amp.example/n"))
    assert {"o": ("o", "n")} == find_stories([replace(older, related=(amp,)), twice]).reports


def test_so_many_reports_make_a_page():
    """As the site's setting has it."""
    items = [make_item(slug, story="s") for slug in "abc"]
    assert ["s"] == [story.id for story in stories_of(*items, story_reports=3).paged]
    assert () == stories_of(*items, story_reports=4).paged


def test_the_leader_is_the_hottest_then_the_best():
    """As in lists."""
    items = [make_item("a", story="s", heat=5), make_item("b", story="s", heat=5, quality=3), make_item("c", story="s")]
    assert "b" == stories_of(*items).by_id["s"].lead.slug


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


def built_after(*items: NewsItem, before: Stories, records: tuple[StoryRecord, ...] = ()) -> Stories:
    """Return the stories of the next build of a site."""
    known = Known(before.settled.lines, lambda: before.settled.names)
    return stories_of(*items, records=records, known_stories=known)


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


def catalogue_of(*items: NewsItem) -> Catalogue:
    """Return the catalogue of an archive."""
    return build_catalogue(items)


def test_reports_of_a_named_story_cover_each_other():
    """Best first, as a list of related entries would have them; the best leads, whatever its heat."""
    items = [make_item(slug, story="s", quality=quality) for slug, quality in (("a", 1), ("b", 9), ("c", 5))]
    clusters = catalogue_of(*items, make_item("d")).clusters
    assert ("b", "c") == clusters["a"].slugs
    assert ["b", "b", "b"] == [clusters[slug].lead for slug in "abc"]
    assert [False, True, False, False] == [clusters.leads(slug) for slug in "abcd"]
    assert (True, False) == (clusters.is_covered("a"), clusters.is_covered("d"))


def test_what_only_related_knows_stays():
    """A named story's reports and the entries of `related` are one coverage, each once."""
    elsewhere = make_link("elsewhere", quality=3)
    item = make_item("a", story="s", related=(make_link("b"), elsewhere))
    clusters = catalogue_of(item, make_item("b", story="s", quality=5)).clusters
    assert ["b", ""] == [member.slug for member in clusters["a"].members]
    assert ["a"] == [member.slug for member in clusters["b"].members]


def test_a_group_is_covered_by_its_lists_alone():
    """What pages showed of archives without a `story:` line, they show."""
    a, b, c = mutual("a", "b", "c")
    shorter = make_item("a", date="2026-05-20", related=b.related[:1])
    assert {"c": ["c", "b"]} == names(stories_of(shorter, b, c))
    assert () == catalogue_of(shorter, b, c).clusters["a"].slugs
    middle = make_item("b", date="2026-05-19", related=a.related, quality=9)
    assert [i.slug for i in (a, middle, c)] == [catalogue_of(a, middle, c).clusters[s].lead for s in "abc"]


def test_heat_that_no_file_says_follows_from_the_reports():
    """As it would from a list of them; a heat of one's own stays, and nothing is counted twice."""
    items = [
        make_item("a", story="s", quality=10, heat=10, has_own_heat=False),
        make_item("b", story="s", quality=10, heat=50, has_own_heat=False, related=(make_link("a"), make_link("x"))),
        make_item("c", story="s", heat=7),
        make_item("d", story="s", url="https://c.example/story/", heat=3),
        make_item("e", heat=30, has_own_heat=False),
    ]
    heats = {item.slug: item.heat for item in catalogue_of(*items).published}
    assert {"a": 10 + 2 * 20, "b": 10 + 3 * 20, "c": 7, "d": 3, "e": 30} == heats


SLUGS = "abcdefg"
ITEMS = st.fixed_dictionaries(
    {
        "day": st.integers(1, 5),
        "heat": st.integers(-1, 3),
        "links": st.sets(st.sampled_from(SLUGS), max_size=4),
        "story": st.sampled_from(["", "", "", "x", "y", "a"]),
        "status": st.sampled_from([Status.PUBLISHED, Status.PUBLISHED, Status.UNPUBLISHED, Status.REMOVED]),
    }
)


def archive_of(drawn: dict[str, dict[str, Any]]) -> list[NewsItem]:
    """Return the items that were drawn."""
    return [
        make_item(
            slug,
            date=f"2026-05-{v['day']:02}",
            heat=v["heat"],
            related=tuple(make_link(target) for target in sorted(v["links"])),
            story=v["story"],
            status=v["status"],
        )
        for slug, v in drawn.items()
    ]


ARCHIVES = st.dictionaries(st.sampled_from(SLUGS), ITEMS, min_size=1).map(archive_of)


@given(ARCHIVES, st.randoms(use_true_random=False), st.integers(0, 5))
def test_no_order_and_no_heat_moves_a_name(items: list[NewsItem], chance: Any, heat: int):
    """Stories follow from what files say of each other and of their dates."""
    turned = [make_item(i.slug, date=f"{i.date:%Y-%m-%d}", heat=heat, related=i.related, story=i.story, status=i.status)
              for i in items]  # fmt: skip
    chance.shuffle(turned)
    assert names(stories_of(*items)) == names(stories_of(*turned))
    assert stories_of(*items).former == stories_of(*turned).former


@given(ARCHIVES)
def test_a_removed_leader_moves_no_name(items: list[NewsItem]):
    """But the one that the story is called after."""
    before = stories_of(*items)
    for story in before.by_id.values():
        without = [i if i is not story.lead else make_item(
            i.slug, date=f"{i.date:%Y-%m-%d}", related=i.related, story=i.story, status=Status.REMOVED
        ) for i in items]  # fmt: skip
        after = stories_of(*without)
        for item in items:
            was = before.of(item.slug)
            if item is not story.lead and was:
                is_called_so = was.id == story.id == story.lead.slug
                assert is_called_so or was.id == after.of(item.slug).id


@given(ARCHIVES, ITEMS)
def test_a_newer_report_moves_no_name(items: list[NewsItem], drawn: dict[str, Any]):
    """But where it brings two stories together, or an older report into one; then the oldest gives the name."""
    newer = archive_of({"z": {**drawn, "day": 9}})[0]
    linking = [make_item(i.slug, date=f"{i.date:%Y-%m-%d}", heat=i.heat, story=i.story, status=i.status,
                         related=(*i.related, make_link("z"))) for i in items]  # fmt: skip
    before, after = stories_of(*linking), stories_of(*linking, newer)
    for item in items:
        was = before.of(item.slug)
        if was is None:
            continue
        now = after.of(item.slug)
        alone = {i.slug for i in items if before.of(i.slug) is None and i.date <= was.members[0].date}
        assert was.id == now.id or now.id in before.by_id or now.id in alone


@pytest.fixture(scope="module")
def archive(corpus: Path) -> list[NewsItem]:
    """Return the items of a real archive."""
    return list(read_archive(corpus, timezone="UTC").items)


def ids(items: Iterable[NewsItem]) -> dict[str, str]:
    """Return slug → id of the story, without making any."""
    return find_stories(items).id_of


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.parametrize("pages_for", [PagesFor.PUBLISHED, PagesFor.ALL])
def test_every_report_of_a_real_archive_is_in_a_story_with_a_page(archive: list[NewsItem], pages_for: PagesFor):
    """But for stories whose reports are all below the threshold, where those have no page either."""
    stories = stories_of(*archive, pages_for=pages_for)
    assert (434 if pages_for is PagesFor.PUBLISHED else 533) == len(stories.paged)
    reached = {item.slug for story in stories.paged for item in story.members}
    for story in stories.by_id.values():
        slugs = {item.slug for item in story.members}
        is_seen = pages_for is PagesFor.ALL or any(item.status is Status.PUBLISHED for item in story.members)
        assert slugs <= reached if is_seen else slugs.isdisjoint(reached)


@pytest.mark.slow
@pytest.mark.corpus
def test_no_leader_moves_a_name_of_a_real_archive(archive: list[NewsItem]):
    """Each leader in turn is removed, and deleted: the others stay in their story, but where it was its oldest report.

    Then the next oldest gives the name, which was the one that led there before.
    """
    stories = stories_of(*archive)
    before = ids(archive)
    called_so = 0
    for story in stories.by_id.values():
        near = sorted((i for i in archive if before.get(i.slug) == story.id), key=lambda i: (i.date, i.slug))
        slugs = {item.slug for item in near if item is not story.lead}
        if len(slugs) == 1:  # which is a story no more
            continue
        called_so += story.lead is near[0]
        name = near[1].slug if story.lead is near[0] else story.id
        for gone in ([], [replace(story.lead, status=Status.REMOVED)]):
            found = ids([item for item in near if item is not story.lead] + gone)
            assert {name} == {found[slug] for slug in slugs}, story.id
        if name != story.id and story.has_page:
            assert story.id == stories.former[name]
    assert 50 == called_so


@pytest.mark.slow
@pytest.mark.corpus
def test_no_newer_report_and_no_order_moves_a_name_of_a_real_archive(archive: list[NewsItem]):
    """Each story gets a newer report that its others list; then files are read the other way round."""
    before = ids(archive)
    date = max(item.date for item in archive) + timedelta(days=1)
    newer, links = [], {}
    for number, story_id in enumerate(sorted(set(before.values()))):
        link = make_link(f"newer-{number}")
        reports = [item for item in archive if before.get(item.slug) == story_id]
        related = tuple(replace(link, key=link_key(item.url)) for item in reports)
        links |= {item.slug: link for item in reports}
        newer.append(replace(make_item(f"newer-{number}", related=related), date=date))
    linking = [replace(i, related=(*i.related, links[i.slug])) if i.slug in links else i for i in archive]
    after = ids([*newer, *linking[::-1]])
    assert before.items() <= after.items()
    assert len(newer) == len(after) - len(before)
    assert before == ids(archive[::-1])


@pytest.mark.slow
@pytest.mark.corpus
def test_a_line_keeps_every_name_of_a_real_archive(archive: list[NewsItem]):
    """Where reports name their story, neither an older report moves it nor the end of its oldest."""
    before = ids(archive)
    named = [replace(item, story=before.get(item.slug, ""), related=()) for item in archive]
    oldest = {story.members[0].slug for story in stories_of(*archive).by_id.values()}
    first = make_date("2001-01-01")
    older = [
        replace(make_item(f"older-{n}", story=name), date=first) for n, name in enumerate(sorted(set(before.values())))
    ]
    after = ids([*older, *(item for item in named if item.slug not in oldest)])
    assert {slug: name for slug, name in before.items() if slug not in oldest}.items() <= after.items()
