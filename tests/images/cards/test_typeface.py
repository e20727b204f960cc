"""Which letters a font has, and which font a text is set in."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from pelican.plugins.news_digest.images.cards import system_fonts
from pelican.plugins.news_digest.images.cards.system_fonts import eastern_language, fonts_state, system_faces
from pelican.plugins.news_digest.images.cards.typeface import (
    OWN,
    Face,
    FontFileError,
    faces_in,
    is_ornament,
    is_right_to_left,
    needs_shaping,
    own_face,
    read_ranges,
)
from pelican.plugins.news_digest.images.cards.typesetting import Text

EAST = Path(__file__).with_name("fonts")


@pytest.mark.parametrize(
    ("name", "has", "lacks"),
    [
        ("serif", "aÀßŽėșЖїΩάữ“–…€ﬁ", "港بא🚢ก"),
        ("sans", "aÀßŽėșЖїΩάữ“–…€ﬁ", "港بא🚢ก"),
        ("arabic", "aéبپگێ؟٣“…\u200c", "港אЖ🚢"),
        ("hebrew", "aéאםְ״₪“…", "港بЖ🚢"),
    ],
)
def test_own_fonts_have_the_letters_of_their_languages(name: str, has: str, lacks: str):
    """The package draws Europe's languages, Vietnamese, Arabic, Persian, Urdu and Hebrew without any other font."""
    face = own_face(name)
    assert [] == [letter for letter in has.replace("ﬁ", "") if not face.has(letter)]
    assert [] == [letter for letter in lacks if face.has(letter)]
    assert face.covers(frozenset(has.replace("ﬁ", "")))
    assert not face.covers(frozenset(has + lacks))


@pytest.mark.parametrize("name", ["serif", "sans"])
def test_own_fonts_know_how_close_letters_stand(name: str):
    """Pairs with a gap between them are closed, in every alphabet; most pairs stand as they are."""
    face = own_face(name)
    assert [] == [pair for pair in ("AV", "To", "Ty", "“A", "ГД", "ΑΥ") if face.kerning(*pair) > -0.01]
    assert 0.0 == face.kerning("n", "n") == face.kerning("港", "V")
    assert all(-0.25 < face.kerning(a, b) < 0.25 for a in "AVTfry" for b in "aov.,-”")


def test_own_fonts_are_few_and_small_and_have_their_licence():
    """The wheel stays light."""
    files = {path.name: path.stat().st_size for path in OWN.iterdir()}
    assert {"serif.ttf", "sans.ttf", "arabic.ttf", "hebrew.ttf", "OFL.txt"} == set(files)
    assert sum(files.values()) < 400_000


def test_letters_are_found_in_a_wide_table_and_in_a_collection():
    """An OpenType font of another maker's is read as well, alone and as the second face of a collection."""
    data = (EAST / "east.otf").read_bytes()
    alone = list(read_ranges(data))
    assert any(first <= ord("港") <= last for first, last, _ in alone)
    head = 20
    (count,) = struct.unpack_from(">H", data, 4)
    moved = bytearray(data)
    for number in range(count):  # a collection's tables lie further on, by the length of its own head
        at = 12 + 16 * number + 8
        struct.pack_into(">I", moved, at, struct.unpack_from(">I", data, at)[0] + head)
    collection = struct.pack(">4sIIII", b"ttcf", 0x10000, 2, 0, head) + bytes(moved)
    assert alone == list(read_ranges(collection, 1))


@pytest.mark.parametrize("data", [b"", b"no font", b"\0\1\0\0\0\1" + bytes(40), (EAST / "east.otf").read_bytes()[:400]])
def test_a_file_that_is_no_font_has_no_letters(data: bytes, tmp_path: Path):
    """A damaged file in the site's folder is as good as none, and stops nothing."""
    with pytest.raises(FontFileError):
        list(read_ranges(data))
    path = tmp_path / "bad.ttf"
    path.write_bytes(data)
    assert not Face(str(path)).has("a")
    assert not Face(str(tmp_path / "none.ttf")).has("a")


def test_fonts_of_a_folder_come_by_name(tmp_path: Path):
    """The order does not depend on the disk; other files are left alone, and a folder that is none has no fonts."""
    for name in ("b.TTF", "a.otf", "notes.txt"):
        (tmp_path / name).touch()
    assert ["a.otf", "b.TTF"] == [Path(face.path).name for face in faces_in(str(tmp_path))]
    assert () == faces_in("") == faces_in(str(tmp_path / "none"))


def test_a_font_that_came_or_changed_is_seen(tmp_path: Path):
    """What cards are stale by knows of each file in the site's folder."""
    before = fonts_state(str(tmp_path))
    (tmp_path / "a.otf").write_bytes(b"1")
    after = fonts_state(str(tmp_path))
    (tmp_path / "a.otf").write_bytes(b"22")
    assert 3 == len({before, after, fonts_state(str(tmp_path))})


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("港がある", "en", "ja"),
        ("항구", "zh", "ko"),
        ("港口", "ja", "ja"),
        ("港口", "zh-CN", "zh-hans"),
        ("港口", "zh-TW", "zh-hant"),
        ("港口", "zh-Hant-HK", "zh-hant"),
        ("港口", "", "zh-hans"),
    ],
)
def test_ideographs_have_the_forms_of_their_language(text: str, lang: str, expected: str):
    """What is written beside them says whose they are, else the language does."""
    assert expected == eastern_language(text, lang)


def test_the_system_is_not_asked_for_what_our_own_fonts_have(monkeypatch: pytest.MonkeyPatch):
    """A card of such letters is the same on every machine, whatever fonts lie there; others are looked for."""
    monkeypatch.setattr(system_fonts, "_found", lambda names: names)
    ours = {
        chr(code)
        for name in ("serif", "sans", "arabic", "hebrew")
        for first, last, _ in read_ranges((OWN / f"{name}.ttf").read_bytes())
        for code in range(first, last + 1)
    }
    assert set("aé€Ж“…₪№نא") < ours
    assert [] == [letter for letter in sorted(ours) for eastern in ("ja", "zh-hant") if system_faces(letter, eastern)]
    assert all(system_faces(letter, "ja") for letter in "港항बก")


@pytest.mark.parametrize("text", ["Fares rise to €5 – “at last”", "Tickets: ₪7, £6, ₫9", "№ 3: Ærø, Ёлка, Ρόδος"])
@pytest.mark.parametrize("role", ["serif", "sans"])
def test_letters_of_another_font_of_ours_are_drawn_from_it(text: str, role: str):
    """A sign that the headline's font lacks is taken from the next of ours before the system is asked."""
    found = Text(text, role, lang="ja")
    assert found.is_drawable
    assert {OWN} == {Path(face.path).parent for face in found.faces}


def test_pictures_and_marks_are_left_out():
    """A text says the same without them; letters, digits and signs of money stay."""
    assert all(is_ornament(letter) for letter in "🚢✅👩\u200d\ufe0f\u20e3")
    assert not any(is_ornament(letter) for letter in "a1,.-“港ب€+")


@pytest.mark.parametrize(
    ("text", "shaped", "right"),
    [
        ("Harbour, “reopened” — Ærø", False, False),
        ("港が再開", False, False),
        ("إعادة", True, True),
        ("נמל", True, True),
        ("2021: נמל", True, True),
        ("Azure في", True, False),
        ("बंदरगाह", True, False),
        ("ท่าเรือ", True, False),
        ("x\u0304", True, False),
        ("2021 – 100 %", False, False),
    ],
)
def test_how_a_text_runs(text: str, shaped: bool, right: bool):
    """Letters that join or stack need shaping; the first letter says where a text begins."""
    assert (shaped, right) == (needs_shaping(text), is_right_to_left(text))
