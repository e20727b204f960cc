"""``news-digest check``: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.cli.main import main
from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site


@pytest.fixture
def site_of(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Return a site with settings, in whose folder the command runs."""
    site.settings()
    monkeypatch.chdir(site.root)
    return site


def test_clean_content_exits_with_zero(site_of: Site, capsys: pytest.CaptureFixture[str]):
    """Nothing is wrong: exit code 0, and the archive in numbers."""
    site_of.write("news/2026-05-01-a.md", front_matter(quality="80"))
    assert 0 == main(["check"])
    said = capsys.readouterr().out
    assert said.endswith("Clean: 0 errors, 0 warnings, 0 notes.\n")
    assert "items      1; 1 published" in said


@pytest.mark.parametrize(("expected", "options"), [(0, []), (1, ["--strict"])])
def test_notes_are_problems_when_strict(expected: int, options: list[str], site_of: Site):
    """A clean archive stays clean unless somebody asks for more."""
    site_of.write("news/2026-05-01-a.md", front_matter(excerpt='""', quality="80"))
    assert expected == main(["check", *options])


@pytest.mark.parametrize("form", ["text", "json", "github", "sarif"])
def test_problems_exit_with_one(form: str, site_of: Site, capsys: pytest.CaptureFixture[str]):
    """Whatever the form, the exit code is the same, and the problem stands in it with its path from here."""
    site_of.write("news/2026-05-01-a.md", front_matter(title=""))
    assert 1 == main(["check", "--format", form])
    said = capsys.readouterr().out
    assert "content/news/2026-05-01-a.md" in said
    assert "ND105" in said


def test_all_problems_are_said_in_one_pass(site_of: Site, capsys: pytest.CaptureFixture[str]):
    """In the order of file and line."""
    for name in ("c", "a", "b"):
        site_of.write(f"news/{name}.md", front_matter(title="", webUrl='"ftp://x.example/"', quality="80"))
    assert 1 == main(["check", "--format", "json"])
    found = [(d["path"], d["line"], d["code"]) for d in json.loads(capsys.readouterr().out)["diagnostics"]]
    assert [(f"content/news/{n}.md", line, code) for n in "abc" for line, code in ((1, "ND105"), (5, "ND108"))] == found


def test_check_writes_nothing(site_of: Site):
    """Neither output nor cache."""
    site_of.write("news/a.md", front_matter())
    before = sorted(site_of.root.rglob("*"))
    main(["check"])
    assert before == [path for path in sorted(site_of.root.rglob("*")) if "__pycache__" not in path.parts]


def test_another_content_folder(site_of: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """The folder on the command line is checked in place of PATH, and pictures are looked for in it."""
    other = tmp_path / "other"
    (other / "news").mkdir(parents=True)
    (other / "news" / "b.md").write_text(front_matter(title=""), encoding="utf-8")
    (other / "assets").mkdir()
    (other / "assets" / "i.png").write_bytes(b"x")
    (other / "providers").mkdir()
    record = "---\ndomain: a.example\nimages:\n  - url: /assets/i.png\n  - url: /assets/j.png\n---\n"
    (other / "providers" / "a.md").write_text(record, encoding="utf-8")
    assert 1 == main(["check", "--strict", str(other)])
    said = capsys.readouterr().out
    assert "other/news/b.md:1: ND105" in said
    assert "other/providers/a.md:1: ND424 images: not among the site's files: /assets/j.png\n" in said


@pytest.mark.parametrize(
    ("words", "settings"),
    [
        ("did you mean DIGEST_PAGES", {"DIGEST_PAGE": "all"}),
        ("Nowhere/Land", {"TIMEZONE": "Nowhere/Land"}),
        ("path containing the content", {"PATH": "elsewhere"}),
    ],
)
def test_what_cannot_be_run_exits_with_two(
    words: str, settings: dict[str, object], site_of: Site, capsys: pytest.CaptureFixture[str]
):
    """Settings that cannot be used are told apart from content that cannot."""
    site_of.settings(**settings)
    assert 2 == main(["check"])
    said = capsys.readouterr()
    assert words in said.err
    assert "" == said.out


def test_settings_that_are_not_there_or_not_python_exit_with_two(site_of: Site, capsys: pytest.CaptureFixture[str]):
    """The file is named."""
    assert 2 == main(["check", "-s", "missing.py"])
    assert "missing.py" in capsys.readouterr().err
    (site_of.root / "broken.py").write_text("SITENAME = \n", encoding="utf-8")
    assert 2 == main(["check", "-s", "broken.py"])
    assert "broken.py" in capsys.readouterr().err
