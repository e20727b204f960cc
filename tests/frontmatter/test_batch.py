"""Files parsed in any process come back as they are, and a related entry is held once."""

from __future__ import annotations

from pathlib import Path

from pelican.plugins.news_digest.frontmatter.batch import (
    BATCH_BYTES,
    PARALLEL_BYTES,
    BatchJob,
    FileJob,
    FileRecord,
    LinkPool,
    Packer,
    batches_of,
    decode_batch,
    parse_batch,
)
from pelican.plugins.news_digest.frontmatter.items.values import raw_of
from pelican.plugins.news_digest.model import RelatedLink
from tests.builders import front_matter, make_item

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


def test_entry_is_not_taken_for_one_that_is_gone():
    """An entry in brackets is made anew in each file: it may come to lie in memory where another one was."""
    packer, numbers = Packer(), [0 if n % 5 in {0, 1, 2} else n for n in range(200)]
    for number in numbers:
        entry = RelatedLink(url=f"https://b.example/{number}/", key=f"b.example/{number}", title=str(number))
        item = make_item(slug=f"a{number}", related=(entry,))
        packer.add(FileRecord(item.source_path, item.slug, None, item))
        del entry, item
    batch = decode_batch(packer.packed())
    LinkPool().restore(batch)
    assert [str(number) for number in numbers] == [record.item.related[0].title for record in batch.files]


def test_item_is_the_same_through_bytes(tmp_path: Path):
    """Raw values and unknown keys survive, whatever they are."""
    odd = {"title": "2026-05-01", "odd": "[1.5, {a: null}, 99999999999999999999999]"}
    (tmp_path / "a.md").write_text(front_matter(related=RELATED, **odd))
    record = read(tmp_path, "a.md", pool=LinkPool())[0]
    assert "2026-05-01" == raw_of(record.item)["title"]
    assert {"odd": [1.5, {"a": None}, "99999999999999999999999"]} == record.item.extra


def test_what_is_usual_is_kept_once(tmp_path: Path):
    """Sources, lists of topics and what nobody decided are one object, however many items have them."""
    for name in ("a.md", "d.md"):
        (tmp_path / name).write_text(front_matter(webUrl=f'"https://post.example/{name}"', topics="[A, B]"))
    pool = LinkPool()
    (first,), (second,) = read(tmp_path, "a.md", pool=pool), read(tmp_path, "d.md", pool=pool)
    assert first.item.provider is second.item.provider is not None
    assert first.item.topics is second.item.topics != ()
    assert first.item.curated is second.item.curated
    assert first.path is first.item.source_path


def test_entry_in_the_words_of_an_item_shares_them(tmp_path: Path):
    """Files that repeat each other's reports hold each text once; an entry of other words has its own."""
    same = (
        '\n  - webUrl: "https://b.example/"\n    title: "Lamps"\n    excerpt: "They are lit."\n    provider: {name: B}'
    )
    other = '\n  - webUrl: "https://b.example/?x=1"\n    title: "Lamps!"\n    excerpt: ""'
    (tmp_path / "b.md").write_text(front_matter(title="Lamps", webUrl='"https://b.example/"', excerpt="They are lit."))
    (tmp_path / "a.md").write_text(front_matter(webUrl='"https://a.example/"', related=same))
    (tmp_path / "c.md").write_text(front_matter(webUrl='"https://c.example/"', related=other))
    gone, first, second, third = read(tmp_path, "gone.md", "a.md", "b.md", "c.md", pool=LinkPool())
    assert gone.item is None
    (link,), (strange,) = first.item.related, third.item.related
    assert link.url is second.item.url
    assert link.title is second.item.title == "Lamps"
    assert link.excerpt is second.item.excerpt == "They are lit."
    assert ("B", "b.example") == (link.provider.name, link.key)
    assert ("https://b.example/?x=1", "Lamps!", "") == (strange.url, strange.title, strange.excerpt)


def test_file_that_vanishes_is_reported(tmp_path: Path):
    """Somebody may delete a file between the listing and the reading."""
    record = read(tmp_path, "gone.md", pool=LinkPool())[0]
    assert record.item is None
    assert ["gone.md: ND102 cannot be read: No such file or directory"] == [str(d) for d in record.diagnostics]


def test_parts_are_in_order_and_even(tmp_path: Path):
    """Every process has as many parts as the others, none of them much larger; a file that is gone is read, too."""
    sizes = [10, 2 * PARALLEL_BYTES, *[BATCH_BYTES // 40] * 100]
    for number, size in enumerate(sizes):
        with open(tmp_path / f"{number}.md", "wb") as file:
            file.truncate(size)
    files = [FileJob(f"{number}.md", "a") for number in range(len(sizes))] + [FileJob("gone.md", "gone")]
    parts, is_much = batches_of(files, content=str(tmp_path), processes=2)
    assert files == [file for part in parts for file in part]
    assert is_much
    assert 4 == len(parts)
    assert all(len(part) >= 20 for part in parts[1:])


def test_few_files_are_one_part_for_one_process(tmp_path: Path):
    """Nothing is started for them; nothing at all is no part."""
    assert ((), False) == batches_of([], content=str(tmp_path), processes=2)
    file = FileJob("a.md", "a")
    assert (((file,),), False) == batches_of([file], content=str(tmp_path), processes=1)
