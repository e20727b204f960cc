"""Whatever a person does to files between imports: nothing of it is lost or undone, and nothing comes twice."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter.yaml.refused import FrontMatterError
from pelican.plugins.news_digest.frontmatter.yaml.yaml12 import load_front_matter, split_front_matter
from pelican.plugins.news_digest.newsdesk.incoming.decide import Moment, plan_feed
from pelican.plugins.news_digest.newsdesk.incoming.entries import Entry, Feed, Picture
from pelican.plugins.news_digest.newsdesk.incoming.sources import Source
from pelican.plugins.news_digest.newsdesk.incoming.write import NewsFolder

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
SOURCE = Source(feed="https://harbour.example/feed", topics=("Harbour",), has_text=True)
ENTRIES = 3
KEYS = (
    "title",
    "excerpt",
    "publishedDateTime",
    "webUrl",
    "provider",
    "topics",
    "images",
    "locale",
    "quality",
    "extra",
    "imported",
)


class Desk:
    """A folder into which one feed is imported again and again, and somebody who edits it.

    Attributes:
        stays: Words that a person wrote, and the file that has them.
        removed: Keys that a person took out, by file.
    """

    def __init__(self, root: Path) -> None:
        self.content = root
        self.news = root / "news"
        self.news.mkdir()
        self.versions = Counter[int]()
        self.stays: dict[str, Path] = {}
        self.removed: set[tuple[Path, str]] = set()
        self.deleted: set[int] = set()
        self.count = 0

    def feed(self) -> Feed:
        """Return the feed as it is now."""
        return Feed(title="Harbour Radio", site="https://harbour.example/", entries=tuple(self._entries()))

    def _entries(self) -> Iterator[Entry]:
        for number in range(ENTRIES):
            version = self.versions[number]
            yield Entry(
                title=f"Ferry {number}, version {version}",
                link=f"https://harbour.example/ferry-{number}",
                guid=f"g{number}",
                published_s=int((NOW - timedelta(hours=number)).timestamp()),
                excerpt=f"Late for the {version}th time.",
                body=f"<div>\n<p>All of it, {version}.</p>\n</div>",
                pictures=(Picture(url=f"https://harbour.example/{number}-{version}.jpg", width=640, height=360),),
            )

    def run(self) -> None:
        """Import, as the command does."""
        folder = NewsFolder(self.content, "news", tz=UTC)
        at = Moment(now=NOW, oldest=NOW - timedelta(days=14))
        for wanted in plan_feed(self.feed(), SOURCE, folder.read(), at=at).wanted:
            folder.write(wanted, day=NOW.date())
        folder.close()

    def files(self) -> list[Path]:
        """Return the items, in order."""
        return sorted(self.news.rglob("*.md"))

    def act(self, what: str, which: int, key: str) -> None:
        """Do one thing that people do."""
        files = self.files()
        if what == "source":
            self.versions[which % ENTRIES] += 1
        elif files:
            getattr(self, f"_{what}")(files[which % len(files)], key)

    def _word(self, path: Path) -> str:
        self.count += 1
        word = f"person{self.count}"
        self.stays[word] = path
        return word

    def _set(self, path: Path, key: str) -> None:
        text = path.read_bytes().decode()
        forgotten = re.findall(rf"^{key}:.*(?:\n[ \t].*)*", text, re.MULTILINE)
        for word in re.findall(r"person\d+", "".join(forgotten)):
            self.stays.pop(word, None)
        line = f"{key}: {self._word(path)}  # {self._word(path)}"
        new, found = re.subn(rf"^{key}:.*(?:\n[ \t].*)*", line, text, count=1, flags=re.MULTILINE)
        self.removed.discard((path, key))
        path.write_bytes((new if found else text.replace("\n", f"\n{line}\n", 1)).encode())

    def _remove(self, path: Path, key: str) -> None:
        text = path.read_bytes().decode()
        gone = re.search(rf"^{key}:.*(?:\r?\n[ \t].*)*\r?\n", text, re.MULTILINE)
        if gone:
            for word in re.findall(r"person\d+", gone[0]):
                self.stays.pop(word, None)
            path.write_bytes((text[: gone.start()] + text[gone.end() :]).encode())
            self.removed.add((path, key))

    def _comment(self, path: Path, _key: str) -> None:
        text = path.read_bytes().decode()
        path.write_bytes(text.replace("---", f"---\n# {self._word(path)}", 1).encode())

    def _comment_inside(self, path: Path, _key: str) -> None:
        text = path.read_bytes().decode()
        if "  first_seen" in text:
            path.write_bytes(text.replace("  first_seen", f"  # {self._word(path)}\n  first_seen", 1).encode())

    def _body(self, path: Path, _key: str) -> None:
        path.write_bytes(path.read_bytes() + f"\n{self._word(path)}\n".encode())

    def _ends(self, path: Path, _key: str) -> None:
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))

    def _break(self, path: Path, _key: str) -> None:
        text = path.read_bytes().decode()
        path.write_bytes(text.replace("---", f'---\n{self._word(path)}: "open', 1).encode())

    def _rename(self, path: Path, key: str) -> None:
        self._move(path, self.news / f"{key}-{len(path.name)}-{self.count}.md")

    def _folder(self, path: Path, key: str) -> None:
        self._move(path, self.news / key / path.name)

    def _move(self, old: Path, new: Path) -> None:
        if not new.exists():
            new.parent.mkdir(exist_ok=True)
            old.rename(new)
            self.stays = {word: new if path == old else path for word, path in self.stays.items()}
            self.removed = {(new if path == old else path, key) for path, key in self.removed}

    def _delete(self, path: Path, _key: str) -> None:
        number = re.search(r"id: \"?(\w{16})", path.read_text("utf-8"))
        path.unlink()
        self.stays = {word: where for word, where in self.stays.items() if where != path}
        self.removed = {(where, key) for where, key in self.removed if where != path}
        self.deleted.add(hash(number[1]) if number else 0)


def data_of(path: Path) -> dict[str, Any]:
    """Return the front matter of a file; none where it is broken."""
    try:
        return load_front_matter(split_front_matter(path.read_text("utf-8").replace("\r\n", "\n"))[0])
    except FrontMatterError:
        return {}


ACTS = st.tuples(
    st.sampled_from("source source set set remove comment comment_inside body ends break rename folder delete".split()),
    st.integers(0, 20),
    st.sampled_from(KEYS),
)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(ACTS, max_size=4), max_size=4))
def test_nothing_that_a_person_did_is_lost_or_undone(rounds: list[list[tuple[str, int, str]]]):
    """Any key, comment, body or name, line ends, broken YAML, deleted files; the feed changes in between."""
    with tempfile.TemporaryDirectory() as root:
        desk = Desk(Path(root))
        desk.run()
        for acts in rounds:
            for what, which, key in acts:
                desk.act(what, which, key)
            before = set(desk.files())
            desk.run()
            assert before == set(desk.files())
            for word, path in desk.stays.items():
                assert word in path.read_text("utf-8"), f"{word} was in {path.name}"
            for path, key in desk.removed:
                assert key not in data_of(path)
            untouched = {path: path.read_bytes() for path in desk.files()}
            desk.run()
            assert untouched == {path: path.read_bytes() for path in desk.files()}


def test_untouched_files_follow_everything(tmp_path: Path):
    """The same walk without a person: title, excerpt, picture and body are those of the feed, the name is the first."""
    desk = Desk(tmp_path)
    desk.run()
    names = desk.files()
    for number in range(ENTRIES):
        desk.act("source", number, "")
    desk.run()
    assert names == desk.files()
    for path in desk.files():
        data = data_of(path)
        assert "version 1" in data["title"]
        assert "1th" in data["excerpt"]
        assert "-1.jpg" in data["images"][0]["url"]
        assert "All of it, 1." in path.read_text("utf-8")


def test_without_the_list_deleted_files_come_back(tmp_path: Path):
    """That is what it is for."""
    desk = Desk(tmp_path)
    desk.run()
    shutil.rmtree(desk.news)
    desk.news.mkdir()
    desk.run()
    assert ENTRIES == len(desk.files())
