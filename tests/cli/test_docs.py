"""``news-digest docs``: what comes with the package can be read where one works."""

from __future__ import annotations

from pathlib import Path

import pytest

from pelican.plugins.news_digest.cli.docs import docs_path, find_pages, text_about
from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.errors import CODES
from tests.conftest import ROOT


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return what the command prints."""
    assert 0 == main(["docs", *words])
    return capsys.readouterr().out


def test_pages_are_listed_and_printed(capsys: pytest.CaptureFixture[str]):
    """By the names of their files, with what each is about."""
    assert "preview                   Preview with live reload\n" in told(capsys)
    assert (ROOT / "docs/how-to/preview.md").read_text("utf-8").rstrip("\n") + "\n" == told(capsys, "preview")
    assert told(capsys, "preview") == told(capsys, "docs/how-to/preview.md")


def test_every_page_has_a_name_of_its_own():
    """No page hides another one."""
    files = [
        path
        for path in docs_path().rglob("*.md")
        if path.parent.name in {"how-to", "reference", "explanation", "tutorial"}
    ]
    assert len(files) == len(find_pages(docs_path()))


def test_every_diagnostic_is_explained():
    """By its code."""
    pages = find_pages(docs_path())
    assert [] == [code for code, (_, meaning) in CODES.items() if meaning[:20] not in text_about(code, pages)]


def test_settings_are_explained(capsys: pytest.CaptureFixture[str]):
    """Their section of the reference, and no other one."""
    said = told(capsys, "digest_workers")
    assert "## DIGEST_WORKERS" in said
    assert 1 == said.count("## ")


def test_what_nothing_is_written_about_is_told(capsys: pytest.CaptureFixture[str]):
    """With the nearest page."""
    assert 2 == main(["docs", "preveiw"])
    assert "there is no documentation about 'preveiw'; did you mean preview?" in capsys.readouterr().err


def test_missing_documentation_is_told(tmp_path: Path):
    """As in a package that somebody made smaller."""
    with pytest.raises(Exception, match="no documentation found in"):
        find_pages(tmp_path)
