"""What goes wrong around a build: no space, no permission, two at once, kill -9, damaged caches. Nothing is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.frontmatter import reader
from pelican.plugins.news_digest.frontmatter.reader import read_archive
from pelican.plugins.news_digest.output.folder import writer
from pelican.plugins.news_digest.output.folder.lock import only_one
from pelican.plugins.news_digest.output.folder.writer import PART, OutputWriter, copy_file, remove_parts
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

LIMITED = (
    "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (8000, 8000)); sys.argv = ['pelican'];"
    "runpy.run_module('pelican', run_name='__main__')"
)
KILLS = 12


def write_items(site: Site, *, word: str, count: int = 8) -> None:
    """Write items whose every page says *word*."""
    for n in range(count):
        text = front_matter(
            title=f'"{word} {n}"', webUrl=f"https://post.example/{n}", publishedDateTime=f"2026-05-{n % 28 + 1:02}"
        )
        site.write(f"news/item-{n}.md", text)
    site.write("images/a.png", word * 1000)


@pytest.fixture
def plain(site: Site) -> Site:
    """Return a site without what takes long and is not the subject."""
    site.settings(DIGEST_SEARCH=False, DIGEST_NEWSLETTER="none", DIGEST_WORKERS=1)
    write_items(site, word="First")
    return site


def clean_build(site: Site) -> dict[str, bytes]:
    """Return what a build into another folder, without any cache, writes."""
    result = site.build("-o", "clean", "--ignore-cache", "-e", "DIGEST_CACHE=false")
    assert 0 == result.returncode, result.stdout
    clean = site.root / "clean"
    return {p.relative_to(clean).as_posix(): p.read_bytes() for p in clean.rglob("*") if p.is_file()}


def one_line(text: str) -> str:
    """Return what a terminal was told, in one line."""
    return " ".join(text.split())


def test_full_disk(plain: Site):
    """One clear line, no traceback; the old site is whole; the next build equals a clean one."""
    assert 0 == plain.build().returncode
    old = plain.files()
    write_items(plain, word="Second")
    result = subprocess.run(
        [sys.executable, "-c", LIMITED], cwd=plain.root, env={**os.environ, "COLUMNS": "300"}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    said = one_line(result.stdout)
    assert 1 == result.returncode
    assert "OutputError: the site cannot be written: " in said
    assert "File too large. It is as the last build left it" in said
    assert "Traceback" not in said
    assert old == plain.files()
    assert 0 == plain.build().returncode
    assert clean_build(plain) == plain.files()


@pytest.mark.parametrize("place", ["output", "output/news"])
def test_output_that_cannot_be_written(place: str, plain: Site):
    """A file where a folder belongs is named, in one line."""
    (plain.root / place).parent.mkdir(exist_ok=True)
    (plain.root / place).write_text("in the way", encoding="utf-8")
    result = plain.build()
    said = one_line(result.stdout)
    assert 1 == result.returncode
    assert "OutputError: the site cannot be written: " in said
    assert place in said
    assert "Traceback" not in said
    (plain.root / place).unlink()
    assert 0 == plain.build().returncode


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="who is root may write anywhere")
def test_read_only_output(plain: Site):
    """Permission denied is said as such."""
    plain.output.mkdir()
    plain.output.chmod(0o500)
    result = plain.build()
    plain.output.chmod(0o700)
    assert 1 == result.returncode
    assert "Permission denied" in one_line(result.stdout)


@pytest.mark.parametrize("code", [28, 30], ids=["no space", "read-only"])
def test_failed_write_leaves_the_old_file(code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Of pages and of copies; nothing lies beside it."""
    OutputWriter(tmp_path).write("a.html", b"old")
    (tmp_path / "source").write_bytes(b"new")

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(writer.os, "replace", fail)
    with pytest.raises(OSError, match=os.strerror(code)):
        OutputWriter(tmp_path).write("a.html", b"new")
    with pytest.raises(OSError, match=os.strerror(code)):
        copy_file(str(tmp_path / "source"), str(tmp_path / "a.html"))
    assert {"a.html": b"old", "source": b"new"} == {p.name: p.read_bytes() for p in tmp_path.iterdir()}


def test_parts_are_removed_and_nothing_else(tmp_path: Path):
    """What a killed build left is known by its ending."""
    (tmp_path / "news" / "a").mkdir(parents=True)
    for name in (f"news/a/index.html{PART}", f"b.css{PART}", "c.part", "news/a/index.html"):
        (tmp_path / name).write_text(name)
    remove_parts(tmp_path)
    assert {"c.part", "index.html"} == {path.name for path in tmp_path.rglob("*") if path.is_file()}


def test_two_builds_at_once(plain: Site):
    """The second one says for what it waits, and then builds what the first one would have."""
    write_items(plain, word="First", count=40)
    plain.build()
    write_items(plain, word="Second", count=40)
    words = [sys.executable, "-m", "pelican"]
    builds = [
        subprocess.Popen(words, cwd=plain.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(2)
    ]
    said = [one_line(build.communicate()[0]) for build in builds]
    assert [0, 0] == [build.returncode for build in builds], said
    assert clean_build(plain) == plain.files()


def test_file_that_vanishes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """It is named, and the others go on."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").write_text(front_matter(), encoding="utf-8")
    (tmp_path / "news" / "b.md").write_text(front_matter(), encoding="utf-8")
    find_files = reader.find_files

    def find_and_lose(*args: object, **values: object) -> list[str]:
        found = find_files(*args, **values)  # type: ignore[arg-type]
        (tmp_path / "news" / "a.md").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(reader, "find_files", find_and_lose)
    archive = read_archive(tmp_path, timezone="UTC")
    assert ["b"] == [item.slug for item in archive.items]
    assert ["news/a.md: ND102 cannot be read: No such file or directory"] == [str(d) for d in archive.diagnostics]


# Last names that are read where several files want one: they are written anew in silence.
UNREAD = {f"addresses-{part}.msgpack" for part in ("news", "newsletter", "topics")}


@pytest.mark.parametrize("damage", [b"", b"\xc1garbage", "half"], ids=["empty", "garbage", "half"])
def test_damaged_cache(damage: bytes | str, plain: Site):
    """One line for each file that is read, the same output, no line the next time; half a page of ours goes as well."""
    assert 0 == plain.build().returncode
    files = list((plain.root / "cache" / "news-digest").glob("*.msgpack"))
    assert 9 == len(files), files
    names = {path.name: path.read_bytes() for path in files if path.name in UNREAD}
    for path in files:
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] if isinstance(damage, str) else damage)
    old = plain.files()
    (plain.output / f"index.html{PART}").write_text("half")
    result = plain.build()
    assert 0 == result.returncode
    said = one_line(result.stdout)
    assert {path.name for path in files} - UNREAD == {path.name for path in files if path.name in said}
    assert 6 == said.count("is damaged; it is rebuilt")
    assert names == {path.name: path.read_bytes() for path in files if path.name in UNREAD}
    assert old == plain.files()
    assert "damaged" not in plain.build().stdout


@pytest.mark.busy("builds are killed after so many milliseconds")
@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="no process groups here")
def test_killed_builds_leave_the_site_whole(plain: Site):
    """Twelve times kill -9: the site is the old one or the new one, and in the end equals a clean one."""
    assert 0 == plain.build().returncode
    # A build as those to come: the first one of all also compiles modules, and takes longer.
    write_items(plain, word="Edition")
    began = time.monotonic()
    assert 0 == plain.build().returncode
    usual = time.monotonic() - began
    dice = random.Random(4711)  # noqa: S311 - moments, not secrets
    survived = 0
    for number in range(KILLS):
        write_items(plain, word=f"Edition {number}")
        before = plain.files()
        process = subprocess.Popen(
            [sys.executable, "-m", "pelican"], cwd=plain.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        time.sleep(dice.uniform(0.2, 0.9) * usual)
        survived += process.poll() is not None
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        # What outlives the build holds its lock until everything is in place.
        with only_one(plain.root / "cache" / "news-digest", output=plain.output, on_wait=lambda: None):
            after = plain.files()
        assert 0 == plain.build().returncode
        assert after in (before, plain.files())
    assert survived < KILLS // 2
    assert clean_build(plain) == plain.files()


KILLED = """
import os, runpy, signal, sys
left = int(sys.argv[1])
def counted(function):
    def call(*arguments, **options):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **options)
    return call
for name in ("replace", "unlink", "mkdir", "rmdir", "write"):
    setattr(os, name, counted(getattr(os, name)))
from pelican.plugins.news_digest.output.folder import stage
stage.MANY = 1 << 30
sys.argv = ["pelican"]
runpy.run_module("pelican", run_name="__main__")
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_killed_at_any_step(plain: Site):
    """Whatever it was about to do to the disk, with no helping hands: old, new, or decided and finished by the next."""
    assert 0 == plain.build().returncode
    went_on = decided = 0
    for number, step in enumerate((0, 1, 2, 9, 30, 60, 90, 100, 110, 120, 130, 150, 170, 190, 230, 300)):
        before = plain.files()
        write_items(plain, word=f"Edition {number}", count=8 - number % 2)
        (plain.root / "content" / "news" / "item-7.md").unlink(missing_ok=number % 2 == 1)
        killed = subprocess.run(
            [sys.executable, "-c", KILLED, str(step)], cwd=plain.root, stdout=subprocess.DEVNULL, check=False,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        after = plain.files()
        is_decided = any((plain.root / "cache").rglob("journal"))
        assert killed.returncode in {0, -signal.SIGKILL}
        assert 0 == plain.build().returncode
        assert is_decided or after in (before, plain.files()), step
        assert [] == list((plain.root / "cache").rglob("*-new"))
        went_on += killed.returncode == 0
        decided += is_decided
    assert went_on < 8
    assert decided > 2
    assert clean_build(plain) == plain.files()
