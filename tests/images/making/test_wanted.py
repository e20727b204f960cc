"""What a site needs is decided from its items: each picture once, the newest first, and none that is generic."""

from __future__ import annotations

from pelican.plugins.news_digest.images.generic import GENERIC_COUNT
from pelican.plugins.news_digest.images.making.wanted import Kind, Wanted, plan_wanted
from pelican.plugins.news_digest.images.plan import ImageMode, ImagePlanner
from pelican.plugins.news_digest.model import ImageRef, NewsItem
from tests.builders import make_item

URL = "https://cdn.example/{}.jpg"


def wanted(*items: NewsItem, icons: tuple[ImageRef, ...] = (), allows_fetching: bool = True) -> list[Wanted]:
    """Return what a site of *items*, all of them with a page, needs."""
    planner = ImagePlanner(items, local_files=frozenset({"images/own.jpg", "images/icon.png"}), mode=ImageMode.CACHE)
    named = [(icon, "") for icon in icons]
    return list(plan_wanted(items, named, planner=planner, allows_fetching=allows_fetching))


def refs(*urls: str) -> tuple[ImageRef, ...]:
    """Return pictures at *urls*; whether a file declares sizes does not matter here."""
    return tuple(ImageRef(url=url) for url in urls)


def test_each_address_once_in_order():
    """Pictures of other hosts and of the site's own, each with the file that names it first."""
    first = make_item("a", images=refs(URL.format(1), "/images/own.jpg"))
    second = make_item("b", images=refs(URL.format(2), URL.format(1)))
    assert [
        Wanted(address=URL.format(1), kind=Kind.PICTURE, path="news/a.md"),
        Wanted(address="images/own.jpg", kind=Kind.PICTURE, path="news/a.md"),
        Wanted(address=URL.format(2), kind=Kind.PICTURE, path="news/b.md"),
    ] == wanted(first, second)


def test_what_is_not_there_is_not_wanted():
    """A path that leads nowhere is no picture."""
    assert [] == wanted(make_item("a", images=refs("/images/gone.jpg")))


def test_generic_pictures_are_not_fetched():
    """Neither those that five items name, nor those that are named so."""
    cards = [make_item(f"c{n}", images=refs(URL.format("card"))) for n in range(GENERIC_COUNT)]
    assert [] == wanted(*cards, make_item("a", images=refs("https://cdn.example/logo.png")))


def test_what_an_owner_chose_for_a_story_is_wanted_first():
    """In the sizes that pages show, as the pictures of items are; a logo, too, for somebody chose it."""
    planner = ImagePlanner([], local_files=frozenset({"images/own.jpg"}), mode=ImageMode.CACHE)
    chosen = [(image, "stories/s.md") for image in refs("/images/own.jpg", URL.format("logo"), "/images/gone.jpg")]
    item = make_item("a", images=refs(URL.format(1)))
    found = plan_wanted([item], [], chosen=chosen, planner=planner, allows_fetching=True)
    assert ["images/own.jpg", URL.format("logo"), URL.format(1)] == [one.address for one in found]
    assert [Kind.PICTURE, "stories/s.md"] == [found[1].kind, found[1].path]


def test_icons_of_other_hosts_are_wanted():
    """The site's own are shown as they are."""
    found = wanted(icons=refs("/images/icon.png", URL.format("icon"), URL.format("icon")))
    assert [Wanted(address=URL.format("icon"), kind=Kind.ICON)] == found


def test_a_site_may_fetch_nothing():
    """Where browsers ask other hosts themselves, only the site's own pictures are made."""
    item = make_item("a", images=refs(URL.format(1), "/images/own.jpg"))
    assert ["images/own.jpg"] == [w.address for w in wanted(item, allows_fetching=False)]
