"""Changing files: one small change to each, all or nothing, and back again to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from pelican.plugins.news_digest.frontmatter.reader import read_archive
from pelican.plugins.news_digest.model import Status
from pelican.plugins.news_digest.newsdesk.desk import hand
from pelican.plugins.news_digest.newsdesk.desk.acts import Act, CannotError, Wanted
from pelican.plugins.news_digest.newsdesk.desk.hand import do, undo
from tests.conftest import ROOT

TEXT = """---
# bought from the agency
title:   'A headline'   # ours
published: false
related: [ {webUrl: "https://a.example/"} ]
unknown: {kept: 1}
---
The *body*.
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder with three items."""
    (tmp_path / "news").mkdir()
    for name in ("a", "b", "c"):
        (tmp_path / f"news/{name}.md").write_bytes(TEXT.encode())
    return tmp_path


def wanted(name: str, act: Act, value: str = "") -> Wanted:
    """Return one act on one of the items."""
    return Wanted(path=f"news/{name}.md", act=act, value=value)


def test_one_small_change_to_one_file(content: Path):
    """All that a person wrote is still there, byte for byte; what git shows is the decision."""
    (change,) = do(content, [wanted("a", Act.PUBLISH)])
    text = (content / "news/a.md").read_text()
    assert change.after.decode() == text
    before, after = TEXT.splitlines(), text.splitlines()
    assert ["published: false"] == [line for line in before if line not in after]
    assert ["published: true", "curated:", "  hide: false"] == [line for line in after if line not in before]


@pytest.mark.parametrize("data", [TEXT.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + TEXT.encode()])
def test_line_ends_and_byte_order_marks_stay(content: Path, data: bytes):
    """A file of another system stays one."""
    path = content / "news/a.md"
    path.write_bytes(data)
    changes = do(content, [wanted("a", Act.HIDE)])
    assert data[:3] == path.read_bytes()[:3]
    assert data.count(b"\r\n") == data.count(b"\n") or b"\r\n" not in path.read_bytes()
    undo(content, changes)
    assert data == path.read_bytes()


@pytest.mark.parametrize("act", [Act.PUBLISH, Act.HIDE, Act.PIN, Act.MERGE, Act.SPLIT, Act.RETITLE, Act.TOPICS])
def test_undo_leaves_no_trace(content: Path, act: Act):
    """After undo the files are what they were, and a second undo puts the act back."""
    names = ("a", "b", "c")
    changes = do(content, [wanted(name, act, "x") for name in names])
    assert len(names) == len(changes)
    back = undo(content, changes)
    assert {TEXT.encode()} == {(content / f"news/{name}.md").read_bytes() for name in names}
    undo(content, back)
    assert changes[0].after == (content / "news/a.md").read_bytes()


def test_nothing_is_written_that_is_so_already(content: Path):
    """An act that changes nothing touches no file."""
    do(content, [wanted("a", Act.PUBLISH)])
    was = (content / "news/a.md").stat().st_mtime_ns
    assert () == do(content, [wanted("a", Act.PUBLISH)])
    assert was == (content / "news/a.md").stat().st_mtime_ns


def test_undo_does_not_overwrite(content: Path):
    """Who edited a file after the act keeps that edit; the others of the act stay as they are, too."""
    changes = do(content, [wanted("a", Act.HIDE), wanted("b", Act.HIDE)])
    path = content / "news/b.md"
    path.write_text(path.read_text() + "One more line.\n")
    known = {name: (content / f"news/{name}.md").read_bytes() for name in "ab"}
    with pytest.raises(CannotError, match=r"news/b\.md was changed meanwhile"):
        undo(content, changes)
    assert known == {name: (content / f"news/{name}.md").read_bytes() for name in "ab"}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"no front matter", "news/b.md:1"),
        (b"---\ntitle: [\n---\n", "news/b.md"),
        (b"---\ntitle: \xff\n---\n", "not UTF-8"),
        (b"---\ntitle: x\ncurated: often\n---\n", "curated"),
        (b"---\ntitle: x\nremoved: true\n---\n", "removed"),
    ],
)
def test_all_or_nothing(content: Path, data: bytes, problem: str):
    """Where one file cannot be changed, none is, and it is said which one and why."""
    (content / "news/b.md").write_bytes(data)
    with pytest.raises(CannotError, match=problem):
        do(content, [wanted("a", Act.PUBLISH), wanted("b", Act.PUBLISH), wanted("c", Act.PUBLISH)])
    assert [TEXT.encode(), data, TEXT.encode()] == [(content / f"news/{name}.md").read_bytes() for name in "abc"]


def test_a_file_that_is_gone_is_said(content: Path):
    """Somebody deleted it while its page was open."""
    (content / "news/a.md").unlink()
    with pytest.raises(CannotError, match=r"news/a\.md cannot be read"):
        do(content, [wanted("a", Act.HIDE)])


def test_a_full_disk_leaves_all_as_it_was(content: Path, monkeypatch: pytest.MonkeyPatch):
    """What was written before the disk was full is taken back."""
    write, full = hand.replace_file, [content / "news/b.md"]

    def write_unless_full(path: Path, data: bytes) -> None:
        if path in full:
            raise OSError(28, "No space left on device")
        write(path, data)

    monkeypatch.setattr(hand, "replace_file", write_unless_full)
    with pytest.raises(CannotError, match="No space left"):
        do(content, [wanted("a", Act.HIDE), wanted("b", Act.HIDE)])
    assert {TEXT.encode()} == {(content / f"news/{name}.md").read_bytes() for name in "abc"}


def test_a_change_at_the_last_moment_wins(content: Path, monkeypatch: pytest.MonkeyPatch):
    """Who writes while the act is decided is not overwritten."""
    edit = hand.edit_front_matter

    def edit_slowly(text: str, changes: dict[str, object]) -> str:
        (content / "news/a.md").write_text(TEXT + "Written at the same time.\n")
        return edit(text, changes)

    monkeypatch.setattr(hand, "edit_front_matter", edit_slowly)
    with pytest.raises(CannotError, match="changed meanwhile"):
        do(content, [wanted("a", Act.HIDE)])
    assert TEXT + "Written at the same time.\n" == (content / "news/a.md").read_text()


def test_links_and_permissions_stay(content: Path):
    """A file that is a link stays one, and who may read a file may still read it."""
    real = content / "kept.md"
    real.write_text(TEXT)
    real.chmod(0o640)
    (content / "news/a.md").unlink()
    (content / "news/a.md").symlink_to(real)
    do(content, [wanted("a", Act.HIDE)])
    assert (content / "news/a.md").is_symlink()
    assert "hide: true" in real.read_text()
    assert 0o640 == real.stat().st_mode & 0o777


ITEMS = sorted((ROOT / "content/news").glob("*.md"))
VALUES = {
    Act.MERGE: "A story",
    Act.SPLIT: "العبارة",
    Act.RETITLE: 'A "new": one # here — 港',
    Act.TOPICS: 'A, "B": c, #d',
}


@pytest.mark.parametrize("act", list(Act))
def test_an_act_changes_what_it_is_about_in_every_file_of_the_demonstration(content: Path, act: Act):
    """Read again, an item differs in nothing else; undone, its file differs in nothing at all."""
    for path in ITEMS:
        (content / "news" / path.name).write_bytes(path.read_bytes())
    about = {Act.MERGE: "story", Act.SPLIT: "story", Act.RETITLE: "title", Act.TOPICS: "topics"}.get(act, "status")
    before = {item.slug: item for item in read_archive(content, timezone="UTC").items}
    done = []
    for slug, item in before.items():
        if item.status is not Status.REMOVED:
            done.append(do(content, [wanted(slug, act, VALUES.get(act, ""))]))
    for item in read_archive(content, timezone="UTC").items:
        old = before[item.slug]
        changed = {name for name in item.__struct_fields__ if getattr(item, name) != getattr(old, name)}
        assert changed <= {about, "curated", "raw"}
    for changes in done:
        undo(content, changes)
    assert all((content / "news" / path.name).read_bytes() == path.read_bytes() for path in ITEMS)
