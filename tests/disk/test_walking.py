"""Which files of a folder are read, and what is refused."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pelican.plugins.news_digest.disk.files import MARKDOWN, read_file
from pelican.plugins.news_digest.disk.walking import find_files, find_refused, published_files
from pelican.plugins.news_digest.errors import ContentError, Diagnostic


def test_files_are_found_in_the_order_of_their_paths(tmp_path: Path) -> None:
    """Folders are walked, other endings and hidden files are left out, and the order is always the same."""
    for name in ("b.md", "a.MD", "z/c.markdown", "z/y/d.mkd", ".hidden.md", "#draft.md", "e.txt", ".git/f.md", "md"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    expected = ["news/a.MD", "news/b.md", "news/z/c.markdown", "news/z/y/d.mkd"]
    assert expected == find_files(tmp_path, "news", MARKDOWN)


def test_a_folder_that_is_absent_is_empty(tmp_path: Path) -> None:
    """A site without the folder has no files in it."""
    assert find_files(tmp_path, "news", MARKDOWN) == []


def test_a_link_to_its_own_folder_repeats_nothing(tmp_path: Path) -> None:
    """A symbolic link that leads in a circle does not make forty copies of every item."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.md").touch()
    (tmp_path / "news" / "again").symlink_to(tmp_path / "news")
    assert find_files(tmp_path, "news", MARKDOWN) == ["news/a.md"]


def test_links_lead_to_files_of_the_content_folder_only(tmp_path: Path) -> None:
    """What lies elsewhere is not published through a link; whatever is left out is named."""
    content = tmp_path / "content"
    (content / "news").mkdir(parents=True)
    for path in (content / "a.md", tmp_path / "elsewhere.md"):
        path.touch()
    (content / "news" / "inside.md").symlink_to(content / "a.md")
    (content / "news" / "outside.md").symlink_to(tmp_path / "elsewhere.md")
    (content / "news" / "again").symlink_to(content)
    said: list[Diagnostic] = []
    assert find_files(content, "news", MARKDOWN, said=said) == ["news/inside.md"]
    assert sorted(map(str, said)) == [
        "news/again: ND115 a symbolic link that is not followed → copy the files instead",
        "news/outside.md: ND115 a symbolic link that is not followed → copy the files instead",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="only here can a file's name be any bytes")
def test_a_name_that_is_not_utf8_is_left_out_and_named(tmp_path: Path) -> None:
    """No address can hold it, and no report can print it as it is."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "\udcff.md").touch()
    said: list[Diagnostic] = []
    assert find_files(tmp_path, "news", MARKDOWN, said=said) == []
    assert [str(one) for one in said] == [r"news/\udcff.md: ND102 the name is not UTF-8 → rename it"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """Reading it would wait for ever, by its own name or through a link; whoever opens it all the same is told."""
    (tmp_path / "news").mkdir()
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "news" / "a.md")
    (tmp_path / "news" / "b.md").symlink_to(tmp_path / "pipe")
    said: list[Diagnostic] = []
    assert find_files(tmp_path, "news", MARKDOWN, said=said) == []
    assert sorted(map(str, said)) == [
        "news/a.md: ND116 not a regular file",
        "news/b.md: ND116 a link to something that is not a regular file → copy the files instead",
    ]
    with pytest.raises(ContentError, match="ND116 not a regular file"):
        read_file(tmp_path / "pipe", source_path="pipe")


def test_links_in_a_circle_and_to_nowhere_stop_nothing(tmp_path: Path) -> None:
    """A link to itself, two to each other, and one to what is gone are left out and named."""
    news = tmp_path / "news"
    news.mkdir()
    (news / "good.md").touch()
    (news / "self.md").symlink_to("self.md")
    (news / "a.md").symlink_to("b.md")
    (news / "b.md").symlink_to("a.md")
    (news / "gone.md").symlink_to("nowhere.md")
    said: list[Diagnostic] = []
    assert find_files(tmp_path, "news", MARKDOWN, said=said) == ["news/good.md"]
    assert {("ND115", f"news/{name}.md") for name in ("self", "a", "b", "gone")} == {(d.code, d.path) for d in said}


def test_what_pelican_must_not_read_is_found(tmp_path: Path) -> None:
    """Below each folder: links out and to folders, circles, pipes; neither what is fine nor what others look at."""
    content = tmp_path / "content"
    (content / "pages" / "deep").mkdir(parents=True)
    (content / "news").mkdir()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "secret").touch()
    (content / "images").symlink_to(tmp_path / "pictures")  # a folder that is asked for may be a link
    (tmp_path / "pictures" / "fine.png").touch()
    (tmp_path / "pictures" / "again").symlink_to(".")
    (tmp_path / "pictures" / "same.png").symlink_to("fine.png")
    (content / "pages" / "fine.md").touch()
    (content / "pages" / "deep" / "secret.md").symlink_to(tmp_path / "secret")
    (content / "news" / "secret.md").symlink_to(tmp_path / "secret")
    os.mkfifo(content / "pages" / "pipe.md")
    found = find_refused(content, ["pages", "images", "absent"])
    assert [("images/again", "ND115"), ("pages/deep/secret.md", "ND115"), ("pages/pipe.md", "ND116")] == [
        (path, diagnostic.code) for path, diagnostic in found.items()
    ]
    everywhere = find_refused(content, [""], without=["news"])
    assert {"images", "pages/deep/secret.md", "pages/pipe.md"} == everywhere.keys()
    assert ["images/fine.png", "images/same.png"] == sorted(published_files(content, ["images"]))


def test_entry_that_cannot_be_asked_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A folder may be listed and not entered; on some disks the kind of each file has to be asked for then."""

    class Closed:
        name = "closed.md"
        path = "closed.md"

        def refuse(self, **_: object) -> bool:
            raise PermissionError(13, "Permission denied")

        is_file = is_dir = is_symlink = refuse

    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "open.md").touch()
    scandir = os.scandir

    @contextmanager
    def listed(folder: Path) -> Iterator[list[object]]:
        with scandir(folder) as found:
            yield [Closed(), *found]

    monkeypatch.setattr(os, "scandir", listed)
    said: list[Diagnostic] = []
    assert ["news/open.md"] == find_files(tmp_path, "news", (".md",), said=said)
    assert ["news/closed.md"] == [diagnostic.path for diagnostic in said]
