"""A tar on its way, and what is believed of the last one."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pelican.plugins.news_digest.errors import UnsafePathError
from pelican.plugins.news_digest.output.folder.writer import Written
from pelican.plugins.news_digest.output.manifest import Site
from pelican.plugins.news_digest.output.tar.known import TarManifest
from pelican.plugins.news_digest.output.tar.stage import TarStage

FILES = {"index.html": b"<p>Hello", "news/a/index.html": b"x" * 512, "news/b.html": b"", "z.txt": b"z" * 2000}


def write(folder: Path, files: dict[str, bytes]) -> TarManifest:
    """Write *files* to ``site.tar`` in *folder*, on top of the last ones, and return what is known of it then."""
    known = TarManifest(folder / "cache", tar=folder / "site.tar")
    with TarStage(folder / "site.tar", cache=folder / "cache", last=known.states()) as stage:
        for name, data in files.items():
            stage.write(name, data)
        stage.publish(known.over(files), kept=files)
        known.save(Site(others={name: stage.state(name, b"") for name in files}), seen_ns=1)
    return known


def read(tar: Path) -> dict[str, bytes]:
    """Return the files of a tar."""
    with tarfile.open(tar) as archive:
        found = [(member.name[2:], archive.extractfile(member)) for member in archive]
        return {name: file.read() for name, file in found if file}


@pytest.mark.parametrize("has_kernel", [True, False])
def test_what_was_there_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_kernel: bool):
    """The tar is the one that a clean build would write; by the system's own copying, and without it."""
    if not has_kernel:
        monkeypatch.delattr(os, "copy_file_range", raising=False)
    write(tmp_path, FILES)
    later = {**FILES, "news/a/index.html": b"other", "news/c/d/e.txt": b"new"}
    del later["news/b.html"]
    write(tmp_path, later)
    once = (tmp_path / "site.tar").read_bytes()
    assert later == read(tmp_path / "site.tar")
    (tmp_path / "clean").mkdir()
    write(tmp_path / "clean", later)
    assert once == (tmp_path / "clean" / "site.tar").read_bytes()


def test_the_same_bytes_are_not_written_again(tmp_path: Path):
    """Nor is the tar, where nothing else changed."""
    known = write(tmp_path, FILES)
    before = os.stat(tmp_path / "site.tar")
    with TarStage(tmp_path / "site.tar", cache=None, last=known.states()) as stage:
        assert [Written.SAME] * len(FILES) == [stage.write(name, data) for name, data in FILES.items()]
        assert () == stage.publish((), kept=FILES)
    assert before == os.stat(tmp_path / "site.tar")
    assert ["cache", "site.tar"] == sorted(os.listdir(tmp_path))


def cut(tar: Path) -> None:
    """Take away its end."""
    tar.write_bytes(tar.read_bytes()[:-1])


def edit(tar: Path) -> None:
    """Change one byte of a file in it."""
    tar.write_bytes(tar.read_bytes().replace(b"Hello", b"Hullo"))


def rename_member(tar: Path) -> None:
    """Change a name in it."""
    tar.write_bytes(tar.read_bytes().replace(b"./z.txt", b"./y.txt"))


def fill(tar: Path) -> None:
    """Write behind the bytes of a file."""
    tar.write_bytes(tar.read_bytes().replace(b"Hello\0", b"Hello!"))


def append(tar: Path) -> None:
    """Add a file, as ``tar -r`` does."""
    with tarfile.open(tar, "a") as archive:
        archive.add(__file__, "more.py")


def empty(tar: Path) -> None:
    """Take everything."""
    tar.write_bytes(b"")


def replace(tar: Path) -> None:
    """Put a folder in its place."""
    tar.unlink()
    tar.mkdir()


@pytest.mark.parametrize(
    "damage", [cut, edit, rename_member, fill, append, empty, replace, os.unlink], ids=lambda damage: damage.__name__
)
def test_a_tar_that_is_another_one_is_not_used(
    tmp_path: Path, damage: Callable[[Path], None], caplog: pytest.LogCaptureFixture
):
    """Not one file of it, and it is said; whatever its times are."""
    write(tmp_path, FILES)
    tar = tmp_path / "site.tar"
    before = os.stat(tar)
    damage(tar)
    if tar.exists():
        os.utime(tar, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert {} == TarManifest(tmp_path / "cache", tar=tar).states()
    assert "site.tar is no" in caplog.text


def test_a_tar_in_another_place_is_not_known(tmp_path: Path):
    """What is known is known of one place."""
    write(tmp_path, FILES)
    (tmp_path / "site.tar").rename(tmp_path / "other.tar")
    assert {} == TarManifest(tmp_path / "cache", tar=tmp_path / "other.tar").states()


def test_a_copy_that_came_back_is_used(tmp_path: Path):
    """As a host's store of earlier builds brings it: other times, another inode, the same bytes."""
    write(tmp_path, FILES)
    data = (tmp_path / "site.tar").read_bytes()
    (tmp_path / "site.tar").unlink()
    (tmp_path / "site.tar").write_bytes(data)
    assert FILES.keys() == TarManifest(tmp_path / "cache", tar=tmp_path / "site.tar").states().keys()


@pytest.mark.parametrize("cache", ["cache", None])
def test_what_is_not_published_leaves_no_trace(tmp_path: Path, cache: str | None):
    """The last tar stays, and nothing lies beside it; what a killed build left is thrown away."""
    known = write(tmp_path, FILES)
    before = (tmp_path / "site.tar").read_bytes()
    stage = TarStage(tmp_path / "site.tar", cache=tmp_path / cache if cache else None, last=known.states())
    (tmp_path / "site.tar.news-digest-part").write_text("half of one")
    with stage:
        stage.write("index.html", b"other")
        with pytest.raises(KeyError):
            stage.publish((), kept={**FILES, "nobody wrote this": b""})
    assert before == (tmp_path / "site.tar").read_bytes()
    assert ["cache", "site.tar"] == sorted(os.listdir(tmp_path))
    assert [] == [name for name in os.listdir(tmp_path / "cache") if "new" in name]


def test_names_stay_below_the_site(tmp_path: Path):
    """As in a folder: a tar is unpacked somewhere."""
    with TarStage(tmp_path / "site.tar", cache=None, last={}) as stage:
        for name in ("../x", "/x", "a//b", "a/./b", "", "a\\b"):
            with pytest.raises(UnsafePathError):
                stage.write(name, b"")


def test_a_file_has_no_folders_name(tmp_path: Path):
    """It could not be unpacked."""
    with TarStage(tmp_path / "site.tar", cache=None, last={}) as stage:
        stage.write("a", b"")
        stage.write("a/b", b"")
        with pytest.raises(IsADirectoryError, match=r"site\.tar: a'"):
            stage.publish((), kept=["a", "a/b"])
    assert not (tmp_path / "site.tar").exists()
