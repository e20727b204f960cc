"""With a theme that is not ours, pictures that were made are shown and copied, each as often as is wanted."""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from lxml import html

from pelican.plugins.news_digest.cli.main import main
from tests.builders import front_matter
from tests.images.drawing import draw, encode

if TYPE_CHECKING:
    from tests.conftest import Site

RELATED = "\n  - {webUrl: 'https://radio.example/b', title: Another report, provider: {name: Radio}}"
TEMPLATE = "{% for a in articles %}[{{ a.cover }} {{ a.image }} {{ a.og_image }} {{ a.featured_image }}]{% endfor %}"


def write_items(site: Site, **settings: object) -> None:
    """Write an item with a picture of 1600 pixels, and one with a small one."""
    pictures = site.root / "content" / "images"
    pictures.mkdir(parents=True)
    for name, width in (("pier.jpg", 1600), ("lamp.jpg", 400)):
        (pictures / name).write_bytes(encode(draw(width, width // 2)))
    for slug, name in (("a", "pier.jpg"), ("b", "lamp.jpg")):
        images = f"\n  - {{url: /images/{name}, title: A view}}"
        web_url = f"https://post.example/{slug}"
        site.write(f"news/{slug}.md", front_matter(images=images, related=RELATED, webUrl=web_url))
    site.settings(THEME="simple", CACHE_PATH="cache", DIGEST_WORKERS=1, **settings)


def make_pictures(site: Site) -> None:
    """Run ``news-digest images``."""
    with redirect_stdout(StringIO()) as said:
        assert 0 == main(["images", "-s", str(site.root / "pelicanconf.py"), "--offline"]), said.getvalue()


def built(site: Site) -> html.HtmlElement:
    """Build, and return the page of the first item."""
    result = site.build("--fatal", "warnings")
    assert 0 == result.returncode, result.stdout
    return html.fromstring(site.page("news/a/index.html"))


@pytest.mark.parametrize("is_relative", [False, True])
def test_what_was_made_is_shown_and_copied(site: Site, is_relative: bool):
    """One file of several, in its own size, and no file that no page names."""
    siteurl = "" if is_relative else "https://tiny.example"
    write_items(site, RELATIVE_URLS=is_relative, SITEURL=siteurl)
    make_pictures(site)
    for _ in range(2):
        (picture,) = built(site).xpath("//figure/img")
        root = "../.." if is_relative else siteurl
        file = picture.get("src").removeprefix(f"{root}/")
        assert file.startswith("pictures/")
        assert file.endswith("-960.webp")
        assert ("960", "480", "A view") == tuple(map(picture.get, ("width", "height", "alt")))
        assert 2 == len([name for name in site.files() if name.startswith("pictures/")])
        assert (site.output / file).is_file()


def test_themes_find_it_under_their_names(site: Site):
    """Paths that they put the site's address before, and a full one."""
    (site.root / "own").mkdir()
    (site.root / "own" / "index.html").write_text(TEMPLATE, encoding="utf-8")
    write_items(site, THEME_TEMPLATES_OVERRIDES=["own"], DIRECT_TEMPLATES=["index"])
    make_pictures(site)
    src = built(site).xpath("//figure/img/@src")[0]
    path = src.removeprefix("https://tiny.example/")
    assert f"[{path} {path} {path} {src}]" in site.page("index.html")


def test_without_making_the_original_is_shown(site: Site):
    """It is a file of the site's own; a picture that changed since is not taken for what was made of it."""
    write_items(site)
    original = ["https://tiny.example/images/pier.jpg"]
    assert original == built(site).xpath("//figure/img/@src")
    make_pictures(site)
    (site.root / "content/images/pier.jpg").write_bytes(encode(draw(800, 800)))
    (picture,) = built(site).xpath("//figure/img")
    assert (*original, "800", "800") == tuple(map(picture.get, ("src", "width", "height")))


def test_a_theme_with_a_place_of_its_own_for_pictures_shows_one(site: Site):
    """The coverage stays in the text, the picture does not."""
    write_items(site, DIGEST_STOCK_CONTENT="no-picture")
    make_pictures(site)
    page = built(site)
    assert [] == page.xpath("//figure")
    assert ["https://radio.example/b"] == page.xpath("//section[@class='digest-coverage']//a/@href")
    assert ["https://post.example/a"] == page.xpath("//p[@class='digest-way-out']/a/@href")
