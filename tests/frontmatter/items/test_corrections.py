"""What an editor put right, as front matter says it."""

from __future__ import annotations

from datetime import UTC

import pytest

from pelican.plugins.news_digest.frontmatter.items.corrections import MOST, MOST_CHARS, read_corrections
from pelican.plugins.news_digest.model import Correction
from tests.builders import front_matter, make_date
from tests.frontmatter.parsing import item, parse

TWO = "\n  - {date: 2026-05-02T09:00:00Z, text: Forty.}\n  - {date: 2026-05-03, text: 'Fifty <b>boats</b> &amp; more.'}"


def test_corrections_are_newest_first_and_plain_text():
    """Whatever order the file has; entities and tags of a text are read as those of an excerpt are."""
    found = item(front_matter(corrections=TWO)).corrections
    assert (
        Correction(date=make_date("2026-05-03"), text="Fifty boats & more."),
        Correction(date=make_date("2026-05-02T09:00"), text="Forty."),
    ) == found


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("{text: Forty.}", "news/x.md:14: ND129 corrections.0: no date"),
        ("{date: soon, text: Forty.}", 'news/x.md:14: ND129 corrections.0: "soon" is not a date'),
        ("{date: 2026-05-02}", "news/x.md:14: ND129 corrections.0: no text"),
        ("{date: 2026-05-02, text: '  '}", "news/x.md:14: ND129 corrections.0: no text"),
        ("{date: 2026-05-02, text: [Forty]}", "news/x.md:14: ND129 corrections.0: no text"),
        ("Forty.", "news/x.md:14: ND107 corrections.0: "),
    ],
)
def test_correction_that_is_not_understood_is_left_out_and_said(entry: str, said: str):
    """Nobody could say what was corrected; the others and the item stay."""
    good = "{date: 2026-05-03, text: Fifty.}"
    text = front_matter(provider="{name: The Post, domain: post.example}", topics="[Harbour]")
    found = parse(text.replace("\n---\n", f"\ncorrections:\n  - {entry}\n  - {good}\n---\n"))
    assert found.item is not None
    assert ["Fifty."] == [correction.text for correction in found.item.corrections]
    assert any(str(diagnostic).startswith(said) for diagnostic in found.diagnostics), found.diagnostics


def test_corrections_that_are_no_list_are_said():
    """A text in place of the list is left out like every value of the wrong type."""
    found = parse(front_matter(corrections="all of it"))
    assert ["ND107"] == [diagnostic.code for diagnostic in found.diagnostics]
    assert found.item is not None
    assert found.item.corrections == ()


def test_number_and_length_of_corrections_are_bounded():
    """No page repeats a thousand of them, nor a book."""
    pairs = [(f"2026-05-02T09:{n % 60:02}:00Z", "x" * (MOST_CHARS + 1)) for n in range(MOST + 5)]
    found, problems = read_corrections(pairs, tz=UTC)
    assert (MOST, MOST_CHARS) == (len(found), len(found[0].text))
    assert {"ND127"} == {problem.code for problem in problems}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, None),
        ({"updatedDateTime": "2026-05-01T08:00:00Z"}, None),
        ({"updatedDateTime": "2026-04-01"}, None),
        ({"updatedDateTime": "2026-05-02"}, "2026-05-02"),
        ({"updatedDateTime": "2026-05-02", "corrections": TWO}, "2026-05-03"),
        ({"updatedDateTime": "2026-05-09", "corrections": TWO}, "2026-05-09"),
    ],
)
def test_updated_is_the_last_change_after_it_was_published(values: dict[str, str], expected: str | None):
    """A change at or before the moment of publication is none that a reader could have missed."""
    found = item(front_matter(**values))
    assert (make_date(expected) if expected else None) == found.updated
