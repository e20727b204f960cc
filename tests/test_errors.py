"""Diagnostics have one form, stable codes, and severities that mean something."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest

from pelican.plugins.news_digest.errors import (
    CODES,
    ContentError,
    Diagnostic,
    DigestError,
    DuplicateSlugError,
    OutputError,
    SettingError,
    Severity,
    TemplateError,
    UnsafePathError,
    diagnose,
    nearest,
)

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "plugins" / "pelican" / "plugins" / "news_digest"
CODE = re.compile(r"\bND\d{3}\b")


def codes_in(folder: Path, *endings: str, without: str) -> set[str]:
    """Return every code that files below *folder* speak of, one file left out."""
    paths = (path for path in folder.rglob("*") if path.suffix in endings and path.name != without)
    return {code for path in paths for code in CODE.findall(path.read_text(encoding="utf-8"))}


def test_the_package_uses_no_code_that_is_not_declared() -> None:
    """Every code in the source has a severity and a meaning."""
    assert set() == codes_in(PACKAGE, ".py", without="errors.py") - set(CODES)


def test_every_declared_code_is_used() -> None:
    """No code is declared that nothing can say."""
    assert set() == set(CODES) - codes_in(PACKAGE, ".py", without="errors.py")


def test_every_code_has_a_test() -> None:
    """Each code stands in the exact diagnostics of a golden case, or in a test."""
    assert set() == set(CODES) - codes_in(TESTS, ".py", ".yaml", without=Path(__file__).name)


def test_every_code_is_in_the_reference() -> None:
    """The page that explains the codes explains all of them and no others."""
    page = (TESTS.parent / "docs" / "reference" / "diagnostics.md").read_text(encoding="utf-8")
    assert set(CODES) == set(CODE.findall(page))


@pytest.mark.parametrize(
    ("expected", "line", "hint"),
    [
        ("news/x.md:5: ND104 date: bad → mend it", 5, "mend it"),
        ("news/x.md: ND104 date: bad → mend it", 0, "mend it"),
        ("news/x.md:5: ND104 date: bad", 5, ""),
    ],
)
def test_a_diagnostic_reads_as_path_line_code_message_hint(expected: str, line: int, hint: str) -> None:
    """The form is the one that editors and terminals make clickable; what is absent leaves no trace."""
    assert expected == str(diagnose("ND104", "date: bad", path="news/x.md", line=line, hint=hint))


def test_severity_follows_from_the_code() -> None:
    """A code is an error, a warning or a note, always the same."""
    assert {code: severity for code, (severity, _) in CODES.items()} == {
        code: diagnose(code, "m", path="p").severity for code in CODES
    }


def test_what_leaves_a_file_out_is_an_error() -> None:
    """Codes of files that cannot be used are errors."""
    assert {Severity.ERROR} == {CODES[code][0] for code in ("ND101", "ND102", "ND103", "ND104", "ND105", "ND106")}


def test_an_unknown_code_is_a_bug_of_ours() -> None:
    """No diagnostic is made with a code that nobody declared."""
    with pytest.raises(KeyError):
        diagnose("ND999", "m", path="p")


def test_diagnostics_sort_by_path_then_line() -> None:
    """A report goes through the files from top to bottom, whatever order the problems were found in."""
    found = [
        Diagnostic(path="b", line=1, code="ND101", message="m"),
        Diagnostic(path="a", line=10, code="ND101", message="m"),
        Diagnostic(path="a", line=9, code="ND123", message="m", severity=Severity.NOTE),
        Diagnostic(path="a", line=9, code="ND104", message="m", severity=Severity.ERROR),
    ]
    expected = [("a", 9, "ND104"), ("a", 9, "ND123"), ("a", 10, "ND101"), ("b", 1, "ND101")]
    assert expected == [(d.path, d.line, d.code) for d in sorted(found)]


def test_exceptions_carry_what_they_are_about() -> None:
    """What a program needs is an attribute, and the text says it as well."""
    diagnostic = diagnose("ND102", "not UTF-8", path="news/x.md", line=3)
    errors = [ContentError(diagnostic), SettingError(["a", "b"]), UnsafePathError("../x"), DuplicateSlugError("s")]
    assert [diagnostic, ("a", "b"), "../x", "s"] == [
        errors[0].diagnostic,
        errors[1].problems,
        errors[2].save_as,
        errors[3].slug,
    ]
    assert [str(error) for error in errors[:2]] == ["news/x.md:3: ND102 not UTF-8", "settings: a; b"]
    assert "'../x'" in str(errors[2])
    assert "'s'" in str(errors[3])
    assert all(isinstance(error, DigestError) for error in errors)


@pytest.mark.parametrize(
    ("expected", "name"), [("published", "publishd"), ("heat", "haet"), ("", "xyzzy"), ("", ""), ("heat", "heat")]
)
def test_the_nearest_name_is_close_or_none(expected: str, name: str) -> None:
    """A suggestion is made only when it is likely to be meant."""
    assert expected == nearest(name, ["published", "heat", "quality"])


@pytest.mark.parametrize(
    "error",
    [
        ContentError(diagnose("ND101", "is no text", path="news/a.md", line=3)),
        SettingError(text for text in ("A is no number", "B is no path")),
        UnsafePathError("../theme/digest.css"),
        OutputError("output/a.html", "No space left on device"),
        OutputError(path="output/a.html", reason="No space left on device"),
        TemplateError("theme/a.html", 3, "UndefinedError", "'x' is undefined", hint="define it"),
        DuplicateSlugError("lamps"),
    ],
)
def test_an_error_from_another_process_is_the_same_error(error: DigestError) -> None:
    """Its text is there once, and what it carries, however often it crosses."""
    found = error
    for _ in range(2):
        found = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
    assert (type(error), str(error)) == (type(found), str(found))
    assert vars(error) == vars(found)
