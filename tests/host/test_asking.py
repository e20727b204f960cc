"""Installed and not asked for, the plugin leaves no trace; asked for, it repeats exactly."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from tests.builders import front_matter
from tests.conftest import ROOT, MakeOnce, Site
from tests.pythons import make_python, pip_install, wheel_of

CLASSIC = "Title: {title}\nDate: 2026-05-0{day}\nSlug: {slug}\nLang: {lang}\n\nText of {title}.\n"


@pytest.fixture
def classic(site: Site) -> Site:
    """Return a site of classic articles with translations, and a folder of news that is a category."""
    for slug, title in (("trams", "Trams"), ("lamps", "Lamps")):
        for day, lang in enumerate(("en", "de", "fr"), 1):
            text = CLASSIC.format(title=f"{title} {lang}", day=day, slug=slug, lang=lang)
            site.write(f"{slug}-{lang}.md", text)
    site.write("news/c.md", "Title: C\nDate: 2026-05-01\n\nText.\n")
    site.write("pages/p.md", "Title: P\nSlug: p\nLang: en\n\nText.\n")
    site.write("pages/p-de.md", "Title: P de\nSlug: p\nLang: de\n\nText.\n")
    return site


def sum_of(site: Site) -> str:
    """Return one digest of all files of the output."""
    found = hashlib.sha256()
    for name, data in site.files().items():
        found.update(name.encode() + b"\0" + data)
    return found.hexdigest()


@pytest.fixture(scope="module")
def pythons(shared: MakeOnce) -> dict[bool, Path]:
    """Return two Pythons that differ in one thing: whether our wheel is installed, where Pelican finds it unasked."""

    def make(folder: Path) -> None:
        make_python(folder / "without")
        pip_install(wheel_of(shared), "--python", make_python(folder / "with"))

    folder = shared("asking", make)
    return {has_us: folder / name / "bin" / "python" for has_us, name in ((False, "without"), (True, "with"))}


def quickstart(site: Site) -> None:
    """Make the project that ``pelican-quickstart`` makes: no ``PLUGINS``, no theme."""
    answers = "\n" * 4 + "n\nn\nUTC\nn\n"
    command = [
        sys.executable,
        "-m",
        "pelican.tools.pelican_quickstart",
        "-p",
        str(site.root),
        "-t",
        "Quick",
        "-l",
        "en",
    ]
    subprocess.run([*command, "-a", "Ann"], input=answers, text=True, check=True, stdout=subprocess.DEVNULL)


def run(site: Site, python: Path, *arguments: str, **env: str) -> str:
    """Build *site* as whoever has installed *python* does, and return what it said."""
    done = subprocess.run(
        [python, "-m", "pelican", *arguments],
        cwd=site.root,
        env={**os.environ, "COLUMNS": "300", **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout
    return re.sub(r"\d\d:\d\d:\d\d", "", done.stdout.rpartition(" in ")[0])


def around(site: Site) -> dict[Path, bytes]:
    """Return every file of the site's folder, its output included."""
    return {path.relative_to(site.root): path.read_bytes() for path in site.root.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_a_site_that_did_not_ask_is_what_it_was(classic: Site, pythons: dict[bool, Path]):
    """With the package installed, and without: the same files, the same words, nothing beside them, six hash seeds."""
    quickstart(classic)
    for seed in map(str, range(6)):
        found = {}
        for has_us, python in pythons.items():
            shutil.rmtree(classic.output)
            said = run(classic, python, PYTHONHASHSEED=seed)
            found[has_us] = said, around(classic)
        assert "Processed 7 articles" in found[False][0]
        assert found[False] == found[True]


def test_pelican_loads_the_package_unasked(classic: Site, pythons: dict[bool, Path]):
    """What the test above compares: a site that names no plugins loads ours where it is installed, and only there."""
    quickstart(classic)
    registers = "Registering plugin `pelican.plugins.news_digest`"
    said = {has_us: run(classic, python, "--debug") for has_us, python in pythons.items()}
    assert {False: False, True: True} == {has_us: registers in words for has_us, words in said.items()}


@pytest.mark.parametrize("sign", ["theme", "setting", "item", "plugins"])
def test_a_site_that_asks_is_built(classic: Site, pythons: dict[bool, Path], sign: str):
    """By our theme, a setting of ours, an item, or a choice of plugins."""
    quickstart(classic)
    conf = classic.root / "pelicanconf.py"
    more = {"theme": f"THEME = {str(ROOT / 'theme')!r}", "setting": "DIGEST_API = False"}
    if sign == "plugins":
        (classic.root / "other.py").write_text("def register(): pass\n", encoding="utf-8")
        more["plugins"] = "PLUGINS = ['pelican.plugins.news_digest', 'other']"
    if sign == "item":
        classic.write("news/a.md", front_matter())
    conf.write_text(f"{conf.read_text(encoding='utf-8')}{more.get(sign, '')}\n", encoding="utf-8")
    assert "News Digest:" in run(classic, pythons[True])


@pytest.mark.parametrize("theme", ["ours", "simple"])
def test_articles_that_share_a_slug_get_one_order_of_names(classic: Site, theme: str):
    """Whatever the hash seed, each build from nothing is the same, byte for byte."""
    (classic.root / "content/news/c.md").unlink()
    classic.write("news/a.md", front_matter())
    values = {} if theme == "ours" else {"THEME": theme}
    classic.settings(DIGEST_SEARCH=False, CACHE_PATH="cache", DELETE_OUTPUT_DIRECTORY=True, **values)
    found = set()
    for seed in range(6):
        (classic.root / "content/addresses.yaml").unlink(missing_ok=True)
        assert 0 == classic.build("-e", f'CACHE_PATH="cache{seed}"', env={"PYTHONHASHSEED": str(seed)}).returncode
        found.add(sum_of(classic))
    assert 1 == len(found)


def languages(links: list[html.HtmlElement]) -> dict[str, str]:
    """Return what search engines are told: language → file."""
    return {link.get("hreflang"): link.get("href").removeprefix("https://tiny.example/") for link in links}


@pytest.mark.parametrize("theme", ["ours", "simple", "notmyidea"])
def test_translations_keep_their_links(classic: Site, theme: str):
    """Beside items, too: each article and page names its translations, and no translation is listed as an article."""
    classic.write("news/a.md", front_matter())
    classic.settings(DIGEST_SEARCH=False, **({} if theme == "ours" else {"THEME": theme}))
    result = classic.build("--fatal", "errors")
    assert 0 == result.returncode, result.stdout
    assert "trams-de.html" in classic.page("trams.html")
    assert "trams.html" in classic.page("trams-fr.html")
    assert "p-de.html" in classic.page("pages/p.html")
    if theme == "ours":
        heads = [
            html.fromstring(classic.page(path)).xpath("//head/link[@hreflang]")
            for path in ("trams-de.html", "pages/p.html")
        ]
        assert {"de": "trams-de.html", "en": "trams.html", "fr": "trams-fr.html"} == languages(heads[0])
        assert {"en": "pages/p.html", "de": "pages/p-de.html"} == languages(heads[1])
        assert "hreflang" not in classic.page("news/a/index.html")
    assert "Lamps en" in classic.page("index.html")
    assert "Lamps de" not in classic.page("index.html" if theme == "ours" else "archives.html")
