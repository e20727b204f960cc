"""``news-digest languages``: catalogues of a site's own, made and kept without a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.languages import Words, load_translations
from pelican.plugins.news_digest.languages.catalogues import words

if TYPE_CHECKING:
    from tests.conftest import Site

TEXTS = len([message for message in words() if message.id])


@pytest.fixture
def folder(site: Site, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of catalogues of a site in Esperanto, in whose folder this is."""
    site.settings(PLUGINS=[], THEME="simple", DEFAULT_LANG="eo")
    monkeypatch.chdir(site.root)
    return site.root / "words"


def test_a_language_is_begun_translated_and_used(folder: Path, capsys: pytest.CaptureFixture[str]):
    """Every text, the plural forms of the language, and the setting to add; by default in the site's language."""
    assert 0 == main(["languages", "new"])
    said = capsys.readouterr().out
    assert f"{TEXTS} texts to translate" in said
    assert 'DIGEST_LANGUAGES_PATH = "words"' in said
    text = (folder / "eo.po").read_text(encoding="utf-8")
    assert "nplurals=2; plural=(n != 1);" in text
    assert "fuzzy" not in text
    (folder / "eo.po").write_text(text.replace('msgid "Latest"\nmsgstr ""', 'msgid "Latest"\nmsgstr "Plej novaj"'))
    assert "Plej novaj" == Words(load_translations("eo", str(folder))).say("Latest")
    assert 1 == main(["languages", "check"])
    assert f"and {TEXTS - 11} more" in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["ja", "en", "en-AU", "AR"])
def test_a_language_with_words_begins_without_texts(lang: str, folder: Path, capsys: pytest.CaptureFixture[str]):
    """Its owner wants to say a few of them otherwise: then nothing is missing, before and after an update."""
    assert 0 == main(["languages", "new", lang])
    assert 0 == main(["languages", "update"])
    assert 0 == main(["languages", "check"])
    assert "complete" in capsys.readouterr().out
    (made,) = folder.glob("*.po")
    assert 1 == made.read_text(encoding="utf-8").count("msgid")


def test_a_file_that_is_there_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]):
    """Hours of work may be in it."""
    folder.mkdir()
    (folder / "eo.po").write_text("mine", encoding="utf-8")
    assert 1 == main(["languages", "new", "eo"])
    assert "languages update" in capsys.readouterr().err
    assert "mine" == (folder / "eo.po").read_text(encoding="utf-8")


def test_an_update_brings_new_texts_and_keeps_old_ones_as_comments(folder: Path, capsys: pytest.CaptureFixture[str]):
    """What was translated stays, and so do the remarks of whoever did it."""
    folder.mkdir()
    (folder / "eo.po").write_text(
        '# By me.\nmsgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        '# hm\nmsgid "Latest"\nmsgstr "Plej novaj"\n\nmsgid "Gone"\nmsgstr "For"\n',
        encoding="utf-8",
    )
    assert 1 == main(["languages", "check"])
    assert 'not a text of this version: "Gone"' in capsys.readouterr().out
    assert 0 == main(["languages", "update", "eo"])
    assert f"{TEXTS - 1} texts to translate" in capsys.readouterr().out
    text = (folder / "eo.po").read_text(encoding="utf-8")
    for kept in ("# By me.", '# hm\nmsgid "Latest"\nmsgstr "Plej novaj"', '#~ msgid "Gone"\n#~ msgstr "For"'):
        assert kept in text
    assert 0 == main(["languages", "update"])
    assert text == (folder / "eo.po").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('msgid "since %(day)s"\nmsgstr "de %(tago)s"\n', "eo.po:1: not used, because its placeholders differ"),
        ('#, fuzzy\nmsgid "Latest"\nmsgstr "Nova"\n', 'not translated: "Latest"'),
        ('msgid "Latest"\nmsgstr "Nova"\nmore\n', "eo.po:3"),
    ],
)
def test_check_says_what_cannot_be_used(content: str, said: str, folder: Path, capsys: pytest.CaptureFixture[str]):
    """With its line, as far as it is known; a doubtful translation is none."""
    folder.mkdir()
    (folder / "eo.po").write_text(content, encoding="utf-8")
    assert 1 == main(["languages", "check"])
    heard = capsys.readouterr()
    assert said in heard.out + heard.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["new", "klingon!"], "is not a language tag"),
        (["check"], "there is no catalogue in"),
        (["update", "sv"], "'sv'"),
    ],
)
def test_what_cannot_be_done_is_said(words: list[str], said: str, folder: Path, capsys: pytest.CaptureFixture[str]):
    """With exit code 2, and nothing is made."""
    assert 2 == main(["languages", *words])
    assert said in capsys.readouterr().err
    assert not folder.exists()


def test_languages_are_listed_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """By name, where there is no site, too."""
    monkeypatch.chdir(tmp_path)
    assert 0 == main(["languages"])
    assert "ja        Japanese\n" in capsys.readouterr().out


def test_an_update_keeps_names_apart_where_a_language_runs_from_right_to_left(folder: Path):
    """Once, however often it is run; other places of values stay as they are."""
    folder.mkdir()
    text = 'msgid "Read at %(name)s"\nmsgstr "%(name)s ور"\n\nmsgid "since %(day)s"\nmsgstr "%(day)s"\n'
    (folder / "ur.po").write_text(text, encoding="utf-8")
    for _ in range(2):
        assert 0 == main(["languages", "update", "ur"])
        found = (folder / "ur.po").read_text(encoding="utf-8")
        assert 'msgstr "\u2068%(name)s\u2069 ور"' in found
        assert 'msgstr "%(day)s"' in found
