"""An item is a whole article of Pelican's wherever somebody looks at it who is not us."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pelican.contents import Article, Content
from pelican.settings import read_settings
from pelican.utils import SafeDatetime

from pelican.plugins import signals
from pelican.plugins.news_digest.catalogue.build import build_catalogue
from pelican.plugins.news_digest.host.articles import ArticleMaker
from pelican.plugins.news_digest.host.stock.escaping import printable_copy
from pelican.plugins.news_digest.host.whole_articles import file_metadata, without_own_links
from tests.builders import front_matter, make_date, make_item

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem
    from tests.conftest import Site

SENDER = object()
# What Pelican gives an article of its own, and what ours has to have as well.
ASKED = {"title": "Title", "date": "2026-05-01 08:00", "modified": "2026-05-02 08:00", "tags": "A", "summary": "Words"}


def settings_in(folder: Path, **values: Any) -> dict[str, Any]:
    """Return Pelican's settings for the content folder *folder*."""
    given = {"PATH": str(folder), "TIMEZONE": "Europe/Oslo", "SITEURL": "https://tiny.example", **values}
    return dict(read_settings(override=given))


def whole(item: NewsItem, settings: dict[str, Any]) -> Any:
    """Return *item* as somebody else sees it."""
    return ArticleMaker(settings, {}, sender=SENDER).article(item, build_catalogue([item]))


def test_has_every_attribute_of_one_of_pelicans_own(tmp_path: Path):
    """Whatever Pelican's constructor sets, an item has, of the same type."""
    settings = settings_in(tmp_path, AUTHOR="Somebody")
    date = SafeDatetime(2026, 5, 1, tzinfo=UTC)
    named = {"title": "T", "date": date, "modified": date, "summary": "S", "status": "published", "slug": "a"}
    given = {**named, "url": "news/a/", "save_as": "news/a/index.html"}
    own = Article("<p>Text</p>", given, settings=settings, source_path=str(tmp_path / "news" / "a.md"), context={})
    ours = whole(make_item(provider=None, modified=make_date("2026-05-02")), settings)
    assert set() == set(vars(own)) - set(vars(ours))
    kinds = {name: (type(getattr(own, name)), type(getattr(ours, name))) for name in vars(own)}
    plain = {name for name, (wanted, found) in kinds.items() if not issubclass(found, wanted)}
    assert {"title"} >= plain  # which is marked as HTML


def test_is_pelicans_own_class(tmp_path: Path):
    """Plugins ask for the class, and for its name."""
    article = whole(make_item(), settings_in(tmp_path))
    assert Article is type(article)
    assert article.is_valid()


def test_knows_where_its_file_lies(tmp_path: Path):
    """The path is that of the disk, the relative one that of the content folder."""
    article = whole(make_item(source_path="news/deep/a.md"), settings_in(tmp_path))
    assert str(tmp_path / "news" / "deep" / "a.md") == article.source_path
    assert "news/deep/a.md" == article.relative_source_path == article.get_relative_source_path()
    assert "news/deep" == article.relative_dir


def test_author_is_the_sites_where_no_source_is_named(tmp_path: Path):
    """Themes print an author without asking; with none at all the attribute is absent, as in Pelican."""
    alone = make_item(provider=None)
    assert "Somebody" == whole(alone, settings_in(tmp_path, AUTHOR="Somebody")).author.name
    nobody = settings_in(tmp_path)
    nobody.pop("AUTHOR", None)
    assert not hasattr(whole(alone, nobody), "author")
    assert "The Post" == whole(make_item(), settings_in(tmp_path, AUTHOR="Somebody")).author.name


def test_dates_are_pelicans_in_the_sites_zone(tmp_path: Path):
    """A date prints itself in templates as Pelican's do, and its words are those of the format."""
    article = whole(make_item(date="2026-05-01T22:30"), settings_in(tmp_path, DEFAULT_DATE_FORMAT="%d %B %Y"))
    assert SafeDatetime is type(article.date)
    assert "2026-05-02T00:30:00+02:00" == article.date.isoformat()
    assert "02 May 2026" == article.locale_date
    clock = whole(make_item(date="2026-05-01T22:30"), settings_in(tmp_path, DEFAULT_DATE_FORMAT="%H.%M"))
    assert "00.30" == clock.locale_date


def test_keys_of_the_file_are_metadata_and_attributes(tmp_path: Path):
    """Plugins ask for keys that we know nothing of."""
    item = make_item(raw={"heat": 80, "webUrl": "https://a.example/"}, extra={"series": "Nights", "Cover": "/c.jpg"})
    article = whole(item, settings_in(tmp_path))
    assert ("Nights", "/c.jpg", 80) == (article.series, article.cover, article.heat)
    assert {"series": "Nights", "cover": "/c.jpg", "weburl": "https://a.example/"}.items() <= article.metadata.items()


def test_keys_of_a_file_never_break_an_article():
    """What an article has of its own is not a file's to set, nor is what nobody may see."""
    bad = (
        "settings",
        "content",
        "_content",
        "Metadata",
        "is_valid",
        "secured",
        "override_url",
        "get_content",
        "digest",
    )
    assert {"mood": "‹b›"} == file_metadata(make_item(extra={**dict.fromkeys(bad, "x"), "mood": "<b>"}))


def test_values_of_a_file_are_no_markup_however_deep():
    """Themes that escape nothing print them as they are."""
    found = file_metadata(make_item(extra={"a": ["<i>", {"b": "<script>", "<u>": 1}], "n": 3}))
    assert {"a": ["‹i›", {"b": "‹script›", "‹u›": 1}], "n": 3} == found


@pytest.mark.parametrize("link", ["javascript:x()", " JavaScript:x()", "java\tscript\n:x()", "vbscript:x"])
def test_values_of_a_file_lead_nowhere(link: str):
    """Themes link to what some keys say; a headline about a language stays readable."""
    article = file_metadata(make_item(extra={"link": link, "cover": [link]}))
    assert ":" not in article["link"]
    assert ":" not in article["cover"][0]
    assert ":" not in printable_copy({"link": link})["link"]
    assert (
        "https://a.example/javascript:x" == file_metadata(make_item(extra={"a": "https://a.example/javascript:x"}))["a"]
    )


def test_summary_and_text_can_be_set_as_pelicans(tmp_path: Path):
    """Plugins write to ``_summary`` and ``_content``, and templates show what they wrote."""
    article = whole(make_item(body="<p>Old</p>"), settings_in(tmp_path))
    article._content, article._summary = "<p>New</p>", "<p>Short</p>"
    article.refresh_metadata_intersite_links()
    article.summary = "dropped"  # as by Pelican's own
    assert ("<p>New</p>", "<p>Short</p>") == (article.content, article.summary)


@pytest.mark.parametrize("mark", ["{filename}/b.md", "{attach}/key.pem", "|tag|x"])
def test_a_strangers_text_moves_no_file(tmp_path: Path, mark: str):
    """What looks like a link of Pelican's in an item's body is none, however the tag is written."""
    html = f'<p title="a"><a class="x" href="{mark}">Text "{mark}"</a><img src="{mark}" cite="{mark}"></p>'
    article = whole(make_item(body=html), settings_in(tmp_path))
    assert set() == article.get_static_links()
    assert without_own_links(html) == article.content
    assert f'Text "{mark}"' in article.content


def test_listeners_hear_of_each_item_as_of_pelicans_own(tmp_path: Path):
    """Metadata can be changed before the article is made, and the article when it is."""
    heard: list[Any] = []

    def on_context(sender: object, metadata: dict[str, Any]) -> None:
        heard.append(sender)
        metadata["Mood"] = "calm"

    def on_object(content: Content) -> None:
        heard.append(content.metadata["slug"])

    with (
        signals.article_generator_context.connected_to(on_context),
        signals.content_object_init.connected_to(on_object),
    ):
        article = whole(make_item(), settings_in(tmp_path))
    assert [SENDER, "a"] == heard
    assert "calm" == article.mood


LOOKER = """
from pelican import signals
from pelican.contents import Article

def look(generators):
    for g in generators:
        if hasattr(g, "articles"):
            kinds = sorted({{type(a) is Article for a in g.articles}})
            print("SEEN", {name!r}, len(g.articles), kinds, sorted(g.context["generated_content"]))

def register():
    signals.all_generators_finalized.connect(look)
"""


@pytest.mark.parametrize("is_first", [True, False])
def test_plugins_see_every_article_in_either_order(site: Site, is_first: bool):
    """What Pelican would write is kept from being written; its lists stay whole."""
    (site.root / "looker.py").write_text(LOOKER.format(name="looker"), encoding="utf-8")
    names = ["looker", "pelican.plugins.news_digest"]
    site.settings(PLUGINS=names if is_first else names[::-1])
    site.write("news/a.md", front_matter())
    site.write("news/b.md", front_matter(removed="true", webUrl="https://b.example/"))
    site.write("c.md", "Title: C\nDate: 2026-05-01\n\nSee [an item]({filename}/news/a.md).\n")
    result = site.build("--fatal", "errors")
    assert 0 == result.returncode, result.stdout
    assert "SEEN looker 2 [True] ['c.md', 'news/a.md', 'news/b.md']" in result.stdout
    assert '<a href="https://tiny.example/news/a/">an item</a>' in site.page("c.html")


def test_templates_of_the_sites_own_have_articles_and_pages(site: Site):
    """A direct template is written with our theme as with any other, page by page."""
    templates = site.root / "own"
    templates.mkdir()
    lines = "{% for a in articles_page.object_list %}[{{ a.title }}|{{ a.content }}]{% endfor %}"
    (templates / "contact.html").write_text(lines, encoding="utf-8")
    site.settings(
        THEME_TEMPLATES_OVERRIDES=["own"],
        DIRECT_TEMPLATES=["index", "contact"],
        PAGINATED_TEMPLATES={"contact": 2},
    )
    for day in range(1, 6):
        site.write(f"news/a{day}.md", front_matter(title=f"Item {day}", publishedDateTime=f"2026-05-0{day}"))
    assert 0 == site.build("--fatal", "warnings").returncode
    found = [site.page(name) for name in ("contact.html", "contact2.html", "contact3.html")]
    assert [2, 2, 1] == [page.count("What happened.") for page in found]
    assert "[Item 5|" in found[0]


def test_sources_beside_pages_never_hold_what_is_secured(site: Site):
    """``OUTPUT_SOURCES`` publishes files as they are: one with a secret in it is left out, and said."""
    site.settings(OUTPUT_SOURCES=True)
    site.write("news/a.md", front_matter())
    site.write("news/b.md", front_matter(secured='"c2VjcmV0"', webUrl="https://b.example/"))
    result = site.build()
    assert 0 == result.returncode, result.stdout
    assert "news/b.md" in result.stdout
    sources = [name for name in site.files() if name.endswith(".text")]
    assert ["news/a/index.text"] == sources


def test_sources_go_with_their_pages(site: Site):
    """What is hidden, or has moved, leaves no source behind."""
    site.settings(OUTPUT_SOURCES=True, CACHE_PATH="cache")
    site.write("news/a.md", front_matter())
    site.write("news/b.md", front_matter(webUrl="https://b.example/"))
    site.write("pages/about.md", "Title: About\n\nUs.\n")
    assert 0 == site.build().returncode
    assert 3 == sum(name.endswith(".text") for name in site.files())
    site.write("news/b.md", front_matter(webUrl="https://b.example/", draft="true"))
    site.write("pages/about.md", "Title: About\nSave_as: us.html\n\nUs.\n")
    assert 0 == site.build().returncode
    assert ["news/a/index.text", "us.text"] == sorted(name for name in site.files() if name.endswith(".text"))
