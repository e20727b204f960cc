"""The article that the format comes from, alone in a site: it must work unchanged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import feedparser
import pytest
from lxml import html

from tests.sites.checker import OutputChecker

if TYPE_CHECKING:
    from tests.conftest import Site

SITEURL = "https://tiny.example"
STEM = "2022-07-28-explained-how-myanmars-junta"
TITLE = "Explained: How Myanmar’s junta is using Chinese facial recognition technology"
SOURCE = (
    "https://indianexpress.com/article/explained/"
    "explained-myanmars-junta-using-chinese-facial-recognition-technology-8057742/"
)
RELATED = "https://countercurrents.org/2022/07/facial-recognition-technology-down-under/"


@pytest.fixture
def built(site: Site, seed: str) -> Site:
    """Return a site with this one article, built."""
    site.write(f"news/{STEM}.md", seed)
    result = site.build("--fatal", "warnings")
    assert 0 == result.returncode, result.stdout
    return site


def page(site: Site, path: str) -> html.HtmlElement:
    """Return a page as a browser has it."""
    return html.fromstring(site.page(path))


def test_article_has_its_page(built: Site):
    """Title, source and excerpt stand on it, once each."""
    found = page(built, f"news/{STEM}/index.html")
    assert [TITLE] == [text.strip() for text in found.xpath("//h1/text()")]
    text = " ".join(" ".join(found.xpath("//main//text()")).split())
    assert 1 == text.count("Rights groups warn high-tech surveillance systems")
    assert "The Indian Express" in text
    assert ["2022-07-28T17:24:00Z"] == found.xpath("(//main//article//time/@datetime)[1]")


def test_article_leads_to_its_source_and_not_to_its_fast_copy(built: Site):
    """The link out is webUrl; AMP addresses are never linked to."""
    links = page(built, f"news/{STEM}/index.html").xpath("//a/@href")
    assert SOURCE in links
    assert [] == [link for link in links if "ampproject" in link or link.endswith("/lite/")]


def test_both_topics_have_pages(built: Site):
    """Computer Vision and AI list the article, and the article leads to them."""
    links = page(built, f"news/{STEM}/index.html").xpath("//main//a/@href")
    for topic, name in (("computer-vision", "Computer Vision"), ("ai", "AI")):
        found = page(built, f"topics/{topic}/index.html")
        assert name == found.findtext(".//h1").strip()
        assert f"/news/{STEM}/" in found.xpath("//main//a/@href")
        assert f"/topics/{topic}/" in links


def test_provider_has_its_page(built: Site):
    """The Indian Express lists the article under its domain, and the article leads there."""
    found = page(built, "providers/indianexpress.com/index.html")
    assert "The Indian Express" in " ".join(found.xpath("//h1//text()"))
    assert f"/news/{STEM}/" in found.xpath("//main//a/@href")
    assert "/providers/indianexpress.com/" in page(built, f"news/{STEM}/index.html").xpath("//main//a/@href")


def test_sidebar_has_exactly_one_way_out(built: Site):
    """The one related report is linked, with its title, its source and its date."""
    (side,) = page(built, f"news/{STEM}/index.html").xpath("//aside")
    outgoing = [link for link in side.xpath(".//a") if link.get("href").startswith("http")]
    assert [(RELATED, "Facial Recognition Technology Down Under")] == [
        (link.get("href"), link.text_content().strip()) for link in outgoing
    ]
    assert "Countercurrents" in side.text_content()
    assert "2022-07-29T03:15:00Z" in side.xpath(".//time/@datetime")


def test_feeds_have_the_article(built: Site):
    """The site's feed and both topics' feeds parse and hold the entry."""
    for path in ("feeds/all.atom.xml", "topics/ai/feed.atom.xml", "topics/computer-vision/feed.atom.xml"):
        feed = feedparser.parse(built.files()[path])
        assert not feed.bozo, path
        assert [(TITLE, SOURCE)] == [(entry.title, entry.link) for entry in feed.entries]


def test_secured_value_stands_nowhere(built: Site, seed: str):
    """No part of the encrypted payload is in any file."""
    (value,) = re.findall(r'^secured: "(.+)"$', seed, re.MULTILINE)
    parts = [part.encode() for half in value.split(";") for part in (half[:24], half[-24:])]
    for path, data in built.files().items():
        assert not [part for part in parts if part in data], path


def test_no_link_is_broken(built: Site):
    """A site of one article is a whole site."""
    assert [] == OutputChecker(built.output, SITEURL).broken()


def test_nothing_is_asked_of_other_hosts(built: Site):
    """Without pictures of its own, a page loads nothing from anywhere."""
    for path in OutputChecker(built.output).pages:
        sources = page(built, path).xpath(
            "//img/@src | //script/@src | //link[@rel='stylesheet']/@href | //iframe/@src"
        )
        assert [] == [source for source in sources if "//" in source], path


def test_nothing_is_said_about_it(site: Site, seed: str):
    """A file as its owner handed it over has no errors, no warnings and no notes."""
    site.write(f"news/{STEM}.md", seed)
    assert "0 errors, 0 warnings, 0 notes" in " ".join(site.build().stdout.split())
