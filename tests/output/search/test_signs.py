"""Names with signs are spelled out, the same way for the index and in the browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from pelican.plugins.news_digest.output.search.document import search_document
from pelican.plugins.news_digest.output.search.signs import EXPRESSION, SIGNS, spelled_out
from tests.output.search.records import record

SCRIPT = Path(__file__).resolve().parents[3] / "theme/static/js/search.js"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (["cplusplus"], "Why C++ stays."),
        (["cplusplus"], "Farewell, C++."),
        (["csharp", "fsharp"], "C# or F#?"),
        (["dotnet"], "What .NET does"),
        (["dollaraapl"], "$AAPL falls"),
        (["pound5"], "A pint for £5."),
        (["nodedotjs"], "Node.js 30"),
        (["atandt", "randd"], "AT&T cuts R&D"),
        (["athandle", "sharptag"], "@handle #tag"),
        (["3dot5percent", "24slash7"], "Up 3.5%, 24/7"),
        (["cslashcplusplus", "cplusplus"], "C/C++"),
        (["cplusplus"], "C++は難しい"),
        (["cplusplus"], "Ｃ＋＋入門"),
        (["sharpタグ"], "今日の #タグ 。"),
        (["sharpпогода", "50percent"], "#погода на 50%"),
        (["٣٠percent"], "تنخفض ٣٠٪ اليوم"),
        ([], "See https://a.example/b.html. Vitamin C helps; so do others (and more)."),
        ([], "+" * 100 + " " + "a.b" * 50),
    ],
)
def test_names_with_signs_are_spelled_out(expected: list[str], text: str):
    """Whatever stands around them; a full stop and an address are no signs of a name."""
    assert expected == list(spelled_out(text))


def test_the_browser_asks_as_the_index_is_written():
    """The script has the very expression, and every sign with its letters."""
    script = SCRIPT.read_text(encoding="utf-8")
    assert f"const NAME = /{EXPRESSION}/g;" in script
    assert [] == [sign for sign, letters in SIGNS.items() if f'"{sign}": "{letters}",' not in script]


def test_names_of_a_title_weigh_as_much_as_the_title():
    """Those of a text and of a source are found as well, and none is shown."""
    document = search_document(record(title="C++ today", text="<p>R&amp;D and C<b>++</b></p>", words="AT&T"))
    assert ("cplusplus", "C++ today", "AT&T, randd atandt") == document.fields


def test_a_record_without_signs_is_as_it_was():
    """Most have none, and the index does not grow."""
    assert "" == search_document(record(title="Ferry returns")).fields[0]
