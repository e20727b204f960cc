"""What is known of pictures survives a kill, is checked before a build believes it, and never makes a build fail."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from pathlib import Path

import pytest
from pelican.log import LimitFilter

from pelican.plugins.news_digest.frontmatter.cache import clock_ns
from pelican.plugins.news_digest.images.index import load_pictures
from pelican.plugins.news_digest.images.making.store import Answer, PictureStore
from pelican.plugins.news_digest.images.pictures import MadePicture, Picture, PictureIndex

# Named by the bytes of its files.
PICTURE = Picture(hashlib.blake2b(b"xx", digest_size=8).hexdigest(), 800, 600, (320, 640))
URL = "https://cdn.example/a.jpg"


def fill(tmp_path: Path) -> PictureStore:
    """Return a store that knows a remote picture and one of the site's own, made and indexed."""
    store = PictureStore(tmp_path / "cache")
    (tmp_path / "content").mkdir(exist_ok=True)
    own = tmp_path / "content" / "own.jpg"
    own.write_bytes(b"own")
    store.made.note(MadePicture(key="k", picture=PICTURE))
    for name in PICTURE.files():
        (store.made_folder / name).write_bytes(b"x")
    state = store.local_state(own, "own.jpg")
    store.save_index({URL: "k", "https://x.example/": "unknown"}, {"own.jpg": (state, "k")}, seen_ns=clock_ns())
    return store


def known(tmp_path: Path) -> dict[str, Picture]:
    """Return what a build would know."""
    return load_pictures(tmp_path / "cache", tmp_path / "content").pictures


def test_a_build_knows_what_was_made(tmp_path: Path):
    """Pictures are known by their addresses; what was not made is not."""
    fill(tmp_path)
    assert {URL: PICTURE, "own.jpg": PICTURE} == known(tmp_path)


def test_a_picture_without_its_files_is_none(tmp_path: Path):
    """A cache that somebody swept names nothing that is not there."""
    store = fill(tmp_path)
    (store.made_folder / PICTURE.files()[0]).unlink()
    assert {} == known(tmp_path)


@pytest.mark.parametrize("damage", ["noise", "empty", "link", "folder"])
def test_a_damaged_picture_is_not_shown_and_made_again(
    damage: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    """Its name says what its bytes are, so they are not taken for it; one line says so."""
    monkeypatch.setattr(LimitFilter, "_raised_messages", set())
    store = fill(tmp_path)
    path = store.made_folder / PICTURE.files()[0]
    path.unlink()
    if damage == "link":
        (tmp_path / "elsewhere").write_bytes(b"x")
        path.symlink_to(tmp_path / "elsewhere")
    elif damage == "folder":
        path.mkdir()
    else:
        path.write_bytes({"noise": b"y", "empty": b""}[damage])
    assert {} == known(tmp_path)
    assert 1 == len(caplog.records)
    assert not PictureStore(tmp_path / "cache").has_made("k")


def test_a_picture_that_was_only_moved_is_shown(tmp_path: Path):
    """A cache that comes from a host's store has other times."""
    store = fill(tmp_path)
    for name in PICTURE.files():
        os.utime(store.made_folder / name, (1, 1))
    assert {URL: PICTURE, "own.jpg": PICTURE} == known(tmp_path)


@pytest.mark.parametrize("data", [b"OWN", b"longer"])
def test_a_changed_file_of_the_sites_own_is_not_what_was_made(tmp_path: Path, data: bytes):
    """What was made of other bytes is not shown, though nobody ran the command again; nor if the size is the same."""
    fill(tmp_path)
    (tmp_path / "content" / "own.jpg").write_bytes(data)
    assert {URL} == set(known(tmp_path))


def test_a_fresh_checkout_is_known_by_its_bytes(tmp_path: Path):
    """Other times and another inode do not matter when the bytes are the same."""
    fill(tmp_path)
    own = tmp_path / "content" / "own.jpg"
    shutil.copyfile(own, tmp_path / "copy")
    os.replace(tmp_path / "copy", own)
    os.utime(own, (1, 1))
    assert {URL, "own.jpg"} == set(known(tmp_path))


@pytest.mark.parametrize("data", [b"", b"garbage", b"\x94\xcd\x03\xe7\x00\x80\x80"])
def test_a_spoiled_index_is_no_index(tmp_path: Path, data: bytes):
    """Whatever stands there, a build goes on without pictures."""
    store = fill(tmp_path)
    (store.folder / "index.msgpack").write_bytes(data)
    assert PictureIndex() == load_pictures(tmp_path / "cache", tmp_path / "content")


def test_no_folder_is_no_index(tmp_path: Path):
    """A fresh clone has no pictures."""
    assert {} == known(tmp_path)


def test_a_journal_survives_a_kill(tmp_path: Path):
    """What was noted is there after a run that never ended; of a line that was half written nothing counts."""
    store = PictureStore(tmp_path / "cache")
    for number in range(3):
        store.ledger.note(Answer(url=f"https://{number}.example/", checked=number, source="s"))
    store.ledger.note(Answer(url="https://1.example/", checked=9, problem="gone"))
    with (store.folder / "ledger.jsonl").open("ab") as file:
        file.write(b'{"url": "https://4.exam')
    again = PictureStore(tmp_path / "cache").ledger
    assert [0, 9, 2] == [answer.checked for answer in again.records.values()]
    again.note(Answer(url="https://5.example/", checked=5))
    third = PictureStore(tmp_path / "cache").ledger
    assert again.records == third.records


def test_a_tidy_journal_holds_what_counts_in_order(tmp_path: Path):
    """Nothing of the order of answers is left."""
    store = PictureStore(tmp_path / "cache")
    for url in ("b", "a", "c", "a"):
        store.ledger.note(Answer(url=url, checked=1))
    store.ledger.tidy(["c", "a"])
    assert b'{"url":"a","checked":1}\n{"url":"c","checked":1}\n' == (store.folder / "ledger.jsonl").read_bytes()


def test_what_was_made_is_not_made_again(tmp_path: Path):
    """A key is done when its files are there, or when it cannot be made."""
    store = fill(tmp_path)
    store.made.note(MadePicture(key="bad", problem="empty"))
    assert [True, True, False] == [store.has_made(key) for key in ("k", "bad", "other")]
    (store.made_folder / PICTURE.files()[1]).unlink()
    assert not store.has_made("k")


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Of the site's own pictures only new ones are read."""
    fill(tmp_path)
    own = tmp_path / "content" / "own.jpg"
    store = PictureStore(tmp_path / "cache")
    later = time.time_ns() + 10**10
    store.save_index({}, {"own.jpg": (store.local_state(own, "own.jpg"), "k")}, seen_ns=later)
    store = PictureStore(tmp_path / "cache")
    monkeypatch.setattr(type(own), "read_bytes", lambda self: pytest.fail(f"{self.name} was read"))
    assert 3 == store.local_state(own, "own.jpg").size


def test_the_stamp_is_of_what_pages_show(tmp_path: Path):
    """It changes with a picture, and not with the folder that it lies in."""
    one = PictureIndex(folder="/a", pictures={URL: PICTURE})
    assert one.stamp() == PictureIndex(folder="/b", pictures={URL: PICTURE}).stamp()
    assert one.stamp() != PictureIndex(folder="/a", pictures={URL: Picture("ab", 800, 600, (320, 640))}).stamp()
