"""What a ranking keeps serves the next one, and nothing else: without it only time is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from pelican.plugins.news_digest.newsdesk.ranking import kept
from pelican.plugins.news_digest.newsdesk.ranking.kept import NAME, load_kept, save_kept
from pelican.plugins.news_digest.newsdesk.stories.grouping import Day, DayWords, Kept

FOUND = Kept({20_000: Day(b"print", b"\0" * 12)}, {20_000: DayWords(b"own", ["night ferry\n\n"])})


def test_what_is_kept_is_found_again(tmp_path: Path):
    """As it was."""
    save_kept(tmp_path, FOUND)
    assert load_kept(tmp_path) == FOUND


def test_what_other_code_found_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Another version may find other pairs."""
    save_kept(tmp_path, FOUND)
    monkeypatch.setattr(kept, "code_key", lambda: b"other")
    assert load_kept(tmp_path) == Kept()


@pytest.mark.parametrize("damage", [b"", b"not ours", None])
def test_a_damaged_file_is_begun_anew(tmp_path: Path, damage: bytes | None):
    """And so is one of which the end is missing."""
    save_kept(tmp_path, FOUND)
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes()[:-1] if damage is None else damage)
    assert load_kept(tmp_path) == Kept()
    assert not path.exists()


def test_without_a_cache_nothing_is_kept(tmp_path: Path):
    """Nor where the folder cannot be written, which stops nothing."""
    save_kept(None, FOUND)
    assert load_kept(None) == Kept()
    (tmp_path / "file").touch()
    save_kept(tmp_path / "file", FOUND)
    assert load_kept(tmp_path / "none") == Kept()
