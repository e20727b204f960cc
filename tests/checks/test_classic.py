"""Whether a file without front matter is an article of Pelican's."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.checks.classic import classic_problem


@pytest.mark.parametrize(
    ("is_fine", "text"),
    [
        (True, "Title: A\nDate: 2026-05-01\n\nText."),
        (True, "date: 2026-05-01\nTags: a,\n    b\ntitle: A\n"),
        (False, "Title: A\n\nDate: 2026-05-01\n"),
        (False, "Title:\nDate: 2026-05-01\n"),
        (False, "Just text: with a colon\n"),
        (False, ""),
    ],
)
def test_title_and_date_are_needed(is_fine: bool, text: str):
    """Headers end at the first line that is none."""
    assert is_fine == (not classic_problem(text))
