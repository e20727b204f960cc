"""Files are found in one order, read as UTF-8, and named so that each has an address of its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.disk import files
from pelican.plugins.news_digest.disk.files import (
    decode_text,
    item_address,
    read_file,
    settle_slugs,
    stem_of,
)
from pelican.plugins.news_digest.disk.limits import Limits
from pelican.plugins.news_digest.errors import ContentError


def test_a_file_that_is_too_large_is_left_out(tmp_path: Path) -> None:
    """Its size is asked before it is read."""
    (tmp_path / "a.md").write_bytes(b"x" * 1001)
    with pytest.raises(ContentError) as caught:
        read_file(tmp_path / "a.md", source_path="a.md", limits=Limits(file_bytes=1000))
    assert str(caught.value) == "a.md: ND117 1,001 bytes; the limit is 1,000 → see DIGEST_MAX_FILE_BYTES"
    assert read_file(tmp_path / "a.md", source_path="a.md", limits=Limits(file_bytes=1001))[0] == "x" * 1001


@pytest.mark.parametrize(("expected", "changes"), [("b" * 2, 1), ("ND102 changed while it was being read", 9)])
def test_a_file_that_changes_while_it_is_read(
    expected: str, changes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read again; when it does not come to rest, it is left out and the reason is said."""
    path = tmp_path / "a.md"
    path.write_text("b")
    left = [changes]
    fstat = os.fstat

    def changing(descriptor: int) -> os.stat_result:
        found = fstat(descriptor)
        if left[0]:  # somebody writes, right after the file's size was asked
            left[0] -= 1
            with open(path, "a", encoding="utf-8") as file:
                file.write("b")
        return found

    monkeypatch.setattr(os, "fstat", changing)
    try:
        found = read_file(path, source_path="a.md")[0]
    except ContentError as error:
        found = str(error)
    assert expected in found


@pytest.mark.parametrize(
    ("expected", "data"),
    [
        ("a\nb\n", b"a\nb\n"),
        ("a\nb\n", b"a\r\nb\r\n"),
        ("a\nb\n", b"a\rb\r"),
        ("a\n\nb", b"a\r\n\rb"),
        ("a", b"\xef\xbb\xbfa"),
        ("é", "é".encode()),
        ("", b""),
    ],
)
def test_every_line_end_is_one_kind(expected: str, data: bytes) -> None:
    """Windows and old Macintosh line ends and a byte-order mark leave no trace."""
    assert expected == decode_text(data, source_path="news/x.md")


@pytest.mark.parametrize(
    ("line", "data"), [(1, b"\xff"), (3, b"a\nb\n\xe9t\xe9"), (2, b"a\r\n\xc3("), (1, "é".encode("utf-16"))]
)
def test_what_is_not_utf8_is_refused_at_its_line(line: int, data: bytes) -> None:
    """The diagnostic says where the first wrong byte stands and what to do."""
    with pytest.raises(ContentError) as caught:
        decode_text(data, source_path="news/x.md")
    assert f"news/x.md:{line}: ND102 not UTF-8 → save the file as UTF-8" == str(caught.value)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    """What the system says is what the diagnostic says."""
    with pytest.raises(ContentError) as caught:
        read_file(tmp_path / "gone.md", source_path="news/gone.md")
    assert str(caught.value) == "news/gone.md: ND102 cannot be read: No such file or directory"


def test_a_changed_file_is_not_still_the_same(tmp_path: Path) -> None:
    """Another size, and a file that was young when it was read, are never trusted."""
    path = tmp_path / "a.md"
    path.write_text("a", encoding="utf-8")
    _, state = read_file(path, source_path="a.md")
    stat = os.stat(path)
    assert state.is_still(stat, seen_ns=stat.st_ctime_ns + 10**10)
    assert not state.is_still(stat, seen_ns=stat.st_ctime_ns)
    path.write_text("ab", encoding="utf-8")
    assert not state.is_still(os.stat(path), seen_ns=stat.st_ctime_ns + 10**10)


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("a", "a.md"),
        ("2026-05-01-a_b", "2026-05-01-a_b.md"),
        ("v1.2", "v1.2.md"),
        ("größe", "größe.md"),
        ("größe", "gro\u0308ße.md"),
        ("港", "港.md"),
    ],
)
def test_a_stem_that_can_be_an_address_is_the_slug(expected: str, name: str) -> None:
    """The whole stem is the last part of the address, in one Unicode form."""
    slugs, said = settle_slugs([f"news/{name}"])
    assert ({f"news/{name}": expected}, ()) == (slugs.names, said)


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("a-b", "a b.md"),
        ("what", "what?.md"),
        ("a", "-a.md"),
        ("item", "!!.md"),
        ("a-and-b", "a&b.md"),
        ("script", "<script>.md"),
    ],
)
def test_a_stem_that_cannot_be_an_address_is_mended(expected: str, name: str) -> None:
    """Spaces and marks go, and a diagnostic says what became of the name."""
    slugs, said = settle_slugs([f"news/{name}"])
    assert ([expected], ["ND113"]) == (list(slugs.names.values()), [diagnostic.code for diagnostic in said])


def test_files_of_one_name_get_numbers() -> None:
    """The first in the order of paths keeps the name; the others say what they are called now."""
    slugs, said = settle_slugs(["news/a-2.md", "news/a.md", "news/b/a.md"])
    assert list(slugs.names.values()) == ["a-2", "a", "a-3"]
    assert [str(one) for one in said] == [
        "news/b/a.md: ND112 'a' is taken by news/a.md; this file gets 'a-3' → rename one of them"
    ]


def test_names_that_differ_in_case_alone_do_not_share_an_address() -> None:
    """On a disk that does not tell cases apart both pages would be one file."""
    slugs, _ = settle_slugs(["news/A.md", "news/a.md"])
    assert len({slug.casefold() for slug in slugs.names.values()}) == 2


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="/\x00"), min_size=1, max_size=6), unique=True, max_size=6))
def test_slugs_are_unique_and_stay_in_their_folder(names: list[str]) -> None:
    """Whatever files are called, each has one address, and none leads anywhere else."""
    slugs, _ = settle_slugs([f"news/{name}.md" for name in names])
    assert len(names) == len(set(slugs.names.values()))
    for slug in slugs.names.values():
        assert slug not in {"", ".", ".."}
        assert "/" not in slug
        assert item_address(slug).isascii()


def test_addresses_are_percent_encoded() -> None:
    """A slug in any script becomes an address in ASCII."""
    assert item_address("größe") == "news/gr%C3%B6%C3%9Fe/"


@pytest.mark.parametrize(("expected", "path"), [("a", "news/a.md"), ("a.b", "news/x/a.b.md"), ("a", "a.yaml")])
def test_a_stem_is_the_name_without_its_ending(expected: str, path: str) -> None:
    """Only the last ending goes."""
    assert expected == stem_of(path)


@given(st.text("acmnoprtuxlk019-_.~éA ", min_size=1, max_size=6) | st.integers(198, 202).map("a".__mul__))
@example("con")
@example("com1-and-more")
@example("auxiliary")
def test_an_ordinary_stem_is_its_slug(stem: str):
    """Such names are not looked at as closely as others, and that changes nothing."""
    path = f"news/{stem}.md"
    settled, said = settle_slugs([path])
    quick = files._wanted_slugs((path,))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "is_ordinary", lambda _: False)
        assert quick == files._wanted_slugs((path,)) == (settled.names, said)
