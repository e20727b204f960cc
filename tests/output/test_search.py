"""Records become an index: the same one each time, made only when it must be."""

from __future__ import annotations

import re
import stat
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from pelican.plugins.news_digest.output.search import (
    PagefindError,
    find_pagefind,
    index_stamp,
    remove_search_index,
    search_document,
    write_search_index,
)
from pelican.plugins.news_digest.pages.tools import SearchCard, SearchRecord

if TYPE_CHECKING:
    from pathlib import Path


def record(address: str = "news/a/", **values: Any) -> SearchRecord:
    """Return a record; what a test does not name is unremarkable."""
    defaults: dict[str, Any] = {
        "title": f"Title of {address}",
        "text": "<p>Some words.</p>",
        "words": "The Post, Harbour",
        "filters": {"topic": ("harbour", "port")},
        "date": "2026-05-01T08:00:00Z",
        "card": SearchCard(href=address),
    }
    return SearchRecord(address=address, **{**defaults, **values})


@pytest.fixture
def tool() -> Path:
    """Return Pagefind's program; skip where there is none."""
    found = find_pagefind()
    if found is None:
        pytest.skip("Pagefind is not installed (pip install -e '.[search]')")
    return found


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder*, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_document_is_text():
    """Titles and cards are escaped; the text is the only part that is HTML."""
    document = search_document(record(title='<b>"x"</b>', card=SearchCard(href="a<b>")), lang="en")
    assert "<b>" not in document.replace("<body>", "")
    assert '<b>"x"</b>' in unescape(document)
    assert 2 == len(re.findall(r'data-pagefind-filter="topic\[content\]"', document))


@pytest.mark.parametrize("text", ["", "<p>.</p>", '<p><img src="a.jpg"></p>'])
def test_a_record_without_words_is_found_by_its_title(text: str):
    """Pagefind leaves out a document without a word."""
    assert "<main data-pagefind-body><p>Title of news/a/</p></main>" in search_document(record(text=text), lang="en")


def test_the_stamp_tells_what_changed(tmp_path: Path):
    """Other words, another language: another index."""
    tool = tmp_path / "tool"
    tool.write_bytes(b"")
    stamps = [index_stamp(texts, lang=lang, tool=tool) for texts, lang in ((["a"], "en"), (["b"], "en"), (["a"], "de"))]
    assert 3 == len({*stamps, index_stamp(["a"], lang="en", tool=tool)})


def test_an_index_repeats_byte_for_byte(tmp_path: Path, tool: Path):
    """Made from nothing, in either order of records, with a cache and without: file systems list files differently."""
    records = [record(f"news/{n}/", filters={"year": (str(2000 + n),), "topic": ("a", "b")}) for n in range(12)]
    for name, given, cache in (("a", records, "ca"), ("b", records[::-1], "cb"), ("c", records, None)):
        write_search_index(
            given, lang="en", tool=tool, cache=tmp_path / cache if cache else None, output=tmp_path / name
        )
    first, *others = (files(tmp_path / name) for name in "abc")
    assert [first, first] == others
    assert 12 == len(list((tmp_path / "a" / "pagefind" / "fragment").iterdir()))


def test_nothing_is_done_when_nothing_changed(tmp_path: Path, tool: Path):
    """The second time no program runs; what is over is pruned, and its own widgets are never written."""
    places: dict[str, Any] = {"lang": "en", "cache": tmp_path / "cache" / "search", "output": tmp_path / "output"}
    first = write_search_index([record("news/a/"), record("news/b/")], tool=tool, **places)
    assert "pagefind/pagefind.js" in first
    assert not [name for name in first if "ui" in name]
    assert () == write_search_index([record("news/a/"), record("news/b/")], tool=tool, **places)
    write_search_index([record("news/a/")], tool=tool, **places)
    assert 1 == len(list((tmp_path / "output" / "pagefind" / "fragment").iterdir()))
    assert 1 == len(list((tmp_path / "cache" / "search").iterdir()))
    remove_search_index(tmp_path / "output")
    assert {} == files(tmp_path / "output")


def test_nothing_to_find_is_no_mistake(tmp_path: Path, tool: Path):
    """A site without items has no index, and no word is lost about it; an index of before goes."""
    output = tmp_path / "output"
    write_search_index([record()], lang="en", tool=tool, cache=None, output=output)
    assert () == write_search_index([], lang="en", tool=tool, cache=None, output=output)
    assert {} == files(output)


def test_what_goes_wrong_is_told(tmp_path: Path):
    """A program that fails leaves no index behind, and its words are in the error."""
    tool = tmp_path / "tool"
    tool.write_text("#!/bin/sh\necho out of luck\nexit 3\n")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    old = tmp_path / "output" / "pagefind" / "old"
    old.parent.mkdir(parents=True)
    old.touch()
    with pytest.raises(PagefindError, match="out of luck"):
        write_search_index([record()], lang="en", tool=tool, cache=None, output=tmp_path / "output")
    assert not old.exists()
    tool.chmod(0o644)
    with pytest.raises(PagefindError, match="ermission"):
        write_search_index([record()], lang="en", tool=tool, cache=None, output=tmp_path / "output")
