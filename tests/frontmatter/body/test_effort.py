"""A body that would take long is known before anything parses it, and every other one does not take long."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter.body.effort import SHORT_CHARS, _prices, is_too_costly
from pelican.plugins.news_digest.frontmatter.body.markdown import CostlyBodyError, render_body
from tests.builders import front_matter
from tests.frontmatter.parsing import parse

# Of CPU time: twice what a body may take on the machine that prices were measured on, and room for slower ones.
MAX_CPU_S = 6.0
BYTES = 200_000
UNITS = (
    "[ ![ [a]( [a][ [^1] * ** ***a* _ *_ ` `a ``` ~~~~ < <a <!-- <?x <![CDATA[ <b> <div> <p>x & &a \\ \\[ > # = - | {"
    " {a} ]( ( ) <http: <a@b ! ' \" -- ... 1. : *[a]:b [x]:y [^1]:y a é"
).split()
ENDS = ("", " ", "\n", "\n\n", "\n    ")
units = st.tuples(st.sampled_from(UNITS), st.sampled_from(ENDS)).map("".join)


def cpu_s(text: str) -> float:
    """Return how long a body takes to be rendered or refused."""
    start = time.process_time()
    with suppress(CostlyBodyError):
        render_body(text, prefix="b-")
    return time.process_time() - start


@pytest.mark.parametrize(
    "unit", ["[", "![", "[a](", "<a ", "#\n", "***\n", "```a\n", "> ", "- a\n   ", "<b>", "*[a]: b\n"]
)
def test_a_body_of_marks_is_refused_at_once(unit: str) -> None:
    """What would take minutes or hours is read a few times and no more."""
    text = unit * (BYTES // len(unit))
    assert is_too_costly(text)
    assert cpu_s(text) < 1


@settings(max_examples=6, deadline=None)
@given(st.lists(units, min_size=1, max_size=5).map("".join), st.integers(2, 5).map(lambda digits: 10**digits))
def test_no_body_takes_long(pattern: str, length: int) -> None:
    """Whatever marks it repeats, however often: it is either refused or soon done."""
    text = (pattern * (min(2 * length, BYTES) // len(pattern) + 1)).encode()[:BYTES].decode(errors="ignore")
    assert cpu_s(text) < MAX_CPU_S


@pytest.mark.parametrize(
    "unit", ["A word and [a link](https://a.example/b) for *everybody*. " * 6 + "\n\n", "- one of many\n"]
)
def test_long_texts_are_read(unit: str) -> None:
    """A hundred kilobytes of running text, and a list of two thousand points, are no trouble."""
    text = unit * (100_000 // len(unit) if "\n\n" in unit else 2000)
    assert not is_too_costly(text)
    assert render_body(text, prefix="b-").html


@pytest.mark.parametrize(("written", "read"), [("\t", "    "), ("\r\n", "\n"), ("\r", "\n")])
@pytest.mark.parametrize("unit", ["#[", "a *b* [c](d)", "- `a` <b>", "1. [ x"])
def test_white_space_is_priced_as_it_is_read(unit: str, written: str, read: str) -> None:
    """Markdown makes spaces of tabs and one sign of every end of a line before it looks at anything."""
    text = f"    {unit}\n\n    {unit}\n" * 300
    assert sum(_prices(text)) == sum(_prices(text.replace(read, written)))


def test_a_short_body_is_not_looked_at() -> None:
    """Nearly all bodies are short, and no marks make so few characters take long."""
    assert not is_too_costly("[" * SHORT_CHARS)
    assert cpu_s("[" * SHORT_CHARS) < 1


def test_a_costly_body_is_left_out_with_its_line() -> None:
    """The item stays, without its body, and the diagnostic says where that begins."""
    text = front_matter() + "\n" + "[" * BYTES
    found = parse(text)
    assert found.item is not None
    assert "" == found.item.body
    line = text[: text.index("[[[")].count("\n") + 1
    assert [("ND128", line)] == [(diagnostic.code, diagnostic.line) for diagnostic in found.diagnostics]
