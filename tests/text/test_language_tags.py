"""Languages have one tag, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.text.language_tags import language_tag


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("en", "en"),
        ("en", "EN"),
        ("en", " en "),
        ("en", "eng"),
        ("de", "ger"),
        ("de", "deu"),
        ("he", "iw"),
        ("pt-BR", "pt_BR"),
        ("pt-BR", "PT-br"),
        ("pt-BR", "pt-br"),
        ("en-US", "en_US.UTF-8"),
        ("en-US", "en_US.utf8"),
        ("de-DE", "de-DE@euro"),
        ("de-DE", "de_DE.ISO-8859-15@euro"),
        ("sr-Latn-RS", "sr_RS@latin"),
        ("sr-Latn-RS", "sr_RS.UTF-8@latin"),
        ("zh-Hans", "zh_hans"),
        ("zh-Hant-TW", "ZH-HANT-tw"),
        ("zh-CN", "zh-cn"),
        ("es-419", "es_419"),
        ("en-GB", "en-UK"),
        ("gsw", "gsw"),
        ("ca-valencia", "ca-valencia"),
        ("de-CH-1996", "de_CH_1996"),
        ("ar-EG-u-nu-latn", "ar-EG-u-nu-latn"),
        ("sh", "sh"),
        ("", ""),
        ("", "english"),
        ("", "Deutsch"),
        ("", "C"),
        ("", "C.UTF-8"),
        ("", "e"),
        ("", "en-"),
        ("", "en US"),
        ("", "en-DE-x"),
        ("", "日本語"),
        ("", "../en"),
    ],
)
def test_a_language_has_one_tag(expected: str, value: str) -> None:
    """As BCP 47 writes it; what is no tag has none."""
    assert expected == language_tag(value)


@given(st.text(max_size=12) | st.from_regex(r"[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8}){0,3}", fullmatch=True))
def test_a_tag_stays_as_it_is(value: str) -> None:
    """And so it does after Pelican has put it into lower case."""
    once = language_tag(value)
    assert once == language_tag(once) == language_tag(once.lower())
