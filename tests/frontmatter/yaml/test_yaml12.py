"""Front matter means one thing: YAML 1.2 in plain types, whichever library reads it."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter.yaml import yaml12
from pelican.plugins.news_digest.frontmatter.yaml.refused import FrontMatterError
from pelican.plugins.news_digest.frontmatter.yaml.yaml12 import (
    has_front_matter,
    line_of,
    load_front_matter,
    split_front_matter,
)

quick = settings(max_examples=100, deadline=None)
scalars = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=20)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@pytest.fixture(params=["fast", "plain"], autouse=True)
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run every test with the fast library, where it is installed, and without it."""
    if request.param == "plain":
        monkeypatch.setattr(yaml12, "yaml_rs", None)
    elif yaml12.yaml_rs is None:
        pytest.skip("the fast library is not installed: the plain one is tested alone")
    return request.param


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("yes", "yes"),
        ("No", "No"),
        ("on", "on"),
        ("OFF", "OFF"),
        ("y", "y"),
        (True, "true"),
        (True, "True"),
        (False, "FALSE"),
        (12, "012"),
        (8, "0o10"),
        (255, "0xff"),
        (-7, "-7"),
        (7, "+7"),
        ("1:30", "1:30"),
        ("190:20:30", "190:20:30"),
        (1.5, "1.5"),
        (1000.0, "1e3"),
        (None, "~"),
        (None, "null"),
        (None, ""),
        ("=", "="),
        ("<<", '"<<"'),
        ("a\nb", '"a\\nb"'),
        ("", '""'),
        ("1", "'1'"),
        ("x: y", "'x: y'"),
        ([1, "a"], "[1, a]"),
        ({"a": {"b": []}}, "{a: {b: []}}"),
    ],
)
def test_scalars_are_those_of_yaml_12(expected: object, text: str) -> None:
    """Words that YAML 1.1 turns into truth values, octal and sexagesimal numbers are what they look like."""
    found = load_front_matter(f"\nkey: {text}\n")["key"]
    assert (expected, type(expected)) == (found, type(found))


@pytest.mark.parametrize("text", ["2026-05-01T08:00:00Z", "2026-05-01", "2026-13-02", "2٠26-01-01"])
def test_a_date_keeps_its_digits(text: str) -> None:
    """A date, possible or not, can be read again from what YAML makes of it."""
    found = str(load_front_matter(f"\nkey: {text}\n")["key"])
    assert text[:10] == found[:10]


def test_there_is_no_merge() -> None:
    """The key << is a key like any other, or refused, and never merges."""
    try:
        found = load_front_matter("\nbase: &b {x: 1}\nitem:\n  <<: *b\n  y: 2\n")["item"]
    except FrontMatterError:
        return
    assert "x" not in found


@pytest.mark.parametrize(
    ("problem", "line", "text"),
    [
        ("the key 'a' appears twice", 4, "\na: 1\nb: 2\na: 3\n"),
        ("the key 'a' appears twice", 4, "\nm:\n  a: 1\n  a: 2\n"),
        ("the key 'a' appears twice", 2, "\nm: [{a: 1, a: 2}]\n"),
        ("the key 'a' appears twice", 3, '\na: 1\n"a": 2\n'),
    ],
)
def test_a_repeated_key_is_an_error_where_it_is_repeated(problem: str, line: int, text: str) -> None:
    """Neither of two values can be trusted, however deep and however the key is written."""
    with pytest.raises(FrontMatterError) as caught:
        load_front_matter(text)
    assert (problem, line, True) == (caught.value.problem, caught.value.line, caught.value.is_duplicate_key)


@pytest.mark.parametrize("text", ['\n1: a\n"1": b\n', "\n1: a\n01: b\n", '\ntrue: a\n"True": b\n'])
def test_two_keys_that_become_one_text_are_an_error(text: str) -> None:
    """Keys become text, so a number and the text of that number are one key, and neither can be trusted."""
    with pytest.raises(FrontMatterError):
        load_front_matter(text)


def test_no_key_is_lost_to_another() -> None:
    """Two keys that are written differently and mean different things are both kept."""
    assert len(load_front_matter("\n1: a\ntrue: b\n")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "\na: b: c\n",
        "\na: [1\n",
        "\na: *nobody\n",
        '\na: "open\n',
        "\n\ta: 1\n",
        "\na: \x00\n",
        "\na: @x\n",
        "\nword\n",
        "\n- a\n- b\n",
        "\n42\n",
        "\n? [a]\n: b\n",
        "\na: 1\n--- x\nb: 2\n",
        '\na: "\\ud800"\n',
    ],
)
def test_what_is_no_front_matter_is_refused(text: str) -> None:
    """Every fault is a FrontMatterError with a problem of one line."""
    with pytest.raises(FrontMatterError) as caught:
        load_front_matter(text)
    assert caught.value.problem
    assert "\n" not in caught.value.problem
    assert not caught.value.is_duplicate_key


@pytest.mark.parametrize(
    "text",
    [
        "!!int abc",
        "!!float abc",
        "!!bool abc",
        "!!timestamp abc",
        "!!binary '!'",
        "!!null abc",
        "!!set {b, a}",
        "!!omap [a: 1]",
        "!!str {a: b}",
        "!!seq {a: b}",
        "!!map [a]",
        "!custom x",
        "!!python/name:os.system",
        "!!python/object/apply:os.getcwd []",
        "!!python/object/new:type [x, [], {}]",
        "!!python/tuple [1]",
    ],
)
def test_tags_make_no_objects(text: str) -> None:
    """Whatever tag a value wears, it is a plain value or refused; nothing is run and nothing else is raised."""
    try:
        found = load_front_matter(f"\nkey: {text}\n")["key"]
    except FrontMatterError:
        return
    assert type(found) in {str, int, float, bool, type(None), list, dict}


@pytest.mark.parametrize("digits", [20, 400, 5000])
def test_long_numbers_do_not_break_the_reading(digits: int) -> None:
    """A number of any length is a number, or text, or refused."""
    try:
        found = load_front_matter(f"\nkey: {'9' * digits}\n")["key"]
    except FrontMatterError:
        return
    assert isinstance(found, (int, float, str))


@pytest.mark.parametrize("text", ["", "\n", "\n# only a comment\n", "\n~\n"])
def test_nothing_is_an_empty_map(text: str) -> None:
    """Front matter without keys has none."""
    assert load_front_matter(text) == {}


def test_keys_are_text() -> None:
    """Whatever YAML reads a key as, it is text at the top."""
    assert {"2", "true", "a"} == {key.lower() for key in load_front_matter("\n2: x\ntrue: x\na: x\n")}


def test_aliases_share_and_do_not_multiply() -> None:
    """Nine levels of nine aliases each are read at once, or refused."""
    levels = "\n".join(f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))
    text = f"\nk0: &a0 [x]\n{levels}\n"
    program = "import sys, resource; resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30)); " + _PROGRAM
    assert _run(program, text) == "read"


DEEP = (
    "\na: " + "[" * 300_000,
    "\na: " + "[" * 300_000 + "]" * 300_000,
    "\na: " + "{a: " * 100_000,
    "\na:\n  " + "- " * 100_000 + "b",
    "\na:\n  " + "? " * 100_000 + "b",
    "\n" + "\n".join(" " * n + "a:" for n in range(3000)),
)


def test_deep_nesting_is_refused_and_kills_nothing(library: str) -> None:
    """Files that nest without end are FrontMatterErrors, and not the end of the process."""
    assert ["read"] * len(DEEP) == _run("import sys; " + _PROGRAM, *DEEP, library=library).split()


@pytest.mark.parametrize(
    "text", ["[" * 99 + "]" * 99, "[" * 400 + "]" * 400, '"' + "[ " * 500 + '"', "[" + "[a], " * 500 + "]", "-" * 90]
)
def test_only_nesting_counts(text: str) -> None:
    """A hundred levels are allowed; brackets beside each other and inside text are no levels."""
    try:
        load_front_matter(f"\na: {text}\n")
    except FrontMatterError as error:
        assert (error.problem, text[:400]) == ("nested too deeply", "[" * 400)  # noqa: PT017 - only one is refused


@pytest.mark.parametrize("value", ["&a [*a]", "&a {b: *a}", "&a [[*a, *a]]"])
def test_what_holds_itself_is_refused(value: str) -> None:
    """A list inside itself has no end."""
    with pytest.raises(FrontMatterError, match="nested too deeply"):
        load_front_matter(f"\na: {value}\n")


_PROGRAM = (
    "from pelican.plugins.news_digest.frontmatter.yaml import yaml12\n"
    "from pelican.plugins.news_digest.frontmatter.yaml.refused import FrontMatterError\n"
    "if sys.argv[1] == 'plain': yaml12.yaml_rs = None\n"
    "for text in sys.stdin.read().split('\\0'):\n"
    "    try: yaml12.load_front_matter(text)\n"
    "    except FrontMatterError: pass\n"
    "    print('read', flush=True)"
)


def _run(program: str, *texts: str, library: str = "plain") -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, library],
        input="\0".join(texts),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout.strip() + (f" died with {done.returncode}: {done.stderr[-200:]}" if done.returncode else "")


@quick
@given(st.dictionaries(st.text(st.characters(codec="utf-8"), min_size=1, max_size=8), values, max_size=4))
def test_what_a_yaml_12_writer_quotes_reads_back(data: dict[str, Any]) -> None:
    """Plain values in quotes, brackets and braces come back as they went in."""
    text = yaml.dump(data, default_style='"', allow_unicode=False, sort_keys=False)
    try:
        found = load_front_matter("\n" + text)
    except FrontMatterError as error:
        assert "surrogate" in str(error) or "Unicode" in str(error)  # noqa: PT017 - the one thing YAML cannot hold
        return
    assert _texts(data) == _texts(found)


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _texts(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_texts(entry) for entry in value]
    return value


@quick
@given(st.text(st.characters(codec="utf-8")) | st.text(st.sampled_from("ab:-[]{}&*!|>'\"%@#,?~ \n\t0_1.<=")))
def test_no_text_raises_anything_else(text: str) -> None:
    """Any text is a map with text keys, or FrontMatterError."""
    try:
        found = load_front_matter("\n" + text)
    except FrontMatterError:
        return
    assert all(isinstance(key, str) for key in found)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (True, "---\na: 1\n---\n"),
        (True, "---  \na: 1\n"),
        (True, "---"),
        (False, "Title: x\n\n---\n"),
        (False, "\n---\na: 1\n---\n"),
        (False, "----\n"),
        (False, "--- x\n"),
        (False, ""),
    ],
)
def test_front_matter_begins_on_the_first_line(expected: bool, text: str) -> None:
    """A file has front matter when its first line is three dashes and nothing else."""
    assert expected is has_front_matter(text)


def test_the_body_is_everything_after_the_second_line_of_dashes() -> None:
    """Further lines of dashes belong to the body."""
    fm, body = split_front_matter("---\na: 1\n---\nOne.\n\n---\n\nTwo.\n")
    assert (load_front_matter(fm), body.strip()) == ({"a": 1}, "One.\n\n---\n\nTwo.")


def test_front_matter_that_does_not_end_is_an_error_of_line_one() -> None:
    """Without a closing line nothing says where the body begins."""
    with pytest.raises(FrontMatterError) as caught:
        split_front_matter("---\na: 1\n")
    assert (caught.value.problem, caught.value.line) == ("the front matter has no closing '---' line", 1)


@pytest.mark.parametrize(
    ("expected", "path"),
    [
        (2, ("title",)),
        (3, ("images",)),
        (5, ("images", 0, "width")),
        (6, ("images", 1)),
        (6, ("images", 1, "width")),
        (7, ("provider", "name")),
        (3, ("images", 9)),
        (0, ("absent",)),
        (0, ()),
    ],
)
def test_a_value_is_found_by_its_path(expected: int, path: tuple[str | int, ...]) -> None:
    """The line is that of the value, else of the nearest thing around it that exists."""
    fm = split_front_matter("---\ntitle: x\nimages:\n  - url: a\n    width: b\n  - url: c\nprovider: {name: y}\n---\n")[
        0
    ]
    assert expected == line_of(fm, path)


def test_a_line_in_what_is_not_yaml_is_unknown() -> None:
    """Where YAML cannot be read no line is made up."""
    assert line_of("\na: [\n", ("a", "b")) == 0
