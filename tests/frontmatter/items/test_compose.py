"""A new item's file says what was meant, whatever was typed."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter.items.compose import MAX_SLUG_CHARS, Draft, compose_item, file_stem
from pelican.plugins.news_digest.frontmatter.items.convert import Parsed, parse_item
from pelican.plugins.news_digest.text.plain import clean_excerpt, clean_title

NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)


def parsed(text: str) -> Parsed:
    """Return what a build reads in *text*."""
    return parse_item(text, source_path="a.md", slug="a", address="news/a/", tz=UTC)


@given(title=st.text(min_size=1), excerpt=st.text(), topic=st.text(min_size=1))
def test_what_is_written_is_what_is_read(title: str, excerpt: str, topic: str):
    """No text, however odd, becomes YAML, Markdown or another value."""
    title = f"T {title}".encode("utf-8", "replace").decode()
    excerpt = excerpt.encode("utf-8", "replace").decode()
    topic = f"T {topic}".encode("utf-8", "replace").decode()
    draft = Draft(title=title, date=NOON, excerpt=excerpt, url="https://a.example/b", topics=(topic,))
    found = parsed(compose_item(draft)).item
    assert found is not None
    assert (clean_title(title), clean_excerpt(excerpt), NOON) == (found.title, found.excerpt, found.date)
    assert 1 == len(found.topics)


def test_file_is_what_people_would_write():
    """The keys stand in the order of the reference, one a line."""
    draft = Draft(
        title='Say "no": a year',
        date=NOON,
        excerpt="It's said.",
        url="https://post.example/no",
        topics=("Harbour", "Trams"),
        provider_name="The Post",
        provider_domain="post.example",
    )
    expected = (
        "---\n"
        'title: "Say \\"no\\": a year"\n'
        'excerpt: "It\'s said."\n'
        "publishedDateTime: 2026-05-03T12:00:00Z\n"
        'webUrl: "https://post.example/no"\n'
        "type: article\n"
        "quality: 80\n"
        "published: true\n"
        "provider:\n"
        '  name: "The Post"\n'
        '  domain: "post.example"\n'
        "topics:\n"
        '  - "Harbour"\n'
        '  - "Trams"\n'
        "---\n"
    )
    assert expected == compose_item(draft)
    assert () == parsed(expected).diagnostics


def test_item_without_a_link_has_a_place_for_its_text():
    """It lives on the site, so there is something to write; a comment says so, which nobody publishes."""
    text = compose_item(Draft(title="Here", date=NOON))
    assert "write its text in Markdown" in text
    found = parsed(text).item
    assert found is not None
    assert "" == found.url
    assert ("", "draft") == (found.body, found.status)


@pytest.mark.parametrize(
    ("expected", "title", "zone"),
    [
        ("2026-05-03-ferry-runs-all-night", "Ferry runs all night!", "UTC"),
        ("2026-05-04-ferry-runs-all-night", "Ferry runs all night!", "Pacific/Auckland"),
        ("2026-05-03-cafe-and-bar", "Café & bar", "UTC"),
        ("2026-05-03-港の夜", "港の夜", "UTC"),
        ("2026-05-03-item", "!?", "UTC"),
    ],
)
def test_name_is_the_day_in_the_sites_zone_and_the_title(expected: str, title: str, zone: str):
    """What readers see in the address is the day that the site shows."""
    assert expected == file_stem(title, NOON, tz=ZoneInfo(zone))


def test_long_name_ends_at_a_word():
    """A title of any length gives a name that disks and people can bear."""
    stem = file_stem("harbour " * 40, NOON, tz=UTC)
    assert stem.endswith("-harbour")
    assert len(stem) <= MAX_SLUG_CHARS + len("2026-05-03-")
    assert MAX_SLUG_CHARS == len(file_stem("x" * 300, NOON, tz=UTC)) - len("2026-05-03-")
