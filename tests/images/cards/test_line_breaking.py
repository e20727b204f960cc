"""Lines end where they may, and headlines are set in few of them, of like width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.images.cards.line_breaking import (
    NOT_FIRST,
    NOT_LAST,
    Pieces,
    hanging,
    is_ideographic,
    pieces_of,
)

JAPANESE = "エラリー港が三か月ぶりに再開、夜明けに最初のフェリーが到着「待っていた」と市民ら歓迎の声。"
# Words without spaces beside them, as a headline may have them.
texts = st.lists(st.text("ab, -、。「」ー港がっ", min_size=1, max_size=9), min_size=1, max_size=12).map(
    lambda words: " ".join(" ".join(words).split())
)


def count(text: str) -> float:
    """Return the width of *text* when every letter is as wide as the next, and ideographs twice as wide."""
    return sum(2.0 if is_ideographic(letter) else 1.0 for letter in text)


def measured(text: str) -> Pieces:
    """Return *text* in pieces of such letters."""
    return Pieces(pieces_of(text), count)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Harbour reopens", ["Harbour ", "reopens"]),
        ("a well-known pier", ["a ", "well-", "known ", "pier"]),
        ("from 9-17 and -5", ["from ", "9-17 ", "and ", "-5"]),
        ("north/south", ["north/", "south"]),
        ("再開、夜明け", ["再", "開、", "夜", "明", "け"]),
        ("と「待って」と", ["と", "「待っ", "て」", "と"]),
        ("フェリー", ["フェ", "リー"]),
        ("新Azure版", ["新", "Azure", "版"]),
        ("価格は¥100です", ["価", "格", "は", "¥100", "で", "す"]),
        ("엘러리 항구", ["엘러리 ", "항구"]),
        ("ท่าเรือเอลเลอรี", ["ท่า", "เรือ", "เอล", "เลอรี"]),
    ],
)
def test_pieces_stay_together(text: str, expected: list[str]):
    """Words, what belongs to a number or a bracket, and syllables are not torn apart."""
    assert expected == pieces_of(text)


@given(texts)
def test_pieces_are_the_text(text: str):
    """Nothing is lost or added."""
    assert text == "".join(pieces_of(text))


@given(texts, st.integers(4, 40))
def test_lines_are_the_text_and_fit(text: str, width: int):
    """Every letter is there, in order, and no line is too wide, however long a word is."""
    lines = measured(text).lines(width)
    assert len(lines) == measured(text).count(width)
    assert text.replace(" ", "") == "".join(lines).replace(" ", "")
    assert [] == [line for line in lines if count(line) > width]


@given(st.integers(10, 60))
def test_no_line_begins_or_ends_with_what_belongs_elsewhere(width: int):
    """Kinsoku holds in any width that a piece fits into."""
    lines = measured(JAPANESE).lines(width)
    assert [] == [line for line in lines if line[0] in NOT_FIRST or line[-1] in NOT_LAST]


@given(texts, st.integers(6, 40))
def test_balanced_lines_are_no_more_and_no_wider(text: str, width: int):
    """Lines of like width cost no line."""
    full, even = measured(text).lines(width), measured(text).balanced(width)
    assert len(full) == len(even)
    assert max(map(count, even), default=0) <= max(map(count, full), default=0)


def test_a_headline_does_not_leave_one_word_alone():
    """The last word of a headline does not stand by itself below a full line."""
    pieces = measured("Thousands of customers warned after a flaw exposed databases")
    assert ["Thousands of customers warned after a flaw exposed", "databases"] == pieces.lines(50)
    assert ["Thousands of customers warned", "after a flaw exposed databases"] == pieces.balanced(50)


def test_what_has_no_room_is_cut_at_a_word_with_an_ellipsis():
    """The last line that there is room for says that something is missing, and no mark stands before the dots."""
    pieces = measured("one two three, four five")
    assert ["one two", "three…"] == pieces.cut_off(["one two", "three, four", "five"], limit=2, width=8)
    assert ["one two"] == pieces.cut_off(["one two"], limit=1, width=7)


def test_an_opening_bracket_hangs_over_the_edge():
    """A full-width bracket is empty in its first half; letters below each other begin at the edge."""
    assert (0.5, 0.0) == (hanging("「待っていた」"), hanging("(2021)"))
