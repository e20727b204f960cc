"""Words go to Pagefind and come back as what it makes of them; what goes wrong is told."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from pelican.plugins.news_digest.output.search import program
from pelican.plugins.news_digest.output.search.program import PagefindError, ask_for_words, find_pagefind

from .records import needs_pagefind


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
        ask_for_words(["x" * 1_000_000], lang="en", tool=tool)
    tool.write_text("#!/bin/sh\nexit 3\n")
    with pytest.raises(PagefindError, match="exit code 3"):
        ask_for_words(["x"], lang="en", tool=tool)
    tool.chmod(0o644)
    with pytest.raises(PagefindError, match="ermission"):
        ask_for_words(["x"], lang="en", tool=tool)


@pytest.mark.parametrize(
    "answer", ["no answer", "eyJwYXlsb2FkIjp7InR5cGUiOiJFcnJvciIsIm1lc3NhZ2UiOiJubyBhbnN3ZXIifX0="]
)
def test_an_answer_that_is_none_is_told(answer: str, tool: Path):
    """An error in the program's own form, and anything else that it says."""
    tool.write_text(f"#!/bin/sh\nprintf '{','.join([answer] * 3)},'\nexec sleep 60\n")
    with pytest.raises(PagefindError, match="no answer"):
        ask_for_words(["x"], lang="en", tool=tool)


@pytest.mark.timeout(20)
def test_a_program_that_hangs_is_ended(tool: Path, monkeypatch: pytest.MonkeyPatch):
    """Nobody waits for ever."""
    tool.write_text("#!/bin/sh\nexec sleep 60\n")
    monkeypatch.setattr(program, "TIMEOUT_S", 0.1)
    with pytest.raises(PagefindError, match="exit code"):
        ask_for_words(["x"], lang="en", tool=tool)


@needs_pagefind
def test_words_are_what_they_are_alone():
    """So it does not matter which others are asked for; one that nothing is found by is shown all the same."""
    tool = find_pagefind()
    assert tool is not None
    words = ["Trams", "naïve", "C++", "—", "NewZoo", "3.5%", "😀", "東京都", "&lt;", "<b>", "a", "x" * 300]
    together, files = ask_for_words(words, lang="en", tool=tool)
    assert {word: ask_for_words([word], lang="en", tool=tool)[0][word] for word in words} == together
    assert words == [together[word].shown for word in words]
    assert (((("tram", 1),),), ("tram",)) == together["Trams"][1:]
    assert (((),), ()) == together["—"][1:]
    assert {("newzoo", 1), ("new", 2), ("zoo", 2)} == {*together["NewZoo"].places[0]}
    assert "pagefind.js" in files
    assert not [name for name in files if "ui" in name or "/" in name]


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
