"""Each plugin does beside us what it does without us, and what it does not write anew stays as it was."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import pytest

from tests.beside.matrix import judge
from tests.beside.rows import ROWS, Row

if TYPE_CHECKING:
    from pathlib import Path


def is_here(distribution: str) -> bool:
    """Whether *distribution* is installed."""
    try:
        return bool(version(distribution))
    except PackageNotFoundError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_beside_us_as_without_us(row: Row, tmp_path: Path):
    """It ends with exit 0, its effect is seen, and the second build touches only what it writes anew."""
    if not is_here(row.name):
        pytest.skip(f"{row.name} is not installed: `make plugins` tries it")
    assert {} == {verdict.set_up: verdict.problems for verdict in judge(row, tmp_path) if verdict.problems}
