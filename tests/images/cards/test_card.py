"""A share card shows its texts, in the theme's colours, within its margins, in few bytes, and the same each time."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from pelican.plugins.news_digest.images.cards import system_fonts, typesetting
from pelican.plugins.news_digest.images.cards.card import (
    BAR_PX,
    FOOT_PX,
    INNER_PX,
    MARGIN_PX,
    RULE_PX,
    RULE_TOP,
    draw_card,
    ingredients,
    lacks_letters,
)
from pelican.plugins.news_digest.images.cards.card_spec import HEIGHT_PX, WIDTH_PX, Card, CardColours, colours_of
from pelican.plugins.news_digest.output.documents.bundle import bundle_css
from tests.conftest import ROOT

FOOT_RULE = HEIGHT_PX - FOOT_PX

EAST = str(Path(__file__).with_name("fonts"))
ARABIC = "إعادة افتتاح ميناء إليري بعد ثلاثة أشهر (نسخة Azure 2021)"
HEBREW = "נמל אלרי נפתח מחדש לאחר שלושה חודשי תיקונים"
JAPANESE = "エラリー港が三か月ぶりに再開、夜明けに最初のフェリーが到着「待っていた」と市民ら歓迎の声"
LONG = (
    "Why the town council’s budget for the coming year, a document of no fewer than 1,204 pages, was voted through in "
    "less than four minutes on a Friday evening, and what may come next now"
)
needs_raqm = pytest.mark.skipif(not typesetting.has_raqm(), reason="Pillow finds no Raqm and FriBiDi here")


@pytest.fixture(autouse=True)
def bare_system(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no test depend on the fonts of the machine that it runs on."""
    monkeypatch.setattr(system_fonts, "FOLDERS", ())
    typesetting.forget_fonts()
    yield
    typesetting.forget_fonts()


def make_card(title: str = "Harbour reopens", **values: Any) -> Card:
    """Return an item's card."""
    defaults = {
        "title_px": 108,
        "instead": ("The Ellery Digest", "digest.example"),
        "site": "The Ellery Digest",
        "date": "1 May 2026",
        "kicker": "Harbour",
        "source": "Ellery Post",
        "letter": "E",
        "tint": 4,
        "address": "digest.example",
        "lang": "en",
    }
    return Card(title=title, **{**defaults, **values})


def picture(card: Card, fonts: str = "") -> Image.Image:
    """Return the card as it looks."""
    return Image.open(io.BytesIO(draw_card(card, fonts=fonts))).convert("RGB")


def inked(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """Return where something stands in *box* of the picture, None where it is all paper."""
    part = image.crop(box)
    paper = Image.new("RGB", part.size, "#fbfaf7")
    return ImageChops.difference(part, paper).getbbox()


@pytest.mark.parametrize("title", ["Harbour reopens", LONG, "x" * 180, "W" * 180, "a " * 90])
def test_a_card_is_a_small_picture_of_the_size_that_networks_ask_for(title: str):
    """1200 by 630 in sixteen colours, as PNG, below 60 kB whatever it says."""
    data = draw_card(make_card(title))
    image = Image.open(io.BytesIO(data))
    assert ("PNG", (WIDTH_PX, HEIGHT_PX), "P") == (image.format, image.size, image.mode)
    assert len(data) < 60_000
    assert len(image.getcolors() or ()) <= 16


def test_a_card_is_the_same_in_another_process():
    """Neither the order of hashes nor what was drawn before shows."""
    code = (
        "import sys, msgspec; from pelican.plugins.news_digest.images.cards.card import draw_card;"
        "from pelican.plugins.news_digest.images.cards.card_spec import Card;"
        "sys.stdout.buffer.write(draw_card(msgspec.json.decode(sys.stdin.buffer.read(), type=Card)))"
    )
    card = make_card(LONG)
    draw_card(make_card("Something else in the same letters"))
    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", code],
            input=msgspec.json.encode(card),
            capture_output=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert draw_card(card) == there.stdout


@pytest.mark.parametrize(
    "other",
    [
        {"title": "Harbour closes"},
        {"site": "Another Digest"},
        {"date": "2 May 2026"},
        {"kicker": "Trams"},
        {"text": "What the city makes of it."},
        {"headlines": ("One", "Two")},
        {"source": "Another Post"},
        {"letter": "A"},
        {"tint": 5},
        {"address": "other.example"},
        {"is_rtl": True},
        {"title_px": 60},
        {"colours": CardColours(accent="#0a3f6a")},
    ],
    ids=lambda other: next(iter(other)),
)
def test_everything_that_a_card_says_can_be_seen(other: dict[str, Any]):
    """No field is without effect."""
    assert draw_card(make_card()) != draw_card(make_card(**other))


def test_a_card_is_in_the_colours_of_the_theme():
    """Bar and kicker have the accent, the title its ink, on the paper of the site."""
    colours = CardColours(paper="#101418", ink="#fefefe", muted="#aaaaaa", rule="#333333", accent="#0a3f6a")
    image = picture(make_card(colours=colours))
    found = {colour for _, colour in image.getcolors(256) or ()}
    assert {(0x10, 0x14, 0x18), (0xFE,) * 3, (0xAA,) * 3, (0x33,) * 3, (0x0A, 0x3F, 0x6A)} <= found
    assert (0x0A, 0x3F, 0x6A) == image.getpixel((WIDTH_PX // 2, BAR_PX // 2))


def test_our_colours_are_those_of_our_style_sheet():
    """What stands in the code is what stands in the theme's tokens."""
    css = bundle_css(ROOT / "theme" / "static" / "css" / "digest.css")
    assert CardColours() == colours_of(css)
    assert CardColours(accent="#112233", ink="#abcdef") == colours_of(
        css + ":root{--accent:light-dark(#123,#456);--ink:#ABCDEF80}"
    )


letters = st.text("abcdefgh ijklm nopq rstuv wxyzABC ÀÉß,.-–“”/ЖДÜ" + ARABIC + HEBREW + "港が、「」", max_size=180)


@settings(max_examples=60, deadline=None)
@given(letters, letters, st.sampled_from([108, 132]), st.booleans(), st.lists(letters, max_size=3))
def test_nothing_leaves_its_place(title: str, source: str, title_px: int, is_rtl: bool, headlines: list[str]):
    """Whatever is said, margins stay empty and the title keeps clear of the rule below it."""
    card = make_card(title, source=source, kicker=source, title_px=title_px, is_rtl=is_rtl)
    if headlines:
        card = msgspec.structs.replace(card, title="Friday 1 May 2026", title_px=72, headlines=tuple(headlines))
    image = picture(card)
    assert None is inked(image, (0, BAR_PX, MARGIN_PX - 60, HEIGHT_PX))
    assert None is inked(image, (WIDTH_PX - MARGIN_PX + 60, BAR_PX, WIDTH_PX, HEIGHT_PX))
    assert None is inked(image, (0, RULE_TOP + RULE_PX, WIDTH_PX, RULE_TOP + RULE_PX + 6))
    assert None is inked(image, (0, FOOT_RULE - 5, WIDTH_PX, FOOT_RULE))
    assert None is inked(image, (0, HEIGHT_PX - 8, WIDTH_PX, HEIGHT_PX))


def test_a_short_title_stands_larger_than_a_long_one():
    """Letters are as large as the title leaves room for."""
    body = (0, RULE_TOP + RULE_PX + 76, WIDTH_PX, FOOT_RULE)
    short = inked(picture(make_card("Trams")), body)
    long = inked(picture(make_card(LONG)), body)
    assert short
    assert long
    assert short[3] - short[1] > 70
    assert long[2] - long[0] > 0.8 * INNER_PX
    assert long[3] - long[1] > 0.75 * (body[3] - body[1])


@needs_raqm
@pytest.mark.parametrize("title", [ARABIC, HEBREW], ids=["arabic", "hebrew"])
def test_what_runs_from_right_to_left_begins_on_the_right(title: str):
    """Title and kicker stand on the side where a reader begins; the rest does on a site that runs so."""
    body = (0, RULE_TOP + RULE_PX, WIDTH_PX, FOOT_RULE)
    box = inked(picture(make_card(title)), body)
    assert box
    assert box[2] > WIDTH_PX - MARGIN_PX - 12
    assert box[0] > MARGIN_PX
    tile = (MARGIN_PX + 3, FOOT_RULE + 22)
    mirrored = (WIDTH_PX - MARGIN_PX - 4, FOOT_RULE + 22)
    assert (0x1F, 0x4E, 0x79) == picture(make_card(title)).getpixel(tile)
    assert (0x1F, 0x4E, 0x79) == picture(make_card(title, is_rtl=True)).getpixel(mirrored)


@needs_raqm
def test_arabic_letters_are_joined():
    """A word is not the row of its letters: those of "مين" take less room joined than apart."""
    joined = typesetting.Text("ميناء", "serif")
    apart = typesetting.Text("م ي ن ا ء", "serif")
    assert joined.is_shaped
    assert joined.measure("ميناء") < 0.8 * (apart.measure("م ي ن ا ء") - 4 * apart.measure(" "))


def test_letters_are_kerned_without_raqm():
    """Letters side by side stand as the type's designer wanted them, on any machine."""
    text = typesetting.Text("AVATAR To", "serif")
    assert text.measure("AV") < text.measure("A") + text.measure("V") - 0.05
    assert text.measure("To") < text.measure("T") + text.measure("o") - 0.05


@pytest.mark.parametrize(
    ("above", "below"),
    [("Qgj", "ÉÂ"), ("fjord", "AVATAR"), pytest.param(ARABIC, HEBREW, marks=needs_raqm)],
    ids=["accents", "kerned", "shaped"],
)
def test_letters_that_touch_others_take_nothing_from_them(above: str, below: str):
    """Where a line reaches into the one above it, and a letter into the one before it, the darker ink shows."""
    ramp, size = (1, 6), (900, 200)
    alone, together = [], Image.new("L", size)
    clear = 0
    for string, baseline in ((above, 80), (below, 110)):
        text, sheet = typesetting.Text(string, "serif"), Image.new("L", size)
        text.draw(sheet, string, ramp, x=9, baseline=baseline, px=60)
        alone.append(sheet)
        clear = text.draw(together, string, ramp, x=9, baseline=baseline, px=60, clear=clear)
    assert ImageChops.lighter(*alone).tobytes() == together.tobytes()
    assert (alone[1].getbbox() or ())[3] <= clear


def test_a_letter_that_reaches_into_the_next_one_is_whole():
    """The hook of an f stands above the j that follows it."""
    sheets = []
    for string in ("f", "fj"):
        sheets.append(Image.new("L", (200, 200)))
        typesetting.Text(string, "serif").draw(sheets[-1], string, (1, 6), x=50, baseline=120, px=96)
    assert ImageChops.lighter(*sheets).tobytes() == sheets[1].tobytes()


@pytest.mark.parametrize("title", [ARABIC, HEBREW, "बंदरगाह", "ท่าเรือ"], ids=["arabic", "hebrew", "hindi", "thai"])
def test_what_cannot_be_shaped_is_not_drawn(title: str, monkeypatch: pytest.MonkeyPatch):
    """Without Raqm a card says the site's name rather than letters in a wrong order or form."""
    monkeypatch.setattr(typesetting, "has_raqm", lambda: False)
    typesetting.forget_fonts()
    assert draw_card(make_card("The Ellery Digest")) == draw_card(make_card(title))
    assert lacks_letters(make_card(title), fonts="")


def test_letters_that_no_font_has_are_no_empty_boxes():
    """Without a font for Japanese a card says the site's name, else its host; with one it says the title."""
    assert draw_card(make_card("The Ellery Digest")) == draw_card(make_card(JAPANESE))
    plain = make_card("digest.example", site=JAPANESE, instead=(JAPANESE, "digest.example"))
    assert draw_card(plain) == draw_card(msgspec.structs.replace(plain, title=JAPANESE))
    assert draw_card(make_card(JAPANESE)) != draw_card(make_card(JAPANESE), fonts=EAST)
    assert (True, False) == tuple(lacks_letters(make_card(JAPANESE), fonts=fonts) for fonts in ("", EAST))


def test_a_title_may_mix_letters_of_several_fonts():
    """Each letter comes from the first font that has it, so Latin ones look as they always do."""
    text = typesetting.Text("Azure港", "serif", folder=EAST)
    assert ["serif.ttf", "east.otf"] == [Path(face.path).name for face in text.faces]


def test_pictures_among_letters_are_left_out():
    """Emoji, the marks that join them and the frames of keys leave nothing behind."""
    assert draw_card(make_card("Harbour reopens — 1 ferry")) == draw_card(
        make_card("🚢 Harbour reopens 🎉 — 1️⃣ ferry 👩\u200d💻")
    )


def test_a_damaged_font_is_passed_over(tmp_path: Path):
    """A file that names letters and cannot be drawn from is as good as none."""
    (tmp_path / "a.otf").write_bytes((Path(EAST) / "east.otf").read_bytes()[:-9000])
    (tmp_path / "b.otf").write_bytes(b"no font")
    assert draw_card(make_card(JAPANESE)) == draw_card(make_card(JAPANESE), fonts=str(tmp_path))


def test_what_a_card_is_drawn_with_is_known(monkeypatch: pytest.MonkeyPatch):
    """Another font or another version of a library makes a card stale, and nothing else does."""
    card = make_card(JAPANESE)
    assert ingredients(card, fonts="") == ingredients(make_card("Other words"), fonts="")
    assert ingredients(card, fonts="") != ingredients(card, fonts=EAST)
    before = ingredients(card, fonts="")
    monkeypatch.setattr("pelican.plugins.news_digest.images.cards.card.engine", lambda: "pil 99")
    assert before != ingredients(card, fonts="")
    assert "'freetype2': " in typesetting.engine()
