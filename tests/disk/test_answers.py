"""What a build worked out is used again while all that it follows from is the same, and never else."""

from __future__ import annotations

from pathlib import Path

import pytest

from pelican.plugins.news_digest.disk import sealed
from pelican.plugins.news_digest.disk.sealed import Answers

Found = dict[str, tuple[str, ...]]


class Work:
    """Something that takes long, and how often it was done."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self) -> Found:
        """Do it."""
        self.done += 1
        return {"a": (f"answer {self.done}",)}


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """Return what a build has worked out and kept in the folder ``cache``."""
    made = Work()
    assert {"a": ("answer 1",)} == Answers(tmp_path / "cache").of("like", b"mark", made, Found)
    return made


def test_an_answer_is_known_to_the_next_build(tmp_path: Path, work: Work):
    """It comes back equal, in the types that it had."""
    assert {"a": ("answer 1",)} == Answers(tmp_path / "cache").of("like", b"mark", work, Found)
    assert 1 == work.done


@pytest.mark.parametrize("name", ["like", "other"])
def test_anything_else_is_worked_out(tmp_path: Path, work: Work, name: str):
    """Whatever follows from something else, or is called something else; then that is known."""
    for _ in range(2):
        assert {"a": ("answer 2",)} == Answers(tmp_path / "cache").of(name, b"another mark", work, Found)


def test_other_code_may_answer_otherwise(tmp_path: Path, work: Work, monkeypatch: pytest.MonkeyPatch):
    """What another version worked out is of no use."""
    monkeypatch.setattr(sealed, "code_key", lambda: b"another version")
    assert {"a": ("answer 2",)} == Answers(tmp_path / "cache").of("like", b"mark", work, Found)


@pytest.mark.parametrize("is_list", [True, False])
def test_what_is_no_answer_is_worked_out_again(
    tmp_path: Path, work: Work, caplog: pytest.LogCaptureFixture, *, is_list: bool
):
    """A file that is damaged, or holds something else than is asked for; it is said once."""
    if not is_list:
        (tmp_path / "cache" / "like.msgpack").write_bytes(b"damaged")
    kind = list[int] if is_list else Found
    Answers(tmp_path / "cache").of("like", b"mark", work, kind)
    assert 2 == work.done
    assert 1 == len(caplog.records)


def test_without_a_cache_nothing_is_kept(tmp_path: Path, work: Work):
    """Each build works it out."""
    for number in (2, 3):
        assert {"a": (f"answer {number}",)} == Answers().of("like", b"mark", work, Found)
    assert ["like.msgpack"] == [path.name for path in (tmp_path / "cache").iterdir()]


def test_an_answer_that_cannot_be_kept_is_given_all_the_same(tmp_path: Path):
    """Where the cache's folder is a file, say."""
    (tmp_path / "cache").write_text("")
    assert {"a": ("answer 1",)} == Answers(tmp_path / "cache").of("like", b"mark", Work(), Found)
