"""The picture beside a story is its own, fits, and comes from where the site allows."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.images.generic import GENERIC_COUNT
from pelican.plugins.news_digest.images.own import OwnLook
from pelican.plugins.news_digest.images.plan import ImageMode, ImagePlanner, PlannedImage
from pelican.plugins.news_digest.model import ImageRef
from tests.builders import make_item

REMOTE_URL = "https://cdn.example/pier.jpg"


def make_image(url: str = "/images/pier.jpg", *, width: int = 1200, height: int = 630, title: str = "") -> ImageRef:
    """Return a picture of a common size."""
    return ImageRef(url=url, width_px=width, height_px=height, title=title)


def plan(
    *images: ImageRef, mode: ImageMode = ImageMode.CACHE, local: tuple[str, ...] = ("images/pier.jpg",)
) -> PlannedImage | None:
    """Return the picture of an item that names *images* and is alone in its archive."""
    item = make_item(images=images)
    return ImagePlanner([item], local_files=frozenset(local), mode=mode).picture(item)


def test_a_local_picture_is_shown() -> None:
    """A picture that lies on the site is planned with its size and title."""
    expected = PlannedImage(
        src="images/pier.jpg", width_px=1200, height_px=630, title="The pier", fit="cover", is_external=False
    )
    assert expected == plan(make_image(title="The pier"))


@pytest.mark.parametrize("url", ["/images/pier.jpg", "https://news.github.io/site/assets/pier.jpg"])
def test_the_archives_own_addresses_are_local(url: str) -> None:
    """A path and the absolute address under which the archives were published lead to the same folder."""
    found = plan(make_image(url), local=("images/pier.jpg", "assets/pier.jpg"))
    assert found is not None
    assert (found.is_external, found.src.rsplit("/", 1)[-1]) == (False, "pier.jpg")


@pytest.mark.parametrize("mode", ImageMode)
def test_a_local_picture_that_is_not_there_is_not_shown(mode: ImageMode) -> None:
    """A path that leads nowhere is no picture in any mode."""
    assert plan(make_image("/images/gone.jpg"), mode=mode) is None


OWN = (
    "images/pier.jpg",
    "images/Grey Seal.jpg",
    "images/c++.jpg",
    "images/50%.jpg",
    "images/gr\u00e5.jpg",
    "images/a,b&c.jpg",
)


@pytest.mark.parametrize(
    ("expected", "url"),
    [
        ("images/pier.jpg", "/images/PIER.JPG"),
        ("images/pier.jpg", "/images/pier.jpg?w=640#top"),
        ("images/pier.jpg", "/images/%70ier.jpg"),
        ("images/Grey%20Seal.jpg", "/images/Grey Seal.jpg"),
        ("images/Grey%20Seal.jpg", "/images/Grey%20Seal.jpg"),
        ("images/Grey%20Seal.jpg", "/images/grey+seal.jpg?v=2"),
        ("images/c++.jpg", "/images/c++.jpg"),
        ("images/c++.jpg", "/images/c%2B%2B.jpg"),
        ("images/50%25.jpg", "/images/50%.jpg"),
        ("images/50%25.jpg", "/images/50%25.jpg"),
        ("images/gr%C3%A5.jpg", "/images/gr\u00e5.jpg"),
        ("images/gr%C3%A5.jpg", "/images/gra\u030a.jpg"),
        ("images/gr%C3%A5.jpg", "/images/gr%C3%A5.jpg"),
        ("images/a%2Cb&c.jpg", "/images/a,b&c.jpg"),
    ],
)
def test_a_path_is_read_as_its_writer_meant_it(expected: str, url: str) -> None:
    """However it is spelt, the file is found, and its address is one that every browser asks for."""
    found = plan(make_image(url), local=OWN)
    assert found is not None
    assert expected == found.src


def test_the_exact_name_comes_first() -> None:
    """Of two files whose names differ in case only, each is found by its own; another spelling finds one for good."""
    local = ("images/A.jpg", "images/a.jpg", "images/a b.jpg", "images/a+b.jpg")
    found = [plan(make_image(f"/images/{name}"), local=local) for name in ("A.jpg", "a.jpg", "a+b.jpg", "A.JPG")]
    assert ["images/A.jpg", "images/a.jpg", "images/a+b.jpg", "images/A.jpg"] == [one.src for one in found if one]


@pytest.mark.parametrize("url", ["images/pier.jpg", "/images/", "/", "/images/pie.jpg", "/images%2f..%2fpier.jpg"])
def test_only_files_of_the_site_are_local(url: str) -> None:
    """A picture is local when its path means a file that the site publishes, whatever else lies on the disk."""
    assert plan(make_image(url)) is None


def look(**values: int | str) -> dict[str, OwnLook]:
    """Return what looking at the pier's picture has shown."""
    return {"images/pier.jpg": OwnLook(**values)}  # type: ignore[arg-type]


def test_a_size_that_nobody_wrote_is_the_files() -> None:
    """What an item says about the size counts when it is all there."""
    item = make_item(images=(make_image(width=0, height=0),))
    local = frozenset({"images/pier.jpg"})
    planner = ImagePlanner([item], local_files=local, mode=ImageMode.CACHE, looks=look(width_px=640, height_px=400))
    found = planner.picture(item), planner.picture(make_item(images=(make_image(width=9, height=0),)))
    assert [(640, 400)] * 2 == [(picture.width_px, picture.height_px) for picture in found if picture]


def test_what_is_no_picture_is_not_shown() -> None:
    """Neither beside a story nor as a source's icon; the next picture of the item takes its place."""
    item = make_item(images=(make_image(), make_image("/images/mole.jpg")))
    local = frozenset({"images/pier.jpg", "images/mole.jpg"})
    planner = ImagePlanner([item], local_files=local, mode=ImageMode.CACHE, looks=look(problem="empty"))
    found = planner.picture(item)
    assert found is not None
    assert ("images/mole.jpg", "") == (found.src, planner.icon(ImageRef(url="/images/pier.jpg")))


@pytest.mark.parametrize(("expected", "mode"), [(None, "cache"), (REMOTE_URL, "remote"), (None, "none")])
def test_other_hosts_are_asked_in_remote_mode_only(expected: str | None, mode: str) -> None:
    """No reader's browser asks another host unless the site says so."""
    found = plan(make_image(REMOTE_URL), mode=ImageMode(mode))
    assert expected == (found.src if found else None)


def test_remote_pictures_are_asked_for_over_https() -> None:
    """A picture at an http address is tried at https."""
    found = plan(make_image("http://cdn.example/pier.jpg"), mode=ImageMode.REMOTE)
    assert found is not None
    assert (found.src, found.is_external) == (REMOTE_URL, True)


def test_no_mode_shows_nothing() -> None:
    """Where pictures come from nowhere, even local ones are left out."""
    assert plan(make_image(), mode=ImageMode.NONE) is None


@pytest.mark.parametrize(("width", "height"), [(0, 630), (1200, 0), (0, 0)])
def test_a_picture_without_a_size_is_not_shown(width: int, height: int) -> None:
    """Without a size the page would jump."""
    assert plan(make_image(width=width, height=height)) is None


@pytest.mark.parametrize(
    ("fit", "width", "height"),
    [
        ("cover", 1910, 1000),
        ("cover", 2200, 1000),
        ("contain", 2201, 1000),
        ("cover", 800, 1000),
        ("contain", 799, 1000),
        ("cover", 500, 500),
    ],
)
def test_very_wide_and_very_tall_pictures_are_not_cropped(fit: str, width: int, height: int) -> None:
    """Above 2.2:1 and below 0.8:1 cropping would lose the picture."""
    found = plan(make_image(width=width, height=height))
    assert found is not None
    assert fit == found.fit


def test_the_first_picture_that_can_be_shown_is() -> None:
    """Pictures that cannot be shown make room for the next one."""
    found = plan(make_image(REMOTE_URL), make_image(width=0), make_image(title="third"), make_image(title="fourth"))
    assert found is not None
    assert found.title == "third"


def test_an_item_without_pictures_has_none() -> None:
    """No picture is invented."""
    assert plan() is None


@pytest.mark.parametrize(("count", "generic"), [(GENERIC_COUNT - 1, False), (GENERIC_COUNT, True)])
def test_a_picture_on_five_items_is_not_the_story(count: int, generic: bool) -> None:
    """A picture that five items share is a logo or a share card."""
    items = [make_item(f"i{n}", images=(make_image(),)) for n in range(count)]
    planner = ImagePlanner(items, local_files=frozenset({"images/pier.jpg"}), mode=ImageMode.CACHE)
    assert (generic, generic) == (planner.is_generic(make_image()), planner.picture(items[0]) is None)


def test_one_item_that_repeats_its_picture_counts_once() -> None:
    """Five mentions in one file are still one story."""
    item = make_item(images=(make_image(),) * GENERIC_COUNT)
    planner = ImagePlanner([item], local_files=frozenset({"images/pier.jpg"}), mode=ImageMode.CACHE)
    assert planner.picture(item) is not None


@pytest.mark.parametrize(
    "name", ["logo.png", "post-logo-2x.png", "Logo_Post.svg", "social-share.jpg", "socialshare.jpg", "placeholder.gif"]
)
def test_a_picture_that_is_named_a_logo_is_one(name: str) -> None:
    """A logo or a share card is known by its name before it occurs five times."""
    assert plan(make_image(f"/images/{name}"), local=(f"images/{name}",)) is None


@pytest.mark.parametrize("name", ["catalogo-2026.jpg", "blogoff-pier.jpg", "dialogo.jpg", "prologo.jpg"])
def test_a_word_that_holds_the_letters_of_logo_is_none(name: str) -> None:
    """A catalogue, a blog or a dialogue is a story's own picture."""
    assert plan(make_image(f"/images/{name}"), local=(f"images/{name}",)) is not None


def test_the_name_of_the_host_makes_no_logo() -> None:
    """A source whose host speaks of logos has pictures, too."""
    assert plan(make_image("https://logodesign.example/pier.jpg"), mode=ImageMode.REMOTE) is not None


@pytest.mark.parametrize(
    ("expected", "icon"),
    [
        ("assets/post.png", ImageRef(url="/assets/post.png")),
        ("assets/post.png", ImageRef(url="https://news.github.io/site/assets/post.png")),
        ("", ImageRef(url="/assets/gone.png")),
        ("", ImageRef(url="https://post.example/icon.png")),
        ("", None),
    ],
)
def test_icons_are_local_or_absent(expected: str, icon: ImageRef | None) -> None:
    """An icon lies on the site, or a letter stands in its place; another host is never asked."""
    planner = ImagePlanner([], local_files=frozenset({"assets/post.png"}), mode=ImageMode.REMOTE)
    assert expected == planner.icon(icon)


@settings(max_examples=50, deadline=None)
@given(st.permutations([make_item(f"i{n}", images=(make_image(f"/images/{n % 2}.jpg"),)) for n in range(9)]))
def test_the_order_of_the_archive_does_not_matter(items: list) -> None:
    """Which pictures are generic follows from the archive and not from the order of its files."""
    planner = ImagePlanner(items, local_files=frozenset(), mode=ImageMode.REMOTE)
    assert [planner.is_generic(make_image(f"/images/{n}.jpg")) for n in (0, 1)] == [True, False]
