"""Everything can be replaced from a site's own folder: the examples of the how-to, built as they stand there."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from tests.builders import front_matter
from tests.conftest import ROOT, Site

HOW_TO = (ROOT / "docs" / "how-to" / "customise.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^\*\*`([^`]+)`\*\*\n\n```\S+\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# Section → a file of the output, what must stand in it, and what must not.
SEEN = {
    "A colour": ("theme/digest.css", "--accent: var(--when-light,#7a1fa2) var(--when-dark,#d9a5ec)", "!important"),
    "Any other rule": ("theme/digest.css", "font-style: italic", "!important"),
    "A word": ("index.html", "Just in", ">Latest<"),
    "An addition to a region": ("latest/index.html", 'Edited by hand in Port Ellery. <a href="/imprint/">', "{{"),
    "A block": ("news/a/index.html", '<p class="note">You are reading Tiny.</p>', "{{"),
    "A block of every page": ("latest/index.html", "A paper of the harbour since 1874</p>\n<header", "{{"),
    "A whole template": ("news/a/index.html", "Back to the front page", "breadcrumbs"),
    "A template for one page": ("a-walk-along-the-pier.html", '<p class="note">3 km on foot.</p>', "{{"),
    "A page": ("about/index.html", "Three people and a <strong>kettle</strong>", "formula"),
    "A filter": ("index.html", '<p class="note">TINY!</p>', "{{"),
    "Another theme": ("news/a/index.html", "A headline", "digest.css"),
}


def sections() -> dict[str, dict[str, str]]:
    """Return each section's files: path → text, as they stand in the how-to; what comes before counts for all."""
    first, *others = HOW_TO.split("\n## ")
    common = dict(_BLOCK.findall(first))
    found = {}
    for part in others:
        heading, _, text = part.partition("\n")
        files = {}
        for path, block in _BLOCK.findall(text):
            files[path] = files.get(path, "") + block
        config = common["pelicanconf.py"] + files.pop("pelicanconf.py", "")
        found[heading] = {**files, "pelicanconf.py": config}
    return found


def test_every_section_has_an_example_and_is_tested():
    """No example stands in the how-to that nobody builds, and none is tested that nobody can read."""
    assert SEEN.keys() == sections().keys()
    assert all(files for files in sections().values())


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site of one item that changes nothing, built once."""
    site = Site(tmp_path_factory.mktemp("plain"))
    site.write("news/a.md", front_matter(title='"A headline"'))
    assert 0 == site.build().returncode
    return site


@pytest.mark.parametrize("heading", SEEN)
def test_example_does_what_it_says(heading: str, plain: Site, site: Site):
    """Without the example the site says something else; with it, in the build that follows, what was promised."""
    page, expected, absent = SEEN[heading]
    shutil.copytree(plain.root, site.root, dirs_exist_ok=True)
    before = site.page(page) if (site.output / page).exists() else ""
    assert expected not in before or heading == "Another theme"

    for path, text in sections()[heading].items():
        target = site.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        old = target.read_text(encoding="utf-8") if path == "pelicanconf.py" else ""
        target.write_text(old + text, encoding="utf-8")
    result = site.build("--fatal", "warnings")
    assert 0 == result.returncode, result.stdout
    after = site.page(page)
    assert expected in after
    assert absent not in after
    assert before != after


def test_template_that_changes_is_seen_by_the_next_build(site: Site):
    """A template that extends the theme's is part of what a page is made from."""
    site.write("news/a.md", front_matter())
    site.settings(THEME_TEMPLATES_OVERRIDES=["templates"])
    (site.root / "templates").mkdir()
    for word in ("one", "two"):
        text = f'{{% extends "!theme/article.html" %}}{{% block main %}}<p>{word}</p>{{% endblock %}}'
        (site.root / "templates" / "article.html").write_text(text, encoding="utf-8")
        assert 0 == site.build().returncode
        assert f"<p>{word}</p>" in site.page("news/a/index.html")


def test_column_at_the_side_is_a_block(site: Site):
    """Of each kind of page that has one; what a page says of itself is there to be read."""
    site.write("news/a.md", front_matter(related='\n  - webUrl: "https://other.example/"'))
    site.settings(THEME_TEMPLATES_OVERRIDES=["templates"])
    (site.root / "templates").mkdir()
    for name in ("home", "article", "day", "month"):
        text = f'{{% extends "!theme/{name}.html" %}}{{% block rail %}}<p>[{name}]</p>{{{{ super() }}}}{{% endblock %}}'
        (site.root / "templates" / f"{name}.html").write_text(text, encoding="utf-8")
    assert 0 == site.build("--fatal", "warnings").returncode
    pages = {"home": "index", "article": "news/a/index", "day": "2026/05/01/index", "month": "2026/05/index"}
    assert [] == [name for name, page in pages.items() if f"<p>[{name}]</p><aside" not in site.page(f"{page}.html")]


@pytest.mark.parametrize(
    ("expected", "css"),
    [
        ("--accent #ffee00 on --", "--accent: #ffee00;"),
        ("--link: tomato is not a colour that can be checked; write #rrggbb", "--link: tomato;"),
    ],
)
def test_colour_that_cannot_be_read_is_not_shown(expected: str, css: str, site: Site):
    """The build says which colour, where, by how much, and shows the theme's own; audit stops the publishing."""
    site.write("news/a.md", front_matter())
    site.settings(DIGEST_STYLE="site.css", SITEURL="https://name.github.io", DIGEST_SEARCH=False)
    (site.root / "site.css").write_text(f":root {{\n{css}\n}}\n.mine {{ color: red }}", encoding="utf-8")
    result = site.build()
    assert 0 == result.returncode
    assert f" site.css:2: ND512 {expected}" in " ".join(result.stdout.split())
    sheet = site.page("theme/digest.css")
    assert css not in sheet
    assert sheet.endswith(".mine { color: red }")
    audit = subprocess.run(
        [sys.executable, "-m", "pelican.plugins.news_digest", "audit"], cwd=site.root, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert 1 == audit.returncode
    assert f"site.css:2: ND512 {expected}" in audit.stdout
    (site.root / "site.css").write_text(":root {}", encoding="utf-8")
    assert "ND512" not in site.build().stdout


def test_style_sheet_that_is_not_there_is_said(site: Site):
    """The setting and the path are named, and the build ends as for every setting that is wrong."""
    site.write("news/a.md", front_matter())
    site.settings(DIGEST_STYLE="gone.css")
    result = site.build()
    assert 2 == result.returncode
    assert "DIGEST_STYLE" in result.stdout
    assert "gone.css" in result.stdout
