"""Two indexes that differ in nothing but order become one."""

from __future__ import annotations

import gzip
import json
from itertools import permutations
from typing import Any

import pytest

from pelican.plugins.news_digest.output.search.order import ENTRY, MARK, in_one_order

cbor2 = pytest.importorskip("cbor2", reason="cbor2 is not installed (pip install -e '.[search]')")


def packed(value: object) -> bytes:
    """Return a file as Pagefind writes it."""
    return gzip.compress(MARK + cbor2.dumps(value), mtime=0)


PAGES = {"fa": 9, "fb": 4, "fc": 7}
# Word → the pages that it is on, with where, and how much that counts.
WORDS = {"tram": {"fa": [-25, 3], "fc": [-25, 1, 1]}, "zoo": {"fb": [-25, 2]}}
SPELLINGS = {"tram": {"Trám": {"fc": [-25, 9]}}}


def places(found: dict[str, list[int]], order: list[str]) -> list[object]:
    """Return where a word is, pages counted each from the one before it."""
    numbers = sorted((order.index(page), page) for page in found)
    steps = zip((0, *(number for number, _ in numbers)), numbers, strict=False)
    return [[number - before, found[page], []] for before, (number, page) in steps]


def unpacked(data: bytes) -> Any:
    """Return what such a file holds."""
    return cbor2.loads(gzip.decompress(data).removeprefix(MARK))


def index(*, names: list[str], values: list[str], order: list[str]) -> dict[str, bytes]:
    """Return an index whose filters, values and pages stand in this order."""
    everywhere = list(range(len(order)))
    filters = {
        f"filter/en_{name}.pf_filter": packed([name, [[value, everywhere] for value in values]]) for name in names
    }
    words = [
        [word, places(found, order), [[other, places(p, order)] for other, p in SPELLINGS.get(word, {}).items()]]
        for word, found in WORDS.items()
    ]
    by_date = ["date", [order.index(page) for page in ("fc", "fa", "fb")]]
    pages = [[page, PAGES[page]] for page in order]
    meta = ["1.5", pages, [["t", "z", "en_i"]], [[name, f"en_{name}"] for name in names], [by_date], ["title"]]
    entry = {"languages": {"en": {"hash": "en_m"}}}
    return {
        **filters,
        "pagefind.en_m.pf_meta": packed(meta),
        ENTRY: json.dumps(entry).encode(),
        "index/en_i.pf_index": packed([words]),
        "fragment/fa.pf_fragment": b"a",
    }


@pytest.mark.parametrize("order", list(map(list, permutations(PAGES))))
def test_order_makes_no_difference(order: list[str]):
    """Pages, filters and their values are sorted, and files named after what they then hold."""
    first = in_one_order(index(names=["topic", "year"], values=["b", "a"], order=list(PAGES)))
    assert first == in_one_order(index(names=["year", "topic"], values=["a", "b"], order=order))
    assert 6 == len(first)


def test_the_entry_leads_to_everything():
    """From the entry to the meta file to the filters and the words nothing is lost."""
    files = in_one_order(index(names=["year", "topic"], values=["b", "a"], order=["fc", "fa", "fb"]))
    key = json.loads(files[ENTRY])["languages"]["en"]["hash"]
    meta = unpacked(files[f"pagefind.{key}.pf_meta"])
    assert [[page, PAGES[page]] for page in "fa fb fc".split()] == meta[1]
    assert [["date", [2, 0, 1]]] == meta[4]
    assert ["title"] == meta[5]
    assert ["topic", "year"] == [name for name, _ in meta[3]]
    for name, file in meta[3]:
        assert [name, [["a", [0, 1, 2]], ["b", [0, 1, 2]]]] == unpacked(files[f"filter/{file}.pf_filter"])
    ((first, last, file),) = meta[2]
    assert ("t", "z") == (first, last)
    assert [
        [
            ["tram", [[0, [-25, 3], []], [2, [-25, 1, 1], []]], [["Trám", [[2, [-25, 9], []]]]]],
            ["zoo", [[1, [-25, 2], []]], []],
        ]
    ] == unpacked(files[f"index/{file}.pf_index"])


@pytest.mark.parametrize(
    "meta",
    [
        pytest.param(b"x", id="not gzip"),
        pytest.param(gzip.compress(b"another mark", mtime=0), id="another mark"),
        pytest.param(packed(["1.5"]), id="too short"),
        pytest.param(packed(7), id="not a list"),
    ],
)
def test_another_form_is_left_alone(meta: bytes):
    """An index that is not understood is not touched."""
    files = {**index(names=["topic"], values=["a"], order=list(PAGES)), "pagefind.en_m.pf_meta": meta}
    assert files == in_one_order(files)
