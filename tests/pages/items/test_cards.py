"""Which pages have a share card, what it says, and what a page says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

from pelican.plugins.news_digest.images.cards.card_spec import Card, CardColours
from pelican.plugins.news_digest.model import ImageRef
from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.items.cards import card_file
from pelican.plugins.news_digest.pages.plans import CardPlan, PagePlan, made
from tests.builders import make_item, make_provider, make_provider_ref, make_topic
from tests.pages.rooms import make_room
from tests.pages.stories.telling import record

if TYPE_CHECKING:
    from pelican.plugins.news_digest.pages.newsroom import Newsroom
    from pelican.plugins.news_digest.pages.views.base import HeadView

HOME, ITEM = "cards/home.png", "cards/news/a.png"
DAY, TOPIC, PROVIDER = "cards/2026/05/01.png", "cards/topics/harbour.png", "cards/providers/post.example.png"


def make_small(**values: object) -> Newsroom:
    """Return a newsroom of one item."""
    item = make_item("a", title="Harbour reopens", topics=("Harbour",), date="2026-05-01T08:00")
    return make_room([item], **values)


def cards(room: Newsroom) -> dict[str, Card]:
    """Return every card of the site by its file."""
    return {plan.save_as: plan.card for plan in map(made, plan_site(room)) if isinstance(plan, CardPlan)}


def heads(room: Newsroom) -> dict[str, HeadView]:
    """Return the head of every page by its file."""
    return {plan.save_as: plan.view.head for plan in map(made, plan_site(room)) if isinstance(plan, PagePlan)}  # type: ignore[attr-defined]


def file_of(url: str, base: str = "https://tiny.example/") -> str:
    """Return the file behind an address of the site."""
    assert url.startswith(base)
    return unquote(urlsplit(url).path.removeprefix(urlsplit(base).path))


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ("none", []),
        ("home", [HOME]),
        ("lists", [HOME, DAY, TOPIC, PROVIDER]),
        ("all", [HOME, ITEM, DAY, TOPIC, PROVIDER]),
    ],
)
def test_the_owner_chooses_which_pages_have_a_card(kinds: str, expected: list[str]):
    """Each choice has what the one before it has, and more."""
    assert expected == list(cards(make_small(cards=kinds)))


def test_a_site_without_an_address_has_no_cards():
    """A preview cannot be shared: it says nothing to networks, and draws nothing."""
    room = make_small(url="")
    assert {} == cards(room)
    assert {None} == {head.share for head in heads(room).values()}


@pytest.mark.parametrize("kinds", ["none", "home", "lists", "all"])
@pytest.mark.parametrize("url", ["https://tiny.example", "https://tiny.example/repo"])
def test_every_page_shows_a_card_that_is_drawn(kinds: str, url: str):
    """No page names a picture that nobody makes, whatever its name; each that has a card of its own names that."""
    items = [make_item("a b-é", topics=("Ärzte & Co",), provider=make_provider_ref("münchen.example"))]
    room = make_room(items, cards=kinds, url=url)
    drawn = cards(room)
    shown = {page: head.share.image for page, head in heads(room).items() if head.share}
    assert len(shown) > 10
    if kinds == "none":
        assert {None} == set(shown.values())
        return
    files = {page: file_of(image.url, f"{url}/") for page, image in shown.items() if image}
    assert set(shown) == set(files)
    assert set(files.values()) == set(drawn)
    assert HOME == files["index.html"] == files["latest/index.html"] == files["404.html"]
    if kinds == "all":
        assert "cards/news/a b-é.png" == files["news/a b-é/index.html"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", "cards/home.png"),
        ("news/a/", "cards/news/a.png"),
        ("topics/caf%C3%A9/", "cards/topics/café.png"),
        ("news/../../a/", "cards/news/a.png"),
    ],
)
def test_a_card_lies_where_its_page_does(address: str, expected: str):
    """Below a folder of its own, whatever the address."""
    assert expected == card_file(address)


def test_a_long_name_leaves_room_for_its_ending():
    """A file's name may have 255 bytes; two long ones stay two."""
    names = {card_file(f"news/{letter * 126}/") for letter in "éè"}
    assert 2 == len(names)
    assert all(len(name.rpartition("/")[2].encode()) < 255 for name in names)


def test_a_card_says_what_its_page_is_about():
    """An item's has title, provider, topic and day; others have the name and what describes it."""
    item = make_item("a", title="Harbour reopens", topics=("Harbour",), date="2026-05-01T08:00", lang="de")
    found = cards(
        make_room(
            [item],
            subtitle="Read from every side",
            topics=[make_topic("City"), make_topic("Harbour", parent="City", description="Ships and quays.")],
            providers=[make_provider("post.example", "The Post", description="A daily.")],
        )
    )
    assert ("Tiny", "Read from every side", "", "tiny.example") == (
        found[HOME].title,
        found[HOME].text,
        found[HOME].site,
        found[HOME].address,
    )
    card = found[ITEM]
    assert ("Harbour reopens", "The Post", "T", "Harbour", "1 May 2026", "Tiny", "de") == (
        card.title,
        card.source,
        card.letter,
        card.kicker,
        card.date,
        card.site,
        card.lang,
    )
    assert ("Friday 1 May 2026", ("Harbour reopens",)) == (found[DAY].title, found[DAY].headlines)
    assert ("Harbour", "City", "Ships and quays.") == (found[TOPIC].title, found[TOPIC].kicker, found[TOPIC].text)
    assert ("The Post", "Source", "A daily.") == (found[PROVIDER].title, found[PROVIDER].kicker, found[PROVIDER].text)
    assert ("post.example", "tiny.example") == found[PROVIDER].instead


def test_the_limit_keeps_the_newest_and_the_fullest():
    """A big archive draws what is shared most; other items show their topic's card, other pages the site's."""
    items = [
        make_item("old", date="2026-04-30", topics=("Trams",), provider=make_provider_ref("x.example", "X")),
        make_item("past", date="2026-05-01", topics=("Harbour",)),
        make_item("mid", date="2026-05-02", topics=("Harbour",)),
        make_item("new", date="2026-05-03", topics=("Harbour",)),
    ]
    room = make_room(items, card_limit=1)
    expected = [HOME, "cards/news/new.png", "cards/2026/05/03.png", TOPIC, PROVIDER]
    assert expected == list(cards(room))
    shown = {
        page: file_of(head.share.image.url) for page, head in heads(room).items() if head.share and head.share.image
    }
    assert (TOPIC, HOME) == (shown["news/past/index.html"], shown["news/old/index.html"])
    assert HOME == shown["topics/trams/index.html"] == shown["2026/05/01/index.html"]


@pytest.mark.parametrize(
    ("src", "expected"), [("/images/a.jpg", "images/a.jpg"), ("/images/a.webp", HOME), ("/images/none.jpg", HOME)]
)
def test_an_item_without_a_card_shows_its_picture(src: str, expected: str):
    """One that every network reads; else the site's card."""
    item = make_item("a", title="Harbour", images=(ImageRef(url=src, width_px=800, height_px=600, title="The pier"),))
    room = make_room([item], cards="lists", local_files=["images/a.jpg", "images/a.webp"])
    share = heads(room)["news/a/index.html"].share
    assert share
    assert share.image
    assert expected == file_of(share.image.url)
    if expected != HOME:
        assert (800, 600, "The pier") == (share.image.width_px, share.image.height_px, share.image.alt)


def test_an_address_of_a_card_changes_with_what_it_says():
    """Networks keep a picture by its address: another title, or another colour, is another one."""

    def address(title: str = "A", accent: str = "#a32a17") -> str:
        room = make_room([make_item("a", title=title)], card_colours=CardColours(accent=accent))
        share = heads(room)["news/a/index.html"].share
        assert share
        assert share.image
        return share.image.url

    assert address() == address()
    assert 3 == len({address(), address("B"), address(accent="#0a3f6a")})


def test_a_page_says_of_itself_what_it_is():
    """An item's page is an article with its times and topic; any other is part of a website."""
    item = make_item("a", title="Harbour reopens", topics=("Harbour",), date="2026-05-01T08:00")
    found = heads(make_room([item], lang="ja"))
    share = found["news/a/index.html"].share
    assert share
    assert share.image
    assert ("Harbour reopens", "article", "ja_JP", "2026-05-01T08:00:00Z", "Harbour") == (
        share.title,
        share.type,
        share.locale,
        share.published,
        share.section,
    )
    assert "Harbour reopens — The Post" == share.image.alt
    home = found["index.html"].share
    assert home
    assert ("Tiny", "website", "") == (home.title, home.type, home.published)
    others = {head.share.type for page, head in found.items() if head.share and not page.startswith("news/")}
    assert {"website"} == others


def test_the_order_of_items_does_not_matter():
    """Cards are those of the catalogue, not of the files."""
    items = [make_item(slug, date="2026-05-01", topics=(slug,)) for slug in "abc"]
    assert cards(make_room(items)) == cards(make_room(items[::-1]))


def test_story_with_a_title_of_the_owners_has_a_card():
    """Others show that of their leading report."""
    items = [make_item(slug, story="bridge", heat=n) for n, slug in enumerate("ab")]
    named = make_room(items, stories=[record(title="The bridge", excerpt="In short.")])
    assert ("The bridge", "In short.") == (
        (card := cards(named)["cards/stories/bridge.png"]).title,
        card.text,
    )
    page = heads(make_room(items))["stories/bridge/index.html"]
    assert page.share is not None
    assert page.share.image is not None
    assert "cards/news/b.png" in page.share.image.url
    assert "cards/stories/bridge.png" not in cards(make_room(items))
