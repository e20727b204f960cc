"""Files parsed in any process come back as they are, and a related entry is held once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pelican.plugins.news_digest.frontmatter.batch import (
    BatchJob,
    FileJob,
    LinkPool,
    decode_batch,
    parse_batch,
)
from tests.builders import front_matter

if TYPE_CHECKING:
    from pathlib import Path

RELATED = '\n  - webUrl: "https://b.example/1/"\n    title: "B"\n  - webUrl: "https://c.example/1/"\n    title: "C"'


def read(folder: Path, *names: str, pool: LinkPool):
    """Return the records of files in *folder*, through bytes and back."""
    job = BatchJob(str(folder), "UTC", tuple(FileJob(name, name.removesuffix(".md")) for name in names))
    batch = decode_batch(parse_batch(job))
    pool.restore(batch)
    return batch.files


def test_equal_related_entries_are_one_object_across_batches(tmp_path: Path):
    """Memory grows with distinct links, not with how often they are repeated."""
    pool = LinkPool()
    for name in ("a.md", "d.md"):
        (tmp_path / name).write_text(front_matter(related=RELATED, webUrl=f'"https://{name}.example/"'))
    (first,), (second,) = read(tmp_path, "a.md", pool=pool), read(tmp_path, "d.md", pool=pool)
    assert ["B", "C"] == [link.title for link in first.item.related]
    assert all(one is other for one, other in zip(first.item.related, second.item.related, strict=True))


def test_item_is_the_same_through_bytes(tmp_path: Path):
    """Raw values and unknown keys survive, whatever they are."""
    odd = {"title": "2026-05-01", "odd": "[1.5, {a: null}, 99999999999999999999999]"}
    (tmp_path / "a.md").write_text(front_matter(related=RELATED, **odd))
    record = read(tmp_path, "a.md", pool=LinkPool())[0]
    assert "2026-05-01" == record.item.raw["title"]
    assert {"odd": [1.5, {"a": None}, "99999999999999999999999"]} == record.item.extra


def test_file_that_vanishes_is_reported(tmp_path: Path):
    """Somebody may delete a file between the listing and the reading."""
    record = read(tmp_path, "gone.md", pool=LinkPool())[0]
    assert record.item is None
    assert ["gone.md: ND102 cannot be read: No such file or directory"] == [str(d) for d in record.diagnostics]
