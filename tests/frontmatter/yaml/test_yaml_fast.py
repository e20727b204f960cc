"""Whichever library reads the front matter, the record is the same."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter.yaml import yaml12
from pelican.plugins.news_digest.frontmatter.yaml.plain import Loader
from pelican.plugins.news_digest.frontmatter.yaml.refused import FrontMatterError
from pelican.plugins.news_digest.frontmatter.yaml.yaml12 import load_front_matter

pytest.importorskip("yaml_rs", reason="the extra `fast` is not installed: there is nothing to compare with PyYAML")

ODD = (
    "yes no on off 012 0o14 0x1F 0b11 1_000 1:30 1e3 .5 5. +1 .inf -.Inf .NaN ~ null true True tRue 2026-05-01".split()
)
TOKENS = [
    *[
        "a",
        "b: ",
        ": ",
        ", ",
        "[",
        "]",
        "{",
        "}",
        "- ",
        "\n",
        "\n  ",
        "\n- ",
        "\t",
        "#",
        " #",
        "&x ",
        "*x",
        "!t ",
        "!!int ",
        "|",
    ],
    *[
        ">-\n  ",
        "'",
        '"',
        "\\n",
        "\\u00e9",
        "~",
        "true",
        "Yes",
        "0x1F",
        "0o7",
        "007",
        "1_0",
        ".5",
        "5.",
        "1e3",
        "-",
        "+1",
    ],
    *[
        ".inf",
        "2026-05-01",
        "? ",
        "%",
        "@",
        "`",
        "<<: ",
        "---",
        "...",
        "\r",
        "é",
        "NULL",
        "-0",
        "0b1",
        "1e400",
        "-.5",
        "''",
    ],
]


def slow(text: str) -> object:
    """Return what PyYAML alone makes of *text*; the error's kind when it refuses."""
    try:
        return yaml.load(text, Loader=Loader)
    except yaml.YAMLError as error:
        return type(error)


def assert_same(text: str) -> None:
    """Fail when the fast library answers, and answers otherwise than PyYAML."""
    fast = yaml12._load_fast(text)
    if fast is not None:
        assert repr(slow(text)) == repr(fast)


@pytest.mark.parametrize("value", ODD)
def test_odd_scalars_mean_the_same(value: str):
    """YAML 1.1 and 1.2 differ on these; here there is one meaning."""
    assert yaml12._load_fast(f"key: {value}\n") is not None
    assert_same(f"key: {value}\n")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="+-_.0123456789eExXoObBinfaNultr~:", min_size=1, max_size=8))
def test_random_scalars_mean_the_same(value: str):
    """Numbers, near-numbers and words."""
    assert_same(f"key: {value}\n")


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=" \n-:?[]{},#&*!|>'\"%@`ab1\\ué\u2028\x85", max_size=30))
@example("key: a\n---\nkey: b\n")
@example("key: !x y\n")
@example("key: !!set {a}\n")
@example("? [a]\n: b\n")
@example('key: "\\ud83d\\ude00"\n')
@example("key: &a [*a]\n")
def test_random_structure_means_the_same(text: str):
    """Indicators in any order, comments, quotes, anchors, tags."""
    assert_same(f"title: x\n{text}\n")


def test_errors_are_worded_by_one_library(monkeypatch: pytest.MonkeyPatch):
    """What the fast library refuses is read again by PyYAML, so a message does not depend on what is installed."""

    def said() -> str:
        with pytest.raises(FrontMatterError) as caught:
            yaml12.load_front_matter("\ntitle: [a\nheat: 1\n")
        return f"{caught.value.line}: {caught.value.problem}"

    with_fast = said()
    monkeypatch.setattr(yaml12, "yaml_rs", None)
    assert said() == with_fast


@pytest.mark.parametrize(
    "text",
    [
        "- : ",
        "{é\n  1_0b: }",
        "!!int \n- ",
        "a\n\tb",
        "\n\t- a",
        "1_000",
        "0b11",
        "0o17",
        "-0x1F",
        "+12e03",
        "|\n  a\n",
        "a\n   b\n\n   c",
        "{a: 1, a: 2}",
        "&x [*x]",
        "2026-05-01T08:00:00Z",
        "{1: a, '1': b}",
        "\n  - {1: a, true: b}",
        "\n  1: a\n  01: b",
        "9" * 5000,
        "0x" + "f" * 5000,
        "[a,\n  b]",
        "[a\n  b: c]",
        "a [\n  b",
        "!!int 1",
        "!!str 1",
        "-  [a]: b",
        "[>]",
        "{>?>}",
        "[a, |b]",
    ],
)
def test_known_differences_are_settled(text: str) -> None:
    """Where the two libraries are known to differ the plain one decides."""
    assert_alike("\nk: " + text)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(TOKENS), max_size=6).map("".join) | st.text(st.characters(codec="utf-8")))
def test_both_libraries_read_the_same(text: str) -> None:
    """Where the fast library reads a text at all, the plain one reads it and finds the same."""
    assert_alike("\nk: " + text)


def assert_alike(text: str) -> None:
    """Fail when *text* is one thing with the fast library and another without it."""
    with_fast = outcome(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml12, "yaml_rs", None)
        assert outcome(text) == with_fast


def outcome(text: str) -> str:
    """Return what is read of *text*, or what is wrong with it."""
    try:
        return repr(load_front_matter(text))
    except FrontMatterError as error:
        return f"line {error.line}: {error.problem}"
