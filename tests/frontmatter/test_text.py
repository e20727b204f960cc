"""Strangers' text becomes one line of plain text and loses nothing that a reader would miss."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.frontmatter.text import (
    clean_excerpt,
    clean_markup_text,
    clean_name,
    clean_text,
    clean_title,
    fold,
    has_mojibake,
    slugify,
    without_controls,
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
@given(st.text(max_size=40) | st.text("aÅé ́ ­ﷺßİ“’\t", max_size=20))
def test_fold_looks_at_the_whole_text(value: str):
    """Word by word is only quicker."""
    whole = "".join(c for c in unicodedata.normalize("NFKD", value.casefold()) if not unicodedata.combining(c))
    assert " ".join(whole.split()) == fold(value)


def test_no_text_holds_what_no_feed_may_hold() -> None:
    """Controls and what Unicode calls no characters go, from titles and from HTML; line ends and tabs of HTML stay."""
    odd = "a\x0bb\x1fc\x7f\x9f\ufdd0\ufffe\U0001ffffd"
    assert clean_title(odd).replace(" ", "") == "abcd"
    assert without_controls(f"<p>{odd}\t\n</p>") == "<p>abcd\t\n</p>"
