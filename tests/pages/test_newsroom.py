"""Items as stories: what a list says of one item, and who else covered it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from pelican.plugins.news_digest.model import ImageRef, ItemType, NewsItem, ProviderRecord, Status
from pelican.plugins.news_digest.pages.items.article import plan_articles
from pelican.plugins.news_digest.pages.items.cards import Cards
from pelican.plugins.news_digest.pages.plans import made
from tests.builders import make_item, make_link, make_provider, make_provider_ref, make_topic
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from pelican.plugins.news_digest.pages.views.story import CoverageView, StoryView


def story_of(item: NewsItem, *others: NewsItem, **values: Any) -> StoryView:
    """Return *item* as a list shows it."""
    return make_room([item, *others], **values).story(item)


def coverage_of(*providers: str, **values: Any) -> CoverageView:
    """Return the "More:" line of an item whose story has one report by each of *providers*."""
    related = tuple(
        make_link(f"x{number}", provider=make_provider_ref(f"{name}.example", name), quality=100 - number)
        for number, name in enumerate(providers)
    )
    coverage = story_of(make_item("a", related=related), **values).coverage
    assert coverage is not None
    return coverage


def test_headline_leads_to_the_items_page():
    """By default a headline stays on the site, and the source is one step away."""
    story = story_of(make_item("a"))
    assert ("news/a/", False, "https://a.example/story/", "a.example") == (
        story.href,
        story.is_external,
        story.source_url,
        story.source_host,
    )


def test_headline_leads_to_the_source_where_the_owner_wants_it():
    """DIGEST_HEADLINE_LINKS = "source" sends readers straight out."""
    story = story_of(make_item("a"), headline_to_source=True)
    assert ("https://a.example/story/", True) == (story.href, story.is_external)


def test_headline_of_an_item_without_a_link_stays_on_the_site():
    """What lives here is read here, whatever the owner wants of links out."""
    story = story_of(make_item("a", url=""), headline_to_source=True)
    assert ("news/a/", False, "", "") == (story.href, story.is_external, story.source_url, story.source_host)


def test_headline_of_an_item_without_a_page_leads_out():
    """A site that gives pages only to its own items links the others straight out."""
    story = story_of(make_item("a"), pages="local-only")
    assert ("https://a.example/story/", True) == (story.href, story.is_external)


@pytest.mark.parametrize("excerpt", ["Otters take bridge", "OTTERS TAKE BRIDGE.", "Otters take  bridge…"])
def test_excerpt_that_repeats_the_title_is_hidden(excerpt: str):
    """Nobody reads the same words twice."""
    assert "" == story_of(make_item(title="Otters take bridge", excerpt=excerpt)).excerpt


def test_excerpt_that_says_more_than_the_title_is_shown():
    """An excerpt that only begins as the title does is kept whole."""
    excerpt = "Otters take bridge, and nobody minds."
    assert excerpt == story_of(make_item(title="Otters take bridge", excerpt=excerpt)).excerpt


def test_kicker_is_the_first_topic_that_is_no_root():
    """The word above a headline says something."""
    records = [make_topic("Azure"), make_topic("Databases", parent="Azure")]
    kicker = story_of(make_item(topics=("Azure", "databases")), topics=records).kicker
    assert kicker is not None
    assert ("Databases", "topics/databases/") == (kicker.text, kicker.href)


def test_item_without_topics_has_no_kicker():
    """No topic, no word."""
    assert story_of(make_item()).kicker is None


@pytest.mark.parametrize(
    ("expected", "record"),
    [
        (("Learn Microsoft", "L"), None),
        (("Microsoft", "M"), make_provider("microsoft.com", "Microsoft")),
        (("Learn Microsoft", "L"), ProviderRecord(domain="microsoft.com", description="Makes programs.")),
        (("microsoft.com", "M"), make_provider("microsoft.com", "microsoft.com")),
        (("Learn Microsoft", "L"), make_provider("elsewhere.example", "Elsewhere")),
    ],
)
def test_source_is_named_by_its_record_else_by_the_item(expected: tuple[str, str], record: ProviderRecord | None):
    """Its page is keyed by domain; without a record that names it, each item has the say."""
    item = make_item("a", provider=make_provider_ref("microsoft.com", "Learn Microsoft"))
    others = [make_item(slug, provider=make_provider_ref("microsoft.com", "Microsoft")) for slug in "bc"]
    room = make_room([item, *others], providers=[record] if record else [])
    source = room.story(item).source
    assert source is not None
    assert (*expected, "providers/microsoft.com/") == (source.name, source.letter, source.href)


def test_item_without_provider_has_no_source():
    """A missing provider is left out, not invented."""
    assert story_of(make_item(provider=None)).source is None


def test_source_of_a_merged_domain_leads_to_the_records_page():
    """An item that a record claims by name leads to the page where it is listed."""
    item = make_item("a", provider=make_provider_ref("two.example", "Second"))
    source = story_of(item, providers=[make_provider("one.example", other_names=("Second",))]).source
    assert source is not None
    assert "providers/one.example/" == source.href


def test_member_of_a_merged_domain_leads_to_the_records_page():
    """The sidebar follows a record's other names as lists do."""
    other = make_item("b", provider=make_provider_ref("two.example", "Second"))
    room = make_room(
        [make_item("a", related=(make_link("b"),)), other],
        providers=[make_provider("one.example", other_names=("Second",))],
    )
    (member,) = room.catalogue.clusters["a"].members
    source = room.member(member).source
    assert source is not None
    assert "providers/one.example/" == source.href


def test_icon_is_a_file_of_the_site_or_a_letter():
    """An icon is never asked of another host."""
    icons = [ImageRef(url="https://x.example/icon.png", width_px=50), ImageRef(url="/assets/post.jpg", width_px=50)]
    sources = [
        story_of(make_item(provider=make_provider_ref(icon=icon)), local_files=["assets/post.jpg"]).source
        for icon in icons
    ]
    assert ["", "assets/post.jpg"] == [source.icon for source in sources if source]


def test_tint_of_a_source_does_not_depend_on_its_name():
    """One domain has one colour, whatever it is called."""
    tints = {story_of(make_item(provider=make_provider_ref("x.example", name))).source.tint for name in "ABC"}  # type: ignore[union-attr]
    assert 1 == len(tints)


def test_video_says_that_it_is_one():
    """The kind of an item is its type."""
    assert "video" == story_of(make_item(type=ItemType.VIDEO)).kind


def test_language_is_named_where_it_is_not_the_sites():
    """A headline in another language says so; one in the site's own does not."""
    langs = [story_of(make_item(lang=lang), lang="en").lang for lang in ("", "en-US", "de-DE")]
    assert ["", "", "de-DE"] == langs


def test_computed_link_in_another_language_says_so():
    """The sidebar names a language as lists do, for computed links as well."""
    assert "de-DE" == make_room([make_item("a", lang="de-DE")]).item_member(make_item("a", lang="de-DE")).lang


def test_brief_story_is_the_story_without_its_coverage():
    """Unless it is known already: then nothing is made twice."""
    item = make_item("a", related=(make_link("x", provider=make_provider_ref("one.example", "One")),))
    room = make_room([item])
    brief, story = room.brief(item), room.story(item)
    assert story.coverage is not None
    assert msgspec.structs.replace(story, coverage=None) == brief
    assert story is room.brief(item)


def test_story_that_nobody_else_covered_has_no_coverage():
    """No line is drawn for nothing."""
    assert story_of(make_item()).coverage is None


def test_coverage_names_each_source_once_with_its_count():
    """Three reports by one source are one link, to the best of them, and a number."""
    coverage = coverage_of("One", "Two", "One", "One")
    assert [("One", 3), ("Two", 1)] == [(link.name, link.count) for link in coverage.links]
    assert "https://x0.example/story/" == coverage.links[0].href


def test_coverage_names_four_sources_then_counts():
    """The line stays a line: four names, then how many more."""
    coverage = coverage_of("A", "B", "C", "D", "E", "F")
    assert (["A", "B", "C", "D"], 2) == ([link.name for link in coverage.links], coverage.more_count)
    assert "news/a/#coverage" == coverage.more_href


def test_coverage_of_four_sources_has_no_more():
    """Nothing is hidden, nothing is counted."""
    assert 0 == coverage_of("A", "B", "C", "D").more_count


def test_coverage_counts_reports_and_sources_with_the_item_itself():
    """The count "3 reports from 2 sources" includes the headline above it."""
    coverage = coverage_of("Other", "post")
    assert (3, 2) == (coverage.report_count, coverage.provider_count)


def test_rest_of_the_coverage_leads_to_a_block_that_exists():
    """A story whose other reports are all older has no block called coverage to lead to."""
    related = tuple(
        make_link(f"x{n}", date="2026-01-01", provider=make_provider_ref(f"{n}.example", str(n))) for n in range(6)
    )
    item = make_item("a", related=related)
    room = make_room([item])
    coverage = room.story(item).coverage
    assert coverage is not None
    (plan,) = map(made, plan_articles(room, Cards(room)))
    assert coverage.more_href.partition("#")[2] in {"", *(group.kind for group in plan.view.groups)}


def test_link_of_the_coverage_leads_out_or_to_a_page_without_a_link():
    """A report that lives on this site is linked here; all others lead out."""
    room = make_room(
        [make_item("a", url=""), make_item("b", url="https://b.example/story/", related=(make_link("x"),))],
    )
    coverage = room.story(room.catalogue.listed[1]).coverage
    assert coverage is not None
    assert [("https://x.example/story/", True)] == [(link.href, link.is_external) for link in coverage.links]


def test_member_with_a_page_stays_on_the_site():
    """In the sidebar a published report leads to its page, an unpublished one out."""
    others = make_item("b"), make_item("c", status=Status.UNPUBLISHED)
    room = make_room([make_item("a", related=(make_link("b"), make_link("c"))), *others])
    views = [room.member(member) for member in room.catalogue.clusters["a"].members]
    assert [("news/b/", False), ("https://c.example/story/", True)] == [(view.href, view.is_external) for view in views]


def test_bands_are_shown_from_twenty_items_on():
    """A small site has no dots; a larger one gives them to its hottest."""
    items = [make_item(f"i{n:02}", heat=n) for n in range(20)]
    assert {0} == {make_room(items[:19]).story(item).band for item in items[:19]}
    room = make_room(items)
    assert (3, 1) == (room.story(items[19]).band, room.story(items[0]).band)


def test_picture_on_five_items_is_no_picture():
    """A logo or share card does not illustrate a story."""
    image = ImageRef(url="/images/a.jpg", width_px=1200, height_px=630)
    for count, has_picture in ((4, True), (5, False)):
        items = [make_item(f"i{n}", images=(image,)) for n in range(count)]
        assert has_picture == bool(make_room(items, local_files=["images/a.jpg"]).story(items[0]).picture)


def test_picture_that_is_no_file_of_the_site_is_left_out():
    """Nothing is asked of other hosts, and no broken picture is shown."""
    image = ImageRef(url="https://x.example/a.jpg", width_px=1200, height_px=630)
    assert story_of(make_item(images=(image,))).picture is None


def test_coverage_of_a_named_story_leads_to_it_and_counts_what_its_page_counts():
    """Lists say what the story's page says."""
    items = [make_item(slug, story="bridge", date=f"2026-05-0{n}") for n, slug in enumerate("abc", 1)]
    coverage = make_room(items).coverage(items[0])
    assert coverage is not None
    assert ("stories/bridge/", 3, 1) == (coverage.href, coverage.report_count, coverage.provider_count)


def test_coverage_of_links_to_elsewhere_leads_nowhere():
    """One item and what it names is no story with a page."""
    item = make_item("a", related=(make_link("x"),))
    coverage = make_room([item]).coverage(item)
    assert coverage is not None
    assert "" == coverage.href
