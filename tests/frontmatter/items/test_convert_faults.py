"""Whatever a file holds, it gives an item or an error: nothing stops the others, and nothing kills the process."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import msgspec
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter.body import item_body
from pelican.plugins.news_digest.frontmatter.body.markdown import BodyError
from pelican.plugins.news_digest.frontmatter.items.values import raw_of
from pelican.plugins.news_digest.text.plain import clean_title
from tests.builders import front_matter
from tests.frontmatter.parsing import is_sound, parse

quick = settings(max_examples=100, deadline=None)
KEYS = (
    "title excerpt category publishedDateTime updatedDateTime originalUrl webUrl ampWebUrl cdnAmpWebUrl"
    " type quality heat published removed featuredContent provider topics images related locale secured date tags"
    " author status slug mood"
).split()
NODES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec="utf-8"), max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*KEYS, "url", "name"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@quick
@given(st.text(st.characters(codec="utf-8")) | st.text(st.characters(codec="utf-8")).map("---\n{}\n---\n".format))
def test_any_text_gives_an_item_or_an_error(text: str) -> None:
    """No file can stop the build: it becomes an item, or an ERROR diagnostic says why not."""
    assert is_sound(parse(text))


@quick
@given(st.dictionaries(st.sampled_from(KEYS), NODES, max_size=6))
def test_any_values_give_an_item_or_an_error(values: dict) -> None:
    """Whatever stands behind the format's keys, the file becomes an item or an ERROR diagnostic says why not."""
    data = {"title": "T", "publishedDateTime": "2026-05-01", **values}
    found = parse(f"---\n{yaml.dump(data, allow_unicode=True)}---\n")
    assert is_sound(found)
    if found.item is not None:
        assert found.item == msgspec.msgpack.decode(msgspec.msgpack.encode(found.item), type=type(found.item))


@quick
@given(st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), NODES, max_size=6))
def test_every_diagnostic_is_one_printable_line(values: dict) -> None:
    """What strangers wrote can neither break a line of the report nor steer the terminal."""
    for diagnostic in parse(f"---\n{yaml.dump(values)}---\n").diagnostics:
        assert [c for c in str(diagnostic) if unicodedata.category(c) in {"Cc", "Zl", "Zp"}] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("publishedDateTime", r'"\e]0;title\a"'),
        ("publishedDateTime", r'"2026\n05"'),
        ("updatedDateTime", r'"\e[31m"'),
        ("featuredContent", r'"<iframe\r\n\e[2Jsrc=x>"'),
        (r'"mood\n\e[31mswing"', "1"),
        ("webUrl", r'"x\e[31m\ny"'),
        ("locale", r'"en\n\e[31m"'),
        ("type", r'"x\e[31m\n"'),
        ("title", r'"\e[31mâ€˜\n"'),
    ],
)
def test_values_cannot_steer_the_terminal(key: str, value: str) -> None:
    """Control characters inside a value never reach the report."""
    said = "".join(str(diagnostic) for diagnostic in parse(front_matter(**{key: value})).diagnostics)
    assert said
    assert said.isprintable()


@quick
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1).filter(clean_title))
def test_a_title_survives_the_front_matter(title: str) -> None:
    """Any headline that a YAML writer writes is read back clean."""
    data = {"title": title, "publishedDateTime": "2026-05-01T08:00:00Z"}
    text = yaml.safe_dump(data, allow_unicode=True, width=10_000, default_style='"')
    found = parse(f"---\n{text}---\n").item
    assert found is not None
    assert clean_title(title) == found.title


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("quality", "!!int abc"),
        ("quality", "!!float abc"),
        ("published", "!!bool abc"),
        ("publishedDateTime", "!!timestamp abc"),
        ("title", "!!binary '!'"),
        ("title", "2٠26-01-01"),
        ("quality", "9" * 5000),
        ("mood", "9" * 400),
        ("heat", ".inf"),
        ("heat", ".nan"),
        ("mood", "&a [*a]"),
        ("mood", "&a {b: *a}"),
        ("images", "&a [{url: 'https://a.example/', more: *a}]"),
        ("provider", "&a {name: x, images: [*a]}"),
        ("related", "&a [*a]"),
        ("topics", "&a [*a]"),
        ("title", "&a [*a]"),
        ("title", "!!set {a, b}"),
        ("mood", "!!set {a, b}"),
        ("images", "!!omap [a: 1]"),
        ("mood", "!!binary aGk="),
        ("mood", "!!python/object/apply:os.getcwd []"),
        ("webUrl", "'https://a.example/%FF\\ud800'"),
        ("provider", "{1: 2, true: 3}"),
        ("images", "[{2: 3}]"),
    ],
)
def test_odd_yaml_stops_nothing(key: str, value: str) -> None:
    """Tags, self-references and monstrous numbers give an item or an error, and the item can be stored."""
    found = parse(front_matter(**{key: value}))
    assert is_sound(found)
    assert msgspec.msgpack.encode(found.item)


BOMB = "\n".join(f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10))


def read_apart(text: str, *, limits: list[str]) -> str:
    """Read *text* in a process that may use no more than *limits*; return what it says, or how it died."""
    program = "\n".join(
        [
            "import sys, resource",
            *(f"resource.setrlimit(resource.{limit})" for limit in limits),
            "from datetime import UTC",
            "from pelican.plugins.news_digest.frontmatter.items.convert import parse_item",
            "from pelican.plugins.news_digest.frontmatter.items.links import RelatedPool",
            "parse_item(sys.stdin.read(), source_path='x', slug='x', address='x', tz=UTC)",
            "print('read')",
        ]
    )
    done = subprocess.run([sys.executable, "-c", program], input=text, capture_output=True, text=True, check=False)
    return done.stdout.strip() or f"died with {done.returncode}: {done.stderr[-100:]}"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("mood", "*a9"),
        ("title", "*a9"),
        ("topics", "[*a9]"),
        ("publishedDateTime", "*a9"),
        ("updatedDateTime", "*a9"),
        ("images", "[{url: 'https://a.example/', more: *a9}]"),
        ("related", "[{webUrl: 'https://a.example/', publishedDateTime: *a9}]"),
    ],
)
def test_a_bomb_of_aliases_is_read_or_refused(key: str, value: str) -> None:
    """Nine lines that stand for a milliard of words cost neither minutes nor gigabytes."""
    text = front_matter(**{key: value}).replace("---\n", f"---\nk0: &a0 [x]\n{BOMB}\n", 1)
    assert read_apart(text, limits=["RLIMIT_AS, (2**30, 2**30)", "RLIMIT_CPU, (10, 10)"]) == "read"


def test_many_faults_in_one_file_are_reported_in_time() -> None:
    """A thousand bad links are told in a moment: the work grows with the file and not with its square."""
    links = "".join(f'\n  - {{title: "t{n}", webUrl: "javascript:{n}"}}' for n in range(4000))
    text = front_matter(related=links)
    assert read_apart(text, limits=["RLIMIT_CPU, (10, 10)"]) == "read"


def test_deep_bodies_stop_nothing() -> None:
    """A body that nests without end gives an item, whose lists are flatter, and says so."""
    found = parse(front_matter() + "- " * 2000 + "a")
    assert is_sound(found)
    assert [diagnostic.code for diagnostic in found.diagnostics] == ["ND114"]


def test_a_body_that_cannot_be_rendered_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The item stays, and says that its body is gone."""

    def refuse(_text: str, **_values: object) -> str:
        raise BodyError("nested too deeply")

    monkeypatch.setattr(item_body, "render_body", refuse)
    text = front_matter() + "Text."
    found = parse(text)
    assert found.item is not None
    line = text.count("\n") + 1
    said = [str(diagnostic) for diagnostic in found.diagnostics]
    assert (found.item.body, said) == ("", [f"news/x.md:{line}: ND114 the body is nested too deeply → it was left out"])


def test_a_link_to_no_part_of_the_body_is_told_with_its_line() -> None:
    """``audit`` has nothing to complain of afterwards: the words stay, without a link."""
    text = front_matter() + "One.\n\nSee [there](#there) and [here](#here).\n\n## Here {#here}\n"
    found = parse(text)
    line = text[: text.index("#there")].count("\n") + 1
    hint = "its text is shown without the link; to name a heading, write {#there} after it"
    message = "ND126 the body links to #there, but nothing in it has that name"
    assert [f"news/x.md:{line}: {message} → {hint}"] == [str(diagnostic) for diagnostic in found.diagnostics]


@pytest.mark.parametrize("key", ["topics", "tags"])
def test_more_topics_than_the_limit_are_left_out(key: str) -> None:
    """Four thousand topics in one item would be four thousand pages, feeds and lists that repeat each other."""
    names = "".join(f"\n  - Topic {n}" for n in range(4_000))
    text = front_matter(topics="[]").replace("topics: []", f"{key}:{names}")
    found = parse(text)
    assert found.item is not None
    assert 50 == len(found.item.topics) == len(raw_of(found.item).get("topics") or found.item.topics)
    assert [("ND118", text[: text.index(f"{key}:")].count("\n") + 1)] == [(d.code, d.line) for d in found.diagnostics]


@pytest.mark.parametrize(("key", "most"), [("title", 2_000), ("excerpt", 20_000), ("category", 500)])
def test_a_text_without_end_is_cut(key: str, most: int) -> None:
    """Every list and feed repeats it: a megabyte in one file would be a hundred in the site."""
    text = front_matter(**{key: f'"{"word " * 200_000}"'})
    found = parse(text)
    assert found.item is not None
    assert len(getattr(found.item, key)) <= most
    assert len(raw_of(found.item)[key]) == most
    assert [("ND127", key)] == [(d.code, d.message.partition(":")[0]) for d in found.diagnostics]


@pytest.mark.parametrize(
    ("place", "values"),
    [
        ("images", {"images": "[" + ", ".join(f'"https://p.example/{n}.jpg"' for n in range(100_000)) + "]"}),
        ("provider.images", {"provider": "{name: P, domain: p.example, images: [" + "{url: /a.png}, " * 9_000 + "]}"}),
        ("topics", {"topics": f"[{'x' * 100_000}, {'ガ' * 1_000}]"}),
        ("provider.name", {"provider": f"{{name: {'x' * 100_000}, domain: p.example}}"}),
    ],
)
def test_names_and_lists_of_pictures_without_end_are_cut(place: str, values: dict[str, str]) -> None:
    """The API repeats each in every file that has the item."""
    text = (
        front_matter(**values)
        .replace('["https', '[{url: "https')
        .replace('.jpg"', '.jpg"}')
        .replace(', "', ', {url: "')
    )
    found = parse(text)
    assert found.item is not None
    assert len(str(found.item)) < 50_000
    assert [("ND127", place)] == [(d.code, d.message.partition(":")[0]) for d in found.diagnostics if d.code != "ND108"]


def test_keys_without_end_are_counted() -> None:
    """A line for each of fifty thousand would be read by nobody; what hides is found behind any number of them."""
    keys = "".join(f"key{n}: value\n" for n in range(50_000))
    head = "---\ntitle: A\npublishedDateTime: 2026-03-14\nwebUrl: https://a.example/b\n"
    found = parse(f"{head}{keys}drfat: true\n---\n")
    assert found.item is not None
    assert "draft" == found.item.status
    notes = [diagnostic for diagnostic in found.diagnostics if diagnostic.code == "ND121"]
    assert (101, "49,901 more keys that the format does not have") == (len(notes), notes[-1].message)
