"""Halves of characters as JSON writes them, and complaints about YAML in the words of people."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter.yaml import yaml12
from pelican.plugins.news_digest.frontmatter.yaml.refused import FrontMatterError
from pelican.plugins.news_digest.frontmatter.yaml.yaml12 import load_front_matter
from tests.frontmatter.parsing import parse

HEAD = "---\ntitle: {}\npublishedDateTime: 2026-05-01T08:00:00Z\n---\n"


@pytest.fixture(params=["fast", "plain"], autouse=True)
def _reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask with and without `yaml-rs`."""
    if request.param == "plain":
        monkeypatch.setattr(yaml12, "yaml_rs", None)


@pytest.mark.parametrize(
    ("expected", "written"),
    [
        ("Regatta 🚣 on Sunday", r'"Regatta \ud83d\udea3 on Sunday"'),
        ("🚣🚣", r'"\uD83D\uDEA3\U0001F6A3"'),
        ("🚣", r'"\U0000D83D\U0000DEA3"'),
        ("\\🚣", r'"\\\ud83d\udea3"'),
        ("𠮷野家", r'"\ud842\udfb7\u91ce\u5bb6"'),
        (r"\ud83d\udea3", r'"\\ud83d\\udea3"'),
        (r"\ud83d\udea3", r"'\ud83d\udea3'"),
        (r"\ud83d\udea3", r"\ud83d\udea3"),
        (r"\uD83D\uDEA3 and \U0001F6A4", r"\uD83D\uDEA3 and \U0001F6A4"),
    ],
)
def test_two_halves_are_one_character(expected: str, written: str):
    """In double quotes, where a backslash begins an escape, and nowhere else; by both readers alike."""
    assert {"title": expected} == load_front_matter(f"\ntitle: {written}\n")


@pytest.mark.parametrize(
    "written", [r"\ud83d", r"\udea3", r"\udea3\ud83d", r"a \uD83D b", r"\ud83d\n\udea3", r"\U0000D83D"]
)
def test_half_a_character_is_said(written: str):
    """It stops nothing, and the line and the escape are named."""
    found = parse(HEAD.format(f'"{written}"'))
    assert (None, "ND103", 2) == (found.item, found.diagnostics[0].code, found.diagnostics[0].line)
    assert "half a character: \\" in found.diagnostics[0].message


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_what_json_writes_is_read(text: str):
    """Every text, with each character outside of ASCII as escapes."""
    assert text == load_front_matter(f"\na: {json.dumps(text)}\nb: '\\ud83d\\udea3'\n")["a"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (2, 'title: "Open\nexcerpt: "Closed"\nquality: 5\n'),
        (2, "title: 'Open\nexcerpt: 'Closed'\nquality: 5\n"),
        (3, 'title: "Closed"\nexcerpt: "Open\n'),
        (4, 'title: A\ntopics:\n  - "Open\n  - "Closed"\n'),
        (4, 'title: A\nprovider:\n  name: "Open\n  domain: "a.example"\n'),
        (2, 'title: "Open \\"\nexcerpt: "Closed"\n'),
        (3, 'title: "A \\"good\\" one"\nexcerpt: "Open\nquality: 5\nwebUrl: "https://a.example"\n'),
        (2, "title: 'It''s open\nexcerpt: 'Closed'\n"),
    ],
)
def test_an_open_quote_is_named_where_it_begins(line: int, text: str):
    """Not where YAML noticed, which may be the end of the file."""
    with pytest.raises(FrontMatterError) as error:
        load_front_matter(f"\n{text}")
    assert (line, "a quotation mark is opened in this line and never closed") == (
        error.value.line,
        error.value.problem,
    )


def test_another_mistake_keeps_its_line():
    """A text over several lines in quotes is no mistake, and is not taken for one."""
    with pytest.raises(FrontMatterError) as error:
        load_front_matter('\ntitle: "One\n  and two"\nexcerpt: a: b\n')
    assert (4, "mapping values are not allowed in this context") == (error.value.line, error.value.problem)
