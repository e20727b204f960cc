"""A report as programs read it: JSON, GitHub's annotations, SARIF. For people there is :mod:`.prose`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import msgspec

from ..errors import CODES, Diagnostic, Severity, printable_path
from ..package import __version__

if TYPE_CHECKING:
    from .report import CheckReport, Strictness

SARIF_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
FORMAT_VERSION: Final = 1
_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def json_text(report: CheckReport, *, strictness: Strictness, folder: str) -> str:
    """Return *report* as one JSON object; its paths begin with *folder*, which is ``""`` or ends in ``/``."""
    is_clean = not report.problems(strictness)
    return json_of(report.diagnostics, is_clean=is_clean, summary=report.summary, folder=folder)


def json_of(diagnostics: Sequence[Diagnostic], *, is_clean: bool, summary: object, folder: str = "") -> str:
    """Return the JSON object in which every command says *diagnostics*.

    Args:
        is_clean: Whether the command's exit code is 0.
        folder: What paths begin with; ``""``, or it ends in ``/``.
    """
    value = {
        "version": FORMAT_VERSION,
        "clean": is_clean,
        "counts": {severity.value: sum(d.severity is severity for d in diagnostics) for severity in Severity},
        "diagnostics": [
            {
                "path": folder + diagnostic.path,
                "line": diagnostic.line,
                "code": diagnostic.code,
                "message": diagnostic.message,
                "hint": diagnostic.hint,
                "severity": diagnostic.severity,
            }
            for diagnostic in diagnostics
        ],
        "summary": summary,
    }
    return _indented(value)


def github_text(report: CheckReport, *, strictness: Strictness, folder: str) -> str:
    """Return the problems of *report* as workflow commands, which GitHub shows beside the lines they are about."""
    return "".join(f"{_placed(diagnostic, folder)}\n" for diagnostic in report.problems(strictness))


def _placed(diagnostic: Diagnostic, folder: str) -> str:
    where = f"file={_property(printable_path(folder + diagnostic.path))},"
    where += f"line={diagnostic.line}," if diagnostic.line else ""
    return annotation(diagnostic, "\n".join(filter(None, (diagnostic.message, diagnostic.hint))), where=where)


def annotation(diagnostic: Diagnostic, text: str, *, where: str = "") -> str:
    """Return the workflow command that says *text* of *diagnostic*; *where* is ``""``, or ends in a comma."""
    return f"::{_COMMANDS[diagnostic.severity]} {where}title={diagnostic.code}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def sarif_text(report: CheckReport, *, folder: str) -> str:
    """Return *report* as a SARIF 2.1.0 log, notes included."""
    used = sorted({diagnostic.code for diagnostic in report.diagnostics})
    rules = [
        {
            "id": code,
            "shortDescription": {"text": f"{CODES[code][1]}."},
            "defaultConfiguration": {"level": CODES[code][0].value},
        }
        for code in used
    ]
    driver = {"name": "news-digest", "version": __version__, "rules": rules}
    positions = {code: position for position, code in enumerate(used)}
    results = [_result(diagnostic, positions[diagnostic.code], folder) for diagnostic in report.diagnostics]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _indented({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(diagnostic: Diagnostic, rule: int, folder: str) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(folder + diagnostic.path, errors="surrogateescape")}}
    if diagnostic.line:
        place["region"] = {"startLine": diagnostic.line}
    advice = f" → {diagnostic.hint}" if diagnostic.hint else ""
    return {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": diagnostic.severity.value,
        "message": {"text": diagnostic.message + advice},
        "locations": [{"physicalLocation": place}],
    }


def _indented(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"
