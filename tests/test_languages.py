"""The site speaks its language: catalogues are complete, and a site's own words win."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from babel import Locale
from lxml import html

from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.languages import (
    FOLDER,
    Words,
    catalogue_files,
    catalogue_names,
    load_translations,
    missing_words,
)
from pelican.plugins.news_digest.languages.catalogues import (
    catalogue_text,
    is_partial,
    progress_of,
    read_catalogue,
)
from pelican.plugins.news_digest.output.templates.fingerprint import options_key
from pelican.plugins.news_digest.output.templates.options import TemplateOptions
from tests.builders import front_matter
from tests.conftest import ROOT, Site
from tests.programs import load_program

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ALL = sorted(path.stem for path in FOLDER.glob("*.po"))
# Brazilian Portuguese has only what differs from the other.
LANGUAGES = [lang for lang in ALL if not is_partial(FOLDER / f"{lang}.po")]
# New texts may wait for those who know the language: `tools/check_release.py` wants all of them.
MOST_WAITING = 0.1
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}|%%")


def tool() -> ModuleType:
    """Return ``tools/update_languages.py``."""
    return load_program(ROOT / "tools" / "update_languages.py")


@cache
def source() -> Catalog:
    """Return every word that templates and planners say."""
    return tool().source_words()


@cache
def catalogue(lang: str) -> Catalog:
    """Return a catalogue as it lies in the package."""
    return read_catalogue(FOLDER / f"{lang}.po")


def own_words(path: Path, **texts: str) -> None:
    """Write a catalogue of a site's own."""
    entries = "".join(f'\nmsgid "{text}"\nmsgstr "{said}"\n' for text, said in texts.items())
    path.write_text(f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n{entries}', encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_catalogue_has_nearly_every_word(lang: str):
    """Few of them wait for a translation."""
    found = progress_of(catalogue(lang), source(), path=FOLDER / f"{lang}.po")
    assert () == found.unfit
    assert len(found.missing) <= MOST_WAITING * len(source())


def test_the_template_of_catalogues_is_up_to_date():
    """Who begins a language begins with every word: ``make languages``."""
    assert catalogue_text(source()) == (FOLDER / "messages.pot").read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", ALL)
def test_translations_keep_the_places_of_values(lang: str):
    """A lost placeholder would lose a value; one too many would stop the build."""
    for message in catalogue(lang):
        if not all(message.string if isinstance(message.string, tuple) else [message.string]):
            continue  # see above
        if isinstance(message.id, tuple):
            assert catalogue(lang).num_plurals == len(message.string)
            wanted = set(PLACEHOLDER.findall(message.id[1]))
            assert wanted == set(PLACEHOLDER.findall(message.string[-1]))
            assert all(wanted >= set(PLACEHOLDER.findall(form)) for form in message.string)
        elif message.id:
            # A per-cent sign is a word, which another language may write out.
            places = [sorted(PLACEHOLDER.findall(text.replace("%%", ""))) for text in (message.id, message.string)]
            assert places[0] == places[1]


@pytest.mark.parametrize("lang", ["ar", "fa", "he"])
def test_names_stand_apart_where_a_language_runs_from_right_to_left(lang: str):
    """In Latin letters, one would take the colon beside it to its other side."""
    texts = [part for m in catalogue(lang) for part in (m.string if isinstance(m.string, tuple) else [m.string])]
    named = [text for text in texts if re.search(r"%\((?:name|names|site|topic|hosts|generator)\)s", text)]
    assert len(named) > 10
    assert [] == [
        text for text in named if re.search(r"(?<!\u2068)%\((?:name|names|site|topic|hosts|generator)\)s", text)
    ]


def test_the_documentation_lists_all_languages():
    """An owner looks there before she tries."""
    page = (ROOT / "docs" / "how-to" / "languages.md").read_text(encoding="utf-8")
    assert [] == [lang for lang in (*ALL, "en") if f"`{lang.replace('_', '-')}`" not in page]


# As pages write dates: Portuguese without a country is that of Portugal.
CLDR = {"pt": "pt_PT"}


@pytest.mark.parametrize("lang", ALL)
def test_plural_forms_are_those_of_the_language(lang: str):
    """Numbers that the CLDR tells apart have forms of their own, and no others have."""
    rule = Locale.parse(CLDR.get(lang, lang)).plural_form
    choose = load_translations(lang).plural  # type: ignore[attr-defined]
    kinds = {(rule(number), choose(number)) for number in range(1000)}
    assert len(kinds) == len({kind for kind, _ in kinds}) == len({form for _, form in kinds})
    assert len(kinds) == catalogue(lang).num_plurals


@pytest.mark.parametrize(
    ("lang", "said"), [("ja", "最新"), ("ja-JP", "最新"), ("ar", "الأحدث"), ("en", "Latest"), ("xx", "Latest")]
)
def test_region_falls_back_to_its_language_and_that_to_english(lang: str, said: str):
    """A site names its language as it likes."""
    assert said == Words(load_translations(lang)).say("Latest")


@pytest.mark.parametrize("lang", ["zh-Hant-TW", "zh_hant_tw", "ZH-hant"])
def test_a_catalogue_is_found_however_its_tag_is_written(tmp_path: Path, lang: str):
    """Tags are written with hyphens or underscores, in capitals or not; so are the names of files."""
    for name, said in (("zh_Hant_TW", "1"), ("zh-hant", "2"), ("zh", "3"), ("zh_Hans", "4")):
        own_words(tmp_path / f"{name}.po", Latest=said)
    (tmp_path / "zh_Hant_TW_x.po").mkdir()
    wanted = ["zh_Hant_TW", "zh-hant", "zh"] if lang.lower().endswith("tw") else ["zh-hant", "zh"]
    assert [f"{name}.po" for name in wanted] == [
        path.name for path in catalogue_files(lang, str(tmp_path)) if path.parent == tmp_path
    ]
    assert ("1" if len(wanted) == 3 else "2") == Words(load_translations(lang, str(tmp_path))).say("Latest")


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("de-AT", "de_Latn_AT de_AT de_Latn de"),
        ("zh-TW", "zh_Hant_TW zh_TW zh_Hant zh"),
        ("zh-hk", "zh_Hant_hk zh_hk zh_Hant zh"),
        ("zh-CN", "zh_Hans_CN zh_CN zh_Hans zh"),
        ("zh", "zh_Hans zh"),
        ("sr-ME", "sr_Latn_ME sr_ME sr_Latn sr"),
        ("sr-Latn", "sr_Latn sr"),
        ("zz", "zz"),
    ],
)
def test_a_script_that_a_tag_leaves_out_is_the_usual_one(lang: str, names: str):
    """Taiwan and Hong Kong read traditional Chinese, though few of their tags say so."""
    assert names.split() == list(catalogue_names(lang))


@pytest.mark.parametrize("lang", ["en", "en-AU", "EN_us", "ja", "ja-JP", "ar_EG"])
def test_nothing_is_said_of_a_language_with_words(lang: str):
    """English is the language of the source, and a region is no other language."""
    assert "" == missing_words(lang)


def test_a_language_without_words_is_said_with_what_to_do(tmp_path: Path):
    """Until the site has a catalogue of its own."""
    assert "news-digest languages new eo" in missing_words("eo", str(tmp_path))
    own_words(tmp_path / "eo.po", Latest="Plej novaj")
    assert "" == missing_words("eo", str(tmp_path))


def test_build_and_check_say_that_a_language_has_no_words(
    site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """One line each: otherwise the site says it is Esperanto, and is English."""
    site.write("news/a.md", front_matter())
    site.settings(DEFAULT_LANG="eo")
    assert 1 == site.build().stdout.count("there is no translation for the language 'eo' yet")
    monkeypatch.chdir(site.root)
    assert 0 == main(["check"])
    assert 1 == capsys.readouterr().err.count("there is no translation for the language 'eo' yet")


def test_own_words_win_and_the_rest_stays(tmp_path: Path):
    """A site overrides one text without copying the others."""
    own_words(tmp_path / "ja.po", Latest="新着")
    words = Words(load_translations("ja", str(tmp_path)))
    assert ("新着", "情報源") == (words.say("Latest"), words.say("Sources"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("since %(day)s", "dal %(giorno)s"),
        ("since %(day)s", "dal %(day)d"),
        ("since %(day)s", "dal %(day)s al 100 %"),
        ("since %(day)s", "dal %s"),
        ("Latest", "%(day)s"),
    ],
)
def test_a_text_with_other_places_is_refused(tmp_path: Path, caplog: pytest.LogCaptureFixture, text: str, said: str):
    """A place that nothing fills would stop the build: the text stays English, the rest is used, the log says where."""
    own_words(tmp_path / "eo.po", **{text: said, "Sources": "Fonti"})
    words = Words(load_translations("eo", str(tmp_path)))
    assert (text.replace("%(day)s", "1"), "Fonti") == (words.say(text, day=1), words.say("Sources"))
    assert [
        f'{tmp_path / "eo.po"}:4: not used, because its placeholders differ from those of "{text}"'
    ] == caplog.messages


def test_places_may_be_left_out_or_written_twice(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    """One day is "un giorno", not "1 giorno"; a sign is a word; a text without values may hold one."""
    own_words(tmp_path / "eo.po", **{"since %(day)s": "%(day)s %(day)s", "top 25%": "il 25 %", "%(num)s%%": "%(num)s"})
    words = Words(load_translations("eo", str(tmp_path)))
    assert "1 1" == words.say("since %(day)s", day=1)
    assert "il 25 %" == words.say("top 25%")
    assert [] == caplog.messages


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"Latest = Ultime\n", ":1"),
        (b'msgid "Latest"\nmsgstr "Ultime"\nmore\n', ":3"),
        (b'msgid "Latest"\nmsgstr "\xff"\n', ""),
        (b'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=many;\\n"\n', ""),
        (b'msgid ""\nmsgstr "Content-Type: text/plain; charset=none\\n"\n', ""),
    ],
)
def test_a_catalogue_that_cannot_be_read_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes, where: str
):
    """The site is built with the words there are; the log names the file and, where it is known, the line."""
    (tmp_path / "ja.po").write_bytes(content)
    assert "最新" == Words(load_translations("ja", str(tmp_path))).say("Latest")
    assert [("ERROR", f"{tmp_path / 'ja.po'}{where}: the catalogue is not used")] == [
        (record.levelname, record.getMessage()[: len(f"{tmp_path / 'ja.po'}{where}: the catalogue is not used")])
        for record in caplog.records
    ]


def test_changed_words_make_pages_stale(tmp_path: Path):
    """A catalogue is part of what a page is made from."""
    options = TemplateOptions(paths=(), lang="ja", languages_path=str(tmp_path))
    before = options_key(options)
    (tmp_path / "ja.po").write_text('msgid "Latest"\nmsgstr "新着"\n')
    assert before != options_key(options)
    assert options_key(TemplateOptions(paths=(), lang="ja")) != options_key(TemplateOptions(paths=(), lang="ar"))


def test_site_runs_as_its_language_does(site: Site):
    """Every page says so, and speaks; tests/test_untranslated.py has what must not be left in English."""
    site.write("news/a.md", front_matter())
    site.settings(DEFAULT_LANG="ar-EG")
    site.build()
    pages = [path for path in site.files() if path.endswith("index.html")]
    assert len(pages) > 15
    assert [] == [path for path in pages if html.document_fromstring(site.page(path)).get("dir") != "rtl"]
    assert Words(load_translations("ar")).say("Latest") in site.page("latest/index.html").partition("</title>")[0]


@pytest.mark.parametrize(
    ("number", "said"), [(1, "خبر واحد"), (2, "خبران"), (7, "7 أخبار"), (23, "23 خبرًا"), (100, "100 خبر")]
)
def test_arabic_counts_in_six_ways(number: int, said: str):
    """The noun follows the number: one, two, three to ten, eleven and more, and the hundreds."""
    assert said == load_translations("ar").ngettext("%(num)s story", "%(num)s stories", number) % {"num": number}


@pytest.mark.parametrize(
    ("lang", "written"),
    [
        ("en", "Write to <a>us</a> and include the page’s URL."),
        ("ja", "ページのアドレスを添えて<a>us</a>までご連絡ください。"),
        ("ar", "اكتب إلى <a>us</a>، واذكر عنوان الصفحة."),
    ],
)
def test_a_link_stands_where_its_sentence_has_it(site: Site, lang: str, written: str):
    """No sentence is glued together around a link: every language puts it in its own place."""
    site.write("news/a.md", front_matter())
    site.settings(DEFAULT_LANG=lang, DIGEST_CONTACT="mailto:us@example.org")
    site.build()
    text = re.sub(r"<a [^>]*>[^<]*</a>", "<a>us</a>", site.page("about/index.html"))
    assert written in text


def test_arrows_are_drawn_by_the_style_sheet():
    """An arrow points the other way where the site runs from right to left: only ``tokens.css`` may draw one."""
    files = [path for path in (ROOT / "theme").rglob("*") if path.suffix in {".html", ".css", ".js"}]
    found = {path.name for path in files if set("←→↗↖") & set(path.read_text(encoding="utf-8"))}
    assert {"tokens.css", "status.html"} == found, "status.html: the build's report is English on every site"
