"""``docs/explanation/data-flow.md`` says of one item what is true of it, and names files that there are."""

from __future__ import annotations

import re
from typing import Final

from pelican.plugins.news_digest.frontmatter.reader import read_archive
from pelican.plugins.news_digest.frontmatter.yaml.yaml12 import load_front_matter, split_front_matter
from pelican.plugins.news_digest.output.packing import pack
from pelican.plugins.news_digest.output.templates.fingerprint import Fingerprinter
from pelican.plugins.news_digest.output.templates.options import TemplateOptions
from pelican.plugins.news_digest.output.templates.render import Renderer, make_environment
from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.items.article import plan_articles
from pelican.plugins.news_digest.pages.items.cards import Cards
from pelican.plugins.news_digest.pages.plans import made
from tests.conftest import ROOT
from tests.fuzz.way import SITE
from tests.pages.rooms import make_room

PACKAGE: Final = ROOT / "plugins" / "pelican" / "plugins" / "news_digest"
CONTENT: Final = ROOT / "content"
PAGE: Final = (ROOT / "docs" / "explanation" / "data-flow.md").read_text(encoding="utf-8")
PATH: Final = "news/2026-04-13-council-opens-340-allotment-plots-on-the-old-gasworks.md"
TEMPLATES: Final = TemplateOptions(paths=(str(ROOT / "theme" / "templates"),))


def stops() -> list[str]:
    """Return what the page says of the item at each stop."""
    return re.findall(r"^\| \d+ \| .* \| `([^`]+)` \|$", PAGE, re.MULTILINE)


def test_each_stop_shows_what_the_item_is_there():
    """Walk the item through the rooms in their order, and ask it at each stop."""
    archive = read_archive(CONTENT, timezone="Europe/London")
    item = next(item for item in archive.items if item.source_path == PATH)
    front_matter, _ = split_front_matter((CONTENT / PATH).read_text(encoding="utf-8"))
    room = make_room(
        archive.items,
        topics=archive.topics,
        providers=archive.providers,
        zone="Europe/London",
        name="The Ellery Digest",
        local_files={image.url.lstrip("/") for image in item.images},
    )
    picture = room.images.picture(item)
    assert picture is not None
    promise = next(promise for promise in plan_articles(room, Cards(room)) if promise.slug == item.slug)
    (plan,) = (made(plan) for plan in plan_site(room) if plan.save_as == promise.save_as)
    html = Renderer(TEMPLATES, site=SITE, root="/", is_relative=False, files=1).render(plan).decode()
    title = re.search("<title>.*?</title>", html)
    assert title is not None
    prints = Fingerprinter(make_environment(TEMPLATES), options=TEMPLATES, site=SITE, root="/")
    assert stops() == [
        item.source_path,
        f"publishedDateTime: {load_front_matter(front_matter)['publishedDateTime']!r}",
        f"NewsItem.date = {item.date:%Y-%m-%d %H:%M %Z}",
        f"topic_ids = {room.catalogue.topic_ids[item.slug]}",
        f"{picture.src}, {picture.width_px} × {picture.height_px}",
        f"StoryView.time.day = {room.story(item).time.day}",
        f"Promise.template = {promise.template}",
        plan.save_as,
        title[0],
        f"Entry.key = {len(prints.key(plan, pack(plan)))} bytes",
    ]


def test_every_place_that_is_named_is_there():
    """Whoever goes there finds it: a room or a module of the package, or a folder of the checkout."""
    names = set(re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.py)?|[a-z_]+\.py)`", PAGE))
    assert set() == {name for name in names if not ((PACKAGE / name).exists() or (ROOT / name).exists())}
