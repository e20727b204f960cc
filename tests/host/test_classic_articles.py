"""Pelican's own articles under our theme: who wrote them, their category, their template, the feeds they had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import feedparser
import pytest
from lxml import html

from pelican.plugins.news_digest.pages.plans import page_file
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

SPECIAL = """\
{% extends "article.html" %}
{% block main %}<p id="at">{{ view.metadata.place }}</p>{{ super() }}{% endblock %}
"""
META = "//article/p[@class='meta']"
AUTHOR, CATEGORY = {"AUTHOR_URL": "who/{slug}/"}, {"CATEGORY_URL": "c/{slug}/"}


def write(site: Site, name: str, *headers: str, text: str = "Some words.", date: str = "2026-05-01 10:00") -> None:
    """Write an article with *headers*; its title and its file are called *name*."""
    head = "\n".join((f"Title: {name}", f"Date: {date}", *headers))
    site.write(f"blog/{name}.md", f"{head}\n\n{text}\n")


def links(site: Site, page: str, xpath: str) -> list[tuple[str, str]]:
    """Return text and address of the links below *xpath* on a page."""
    found = html.fromstring(site.page(page)).xpath(f"{xpath}//a")
    return [(str(a.text_content()), str(a.get("href"))) for a in found]


def headlines(site: Site, page: str) -> list[str]:
    """Return the headlines of the list on a page."""
    return [str(each.text_content()) for each in html.fromstring(site.page(page)).xpath("//main//h3")]


@pytest.mark.parametrize(
    ("expected", "headers", "settings"),
    [
        ([("Ann Archer", "/author/ann-archer.html")], ("Author: Ann Archer",), {}),
        ([("Böw, Ben", "/author/bow-ben.html")], ("Authors: Böw, Ben;",), {}),
        ([("A B", "/author/a-b.html"), ("C", "/author/c.html")], ("Authors: A B, C",), {}),
        (
            [("東京太郎", "/who/%E6%9D%B1%E4%BA%AC%E5%A4%AA%E9%83%8E/")],
            ("Author: 東京太郎",),
            {"SLUGIFY_USE_UNICODE": True, "AUTHOR_SAVE_AS": "who/{slug}/index.html", **AUTHOR},
        ),
        ([("Ann & Bob", "/author/ann-bob.html")], ("Author: Ann &amp; Bob",), {}),
        ([("The Desk", "/author/the-desk.html")], (), {"AUTHOR": "The Desk"}),
        ([], ("Author: Ann",), {"AUTHOR_SAVE_AS": ""}),
        ([], (), {}),
    ],
)
def test_an_article_names_its_authors(
    expected: list[tuple[str, str]], headers: tuple[str, ...], settings: dict[str, Any], site: Site
):
    """Each leads to a page that lists what they wrote, where Pelican's settings have it."""
    site.settings(SITEURL="", **settings)
    write(site, "a", *headers)
    result = site.build("--fatal", "warnings")
    assert expected == links(site, "a.html", META), result.stdout
    for name, address in expected:
        page = page_file(unquote(address).removeprefix("/"))
        assert [name] == html.fromstring(site.page(page)).xpath("//h1/text()")
        assert ["a"] == headlines(site, page)
        assert expected == links(site, page, "//main//p[@class='meta']")


def test_an_author_called_like_a_source_is_that_source(site: Site):
    """The name leads to the source's page; what nobody else wrote is listed there, and there is no second page."""
    site.settings(SITEURL="")
    site.write("news/n.md", front_matter())
    write(site, "alone", "Author: The post")
    write(site, "together", "Authors: Ann, The Post")
    site.build()
    assert [("The Post", "/providers/post.example/")] == links(site, "alone.html", META)
    both = [("Ann", "/author/ann.html"), ("The Post", "/providers/post.example/")]
    assert both == links(site, "together.html", META)
    assert {"alone", "A headline"} == set(headlines(site, "providers/post.example/index.html"))
    assert ["author/ann.html"] == [name for name in site.files() if name.startswith("author/")]


@pytest.mark.parametrize(
    ("name", "address", "settings"),
    [
        ("Long Reads", "/category/long-reads.html", {}),
        ("港の話", "/category/gang-nohua.html", {}),
        ("R&D", "/c/rd/", {"CATEGORY_SAVE_AS": "c/{slug}/index.html", **CATEGORY}),
    ],
)
def test_an_article_names_its_category(name: str, address: str, settings: dict[str, str], site: Site):
    """It leads to a page that lists it, newest first, and pages that are older."""
    site.settings(SITEURL="", DIGEST_PAGE_SIZE=2, **settings)
    for day in range(1, 6):
        write(site, f"a{day}", f"Category: {name}", date=f"2026-05-0{day}")
    result = site.build("--fatal", "warnings")
    assert 0 == result.returncode, result.stdout
    assert (name, address) in links(site, "a1.html", "//footer[@class='report-foot']")
    page = page_file(address.removeprefix("/"))
    assert ["a5", "a4", "a3"] == headlines(site, page)
    older = f"{address.removesuffix('.html').strip('/')}/page/1/index.html"
    assert ["a2", "a1"] == headlines(site, older)
    assert (name, address) in links(site, "index.html", "//ul[@class='footer-links']")


def test_the_folder_of_items_is_no_category(site: Site):
    """Nor is one listed that the site does not want in its menu."""
    site.settings(DISPLAY_CATEGORIES_ON_MENU=False)
    site.write("news/a.md", "Title: A\nDate: 2026-05-01\n\nText.\n")
    write(site, "b")
    site.build()
    assert ["category/blog.html"] == [name for name in site.files() if name.startswith("category/")]
    assert not [link for link in links(site, "index.html", "//ul[@class='footer-links']") if "category" in link[1]]


def test_links_in_texts_lead_to_authors_and_categories(site: Site):
    """By name, percent-encoded or not, whatever its case, or by the last part of the address."""
    site.settings(SITEURL="")
    said = ["{author}Ann%20Archer", "{author}ann-archer", "{category}LONG%20READS", "{category}long-reads"]
    write(
        site,
        "a",
        "Author: Ann Archer",
        "Category: Long Reads",
        text=" ".join(f'<a href="{each}">x</a>' for each in said),
    )
    site.build()
    author, category = "/author/ann-archer.html", "/category/long-reads.html"
    found = links(site, "a.html", "//div[@class='prose e-content']")
    assert [author, author, category, category] == [href for _, href in found]


def test_a_template_of_the_sites_own_is_used(site: Site):
    """For articles, their translations, hidden ones and pages; it may read what their files say besides."""
    site.settings(THEME_TEMPLATES_OVERRIDES=["templates"])
    folder = site.root / "templates"
    folder.mkdir()
    (folder / "special.html").write_text(SPECIAL)
    (folder / "plain.html").write_text(
        '{% extends "page.html" %}{% block main %}<p id="at">{{ view.title }}</p>{% endblock %}'
    )
    head = ("Template: special", "Place: Pier <4>")
    write(site, "a", *head, "Slug: a", "Lang: en")
    write(site, "f", *head, "Slug: a", "Lang: fr")
    write(site, "hidden", *head, "Status: hidden", "Author: Harry")
    site.write("pages/us.md", "Title: Us\nTemplate: plain\n\nWords.\n")
    write(site, "other")
    assert "0 errors" in site.build().stdout

    def place(page: str) -> list[str]:
        return [str(each) for each in html.fromstring(site.page(page)).xpath("//p[@id='at']/text()")]

    for page in ("a.html", "a-fr.html", "hidden.html"):
        assert ["Pier <4>"] == place(page), page
        assert "Some words." in site.page(page)
    assert ["Us"] == place("pages/us.html")
    assert [] == place("other.html")
    assert "Harry" in site.page("hidden.html")
    assert " 0 files changed" in site.build().stdout
    (folder / "special.html").write_text(SPECIAL.replace("<p id", "<p class='new' id"))
    assert " 3 files changed" in site.build().stdout
    write(site, "a", *head[:1], "Place: Pier 5", "Slug: a", "Lang: en")
    site.build()
    assert ["Pier 5"] == place("a.html")
    built = site.files()
    site.build("--ignore-cache", "-s", "pelicanconf.py", "-d")
    assert built == site.files()


@pytest.mark.parametrize("name", ["nowhere", "../secret", "home", "partials/head", "extend/head"])
def test_a_template_that_cannot_show_it_is_said(name: str, site: Site):
    """With file and line; the article has the ordinary one, and everything else its page."""
    write(site, "a", "Author: Ann", f"Template: {name}")
    write(site, "b")
    result = site.build()
    said = " ".join(result.stdout.split())
    assert 0 == result.returncode
    assert 1 == said.count("ND151")
    assert "content/blog/a.md:4: ND151" in said
    assert "1 error," in said
    assert "Some words." in site.page("a.html")
    assert "Some words." in site.page("b.html")
    assert 1 == site.build("--fatal", "errors").returncode


def test_feeds_of_tags_categories_and_authors_stay_where_they_were(site: Site):
    """In the format that readers ask for; a tag's holds what its topic has by now."""
    site.settings(
        TAG_FEED_ATOM="tag/{slug}.xml",
        TAG_FEED_RSS="tag/{slug}.rss",
        CATEGORY_FEED_ATOM="feeds/{slug}.atom.xml",
        AUTHOR_FEED_RSS="feeds/{slug}.rss.xml",
    )
    site.write("news/n.md", front_matter())
    write(site, "a", "Tags: Harbour, Größe", "Category: Long Reads", "Author: Ann Archer")
    write(site, "b", "Category: Other", "Author: The Post")
    assert "Not used" not in site.build().stdout

    def titles(path: str) -> tuple[str, set[str]]:
        feed = feedparser.parse(site.files()[path])
        assert not feed.bozo, path
        return feed.version, {entry.title for entry in feed.entries}

    assert ("atom10", {"a", "A headline"}) == titles("tag/harbour.xml")
    assert ("rss20", {"a", "A headline"}) == titles("tag/harbour.rss")
    assert ("atom10", {"a"}) == titles("tag/grosse.xml")
    assert ("atom10", {"a"}) == titles("feeds/long-reads.atom.xml")
    assert ("rss20", {"a"}) == titles("feeds/ann-archer.rss.xml")
    assert ("rss20", {"b"}) == titles("feeds/the-post.rss.xml")
    assert "feeds/long-reads.atom.xml" in site.page("category/long-reads.html")
    assert "https://tiny.example/tag/harbour.rss" in site.page("tag/harbour.rss")
    assert " 0 files changed" in site.build().stdout
    write(site, "c", "Category: Long Reads", date="2026-05-02")
    site.build()
    assert ("atom10", {"a", "c"}) == titles("feeds/long-reads.atom.xml")


def test_a_place_for_something_else_in_a_feeds_address_is_said(site: Site):
    """Rather than a traceback."""
    site.settings(CATEGORY_FEED_ATOM="feeds/{name}.xml")
    write(site, "a")
    assert "CATEGORY_FEED_ATOM: 'feeds/{name}.xml' has a place for something else" in " ".join(
        site.build().stdout.split()
    )


def test_unlisted_articles_look_like_articles(site: Site):
    """Drafts, hidden articles and translations say when and who; no list names them, and nobody can save them."""
    head = ("Author: Ann Archer", "Category: Long Reads", "Tags: Harbour")
    write(site, "listed", *head)
    write(site, "draft", *head, "Status: draft")
    write(site, "hidden", *head, "Status: hidden")
    write(site, "fr", *head, "Slug: listed", "Lang: fr")
    site.settings(SITEURL="")
    site.build()
    for page in ("drafts/draft.html", "hidden.html", "listed-fr.html"):
        assert [("Ann Archer", "/author/ann-archer.html")] == links(site, page, META), page
        foot = links(site, page, "//footer[@class='report-foot']")
        assert [("Long Reads", "/category/long-reads.html"), ("Harbour", "/topics/harbour/")] == foot, page
        assert "data-slug" not in site.page(page)
    assert ["listed"] == headlines(site, "category/long-reads.html")


def test_articles_of_one_slug_are_no_translations(site: Site):
    """Each has its page, and none leads to the other as if that were in another language."""
    write(site, "a", "Slug: same", text="First.")
    write(site, "b", "Slug: same", text="Second.")
    assert "two pages want" not in site.build().stdout
    assert "First." in site.page("same.html")
    assert "Second." in site.page("same-2.html")
    assert "hreflang" not in site.page("same.html")
    assert {"a", "b"} == set(headlines(site, "latest/index.html"))


def test_a_page_that_was_changed_says_so(site: Site):
    """With ``Modified`` in its head."""
    site.write("pages/us.md", "Title: Us\nModified: 2026-05-01\n\nWords.\n")
    assert 0 == site.build().returncode
    assert "1 May 2026" in site.page("pages/us.html")


def test_words_within_a_line_stay_together(site: Site):
    """A summary that is made of how a text begins has no space before a comma; blocks are parted."""
    write(site, "a", text="See *here*, **there**.\n\n- one\n- two")
    site.build()
    excerpt = html.fromstring(site.page("latest/index.html")).xpath("//p[@class='story-excerpt p-summary']/text()")
    assert ["See here, there. one two"] == excerpt


def test_social_links_are_the_sites_own_places(site: Site):
    """What others' menus call SOCIAL can be verified by those places; other links say that they lead out."""
    site.settings(SOCIAL=[("There", "https://social.example/@x")], LINKS=[("Else", "https://else.example/")])
    write(site, "a")
    site.build()
    found = html.fromstring(site.page("index.html")).xpath("//ul[@class='footer-links'][2]//a")
    assert [("There", "me"), ("Else", "external noopener")] == [(a.text, a.get("rel")) for a in reversed(found)]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (1, "    :::python\n    x = 1"),
        (1, "```python\nx = 1\n```"),
        (1, "!!! note\n    Mind the gap."),
        (0, "Highlight `x`."),
        (0, '<p class="my-highlight">x</p>'),
    ],
)
def test_texts_with_code_have_its_style_sheet(expected: int, text: str, site: Site):
    """Or with an admonition; no other page asks for it."""
    site.settings(
        MARKDOWN={"extension_configs": {"codehilite": {"css_class": "highlight"}, "extra": {}, "admonition": {}}}
    )
    write(site, "a", text=text)
    write(site, "hidden", "Status: hidden", text=text)
    site.write("pages/us.md", f"Title: Us\n\n{text}\n")
    assert 0 == site.build().returncode
    for page in ("a.html", "hidden.html", "pages/us.html"):
        assert expected == site.page(page).count("theme/texts.css?v="), page
    assert "texts.css" not in site.page("index.html")
    assert ".highlight" in site.page("theme/texts.css")


def test_an_article_without_a_topic_is_below_its_category(site: Site):
    """So that there is a way back from it."""
    site.settings(SITEURL="")
    write(site, "a", "Category: Long Reads")
    site.build()
    assert [("Long Reads", "/category/long-reads.html")] == links(site, "a.html", "//nav[@class='breadcrumbs']")


def test_a_template_may_read_the_article(site: Site):
    """Its own, also where it is in no list, or shares its slug with another one."""
    site.settings(THEME_TEMPLATES_OVERRIDES=["templates"])
    (site.root / "templates").mkdir()
    (site.root / "templates" / "special.html").write_text(SPECIAL.replace("view.metadata.place", "article.place"))
    for name, headers in {
        "a": ("Slug: same",),
        "b": ("Slug: same",),
        "fr": ("Slug: same", "Lang: fr"),
        "draft": ("Status: draft",),
    }.items():
        write(site, name, "Template: special", f"Place: of {name}", *headers)
    assert 0 == site.build().returncode
    for page, name in {"same": "a", "same-2": "b", "same-fr": "fr", "drafts/draft": "draft"}.items():
        assert f'<p id="at">of {name}</p>' in site.page(f"{page}.html")
