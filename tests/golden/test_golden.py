"""Every data file beside this one is a case: a news file, what it must become, and what must be said about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from pelican.plugins.news_digest.frontmatter.items.values import raw_of
from pelican.plugins.news_digest.frontmatter.reader import read_archive
from pelican.plugins.news_digest.frontmatter.yaml import yaml12

CASES = sorted(Path(__file__).parent.glob("*.yaml"))
KEYS = {"what", "name", "zone", "file", "expect", "diagnostics"}


def _like(actual: Any, expected: Any) -> Any:
    """Return *actual* without the keys that *expected* does not name."""
    if isinstance(expected, dict) and isinstance(actual, dict):
        return {key: _like(actual.get(key, "absent"), value) for key, value in expected.items()}
    if isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        return [_like(*pair) for pair in zip(actual, expected, strict=True)]
    return actual


def _whole(value: Any) -> Any:
    """Return *value* as JSON has it, with the fields that are as usual and would not be written."""
    if isinstance(value, msgspec.Struct):
        return {name: _whole(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, tuple):
        return [_whole(each) for each in value]
    return msgspec.json.decode(msgspec.json.encode(value))


@pytest.mark.parametrize("library", ["fast", "plain"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_golden_case(path: Path, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A news file becomes the item, and says the things, that its case lists, whichever library reads its YAML."""
    if library == "plain":
        monkeypatch.setattr(yaml12, "yaml_rs", None)
    elif yaml12.yaml_rs is None:
        pytest.skip("the fast library is not installed: the plain one is tested alone")
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert_complete(case)
    news = tmp_path / "news"
    news.mkdir()
    (news / case.get("name", "x.md")).write_bytes(case["file"].encode())
    archive = read_archive(tmp_path, timezone=case.get("zone", "UTC"))
    items = [{**_whole(item), "raw": raw_of(item)} for item in archive.items]
    expected = [] if case["expect"] is None else [case["expect"]]
    assert case["diagnostics"] == [str(diagnostic) for diagnostic in archive.diagnostics], case["what"]
    assert expected == _like(items, expected), case["what"]


def assert_complete(case: dict[str, Any]) -> None:
    """A case says in one sentence what it is about, and misspells no key of its own."""
    assert set() == set(case) - KEYS
    assert set() == {"what", "file", "expect", "diagnostics"} - set(case)
    assert case["what"].endswith(".")
    assert case["expect"] != {}
