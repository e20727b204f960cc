"""What can be found becomes an index: the same one whatever was there before, and made from what has changed."""

from __future__ import annotations

import gzip
import json
import pickle
import random
import re
import sys
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from pelican.plugins.news_digest.disk.files import digest_of
from pelican.plugins.news_digest.disk.sealed import write_sealed
from pelican.plugins.news_digest.output.search import form, program
from pelican.plugins.news_digest.output.search import index as search
from pelican.plugins.news_digest.output.search.document import search_document
from pelican.plugins.news_digest.output.search.form import MARK
from pelican.plugins.news_digest.output.search.index import SearchIndex
from pelican.plugins.news_digest.output.search.kept import KeptIndex
from pelican.plugins.news_digest.output.search.program import PagefindError, find_pagefind, read_documents
from pelican.plugins.news_digest.pages.own.tools import SearchCard

from .records import findable, needs_pagefind, record

if TYPE_CHECKING:
    from pelican.plugins.news_digest.pages.own.tools import Findable, SearchRecord

pytestmark = needs_pagefind
TITLES = ["Harbour opens", "C++ & tram", "Über naïve Züge", "أخبار اليوم", "…", "Les trams", "harbours, trams"]


def make(findables: Iterable[Findable], cache: Path | None = None, lang: str = "en") -> dict[str, bytes]:
    """Return the index of *findables*."""
    tool = find_pagefind()
    assert tool is not None
    return bytes_of(SearchIndex(findables, lang=lang, tool=tool, cache=cache))


def bytes_of(index: SearchIndex) -> dict[str, bytes]:
    """Return what is in the files of *index*, which are what they are said to be."""
    files = {name: (file.digest, file.make()) for name, file in index.files().items()}
    assert all(digest == digest_of(data) for digest, data in files.values())
    return {name: data for name, (_, data) in files.items()}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the address of each document that Pagefind reads."""
    addresses: list[str] = []

    def note(documents: Mapping[str, str], **options: Any) -> Any:
        addresses.extend(documents)
        return read_documents(documents, **options)

    monkeypatch.setattr(search, "read_documents", note)
    return addresses


class Hand:
    """Changes what can be found, drawing from one source of chance."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a test's own dice
        self.records: dict[str, SearchRecord] = {}
        for _ in range(9):
            self.write(f"news/{self.chance.randrange(30)}/")

    def write(self, address: str) -> None:
        """Write one record with values of chance."""
        draw = self.chance
        self.records[address] = record(
            address,
            title=draw.choice(TITLES),
            text=draw.choice(
                ["", "<p>The tram.</p>", "<h2>Zoo</h2><p>zoo ZOO trâm</p>", "<p>Words of the harbour.</p>"]
            ),
            words=draw.choice(["", "The Post, Harbour"]),
            filters=draw.choice([{}, {"year": ("2026",)}, {"topic": ("a", "b"), "source": (draw.choice("xy"),)}]),
            date=draw.choice(["", f"2026-0{draw.randint(1, 9)}-01T08:00:00Z"]),
            card=SearchCard(href=address),
        )

    def change(self) -> None:
        """Add, edit or remove one record."""
        address = self.chance.choice([*self.records, f"news/{self.chance.randrange(30)}/"])
        if self.chance.random() > 0.7 and len(self.records) > 1:
            self.records.pop(address, None)
        else:
            self.write(address)

    def findables(self) -> list[Findable]:
        """Return everything, in an order of chance; of some nobody knows what they are made from."""
        found = [
            findable(each, pickle.dumps(each) if self.chance.random() > 0.3 else b"") for each in self.records.values()
        ]
        self.chance.shuffle(found)
        return found


@pytest.mark.parametrize("seed", range(4))
def test_an_index_does_not_tell_what_came_before(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """After any changes it is the index of a first build, whatever the order, and however many are read at once."""
    monkeypatch.setattr(search, "RUN_PAGES", 3)
    hand = Hand(seed)
    for _ in range(8):
        for _ in range(hand.chance.randint(1, 3)):
            hand.change()
        monkeypatch.setattr(search, "BATCH", hand.chance.choice([1, 2, 1000]))
        kept = make(hand.findables(), tmp_path / "search", lang="de")
        monkeypatch.setattr(search, "BATCH", 1000)
        assert make(hand.findables(), lang="de") == kept


def says(files: Mapping[str, bytes]) -> dict[str, object]:
    """Return what an index says, with the address of each page in place of its number."""
    cbor2 = pytest.importorskip("cbor2")

    def unpacked(name: str) -> Any:
        plain = gzip.decompress(files[name]).removeprefix(MARK)
        return json.loads(plain) if "fragment" in name else cbor2.loads(plain)

    [(lang, facts)] = json.loads(files["pagefind-entry.json"])["languages"].items()
    _, pages, parts, _, _, fields = unpacked(f"pagefind.{facts['hash']}.pf_meta")
    fragments = [unpacked(f"fragment/{name}.pf_fragment") for name, _ in pages]

    def places(found: list[Any]) -> list[Any]:
        number, at = 0, []
        for step, *rest in found:
            number += step
            at.append((fragments[number]["url"], rest))
        return sorted(at)

    words = [word for *_, name in parts for word in unpacked(f"index/{name}.pf_index")[0]]
    return {
        "language": (lang, facts["wasm"], facts["page_count"], fields),
        "pages": sorted(
            (each["url"], each["word_count"], length) for each, (_, length) in zip(fragments, pages, strict=True)
        ),
        "words": {w: (places(found), sorted((o, places(p)) for o, p in others)) for w, found, others in words},
    }


def test_it_says_what_pagefinds_own_index_says(tmp_path: Path):
    """The same words on the same pages, with the same weights, as if Pagefind had made one index of everything."""
    hand, tool = Hand(7), find_pagefind()
    assert tool is not None
    for _ in range(4):
        hand.change()
        hand.records["news/c/"] = record("news/c/", title="C++ & tram")  # then there is each field of "meta"
        ours = make(hand.findables(), tmp_path / "search")
    documents = {address: search_document(each, lang="en") for address, each in hand.records.items()}
    theirs = program._ask((m for m in program._messages(documents, "en") if m.get("url") != "/"), tool)
    assert says(theirs) == says({name.removeprefix("pagefind/"): data for name, data in ours.items()})


def test_only_what_changed_is_read(tmp_path: Path, read: list[str]):
    """The second time no program runs, and no record is made of what has the same facts; an edit is one document."""
    records = [record(f"news/{n}/") for n in range(3)]
    cache = tmp_path / "cache" / "search"
    first = make([findable(each, b"facts") for each in records], cache)
    assert 3 == len(read)
    read.clear()
    assert first == make([msgspec.structs.replace(findable(each, b"facts"), make=None) for each in records], cache)
    assert first == make([findable(each, b"other facts, and the same record") for each in records], cache)
    assert [] == read
    edited = make([findable(record("news/1/", title="Other words"), b"others"), *map(findable, records[::2])], cache)
    assert ["news/1/"] == read
    assert 1 == len([name for name in edited.keys() - first.keys() if "fragment" in name])


def test_one_that_is_added_last_changes_little(tmp_path: Path):
    """Pages are numbered from the oldest: the words that it does not have stay in their files, and so do filters."""
    records = [
        record(f"news/{n}/", title=f"w{n:03}", text="<p>x</p>", words="", date=f"2026-05-01T08:00:{n:02}Z")
        for n in range(40)
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(form, "PART_BYTES", 50)
        patch.setattr(form, "BEGINNING", 9)
        before = make(map(findable, records), tmp_path)
        after = make(map(findable, [*records, record("news/z/", title="w999", date="2026-06-01T00:00:00Z")]), tmp_path)
    parts = [name for name in before if "/index/" in name]
    assert len(parts) > 10
    assert len(parts) - 3 <= len([name for name in parts if name in after])


def test_documents_are_read_beside_other_work(read: list[str], monkeypatch: pytest.MonkeyPatch):
    """Which waits for none of them, however long Pagefind takes: when it has enough, no more are made for a while."""
    records = [record(f"news/{number}/") for number in range(9)]
    tool, whole = find_pagefind(), make(map(findable, records))
    assert tool is not None
    read.clear()
    is_over, reads = threading.Event(), search.read_documents

    def wait(documents: Mapping[str, str], **options: Any) -> Any:
        assert is_over.wait(60)
        return reads(documents, **options)

    monkeypatch.setattr(search, "read_documents", wait)
    monkeypatch.setattr(search, "BATCH", 1)
    monkeypatch.setattr(search, "BEFORE", 5)
    made: list[str] = []
    noted = [each_noted(each, made) for each in records]
    index = SearchIndex(noted, lang="en", tool=tool, cache=None)
    assert told(20) == told(20, index)
    assert [] == read
    assert [f"news/{number}/" for number in range(search.AT_ONCE + 1)] == made
    is_over.set()
    assert whole == bytes_of(index)
    assert 9 == len(read)


def told(count: int, index: SearchIndex | None = None) -> list[tuple[int, int]]:
    """Return what is told of *count* steps of other work, beside which *index* is made."""
    calls: list[tuple[int, int]] = []

    def note(*numbers: int) -> None:
        calls.append((numbers[0], numbers[1]))

    tell = index.beside(note) if index else note
    for done in range(count + 1):
        tell(done, count)
    return calls


def test_all_but_its_files_is_made_beside_other_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Where there is enough of it, nothing is left to be read or joined after it, and nothing is waited for."""
    records = [record(f"news/{number}/") for number in range(9)]
    tool = find_pagefind()
    assert tool is not None
    monkeypatch.setattr(search, "BEFORE", 0)
    index = SearchIndex(map(findable, records), lang="en", tool=tool, cache=tmp_path)
    told(10, index)
    assert [] == [*tmp_path.iterdir()]
    index._threads.shutdown()
    told(10, index)
    assert (tmp_path / "index.msgpack").exists()
    assert make(map(findable, records)) == bytes_of(index)


def test_another_process_may_make_it(tmp_path: Path):
    """It sends what the output does not hold; what is asked for all the same is made here, and nothing before that."""
    records = [record(f"news/{number}/") for number in range(3)]
    tool, whole = find_pagefind(), make(map(findable, records))
    assert tool is not None

    def index(made: list[str]) -> SearchIndex:
        noted = (each_noted(each, made) for each in records)
        return SearchIndex(noted, lang="en", tool=tool, cache=tmp_path)

    there: list[str] = []
    plain = index(there).plain(lambda name, digest: "fragment" in name and digest == digest_of(whole[name]))
    assert {name for name in whole if "fragment" in name} == {name for name, (_, data) in plain.items() if data is None}
    here: list[str] = []
    files = index(here).of_plain(pickle.loads(pickle.dumps(plain)))  # noqa: S301 - our own
    assert {name: digest_of(data) for name, data in whole.items()} == {n: file.digest for n, file in files.items()}
    assert whole == {name: file.make() for name, file in files.items() if "fragment" not in name} | {
        name: data for name, data in whole.items() if "fragment" in name
    }
    assert ([], 3) == (here, len(there))
    assert whole == {name: file.make() for name, file in files.items()}


def each_noted(each: SearchRecord, made: list[str]) -> Findable:
    """Return a member of the index whose address *made* gets when its record is made."""

    def make_record() -> SearchRecord:
        made.append(each.address)
        return each

    return msgspec.structs.replace(findable(each), make=make_record)


def test_what_fails_beside_other_work_is_told_after_it(tmp_path: Path):
    """The other work is done to its end, and then there is no index."""
    index = SearchIndex(map(findable, [record(), record("news/b/")]), lang="en", tool=tmp_path, cache=None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "BATCH", 1)
        patch.setattr(search, "AT_ONCE", 0)
        patch.setattr(search, "BEFORE", 0)
        assert told(9) == told(9, index)
    with pytest.raises(PagefindError):
        index.files()


def test_nothing_to_find_is_no_mistake(tmp_path: Path):
    """A site without items has no index, and no word is lost about it; neither has one of items without a word."""
    assert {} == make([], tmp_path)
    assert {} == make([findable(record(title="…", text="", words=""))], tmp_path)


def test_what_fails_leaves_what_was_kept(tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch):
    """A build that is killed or fails while documents are read: the next one goes on from the last that was whole."""
    records = [findable(record(f"news/{n}/")) for n in range(3)]
    make(records, tmp_path)

    def die(*given: Any, **options: Any) -> Any:
        del given, options
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(search, "read_documents", die)
        with pytest.raises(KeyboardInterrupt):
            make([*records, findable(record("news/b/"))], tmp_path)
        patch.undo()
        patch.setattr(KeptIndex, "keep", die)
        with pytest.raises(KeyboardInterrupt):
            make([*records, findable(record("news/b/"))], tmp_path)
    read.clear()
    assert make([*records, findable(record("news/b/"))]) == make([*records, findable(record("news/b/"))], tmp_path)
    assert ["news/b/"] == read[-1:]
    assert 5 == len(read)


def test_another_program_reads_everything_again(tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch):
    """A reading is of use only to the language, the program and the code that it was made by."""
    made = [findable(record(), b"facts")]
    for lang in ("en", "de"):
        make(made, tmp_path, lang=lang)
    monkeypatch.setattr(search, "code_key", lambda: b"other")
    make(made, tmp_path, lang="de")
    monkeypatch.setattr(search, "mark_of", str)
    make(made, tmp_path, lang="de")
    assert 4 == len(read)


@pytest.mark.parametrize("name", ["index.msgpack", "*.run"])
@pytest.mark.parametrize("damage", ["cut", "empty", "noise", "pickle", "link", "another kind"])
def test_kept_index_is_not_trusted_by_its_name(
    name: str, damage: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    """What is not what was written is told in one line and made anew."""
    first = make([findable(record())], tmp_path / "search")
    make([findable(record("news/b/"))], tmp_path / "other")
    [kept], [other] = ([*(tmp_path / folder).glob(name)] for folder in ("search", "other"))
    data = kept.read_bytes()
    if damage == "link":
        kept.unlink()
        kept.symlink_to(other)
    elif damage == "another kind":
        write_sealed(kept, msgspec.msgpack.encode([b"", {}, []]), kind="items")
    else:
        spoiled = {
            "cut": data[:-9],
            "empty": b"",
            "noise": data[:400] + b"x" + data[401:],
            "pickle": pickle.dumps(first),
        }
        kept.write_bytes(spoiled[damage])
    assert first == make([findable(record())], tmp_path / "search")
    assert ["is damaged; it is rebuilt"] == re.findall("is damaged; it is rebuilt", caplog.text)
    caplog.clear()
    assert first == make([findable(record())], tmp_path / "search")
    assert "" == caplog.text


def test_what_lies_beside_the_kept_index_goes(tmp_path: Path):
    """An index that an earlier version kept; nothing is followed out of the folder."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "0123").write_text("old")
    (tmp_path / "kept" / "folder").mkdir()
    (tmp_path / "outside").mkdir()
    (tmp_path / "kept" / "link").symlink_to(tmp_path / "outside")
    make([findable(record())], tmp_path / "kept")
    assert [".run", "index.msgpack"] == sorted(
        path.name[-13:].lstrip("0123456789abcdef") for path in (tmp_path / "kept").iterdir()
    )
    assert (tmp_path / "outside").is_dir()


def test_an_edit_writes_one_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """What is kept of all others is not written anew, and no file is made that the output has already."""
    monkeypatch.setattr(search, "RUN_PAGES", 3)
    records = [record(f"news/{number}/", date=f"2026-05-01T08:00:{number:02}Z") for number in range(30)]
    make(map(findable, records), tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.run")}
    assert 5 < len(before)
    make(
        map(findable, [*records[:9], record("news/9/", title="Another", date=records[9].date), *records[10:]]), tmp_path
    )
    after = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.run")}
    assert len(before) == len(after)
    assert 1 == len(after.items() - before.items())


def test_what_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A program that is none, and a library of the same extra; also where everything that can be found is kept."""
    with pytest.raises(PagefindError):
        SearchIndex([findable(record())], lang="en", tool=tmp_path, cache=None).files()
    make([findable(record())], tmp_path)
    monkeypatch.setitem(sys.modules, "cbor2", None)
    with pytest.raises(PagefindError, match=r"pip install 'pelican-news-digest\[search\]'"):
        make([findable(record())], tmp_path)
