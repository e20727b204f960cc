"""What the benchmark says of the Python that builds, and how it tells several of them apart."""

from __future__ import annotations

import platform
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what imports a module of ``benchmarks/``."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    monkeypatch.delitem(sys.modules, "run", raising=False)
    return import_module


@pytest.mark.parametrize(
    ("flags", "told", "expected"),
    [
        ("'--enable-optimizations' '--with-lto'", [], True),
        ("-O3 -fprofile-use -fprofile-correction", [], True),
        ("-O3", ["GNU C11 12.2.0 -O3 -fprofile-use -fprofile-correction", "GNU C11 12.2.0 -O3"], True),
        ("'--enable-shared' -O3", ["GNU C11 12.2.0 -g -O3"], False),
        ("'--enable-shared' -O2", [], None),
    ],
)
def test_profiles_are_denied_only_where_that_is_certain(load: Any, flags: str, told: list[str], expected: bool | None):
    """A Python without them whose compiler left no word may have been optimised all the same, as Debian's is."""
    assert load("interpreter").has_profiles(flags, told) is expected


def test_interpreter_is_named(load: Any):
    """By its kind and version; a venv's Python stays the venv's."""
    found = load("interpreter").look_at(sys.executable)
    assert found.name.startswith(f"{platform.python_implementation()} {platform.python_version()}")
    assert found.path == sys.executable


def test_what_is_no_python_is_refused(load: Any, tmp_path: Path):
    """Before anything is built."""
    with pytest.raises(ValueError, match="is no Python that answers"):
        load("interpreter").look_at(str(tmp_path / "python"))


def test_python_with_another_checkout_is_refused(load: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """It would measure other code than what stands here."""
    monkeypatch.setattr(load("interpreter"), "ROOT", tmp_path)
    with pytest.raises(ValueError, match="install this checkout there"):
        load("interpreter").look_at(sys.executable)


def test_each_python_follows_our_own_rows(load: Any, tmp_path: Path):
    """Bare and as it comes, beside the first; others' programs are built once."""
    python = load("interpreter").Interpreter("/opt/python", "CPython 3.14.0")
    peers = load("run").line_up(["us", "hugo", "us-whole"], [python], folder=tmp_path)
    assert ["us", "us@CPython 3.14.0", "hugo", "us-whole", "us-whole@CPython 3.14.0"] == [peer.name for peer in peers]
    assert len({peer.folder for peer in peers}) == len(peers)


def test_row_of_another_python_is_named_and_compared(load: Any):
    """With the program that the same product is compared with."""
    report, usage = load("report"), load("peer").Usage
    walls = {"us-whole": 9.0, "us-whole@CPython 3.14.0": 6.0, "hugo-pagefind": 12.0}
    found = report.SetResults(
        "1k",
        1000,
        1,
        1,
        "one machine",
        {peer: {"html": 1} for peer in walls},
        [report.Result(peer, "cold", [usage(wall, wall, 1.0)]) for peer, wall in walls.items()],
    )
    rows = report.make_report([found])
    assert "| News Digest as it comes | 9.00 s (9.00–9.00) | 0.75 |" in rows
    assert "| News Digest as it comes, CPython 3.14.0 | 6.00 s (6.00–6.00) | 0.50 |" in rows
