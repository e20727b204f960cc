"""Which program this is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pelican.plugins.news_digest import code

PACKAGE = Path(code.__file__).resolve().parent


@pytest.mark.parametrize(
    "module", ["model.py", "frontmatter/items/convert.py", "frontmatter/yaml/yaml12.py", "text/dates.py"]
)
def test_other_code_is_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str):
    """However deep in the package it lies."""
    copy = shutil.copytree(PACKAGE, tmp_path / "package", ignore=lambda *_: {"__pycache__", "fonts"})
    monkeypatch.setattr(code, "_PACKAGE", copy)
    make = code.code_key.__wrapped__
    before = make()
    assert before == make()
    with (copy / module).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert before != make()


def test_another_release_of_a_library_is_another_program(monkeypatch: pytest.MonkeyPatch):
    """What reads and what renders is of the libraries' making as well."""
    before = code.code_key.__wrapped__()
    monkeypatch.setattr(code, "version", lambda name: "99" if name == "PyYAML" else "1")
    assert before != code.code_key.__wrapped__()
