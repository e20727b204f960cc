"""sources.yaml: read strictly, changed an entry at a time, and nothing that a person wrote in it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.newsdesk.incoming.sources import (
    Source,
    parse_sources,
    says_one_of,
    weights_of,
    with_sources,
    without_source,
)

DOCUMENTED = r"""
# Whom we follow

- feed: https://harbour.example/feed.xml     # RSS, Atom, RDF, JSON Feed
  topics: [Harbour]                          # given to every item of it
  weight: 10
  keep: ["ferr", "/quay \\d+/"]              # words from their start, or /expressions/
  drop: ["sponsored"]
  title: Harbour Radio
  lang: en-gb
  limit: 50
  text: full
  every: 90

# about the next one
- feed: https://quay.example/
  # nothing else
"""


def test_every_key_is_understood():
    """As the reference shows them."""
    found = parse_sources(DOCUMENTED)
    assert () == found.diagnostics
    assert (
        Source(
            feed="https://harbour.example/feed.xml",
            topics=("Harbour",),
            weight=10,
            keep=("ferr", r"/quay \d+/"),
            drop=("sponsored",),
            title="Harbour Radio",
            lang="en-GB",
            limit=50,
            has_text=True,
            every_minutes=90,
            line=4,
        ),
        Source(feed="https://quay.example/", line=16),
    ) == found.sources


@pytest.mark.parametrize(
    ("expected", "entry"),
    [
        ("feed: not an http or https URL", "feed: ftp://x.example"),
        ("feed: a URL with a user name, a password or a backslash", "feed: https://me:pw@x.example/"),
        ("feed: missing", "topics: [A]"),
        ("unknown key 'drp'", "feed: https://x.example\n  drp: [a]"),
        ("weight: not a whole number from -50 to 50", "feed: https://x.example\n  weight: 51"),
        ("limit: not a whole number from 1 to 1000", "feed: https://x.example\n  limit: many"),
        ("text: neither excerpt nor full", "feed: https://x.example\n  text: all"),
        ("topics: no list of texts", "feed: https://x.example\n  topics: [[a]]"),
        ("lang: 'English!' is not a language tag", "feed: https://x.example\n  lang: English!"),
        ("an entry that is no map", "[a]"),
        ("drop: '/(/' is not an expression", "feed: https://x.example\n  drop: ['/(/']"),
        ("feed: the same as in line 1", "feed: http://www.good.example/feed/"),
    ],
)
def test_what_is_not_understood_is_said_and_stops_nobody_else(expected: str, entry: str):
    """That source is not asked, with file and line; its neighbours are."""
    found = parse_sources(f"- feed: https://good.example/feed\n- {entry}\n- feed: https://last.example\n")
    assert ["https://good.example/feed", "https://last.example"] == [source.feed for source in found.sources]
    [said] = found.diagnostics
    assert said.message.startswith(expected)
    assert ("sources.yaml", 2, "ND701") == (said.path, said.line, said.code)


@pytest.mark.parametrize("text", ["feeds: [a]", "a: [", "- a\nb", "plain"])
def test_a_file_that_is_no_list_is_said(text: str):
    """With its line; nobody is asked."""
    found = parse_sources(text)
    assert () == found.sources
    assert ["ND701"] == [said.code for said in found.diagnostics]


@pytest.mark.parametrize(
    ("is_said", "phrase", "text"),
    [
        (True, "ferr", "The Ferries are late"),
        (False, "ferr", "A transferred file"),
        (True, "über", "UBER den Fluss"),
        (True, "/quay \\d+/", "At Quay 12"),
        (False, "/quay \\d+/", "At the quay"),
        (True, "порт", "Порты закрыты"),
        (False, "порт", "Новости спорта"),
        (True, "港", "新しい港が開く"),
        (True, "c++", "Written in C++"),
    ],
)
def test_words_are_found_from_their_start(is_said: bool, phrase: str, text: str):
    """In any case and script; where a script parts no words, anywhere. Expressions stand between slashes."""
    assert is_said is says_one_of([phrase], text)


def test_new_sources_are_added_once():
    """Twice the same list adds nothing the second time, however the address is written."""
    new = [{"feed": "https://www.quay.example"}, {"feed": "https://new.example/?id=2", "topics": ["A", "B: c"]}]
    text, added = with_sources(DOCUMENTED, new)
    assert 1 == added
    assert text == f'{DOCUMENTED}- feed: "https://new.example/?id=2"\n  topics: [A, "B: c"]\n'
    assert (text, 0) == with_sources(text, new)


def test_a_source_is_removed_and_comments_stay():
    """By its address or its title; every comment on a line of its own is still there."""
    by_title = without_source(DOCUMENTED, "harbour radio")
    assert by_title == "\n# Whom we follow\n\n\n# about the next one\n- feed: https://quay.example/\n  # nothing else\n"
    assert "# nothing else" in without_source(DOCUMENTED, "http://quay.example")
    with pytest.raises(LookupError):
        without_source(DOCUMENTED, "https://nobody.example")


@pytest.mark.parametrize(
    "text", ["", "# nobody yet\n", "[]\n", "- feed: https://a.example", "  - feed: https://a.example\r\n"]
)
def test_any_file_can_be_added_to(text: str):
    """Empty, with comments, an empty list, without a last line end, indented, with the line ends of Windows."""
    found, added = with_sources(text, [{"feed": "https://new.example", "title": "No"}])
    assert 1 == added
    assert "https://new.example" == parse_sources(found).sources[-1].feed
    assert "No" == parse_sources(found).sources[-1].title
    assert text.replace("[]\n", "").strip() in found


COMMENT = st.from_regex(r"# [a-z]{1,8}", fullmatch=True)
ENTRY = st.tuples(st.integers(0, 9), st.lists(COMMENT, max_size=2))


@given(st.lists(ENTRY, max_size=5), st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=6))
def test_no_change_loses_a_comment(entries: list[tuple[int, list[str]]], changes: list[tuple[bool, int]]):
    """Whatever is added and removed, in whatever order."""
    text = "".join(
        "".join(f"{comment}\n" for comment in comments)
        + f"- feed: https://s{number}.example/feed\n  # {number} inside\n"
        for number, comments in entries
    )
    comments = sorted(line.strip() for line in text.splitlines() if line.strip().startswith("#"))
    for adds, number in changes:
        url = f"https://s{number}.example/feed"
        try:
            text = with_sources(text, [{"feed": url}])[0] if adds else without_source(text, url)
        except LookupError:
            continue
    assert comments == sorted(line.strip() for line in text.splitlines() if line.strip().startswith("#"))


def test_weights_are_those_beside_the_settings(tmp_path: Path):
    """Where the file is broken or absent, sources weigh nothing; its own command says what is wrong."""
    settings, file = tmp_path / "pelicanconf.py", tmp_path / "sources.yaml"
    assert {} == weights_of(settings)
    file.write_text("- [", encoding="utf-8")
    assert {} == weights_of(settings)
    file.write_text("- feed: https://a.example/feed\n  weight: -7\n- https://b.example/feed\n", encoding="utf-8")
    assert {"https://a.example/feed": -7} == weights_of(settings)
