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
    Word,
    file_of,
    index_files,
    read_words,
    short_names,
)
from pelican.plugins.news_digest.output.search.parts import Part, encoded_places, joined, page_part

cbor2 = pytest.importorskip("cbor2", reason="cbor2 is not installed (pip install -e '.[search]')")

VERSION = "1.5.2"
ENTRY_DATA = json.dumps({"version": VERSION, "languages": {"en": {"hash": "en_m", "wasm": "en"}}}).encode()


def packed(value: object) -> bytes:
    """Return a file as Pagefind writes it."""
    return gzip.compress(MARK + cbor2.dumps(value), mtime=0)


def place(at: int) -> bytes:
    """Return where a word is that stands in a text once, with a weight of 2."""
    return encoded_places(((2, at),)) + encoded_places()


def unpacked(data: bytes) -> Any:
    """Return what such a file holds."""
    return cbor2.loads(gzip.decompress(data).removeprefix(MARK))


def pagefinds(version: str = VERSION, **changes: Any) -> dict[str, bytes]:
    """Return an index of one page, with two words, as Pagefind writes it, with a file changed."""
    files = {
        ENTRY: ENTRY_DATA,
        "pagefind.en_m.pf_meta": packed([version, [["en_f", 2]], [["t", "t", "en_i"]], [], [], ["title"]]),
        "index/en_i.pf_index": packed(
            [
                [
                    ["tram", [[0, [-25, 0], [-1, 0]]], [["Trám", [[0, [-25, 1], [-1, 1]]]]]],
                    ["tramlin", [[0, [-25, 1], [-1, 1]]], []],
                    ["line", [[0, [-13, 1], [-1, 1]]], []],
                    ["new", [[0, [-13, 1], [-1, 1]]], []],
                ]
            ]
        ),
        "fragment/en_f.pf_fragment": gzip.compress(MARK + b'{"content":"tram TramLine"}', mtime=0),
    }
    return {**files, **changes}


def test_what_pagefind_wrote_is_read():
    """Words, their spellings, and their parts, which share the weight of the word."""
    found = read_words(pagefinds(), ["tram", "TramLine"])
    assert Word("tram", ((("tram", 1),),), ("tram",)) == found["tram"]
    line = [("tram\0Trám", 1), ("tramlin", 1), ("line", 2), ("new", 2)]
    assert Word("TramLine", (tuple(line),), tuple(key for key, _ in line)) == found["TramLine"]


def test_words_without_spaces_have_several_places():
    """Where Pagefind parts them, as its larger program does with Chinese, Japanese and Thai."""
    files = pagefinds(
        **{
            "pagefind.en_m.pf_meta": packed([VERSION, [["en_f", 3]], [["t", "t", "en_i"]], [], [], ["title"]]),
            "index/en_i.pf_index": packed([[["今日", [[0, [-25, 1], []]], []], ["は", [[0, [-25, 2], []]], []]]]),
            "fragment/en_f.pf_fragment": gzip.compress(
                MARK + json.dumps({"content": "a \u200b今日\u200bは"}).encode(), mtime=0
            ),
        }
    )
    assert (
        Word("\u200b今日\u200bは", ((("今日", 1),), (("は", 1),)), ()) == read_words(files, ["a", "今日は"])["今日は"]
    )


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"pagefind.en_m.pf_meta": b"x"}, id="not gzip"),
        pytest.param({"pagefind.en_m.pf_meta": gzip.compress(b"another mark", mtime=0)}, id="another mark"),
        pytest.param({"pagefind.en_m.pf_meta": gzip.compress(MARK + b"\xff", mtime=0)}, id="not CBOR"),
        pytest.param({"pagefind.en_m.pf_meta": packed([VERSION])}, id="too short"),
        pytest.param({"pagefind.en_m.pf_meta": packed(7)}, id="not a list"),
        pytest.param(
            {"pagefind.en_m.pf_meta": packed([VERSION, [["en_f", 2]], [], [], [], ["words"]])}, id="other fields"
        ),
        pytest.param(
            {"pagefind.en_m.pf_meta": packed([VERSION, [["en_f", 3]], [], [], [], ["title"]])}, id="more places"
        ),
        pytest.param({"index/en_i.pf_index": packed([[["tram", [[0, [3]]], []]]])}, id="no places in fields"),
        pytest.param({"index/en_i.pf_index": packed([[["tram", [[0, [-25, 7], []]], []]]])}, id="no such place"),
        pytest.param(
            {"fragment/en_f.pf_fragment": gzip.compress(MARK + b'{"content":"tram"}', mtime=0)}, id="fewer words"
        ),
        pytest.param({"fragment/en_f.pf_fragment": gzip.compress(MARK + b"{}", mtime=0)}, id="no text"),
        pytest.param({ENTRY: b"{}"}, id="no languages"),
        pytest.param({"version": "1.6.0"}, id="of a later version"),
        pytest.param({ENTRY: ENTRY_DATA.replace(b"1.5.2", b"1.6.0"), "version": "1.6.0"}, id="a later version"),
    ],
)
def test_another_form_is_not_read(changes: dict[str, Any]):
    """What is not understood is told as such, whatever it is."""
    with pytest.raises(UnknownFormError):
        read_words(pagefinds(**changes), ["tram", "TramLine"])


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
    words = joined(page_part({word: place(3)}) for word in ("zoo", "zoo"))
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
    assert [[["zoo", [[0, [-3, 3], []], [1, [-3, 3], []]], []]]] == unpacked(files[f"index/{part[2]}.pf_index"])
    assert 7 == len(files)


def test_parts_end_where_they_ended(monkeypatch: pytest.MonkeyPatch):
    """One more word changes its own part and at most the next ones, not all that follow; none is found in two."""
    monkeypatch.setattr(form, "PART_BYTES", 200)
    many = {f"{number:04}w": place(number) for number in range(0, 2000, 2)}

    def parts(words: dict[str, bytes]) -> dict[str, bytes]:
        files = made([Page(file_of(b""), 1, {}, ("", ""))], page_part(words))
        return {name: data for name, data in files.items() if name.startswith("index/")}

    before, after = parts(many), parts({**many, "0001w": place(1)})
    assert len(before) > 30
    assert len(after.keys() - before.keys()) < 6
    assert sorted(many) == sorted(word[0] for data in before.values() for word in unpacked(data)[0])


def test_words_that_begin_alike_stand_in_one_part(monkeypatch: pytest.MonkeyPatch):
    """The browser looks for what begins as was typed in one part, unless that would be far too large."""
    monkeypatch.setattr(form, "PART_BYTES", 50)
    monkeypatch.setattr(form, "MOST_BYTES", 400)
    words = {f"{start}{number}": place(number) for start in ("abc", "abd", "ten") for number in range(10)}
    many = {f"zoo{number:03}": place(number) for number in range(100)}
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
