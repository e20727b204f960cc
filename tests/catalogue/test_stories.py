"""Stories: a name for what several items report; who reports it, who leads it, and what has a page."""

from __future__ import annotations

from msgspec.structs import replace

from pelican.plugins.news_digest.catalogue.build import Catalogue, PagesFor, build_catalogue
from pelican.plugins.news_digest.catalogue.stories import find_stories
from pelican.plugins.news_digest.model import NewsItem, Status
from pelican.plugins.news_digest.text.address import link_key
from tests.builders import make_item, make_link
from tests.catalogue.storied import mutual, names, stories_of


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
    assert not stories.of("d").has_page
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
