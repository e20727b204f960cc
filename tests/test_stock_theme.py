"""With a theme that is not ours Pelican renders: topics are its tags, the source is its author."""

from __future__ import annotations

import feedparser
import pytest
from lxml import html

from tests.builders import front_matter
from tests.conftest import Site


@pytest.fixture(scope="module", params=["simple", "notmyidea"])
def stock(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site of two items and a classic article, built with one of Pelican's own themes."""
    site = Site(tmp_path_factory.mktemp(request.param))
    site.settings(
        THEME=request.param,
        FEED_ALL_ATOM="feeds/all.atom.xml",
        TAG_SAVE_AS="tag/{slug}.html",
        AUTHOR_SAVE_AS="author/{slug}.html",
    )
    site.write(
        "news/a.md",
        front_matter(
            title='"Salt & <b>vinegar</b>"',
            excerpt="'Said & \"done\".'",
            topics="\n  - Harbour\n  - Café Life",
            provider="{name: The Post, domain: post.example}",
            webUrl="https://post.example/a",
        ),
    )
    site.write("news/b.md", front_matter(title='"Gone"', removed="true", webUrl="https://post.example/b"))
    site.write("articles/c.md", "Title: Classic\nDate: 2026-05-02 07:00\nTags: Harbour\n\nWords.\n")
    result = site.build("--fatal", "errors")
    assert 0 == result.returncode, result.stdout
    return site


def words(site: Site, path: str) -> str:
    """Return the text of one page, as a reader sees it."""
    return " ".join(html.fromstring(site.page(path)).text_content().split())


def test_topics_are_tags(stock: Site):
    """Each topic has the theme's page for a tag, named as the topic is, under the topic's own address."""
    for path, name in (("tag/harbour.html", "Harbour"), ("tag/cafe-life.html", "Café Life")):
        text = words(stock, path)
        assert name in text
        assert "Salt & ‹b›vinegar‹/b›" in text
    assert "Classic" in words(stock, "tag/harbour.html")


def test_source_is_the_author(stock: Site):
    """The theme's page for an author is the source's, under its domain."""
    (path,) = [name for name in stock.files() if name.startswith("author/post")]
    text = words(stock, path)
    assert "The Post" in text
    assert "Salt & ‹b›vinegar‹/b›" in text


def test_page_of_an_item_shows_excerpt_source_and_the_way_out(stock: Site):
    """It lies where our theme has it, so that addresses stay when the theme changes."""
    page = stock.page("news/a/index.html")
    assert "Salt & ‹b›vinegar‹/b›" in words(stock, "news/a/index.html")
    assert "Said & “done”." in words(stock, "news/a/index.html")
    assert "https://post.example/a" in [str(href) for href in html.fromstring(page).xpath("//a/@href")]
    assert "<b>" not in page
    assert 1 == len(html.fromstring(page).xpath("//title"))


def test_removed_item_is_nowhere(stock: Site):
    """What was removed has no page and stands in no list."""
    assert [] == [name for name, data in stock.files().items() if b"Gone" in data]


def test_feed_is_the_themes_and_nothing_of_ours_is_written(stock: Site):
    """Pelican's own feed has the items; our pages, feeds and API are left out."""
    titles = [entry.title for entry in feedparser.parse(stock.files()["feeds/all.atom.xml"]).entries]
    assert ["Classic", "Salt & ‹b›vinegar‹/b›"] == titles
    assert [] == [name for name in stock.files() if name.startswith(("api/", "providers/", "latest/"))]
