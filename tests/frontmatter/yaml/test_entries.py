"""A `related` entry that was read before is known by its text; whatever is written, the record is the same."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter.items import convert, parts
from pelican.plugins.news_digest.frontmatter.items.links import MAX_TEXTS, RelatedPool
from pelican.plugins.news_digest.frontmatter.yaml.entries import EMPTY, cut_related
from tests.builders import front_matter

UTC = ZoneInfo("UTC")
ENTRY = '- title: "B"\n    webUrl: "https://b.example/1/"\n    provider:\n      name: B\n      domain: b.example\n'
OTHER = "- webUrl: https://c.example/1/\n    quality: 7\n"

pieces = st.sampled_from(
    [
        ENTRY,
        OTHER,
        "- webUrl: https://d.example/1/  # said twice\n",
        '- title: "two\n\n    lines"\n    webUrl: "https://e.example/"\n',
        '- title: "a line that looks\n  - like: an entry"\n    webUrl: "https://f.example/"\n',
        "- title: |\n      a block\n    webUrl: https://g.example/\n",
        "- {title: in brackets, webUrl: https://h.example/}\n",
        "- title: 'open\n",
        "- webUrl: https://i.example/\n    webUrl: https://j.example/\n",
        "- &a webUrl\n",
        "- *a\n",
        "- webUrl: javascript:alert(1)\n",
        "- title: plain\n    goes on\n    webUrl: https://k.example/\n",
        "- quality: many\n    webUrl: https://l.example/\n",
        "-\n    webUrl: https://m.example/\n",
        "- - webUrl: https://n.example/\n",
        "text\n",
        "\n",
        "# a comment\n",
        "- title: \u2028x\n",
    ]
)
rests = st.sampled_from(
    [
        "",
        "topics: [a]\n",
        'excerpt: "open\n',
        'end"\n',
        "topics: [a,\n",
        "b]\n",
        "related: []\n",
        "x: *a\n",
        "x: &a y\n",
        "excerpt: |\n  a block\n",
        "related:\n  - webUrl: https://z.example/\n",
        "# related:\n",
        '"related": 1\n',
        "- x\n",
    ]
)


def parsed(text: str, pool: RelatedPool):
    """Return what one file gives."""
    return convert.parse_item(text, source_path="a.md", slug="a", address="news/a/", tz=UTC, pool=pool)


def assert_same(monkeypatch: pytest.MonkeyPatch, texts: list[str]) -> None:
    """Fail when a list that is known by its text says anything else than one that YAML read."""
    pool = RelatedPool()
    known = [parsed(text, pool) for text in texts]
    with monkeypatch.context() as patch:
        patch.setattr(parts, "cut_related", lambda _: None)
        assert [parsed(text, RelatedPool()) for text in texts] == known


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=4), rests, rests, st.sampled_from(["  ", "", " ", "    "]))
@example([ENTRY], 'excerpt: "open\n', 'end"\n', "  ")
@example([ENTRY], "topics: [a,\n", "b]\n", "  ")
@example(["- &a webUrl\n"], "", "x: *a\n", "  ")
def test_known_entries_say_what_yaml_says(entries: list[str], before: str, after: str, indent: str):
    """Entries of any form, between keys of any form: twice, so that the second file finds them known."""
    shift = indent.removeprefix("  ")
    listed = "".join(f"{indent}{entry}".replace("\n  ", f"\n  {shift}") for entry in entries)
    text = f"---\ntitle: T\npublishedDateTime: 2026-05-01\n{before}related:\n{listed}{after}---\n"
    with pytest.MonkeyPatch.context() as patch:
        assert_same(patch, [text, text])


def test_known_entry_is_not_read_again(monkeypatch: pytest.MonkeyPatch):
    """What makes the difference on an archive in which each member of a story repeats the story."""
    pool, text = RelatedPool(), front_matter(related=f"\n  {ENTRY}  {OTHER}".rstrip())
    first = parsed(text, pool)
    monkeypatch.setattr(RelatedPool, "_read", lambda *_, **__: pytest.fail("read again"))
    assert first == parsed(text, pool)
    assert ["B", "c.example"] == [link.title for link in first.item.related]


def test_cut_leaves_an_empty_list_in_its_place():
    """So that the rest shows that the list was one of the file's own keys."""
    rest, texts = cut_related(f"\ntitle: T\nrelated:\n  {ENTRY}  {OTHER}\nsecured: x\n")
    assert "\ntitle: T\nrelated: []\nsecured: x\n" == rest
    assert [f"  {ENTRY}", f"  {OTHER}\n\n"] == texts
    assert [] == EMPTY


def test_list_at_the_margin_is_cut():
    """As PyYAML writes lists."""
    rest, texts = cut_related("\nrelated:\n- webUrl: https://a.example/\n- webUrl: https://b.example/\ntitle: T\n")
    assert "\nrelated: []\ntitle: T\n" == rest
    assert ["- webUrl: https://a.example/\n", "- webUrl: https://b.example/\n\n"] == texts


@pytest.mark.parametrize("fm", ["\ntitle: T\n", "\nrelated: []\n", "\nrelated: &a\n  - x\n", "\nrelated:\n  x: y\n"])
def test_other_forms_are_left_whole(fm: str):
    """What is no plain list is read as it always was."""
    assert cut_related(fm) is None


def test_texts_are_forgotten_in_time():
    """An archive without end does not fill the memory."""
    pool = RelatedPool()
    pool.links_of([f"- webUrl: https://a.example/{number}/\n" for number in range(3)], tz=UTC)
    pool._by_text.update(dict.fromkeys(map(str, range(MAX_TEXTS))))
    pool.links_of(["- webUrl: https://b.example/\n"], tz=UTC)
    assert 1 == len(pool._by_text)
