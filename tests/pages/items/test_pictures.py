"""The files of pictures are planned once each, and only those that a page may name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pelican.plugins.news_digest.images.pictures import Picture, PictureIndex
from pelican.plugins.news_digest.images.plan import ImageMode, ImagePlanner
from pelican.plugins.news_digest.model import ImageRef, NewsItem, Status, StoryRecord
from pelican.plugins.news_digest.pages.items.pictures import plan_pictures, smallest
from pelican.plugins.news_digest.pages.views.story import PictureView
from tests.builders import make_item, make_provider_ref
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from pelican.plugins.news_digest.pages.plans import PicturePlan

URL, ICON_URL = "https://cdn.example/a.jpg", "https://cdn.example/icon.png"
PICTURE = Picture("aa", 800, 600, (320, 640, 800), has_avif=True, tone="1-2-3")
ICON = Picture("cc", 50, 50, (50,))


def planned(*items: NewsItem, pictures: dict[str, Picture], **values: Any) -> list[PicturePlan]:
    """Return the files of a site of *items*, all of whose pages are planned."""
    room = make_room(items, **values)
    index = PictureIndex(folder="/made", pictures=pictures)
    room.images = ImagePlanner(items, local_files=frozenset(), mode=ImageMode.CACHE, pictures=index)
    room.stories(room.catalogue.published)
    return list(plan_pictures(room))


def test_every_file_of_a_shown_picture_is_planned_once():
    """Two items with one picture share its files."""
    items = [make_item(slug, images=(ImageRef(url=URL),)) for slug in "ab"]
    plans = planned(*items, pictures={URL: PICTURE, "https://cdn.example/other.jpg": Picture("bb", 9, 9, (320,))})
    names = [f"aa-{width}.{ending}" for ending in ("avif", "webp") for width in (320, 640, 800)]
    assert sorted(f"pictures/{name}" for name in names) == [plan.save_as for plan in plans]
    assert "/made/aa-320.avif" == plans[0].source


def test_picture_of_a_story_is_planned():
    """The one that its owner chose, in every size; the story's page names them."""
    items = [make_item(slug, story="s") for slug in "ab"]
    record = StoryRecord(id="s", source_path="stories/s.md", picture=ImageRef(url=URL))
    assert 6 == len(planned(*items, pictures={URL: PICTURE}, stories=[record]))


def test_what_no_page_shows_is_not_copied():
    """The picture of an item without a page stays in the cache."""
    hidden = make_item("a", images=(ImageRef(url=URL),), status=Status.DRAFT)
    assert [] == planned(hidden, make_item("b"), pictures={URL: PICTURE})


def test_icons_are_files_too():
    """The icon of another host, once it was made, is the site's own."""
    ref = make_provider_ref(icon=ImageRef(url=ICON_URL))
    assert ["pictures/cc-50.webp"] == [p.save_as for p in planned(make_item(provider=ref), pictures={ICON_URL: ICON})]


def test_an_icon_of_the_sites_own_folder_of_that_name_is_no_made_one():
    """It lies in the content folder, and is copied from there."""
    item = make_item(provider=make_provider_ref(icon=ImageRef(url="/pictures/icon.png")))
    room = make_room([item])
    local, pictures = frozenset({"pictures/icon.png"}), PictureIndex(folder="/made", pictures={URL: PICTURE})
    room.images = ImagePlanner([item], local_files=local, mode=ImageMode.CACHE, pictures=pictures)
    room.stories(room.catalogue.published)
    assert ["pictures/icon.png"] == list(room.icons())
    assert [] == list(plan_pictures(room))


def test_lists_made_by_scripts_get_the_smallest_file():
    """A search result needs no choice of sizes."""
    view = PictureView(src="pictures/aa-640.webp", width_px=8, height_px=6, stem="pictures/aa", widths=(320, 640))
    assert PictureView(src="pictures/aa-320.webp", width_px=8, height_px=6) == smallest(view)
    plain = PictureView(src="images/a.jpg", width_px=8, height_px=6)
    assert plain == smallest(plain)
