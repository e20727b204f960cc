"""Texts that a comment cuts, and comments that cut nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.checks.comments import comment_diagnostics
from pelican.plugins.news_digest.frontmatter.yaml.comments import comments_behind
from pelican.plugins.news_digest.frontmatter.yaml.yaml12 import load_front_matter
from tests.builders import front_matter
from tests.checks.archives import report_of, said_of


def said(fm: str) -> list[str]:
    """Return what is said of front matter whose first line is the second of its file."""
    found = comment_diagnostics(f"\n{fm}", path="a.md")
    return [f"{d.line} {d.severity} {d.message}" for d in found]


@pytest.mark.parametrize(
    ("expected", "fm"),
    [
        ("2 warning title: 'Mayor's' is read of 'Mayor's #2 bridge opens'", "title: Mayor's #2 bridge opens"),
        ("2 warning title: nothing is read of '#breaking: the bridge'", "title: #breaking: the bridge\ntype: video"),
        ("2 warning title: 'Ärger um' is read of 'Ärger um #Brücke'", "title: Ärger um #Brücke\n"),
        ("2 warning title: '橋が開く' is read of '橋が開く #速報'", "title: 橋が開く #速報\n"),
        ("2 warning title: 'Twice' is read of 'Twice #2'", "title: Twice \t #2\n"),
        ("3 warning topics.0: nothing is read of '#roads'", "topics:\n  - #roads\n  - Trams\n"),
        ("4 warning topics.1: 'Ward' is read of 'Ward #7'", "topics:\n- Trams\n- Ward #7\n"),
        ("3 warning tags.0: 'Ward' is read of 'Ward #7'", "tags: [\n  Ward #7\n  , Trams]\n"),
        ("2 warning tags.0: 'Ward' is read of 'Ward #7'", "tags: [Ward #7, Trams\n]\n"),
        ("3 warning provider.name: 'The' is read of 'The #1 paper'", "provider:\n  name: The #1 paper\n"),
        ("2 warning provider.name: 'The' is read of 'The #1 paper'", "provider: {name: The #1 paper\n}\n"),
        ("3 warning excerpt: 'One two' is read of 'One two #three'", "excerpt: One\n  two #three\n"),
        ("4 warning related.0.title: 'Pier' is read of 'Pier #9'", "related:\n  - webUrl: x\n    title: Pier #9\n"),
        ("5 warning images.1.title: 'Pier' is read of 'Pier #9'", "images:\n  - url: x\n  -\n    title: Pier #9\n"),
        ("2 note title: 'The bridge' is read of 'The bridge # opens'", "title: The bridge # opens\n"),
        ("2 note title: 'Learn C' is read of 'Learn C #'", "title: Learn C #\n"),
        ("3 note topics.0: 'Roads' is read of 'Roads # and bridges'", "topics:\n  - Roads # and bridges\n"),
    ],
)
def test_both_versions_are_named_with_the_line(expected: str, fm: str):
    """A sign that begins a word is a text cut short; with a space behind it, it may be a comment."""
    assert [expected] == said(fm)


@pytest.mark.parametrize(
    "fm",
    [
        "# a note\ntitle: Bridge\n  # another\ntopics: # the subjects\n  - Trams\n  # - Roads\n",
        "topics: # the subjects\n- Trams\n",
        "topics: [ # the subjects\n  Trams]\n",
        "title: \"Mayor's #2 bridge\" # quoted\nexcerpt: 'One #2' #3\n",
        "title: Learn C# and F#\nexcerpt: a#b\n",
        "excerpt: > # folded\n  One #2\n  two\ndescription: |\n  # One #2\n",
        "quality: 80 #high\npublished: true #yes\ndate: 2026-05-01 #May\nwebUrl: https://a.example/x #top\n",
        "secured: KEY-77 #open\npassword: abc #1\n",
        "provider: # who\n  name: The Post\n",
        "title: # what happened\n  The bridge opens\n",
        "topics:\n  - # the first\n    Trams\n",
        "title: [\n",
        "",
    ],
)
def test_comments_are_comments(fm: str):
    """On lines of their own, behind texts in quotes, numbers, dates and addresses, and where a value follows."""
    assert [] == said(fm)


@given(st.text(alphabet="ab :#-[]{},'\"\n>|é", max_size=60))
def test_what_is_kept_is_what_is_read(fm: str):
    """Whatever the text: no crash, and a whole is longer than what is kept of it."""
    for comment in comments_behind(fm):
        assert comment.whole.startswith(comment.kept)
        assert "#" in comment.whole[len(comment.kept) :]
        assert 1 <= comment.line <= fm.count("\n") + 1


@given(st.text(alphabet="ab 7#é", min_size=1, max_size=20))
def test_title_that_lost_something_is_told(words: str):
    """For every plain title on one line: it is read whole, or told."""
    title = f"a{words}b"
    read = load_front_matter(f"\ntitle: {title}\n")["title"]
    found = comments_behind(f"\ntitle: {title}\n")
    assert (" ".join(str(read).split()) != " ".join(title.split())) is bool(found)
    assert all(comment.whole == " ".join(title.split()) for comment in found)


def test_check_tells_it(tmp_path: Path):
    """Of items, also of those that cannot be used, and of records."""
    files = {
        "news/a.md": front_matter(title="Mayor's #2 bridge opens"),
        "news/b.md": front_matter(title="#breaking", webUrl="https://b.example/"),
        "topics/t.yaml": "name: Ward #7\n",
        "providers/p.example.md": "---\nname: The #1 paper\n---\n",
    }
    assert [
        "news/a.md:3: ND620 title: 'Mayor's' is read of 'Mayor's #2 bridge opens'",
        "news/b.md:3: ND620 title: nothing is read of '#breaking'",
        "providers/p.example.md:2: ND620 name: 'The' is read of 'The #1 paper'",
        "topics/t.yaml:1: ND620 name: 'Ward' is read of 'Ward #7'",
    ] == [line.partition(" → ")[0] for line in said_of(report_of(tmp_path, files), "ND620")]


def test_what_may_be_a_comment_is_a_note(tmp_path: Path):
    """With a space behind its sign it is one more often than not."""
    files = {"news/a.md": front_matter(title="Tides of May # to be checked")}
    (line,) = said_of(report_of(tmp_path, files), "ND621")
    assert line.startswith("news/a.md:3: ND621 title: 'Tides of May' is read of 'Tides of May # to be checked'")
