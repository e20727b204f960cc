"""What went wrong, in words: the place to look at first, and nothing that steers a terminal."""

from __future__ import annotations

import logging
from concurrent.futures.process import _RemoteTraceback
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from pelican.plugins.news_digest.errors import SettingError, diagnose
from pelican.plugins.news_digest.preview.problems import (
    MAX_SOURCE_CHARS,
    Places,
    Problem,
    of_diagnostics,
    of_exception,
    of_record,
)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return the places of a site in a folder of its own."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.md").write_text(f"---\n  \ttitle: {'x' * 500}\nsecured: abc\n---\n", encoding="utf-8")
    (tmp_path / "pelicanconf.py").write_text('A = 1\nDIGEST_PAGES = "al"\n', encoding="utf-8")
    return Places(
        here=str(tmp_path),
        settings=str(tmp_path / "pelicanconf.py"),
        content=str(content),
        folders=(str(tmp_path),),
    )


def test_text_is_the_form_that_editors_make_clickable():
    """``path:line: NAME message → hint``, and less where less is known."""
    assert "a.md:3: ND1 no → do" == str(Problem(path="a.md", line=3, name="ND1", message="no", hint="do"))
    assert "a.md: ND1 no" == str(Problem(path="a.md", name="ND1", message="no"))
    assert "ND1 no" == str(Problem(name="ND1", message="no"))


def test_errors_become_problems_and_nothing_else_does(places: Places):
    """A warning keeps nothing from being shown; paths are said from where the preview was started."""
    given = [diagnose("ND104", "no date", path="a.md", line=2, hint="x"), diagnose("ND108", "no link", path="a.md")]
    (problem,) = of_diagnostics(given, places=places)
    assert ("content/a.md", 2, "ND104", "no date", "x") == (
        problem.path, problem.line, problem.name, problem.message, problem.hint,
    )  # fmt: skip


def test_source_is_shown_with_its_neighbours(places: Places):
    """Cut where it is long, and without what is secret."""
    (problem,) = of_diagnostics([diagnose("ND104", "x", path="a.md", line=2)], places=places)
    assert [1, 2, 3] == [line.number for line in problem.source]
    assert problem.source[1].text.startswith("    title: xxx")
    assert MAX_SOURCE_CHARS == len(problem.source[1].text)
    assert "secured: …" == problem.source[2].text


@pytest.mark.parametrize("path", ["gone.md", "\0", "a" * 5000])
def test_file_that_cannot_be_read_has_no_source(places: Places, path: str):
    """It may be gone already."""
    (problem,) = of_diagnostics([diagnose("ND104", "x", path=path, line=2)], places=places)
    assert () == problem.source


def test_settings_are_found_by_their_names(places: Places):
    """Each sentence is a problem of its own, at the line that sets it."""
    error = SettingError(["DIGEST_PAGES must be one of …", "DIGEST_OTHER is not a setting"])
    assert [("pelicanconf.py", 2), ("pelicanconf.py", 0)] == [
        (problem.path, problem.line) for problem in of_exception(error, places=places)
    ]


def test_last_place_that_can_be_edited_is_shown(places: Places, tmp_path: Path):
    """Not the library that raised, but what called it."""
    code = tmp_path / "mine.py"
    code.write_text("import json\n\ndef go():\n    json.loads('{')\n", encoding="utf-8")
    scope: dict[str, object] = {}
    exec(compile(code.read_text(encoding="utf-8"), str(code), "exec"), scope)  # noqa: S102 - a plugin of a site
    with pytest.raises(ValueError, match="Expecting") as raised:
        scope["go"]()
    (problem,) = of_exception(raised.value, places=places)
    assert ("mine.py", 4, "JSONDecodeError") == (problem.path, problem.line, problem.name)


def test_place_in_another_process_is_read_from_its_text(places: Places, tmp_path: Path):
    """A page that a worker rendered has a traceback in words only."""
    error = UndefinedError("'x' is undefined")
    error.__cause__ = _RemoteTraceback(
        f'Traceback:\n  File "/usr/lib/pool.py", line 3, in f\n  File "{tmp_path}/theme/a.html", line 7, in top\n'
    )
    (problem,) = of_exception(error, places=places)
    assert ("theme/a.html", 7) == (problem.path, problem.line)


def test_message_is_one_line_that_steers_nothing(places: Places):
    """What a file says ends in a terminal."""
    (problem,) = of_exception(ValueError("a\nb\x1b[31m" + "c" * 1000), places=places)
    assert problem.message.isprintable()
    assert len(problem.message) < 500


def test_log_record_names_the_file_that_it_is_about(places: Places):
    """Pelican gives it as an argument, relative to the content."""
    record = logging.LogRecord("pelican", logging.ERROR, "x", 1, "Could not process %s\n%s", ("a.md", "why"), None)
    problem = of_record(record, places=places)
    assert ("content/a.md", "Error", "Could not process a.md why") == (problem.path, problem.name, problem.message)
    odd = logging.LogRecord("pelican", logging.ERROR, "x", 1, "no %s", ("\0" * 9000,), None)
    assert "" == of_record(odd, places=places).path
