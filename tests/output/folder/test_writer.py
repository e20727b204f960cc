"""Files: renamed into place, only when they differ, and nowhere but below the output folder."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pelican.plugins.news_digest.errors import UnsafePathError
from pelican.plugins.news_digest.output.folder.writer import OutputWriter, Written


def test_new_file_is_written_with_its_folders(tmp_path: Path):
    """Folders are made as they are needed."""
    assert Written.NEW is OutputWriter(tmp_path).write("news/a/index.html", b"text")
    assert b"text" == (tmp_path / "news/a/index.html").read_bytes()


def test_same_bytes_leave_the_file_alone(tmp_path: Path):
    """A file that would not change keeps its time, for rsync and live reload."""
    OutputWriter(tmp_path).write("a.html", b"text")
    os.utime(tmp_path / "a.html", (1000, 1000))
    before = (tmp_path / "a.html").stat()
    assert Written.SAME is OutputWriter(tmp_path).write("a.html", b"text")
    after = (tmp_path / "a.html").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_other_bytes_replace_the_file(tmp_path: Path):
    """A file that differs is written anew."""
    OutputWriter(tmp_path).write("a.html", b"long text")
    assert Written.CHANGED is OutputWriter(tmp_path).write("a.html", b"text")
    assert b"text" == (tmp_path / "a.html").read_bytes()


@pytest.mark.parametrize("options", [{}, {"is_empty": True}, {"is_shared": True}])
def test_written_file_is_known_at_once(tmp_path: Path, options: dict[str, bool]):
    """Its time was set back, so that even a change of the same moment and size leaves a trace."""
    state = OutputWriter(tmp_path, **options).put("a.html", b"text").state
    assert state.is_still((tmp_path / "a.html").stat(), seen_ns=0)
    for _ in range(100):
        OutputWriter(tmp_path, **options | {"is_empty": False}).put("a.html", b"text")
        state = OutputWriter(tmp_path, **options | {"is_empty": False}).put("a.html", b"else").state
        with (tmp_path / "a.html").open("r+b") as file:
            file.write(b"new!")
        stat = (tmp_path / "a.html").stat()
        assert state.mtime_ns < stat.st_mtime_ns
        assert not state.is_still(stat, seen_ns=10**30)


def test_file_that_was_there_is_not_trusted(tmp_path: Path):
    """Somebody may have written it a moment ago."""
    (tmp_path / "a.html").write_bytes(b"text")
    writer = OutputWriter(tmp_path)
    writer.put("b.html", b"text")
    state = writer.put("a.html", b"text").state
    assert not state.is_still((tmp_path / "a.html").stat(), seen_ns=0)


def test_disk_whose_times_cannot_be_set_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """It refuses, or it rounds them to what they were."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(1, "Operation not permitted")

    for utime in (refuse, lambda *_, **__: None):
        monkeypatch.setattr(os, "utime", utime)
        monkeypatch.setattr(os, "supports_fd", {utime})
        assert not OutputWriter(tmp_path).put("a.html", repr(utime).encode()).state.is_set_back


def test_file_is_renamed_into_place(tmp_path: Path):
    """Whoever has the old file open reads the old text to its end; nobody sees half of the new one."""
    OutputWriter(tmp_path).write("a.html", b"old")
    with (tmp_path / "a.html").open("rb") as reader:
        OutputWriter(tmp_path).write("a.html", b"new")
        assert b"old" == reader.read()
    assert b"new" == (tmp_path / "a.html").read_bytes()


def test_nothing_is_left_beside_the_file(tmp_path: Path):
    """The part file is gone afterwards."""
    OutputWriter(tmp_path).write("a.html", b"text")
    assert ["a.html"] == [path.name for path in tmp_path.iterdir()]


def test_failure_leaves_the_old_file_and_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """When the rename fails, the old file stands and nothing lies beside it."""
    OutputWriter(tmp_path).write("a.html", b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        OutputWriter(tmp_path).write("a.html", b"new")
    assert [("a.html", b"old")] == [(path.name, path.read_bytes()) for path in tmp_path.iterdir()]


def test_nothing_is_renamed_in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A first build writes each file once, under its own name, and makes each folder once."""
    monkeypatch.delattr(os, "replace")
    writer = OutputWriter(tmp_path, is_empty=True)
    names = ["index.html", "news/a/index.html", "news/a/feed.xml"]
    assert [Written.NEW] * 3 == [writer.put(name, b"text").written for name in names]
    assert sorted(names) == sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file())


def test_what_another_name_leads_to_is_not_written_through(tmp_path: Path):
    """A disk that knows no case takes two names for one; a link there leads to a file of the owner's."""
    (tmp_path / "own.txt").write_text("own")
    os.link(tmp_path / "own.txt", tmp_path / "a.html")
    OutputWriter(tmp_path, is_empty=True).write("a.html", b"text")
    assert ("own", "text") == ((tmp_path / "own.txt").read_text(), (tmp_path / "a.html").read_text())


def test_failure_leaves_nothing_in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Half a file, under its own name, is not left."""

    def fail(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", fail)
    with pytest.raises(OSError, match="No space left"):
        OutputWriter(tmp_path, is_empty=True).write("a.html", b"text")
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "save_as",
    ["../a", "a/../../b", "a/..", "/etc/a", "//a", "", "a//b", "a/", "./a", "a/./b", "..", ".", "a\\..\\b", "a\0b"],
)
def test_file_outside_the_output_is_refused(tmp_path: Path, save_as: str):
    """A plan that would leave the folder is a mistake that is never followed."""
    output = tmp_path / "output"
    output.mkdir()
    with pytest.raises(UnsafePathError) as caught:
        OutputWriter(output).write(save_as, b"text")
    assert save_as == caught.value.save_as
    assert [output] == list(tmp_path.rglob("*"))


@pytest.mark.parametrize("save_as", ["..a/b", "a..b", "a/...", ".well-known/x", "topics/café/index.html", "a b.html"])
def test_strange_but_harmless_name_is_written(tmp_path: Path, save_as: str):
    """Dots, spaces and other scripts are no danger."""
    assert Written.NEW is OutputWriter(tmp_path).write(save_as, b"text")
    assert (tmp_path / save_as).is_file()


def test_symbolic_link_out_of_the_output_is_not_followed(tmp_path: Path):
    """A link in the output folder that leads elsewhere does not make us write elsewhere."""
    outside, output = tmp_path / "outside", tmp_path / "output"
    outside.mkdir()
    output.mkdir()
    (outside / "a.html").write_bytes(b"theirs")
    (output / "a.html").symlink_to(outside / "a.html")
    OutputWriter(output).write("a.html", b"ours")
    assert b"theirs" == (outside / "a.html").read_bytes()
    assert b"ours" == (output / "a.html").read_bytes()
