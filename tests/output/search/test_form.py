"""The files of an index: what is read of Pagefind's, and how ours are named and cut."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest

from pelican.plugins.news_digest.output.search import form
from pelican.plugins.news_digest.output.search.form import (
    ENTRY,
    FIELDS,
    MARK,
    Packer,
    Page,
    UnknownFormError,
    file_of,
    index_files,
    read_index,
    short_names,
)
from pelican.plugins.news_digest.output.search.parts import Part, encoded_place, joined, page_part

cbor2 = pytest.importorskip("cbor2", reason="cbor2 is not installed (pip install -e '.[search]')")

VERSION = "1.5.2"
ENTRY_DATA = json.dumps({"version": VERSION, "languages": {"en": {"hash": "en_m", "wasm": "en"}}}).encode()


def packed(value: object) -> bytes:
    """Return a file as Pagefind writes it."""
    return gzip.compress(MARK + cbor2.dumps(value), mtime=0)


def unpacked(data: bytes) -> Any:
    """Return what such a file holds."""
    return cbor2.loads(gzip.decompress(data).removeprefix(MARK))


def pagefinds(version: str = VERSION, **changes: Any) -> dict[str, bytes]:
    """Return an index of one page as Pagefind writes it, with a file changed."""
    meta = [version, [["en_f", 2]], [["t", "t", "en_i"]], [], [], FIELDS]
    files = {
        ENTRY: ENTRY_DATA,
        "pagefind.en_m.pf_meta": packed(meta),
        "index/en_i.pf_index": packed([[["tram", [[0, [-25, 3], [-2, 1]]], [["Trám", [[0, [3], []]]]]]]]),
        "fragment/en_f.pf_fragment": gzip.compress(MARK + b'{"url":"/a"}', mtime=0),
    }
    return {**files, **changes}


def test_what_pagefind_wrote_is_read():
    """By the address of each document: its fragment, how many words it has, and which."""
    files = pagefinds()
    [(address, reading)] = read_index(files).items()
    assert ("/a", files["fragment/en_f.pf_fragment"], 2) == (address, reading.fragment, reading.length)
    assert b"tram" in reading.words
    assert b"tram\0Tr\xc3\xa1m" in reading.words


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"pagefind.en_m.pf_meta": b"x"}, id="not gzip"),
        pytest.param({"pagefind.en_m.pf_meta": gzip.compress(b"another mark", mtime=0)}, id="another mark"),
        pytest.param({"pagefind.en_m.pf_meta": gzip.compress(MARK + b"\xff", mtime=0)}, id="not CBOR"),
        pytest.param({"pagefind.en_m.pf_meta": packed([VERSION])}, id="too short"),
        pytest.param({"pagefind.en_m.pf_meta": packed(7)}, id="not a list"),
        pytest.param({"pagefind.en_m.pf_meta": packed([VERSION, [], [], [], [], ["title"]])}, id="other fields"),
        pytest.param({"index/en_i.pf_index": packed([[["tram", [[0, [3]]], []]]])}, id="no places in fields"),
        pytest.param({"index/en_i.pf_index": packed([[["tram", [[7, [3], []]], []]]])}, id="no such page"),
        pytest.param({"fragment/en_f.pf_fragment": gzip.compress(MARK + b"{}", mtime=0)}, id="no address"),
        pytest.param({ENTRY: b"{}"}, id="no languages"),
        pytest.param({"version": "1.6.0"}, id="of a later version"),
        pytest.param({ENTRY: ENTRY_DATA.replace(b"1.5.2", b"1.6.0"), "version": "1.6.0"}, id="a later version"),
    ],
)
def test_another_form_is_not_read(changes: dict[str, Any]):
    """What is not understood is told as such, whatever it is."""
    with pytest.raises(UnknownFormError):
        read_index(pagefinds(**changes))


def made(pages: list[Page], words: Part) -> dict[str, bytes]:
    """Return the files of an index, each made."""
    files = index_files(pages, words, entry=ENTRY_DATA, packer=Packer({}))
    return {name: file.make() for name, file in files.items()}


def test_the_entry_leads_to_everything():
    """From the entry to the meta file to the filters and the words nothing is lost."""
    pages = [
        Page(file_of(b"one"), 5, {"topic": ("b", "a"), "year": ("2026",)}, ("2026-02", "one")),
        Page(file_of(b"two"), 7, {"topic": ("a", "a")}, ("2026-01", "two")),
    ]
    words = joined(page_part({word: encoded_place([3], [])}) for word in ("zoo", "zoo"))
    files = made(pages, words)
    entry = json.loads(files[ENTRY])["languages"]["en"]
    assert (2, "en") == (entry["page_count"], entry["wasm"])
    version, found, [part], filters, orders, fields = unpacked(files[f"pagefind.{entry['hash']}.pf_meta"])
    assert (VERSION, FIELDS, [["date", [1, 0]]]) == (version, fields, orders)
    assert [(b"one", 5), (b"two", 7)] == [(files[f"fragment/{name}.pf_fragment"], length) for name, length in found]
    assert [["topic", [["a", [0, 1]], ["b", [0]]]], ["year", [["2026", [0]]]]] == [
        unpacked(files[f"filter/{file}.pf_filter"]) for _, file in filters
    ]
    assert ["zoo", "zoo"] == part[:2]
    assert [[["zoo", [[0, [3], []], [1, [3], []]], []]]] == unpacked(files[f"index/{part[2]}.pf_index"])
    assert 7 == len(files)


def test_parts_end_where_they_ended(monkeypatch: pytest.MonkeyPatch):
    """One more word changes its own part and at most the next ones, not all that follow; none is found in two."""
    monkeypatch.setattr(form, "PART_BYTES", 200)
    many = {f"{number:04}w": encoded_place([number], []) for number in range(0, 2000, 2)}

    def parts(words: dict[str, bytes]) -> dict[str, bytes]:
        files = made([Page(file_of(b""), 1, {}, ("", ""))], page_part(words))
        return {name: data for name, data in files.items() if name.startswith("index/")}

    before, after = parts(many), parts({**many, "0001w": encoded_place([1], [])})
    assert len(before) > 30
    assert len(after.keys() - before.keys()) < 6
    assert sorted(many) == sorted(word[0] for data in before.values() for word in unpacked(data)[0])


def test_words_that_begin_alike_stand_in_one_part(monkeypatch: pytest.MonkeyPatch):
    """The browser looks for what begins as was typed in one part, unless that would be far too large."""
    monkeypatch.setattr(form, "PART_BYTES", 50)
    monkeypatch.setattr(form, "MOST_BYTES", 400)
    words = {f"{start}{number}": encoded_place([number], []) for start in ("abc", "abd", "ten") for number in range(10)}
    many = {f"zoo{number:03}": encoded_place([number], []) for number in range(100)}
    files = made([Page(file_of(b""), 1, {}, ("", ""))], page_part({**words, **many}))
    parts = [[word[0] for word in unpacked(data)[0]] for name, data in sorted(files.items()) if "index/" in name]
    assert 3 == sum({word[:3] for word in part} <= {"abc", "abd", "ten"} for part in parts)
    assert 3 == len({word[:3] for part in parts if not part[0].startswith("zoo") for word in part})
    assert len(parts) > 5


def test_names_are_as_long_as_they_must_be():
    """What begins alike gets more digits, whatever the order; what is the same has one name."""
    assert ["abc1", "abc2", "ffe", "abc1"] == short_names(["abc12", "abc22", "ffe00", "abc12"], digits=3)


def test_what_was_packed_is_not_packed_again(monkeypatch: pytest.MonkeyPatch):
    """Before somebody asks for it; then it is the same bytes. What nothing holds any longer is forgotten."""
    first = Packer({})
    (name, once), _ = first.pack(b"a"), first.pack(b"b")
    second = Packer(first.packed)
    with monkeypatch.context() as patch:
        patch.setattr(form, "_gzip", None)
        again, file = second.pack(b"a")
    assert (name, once.digest, once.make()) == (again, file.digest, file.make())
    assert 1 == len(second.packed)
