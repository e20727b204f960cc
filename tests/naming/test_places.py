"""Names in addresses stay with who came first: whatever comes, goes, or is put in another order."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.disk.files import settle_slugs
from pelican.plugins.news_digest.naming.names import name_key
from pelican.plugins.news_digest.naming.places import Known, Settled, settle


class Site:
    """What is written down beside the content, and what the last build knows."""

    def __init__(self) -> None:
        self.lines: dict[str, str] = {}
        self.last: dict[str, str] = {}

    def build(self, wants: Mapping[str, str]) -> dict[str, str]:
        """Return who has which name after a build."""
        settled = settle(wants, Known(self.lines, lambda: self.last))
        self.lines |= settled.lines
        self.last = settled.names
        assert Settled(settled.names, settled.lines) == settle(wants, Known(self.lines, lambda: self.last))
        assert settled.names == settle(wants, Known(self.lines)).names, "a clean build gives out other names"
        return settled.names


def test_what_came_first_keeps_its_name():
    """A file that comes later gets a number, wherever it stands in the order of paths."""
    site = Site()
    assert {"news/2026/lamps.md": "lamps"} == site.build({"news/2026/lamps.md": "lamps"})
    both = {"news/2025/lamps.md": "lamps", "news/2026/lamps.md": "lamps"}
    assert {"news/2025/lamps.md": "lamps-2", "news/2026/lamps.md": "lamps"} == site.build(both)
    assert {"lamps": "news/2026/lamps.md", "lamps-2": "news/2025/lamps.md"} == site.lines


def test_what_nobody_else_wants_is_not_written_down():
    """An archive without a contest needs no file."""
    site = Site()
    site.build({"news/a.md": "a", "news/b.md": "b"})
    assert {} == site.lines


def test_number_stays_when_the_first_is_gone():
    """Nothing changes because something else went; the free name is for the next file that is called so."""
    site = Site()
    site.build({"x/a.md": "a", "y/a.md": "a"})
    assert {"y/a.md": "a-2"} == site.build({"y/a.md": "a"})
    assert {"y/a.md": "a-2", "w/a.md": "a"} == site.build({"w/a.md": "a", "y/a.md": "a"})
    assert "w/a.md" == site.lines["a"]


def test_file_that_is_moved_keeps_its_name():
    """Its stem is its address; that of the other one is not free."""
    site = Site()
    site.build({"x/a.md": "a", "y/a.md": "a"})
    assert {"y/a.md": "a-2", "x/new/a.md": "a"} == site.build({"y/a.md": "a", "x/new/a.md": "a"})


def test_without_anything_known_the_order_decides():
    """As before there was a file: an upgrade moves nothing."""
    slugs, _ = settle_slugs(["news/2025/a.md", "news/2026/a.md", "news/A.md", "news/a-2.md"])
    assert ["a", "a-3", "A-4", "a-2"] == list(slugs.names.values())


@pytest.mark.parametrize("line", ["../../etc", "b", "a-x", "a-", "a-२", "a-2/../x", "A"])
def test_a_line_gives_nobody_a_name_of_another_kind(line: str):
    """A file's address is its stem, or that with a number."""
    assert {"news/a.md": "a"} == settle({"news/a.md": "a"}, Known({line: "news/a.md"})).names


def test_known_names_of_others_do_not_count_without_a_contest():
    """What stands in a cache moves nobody: a clean build would not know of it."""
    assert {"news/a.md": "a"} == settle({"news/a.md": "a"}, Known(last=lambda: {"news/a.md": "a-2"})).names


def test_a_reserved_name_is_given_to_nobody():
    """The site itself needs it."""
    slugs, _ = settle_slugs(["newsletters/Feed.atom.xml.html"], reserved=frozenset({"feed.atom.xml"}))
    assert ["Feed.atom.xml-2"] == list(slugs.names.values())


@pytest.mark.parametrize(
    ("stem", "slug"),
    [("aux", "aux~"), ("NUL", "NUL~"), ("con.x", "con~.x"), ("stop.", "stop"), ("a" * 240, "a" * 200)],
)
def test_stem_that_disks_refuse_is_mended_and_said(stem: str, slug: str):
    """The page has an address that every host takes."""
    settled, said = settle_slugs([f"news/{stem}.md"])
    assert ([slug], ["ND113"]) == (list(settled.names.values()), [found.code for found in said])


stems = st.sampled_from(["lamps", "Lamps", "lamps-2", "LAMPS", "caf\u00e9", "cafe\u0301", "aux", "aux.", "a?", "a"])
files = st.builds("news/{}/{}.md".format, st.integers(2024, 2027), stems)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(files, unique=True, max_size=7), min_size=2, max_size=6))
def test_no_address_changes_because_something_else_comes_or_goes(builds: list[list[str]]):
    """Of any files that come and go in any order, those that stay have the addresses that they had.

    A clean build beside the same lines gives out the same names.
    """
    lines: dict[str, str] = {}
    last: dict[str, str] = {}
    before: dict[str, str] = {}
    for paths in builds:
        settled, _ = settle_slugs(sorted(paths), Known(lines, last.copy))
        names = dict(settled.names)
        assert len(names) == len({name_key(name) for name in names.values()})
        assert {path: before[path] for path in names if path in before} == {
            path: name for path, name in names.items() if path in before
        }
        lines = {name: path for name, path in lines.items() if name_key(name) not in map(name_key, settled.lines)}
        lines |= settled.lines
        assert names == settle_slugs(sorted(paths), Known(lines))[0].names
        before = last = names
