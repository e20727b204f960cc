"""OPML in and out: folders are topics, and what feed readers really export is read."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.newsdesk.incoming.opml import OpmlError, read_opml, write_opml
from pelican.plugins.news_digest.newsdesk.incoming.sources import Source

HEAD = '<?xml version="1.0"?><opml version="2.0"><head><title>Feeds</title></head><body>'


def feeds(body: str) -> list[dict[str, object]]:
    """Return what an OPML file with *body* lists."""
    return read_opml(f"{HEAD}{body}</body></opml>".encode())[0]


def test_folders_are_topics():
    """The outermost first; a feed in two folders has the topics of both, and one in none has none."""
    body = """
    <outline text="News"><outline text="Harbour">
      <outline type="rss" text="Radio" xmlUrl="https://radio.example/feed"/></outline>
      <outline text="Town" xmlUrl="https://town.example/feed" /></outline>
    <outline text="Boats"><outline xmlUrl="https://radio.example/feed/"/></outline>
    <outline text="https://alone.example/" xmlUrl="https://alone.example/" category="/Sea/Tides,Weather"></outline>"""
    assert [
        {"feed": "https://radio.example/feed", "topics": ["News", "Harbour", "Boats"], "title": "Radio"},
        {"feed": "https://town.example/feed", "topics": ["News"], "title": "Town"},
        {"feed": "https://alone.example/", "topics": ["Sea", "Tides", "Weather"]},
    ] == feeds(body)


@pytest.mark.parametrize(
    "outline",
    [
        '<outline text="Fish & Chips" xmlUrl="https://x.example/?a=1&b=2">',
        "<outline text='Fish &amp; Chips' XMLURL='https://x.example/?a=1&amp;b=2'/>",
        '<outline title="Fish &#38; Chips" type="rss" xmlurl=" https://x.example/?a=1&amp;b=2 " />',
    ],
)
def test_what_readers_export_is_read(outline: str):
    """Also where it is no XML."""
    assert [{"feed": "https://x.example/?a=1&b=2", "title": "Fish & Chips"}] == feeds(outline)


def test_what_cannot_be_asked_is_counted():
    """Addresses that are none, or name a user; entities do not grow, files are not read."""
    body = '<outline xmlUrl="file:///etc/passwd"/><outline xmlUrl="https://me:pw@x.example"/><outline text="Folder"/>'
    assert ([], 2) == read_opml(f"{HEAD}{body}".encode())
    bomb = '<!DOCTYPE o [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    entity = f'{bomb}<opml><body><outline text="&b;&x;" xmlUrl="https://x.example"/></body></opml>'
    assert [{"feed": "https://x.example", "title": "&b;&x;"}] == read_opml(entity.encode())[0]


@pytest.mark.parametrize("data", [b"", b"<html><p>No</p>", b"\x89PNG", b"{}"])
def test_anything_else_is_said(data: bytes):
    """It is no OPML."""
    with pytest.raises(OpmlError):
        read_opml(data)


def test_other_encodings_are_read():
    """As declared, or as their first bytes say."""
    body = f'{HEAD}<outline text="Hafen grüßt" xmlUrl="https://x.example"/></body></opml>'
    for data in (
        body.replace("?>", ' encoding="iso-8859-1"?>', 1).encode("iso-8859-1"),
        body.encode("utf-16"),
        body.encode("utf-8-sig"),
    ):
        assert "Hafen grüßt" == read_opml(data)[0][0]["title"]


def test_what_is_written_is_read_again():
    """With all topics, in order, whatever signs they have."""
    sources = [
        Source(feed="https://a.example/?x=1&y=2", topics=("News", "Bread, butter/jam"), title="A & <B>"),
        Source(feed="https://b.example/", topics=("News",), title="B"),
        Source(feed="https://c.example/"),
    ]
    assert [
        {"feed": "https://a.example/?x=1&y=2", "topics": ["News", "Bread, butter/jam"], "title": "A & <B>"},
        {"feed": "https://b.example/", "topics": ["News"], "title": "B"},
        {"feed": "https://c.example/"},
    ] == read_opml(write_opml(sources, title="Mine"))[0]
