"""With a theme that is not ours an item's page has picture, text, the way out and who else reported, and no markup."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from tests.builders import front_matter
from tests.conftest import Site

EVIL = """</script><script>x()</script><img src=x onerror=x()>"'><b> {{ 7*7 }}"""
RELATED = """
  - webUrl: https://radio.example/b
    title: "Another report"
    excerpt: "What it says"
    publishedDateTime: 2026-05-01T09:00:00Z
    provider: {name: Radio, domain: radio.example}
  - webUrl: https://far.example/x
    title: "Far <i>away</i>"
    provider: {name: Far, domain: far.example}"""
PROBE = """{% autoescape ESCAPES %}
<title>{{ article.title }}</title>
<h1>{{ article.story.heading }}</h1><p class="lead">{{ article.story.lead.name }} {{ article.story.lead.url }}</p>
<p class="source" title="{{ article.source.name }}">{{ article.source.name }} {{ article.source.url }}
{{ article.source.domain }} {{ article.source.icon }} {{ article.source.description }} {{ article.source.count }}</p>
{% for report in article.coverage %}<a class="report" href="{{ report.url }}" title='{{ report.title }}'>
{{ report.title }} {{ report.excerpt }} {{ report.source.name }} {{ report.locale_date }}</a>{% endfor %}
<p class="digest" title="{{ article.digest.title|striptags }}">{{ article.digest.title }} {{ article.digest.excerpt }}
{{ article.digest.provider.name }} {{ article.digest.extra.mood }} {{ article.digest.raw }}
{% for link in article.digest.related %}<a href="{{ link.url }}">{{ link.title }}</a>{% endfor %}</p>
{% include "news-digest/sidebar.html" %}
{% endautoescape %}
"""


def picture(path: Path) -> None:
    """Draw a small picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.effect_noise((640, 360), 60).convert("RGB").save(path)


def write_items(site: Site) -> None:
    """Write two reports of one story, a hostile one, and one without a source."""
    picture(site.root / "content" / "images" / "a.jpg")
    site.write(
        "news/a.md",
        front_matter(
            title='"First"',
            excerpt='"What happened"',
            topics="\n  - Harbour",
            provider="{name: The Post, domain: post.example}",
            webUrl="https://post.example/a",
            images="\n  - {url: /images/a.jpg, width: 640, height: 360, title: Ships}",
            series="Tides",
            related=RELATED,
        ),
    )
    site.write(
        "news/b.md",
        front_matter(
            title='"Second"',
            publishedDateTime="2026-05-01T09:00:00Z",
            provider="{name: Radio, domain: radio.example}",
            webUrl="https://radio.example/b",
            series="Tides",
        ),
    )
    evil = json.dumps(EVIL)
    site.write(
        "news/evil.md",
        front_matter(
            title=evil,
            excerpt=evil,
            mood=evil,
            topics=f"\n  - {evil}",
            provider=f"{{name: {evil}, domain: evil.example}}",
            webUrl="https://evil.example/?q='><script>x()</script>",
            related=f'\n  - webUrl: "https://far.example/\'><script>x()</script>"\n    title: {evil}\n'
            f"    provider: {{name: {evil}, domain: far.example}}",
        ),
    )
    site.write("news/own.md", front_matter(title='"Ours"', excerpt='"Our own words"'))
    site.write("topics/harbour.yaml", 'id: harbour\nname: Harbour\ndescription: "Ships & <b>quays</b>"\n')
    site.write(
        "providers/post.example.md",
        '---\ndomain: post.example\nname: The Post\ndescription: "A paper <script>x()</script>"\n---\n',
    )


def stock_site(root: Path, **settings: object) -> Site:
    """Return a site with one of Pelican's themes, built."""
    site = Site(root)
    write_items(site)
    defaults = {"THEME": "simple", "TAG_SAVE_AS": "tag/{slug}.html", "AUTHOR_SAVE_AS": "author/{slug}.html"}
    defaults |= {"AUTHOR": "The editors", "AUTHOR_URL": "author/{slug}.html", "TAG_URL": "tag/{slug}.html"}
    site.settings(**{**defaults, "FEED_ALL_ATOM": "feeds/all.atom.xml", **settings})
    result = site.build("--fatal", "errors")
    assert 0 == result.returncode, result.stdout
    return site


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the site as most have it."""
    return stock_site(tmp_path_factory.mktemp("stock"))


@pytest.fixture(scope="module", params=["true", "false"])
def probed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site whose templates print every value, in an environment that escapes and in one that does not."""
    root = tmp_path_factory.mktemp(request.param)
    templates = root / "own"
    templates.mkdir()
    (templates / "article.html").write_text(PROBE.replace("ESCAPES", request.param), encoding="utf-8")
    for name in ("tag", "author"):
        (templates / f"{name}.html").write_text(
            f'{{% autoescape {request.param} %}}{{% include "news-digest/sidebar.html" %}}{{% endautoescape %}}',
            encoding="utf-8",
        )
    return stock_site(root, THEME_TEMPLATES_OVERRIDES=[str(templates)])


def article(site: Site, slug: str) -> html.HtmlElement:
    """Return the page of one item."""
    return html.fromstring(site.page(f"news/{slug}/index.html"))


def words(found: html.HtmlElement) -> str:
    """Return its text as a reader sees it."""
    return " ".join(found.text_content().split())


def test_page_holds_picture_text_way_out_and_coverage(stock: Site):
    """Nobody wrote a template for it."""
    page = article(stock, "a")
    assert ["https://tiny.example/images/a.jpg"] == page.xpath("//figure/img/@src")
    (way_out,) = page.xpath("//p[@class='digest-way-out']/a")
    assert ("https://post.example/a", "Read at The Post") == (way_out.get("href"), way_out.text)
    reports = page.xpath("//section[@class='digest-coverage']//li/a")
    assert ["https://tiny.example/news/b/", "https://far.example/x"] == [link.get("href") for link in reports]
    assert "3 reports from 3 sources" in words(page)
    assert "What happened" in words(page)


def test_links_of_the_content_follow_the_page(tmp_path: Path):
    """With addresses relative to the page they lead from there to picture and report."""
    page = article(stock_site(tmp_path, RELATIVE_URLS=True, SITEURL=""), "a")
    assert ["../../images/a.jpg"] == page.xpath("//figure/img/@src")
    assert "../../news/b/" in page.xpath("//section[@class='digest-coverage']//a/@href")


def test_text_alone_on_demand(tmp_path: Path):
    """A theme with a place of its own for pictures and coverage gets the text, and the way out all the same."""
    page = article(stock_site(tmp_path, DIGEST_STOCK_CONTENT="text"), "a")
    assert [] == page.xpath("//figure | //section[@class='digest-coverage']")
    assert ["https://post.example/a"] == page.xpath("//p[@class='digest-way-out']/a/@href")


def live(page: html.HtmlElement) -> list[str]:
    """Return what of the hostile words acts."""
    found = page.xpath("//script | //b | //i | //img[@src='x'] | //@onerror | //*[contains(name(), '\"')]")
    return [str(each) for each in found]


def test_hostile_words_are_words(stock: Site):
    """Wherever the theme prints them, feeds included."""
    pages = [name for name in stock.files() if name.endswith(".html")]
    assert [] == [(name, found) for name in pages if (found := live(html.fromstring(stock.page(name))))]
    assert b"<script" not in stock.files()["feeds/all.atom.xml"]


def test_values_are_escaped_once_whatever_the_environment_does(probed: Site):
    """An environment that escapes shows the same page as one that does not."""
    page = article(probed, "a")
    assert ["3 reports from 3 sources"] == page.xpath("//h1/text()")
    assert "The Post author/post.example.html post.example A paper ‹script›x()‹/script› 1" == words(
        page.xpath("//p[@class='source']")[0]
    )
    first, second = (words(link) for link in page.xpath("//a[@class='report']"))
    assert "Second What it says Radio Fri 01 May 2026" == first
    assert second.startswith("Far ‹i›away‹/i› Far")
    assert ["news/b/", "https://far.example/x"] == page.xpath("//a[@class='report']/@href")
    pages = [name for name in probed.files() if name.endswith(".html")]
    assert [] == [(name, found) for name in pages if (found := live(html.fromstring(probed.page(name))))]
    assert "&amp;lt;" not in probed.page("news/evil/index.html")


def test_topics_and_sources_know_their_records(probed: Site):
    """The partial says on the pages of tags and authors what the records say."""
    assert "Harbour Ships & quays" in words(html.fromstring(probed.page("tag/harbour.html")))
    assert "A paper" in words(html.fromstring(probed.page("author/post.example.html")))
