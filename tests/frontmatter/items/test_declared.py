"""Who may read a report, what can be heard, where it is discussed: declared, never guessed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pelican.plugins.news_digest.frontmatter.records import parse_provider
from pelican.plugins.news_digest.model import Access, Discussion, Recording
from tests.builders import front_matter
from tests.frontmatter.parsing import item, parse


@pytest.mark.parametrize(
    ("written", "access"),
    [("paid", Access.PAID), (" Paid ", Access.PAID), ("free", Access.FREE), ("''", Access.UNKNOWN)],
)
def test_access_is_one_of_two_words(written: str, access: Access):
    """Without the key nothing is known."""
    assert access is item(front_matter(access=written)).access
    assert Access.UNKNOWN is item(front_matter()).access


@pytest.mark.parametrize("written", ["subscribers", "true", "[paid]", "1"])
def test_another_word_is_said_and_means_nothing(written: str):
    """A wall that is not there would keep readers away."""
    parsed = parse(front_matter(access=written))
    assert parsed.item is not None
    assert Access.UNKNOWN is parsed.item.access
    assert ["ND107"] == [said.code for said in parsed.diagnostics]


@pytest.mark.parametrize(
    ("written", "mime"),
    [
        ("https://a.example/x.mp3", "audio/mpeg"),
        ("https://a.example/x.ogg?a=b.mp4", "audio/ogg"),
        ("https://a.example/stream", "audio/mpeg"),
        ("{url: https://a.example/x, type: audio/aac}", "audio/aac"),
    ],
)
def test_a_recording_has_an_address_and_a_type(written: str, mime: str):
    """The type is the file's, else that of its ending."""
    found = item(front_matter(audio=written)).audio
    assert found is not None
    assert (mime, True) == (found.mime, found.url.startswith("https://a.example/"))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("javascript:alert(1)", "ND108"),
        ("{url: https://a.example/x, type: text/html}", "ND107"),
        ("https://a.example/x.mp4", "ND107"),
        ("{url: //, type: audio/aac}", "ND108"),
        ("[https://a.example/x.mp3]", "ND107"),
    ],
)
def test_what_cannot_be_heard_is_said_and_left_out(written: str, code: str):
    """A video is no recording, and a feed leads to no script."""
    parsed = parse(front_matter(audio=written))
    assert parsed.item is not None
    assert parsed.item.audio is None
    assert [code] == [said.code for said in parsed.diagnostics]


def test_discussions_are_addresses_with_or_without_a_title():
    """Each once, in the file's order; what leads nowhere is said, and loses nothing else."""
    parsed = parse(
        front_matter(
            discussions="[https://b.example/1, {url: https://a.example/2, title: Two}, https://b.example/1, 'data:x']"
        )
    )
    assert parsed.item is not None
    assert (Discussion(url="https://b.example/1"), Discussion(url="https://a.example/2", title="Two")) == (
        parsed.item.discussions
    )
    assert ["ND108"] == [said.code for said in parsed.diagnostics]
    assert 1 == len(item(front_matter(discussions="https://b.example/1")).discussions)


@pytest.mark.parametrize(
    ("written", "dead"),
    [
        ("true", True),
        ("'Yes'", True),
        ("false", False),
        ("''", False),
        ("2026-05-03", datetime(2026, 5, 3, tzinfo=UTC)),
        ("'2026-05-03T10:00:00+02:00'", datetime(2026, 5, 3, 8, tzinfo=UTC)),
    ],
)
def test_a_link_is_dead_or_since_a_date(written: str, dead: datetime | bool):
    """Without the key, and without a value, it is not."""
    assert dead == item(front_matter(dead=written)).dead
    assert item(front_matter()).dead is False


@pytest.mark.parametrize("written", ["gone", "[true]", "{since: 2026-05-03}", "404"])
def test_what_says_nothing_of_a_link_is_said_and_ignored(written: str):
    """A link that may well work stays the main way."""
    parsed = parse(front_matter(dead=written))
    assert parsed.item is not None
    assert parsed.item.dead is False
    assert ["ND107"] == [said.code for said in parsed.diagnostics]


def test_nothing_declared_is_nothing():
    """Maps and lists without an address say nothing, and nothing is said of them."""
    parsed = parse(front_matter(audio="{}", discussions="[{}, '']"))
    assert parsed.item is not None
    assert (None, ()) == (parsed.item.audio, parsed.item.discussions)
    assert not isinstance(parsed.item.audio, Recording)
    assert () == parsed.diagnostics


def test_a_record_declares_what_its_source_is():
    """In the owner's words, as plain text; a word for access that is not understood is said."""
    text = "access: paid\nowner: <b>Tide</b> Ltd\ncountry: NO\nkind: weekly\n"
    record = parse_provider(text, source_path="providers/a.example.md", stem="a.example").record
    assert record is not None
    assert (Access.PAID, "NO", "weekly") == (record.access, record.country, record.kind)
    odd = parse_provider("access: maybe\nname: A\n", source_path="providers/a.example.md", stem="a.example")
    assert odd.record is not None
    assert ("A", Access.UNKNOWN, ["ND107"]) == (odd.record.name, odd.record.access, [d.code for d in odd.diagnostics])
