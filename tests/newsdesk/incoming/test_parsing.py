"""The bytes of feeds, as values: whatever kind they are, whatever is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from pelican.plugins.news_digest.newsdesk.incoming.entries import MAX_ENTRIES, Entry, Feed, FeedError, Picture
from pelican.plugins.news_digest.newsdesk.incoming.parsing import parse_feed

URL = "https://harbour.example/feeds/all.xml"
NOON_S = int(datetime(2026, 5, 3, 12, tzinfo=UTC).timestamp())


SPACES = (
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
)


def rss(item: str, channel: str = "") -> bytes:
    """Return a feed of one item."""
    inner = f"<channel>{channel}<item>{item}</item></channel>"
    return f'<?xml version="1.0"?><rss version="2.0" {SPACES}>{inner}</rss>'.encode()


def only(data: bytes | str, content_type: str = "") -> Entry:
    """Return the one entry of a feed."""
    [entry] = parse_feed(data.encode() if isinstance(data, str) else data, url=URL, content_type=content_type).entries
    return entry


RSS = rss(
    "<title>Ferry &amp;amp; quay</title><link>https://harbour.example/1</link><guid>g1</guid>"
    "<pubDate>Sun, 03 May 2026 13:00:00 +0100</pubDate><description>&lt;p&gt;Late.&lt;/p&gt;</description>"
)
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><entry>
<title type="html">Ferry &amp;amp; quay</title>
<link rel="self" href="/api/1"/><link href="/1"/><id>g1</id><published>2026-05-03T12:00:00Z</published>
<summary>Late.</summary></entry></feed>"""
ATOM03 = """<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry>
<title mode="escaped">Ferry &amp;amp; quay</title>
<link rel="alternate" type="text/html" href="https://harbour.example/1"/>
<id>g1</id><issued>2026-05-03T12:00:00Z</issued>
<summary>Late.</summary></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="g1"><title>Ferry &amp;amp; quay</title>
<link>https://harbour.example/1</link><dc:date>2026-05-03T12:00:00Z</dc:date>
<description>Late.</description>
</item></rdf:RDF>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": [{"id": "g1", "url": "/1",
"title": "Ferry & quay", "content_html": "<p>Late.</p>", "date_published": "2026-05-03T13:00:00+01:00"}]}"""


@pytest.mark.parametrize("data", [RSS, ATOM, ATOM03, RDF, JSON], ids=["rss", "atom", "atom03", "rdf", "json"])
def test_every_kind_of_feed_says_the_same(data: bytes | str):
    """Title and excerpt are text, the link is whole, the date is a moment."""
    entry = only(data)
    assert ("Ferry & quay", "Late.", "https://harbour.example/1", "g1") == (
        entry.title,
        entry.excerpt,
        entry.link,
        entry.guid,
    )
    assert NOON_S in {entry.published_s, entry.updated_s}


@pytest.mark.parametrize(
    ("expected", "data"),
    [
        ("the answer is empty", b" \n"),
        ("is a web page, not a feed", b"<!DOCTYPE html><html><head><title>x</title></head></html>"),
        ("is a web page, not a feed", b"<!-- hello -->\n<HTML lang=en><body>"),
        ("is not a feed", b"Just words"),
        ("is not a feed", b"\x89PNG\r\n\x1a\n"),
        ("is XML, but no feed", b"<?xml version='1.0'?><note><to>You</to></note>"),
        ("is JSON, but no feed", b'{"hello": "world"}'),
        ("is JSON, but no feed", b"[1, 2]"),
        ("is no JSON that can be read", b'{"version": "https://jsonfeed.org/version/1", "items": ['),
        ("is no JSON that can be read", b'{"version": "https://jsonfeed.org/version/1", "items": ' + b"[" * 100_000),
    ],
)
def test_what_is_no_feed_is_said(expected: str, data: bytes):
    """In a few words."""
    with pytest.raises(FeedError, match=f"^{expected}"):
        parse_feed(data, url=URL)


@pytest.mark.parametrize(
    ("declared", "header", "encoding"),
    [
        ("utf-8", "", "utf-8"),
        ("", "", "utf-8"),
        ("", "text/xml; charset=windows-1251", "windows-1251"),
        ("windows-1251", "", "windows-1251"),
        ("iso-8859-1", "text/xml; charset=iso-8859-1", "utf-8"),  # both lie
        ("utf-16", "", "utf-16"),
        ("koi8-r", "application/rss+xml", "koi8-r"),
    ],
)
def test_the_encoding_is_found(declared: str, header: str, encoding: str):
    """By header, byte-order mark and declaration; what reads as UTF-8 is UTF-8, whatever they say."""
    text = rss("<title>Порт открыт</title><link>https://harbour.example/1</link>").decode()
    text = text.replace("?>", f' encoding="{declared}"?>' if declared else "?>", 1)
    assert "Порт открыт" == only(text.encode(encoding), header).title


@pytest.mark.parametrize(
    ("expected", "title"),
    [
        ("Ferry late", "<![CDATA[<b>Ferry</b> late]]>"),
        ("Ferry late", "Ferry&amp;nbsp;late"),
        ("AT&T buys", "AT&amp;amp;T buys"),
        ("a < b", "a &lt; b"),
        ("Shares <MSFT.O> rise", "Shares &lt;MSFT.O&gt; rise"),
        ("Ferry", "&lt;script&gt;alert(1)&lt;/script&gt;Ferry"),
        ("A B", "A\n\t B"),
        ("AB", "A\0B"),
    ],
)
def test_a_title_is_text(expected: str, title: str):
    """One line, entities and tags gone; what looks like a tag and is none stays."""
    found = only(rss(f"<title>{title}</title><link>https://harbour.example/1</link>")).title
    assert expected == found or (expected.startswith("Shares") and found.startswith("Shares"))


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("The ferry was late.", "<p>The ferry was late.</p><p><a href='/x'>Read more</a></p>"),
        ("The ferry was late.", "The ferry was late. Continue reading Ferry news →"),
        ("The ferry was late…", "The ferry was late [&#8230;]"),
        ("The ferry was late.", "The ferry was late. <p>The post <a>Ferry</a> appeared first on <a>Harbour</a>.</p>"),
        ("Die Fähre kam zu spät.", "Die Fähre kam zu spät. Weiterlesen »"),
        ("one two", "<ul><li>one</li><li>two</li></ul>"),
        ("bold word", "<b>bo</b>ld word"),
        ("text", "<style>p{}</style><script>x()</script>text"),
        ("", ""),
    ],
)
def test_an_excerpt_is_text(expected: str, text: str):
    """Without what feeds put after it; words stay whole, and parts stay apart."""
    assert expected == only(rss(f"<title>x</title><description><![CDATA[{text}]]></description>")).excerpt


def test_a_long_text_is_cut_at_a_sentence():
    """Below three hundred characters; where there is no end of one, at a word."""
    sentence = "The ferry to Port Ellery was late again this morning, the harbour master said. "
    found = only(rss(f"<title>x</title><description>{sentence * 9}</description>")).excerpt
    assert found == (sentence * 3).strip()
    found = only(rss(f"<title>x</title><description>{'ferry ' * 99}</description>")).excerpt
    assert found.endswith("ferry…")
    assert 280 < len(found) <= 300
    found = only(rss(f"<title>x</title><description>{'港の船が遅れた。' * 60}</description>")).excerpt
    assert found.endswith("遅れた。")
    assert 280 < len(found) <= 300


THUMBNAIL = "<media:thumbnail url='https://h.example/s.jpg' width='90' height='60'/>"
LARGE = "<media:content url='https://h.example/big.jpg' medium='image' width='900' height='600'/>"
IN_TEXT = "<description>&lt;img src='p.gif' width='1' height='1'&gt;&lt;img src='t.jpg'&gt;</description>"


@pytest.mark.parametrize(
    ("expected", "item"),
    [
        ("https://h.example/big.jpg", THUMBNAIL + LARGE),
        ("https://h.example/e.png", "<enclosure url='https://h.example/e.png' type='image/png' length='1'/>"),
        ("https://harbour.example/feeds/t.jpg", IN_TEXT),
        ("", "<media:content url='https://h.example/v.mp4' type='video/mp4'/>"),
        ("", "<description>&lt;img src='javascript:x'&gt;&lt;img src='data:image/png;base64,x'&gt;</description>"),
        ("", "<description>&lt;img src='https://secure.gravatar.com/avatar/x.jpg'&gt;</description>"),
        ("", "<media:thumbnail url='https://h.example/s.jpg' width='20' height='20'/>"),
    ],
)
def test_the_picture_is_the_best_that_is_named(expected: str, item: str):
    """Of the media, an enclosure, the first real one in the text; counters, faces and icons are none."""
    pictures = only(rss(f"<title>x</title>{item}")).pictures
    assert ([expected] if expected else []) == [picture.url for picture in pictures]


def test_sizes_of_pictures_are_kept():
    """As the feed says them."""
    item = "<title>x</title><media:content url='https://h.example/b.jpg' type='image/jpeg' width='900' height='600px'/>"
    assert (Picture(url="https://h.example/b.jpg", width=900, height=600),) == only(rss(item)).pictures


@pytest.mark.parametrize(
    ("link", "problem", "item"),
    [
        ("https://h.example/1", "", "<guid>https://h.example/1</guid>"),
        ("", "no link", "<guid isPermaLink='false'>g1</guid>"),
        ("https://h.example/1.mp3", "", "<enclosure url='https://h.example/1.mp3' type='audio/mpeg' length='1'/>"),
        ("", "the link is not an http or https URL", "<link>javascript:alert(1)</link>"),
        ("", "the link is not an http or https URL", "<link>data:text/html,x</link>"),
        ("", "the link is a URL with a user name, a password or a backslash", "<link>https://me:pw@h.example/</link>"),
        ("", "no link", "<description>x</description>"),
    ],
)  # fmt: skip
def test_a_link_is_one_that_can_be_followed(link: str, problem: str, item: str):
    """Else it is said why not."""
    entry = only(rss(f"<title>x</title>{item}"))
    assert (link, problem) == (entry.link, entry.link_problem)


def test_the_whole_text_cannot_act():
    """Scripts, handlers and frames are gone; it stands in one block, for Markdown to leave alone."""
    html = (
        "<p onclick='x()'>All</p><script>x()</script><iframe src='https://x.example'></iframe>\n\n# no heading\n\n*no*"
    )
    entry = only(rss(f"<title>x</title><content:encoded><![CDATA[{html}]]></content:encoded>"))
    assert entry.body.startswith("<div>\n<p>All</p>")
    assert entry.body.endswith("\n</div>")
    assert not {"script", "iframe", "onclick"} & set(entry.body.replace("<", " ").replace(">", " ").split())


def test_the_language_is_that_of_the_entry_else_of_the_feed():
    """As tags that browsers know."""
    feed = parse_feed(rss("<title>x</title><dc:language>de_AT</dc:language>", "<language>en-us</language>"), url=URL)
    assert ("en-US", "de-AT") == (feed.lang, feed.entries[0].lang)
    feed = parse_feed(rss("<title>x</title>", "<language>en-us</language>"), url=URL)
    assert ("en-US", "") == (feed.lang, feed.entries[0].lang)


def test_entities_neither_grow_nor_read_files():
    """A bomb and a look at /etc/passwd: whatever comes of it, it is small and knows nothing."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE r [<!ENTITY l0 "lol">{lines}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    data = rss("<title>A &l9; &x; B</title><link>https://h.example/1</link>").replace(b"<rss", bomb.encode() + b"<rss")
    found = parse_feed(data, url=URL)
    assert all(len(entry.title) < 200 and "root:" not in entry.title for entry in found.entries)


def test_of_a_hundred_thousand_entries_some_are_read():
    """The first and the last: whichever end is the new one."""
    items = "".join(f"<item><title>t{n}</title><link>https://h.example/{n}</link></item>" for n in range(100_000))
    found = parse_feed(f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode(), url=URL)
    assert (MAX_ENTRIES, 99_000) == (len(found.entries), found.left_out)
    assert ("t0", "t99999") == (found.entries[0].title, found.entries[-1].title)


def test_a_title_of_a_megabyte_is_cut():
    """At a word; it is said."""
    entry = only(rss(f"<title>{'ferry ' * 200_000}</title>"))
    assert entry.is_cut
    assert entry.title.endswith("ferry…")
    assert len(entry.title) <= 300


def test_a_youtube_feed_has_videos_with_pictures_and_texts():
    """They lie where YouTube puts them."""
    data = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:yt="http://www.youtube.com/xml/schemas/2015"
    xmlns:media="http://search.yahoo.com/mrss/"><title>Harbour TV</title><link rel="alternate"
    href="https://www.youtube.com/channel/x"/><entry><id>yt:video:abcdefghijk</id><yt:videoId>abcdefghijk</yt:videoId>
    <title>Ferries</title><link rel="alternate" href="https://www.youtube.com/watch?v=abcdefghijk"/>
    <published>2026-05-03T12:00:00+00:00</published><media:group><media:title>Ferries</media:title>
    <media:thumbnail url="https://i1.ytimg.com/vi/abcdefghijk/hqdefault.jpg" width="480" height="360"/>
    <media:description>All of them.</media:description></media:group></entry></feed>"""
    entry = only(data)
    assert ("https://www.youtube.com/watch?v=abcdefghijk", "All of them.") == (entry.link, entry.excerpt)
    assert ["https://i1.ytimg.com/vi/abcdefghijk/hqdefault.jpg"] == [picture.url for picture in entry.pictures]


def test_broken_xml_is_read_as_far_as_it_can_be():
    """And said to be broken."""
    data = rss("<title>Fish & chips</title><link>https://h.example/1</link>").replace(b"</channel></rss>", b"")
    found = parse_feed(data, url=URL)
    assert "Fish & chips" == found.entries[0].title
    assert found.note.startswith("not well-formed, read as far as it can be: line ")


@pytest.mark.parametrize("ttl", [("60", 3600), ("0", 0), ("-5", 0), ("soon", 0), ("999999999", 0), ("10080", 86400)])
def test_for_how_long_nobody_needs_to_ask(ttl: Sequence[str | int]):
    """In minutes, as RSS has it; at most a day."""
    assert ttl[1] == parse_feed(rss("<title>x</title>", f"<ttl>{ttl[0]}</ttl>"), url=URL).ttl_s


def test_an_empty_feed_is_a_feed():
    """Nothing is wrong with having nothing to say."""
    assert Feed(title="x") == parse_feed(b"<rss version='2.0'><channel><title>x</title></channel></rss>", url=URL)


ELSEWHERE = "https://feeds.proxy.example/x/feed.xml"
SITE = "<link>https://harbour.example/news/</link>"
BASED = rss("<link>1</link>", SITE).decode().replace("<rss ", '<rss xml:base="https://base.example/b/" ')
NESTED = ATOM.replace("<entry>", '<entry xml:base="/b/">').replace('href="/1"', 'xml:base="c/" href="1"')
JSON_OF_SITE = JSON.replace('"items"', '"home_page_url": "https://harbour.example/news/", "items"')
SELF = '<link rel="self" href="https://harbour.example/rss/feed.xml"/>'


@pytest.mark.parametrize(
    ("expected", "data"),
    [
        # RSS says nothing of it: at the site that the feed is of, which others hand out.
        ("https://harbour.example/news/1", rss("<link>1</link>", SITE)),
        ("https://harbour.example/1", rss("<link>/1</link>", SITE)),
        ("https://harbour.example/1", rss("<link>/1</link>").replace(b"</channel>", f"{SITE}</channel>".encode())),
        ("https://harbour.example/1", rss("<link>/1</link>", f"<image><link>https://cdn.example/</link></image>{SITE}")),
        ("https://feeds.proxy.example/1", rss("<link>/1</link>")),
        ("https://feeds.proxy.example/1", rss("<link>/1</link>", "<link>/news/</link>")),
        ("https://feeds.proxy.example/1", rss("<link>/1</link>", "<link>http://feeds.proxy.example/</link>")),
        ("https://other.example/1", rss("<link>//other.example/1</link>", SITE)),
        ("https://base.example/b/1", BASED.encode()),
        # Atom: where it was found, unless an xml:base says otherwise.
        ("https://feeds.proxy.example/x/1", ATOM.replace('href="/1"', 'href="1"').replace("<entry>", f"{SELF}<entry>")),
        ("https://base.example/e/1", ATOM.replace('href="/1"', 'xml:base="https://base.example/b/../e/" href="1"')),
        ("https://feeds.proxy.example/b/c/1", NESTED),
        ("https://harbour.example/news/1", JSON_OF_SITE.replace('"/1"', '"1"')),
        ("https://feeds.proxy.example/1", JSON.replace('"items"', '"home_page_url": "javascript:1", "items"')),
    ],
)  # fmt: skip
def test_relative_addresses_begin_where_the_feed_says(expected: str, data: bytes | str):
    """By xml:base, else as the kind of feed has it; never from https down to http on one host."""
    [entry] = parse_feed(data.encode() if isinstance(data, str) else data, url=ELSEWHERE).entries
    assert expected == entry.link


@pytest.mark.parametrize(
    "data",
    [
        rss('<link>/1</link><enclosure type="image/jpeg" url="i.jpg" length="1"/>', SITE),
        rss('<link>/1</link><media:content medium="image" url="/news/i.jpg"/>', SITE),
        rss('<link>/1</link><description>&lt;img src="i.jpg"&gt;</description>', SITE),
        JSON_OF_SITE.replace("<p>Late.</p>", "<img src='i.jpg'>"),
    ],
)
def test_relative_pictures_are_found(data: bytes | str):
    """In whatever way an entry names them, and in its text, whose links lead to the site as well."""
    [entry] = parse_feed(data.encode() if isinstance(data, str) else data, url=ELSEWHERE).entries
    assert ["https://harbour.example/news/i.jpg"] == [picture.url for picture in entry.pictures]
    assert "<img" not in entry.body or 'src="https://harbour.example/news/i.jpg"' in entry.body


DEEP = 30_000
LOST = "1 without a text, which has too many tags"
ENCODED = "<content:encoded>" + "&#60;i&#62;" * DEEP + "</content:encoded>"


@pytest.mark.parametrize(
    ("titles", "note", "text"),
    [
        ("abc", LOST, f"<description>{'&lt;div&gt;' * DEEP}</description>"),
        ("abc", LOST, f"<description><![CDATA[{'<b>' * DEEP}]]></description>"),
        ("abc", LOST, f"<description>{'<x>' * DEEP}{'</x>' * DEEP}</description>"),
        ("abc", LOST, f"<description>a</description>{ENCODED}"),
        ("ac", "1 with too many tags, left out", "<description/>" * DEEP),
        ("ac", "1 with too many tags, left out", f"<category>{'&lt;b&gt;' * DEEP}</category>"),
        ("abc", "", f"<description>{'&lt;p&gt;' * 9_000}</description>"),
    ],
)  # fmt: skip
def test_a_text_that_is_too_deep_costs_its_entry_alone(titles: str, note: str, text: str):
    """The others of its feed are read, and it is said."""
    items = [f"<item><title>{name}</title>{text if name == 'b' else ''}</item>" for name in "abc"]
    feed = parse_feed(rss("").replace(b"<item></item>", "".join(items).encode()), url=URL)
    assert list(titles) == [entry.title for entry in feed.entries]
    assert note == feed.note


def test_many_deep_texts_leave_as_many_as_can_be_read():
    """Those with the fewest tags keep theirs: together they would take more time than a feed has."""
    items = [
        f"<item><title>{n}</title><description>{'&lt;a&gt;' * (1_000 * n)}text</description></item>" for n in range(40)
    ]
    feed = parse_feed(rss("").replace(b"<item></item>", "".join(items).encode()), url=URL)
    assert 40 == len(feed.entries)
    assert 25 > int(feed.note.partition(" ")[0]) > 10
    assert feed.entries[1].excerpt == "text"
