"""Whichever library reads the front matter, the record is the same."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter import yaml12

pytest.importorskip("yaml_rs", reason="the extra `fast` is not installed: there is nothing to compare with PyYAML")

ODD = (
    "yes no on off 012 0o14 0x1F 0b11 1_000 1:30 1e3 .5 5. +1 .inf -.Inf .NaN ~ null true True tRue 2026-05-01".split()
)


def slow(text: str) -> object:
    """Return what PyYAML alone makes of *text*; the error's kind when it refuses."""
    try:
        return yaml.load(text, Loader=yaml12.Loader)
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
        with pytest.raises(yaml12.FrontMatterError) as caught:
            yaml12.load_front_matter("\ntitle: [a\nheat: 1\n")
        return f"{caught.value.line}: {caught.value.problem}"

    with_fast = said()
    monkeypatch.setattr(yaml12, "yaml_rs", None)
    assert said() == with_fast
