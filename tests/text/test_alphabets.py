"""Names are sorted as their language sorts them, and get its capitals."""

from __future__ import annotations

import pytest

from pelican.plugins.news_digest.text.alphabets import initial, name_key, upper


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", "Äpfel Écho edge Łódź Mail Ørsted Post"),
        ("de", "Abend Ärzte Bild Straße Strauss"),
        ("pl", "Cel Ćma Dom Lampa Łódź Mapa Zebra Źródło Żaba"),
        ("tr", "Cuma Çay Halk Ilgaz İzmir Jale Sabah Şehir"),
        ("tr-TR", "ışık iki"),
        ("es-MX", "Nube Ñandú Oro"),
        ("uk", "BBC Газета Ґава Дім Екран Єва Жук Зоря Ирій Ізюм Їжак Йод"),
        ("fa", "بامداد پارس تهران جام چشم زمان ژاله قلم کیهان گل لاله نور وطن همشهری یاد"),
        ("sv", "Zebra Ål Äpple Öl"),
        ("nb-NO", "Zebra Ære Øl Ås"),
        ("he", "אור במה גל"),
        ("ja", "あさひ ガイド ニュース 新聞"),
    ],
)
def test_names_are_in_the_order_of_the_language(lang: str, names: str):
    """Each letter of its own has its place; an accent of another language makes no difference."""
    keys = [name_key(name, lang) for name in names.split()]
    assert sorted(set(keys)) == keys


@pytest.mark.parametrize(
    ("lang", "name", "letter"),
    [
        ("en", "écho", "E"),
        ("en", "Łódź", "L"),
        ("pl", "łódź", "Ł"),
        ("pl", "Écho", "E"),
        ("tr", "izmir", "İ"),
        ("tr", "IŞIK", "I"),
        ("tr", "ışık", "I"),
        ("de", "ßa", "S"),
        ("uk", "їжак", "Ї"),
        ("fa", "پارس", "پ"),
        ("ja", "新聞", "新"),
        ("en", "", ""),
        ("en", "1 News", "1"),
    ],
)
def test_a_name_is_listed_below_its_letter(lang: str, name: str, letter: str):
    """An accent is none, unless the language says it is another letter."""
    assert letter == initial(name, lang)


def test_turkish_keeps_the_dot():
    """And no other language gets one."""
    assert ("İLETİŞİM", "ILETIŞIM", "IŞIK") == (upper("iletişim", "tr"), upper("iletişim", "de"), upper("ışık", "tr"))
