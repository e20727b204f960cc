"""Two indexes that differ in nothing but order become one."""

from __future__ import annotations

import gzip
import json

import pytest

from pelican.plugins.news_digest.output.search_order import ENTRY, MARK, in_one_order

cbor2 = pytest.importorskip("cbor2", reason="cbor2 is not installed (pip install -e '.[search]')")


def packed(value: object) -> bytes:
    """Return a file as Pagefind writes it."""
    return gzip.compress(MARK + cbor2.dumps(value), mtime=0)


def index(*, names: list[str], values: list[str]) -> dict[str, bytes]:
    """Return an index whose filters and values stand in this order."""
    filters = {f"filter/en_{name}.pf_filter": packed([name, [[value, [1]] for value in values]]) for name in names}
    meta = ["1.5", [], [], [[name, f"en_{name}"] for name in names], []]
    entry = {"languages": {"en": {"hash": "en_m"}}}
    return {
        **filters,
        "pagefind.en_m.pf_meta": packed(meta),
        ENTRY: json.dumps(entry).encode(),
        "index/a.pf_index": b"a",
    }


def test_order_makes_no_difference():
    """Filters and their values are sorted, and files named after what they then hold."""
    first = in_one_order(index(names=["topic", "year"], values=["b", "a"]))
    assert first == in_one_order(index(names=["year", "topic"], values=["a", "b"]))
    assert 5 == len(first)


def test_the_entry_leads_to_every_filter():
    """From the entry to the meta file to the filters nothing is lost."""
    files = in_one_order(index(names=["year", "topic"], values=["b", "a"]))
    key = json.loads(files[ENTRY])["languages"]["en"]["hash"]
    meta = cbor2.loads(gzip.decompress(files[f"pagefind.{key}.pf_meta"]).removeprefix(MARK))
    assert ["topic", "year"] == [name for name, _ in meta[3]]
    for name, file in meta[3]:
        content = cbor2.loads(gzip.decompress(files[f"filter/{file}.pf_filter"]).removeprefix(MARK))
        assert [name, [["a", [1]], ["b", [1]]]] == content


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
    files = {**index(names=["topic"], values=["a"]), "pagefind.en_m.pf_meta": meta}
    assert files == in_one_order(files)
