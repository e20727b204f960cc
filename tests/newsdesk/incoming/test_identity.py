"""When two links are one report, and what a file is known by."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.newsdesk.incoming.identity import FileLinks, Known, article_key, links_of_file

LINK = "https://harbour.example/story-7"


@pytest.mark.parametrize(
    "url",
    [
        "http://harbour.example/story-7/",
        "https://www.HARBOUR.example:443/story-7?utm_source=rss&fbclid=1",
        "https://harbour.example/amp/story-7",
        "https://harbour.example/story-7/amp/",
        "https://harbour.example/story-7.amp",
        "https://harbour.example/story-7?amp=1",
        "https://harbour.example/story-7?outputType=amp&utm_medium=x",
        "https://amp.harbour.example/story-7",
        "https://harbour-example.cdn.ampproject.org/c/s/harbour.example/story-7",
        "https://www.google.com/amp/s/harbour.example/story-7/amp/",
        "https://harbour.example/story-7#top",
    ],
)
def test_one_report_has_one_key(url: str):
    """Tracking, AMP, case, ports and slashes do not count."""
    assert article_key(LINK) == article_key(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://harbour.example/story-8",
        "https://harbour.example/story-7?id=2",
        "https://harbour.example/story-7?p=2",
        "https://harbour.example/#!/story-7",
        "https://harbour.example/Story-7",
        "https://harbour.example/lamp",
        "https://harbour.example/amp",
        "https://harbour.example/amplifier/story-7",
        "https://amp.example/story-7",
        "https://harbour.example:8080/story-7",
    ],
)
def test_what_is_the_report_itself_counts(url: str):
    """A path, a parameter, a place: no two of them are one."""
    others = [
        "https://harbour.example/story-7",
        "https://harbour.example/lamb",
        "https://harbour.example/",
        "https://example/story-7",
    ]
    assert article_key(url) not in {article_key(other) for other in others}


@pytest.mark.parametrize(
    ("keys", "entry", "text"),
    [
        (("a.example/1",), "0123456789abcdef", 'webUrl: "https://a.example/1"\nimported:\n  id: "0123456789abcdef"'),
        (("a.example/1",), "", "webUrl: https://a.example/1 # mine\nrelated:\n- webUrl: https://b.example/2"),
        (("a.example/1#x",), "", "'webUrl': 'https://a.example/1#x'"),
        (("a.example/1", "b.example/2"), "", "originalUrl: https://b.example/2\nwebUrl: https://a.example/1"),
        (("a.example/1",), "0123456789abcdef", "webUrl: >-\n  https://a.example/1\nimported: {id: 0123456789abcdef}"),
        (("a.example/1",), "", "{title: x, webUrl: 'https://a.example/1'}"),
        (
            ("a.example/1",),
            "0123456789abcdef",
            'title: "open\nwebUrl: https://a.example/1\nimported: {id: 0123456789abcdef}',
        ),
        ((), "", "title: My own\nbody: about webUrl"),
        ((), "", "webUrl: ''"),
        ((), "", "webUrl: javascript:alert(1)"),
    ],
)
def test_a_file_is_known_by_its_links(keys: tuple[str, ...], entry: str, text: str):
    """However they are written, and also where the rest is broken; entries of `related` are not its own."""
    found = links_of_file(f"---\n{text}\n---\nbody\n")
    assert (set(keys), entry) == (set(found.keys), found.id)
    found = links_of_file(f"\ufeff---\r\n{text}\r\n---\r\nbody\r\n".replace("\r\n", "\n").replace("\n", "\r\n"))
    assert (set(keys), entry) == (set(found.keys), found.id)


def test_what_was_imported_once_has_ended():
    """By its link or by its id; where there is a file, that is it."""
    known = Known({"a.md": FileLinks(("a.example/1",), "1" * 16)}, ["b.example/2", "2" * 16])
    assert "a.md" == known.path_of("a.example/1", "")
    assert "a.md" == known.path_of("moved.example", "1" * 16)
    assert known.has_ended("b.example/2", "")
    assert known.has_ended("moved.example", "2" * 16)
    assert not known.has_ended("a.example/1", "1" * 16)
