"""A content folder becomes one archive: everything that can be used, and a word about everything that cannot."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from pelican.plugins.news_digest.errors import Severity
from pelican.plugins.news_digest.frontmatter import cache, reader
from pelican.plugins.news_digest.frontmatter.reader import Archive, Folders, read_archive
from tests.builders import front_matter


def write(content: Path, path: str, text: str | bytes) -> None:
    """Write one file below *content*."""
    target = content / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text if isinstance(text, bytes) else text.encode())


def read(content: Path, **options: object) -> Archive:
    """Return the archive below *content*."""
    return read_archive(content, timezone="UTC", **options)


def said(archive: Archive) -> list[str]:
    """Return the diagnostics as they are shown."""
    return [str(diagnostic) for diagnostic in archive.diagnostics]


def test_an_empty_folder_is_an_empty_archive(tmp_path: Path) -> None:
    """A site without news, topics and providers is a site."""
    assert Archive() == msgspec.structs.replace(read(tmp_path), digest=b"", reading=b"")


def test_items_and_records_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    """Whatever order the disk has, the archive has that of the paths."""
    for name in ("c", "a", "b"):
        write(tmp_path, f"news/{name}.md", front_matter())
        write(tmp_path, f"topics/{name}.yaml", f"name: {name}\n")
        write(tmp_path, f"providers/{name}.example.md", f"---\nname: {name}\n---\n")
    archive = read(tmp_path)
    assert [item.slug for item in archive.items] == ["a", "b", "c"]
    assert [topic.name for topic in archive.topics] == ["a", "b", "c"]
    assert [provider.name for provider in archive.providers] == ["a", "b", "c"]


def test_item_is_known_again_by_its_file_and_how_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever may make another item of the same file makes another print, or another reading, and another archive."""
    write(tmp_path, "news/a.md", front_matter())
    write(tmp_path, "news/b.md", front_matter(title='"Another"'))
    write(tmp_path, "news/bad.md", "---\ntitle: [\n---\n")
    first = read(tmp_path)
    assert ["a", "b"] == sorted(first.prints)
    assert first.prints["a"] != first.prints["b"]
    again = read(tmp_path)
    assert (first.prints, first.reading, first.digest) == (again.prints, again.reading, again.digest)
    elsewhere = read_archive(tmp_path, timezone="Asia/Tokyo")
    monkeypatch.setattr(cache, "code_key", lambda: b"a newer library")
    for other in (elsewhere, read(tmp_path)):
        assert first.digest != other.digest
        assert first.reading != other.reading


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """Files that cannot be used are named with their lines, in order, and the rest is read."""
    write(tmp_path, "news/a.md", b"---\ntitle: \xff\n---\n")
    write(tmp_path, "news/b.md", "---\ntitle: [\n---\n")
    write(tmp_path, "news/c.md", front_matter())
    write(tmp_path, "topics/t.yaml", b"\xff")
    write(tmp_path, "providers/The Press.md", "---\nname: x\n---\n")
    archive = read(tmp_path)
    codes = [(d.path, d.code) for d in archive.diagnostics]
    assert [item.slug for item in archive.items] == ["c"]
    assert codes == [
        ("news/a.md", "ND102"),
        ("news/b.md", "ND103"),
        ("providers/The Press.md", "ND211"),
        ("topics/t.yaml", "ND102"),
    ]
    assert said(archive)[0] == "news/a.md:2: ND102 not UTF-8 → save the file as UTF-8"
    assert 3 == sum(d.severity is Severity.ERROR for d in archive.diagnostics)


@pytest.mark.parametrize(
    ("key", "value"),
    [("quality", "!!int abc"), ("quality", "9" * 5000), ("mood", "&a [*a]"), ("title", "!!bool abc")],
)
def test_odd_yaml_does_not_stop_the_others(tmp_path: Path, key: str, value: str) -> None:
    """A value that no reader expects costs its own file at most."""
    write(tmp_path, "news/a.md", front_matter(**{key: value}))
    write(tmp_path, "news/b.md", front_matter())
    assert "b" in [item.slug for item in read(tmp_path).items]


@pytest.mark.skipif(sys.platform != "linux", reason="only here can a file's name be any bytes")
def test_a_name_that_is_not_utf8_does_not_stop_the_others(tmp_path: Path) -> None:
    """A file whose name no address can hold is mended or left out."""
    write(tmp_path, "news/b.md", front_matter())
    write(tmp_path, "news/\udcff\udcfe.md", front_matter())
    archive = read(tmp_path)
    assert "b" in [item.slug for item in archive.items]
    assert "\n".join(said(archive)).encode()


def test_files_without_front_matter_are_pelicans(tmp_path: Path) -> None:
    """A file with Pelican's own headers is handed on by its path."""
    write(tmp_path, "news/a.md", "Title: A\nDate: 2026-05-01\n\nText.\n")
    write(tmp_path, "news/b.md", front_matter())
    archive = read(tmp_path)
    assert (archive.classic_paths, len(archive.items), archive.diagnostics) == (("news/a.md",), 1, ())


def test_two_files_never_share_an_address(tmp_path: Path) -> None:
    """The second of two files of one name gets a number, and both are kept."""
    write(tmp_path, "news/2026/a.md", front_matter())
    write(tmp_path, "news/2027/a.md", front_matter())
    archive = read(tmp_path)
    assert [(item.slug, item.address) for item in archive.items] == [("a", "news/a/"), ("a-2", "news/a-2/")]
    taken = "news/2027/a.md: ND112 'a' is taken by news/2026/a.md; this file gets 'a-2' → rename one of them"
    assert said(archive) == [taken]


def test_folders_may_have_other_names(tmp_path: Path) -> None:
    """A site says where its items and records lie."""
    write(tmp_path, "items/a.md", front_matter())
    write(tmp_path, "subjects/t.yaml", "name: T\n")
    write(tmp_path, "sources/p.example.md", "---\nname: P\n---\n")
    archive = read(tmp_path, folders=Folders(news="items", topics="subjects", providers="sources"))
    assert (len(archive.items), len(archive.topics), len(archive.providers)) == (1, 1, 1)


def test_progress_ends_at_all_files(tmp_path: Path) -> None:
    """Whoever watches hears the whole number, and at last that all is done."""
    for name in "abc":
        write(tmp_path, f"news/{name}.md", front_matter())
    heard: list[tuple[int, int]] = []
    read(tmp_path, progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (3, 3)
    assert sorted(heard) == heard
    assert {3} == {total for _, total in heard}


def test_equal_related_entries_are_one_object_in_the_archive(tmp_path: Path) -> None:
    """A cluster that is repeated in every member's file is kept once, whatever batch the files were in."""
    related = '[{title: a, webUrl: "https://a.example/"}]'
    for name in "ab":
        write(tmp_path, f"news/{name}.md", front_matter(related=related))
    first, second = read(tmp_path).items
    assert first.related[0] is second.related[0]


def test_the_cache_changes_nothing_but_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unchanged archive is read from the cache and is equal; a changed file is read again."""
    content, cache = tmp_path / "content", tmp_path / "cache"
    now = reader.clock_ns()
    monkeypatch.setattr(reader, "clock_ns", lambda: now + 10**11)
    write(content, "news/a.md", front_matter(related='[{title: a, webUrl: "https://a.example/"}]', mood="{x: [1, y]}"))
    write(content, "news/b.md", front_matter(title="[]"))
    write(content, "news/c.md", "Title: C\n\nText.\n")
    first, second = read(content, cache=cache), read(content, cache=cache)
    assert (first.parsed_count, second.parsed_count) == (3, 0)
    assert (first.items, first.diagnostics, first.classic_paths) == (
        second.items,
        second.diagnostics,
        second.classic_paths,
    )
    write(content, "news/b.md", front_matter(title="Mended"))
    third = read(content, cache=cache)
    assert (third.parsed_count, [item.title for item in third.items]) == (1, ["A headline", "Mended"])


@pytest.mark.parametrize("data", [b"", b"\x00", b"not a cache", b"\x94\xa1a\xa1b\x01"])
def test_a_broken_cache_is_made_anew(tmp_path: Path, data: bytes) -> None:
    """Whatever lies where the cache should be, the archive is read."""
    write(tmp_path, "cache/items.msgpack", data)
    write(tmp_path, "content/news/a.md", front_matter())
    archive = read(tmp_path / "content", cache=tmp_path / "cache")
    assert (len(archive.items), archive.parsed_count) == (1, 1)


@pytest.mark.slow
@pytest.mark.corpus
def test_a_real_archive_is_read_without_an_error(corpus: Path) -> None:
    """All of the real items are read: the files are clean, the oddities are inside the values."""
    archive = read(corpus)
    assert (len(archive.items), archive.classic_paths) == (4958, ())
    assert not [d for d in archive.diagnostics if d.severity is Severity.ERROR]
    assert sum(item.status == "published" for item in archive.items) == 624
    assert (len(archive.topics), len(archive.providers)) == (20, 70)
