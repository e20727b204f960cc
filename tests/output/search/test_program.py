"""Documents go to Pagefind and come back as what it made of them; what goes wrong is told."""

from __future__ import annotations

import stat
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from pelican.plugins.news_digest.output.search import program
from pelican.plugins.news_digest.output.search.document import search_document
from pelican.plugins.news_digest.output.search.program import PagefindError, find_pagefind, read_documents

from .records import needs_pagefind, record

ADDRESSES = ["news/a/", "about.html", "index.html", "a b/", "ü/京/", "%41/", "x?y=1&z#f", "../up/"]

ERROR = b64encode(b'{"payload":{"type":"Error","message":"no answer"}}').decode()


@pytest.fixture
def tool(tmp_path: Path) -> Path:
    """Return a program that gives up."""
    tool = tmp_path / "tool"
    tool.write_text("#!/bin/sh\necho out of luck\nexit 3\n")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    return tool


def test_what_goes_wrong_is_told(tool: Path):
    """The words of a program that fails are in the error; so is that it cannot be run."""
    with pytest.raises(PagefindError, match="out of luck"):
        read_documents({"a": "x" * 1_000_000}, lang="en", tool=tool)
    tool.write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises(PagefindError, match="exit code 3"):
        read_documents({"a": "x"}, lang="en", tool=tool)
    tool.chmod(0o644)
    with pytest.raises(PagefindError, match="ermission"):
        read_documents({"a": "x"}, lang="en", tool=tool)


@pytest.mark.parametrize(
    "answer", ["no answer", "eyJwYXlsb2FkIjp7InR5cGUiOiJFcnJvciIsIm1lc3NhZ2UiOiJubyBhbnN3ZXIifX0="]
)
def test_an_answer_that_is_none_is_told(answer: str, tool: Path):
    """An error in the program's own form, and anything else that it says."""
    tool.write_text(f"#!/bin/sh\nprintf '{','.join([answer] * 4)},'\nexec sleep 60\n")
    with pytest.raises(PagefindError, match="no answer"):
        read_documents({"a": "x"}, lang="en", tool=tool)


@pytest.mark.timeout(20)
def test_a_program_that_hangs_is_ended(tool: Path, monkeypatch: pytest.MonkeyPatch):
    """Nobody waits for ever."""
    tool.write_text("#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr(program, "TIMEOUT_S", 0.1)
    with pytest.raises(PagefindError, match="exit code"):
        read_documents({"a": "x"}, lang="en", tool=tool)


@needs_pagefind
def test_every_document_is_known_by_its_address():
    """However the address is written; one without a word in it has nothing to be found by."""
    tool = find_pagefind()
    assert tool is not None
    documents = {address: search_document(record(address), lang="en") for address in ADDRESSES}
    documents["empty/"] = search_document(record("empty/", title="…", text="", words=""), lang="en")
    readings, files = read_documents(documents, lang="en", tool=tool)
    assert [*ADDRESSES, "empty/"] == list(readings)
    assert ["empty/"] == [address for address, reading in readings.items() if not reading.fragment]
    assert "pagefind.js" in files
    assert not [name for name in files if "ui" in name or "/" in name]


@needs_pagefind
def test_a_document_is_read_alone_as_among_others():
    """So it does not matter which ones have changed with it."""
    tool = find_pagefind()
    assert tool is not None
    records = [record(f"news/{n}/", title=f"C++ No {n} naïve", text=f"<h2>{n}</h2><p>words Words") for n in range(3)]
    documents = {each.address: search_document(each, lang="en") for each in records}
    together, _ = read_documents(documents, lang="en", tool=tool)
    alone = {a: read_documents({a: d}, lang="en", tool=tool)[0][a] for a, d in documents.items()}
    assert {a: (r.fragment, r.length) for a, r in together.items()} == {
        a: (r.fragment, r.length) for a, r in alone.items()
    }
    assert together == alone


def test_the_program_is_the_one_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """``PAGEFIND_BINARY_PATH`` names it; else a package brings it, or it is on ``PATH``, or there is none."""
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/opt/other")
    assert Path("/opt/other") == find_pagefind()
    monkeypatch.delenv("PAGEFIND_BINARY_PATH")
    for package in ("pagefind_bin_extended", "pagefind_bin"):
        monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_pagefind() is None
    program = tmp_path / "pagefind"
    program.touch(mode=0o755)
    assert program == find_pagefind()
