"""A report in each form that programs read, and in the one for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pelican.plugins.news_digest.checks.formats import github_text, json_text, sarif_text
from pelican.plugins.news_digest.checks.prose import prose_text
from pelican.plugins.news_digest.checks.report import CheckReport, Strictness
from tests.builders import front_matter
from tests.checks.archives import report_of

FILES = {
    "news/a.md": front_matter(webUrl='"javascript:alert(1)"', excerpt='"100%, cut: off,"', quality="80"),
    "news/b.md": front_matter(title=""),
}


@pytest.fixture
def report(tmp_path: Path) -> CheckReport:
    """Return a report with an error, a warning and notes."""
    return report_of(tmp_path, FILES)


def test_json(report: CheckReport):
    """One object with everything in it, in order, and whether it is clean."""
    found = json.loads(json_text(report, strictness=Strictness.USUAL, folder="content/"))
    assert (1, False, {"error": 1, "warning": 1, "note": 1}) == (found["version"], found["clean"], found["counts"])
    assert [
        ("content/news/a.md", 4, "ND608"),
        ("content/news/a.md", 6, "ND108"),
        ("content/news/b.md", 1, "ND105"),
    ] == [(d["path"], d["line"], d["code"]) for d in found["diagnostics"]]
    assert {"path", "line", "code", "message", "hint", "severity"} == found["diagnostics"][0].keys()
    assert (2, 1) == (found["summary"]["files"], found["summary"]["items"])


def test_github_annotations(report: CheckReport):
    """One command a problem; colons, commas and per cent signs do not end it early."""
    usual = github_text(report, strictness=Strictness.USUAL, folder="content/").splitlines()
    assert [
        (
            "::warning file=content/news/a.md,line=6,title=ND108::webUrl: 'javascript:alert(1)' is not an http or https"
            " URL%0Agive the full https URL"
        ),
        "::error file=content/news/b.md,line=1,title=ND105::title: missing or empty%0Agive it a headline",
    ] == usual
    strict = github_text(report, strictness=Strictness.STRICT, folder="").splitlines()
    assert "::notice file=news/a.md,line=4,title=ND608::excerpt: cut off after ','" == strict[0]


def test_github_annotations_of_odd_names(tmp_path: Path):
    """A file's name cannot end the command or begin another one."""
    report = report_of(tmp_path, {"news/a,line=9::b\n::error::.md": front_matter(title="")})
    (line,) = github_text(report, strictness=Strictness.USUAL, folder="").splitlines()[:1]
    assert line.startswith("::warning file=news/a%2Cline=9%3A%3Ab\\n%3A%3Aerror%3A%3A.md,title=ND113::")


def required(value: dict[str, Any], *names: str) -> bool:
    """Return whether a SARIF object has what the standard requires of it."""
    return set(names) <= value.keys()


def test_sarif(report: CheckReport):
    """What SARIF 2.1.0 requires is there, and each result points to its rule, file and line."""
    log = json.loads(sarif_text(report, folder="content/"))
    assert "2.1.0" == log["version"]
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert required(run["tool"]["driver"], "name")
    assert all(required(rule, "id") for rule in rules)
    assert ["note", "warning", "error"] == [result["level"] for result in run["results"]]
    for result in run["results"]:
        assert required(result["message"], "text")
        assert result["ruleId"] == rules[result["ruleIndex"]]["id"]
    place = run["results"][1]["locations"][0]["physicalLocation"]
    assert {"artifactLocation": {"uri": "content/news/a.md"}, "region": {"startLine": 6}} == place


def test_sarif_of_odd_names(tmp_path: Path):
    """Addresses of files are encoded as addresses are."""
    log = json.loads(sarif_text(report_of(tmp_path, {"news/a b%é.md": front_matter(title="")}), folder=""))
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in log["runs"][0]["results"]}
    assert {"news/a%20b%25%C3%A9.md"} == uris


def test_prose(report: CheckReport):
    """Problems first, then notes by kind, the numbers, and the verdict on the last line."""
    text = prose_text(report, strictness=Strictness.USUAL, folder="content/")
    problems, notes, archive, verdict = text.split("\n\n")
    assert ["content/news/a.md:6: ND108", "content/news/b.md:1: ND105"] == [
        " ".join(line.split()[:2]) for line in problems.splitlines()
    ]
    assert "ND608       1  an excerpt is cut off" in notes
    assert "content/news/a.md:4: excerpt: cut off after ','" in notes
    assert "items      1; 1 published" in archive
    assert "2 problems: 1 error, 1 warning, 1 note." == verdict


def test_strict_prose_lists_notes(report: CheckReport):
    """With --strict a note is a problem like any other."""
    text = prose_text(report, strictness=Strictness.STRICT, folder="")
    assert "news/a.md:4: ND608 excerpt: cut off after ','" in text
    assert "Notes, which" not in text
    assert "3 problems" in text


def test_prose_of_nothing(tmp_path: Path):
    """An empty folder is clean, and says so."""
    text = prose_text(report_of(tmp_path, {}), strictness=Strictness.STRICT, folder="")
    assert text.endswith("Clean: 0 errors, 0 warnings, 0 notes.")
    assert "items      0" in text
