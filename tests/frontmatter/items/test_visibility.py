"""What is hidden stays hidden: whatever word of this field says so, and whatever stands behind it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.errors import Severity
from pelican.plugins.news_digest.frontmatter.items.visibility import visibility
from pelican.plugins.news_digest.frontmatter.mails import parse_mail
from pelican.plugins.news_digest.frontmatter.records import parse_provider, parse_topic
from pelican.plugins.news_digest.model import Status
from tests.frontmatter.parsing import parse

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
HEAD = '---\ntitle: "Quiet"\npublishedDateTime: 2026-03-14T12:00:00Z\nwebUrl: "https://pier.example/quiet"\n'


def judged(**values: object) -> tuple[str, int]:
    """Return the status of front matter with *values*, and how much of it is not understood."""
    found = visibility(values, list(values), date=NOON)
    return found.status.value, len(found.problems)


@pytest.mark.parametrize(
    "word", [False, 0, 0.0, "no", "No", "NO", "off", "Off", "n", "N", "false", "FALSE", "0", " no "]
)
def test_a_no_is_understood(word: object):
    """As a boolean, a number and a word in any case: published is not, and nothing else hides."""
    assert ("unpublished", 0) == judged(published=word)
    for key in ("removed", "draft", "hidden", "private", "unlisted", "headless", "eleventyExcludeFromCollections"):
        assert ("published", 0) == judged(**{key: word})


@pytest.mark.parametrize("word", [True, 1, 1.0, "yes", "YES", "on", "On", "y", "Y", "true", "True", "1"])
def test_a_yes_is_understood(word: object):
    """What a yes hides is hidden, in every spelling of the key."""
    assert ("published", 0) == judged(published=word)
    assert ("removed", 0) == judged(removed=word)
    for key in (
        "draft",
        "Draft",
        "DRAFT",
        "is_draft",
        "isDraft",
        "hidden",
        "_hidden",
        "private",
        "unlisted",
        "headless",
    ):
        assert ("draft", 0) == judged(**{key: word})


@pytest.mark.parametrize("value", ["maybe", "nope", "2", 2, -1, 0.5, [], [True], {}, {"yes": 1}, "2026-03-14", "tru"])
@pytest.mark.parametrize(
    "key", ["published", "removed", "draft", "hidden", "Published", "PUBLISHED", "status", "unlisted"]
)
def test_what_is_neither_hides_and_is_an_error(key: str, value: object):
    """No list, map, number or word is guessed at."""
    status, problems = judged(**{key: value})
    assert (status in {"draft", "removed"}, 1) == (True, problems)


@pytest.mark.parametrize("empty", [None, ""])
def test_an_empty_value_is_no_yes(empty: object):
    """`draft:` with nothing behind it says nothing; `published:` and `status:` have to say that the item is shown."""
    assert ("published", 0) == judged(draft=empty, hidden=empty, removed=empty, expiryDate=empty)
    assert ("draft", 1) == judged(published=empty)
    assert ("draft", 1) == judged(status=empty)


@pytest.mark.parametrize(
    ("expected", "values"),
    [
        ("draft", {"status": "Draft"}),
        ("draft", {"Status": "hidden"}),
        ("draft", {"status": "skip"}),
        ("draft", {"status": " PENDING "}),
        ("draft", {"visibility": "private"}),
        ("removed", {"status": "trash"}),
        ("removed", {"deleted": "yes", "status": "draft", "published": True}),
        ("removed", {"removed": True, "published": "maybe"}),
        ("draft", {"published": True, "Published": "maybe"}),
        ("draft", {"published": True, "draft": True}),
        ("draft", {"permalink": False}),
        ("published", {"permalink": "/a/b/"}),
        ("draft", {"build": {"render": "never", "list": "never"}}),
        ("draft", {"_build": {"list": False}}),
        ("draft", {"build": {"render": "link"}}),
        ("published", {"build": {"render": "always", "list": True, "publishResources": False}}),
        ("published", {"build": 1234}),
        ("draft", {"expiryDate": "2031-01-01"}),
        ("draft", {"unpublish_date": "2001-01-01"}),
        ("draft", {"publishDate": "2026-03-15"}),
        ("published", {"publishDate": "2026-03-14T12:00:00Z"}),
        ("draft", {"embargo": "until Friday"}),
        ("draft", {"embargoed": "yes"}),
        ("draft", {"isEmbargoed": "2031-01-01"}),
        ("published", {"embargoed": False}),
        ("draft", {"embargoed_until": "2031-01-01", "embargoDate": ""}),
        ("draft", {"password": "hunter2"}),
        ("draft", {"publish": "no"}),
        ("draft", {"layout": "draft"}),
        ("draft", {"params": {"draft": True}}),
        ("draft", {"params": {"Hidden": "yes"}, "published": True}),
        ("draft", {"extra": {"status": "Draft"}}),
        ("draft", {"cascade": [{"target": "x"}, {"_build": {"render": "never"}}]}),
        ("unpublished", {"data": {"published": False}}),
        ("draft", {"params": {"draft": "perhaps"}}),
        ("draft", {"meta": {"extra": {"private": "on"}}}),
        ("removed", {"deletedAt": "2026-03-01"}),
        ("removed", {"removedDateTime": "2031-03-01T00:00:00Z"}),
        ("published", {"deleted_at": None, "removed_at": False}),
        ("draft", {"doNotPublish": True}),
        ("draft", {"retracted": "yes"}),
        ("draft", {"render": False}),
        ("draft", {"approved": "no"}),
        ("draft", {"access": "Private"}),
        ("draft", {"moderation_state": "draft"}),
        ("published", {"live": "at eight", "active": "members", "skip": "the intro", "access": "by bus", "stage": 2}),
        ("published", {"params": {"status": "open since 1980", "public": "everybody", "draught": "2 m"}, "data": [1]}),
        ("published", {"mood": "draft", "state": "Ohio", "states": ["Ohio"], "removal": True}),
    ],
)
def test_words_of_other_generators(expected: str, values: dict[str, object]):
    """What means "do not show" to Pelican, Jekyll, Hugo, Eleventy and others hides; the strictest word holds."""
    assert expected == judged(**values)[0]


@pytest.mark.parametrize(
    ("key", "value", "meant"),
    [
        ("publised", "no", "published"),
        ("drfat", True, "draft"),
        ("remved", "yes", "removed"),
        ("stauts", "draft", "status"),
    ],
)
def test_a_misspelt_key_that_would_hide_hides(key: str, value: object, meant: str):
    """Nobody's draft is published for a slip of the finger; what would show anyway is left to ND124."""
    found = visibility({key: value}, [key], date=NOON)
    assert (Status.DRAFT, f"did you mean {meant}?") == (found.status, found.problems[0].hint.split(" Until")[0])
    assert ("published", 0) == judged(publised="yes", drfat=False, stauts="published")


@given(st.dictionaries(st.sampled_from("published draft Hidden status".split()), st.text(max_size=6) | st.booleans()))
def test_removed_always_wins(values: dict[str, object]):
    """Whatever else is said."""
    assert "removed" == judged(removed=True, **values)[0]
    assert "removed" == judged(removed="certainly", **values)[0]


def test_a_file_is_hidden_with_its_line():
    """The item keeps its file's place, is shown nowhere, and the error names the line."""
    found = parse(f'{HEAD}Draft: "perhaps"\n---\n')
    assert found.item is not None
    assert (Status.DRAFT, 1) == (found.item.status, len(found.diagnostics))
    said = found.diagnostics[0]
    assert ("ND119", 5, Severity.ERROR) == (said.code, said.line, said.severity)
    assert 'Draft: "perhaps" is neither true nor false' == said.message


def test_records_and_kept_mails_are_hidden_too():
    """A record that is hidden is left out, and so is a mail; what is not understood is said."""
    assert ((None, ()), (None, ())) == (
        (parse_topic("name: A\ndraft: yes", source_path="topics/a.yaml", stem="a").record, ()),
        (parse_provider("name: A\npublished: off", source_path="p/a.example.md", stem="a.example").record, ()),
    )
    assert ["ND119"] == [
        d.code for d in parse_topic("hidden: perhaps", source_path="topics/a.yaml", stem="a").diagnostics
    ]
    mail = "---\ntitle: A\npublishedDateTime: 2026-03-14\n{}\n---\n<p>Hello</p>"
    assert parse_mail(mail.format("draft: no"), source_path="n/a.html", slug="a", tz=UTC) is not None
    assert parse_mail(mail.format("Published: no"), source_path="n/a.html", slug="a", tz=UTC) is None
