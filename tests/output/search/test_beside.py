"""An index is made beside other work, or by another process; it is the one that is made alone."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from pelican.plugins.news_digest.disk.files import digest_of
from pelican.plugins.news_digest.output.search import index as search
from pelican.plugins.news_digest.output.search.index import SearchIndex
from pelican.plugins.news_digest.output.search.program import PagefindError

from .records import bytes_of, findable, index_of, make, needs_pagefind, record

if TYPE_CHECKING:
    from pelican.plugins.news_digest.output.search.form import IndexFile
    from pelican.plugins.news_digest.pages.own.tools import Findable, SearchRecord

pytestmark = needs_pagefind
RECORDS = [record(f"news/{number}/") for number in range(9)]


def test_all_but_its_files_is_made_beside_other_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A step at each of the other's, which is told of all of them; the first are left alone, the last hands it over."""
    monkeypatch.setattr(search, "BEFORE", 5)
    made: list[str] = []
    handed: list[Mapping[str, IndexFile]] = []
    index = index_of((each_noted(each, made) for each in RECORDS), tmp_path)
    assert told(8) == told(8, index, handed)
    assert [each.address for each in RECORDS[:3]] == made
    assert ([], False) == (handed, index.is_handed_over)
    told(40, index, handed)
    assert (1, True) == (len(handed), index.is_handed_over)
    assert make(map(findable, RECORDS)) == {name: file.make() for name, file in handed[0].items()} == bytes_of(index)


def told(
    count: int, index: SearchIndex | None = None, handed: list[Mapping[str, IndexFile]] | None = None
) -> list[tuple[int, int]]:
    """Return what is told of *count* steps of other work, beside which *index* is made and *handed* over."""
    calls: list[tuple[int, int]] = []

    def note(*numbers: int) -> None:
        calls.append((numbers[0], numbers[1]))

    tell = index.beside(note, hand_over=([] if handed is None else handed).append) if index else note
    for done in range(count + 1):
        tell(done, count)
    return calls


def test_another_process_may_make_it(tmp_path: Path):
    """It sends what the output does not hold; what is asked for all the same is made here, and nothing before that."""
    records, whole = RECORDS[:3], make(map(findable, RECORDS[:3]))

    def index(made: list[str]) -> SearchIndex:
        return index_of((each_noted(each, made) for each in records), tmp_path)

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


def test_what_fails_beside_other_work_is_told_after_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The other work is done to its end, and then there is no index."""
    monkeypatch.setattr(search, "BEFORE", 0)
    index = SearchIndex(map(findable, RECORDS), lang="en", tool=tmp_path, cache=None)
    assert told(30) == told(30, index)
    with pytest.raises(PagefindError):
        index.files()
