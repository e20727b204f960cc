"""What was parsed is not parsed again, and nothing stale is ever taken for fresh."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from pelican.plugins.news_digest.disk import files
from pelican.plugins.news_digest.disk.files import FileState, Listing, Looks
from pelican.plugins.news_digest.frontmatter import cache as cache_module
from pelican.plugins.news_digest.frontmatter.reader import Archive, read_archive
from tests.builders import front_matter


@pytest.fixture(autouse=True)
def aged(monkeypatch: pytest.MonkeyPatch):
    """Let files of a moment ago count as old: a build trusts none that was young when it was read."""
    monkeypatch.setattr(files, "RACY_NS", -(10**12))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder with two items."""
    folder = tmp_path / "content"
    (folder / "news").mkdir(parents=True)
    for name in ("a", "b"):
        (folder / "news" / f"{name}.md").write_text(
            front_matter(title=f'"{name}"', webUrl=f'"https://{name}.example/"')
        )
    return folder


def read(content: Path, **options: object):
    """Read with the cache beside the content."""
    return read_archive(content, timezone="UTC", cache=content.parent / "cache", **options)


def titles(archive: Archive) -> tuple[int, list[str]]:
    """Return how many files were parsed, and what the items are called."""
    return archive.parsed_count, [item.title for item in archive.items]


def test_second_reading_parses_nothing(content: Path):
    """And gives the same archive."""
    first, second = read(content), read(content)
    assert (2, 0) == (first.parsed_count, second.parsed_count)
    assert first.items == second.items


def test_only_the_changed_file_is_parsed(content: Path):
    """An edit costs one file."""
    read(content)
    (content / "news" / "a.md").write_text(front_matter(title='"changed"'))
    archive = read(content)
    assert 1 == archive.parsed_count
    assert ["changed", "b"] == [item.title for item in archive.items]


def test_change_that_keeps_size_and_time_is_seen(content: Path):
    """The time of change cannot be set back, unlike the time of modification."""
    path = content / "news" / "a.md"
    read(content)
    before = path.stat()
    path.write_text(path.read_text().replace('"a"', '"z"'))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert ["z", "b"] == [item.title for item in read(content).items]


def test_removed_file_is_forgotten(content: Path):
    """Its record leaves the cache as well."""
    read(content)
    (content / "news" / "a.md").unlink()
    assert ["b"] == [item.title for item in read(content).items]
    assert ["news/b.md"] == list(cache_module.ItemCache(content.parent / "cache", timezone="UTC").records)


def test_young_file_is_not_trusted(content: Path, monkeypatch: pytest.MonkeyPatch):
    """A change within one tick of the clock leaves the times as they were: the bytes tell, and need no parsing."""
    monkeypatch.setattr(files, "RACY_NS", 10**12)
    read(content)
    assert (0, ["a", "b"]) == titles(read(content))
    path = content / "news" / "a.md"
    stat = path.stat()
    path.write_text(path.read_text().replace('"a"', '"z"'))
    # As a file system tells it whose clock ticks slowly.
    still = Listing(seen_ns=0)
    still.states[str(path)] = Looks(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
    assert (1, ["z", "b"]) == titles(read(content, listing=still))


def test_fresh_checkout_is_known_by_its_bytes(content: Path):
    """No file has the inode or times that it had; only one with other bytes is parsed, and all are known after that."""
    read(content)
    for path in sorted((content / "news").iterdir()):
        data = path.read_bytes()
        path.unlink()
        path.with_suffix(".new").write_bytes(data.replace(b'"b"', b'"y"'))
        path.with_suffix(".new").rename(path)
    assert (1, ["a", "y"]) == titles(read(content))
    records = cache_module.ItemCache(content.parent / "cache", timezone="UTC").records
    states = {path: record.state for path, record in records.items() if record.state}
    assert states == {path: FileState.of((content / path).stat(), state.digest) for path, state in states.items()}


def test_edit_leaves_the_large_file_alone(content: Path):
    """What changed stands beside it, also when it changes again or goes."""
    folder = content.parent / "cache"
    read(content)
    large = (folder / cache_module.NAME).stat()
    for title in ("once", "twice"):
        (content / "news" / "a.md").write_text(front_matter(title=f'"{title}"'))
        assert 1 == read(content).parsed_count
    (content / "news" / "b.md").unlink()
    assert (0, ["twice"]) == titles(read(content))
    (content / "news" / "c.md").write_text(front_matter(title='"new"'))
    assert (1, ["twice", "new"]) == titles(read(content))
    assert (0, ["twice", "new"]) == titles(read(content))
    assert large.st_mtime_ns == (folder / cache_module.NAME).stat().st_mtime_ns


def test_parts_of_the_large_file_make_one_archive(content: Path, monkeypatch: pytest.MonkeyPatch):
    """Records are packed a few thousand together; which ones those are is not seen from outside."""
    whole = read(content)
    monkeypatch.setattr(cache_module, "PART_FILES", 1)
    shutil.rmtree(content.parent / "cache")
    read(content)
    again = read(content)
    assert (0, whole.items, whole.ties) == (again.parsed_count, again.items, again.ties)


def test_many_changes_make_the_large_file_anew(content: Path, monkeypatch: pytest.MonkeyPatch):
    """What stood beside it belongs to the old one, and is never mixed up with it."""
    folder = content.parent / "cache"
    read(content)
    (content / "news" / "a.md").write_text(front_matter(title='"once"'))
    read(content)
    changed = (folder / cache_module.CHANGED_NAME).read_bytes()
    monkeypatch.setattr(cache_module, "FEW", 0)
    (content / "news" / "a.md").write_text(front_matter(title='"twice"'))
    read(content)
    assert changed == (folder / cache_module.CHANGED_NAME).read_bytes()
    assert (0, ["twice", "b"]) == titles(read(content))


@pytest.mark.parametrize("data", [b"", b"\xc1" * 50, "half"])
def test_damaged_changes_cost_only_their_reading(content: Path, data: bytes | str):
    """The rest is still known."""
    read(content)
    (content / "news" / "a.md").write_text(front_matter(title='"once"'))
    read(content)
    path = content.parent / "cache" / cache_module.CHANGED_NAME
    path.write_bytes(path.read_bytes()[:-20] if isinstance(data, str) else data)
    assert (1, ["once", "b"]) == titles(read(content))


def test_process_that_stays_reads_no_cache_twice(content: Path):
    """Unchanged items are the very same objects; what another process wrote is read."""
    memory = cache_module.CacheMemory()
    first = read(content, memory=memory)
    (content / "news" / "a.md").write_text(front_matter(title='"once"'))
    second = read(content, memory=memory)
    assert first.items[1] is second.items[1]
    path = content.parent / "cache" / cache_module.NAME
    os.utime(path, ns=(1, 1))
    assert second.items[1] is not read(content, memory=memory).items[1]


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xc1" * 50, b'{"json": true}'])
def test_corrupt_cache_is_ignored(content: Path, data: bytes):
    """It costs one reading, and nothing else."""
    expected = read(content).items
    (content.parent / "cache" / cache_module.NAME).write_bytes(data)
    archive = read(content)
    assert (2, expected) == (archive.parsed_count, archive.items)


def test_truncated_cache_is_ignored(content: Path):
    """As a full disk or a killed copy leaves it."""
    read(content)
    path = content.parent / "cache" / cache_module.NAME
    path.write_bytes(path.read_bytes()[:-20])
    assert 2 == read(content).parsed_count


def test_other_time_zone_needs_another_reading(content: Path):
    """Dates without a zone mean another moment then."""
    read(content)
    assert 2 == read_archive(content, timezone="Europe/Paris", cache=content.parent / "cache").parsed_count


def test_cache_that_cannot_be_written_is_only_slower(content: Path):
    """A file where the folder belongs."""
    (content.parent / "cache").write_text("in the way")
    assert 2 == len(read(content).items)
