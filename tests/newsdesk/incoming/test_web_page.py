"""What a page says of itself, in whatever way it says it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pelican.plugins.news_digest.newsdesk.incoming.web_page import PageFacts, read_page

URL = "https://harbour.example/ferry?utm_source=x"
NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
OPEN_GRAPH = """<html lang="en-gb"><head><title>Night ferry | Harbour Radio</title>
<link rel="canonical" href="/ferry"><meta property="og:title" content="Night ferry &amp; quay">
<meta property="og:description" content="Six boats. Read more"><meta property="og:site_name" content="Harbour Radio">
<meta property="og:image" content="/f.jpg"><meta property="og:image:width" content="1200">
<meta property="og:image:height" content="630">
<meta property="article:published_time" content="2026-05-03T13:00:00+01:00">
"""
JSON_LD = """<head><title>x</title><script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type":
["NewsArticle"], "headline": "Night ferry & quay", "description": "Six boats.", "datePublished": "2026-05-03T12:00:00Z",
"image": [{"url": "https://harbour.example/f.jpg"}], "publisher": {"name": "Harbour Radio"}, "inLanguage": "en_GB"}]}
</script><script type="application/ld+json">{broken</script>"""


def read(html: str) -> PageFacts:
    """Return what a page says."""
    return read_page(html.encode(), url=URL)


@pytest.mark.parametrize("html", [OPEN_GRAPH, JSON_LD])
def test_open_graph_and_json_ld_say_the_same(html: str):
    """Headline, excerpt, date, picture, site and language, as text and as whole addresses."""
    found = read(html)
    assert ("Night ferry & quay", "Six boats.", NOON) == (found.title, found.excerpt, found.date)
    assert ("Harbour Radio", "en-GB") == (found.site, found.lang)
    assert found.picture is not None
    assert "https://harbour.example/f.jpg" == found.picture.url


def test_a_page_that_says_little_has_a_title():
    """Without the name of its site, where that is known; a date in its text is its date."""
    found = read(
        "<title>Night ferry | Harbour Radio</title><meta name='description' content='Six boats.'>"
        "<meta property='og:site_name' content='harbour radio'><time datetime='2026-05-03T12:00:00Z'>today</time>"
    )
    assert PageFacts(url=URL, title="Night ferry", excerpt="Six boats.", date=NOON, site="harbour radio") == found
    assert PageFacts(url=URL) == read("")


@pytest.mark.parametrize(
    ("expected", "href"),
    [
        ("https://harbour.example/ferry", "/ferry"),
        ("https://www.harbour.example/ferry", "https://www.harbour.example/ferry"),
        (URL, "https://evil.example/ferry"),
        (URL, "javascript:alert(1)"),
        (URL, ""),
    ],
)
def test_a_page_may_say_where_it_is_on_its_own_host(expected: str, href: str):
    """And on no other one."""
    assert expected == read(f"<link rel='canonical' href='{href}'>").url


@pytest.mark.parametrize(
    ("encoding", "content_type", "html"),
    [
        ("utf-8", "text/html", "<title>Порт</title>"),
        ("windows-1251", "text/html; charset=windows-1251", "<title>Порт</title>"),
        ("windows-1251", "text/html", "<meta charset='windows-1251'><title>Порт</title>"),
        ("koi8-r", "", "<meta http-equiv='x' content='text/html; charset=koi8-r'><title>Порт</title>"),
        ("utf-8", "text/html; charset=nonsense", "<title>Порт</title>"),
    ],
)
def test_its_encoding_is_found(encoding: str, content_type: str, html: str):
    """As its host says, or as it says itself."""
    assert "Порт" == read_page(html.encode(encoding), url=URL, content_type=content_type).title


@pytest.mark.parametrize(
    "html",
    [
        "<meta property='og:image' content='javascript:x'>",
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>",
        "<script type='application/ld+json'>" + '{"@graph":[' * 50_000 + "</script>",
        "<script type='application/ld+json'>[" + '{"@type":"Article","headline":7,"image":7},' * 9999 + "1]</script>",
        "<div>" * 1_000,
        "<meta content='x'>" * 100_000,
    ],
)
def test_nothing_of_a_page_does_harm(html: str):
    """What is no text, no address or no JSON is not there."""
    assert PageFacts(url=URL) == read(html)
