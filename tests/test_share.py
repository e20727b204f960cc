"""A built site: every page says what networks need, every picture it names is there, and nothing is drawn twice."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from pelican.log import LimitFilter
from pelican.settings import read_settings
from PIL import Image

from pelican import Pelican
from pelican.plugins.news_digest.host.summary import last_build
from pelican.plugins.news_digest.images.cards import system_fonts
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

EAST = Path(__file__).with_name("images") / "cards" / "fonts" / "east.otf"
# What Open Graph asks of every page, and what a picture needs so that nobody has to fetch it first to lay it out.
ALWAYS = {"og:site_name", "og:type", "og:url", "og:title", "og:locale"}
OF_A_PICTURE = {"og:image", "og:image:width", "og:image:height", "og:image:alt"}


@pytest.fixture(autouse=True)
def bare_system(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test depend on the fonts of the machine that it runs on, nor on what another one was warned of."""
    monkeypatch.setattr(system_fonts, "FOLDERS", ())
    monkeypatch.setattr(LimitFilter, "_raised_messages", set())


@pytest.fixture
def two(site: Site) -> Site:
    """Return a site of two items, one of them Japanese."""
    site.write("news/a.md", front_matter(title='"Harbour “reopens” & more <soon>"'))
    site.write(
        "news/b.md",
        front_matter(
            title='"エラリー港が再開"',
            publishedDateTime="2026-05-02T08:00:00Z",
            webUrl='"https://post.example/b/"',
            provider="\n  name: The Other\n  domain: other.example",
            topics="\n  - Trams",
        ),
    )
    return site


def build(site: Site, **values: object) -> set[str]:
    """Build in this process and return the files that were rendered."""
    site.settings(**{"CACHE_PATH": "cache", "DIGEST_SEARCH": False, "DIGEST_WORKERS": 1, **values})
    Pelican(read_settings(str(site.root / "pelicanconf.py"))).run()
    made = last_build()
    assert made is not None
    return set(made.performed.rendered)


def drawn(files: set[str]) -> set[str]:
    """Return the cards among *files*."""
    return {name for name in files if name.startswith("cards/")}


def said(page: bytes) -> dict[str, list[str]]:
    """Return what the head of a page says to networks."""
    found: dict[str, list[str]] = {}
    for meta in html.fromstring(page).iterfind(".//head/meta"):
        name = meta.get("property") or meta.get("name") or ""
        if name.startswith(("og:", "article:", "twitter:")):
            found.setdefault(name, []).append(meta.get("content") or "")
    return found


@pytest.mark.parametrize("url", ["https://tiny.example", "https://tiny.example/repo"])
def test_every_page_says_what_networks_need(two: Site, url: str):
    """Once each: names, address, locale, and a picture that is there, in the size that is said."""
    build(two, SITEURL=url)
    files = two.files()
    pages = {name: said(data) for name, data in files.items() if name.endswith("index.html")}
    assert len(pages) > 20
    for name, found in pages.items():
        assert ALWAYS | OF_A_PICTURE | {"twitter:card"} <= set(found), name
        assert [] == [key for key, values in found.items() if len(values) != 1 or not values[0]], name
        assert ["summary_large_image"] == found["twitter:card"]
        address = found["og:image"][0]
        assert address.startswith(f"{url}/")
        image = Image.open(io.BytesIO(files[unquote(urlsplit(address).path)[len(urlsplit(url).path) + 1 :]]))
        assert (found["og:image:width"], found["og:image:height"]) == tuple([str(side)] for side in image.size)
        assert found["og:url"] == [f"{url}/{name.removesuffix('index.html')}"]
    article = pages["news/a/index.html"]
    assert ["Harbour “reopens” & more <soon>"] == article["og:title"]
    assert ["Harbour “reopens” & more <soon> — The Post"] == article["og:image:alt"]
    assert (["article"], ["2026-05-01T08:00:00Z"], ["Harbour"]) == (
        article["og:type"],
        article["article:published_time"],
        article["article:section"],
    )
    assert (["website"], ["Tiny"], ["en_GB"]) == tuple(
        pages["index.html"][key] for key in ("og:type", "og:title", "og:locale")
    )


def test_a_preview_says_nothing_to_networks(two: Site):
    """Without SITEURL there is no address that anybody could share, and no picture is drawn."""
    assert set() == drawn(build(two, SITEURL=""))
    assert {} == said(two.files()["index.html"])


def test_nothing_is_drawn_twice(two: Site):
    """A second build draws nothing; another headline only where it stands; switched off, all of it goes."""
    every = drawn(build(two))
    assert {"cards/home.png", "cards/news/a.png", "cards/news/b.png", "cards/2026/05/01.png"} < every
    assert every == {name for name in two.files() if name.startswith("cards/")}
    assert set() == build(two)
    two.write("news/a.md", front_matter(title='"Harbour closes"'))
    assert {"cards/news/a.png", "cards/2026/05/01.png"} == drawn(build(two))
    (two.output / "cards" / "home.png").write_bytes(b"damaged")
    assert {"cards/home.png"} == drawn(build(two))
    build(two, DIGEST_CARDS="none")
    assert not (two.output / "cards").exists()


def test_a_font_that_comes_is_used_and_one_that_goes_is_missed(two: Site, caplog: pytest.LogCaptureFixture):
    """Only the cards with its letters are drawn again, and who lacks a font is told so once."""
    values = {"DIGEST_CARD_FONTS": str(two.root / "fonts")}
    (two.root / "fonts").mkdir()
    build(two, **values)
    bare = two.files()["cards/news/b.png"]
    (warning,) = [record for record in caplog.records if "share card" in record.getMessage()]
    assert "1 share card with the site's name instead of a title" in warning.getMessage()
    assert "cards/news/b.png" in warning.getMessage()
    shutil.copy(EAST, two.root / "fonts" / "east.otf")
    caplog.clear()
    assert {"cards/news/b.png", "cards/2026/05/02.png"} == drawn(build(two, **values))
    assert [] == [record for record in caplog.records if "share card" in record.getMessage()]
    assert bare != two.files()["cards/news/b.png"]
    (two.root / "fonts" / "east.otf").unlink()
    build(two, **values)
    assert bare == two.files()["cards/news/b.png"]


def test_colours_are_those_of_the_sites_own_theme(two: Site):
    """Who changes an accent, in the tokens or in a style sheet of the site's own, gets cards in it."""
    from tests.conftest import ROOT

    theme = two.root / "theme"
    shutil.copytree(ROOT / "theme", theme)
    tokens = theme / "static" / "css" / "tokens.css"
    tokens.write_text(tokens.read_text().replace("--accent: light-dark(#a32a17", "--accent: light-dark(#0a3f6a"))
    build(two, THEME=str(theme))
    assert (0x0A, 0x3F, 0x6A) == colour_of_the_bar(two)
    (two.root / "own.css").write_text(":root { --accent: light-dark(#22613a, #84c79a); }\n")
    build(two, THEME=str(theme), DIGEST_STYLE=str(two.root / "own.css"))
    assert (0x22, 0x61, 0x3A) == colour_of_the_bar(two)


def colour_of_the_bar(site: Site) -> object:
    """Return what stands along the top of the site's card."""
    return Image.open(io.BytesIO(site.files()["cards/home.png"])).convert("RGB").getpixel((600, 8))
