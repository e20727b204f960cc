"""Records become an index: the same one each time, made only when it must be."""

from __future__ import annotations

import pickle
import re
import stat
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from pelican.plugins.news_digest.output.search import index as search
from pelican.plugins.news_digest.output.search.index import (
    PagefindError,
    find_pagefind,
    index_stamp,
    make_search_index,
    search_document,
)
from pelican.plugins.news_digest.pages.own.tools import SearchCard, SearchRecord

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
    first, *others = (
        make_search_index(given, lang="en", tool=tool, cache=tmp_path / cache if cache else None)
        for given, cache in ((records, "ca"), (records[::-1], "cb"), (records, None))
    )
    assert [first, first] == others
    assert 12 == sum(name.startswith("pagefind/fragment/") for name in first)


def test_nothing_is_done_when_nothing_changed(tmp_path: Path, tool: Path, monkeypatch: pytest.MonkeyPatch):
    """The second time no program runs; one index is kept, and Pagefind's own widgets never."""
    cache = tmp_path / "cache" / "search"
    records = [record("news/a/"), record("news/b/")]
    first = make_search_index(records, lang="en", tool=tool, cache=cache)
    assert "pagefind/pagefind.js" in first
    assert not [name for name in first if "ui" in name]
    make_search_index([record("news/a/")], lang="en", tool=tool, cache=cache)
    assert 1 == len(list(cache.iterdir()))
    make_search_index(records, lang="en", tool=tool, cache=cache)
    monkeypatch.setattr(search.subprocess, "run", None)
    assert first == make_search_index(records, lang="en", tool=tool, cache=cache)


def test_nothing_to_find_is_no_mistake(tmp_path: Path, tool: Path):
    """A site without items has no index, and no word is lost about it."""
    assert {} == make_search_index([], lang="en", tool=tool, cache=tmp_path)


@pytest.mark.parametrize("damage", ["cut", "empty", "noise", "of another index", "pickle", "link"])
def test_kept_index_is_not_trusted_by_its_name(
    damage: str, tmp_path: Path, tool: Path, caplog: pytest.LogCaptureFixture
):
    """One that is not what was written is told in one line and made anew."""
    first = make_search_index([record("news/a/")], lang="en", tool=tool, cache=tmp_path / "search")
    make_search_index([record("news/b/")], lang="en", tool=tool, cache=tmp_path / "other")
    ((kept,), (other,)) = ((tmp_path / name).iterdir() for name in ("search", "other"))
    data = kept.read_bytes()
    if damage == "link":
        kept.unlink()
        kept.symlink_to(other)
    else:
        kept.write_bytes(
            {
                "cut": data[:-9],
                "empty": b"",
                "noise": data[:5000] + b"noise" + data[5005:],
                "of another index": other.read_bytes(),
                "pickle": pickle.dumps(first),
            }[damage]
        )
    assert first == make_search_index([record("news/a/")], lang="en", tool=tool, cache=tmp_path / "search")
    assert ["is damaged; it is rebuilt"] == re.findall("is damaged; it is rebuilt", caplog.text)
    caplog.clear()
    assert first == make_search_index([record("news/a/")], lang="en", tool=tool, cache=tmp_path / "search")
    assert "" == caplog.text


def test_what_goes_wrong_is_told(tmp_path: Path):
    """The words of a program that fails are in the error."""
    tool = tmp_path / "tool"
    tool.write_text("#!/bin/sh\necho out of luck\nexit 3\n")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(PagefindError, match="out of luck"):
        make_search_index([record()], lang="en", tool=tool, cache=None)
    tool.chmod(0o644)
    with pytest.raises(PagefindError, match="ermission"):
        make_search_index([record()], lang="en", tool=tool, cache=None)
