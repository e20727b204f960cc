"""Atom documents, read as a feed reader would."""

from __future__ import annotations

from html import unescape
from typing import Any

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pelican.plugins.news_digest.output.documents.feed import feed_of, render_feed, written_feed
from pelican.plugins.news_digest.pages.plans import FeedEntry, FeedPlan

ATOM = {"a": "http://www.w3.org/2005/Atom"}
ENTRY = FeedEntry(
    id="tag:tiny.example,2026-05-01:news/a",
    title="A headline",
    url="https://a.example/story/",
    via="https://a.example/story/",
    date="2026-05-01T08:00:00Z",
    modified="2026-05-02T09:00:00Z",
    author="The Post",
    summary="What happened.",
    html='<p>What happened.</p><ul><li><a href="https://b.example/">B</a></li></ul>',
    categories=("Trams", "Transport"),
    image_url="https://tiny.example/images/a.png",
)


def plan_of(*entries: FeedEntry, **values: Any) -> FeedPlan:
    """Return a feed of *entries* that is unremarkable but for *values*."""
    defaults = {
        "save_as": "feeds/all.atom.xml",
        "title": "Tiny",
        "subtitle": "All that happens",
        "home_url": "https://tiny.example/",
        "self_url": "https://tiny.example/feeds/all.atom.xml",
        "id": "https://tiny.example/feeds/all.atom.xml",
        "lang": "en",
        "updated": "2026-05-02T09:00:00Z",
        "entries": entries,
    }
    return FeedPlan(**{**defaults, **values})


def rendered(*entries: FeedEntry, **values: Any) -> bytes:
    """Return the document of a feed of *entries*."""
    return render_feed(plan_of(*entries, **values))


def entry(**values: Any) -> FeedEntry:
    """Return an entry that differs from an unremarkable one in *values*."""
    return FeedEntry(**{**{name: getattr(ENTRY, name) for name in ENTRY.__struct_fields__}, **values})


def parsed(*entries: FeedEntry, **values: Any) -> feedparser.FeedParserDict:
    """Return a feed as a reader reads it; it must be well-formed."""
    feed = feedparser.parse(rendered(*entries, **values))
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_reader_finds_every_field_of_an_entry():
    """Id, title, links, dates, author, summary, content, topics and picture arrive."""
    (found,) = parsed(ENTRY).entries
    assert (ENTRY.id, ENTRY.title, ENTRY.url, ENTRY.author) == (found.id, found.title, found.link, found.author)
    assert ("2026-05-01T08:00:00", "2026-05-02T09:00:00") == (found.published[:19], found.updated[:19])
    assert ("What happened.", ["Trams", "Transport"]) == (found.summary, [tag.term for tag in found.tags])
    assert '<a href="https://b.example/">' in found.content[0].value
    links = {link.rel: link.href for link in found.links}
    assert (ENTRY.url, ENTRY.image_url) == (links["via"], links["enclosure"])


def test_reader_finds_every_field_of_the_feed():
    """The feed names itself, its home and its subtitle."""
    feed = parsed(ENTRY).feed
    links = {link.rel: link.href for link in feed.links}
    assert ("Tiny", "All that happens") == (feed.title, feed.subtitle)
    assert {"alternate": "https://tiny.example/", "self": "https://tiny.example/feeds/all.atom.xml"} == links


def test_time_of_the_feed_is_that_of_its_plan():
    """The document says when it was updated as the plan does, so that it never depends on the clock."""
    document = etree.fromstring(rendered(ENTRY, updated="2026-05-02T09:00:00Z"))
    assert "2026-05-02T09:00:00" == document.findtext("a:updated", namespaces=ATOM)[:19]


def test_entry_without_a_source_or_picture_has_no_empty_links():
    """Nothing is linked to nowhere."""
    (found,) = parsed(entry(via="", image_url="", summary="", html="")).entries
    assert ["alternate"] == [link.rel for link in found.links]
    assert "summary" not in found


@pytest.mark.parametrize(
    "text",
    [
        "a\x00b\x08c\x0bd\x1fe",
        "emoji \U0001f9a6 and \U0001f468\u200d\U0001f469\u200d\U0001f467",
        "<b>&amp; ]]> </title>",
        "\ufffe\uffff and \ud7ff",
        "עברית \u202b العربية",
        "line\u2028and\u2029paragraph",
        "quotes \" and ' and `",
    ],
    ids=["control", "emoji", "markup", "noncharacters", "bidi", "separators", "quotes"],
)
def test_any_text_makes_well_formed_xml(text: str):
    """What XML cannot hold is left out; everything else arrives as text."""
    kept = "".join(c for c in text if c == "\t" or (c >= " " and c not in "\ufffe\uffff"))
    document = etree.fromstring(
        rendered(entry(title=text, author=text, summary=text, html=text, categories=(text,)), title=text, subtitle=text)
    )
    assert kept == document.findtext("a:entry/a:title", namespaces=ATOM)
    assert kept == document.find("a:entry/a:category", namespaces=ATOM).get("term")
    assert not feedparser.parse(etree.tostring(document)).bozo


@given(st.text())
def test_no_text_breaks_the_document(text: str):
    """Whatever strangers write, the document can be parsed."""
    etree.fromstring(rendered(entry(title=text, author=text, summary=text, html=text, categories=(text,))))


@given(
    text=st.text(max_size=40),
    url=st.sampled_from(["https://a.example/", "https://a.example/?a=1&b='2'", "https://ä.example/<\"x y'>/\n"]),
    moment=st.sampled_from(["2026-05-01T08:00:00Z", "2026-05-01T08:00:00+02:00", "2026-05-01T08:00:00"]),
)
def test_entry_is_written_as_the_library_writes_it(text: str, url: str, moment: str):
    """Whatever an entry holds: other plugins get the library's object, and change nothing by not touching it."""
    values = dict.fromkeys(("title", "author", "summary", "html"), text)
    values |= {"url": url, "via": url, "image_url": url, "lang": text, "date": moment, "modified": moment}
    plan = plan_of(ENTRY, entry(**values, categories=(text, "a ]]> b")), entry(summary="", html="", image_url=""))
    assert written_feed(feed_of(plan)) == render_feed(plan)


def test_summary_stays_text_for_a_reader():
    """An angle bracket that is no tag is shown: a summary that is called HTML is escaped as HTML."""
    text = "Corp <MSFT.O> & AT&T rose"
    found = etree.fromstring(rendered(entry(summary=text))).find("a:entry/a:summary", namespaces=ATOM)
    assert text == (unescape(found.text) if found.get("type") == "html" else found.text)
    assert found.get("type") != "html" or "<MSFT" not in found.text


def test_surrogate_does_not_stop_the_feed():
    """Half a character, which UTF-8 cannot hold, is left out as well."""
    assert b"<entry>" in rendered(entry(title="half \ud83d of an emoji"))


def test_two_renderings_are_the_same_bytes():
    """A feed is a pure function of its plan."""
    assert rendered(ENTRY) == rendered(ENTRY)


@pytest.mark.parametrize(
    ("mime", "url"),
    [
        ("image/png", "https://x.example/a.png"),
        ("image/webp", "https://x.example/a.WEBP"),
        ("image/jpeg", "https://x.example/a.jpg"),
        ("image/jpeg", "https://x.example/a"),
    ],
)
def test_type_of_a_picture_follows_its_name(mime: str, url: str):
    """Readers are told what kind of picture it is."""
    (found,) = parsed(entry(image_url=url)).entries
    assert [mime] == [link.type for link in found.links if link.rel == "enclosure"]


def test_enclosure_says_its_length_or_is_no_enclosure_without_type():
    """An enclosure always names its type, which readers need to choose."""
    document = etree.fromstring(rendered(ENTRY))
    (link,) = document.findall("a:entry/a:link[@rel='enclosure']", namespaces=ATOM)
    assert "image/png" == link.get("type")


def test_html_in_a_feed_is_escaped_once():
    """What an HTML reader needs is there as it is, and ``]]>`` cannot end it."""
    data = rendered(entry(summary="AT&T <MSFT.O>", html="<p>AT&amp;T ]]> x</p>"))
    assert b"&amp;amp;" not in data
    (found,) = feedparser.parse(data).entries
    assert "AT&amp;T &lt;MSFT.O&gt;" == found.summary
    assert "<p>AT&amp;T ]]&gt; x</p>" == found.content[0].value.replace("]]>", "]]&gt;")
