"""Installed and not asked for, the plugin leaves no trace; asked for, it repeats exactly."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.builders import front_matter
from tests.conftest import PLUGINS

if TYPE_CHECKING:
    from tests.conftest import Site

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


# Development tools bring other plugins, which Pelican would load as well.
ONLY = """
import pelican.plugins as p
from pelican.plugins import _utils
p.__path__.append({folder!r})
find = _utils.iter_namespace
_utils.iter_namespace = lambda space: [found for found in find(space) if found[1] in {names!r}]
from pelican import main
main([])
"""


def sum_of(site: Site) -> str:
    """Return one digest of all files of the output."""
    found = hashlib.sha256()
    for name, data in site.files().items():
        found.update(name.encode() + b"\0" + data)
    return found.hexdigest()


def bare_settings(site: Site) -> None:
    """Write settings as quickstart does: no ``PLUGINS``, no theme."""
    lines = ("SITENAME = 'Bare'", "SITEURL = ''", "PATH = 'content'", "TIMEZONE = 'UTC'", "DEFAULT_LANG = 'EN'")
    (site.root / "pelicanconf.py").write_text("\n".join(lines) + "\n", encoding="utf-8")


def run(site: Site, *, has_us: bool, **env: str) -> str:
    """Build *site* in a process that finds our namespace plugin, or does not, and return what it said."""
    code = ONLY.format(folder=str(PLUGINS), names=["pelican.plugins.news_digest"] * has_us)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=site.root,
        env={**os.environ, "COLUMNS": "300", **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, done.stdout
    return re.sub(r"\d\d:\d\d:\d\d", "", done.stdout.rpartition(" in ")[0])


def test_a_site_that_did_not_ask_is_what_it_was(classic: Site):
    """With the package installed, and without: the same files, the same words, nothing beside them."""
    bare_settings(classic)
    said = run(classic, has_us=False, PYTHONHASHSEED="1")
    before, around = classic.files(), {path.name for path in classic.root.rglob("*")}
    assert said == run(classic, has_us=True, PYTHONHASHSEED="1")
    assert before == classic.files()
    assert around == {path.name for path in classic.root.rglob("*")}


@pytest.mark.parametrize("sign", ["theme", "setting", "item", "plugins"])
def test_a_site_that_asks_is_built(classic: Site, sign: str):
    """By our theme, a setting of ours, an item, or a choice of plugins."""
    bare_settings(classic)
    conf = classic.root / "pelicanconf.py"
    more = {"theme": f"THEME = {str(PLUGINS.parents[2] / 'theme')!r}", "setting": "DIGEST_API = False"}
    if sign == "plugins":
        (classic.root / "other.py").write_text("def register(): pass\n", encoding="utf-8")
        more["plugins"] = "PLUGINS = ['pelican.plugins.news_digest', 'other']"
    if sign == "item":
        classic.write("news/a.md", front_matter())
    conf.write_text(f"{conf.read_text(encoding='utf-8')}{more.get(sign, '')}\n", encoding="utf-8")
    assert "News Digest:" in run(classic, has_us=True)


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
    assert "Lamps en" in classic.page("index.html")
    assert "Lamps de" not in classic.page("index.html" if theme == "ours" else "archives.html")
