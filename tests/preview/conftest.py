"""A site that a preview serves."""

from __future__ import annotations

from pathlib import Path

import pytest

HEAD = "<html><head><title>x</title></head>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a built site beside a secret."""
    output = tmp_path / "output"
    for path, text in {
        "index.html": f"{HEAD}home", "404.html": f"{HEAD}lost", "news/a/index.html": "a", "x.css": "p{}",
        "feeds/all.atom.xml": "<feed/>", "topics/café/index.html": "coffee", "data.bin": "x" * 300_000,
    }.items():  # fmt: skip
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_text(text, encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (output / "way-out").symlink_to(tmp_path / "secret.txt")
    return output
