"""A file of parts is read one part at a time, and believed only as far as its seals go."""

from __future__ import annotations

from pathlib import Path

import pytest

from pelican.plugins.news_digest.disk.sealed import read_packed_parts, write_parts

PARTS = [b"first", b"second, longer", b"third"]


def read(path: Path, kind: str = "kind") -> list[bytes] | None:
    """Return all parts of *path*; None: it is none of ours, or damaged."""
    return read_packed_parts(path, list, kind=kind, what="a file")


@pytest.mark.parametrize("parts", [[], PARTS, [b"\0" * 100_000]])
def test_parts_come_back_in_order(tmp_path: Path, parts: list[bytes]):
    """They are what was written, none of them joined or cut."""
    write_parts(tmp_path / "a", parts, kind="kind")
    assert read(tmp_path / "a") == parts


def test_any_damage_is_seen(tmp_path: Path):
    """A byte that is another, a file that is cut anywhere, bytes behind the end, parts in another order."""
    path = tmp_path / "a"
    write_parts(path, PARTS, kind="kind")
    whole = path.read_bytes()
    flipped = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(len(whole))]
    cut = [whole[:at] for at in range(len(whole))]
    head = 24  # a seal and a length
    first, second = head + len(PARTS[0]), head + len(PARTS[1])
    moved = whole[first : first + second] + whole[:first] + whole[first + second :]
    for data in (*flipped, *cut, whole + b"\0", whole + whole, moved):
        path.write_bytes(data)
        assert read(path) is None
        assert not path.exists()


def test_other_kind_is_not_taken_for_it(tmp_path: Path):
    """A file of the cache that was renamed is of no use."""
    write_parts(tmp_path / "a", PARTS, kind="other")
    assert read(tmp_path / "a") is None


def test_parts_are_not_read_before_they_are_asked_for(tmp_path: Path):
    """Whoever sees at the first part that the rest is of no use leaves it: damage there is none of its concern."""
    path = tmp_path / "a"
    write_parts(path, PARTS, kind="kind")
    path.write_bytes(path.read_bytes()[:-1])
    assert PARTS[0] == read_packed_parts(path, next, kind="kind", what="a file")
