"""What a file links to, as a reader of its kind follows it."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.audit.documents import read_document


def links(path: str, text: str) -> tuple[str, ...]:
    """Return the links of one file."""
    document = read_document(path, text.encode())
    assert document is not None
    return document.links


def test_page_links_by_every_attribute_that_loads_or_leads():
    """Links, pictures in all their sizes, posters, forms and what is shown when the page is shared."""
    text = (
        '<head><link href="a.css"><meta property="og:image" content="og.png"><meta name="x" content="no.png"></head>'
        '<a href="b&amp;c/">x</a><img src="i.jpg" srcset="i2.jpg 2x, i3.jpg 3x"><video poster="p.jpg"></video>'
        '<form action="/s/"></form><a href="b&amp;c/">again</a><!-- <a href="no"> --><script>"<a href=no>"</script>'
    )
    assert ("a.css", "og.png", "b&c/", "i.jpg", "i2.jpg", "i3.jpg", "p.jpg", "/s/") == links("x.html", text)


def test_page_has_the_parts_that_can_be_led_to():
    """An id, and the name of an anchor."""
    document = read_document("x.html", b'<p id="one"><a name="two"></a><input name="no">')
    assert document is not None
    assert {"one", "two"} == document.ids


@pytest.mark.parametrize(
    ("expected", "path", "text"),
    [
        (("https://x/a/",), "sitemap.xml", "<urlset><url><loc>https://x/a/</loc></url></urlset>"),
        (("https://x/a/",), "a.xml", '<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://x/a/"/></feed>'),
        (("https://x/a/",), "a.rss.xml", "<rss><channel><link>https://x/a/</link></channel></rss>"),
        (("f", "h"), "d.opml", '<opml><outline xmlUrl="f" htmlUrl="h"/></opml>'),
        (("a.woff2",), "x.css", "@font-face{src:url('a.woff2')}p{background:url(data:image/png;base64,x)}"),
        (("u", "n", "i"), "feeds/all.json", '{"feed_url":"u","next_url":"n","items":[{"url":"i","title":"t"}]}'),
    ],
)
def test_feeds_sitemaps_and_style_sheets_link_too(expected: tuple[str, ...], path: str, text: str):
    """Each kind in its own way."""
    assert expected == links(path, text)


@pytest.mark.parametrize("path", ["robots.txt", "a.jpg", "x.js", "api/news/index.json"])
def test_other_files_link_to_nothing(path: str):
    """They are only counted."""
    assert read_document(path, b"https://x.example/") is None


@pytest.mark.parametrize(("path", "text"), [("a.xml", "<feed><link></feed>"), ("feeds/all.json", "{")])
def test_what_cannot_be_read_is_said(path: str, text: str):
    """A feed that readers cannot parse is an error of its own."""
    with pytest.raises(ValueError, match="not "):
        read_document(path, text.encode())
