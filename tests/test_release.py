"""A release is what its tag, its version and its changelog say, and one workflow publishes it."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from pelican.plugins.news_digest import __version__
from tests.conftest import ROOT
from tests.programs import load_program

GOOD = "# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-05-03\n\n- All.\n\n## 0.1.0 - 2026-01-02\n\n- First.\n"


def tool(name: str) -> ModuleType:
    """Return one of the programs in ``tools/``."""
    return load_program(ROOT / "tools" / f"{name}.py")


@pytest.mark.parametrize(
    ("expected", "tag", "changelog"),
    [
        ([], "v0.2.0", GOOD),
        (["the tag is 0.2.0, the package says 0.2.0: change __version__, or tag v0.2.0"], "0.2.0", GOOD),
        (["CHANGELOG.md has no heading '## 0.2.0 - YYYY-MM-DD'"], "v0.2.0", GOOD.replace("## 0.2.0 -", "## 0.2.0")),
        (["CHANGELOG.md still has lines under"], "v0.2.0", GOOD.replace("Unreleased\n", "Unreleased\n\n- More.\n")),
    ],
)
def test_tag_version_and_changelog_have_to_agree(expected: list[str], tag: str, changelog: str):
    """What is wrong is said before anything is built."""
    found = tool("check_release").problems(tag, version="0.2.0", changelog=changelog)
    assert len(expected) == len(found)
    assert all(said.startswith(start) for said, start in zip(found, expected, strict=True)), found


def test_catalogues_have_to_be_complete(tmp_path: Path):
    """A release shows no English among the words of another language."""
    header = 'msgid ""\nmsgstr ""\n"Language: eo\\n"\n'
    texts = '\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "{}"\nmsgstr[1] "{}"\n\nmsgid "e"\nmsgstr "{}"\n'
    (tmp_path / "messages.pot").write_text(header + texts.format("", "", ""), encoding="utf-8")
    for said, missing in ((("c", "d", "f"), 0), (("c", "", "f"), 1), (("c", "", ""), 2), ((), 2)):
        (tmp_path / "eo.po").write_text(header + (texts.format(*said) if said else ""), encoding="utf-8")
        expected = [f"eo.po lacks {missing} translations: complete it"] if missing else []
        assert expected == tool("check_release").untranslated(tmp_path)
    (tmp_path / "eo.po").write_text(header + texts.format("c", "d", "f"), encoding="utf-8")
    (tmp_path / "eo_UN.po").write_text(header + '\nmsgid "e"\nmsgstr "g"\n', encoding="utf-8")
    assert [] == tool("check_release").untranslated(tmp_path), "a region says what it says otherwise"


def test_version_is_found_without_importing_anything():
    """The tool reads what the build reads."""
    assert __version__ == tool("check_release").package_version()
    assert re.fullmatch(r"\d+\.\d+\.\d+(?:(?:a|b|rc|\.dev)\d+)?", __version__)


def jobs() -> dict[str, Any]:
    """Return the jobs of the release workflow."""
    found = yaml.safe_load((ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8"))
    return found["jobs"]


def test_only_a_tag_publishes_and_only_what_was_tried():
    """Build, then try on every Python that we say we support, then publish; by hand the last is left out."""
    found = jobs()
    assert ("build", "try") == (found["try"]["needs"], found["publish"]["needs"])
    assert "github.ref_type == 'tag'" == found["publish"]["if"]
    assert ["3.11", "3.12", "3.13", "3.14"] == found["try"]["strategy"]["matrix"]["python"]
    assert "python tools/try_wheel.py dist/*.whl" in [step.get("run") for step in found["try"]["steps"]]


def test_publishing_knows_no_password():
    """The index trusts the workflow in its environment; that job can do nothing else."""
    publish = jobs()["publish"]
    assert {"id-token": "write"} == publish["permissions"]
    assert "pypi" == publish["environment"]
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    assert "secrets." not in text
    assert "run" not in {key for step in publish["steps"] for key in step}
