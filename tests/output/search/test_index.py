"""What can be found becomes an index: the same one whatever was there before, and made from what has changed."""

from __future__ import annotations

import gzip
import json
import pickle
import random
import re
import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pelican.plugins.news_digest.disk.sealed import write_sealed
from pelican.plugins.news_digest.output.search import form, program
from pelican.plugins.news_digest.output.search import index as search
from pelican.plugins.news_digest.output.search.document import search_document
from pelican.plugins.news_digest.output.search.form import MARK
from pelican.plugins.news_digest.output.search.index import SearchIndex
from pelican.plugins.news_digest.output.search.kept import KeptIndex
from pelican.plugins.news_digest.output.search.program import PagefindError, find_pagefind
from pelican.plugins.news_digest.output.search.words import Vocabulary
from pelican.plugins.news_digest.pages.own.tools import Findable, SearchCard, SearchRecord

from .records import findable, make, needs_pagefind, record

pytestmark = needs_pagefind
TITLES = ["Harbour opens", "C++ & tram", "Über naïve Züge", "أخبار اليوم", "…", "Les trams", "harbours, trams"]
TEXTS = [
    "",
    "<p>The tram.</p>",
    "<h2>Zoo</h2><p>zoo ZOO trâm</p>",
    "<h1>Zoo-keeper NewZoo</h1><ul><li>Words of<br>the <b>harb</b>our<li>AT&amp;T, R&lt;D 😀</ul><!-- not this -->",
    "<p>Words of the harbour.</p><script>'<p>zoo'</script><table><td>a</td><td>tram</td></table>",
]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the address of each document that is read."""
    addresses: list[str] = []
    reading = Vocabulary.reading

    def note(self: Vocabulary, address: str, document: Any) -> Any:
        addresses.append(address)
        return reading(self, address, document)

    monkeypatch.setattr(Vocabulary, "reading", note)
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
            text=draw.choice(TEXTS),
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
    """After any changes it is the index of a first build, whatever the order, and however many wait for Pagefind."""
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
            (each["url"], each["content"], each["meta"], each["word_count"], length)
            for each, (_, length) in zip(fragments, pages, strict=True)
        ),
        "words": {w: (places(found), sorted((o, places(p)) for o, p in others)) for w, found, others in words},
    }


def page_of(each: SearchRecord) -> dict[str, object]:
    """Return a record as a page that Pagefind can read itself."""
    document = search_document(each)
    fields = [(name, line) for name, line in zip(form.FIELDS, document.fields, strict=True) if line]
    meta = "".join(f'<meta data-pagefind-meta="{name}[content]" content="{escape(line)}">' for name, line in fields)
    text = each.text if document.text and each.text else f"<p>{escape(each.title)}</p>"
    html = f'<html lang="en"><head>{meta}</head><body><main data-pagefind-body>{text}</main></body></html>'
    return {"type": "AddFile", "index_id": 0, "url": f"/{each.address}", "file_path": None, "file_contents": html}


@pytest.mark.parametrize("lang", ["en", "de", "ar"])
def test_it_says_what_pagefinds_own_index_says(lang: str, tmp_path: Path):
    """The same words on the same pages, at the same places with the same weights, as if it had read them as pages."""
    hand, tool = Hand(7), find_pagefind()
    assert tool is not None
    for number, text in enumerate(TEXTS):  # with each of them, and each field
        hand.records[f"news/c/{number}/"] = record(f"news/c/{number}/", title="C++ & tram", text=text)
    for _ in range(4):
        hand.change()
        ours = make(hand.findables(), tmp_path / "search", lang=lang)
    start, _, end = program._messages("", lang)
    theirs = program._ask(iter([start, *map(page_of, hand.records.values()), end]), tool)
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
        patch.setattr(Vocabulary, "reading", die)
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
