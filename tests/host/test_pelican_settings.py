"""Whoever adopts a site learns which of its settings count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lxml import html
from pelican.settings import DEFAULT_CONFIG

from pelican.plugins.news_digest.host.pelican_settings import PELICAN_SETTINGS, unused
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

CLASSIC = "Title: Classic\nDate: 2026-05-01\nCategory: notes\nTags: Harbour\n\n"


def test_every_setting_of_pelicans_is_named():
    """A new version of Pelican has to be thought about."""
    assert set() == DEFAULT_CONFIG.keys() - PELICAN_SETTINGS.keys()


def test_what_is_set_and_not_used_is_named_once(site: Site):
    """Defaults and what is switched off are not."""
    site.write("news/a.md", front_matter())
    site.settings(FEED_MAX_ITEMS=5, CSS_FILE=None, TAGS_SAVE_AS="tags.html")
    said = " ".join(site.build().stdout.split())
    assert 1 == said.count("Not used with this theme: FEED_MAX_ITEMS, TAGS_SAVE_AS;")
    assert () == unused({**DEFAULT_CONFIG, "CSS_FILE": None})


def test_links_to_tags_categories_and_authors_lead_to_our_pages(site: Site):
    """Those without a page of their own lead to the list of all."""
    kinds = "{tag}Harbour", "{tag}nothing", "{category}notes", "{category}Harbour", "{author}The Post", "{author}Me"
    site.write(
        "articles/c.md",
        CLASSIC
        + " ".join(f"[x]({each.replace(' ', '%20')})" for each in kinds[:4])
        + "".join(f' <a href="{each}">x</a>' for each in kinds[4:])
        + "\n",
    )
    site.write("news/a.md", front_matter())
    result = site.build("--fatal", "warnings")
    assert 0 == result.returncode, result.stdout
    links = html.fromstring(site.page("classic.html")).xpath("//div[@class='prose e-content']//a/@href")
    ours = [
        "topics/harbour/",
        "topics/",
        "category/notes.html",
        "topics/harbour/",
        "providers/post.example/",
        "providers/",
    ]
    assert [f"https://tiny.example/{address}" for address in ours] == links


@pytest.mark.parametrize(
    ("expected", "settings"),
    [
        ("one two three [more]", {"SUMMARY_MAX_LENGTH": 3, "SUMMARY_END_SUFFIX": " [more]"}),
        ("one two three four", {"SUMMARY_MAX_PARAGRAPHS": 1}),
        ("one two three four five six", {"SUMMARY_MAX_LENGTH": None}),
    ],
)
def test_summaries_are_as_long_as_pelicans_settings_say(expected: str, settings: dict[str, Any], site: Site):
    """What a classic article says no summary of."""
    site.write("articles/c.md", f"{CLASSIC}one two three four\n\nfive six\n")
    site.settings(**settings)
    site.build()
    excerpts = html.fromstring(site.page("latest/index.html")).xpath("//p[@class='story-excerpt p-summary']/text()")
    assert [expected] == excerpts
    assert [] == html.fromstring(site.page("classic.html")).xpath("//p[@class='report-excerpt p-summary']")


def test_feeds_stay_where_readers_know_them(site: Site):
    """The feed of everything lies at both addresses, and says which is its own."""
    site.write("news/a.md", front_matter())
    site.settings(FEED_ALL_ATOM="atom.xml", FEED_ALL_RSS="old/rss.xml")
    site.build()
    assert site.page("feeds/all.atom.xml") == site.page("atom.xml")
    assert site.page("feeds/all.rss.xml") == site.page("old/rss.xml")
    assert "0 files changed" in site.build().stdout


def test_menu_stands_in_the_masthead_and_links_in_the_footer(site: Site):
    """On phones the menu has its entries, too. Pages can be left out; what is no address leads nowhere."""
    site.write("pages/us.md", "Title: Us\n\nWords.\n")
    site.settings(
        MENUITEMS=[
            ("Shop", "/shop/"),
            ("Board", "https://board.example/"),
            ("Bad", "javascript:x()"),
            ("Alone",),
            "Odd",
        ],
        THEME_TEMPLATES_OVERRIDES=["templates"],
        LINKS=(("Pelican", "https://getpelican.com/"),),
        SOCIAL=[("Mail", "mailto:a@b.example")],
        DISPLAY_PAGES_ON_MENU=False,
    )
    (site.root / "templates" / "extend").mkdir(parents=True)
    (site.root / "templates" / "extend" / "nav.html").write_text('<li><a href="{{ root }}mine/">Mine</a></li>')
    site.build()
    page = html.fromstring(site.page("index.html"))
    for kind in ("menu-places", "nav-places"):
        assert ["/shop/", "https://board.example/", "/mine/"] == page.xpath(f"//ul[@class='{kind}']//a/@href")[-3:]
    assert ["external noopener"] * 2 == page.xpath("//a[@href='https://board.example/']/@rel")
    links = page.xpath("//ul[@class='footer-links']//a/@href")
    assert {"https://getpelican.com/", "mailto:a@b.example"} <= set(links)
    assert [] == [link for link in page.xpath("//a/@href") if "us.html" in link or "javascript" in link]
