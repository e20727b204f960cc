"""What differs from what was sent: never less than what does."""

from __future__ import annotations

import json
import os
import tarfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from pelican.plugins.news_digest.output import changes
from pelican.plugins.news_digest.output.changes import changed_feeds, write_changes


class Sender:
    """Builds by hand, lists, and says that it has sent."""

    def __init__(self, root: Path) -> None:
        self.root, self.output = root, root / "output"
        self.list = root / "changed.json"
        self.write("index.html", "home")
        self.write("news/a b/index.html", "a")
        self.write("über.txt", "ü")

    def write(self, path: str, text: str) -> None:
        """Write a file of the site."""
        (self.output / path).parent.mkdir(parents=True, exist_ok=True)
        (self.output / path).write_text(text, encoding="utf-8")

    def look(self, *, cache: bool = True) -> dict[str, Any]:
        """Return the list of a build that has just ended."""
        write_changes(self.output, self.list, cache=self.root / "cache" if cache else None, seen_ns=1)
        found: dict[str, Any] = json.loads(self.list.read_bytes())
        return found

    def paths(self) -> tuple[list[str], list[str], list[str]]:
        """Return what is new, changed and gone."""
        found = self.look()
        new, changed, gone = ([line["path"] for line in found[name]] for name in ("new", "changed", "gone"))
        return new, changed, gone

    def send(self) -> None:
        """Say that all of the list was done."""
        self.list.rename(f"{self.list}.sent")


@pytest.fixture
def sender(tmp_path: Path) -> Sender:
    """Return a sender of a small site that was never sent."""
    return Sender(tmp_path)


def test_what_was_never_sent_is_new(sender: Sender):
    """Each file with its address, its size and its digest, in one order."""
    found = sender.look()
    assert (1, None, [], []) == (found["format"], found["since"], found["changed"], found["gone"])
    expected = [
        ("index.html", "", b"home"),
        ("news/a b/index.html", "news/a%20b/", b"a"),
        ("über.txt", "%C3%BCber.txt", "ü".encode()),
    ]
    assert [
        {"path": path, "address": address, "bytes": len(data), "sha256": sha256(data).hexdigest()}
        for path, address, data in expected
    ] == found["new"]


def test_only_what_differs_is_listed_once_it_was_sent(sender: Sender):
    """What is new, what changed, what is gone; nothing where nothing did."""
    first = sender.look()
    sender.send()
    sender.write("index.html", "home!")
    sender.write("new.txt", "n")
    (sender.output / "über.txt").unlink()
    assert (["new.txt"], ["index.html"], ["über.txt"]) == sender.paths()
    assert first["site"] == json.loads(sender.list.read_bytes())["since"]
    sender.send()
    assert ([], [], []) == sender.paths()


def test_what_was_not_sent_stays_listed(sender: Sender):
    """However many builds there were meanwhile, and whatever they undid."""
    sender.look()
    sender.send()
    sender.write("index.html", "one")
    sender.write("new.txt", "n")
    assert (["new.txt"], ["index.html"], []) == sender.paths()
    (sender.output / "new.txt").unlink()
    (sender.output / "über.txt").unlink()
    assert ([], ["index.html"], ["über.txt"]) == sender.paths()
    sender.list.unlink()  # lost, which does not mean that it was sent
    assert ([], ["index.html"], ["über.txt"]) == sender.paths()
    sender.write("index.html", "home")
    sender.write("über.txt", "ü")
    assert ([], [], []) == sender.paths()


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"site": "another one"}'])
def test_where_nobody_knows_what_was_sent_all_is_listed(sender: Sender, text: str):
    """The word of what was sent is lost, spoilt or about another site."""
    everything = sender.look()
    sender.list.with_name("changed.json.sent").write_text(text)
    assert everything == sender.look()


def test_without_what_is_remembered_all_is_listed(sender: Sender):
    """The cache is gone, damaged, or not wanted."""
    everything = sender.look()
    sender.send()
    assert everything == sender.look(cache=False)
    (kept,) = (sender.root / "cache").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    assert everything == sender.look()


def test_a_file_that_is_still_the_same_is_not_read_again(sender: Sender, monkeypatch: pytest.MonkeyPatch):
    """A site has thousands; times and sizes tell which are to be read."""
    for path in sender.output.rglob("*.*"):
        os.utime(path, (1, 1))
    monkeypatch.setattr("pelican.plugins.news_digest.disk.files.RACY_NS", 0)
    now = 2**62
    cache = sender.root / "cache"
    write_changes(sender.output, sender.list, cache=cache, seen_ns=now)
    before = sender.list.read_bytes()
    sender.write("index.html", "other")
    monkeypatch.setattr(changes.hashlib, "file_digest", lambda file, _: sha256(file.name.encode()))
    write_changes(sender.output, sender.list, cache=cache, seen_ns=now)
    lines = [line for line in sender.list.read_bytes().splitlines() if b"path" in line and line not in before]
    assert len(lines) == 1
    assert b'"index.html"' in lines[0]


def test_a_tar_is_listed_like_a_folder(sender: Sender):
    """The same names, sizes and digests, so that one may take the place of the other."""
    folder = sender.look()
    sender.send()
    tar = sender.root / "site.tar"
    with tarfile.open(tar, "w") as archive:
        archive.add(sender.output, arcname=".")
    sender.output = tar
    found = sender.look()
    assert folder["site"] == found["site"]
    assert ([], [], []) == (found["new"], found["changed"], found["gone"])


@pytest.mark.parametrize(
    ("path", "is_feed"),
    [
        ("feeds/all.atom.xml", True),
        ("feeds/all.rss.xml", True),
        ("feeds/all.json", True),
        ("feeds/news.xml", True),
        ("topics/trams/feed.json", True),
        ("newsletter/feed.atom.xml", True),
        ("atom.xml", True),
        ("tag/über.rss.xml", True),
        ("sitemap.xml", False),
        ("sitemap-news.xml", False),
        ("feeds/index.html", False),
        ("feeds/digest.opml", False),
        ("api/news/index.json", False),
        ("news/the-feed/index.html", False),
    ],
)
def test_feeds_are_known_by_their_names(path: str, *, is_feed: bool):
    """Also those of Pelican's settings; nothing that merely is XML."""
    text = json.dumps({"new": [{"path": path, "address": f"at/{path}"}], "changed": [], "gone": []})
    assert ((f"at/{path}",) if is_feed else ()) == changed_feeds(text)


def test_feeds_of_the_whole_site_come_first_and_what_is_gone_does_not():
    """Each once."""
    new = [{"path": path, "address": path} for path in ("a/b/feed.json", "feeds/z.atom.xml", "index.html")]
    gone = [{"path": "feeds/old.atom.xml", "address": "feeds/old.atom.xml"}]
    text = json.dumps({"new": new, "changed": new[:1], "gone": gone})
    assert ("feeds/z.atom.xml", "a/b/feed.json") == changed_feeds(text)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"new": 1, "changed": []}', '{"new": [{}], "changed": []}'])
def test_what_is_no_list_of_changes_names_no_feeds(text: str):
    """It is refused, not taken for a list without any."""
    with pytest.raises(ValueError, match=r".+"):
        changed_feeds(text)
