"""Keys of a front matter are set, added and taken out; everything else stays byte for byte."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter.edit import edit_front_matter
from pelican.plugins.news_digest.frontmatter.yaml.refused import FrontMatterError
from pelican.plugins.news_digest.frontmatter.yaml.yaml12 import load_front_matter, split_front_matter

PIECES = {
    "title": 'title: "Ferry: all night" # as they have it\n',
    "excerpt": "excerpt: |\n  First line\n\n  # no comment\n\n",
    "kept": "kept: >+\n  Folded\n  text\n\n",
    "topics": "topics: # ours\n  - Harbour\n  # hm\n  - 港 # in Japanese\n",
    "flush": "flush:\n- a\n- b: {title: inner}\n\n",
    "images": "images:\n  - url: https://harbour.example/a.jpg\n    title: 'It''s a # picture'\n",
    "flow": "flow: {title: inner, list: [1,\n  2, # two\n  3]}\n",
    "plain": "plain: two\n  lines of text\n",
    "empty": "empty:\n",
    "said": "said: # nothing\n",
    "anchor": "anchor: &name [x, y]\nalias: *name\n",
    "tag": "tag: !!str 12\n",
    "emoji": 'emoji: "\\ud83d\\ude00 and 😀"\n',
    "quoted key": '"quoted key" : 1\n',
    "порт": "порт: 'причал'\n",
    "": "# a line that is nobody's\n\n",
}
KEYS = ["title", "excerpt", "kept", "topics", "flush", "images", "flow", "plain", "empty", "said", "alias", "tag"]
KEYS += ["emoji", "quoted key", "порт", "story", "imported", "noch einer"]
BODIES = ["", "\n", "\nBody\n---\ntitle: not a key\n", "\nمرحبا\n\n---\n", "\nno line end"]

texts = st.text(st.characters(codec="utf-8"), max_size=20) | st.sampled_from(
    ["yes", "12", "2026-03-02T08:00:00Z", "a: b", "a #b", "- x", "a\nb", " x ", "null", "~", "", "&a", "*a", "---"]
)
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=5
)
quick = settings(max_examples=120, deadline=None)


@st.composite
def files(draw: st.DrawFn) -> str:
    """Return a file with some of the pieces, in any order, and some of a body."""
    pieces = "".join(PIECES[key] for key in draw(st.permutations(list(PIECES)))[: draw(st.integers(0, len(PIECES)))])
    text = f"---\n{pieces}---{draw(st.sampled_from(BODIES))}"
    return draw(st.sampled_from(["", "\ufeff"])) + text.replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))


def read(text: str) -> tuple[dict[str, Any], str]:
    """Return what a build reads of a file: keys and body."""
    fm, body = split_front_matter(text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    return load_front_matter(fm), body


@quick
@given(files(), st.sampled_from(KEYS), values.filter(lambda value: value is not None))
def test_what_is_set_is_read_back_and_nothing_else_changes(text: str, key: str, value: object):
    """A key has its new value, all others and the body have theirs, and a second edit changes nothing."""
    edited = edit_front_matter(text, {key: value})
    keys, body = read(text)
    assert (keys | {key: value}, body) == read(edited)
    assert edited == edit_front_matter(edited, {key: value})
    assert is_one_splice(text, edited, most=longest_piece(key))


@quick
@given(files(), st.sampled_from(KEYS))
def test_what_is_taken_out_is_gone_and_nothing_else(text: str, key: str):
    """Without the key, all others and the body are as they were; and it can be put back."""
    edited = edit_front_matter(text, {key: None})
    keys, body = read(text)
    keys.pop(key, None)
    assert (keys, body) == read(edited)
    assert edited == edit_front_matter(edited, {key: None})
    assert is_one_splice(text, edited, most=longest_piece(key))


@quick
@given(files(), st.dictionaries(st.sampled_from(KEYS), values, max_size=4))
def test_several_changes_are_each_made(text: str, changes: dict[str, object]):
    """Changes do not get in each other's way."""
    keys, body = read(text)
    wanted = {key: value for key, value in (keys | changes).items() if key not in changes or value is not None}
    assert (wanted, body) == read(edit_front_matter(text, changes))


@quick
@given(files(), values)
def test_what_an_alias_needs_is_left(text: str, value: object):
    """A value that another key refers to is changed only when nothing refers to it."""
    assume("alias" in text and value != ["x", "y"])
    with pytest.raises(FrontMatterError, match="anchor"):
        edit_front_matter(text, {"anchor": value})


def longest_piece(key: str) -> int:
    """Return how many characters a piece with *key* has, with two for each line end and the blank lines after it."""
    return next((2 * len(piece) + 10 for name, piece in PIECES.items() if f"{key}:" in piece or name == key), 0)


def is_one_splice(before: str, after: str, *, most: int) -> bool:
    """Whether *after* is *before* with at most so many characters in one place replaced."""
    same = next(
        (at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    rest = before[same:]
    tail = next((cut for cut in range(len(rest) + 1) if after.endswith(rest[cut:])), len(rest))
    return tail <= most


@pytest.mark.parametrize(
    ("changes", "before", "after"),
    [
        ({"story": "ferry"}, "title: A\n", "title: A\nstory: ferry\n"),
        ({"story": "ferry"}, "story: 'ferry'\n", "story: 'ferry'\n"),
        ({"story": "quay"}, "story: ferry  # mine\ntitle: A\n", "story: quay  # mine\ntitle: A\n"),
        ({"topics": ["A", "B: C"]}, "topics: [] # ours\n", 'topics:\n  - A\n  - "B: C" # ours\n'),
        ({"pin": {"a": 1, "b": [{"c": True}]}}, "", 'pin:\n  a: 1\n  b:\n    - {"c": true}\n'),
        ({"story": None}, "a: 1\nstory: x\n# about b\nb: 2\n", "a: 1\n# about b\nb: 2\n"),
        ({"story": "x"}, "  a: 1\n  b: 2\n", "  a: 1\n  b: 2\n  story: x\n"),
        ({"story": "x"}, "{a: 1, b: 2}\n", "{a: 1, b: 2, story: x}\n"),
        ({"a": None, "b": 3}, "{a: 1, b: 2}\n", "{b: 3}\n"),
        ({"b": None, "c": ["x"]}, "{a: 1, b: 2}\n", "{a: 1, c: [x]}\n"),
        ({"a": 1}, "# nothing yet\n", "# nothing yet\na: 1\n"),
        ({"a": 1}, "b: 2\n...\n", "b: 2\na: 1\n...\n"),
        ({"title": "B"}, "images:\n  - title: A\ntitle: A\n", "images:\n  - title: A\ntitle: B\n"),
        ({"n": 1}, "n: true\n", "n: 1\n"),
        ({"n": 1.0}, "n: 1\n", "n: 1.0\n"),
    ],
)
def test_how_an_edit_looks(changes: dict[str, object], before: str, after: str):
    """An edit is what a careful person would have typed."""
    assert f"---\n{after}---\n" == edit_front_matter(f"---\n{before}---\n", changes)


@pytest.mark.parametrize(
    "text", ["", "Title: A\n\nBody", "---\ntitle: A\n", "---\n- a\n---\n", "---\na: 1\na: 2\n---\n", "---\na: [\n---\n"]
)
def test_what_no_build_reads_is_refused(text: str):
    """A file without a readable front matter is not edited."""
    with pytest.raises(FrontMatterError):
        edit_front_matter(text, {"story": "x"})


def test_an_explicit_key_is_not_edited():
    """A key that is written with a question mark is left to a person."""
    with pytest.raises(FrontMatterError, match=r"\?"):
        edit_front_matter("---\n? a\n: 1\n---\n", {"a": 2})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", b"bytes", object(), {"a": [{1, 2}]}])
def test_what_no_file_holds_is_refused(value: object):
    """A value that could not be read back is not written."""
    with pytest.raises((TypeError, ValueError)):
        edit_front_matter("---\na: 1\n---\n", {"a": value})
