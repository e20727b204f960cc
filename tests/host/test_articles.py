"""Items and Pelican's articles stand for each other without gaining or losing markup."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import Markup
from pelican.settings import read_settings

from pelican.plugins.news_digest.catalogue.build import build_catalogue
from pelican.plugins.news_digest.host.articles import ArticleMaker, Sources, item_of_article
from tests.builders import front_matter, make_item, make_provider_ref

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem
    from tests.conftest import Site

BAD = 'Why <b> beats "<script>" & &amp;'
PRINTED = "Why ‹b› beats “‹script›” & &amp;"


def article_of(item: NewsItem) -> Any:
    """Return *item* as stock themes get it."""
    settings = read_settings(override={"TIMEZONE": "UTC", "SITEURL": "https://tiny.example"})
    return ArticleMaker(settings, {}).article(item, build_catalogue([item]))


def test_a_title_is_html_for_themes_and_text_again_when_it_is_read() -> None:
    """What is escaped for Pelican is the same text when it is read from Pelican, but for marks that HTML knows."""
    article = article_of(make_item(title=BAD, excerpt=BAD))
    assert "<" not in article.title
    assert "<" not in article.metadata["summary"].removeprefix("<p>").removesuffix("</p>")
    names = ("metadata", "title", "slug", "date", "category", "tags", "in_default_lang", "lang")
    values = {name: getattr(article, name) for name in names}
    stand_in = SimpleNamespace(**values, relative_source_path="news/a.md", url="a/")
    assert item_of_article(stand_in).title == PRINTED
    assert item_of_article(stand_in).excerpt == PRINTED


def test_an_item_becomes_an_article_when_a_text_leads_to_it() -> None:
    """Pelican asks for files by their paths; what is only looked up costs nothing, and none is made twice."""
    asked = []

    def find(path: str) -> Any:
        asked.append(path)
        return article_of(make_item("a")) if path == "news/a.md" else None

    sources = Sources({"news/a.md": None, "news/draft.md": None, "pages/p.md": "page"}, find=find)
    assert "news/draft.md" in sources
    assert ["a", "a"] == [sources.get("news/a.md").slug, sources.get("news/a.md").slug]
    assert "page" == sources.get("pages/p.md")
    assert [None, "else"] == [sources.get("news/draft.md"), sources.get("news/none.md", "else")]
    assert ["news/a.md", "news/draft.md", "news/none.md"] == asked


def test_a_page_leads_to_an_item_and_pelican_counts_them_all(site: Site):
    """Where nobody looks at articles there are none, and nothing else is different."""
    site.write("news/a.md", front_matter())
    site.write("pages/about.md", "Title: About\n\n[It]({filename}../news/a.md)\n")
    done = site.build()
    assert "Unable to find" not in done.stdout
    assert "Processed 1 article," in done.stdout
    assert '/news/a/">It</a>' in site.page("pages/about.html")


def test_escaping_that_a_theme_undoes_gives_no_markup() -> None:
    """``striptags`` decodes what was escaped, and stock themes print that into attributes."""
    article = article_of(
        make_item(title='"><script>x</script>', excerpt="0;url=https://e.example\" http-equiv='refresh")
    )
    for html in (article.title, article.summary, article.metadata["summary"]):
        text = Markup(html).striptags()  # noqa: S704 - as themes do
        assert set() == set("<>\"'") & set(text), text


@pytest.mark.parametrize("value", ["author", "category"])
def test_a_name_is_no_markup(value: str) -> None:
    """Themes print the names of sources and categories as they are."""
    name = "Salt & <img src=x>"
    article = article_of(make_item(category=name, provider=make_provider_ref(name=name)))
    assert getattr(article, value).name == "Salt & ‹img src=x›"


def test_classic_article_among_items_is_washed(site: Site):
    """A file's form says nothing about who wrote it; an article of the owner's own folder keeps its HTML."""
    text = "Title: {0}\nDate: 2026-05-01\n\n*Text* <script>alert(1)</script><img src=x onerror=alert(2)>\n"
    site.write("news/a.md", text.format("A"))
    site.write("own/b.md", text.format("B"))
    assert 0 == site.build().returncode
    washed, own = site.page("a.html"), site.page("b.html")
    assert "<em>Text</em>" in washed
    assert "<script>alert" not in washed
    assert "onerror" not in washed
    assert "<script>alert" in own


def test_summary_counts_classic_articles_among_all(site: Site):
    """One item and one article of the ordinary kind are two of two."""
    site.write("news/a.md", front_matter())
    site.write("news/b.md", "Title: B\nDate: 2026-05-01\n\nText.\n")
    assert "1 of 1 item and 1 Pelican article" in site.build().stdout


def test_a_source_without_a_domain_is_an_author() -> None:
    """It has a name and no page; one that says nothing leaves the item without an author."""
    assert ["Dredge"] == [a.name for a in article_of(make_item("a", provider=make_provider_ref("", "Dredge"))).authors]
    assert not hasattr(article_of(make_item("b", provider=None)), "authors")  # as with one of Pelican's own
