"""Strangers' text becomes one line of plain text and loses nothing that a reader would miss."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.text import plain
from pelican.plugins.news_digest.text.plain import (
    clean_excerpt,
    clean_markup_text,
    clean_name,
    clean_text,
    clean_title,
    fold,
    has_mojibake,
    slugify,
)

quick = settings(max_examples=100, deadline=None)
any_text = st.text(st.characters())
strange_text = st.text(
    st.sampled_from("ab .…:;,-#@<>&/\t\r\n\x00\x85\x9f\u00a0\u00ad\u200b\u2028\ufeff\u202e\ud800é❤\ufe0f")
)


@quick
@given(any_text | strange_text)
def test_clean_text_is_idempotent(value: str) -> None:
    """Text that is clean stays as it is."""
    once = clean_text(value)
    assert once == clean_text(once)


@quick
@given(any_text | strange_text)
def test_clean_text_is_one_printable_line(value: str) -> None:
    """No control character, no line end, no double or outer space is left, and it can be encoded."""
    found = clean_text(value)
    assert [c for c in found if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}] == []
    assert found == found.strip()
    assert "  " not in found
    assert found == found.encode().decode()


@quick
@given(any_text | strange_text)
def test_clean_text_invents_nothing(value: str) -> None:
    """Every visible character of clean text stood in the original, but for the mark of what could not be read."""
    assert set() == set(clean_text(value)) - set(value) - {" ", "\ufffd"}


@quick
@given(any_text | strange_text)
def test_clean_excerpt_is_idempotent_without_markup(value: str) -> None:
    """An excerpt that was completed is not completed again."""
    plain = value.replace("&", "").replace("<", "")
    once = clean_excerpt(plain)
    assert once == clean_excerpt(once)


@quick
@given(any_text | strange_text)
def test_slugify_gives_one_segment_of_an_address(value: str) -> None:
    """A slug can be a folder: no slash, no dot, no space, no outer hyphen, lower case."""
    slug = slugify(value)
    assert set() == set(slug) & set("/\\.?#%&: \t\n")
    assert slug == slug.strip("-")
    assert "--" not in slug


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("", ""),
        ("…", "..."),
        ("He agreed.", "He agreed."),
        ("Did he?", "Did he?"),
        ('He said "yes"', 'He said "yes"'),
        ("He said (no)", "He said (no)"),
        ("Among the guests…", "Among the guests:"),
        ("One, two…", "One, two,"),
        ("The plan…", "The plan –"),
        ("The pl…", "The pl"),
        ("The plan…", "The plan …"),
        ("The plan…", "The plan...."),
        ("The plan…", "The plan....."),
        ("Read on at https://a.example/b", "Read on at https://a.example/b"),
        ("Thanks @post", "Thanks @post"),
        ("Welcome #Harbour", "Welcome #Harbour"),
        ("Off we go 🚢", "Off we go 🚢"),
        ("Well done 👍🏽", "Well done 👍🏽"),
        ("We love it ❤️", "We love it ❤️"),
        ("Step 1️⃣", "Step 1️⃣"),
        ("船が来た。", "船が来た。"),
        ("هل وصلت؟", "هل وصلت؟"),
        ("नाव आई।", "नाव आई।"),
        ("It cost 5…", "It cost 5"),
        ("Tolls fall by 3%", "Tolls fall by 3%"),
        ("Zölle sinken um 3 ‰", "Zölle sinken um 3 ‰"),
        ("It cost 5€", "It cost 5€"),
        ("It is 30°", "It is 30°"),
        ("Er sagte: „Ja.“", "Er sagte: „Ja.“"),
        ("彼は「はい。」", "彼は「はい。」"),
        ("他说：“好。”", "他说：“好。”"),
        ("『終わり』", "『終わり』"),
        ("Տեսանք։", "Տեսանք։"),
        ("መጣ።", "መጣ።"),
        ("လာပြီ။", "လာပြီ။"),
        ("བོད།", "བོད།"),
        ("Τι είναι;", "Τι είναι;"),
        ("Τι είναι\u037e", "Τι είναι\u037e"),
        ("เรือมาถึงแล้ว", "เรือมาถึงแล้ว"),
        ("וכך היה.\u200f", "וכך היה.\u200f"),
        ("Off we go 👩\u200d🚀", "Off we go 👩\u200d🚀"),
        ("船が…", "船が、"),
        ("وصلت…", "وصلت،"),
        ("船が…", "船が"),
        ("Salt &…", "Salt &"),
    ],
)
def test_excerpt_ends_with_an_ellipsis_only_where_it_was_cut(expected: str, value: str) -> None:
    """One ellipsis marks an excerpt that has no end; every kind of end is left alone."""
    assert expected == clean_excerpt(value)


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("a b", "a<br>b"),
        ("a b", "a<br />b"),
        ("a b", "<p class='x'>a</p><P>b</P>"),
        ("a", "<a href='https://x.example/?a=1&b=2'>a</a>"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("<HRB.O>", "<HRB.O>"),
        ("<b", "<b"),
        ("<bank> merges", "<bank> merges"),
        ("<script>x</script>", "<script>x</script>"),
        ("<b>", "&lt;b&gt;"),
        ("&amp;", "&amp;amp;"),
        ("AT&T", "AT&T"),
        ("a, b", "<em>a</em>, b"),
        ("unbelievable", "un<b>believ</b>able"),
    ],
)
def test_only_known_tags_go(expected: str, value: str) -> None:
    """Markup that feeds leave behind goes without a trace; whatever else stands in angle brackets is text."""
    assert expected == clean_markup_text(value)


def test_what_can_be_printed_is_left_as_it_is() -> None:
    """Looking whether all of a text can be printed is enough: nothing else would be changed in it."""
    signs = "".join(
        sign for sign in map(chr, range(sys.maxunicode + 1)) if sign.isprintable() and sign not in " \ufffc"
    )
    assert clean_text(signs) == signs
    assert clean_text(f"a  {signs}") == f"a {signs}"
    assert clean_text("a\ufffcb") == "ab"


def test_a_title_keeps_its_tags() -> None:
    """A headline about a tag shows the tag."""
    assert clean_title("Why <b> beats &lt;strong&gt;") == "Why <b> beats <strong>"


def test_entities_cannot_smuggle_invisible_marks() -> None:
    """Marks that would turn a headline around go when they are written as entities, too."""
    assert clean_title("Pier &#x202e;gpj.exe&#8;&#173;&#8203;") == "Pier gpj.exe"


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("Harbour, Inc.", "Harbour%2c Inc."),
        ("Zoë", "Zo%C3%AB"),
        ("100% Sure", "100% Sure"),
        ("50%25", "50%2525"),
        ("a b", "a%20%0Ab"),
        ("Salt & Sons", "Salt &amp; Sons"),
    ],
)
def test_names_are_decoded_once(expected: str, value: str) -> None:
    """A percent-encoded name is decoded once and then cleaned as any text."""
    assert expected == clean_name(value)


@pytest.mark.parametrize("value", ["â€˜tideâ€™", "ï»¿ Caf", "cafÃ©", "5Â\u00a0000", "Ã¼ber", "Preis: 5â‚¬"])
def test_mojibake_is_noticed(value: str) -> None:
    """UTF-8 that was read as Windows-1252 is recognized."""
    assert has_mojibake(value)


@pytest.mark.parametrize("value", ["", "pâte", "São Paulo", "A IRMÃ E O REI", "AMANHÃ", "Â", "naïve »quote«", "ÃO"])
def test_accents_are_no_mojibake(value: str) -> None:
    """Words of languages that use these letters are not taken for damage."""
    assert not has_mojibake(value)


@pytest.mark.parametrize("other", ["old harbour", "OLD  HARBOUR", " Old Harbour ", "Óld Hárbour"])
def test_spellings_fold_to_one(other: str) -> None:
    """Case, accents and spaces do not tell two names apart."""
    assert fold("Old Harbour") == fold(other)


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("old-harbour", "Old Harbour"),
        ("cafe-and-bar", "Café & Bar"),
        ("c-sharp", "C#"),
        ("c-plus-plus", "C++"),
        ("港", "港"),
        ("", "!?"),
        ("a-b", "../a/b"),
    ],
)
def test_slugs_are_readable(expected: str, value: str) -> None:
    """Names become what a reader would type."""
    assert expected == slugify(value)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40) | st.text("aÅé ́ ­ﷺßİ“’\tガ", max_size=20))
@example("㎐")
def test_fold_is_stable_and_knows_no_spelling(value: str):
    """Folding again changes nothing, and how a text is composed tells nothing apart."""
    once = fold(value)
    assert once == fold(once)
    assert once == fold(unicodedata.normalize("NFD", value)) == fold(unicodedata.normalize("NFC", value))


@settings(max_examples=300, deadline=None)
@given(st.text("aB z\t\x85\u0301.!-©®«»‐‒–—―‘’‚“”„†‡•…", max_size=12))
def test_fold_does_not_depend_on_what_stands_beside(value: str):
    """A text of ASCII and the usual marks, which is folded as a whole, becomes what it becomes beside an accent."""
    assert " ".join(f"{fold(value)} e".split()) == fold(f"{value} é")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ガス", "カス"),  # Japanese: gas, dregs
        ("ぱり", "はり"),
        ("ｶﾞｽ", "ｶｽ"),
        ("май", "маи"),  # Russian
        ("їжак", "іжак"),  # Ukrainian
        ("ћ", "һ"),
        ("हिन्दी", "हन्दी"),  # Hindi: vowel sign
        ("क़लम", "कलम"),  # nukta
        ("कर्म", "करम"),  # virama
        ("কি", "কী"),  # Bengali
        ("ไทย", "ทย"),
        ("กิน", "กีน"),  # Thai: two vowels
        ("ป่า", "ปา"),  # Thai: tone
        ("한국", "하국"),
        ("مؤمن", "مومن"),  # Arabic: hamza
        ("آن", "ان"),
    ],
)
def test_marks_that_make_another_letter_stay(one: str, other: str) -> None:
    """Two words of a language are two names, and lie at two addresses."""
    assert fold(one) != fold(other)
    assert slugify(one) != slugify(other)
    assert "-" not in slugify(one) + slugify(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ελλάδα", "ΕΛΛΑΔΑ"),
        ("Zoë", "Zoe"),
        ("Å", "A"),
        ("مُحَمَّد", "محمد"),
        ("שָׁלוֹם", "שלום"),
        ("ガス", "ｶﾞｽ"),
        ("ガス", unicodedata.normalize("NFD", "ガス")),
        ("한국", unicodedata.normalize("NFD", "한국")),
        ("МАЙ", "май"),
    ],
)
def test_spellings_of_one_word_fold_to_one(one: str, other: str) -> None:
    """Case, accents, points that may be left out, width and the way of composing tell no names apart."""
    assert fold(one) == fold(other)
    assert slugify(one) == slugify(other)


def test_what_can_be_printed_can_be_written():
    """So such a text need not be searched for what no page and no feed can hold; all characters there are."""
    printable = "".join(filter(str.isprintable, map(chr, range(sys.maxunicode + 1))))
    assert len(printable) > 100_000
    assert plain._FORBIDDEN.search(printable) is None
