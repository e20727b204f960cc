"""RSS 2.0 and JSON Feed 1.1, read as their readers would; what all formats have in common."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pelican.plugins.news_digest.output.documents.feed import _fragment, render_feed
from pelican.plugins.news_digest.pages.plans import FeedEntry, FeedFormat
from tests.output.documents.test_feed import ENTRY, entry, plan_of, rendered

MEDIA = {"m": "http://search.yahoo.com/mrss/", "a": "http://www.w3.org/2005/Atom"}


class JsonAuthor(msgspec.Struct, forbid_unknown_fields=True):
    """``authors``: at least one of the three."""

    name: str


class JsonHub(msgspec.Struct, forbid_unknown_fields=True):
    """``hubs``: both are required."""

    type: str
    url: str


class JsonItem(msgspec.Struct, forbid_unknown_fields=True):
    """An item of JSON Feed 1.1: an id and one of the contents are required."""

    id: str
    content_html: str
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    summary: str | None = None
    image: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    authors: list[JsonAuthor] | None = None
    tags: list[str] | None = None
    language: str | None = None


class JsonFeed(msgspec.Struct, forbid_unknown_fields=True):
    """A feed of JSON Feed 1.1: a version, a title and items are required."""

    version: str
    title: str
    items: list[JsonItem]
    home_page_url: str | None = None
    feed_url: str | None = None
    description: str | None = None
    next_url: str | None = None
    language: str | None = None
    hubs: list[JsonHub] | None = None


def json_feed(*entries: FeedEntry, **values: Any) -> JsonFeed:
    """Return a JSON Feed, checked against what the format allows."""
    data = rendered(*entries, format=FeedFormat.JSON, **values)
    feed = msgspec.json.decode(data, type=JsonFeed)
    assert "https://jsonfeed.org/version/1.1" == feed.version
    return feed


def rss(*entries: FeedEntry, **values: Any) -> feedparser.FeedParserDict:
    """Return an RSS feed as a reader reads it; it must be well-formed."""
    feed = feedparser.parse(rendered(*entries, format=FeedFormat.RSS, **values))
    assert not feed.bozo, feed.get("bozo_exception")
    assert "rss20" == feed.version
    return feed


@pytest.mark.parametrize(
    ("expected", "title"),
    [
        ("Why &lt;main&gt; matters &amp; &lt;b&gt; does not", "Why <main> matters & <b> does not"),
        ("&amp;amp; is an entity", "&amp; is an entity"),
        ("&lt;!-- and &lt;/p&gt;", "<!-- and </p>"),
        ("AT&T rises, 1 < 2", "AT&T rises, 1 < 2"),
    ],
)
def test_a_title_loses_nothing_to_readers_that_take_it_for_html(expected: str, title: str):
    """RSS titles are HTML to most readers: what would be a tag is escaped as one; nothing else needs to be."""
    document = etree.fromstring(rendered(entry(title=title), title=title, format=FeedFormat.RSS))
    assert [expected] * 2 == [document.findtext(f"channel/{path}title") for path in ("", "item/")]
    assert title == json_feed(entry(title=title)).items[0].title


def test_rss_has_every_field_of_an_entry():
    """Id, title, links, date, author, summary, content and topics arrive."""
    (found,) = rss(ENTRY).entries
    assert (found.id, found.title, found.link, found.author) == (ENTRY.id, ENTRY.title, ENTRY.url, ENTRY.author)
    assert ("Fri, 01 May 2026 08:00:00 +0000", False) == (found.published, found.guidislink)
    assert ("What happened.", ["Trams", "Transport"]) == (found.summary, [tag.term for tag in found.tags])
    assert '<a href="https://b.example/">' in found.content[0].value
    assert ENTRY.via in [link.href for link in found.links if link.rel == "via"]


def test_an_rss_entry_without_a_summary_has_its_text_as_description():
    """Readers that know nothing else look there, and the format wants it before any other content."""
    document = etree.fromstring(rendered(entry(summary="", html="<p>All.</p>"), format=FeedFormat.RSS))
    item = document.find("channel/item")
    assert item is not None
    assert "<p>All.</p>" == item.findtext("description")
    assert [] == [each.tag for each in item if "encoded" in str(each.tag)]


def test_rss_names_itself_and_when_it_changed():
    """The channel has what RSS asks for, and never the moment of the build."""
    feed = rss(ENTRY, subtitle="").feed
    assert ("Tiny", "https://tiny.example/", "Tiny") == (feed.title, feed.link, feed.subtitle)
    assert "Sat, 02 May 2026 09:00:00 +0000" == feed.updated


def test_picture_in_rss_is_media_and_no_enclosure():
    """RSS asks an enclosure for its length, which nobody knows before the picture is fetched."""
    document = etree.fromstring(rendered(ENTRY, format=FeedFormat.RSS))
    (media,) = document.findall(".//m:content", namespaces=MEDIA)
    assert dict(media.attrib) == {"url": ENTRY.image_url, "medium": "image", "type": "image/png"}
    assert not document.findall(".//enclosure")


def test_json_feed_has_every_field_of_an_entry():
    """Each value is where the format wants it."""
    (found,) = json_feed(ENTRY).items
    assert msgspec.to_builtins(found) == {
        "id": ENTRY.id,
        "url": ENTRY.url,
        "external_url": ENTRY.via,
        "title": ENTRY.title,
        "content_html": ENTRY.html,
        "summary": ENTRY.summary,
        "image": ENTRY.image_url,
        "date_published": ENTRY.date,
        "date_modified": ENTRY.modified,
        "authors": [{"name": ENTRY.author}],
        "tags": list(ENTRY.categories),
        "language": None,
    }


def test_what_is_empty_is_absent_from_a_json_feed():
    """The format asks for absent keys, not for empty ones; content must always be there."""
    data = rendered(entry(via="", image_url="", summary="", html="", categories=()), format=FeedFormat.JSON)
    (item,) = json.loads(data)["items"]
    assert {"id", "url", "title", "content_html", "date_published", "date_modified", "authors"} == set(item)


def test_json_feed_has_no_white_space_between_its_values():
    """Nobody reads it but programs, and there is one for each story."""
    made = rendered(ENTRY, format=FeedFormat.JSON)
    assert made == msgspec.json.encode(msgspec.json.decode(made))


def test_json_feed_leads_to_older_entries():
    """The next page is the format's own key."""
    assert json_feed(ENTRY, next_url="https://tiny.example/feeds/all/page/1.json").next_url
    assert json_feed(ENTRY).next_url is None


@pytest.mark.parametrize("feed_format", FeedFormat)
def test_hub_is_named_only_where_there_is_one(feed_format: FeedFormat):
    """Each format has its own way to say where changes are announced."""
    data = rendered(ENTRY, format=feed_format, hub_url="https://hub.example/")
    assert b"https://hub.example/" in data
    assert b"hub" not in rendered(ENTRY, format=feed_format)


def test_hub_of_each_format_is_where_readers_look():
    """Atom's link relation in both XML formats, ``hubs`` in JSON."""
    for feed_format in (FeedFormat.ATOM, FeedFormat.RSS):
        document = etree.fromstring(rendered(ENTRY, format=feed_format, hub_url="https://hub.example/"))
        assert ["https://hub.example/"] == document.xpath("//a:link[@rel='hub']/@href", namespaces=MEDIA)
    (hub,) = json_feed(ENTRY, hub_url="https://hub.example/").hubs or []
    assert ("WebSub", "https://hub.example/") == (hub.type, hub.url)


@pytest.mark.parametrize("feed_format", FeedFormat)
def test_emoji_stay_and_control_characters_go(feed_format: FeedFormat):
    """A story reads the same in every format."""
    text = "a\x00b \U0001f9a6 \U0001f468\u200d\U0001f469\u200d\U0001f467 half \ud83d"
    data = rendered(entry(title=text, summary=text, html=text, author=text), format=feed_format).decode()
    assert "ab \U0001f9a6 \U0001f468\u200d\U0001f469\u200d\U0001f467 half " in data
    assert "\x00" not in data
    assert "\\u0000" not in data


@pytest.mark.parametrize("feed_format", [FeedFormat.ATOM, FeedFormat.RSS])
def test_angle_brackets_in_a_summary_are_text(feed_format: FeedFormat):
    """Summaries are HTML to readers, and "<MSFT.O>" is no tag."""
    document = etree.fromstring(rendered(entry(summary="Corp <MSFT.O> & Co"), format=feed_format))
    (summary,) = document.xpath("//a:summary | //item/description", namespaces=MEDIA)
    assert "Corp &lt;MSFT.O&gt; &amp; Co" == summary.text


@given(st.text())
def test_no_text_breaks_rss_or_json(text: str):
    """Whatever strangers write, both documents can be parsed."""
    strange = entry(title=text, author=text, summary=text, html=text, categories=(text,))
    etree.fromstring(rendered(strange, format=FeedFormat.RSS))
    json_feed(strange)


@pytest.mark.parametrize("feed_format", FeedFormat)
def test_entry_written_before_is_the_same_entry(feed_format: FeedFormat):
    """Entries are written once for all feeds that hold them; a feed does not show it."""
    other = entry(id="tag:tiny.example,2026-05-01:news/b", lang="pt-BR")
    for entries in ([ENTRY], [other, ENTRY]):
        plan = plan_of(*entries, format=feed_format, title=f"{len(entries)}")
        warm = render_feed(plan)
        _fragment.cache_clear()
        assert warm == render_feed(plan)


def test_language_of_an_entry_is_said_where_it_differs():
    """Screen readers and hyphenation want to know."""
    document = etree.fromstring(rendered(entry(lang="pt-BR")))
    (found,) = document.findall("a:entry", namespaces=MEDIA)
    assert "pt-BR" == found.get("{http://www.w3.org/XML/1998/namespace}lang")
