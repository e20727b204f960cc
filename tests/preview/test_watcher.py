"""What is noticed, and what is not; by real changes of real files, one after the other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchfiles import Change

from pelican.plugins.news_digest.preview import watcher as watcher_module
from pelican.plugins.news_digest.preview.watcher import Interest, Watcher
from tests.conftest import ROOT

pytestmark = pytest.mark.busy("the system tells of changes when it finds the time")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return a site's folder."""
    for folder in ("content/news", "content/output", "content/.cache", "theme"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "pelicanconf.py").write_text("A = 1\n")
    (tmp_path / "content/news/a.md").write_text("a")
    return tmp_path


@pytest.fixture(params=[False, True], ids=["told", "looking"])
def notices(site: Path, request: pytest.FixtureRequest) -> Iterator[Iterator[frozenset[str]]]:
    """Return what is noticed in the site, once it is being watched: told by the system, or by looking."""
    stop = threading.Event()
    watcher = Watcher(
        trees=[str(site / "content"), str(site / "theme"), str(site / "later")],
        files=[str(site / "pelicanconf.py")],
        ignored=[str(site / "content/output"), str(site / "content/.cache")],
        patterns=["**/.*", "*.tmp"],
        stop=stop,
        polls=request.param,
    )
    found = iter(watcher)
    assert frozenset() == next(found)
    yield found
    stop.set()
    assert [] == [paths for paths in found if paths]


def first(notices: Iterator[frozenset[str]]) -> set[str]:
    """Return the first names that are noticed."""
    return {os.path.basename(path) for path in next(paths for paths in notices if paths)}


def test_every_way_of_writing_a_file_is_noticed(site: Path, notices: Iterator[frozenset[str]]):
    """In place, by renaming a new one over it, by deleting it, in a folder that is new."""
    (site / "content/news/a.md").write_text("b")
    assert {"a.md"} == first(notices)
    (site / "content/news/.a.md.new").write_text("c")
    os.replace(site / "content/news/.a.md.new", site / "content/news/a.md")
    assert "a.md" in first(notices)
    os.unlink(site / "content/news/a.md")
    assert "a.md" in first(notices)
    (site / "content/new").mkdir()
    assert "new" in first(notices)
    (site / "content/new/b.md").write_text("b")
    assert "b.md" in first(notices)


def test_settings_are_noticed_however_often_they_are_replaced(site: Path, notices: Iterator[frozenset[str]]):
    """An editor that renames a new file into place ends the notices of the old one."""
    for number in range(3):
        (site / "conf.new").write_text(f"A = {number + 2}\n")
        os.replace(site / "conf.new", site / "pelicanconf.py")
        assert {"pelicanconf.py"} == first(notices)


def test_what_builds_write_and_owners_ignore_is_not_noticed(site: Path, notices: Iterator[frozenset[str]]):
    """The change that counts comes alone, though others came before it."""
    for path in ("content/output/index.html", "content/.cache/items", "content/news/.a.md.swp", "content/news/a.md~",
                 "content/news/x.tmp", "content/news/.hidden"):  # fmt: skip
        (site / path).write_text("x")
    assert frozenset() == next(notices)
    (site / "content/news/a.md").write_text("b")
    assert {"a.md"} == first(notices)


def test_folder_that_is_replaced_is_watched_on(site: Path, notices: Iterator[frozenset[str]]):
    """As when another branch is checked out; one that was not there yet is watched when it is."""
    shutil.move(site / "content", site / "old")
    shutil.copytree(site / "old", site / "content")
    while first(notices) != {"content"}:
        pass
    (site / "content/news/a.md").write_text("other")
    assert "a.md" in first(notices)
    (site / "later").mkdir()
    assert {"later"} == first(notices)
    (site / "later/c.md").write_text("c")
    assert {"c.md"} == first(notices)


REFUSALS = [
    (
        OSError('OS file watch limit reached. about ["/x"] (Error { kind: MaxFilesWatch, paths: ["/x"] })'),
        "the system's limit of watched folders is reached, ",
    ),
    (
        RuntimeError("Error creating recommended watcher: Too many open files (os error 24)"),
        "the system's limit of file watchers is reached, ",
    ),
    (
        PermissionError('Permission denied (os error 13) about ["/srv/secret"]'),
        "/srv/secret may not be read: files are polled every half second instead, and nothing in there",
    ),
    (RuntimeError("Function not implemented"), "the system does not report changes (Function not implemented): "),
]


@pytest.mark.parametrize(("error", "words"), REFUSALS, ids=lambda value: str(value)[:20])
def test_what_the_system_does_not_tell_is_looked_at(
    site: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
):
    """One line says why, with the limit and what raises it; a change in any folder is noticed all the same."""

    def refuse(*_: object, **__: object):
        raise error

    monkeypatch.setattr(watcher_module, "watch", refuse)
    said: list[str] = []
    stop = threading.Event()
    found = iter(Watcher(trees=[str(site / "content")], files=[], ignored=[], stop=stop, say=said.append))
    assert frozenset() == next(found)
    (site / "content/news/a.md").write_text("longer")
    assert {"a.md"} == first(found)
    (site / "content/new").mkdir()
    (site / "content/new/b.md").write_text("b")
    assert {"new", "b.md"} == first(found)
    stop.set()
    (line,) = said
    assert line.startswith(words)
    if "limit" in str(error) and os.path.exists("/proc/sys/fs/inotify/max_user_watches"):
        assert "max_" in line
        assert "`sudo sysctl " in line


@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare, to have a limit of its own")
def test_limit_that_is_reached_later_is_noticed(tmp_path: Path):
    """Of new folders beyond it the library says nothing; their files are noticed."""
    for n in range(5):
        (tmp_path / f"t/d{n}").mkdir(parents=True)
    code = """
import os, sys, threading
from pelican.plugins.news_digest.preview.watcher import Watcher
stop = threading.Event()
found = iter(Watcher(trees=[os.path.abspath("t")], files=[], ignored=[], stop=stop, say=print))
next(found)
for n in range(5):
    os.mkdir(f"t/new{n}")
seen = set()
while not any(path.endswith("new4") for path in seen):
    seen |= next(found)
next(found)
open("t/new4/x", "w").close()
while not any(path.endswith("x") for path in seen):
    seen |= next(found)
print("noticed")
stop.set()
"""
    limited = 'echo 8 > /proc/sys/user/max_inotify_watches || exit 77; exec "$0" -c "$1"'
    result = subprocess.run(
        ["unshare", "-Ur", "sh", "-c", limited, sys.executable, code], cwd=tmp_path, capture_output=True, text=True,
        check=False, timeout=60, env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
    )  # fmt: skip
    if result.returncode in {1, 77}:
        pytest.skip(f"no limit of its own: {result.stderr}")
    assert 0 == result.returncode, result.stderr
    assert result.stdout.endswith("noticed\n")
    assert "max_inotify_watches is 8: " in result.stdout


def test_folder_below_a_hidden_one_is_watched():
    """Owners ignore hidden files in their content, not the place where it lies."""
    interest = Interest(["/srv/x/.site/content"], ignored=["/srv/x/.site/content/out"], patterns=["**/.*", "/abs/*"])
    assert interest(Change.modified, "/srv/x/.site/content/a.md")
    assert not interest(Change.modified, "/srv/x/.site/content/.a.md")
    assert not interest(Change.modified, "/srv/x/.site/content/out/a.md")
    assert not interest(Change.modified, "/srv/x/.site/content/out")
    assert interest(Change.modified, "/srv/x/.site/content/outer.md")
    assert not interest(Change.modified, "/srv/x/.site/content/node_modules/a.md")
