"""Each plugin does beside us what it does without us, and what it does not write anew stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.beside.matrix import judge
from tests.beside.others import OTHERS, kept, plain, python_of, versions
from tests.beside.rows import ROWS, Row

KEPT = kept()


def test_what_is_installed_is_tried():
    """The group of ``pyproject.toml`` holds twelve plugins or more, and each has a row."""
    assert set() == KEPT.keys() - {plain(row.name) for row in ROWS}
    assert len(KEPT) >= 12


@pytest.mark.slow
@pytest.mark.parametrize("row", [row for row in ROWS if plain(row.name) in KEPT], ids=lambda row: row.name)
def test_beside_us_as_without_us(row: Row, tmp_path: Path):
    """It ends with exit 0, its effect is seen, and the second build touches only what it writes anew."""
    if plain(row.name) not in versions(OTHERS):
        pytest.skip(f"{row.name} is not installed in {OTHERS.name}: `make tests` does that")
    verdicts = judge(row, tmp_path, python=python_of(OTHERS))
    assert {} == {verdict.set_up: verdict.problems for verdict in verdicts if verdict.problems}
