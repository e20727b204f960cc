"""What a phase shows of how much is done."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.host.progress import Display, phase


class Bar:
    """Stands for rich's: keeps what it is told."""

    def __init__(self) -> None:
        self.told: dict[str, object] = {}

    def update(self, _: int, **told: object) -> None:
        """Keep *told*."""
        self.told = told

    def refresh(self) -> None:
        """Do nothing."""


@pytest.mark.parametrize(
    ("done", "total", "counts"),
    [(0, 0, ""), (1_200, 0, "1,200"), (0, 9_300, "0 of 9,300"), (9_300, 9_300, "9,300 of 9,300")],
)
def test_display_names_a_total_only_when_it_is_known(done: int, total: int, counts: str):
    """A first build writes while it plans: a total that grows would tell nobody how far it is."""
    bar = Bar()
    Display(bar, 0).count(done, total, "")
    assert {"completed": done, "total": total or None, "counts": counts, "note": ""} == bar.told


def test_closing_line_says_how_much_there_was(capsys: pytest.CaptureFixture[str]):
    """Also where the total was never known."""
    with phase("Writing", "file") as progress:
        progress(0, 0)
        progress(3, 0)
    assert capsys.readouterr().out.startswith("Writing: 3 files in ")
