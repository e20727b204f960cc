"""The documentation as a site: built strictly, every link followed, nothing asked of another host."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tools.check_docs import problems

from tests.conftest import ROOT, MakeOnce

DOCS = ROOT / "docs"
STRICT = ("-W", "--keep-going", "-q")
pytest.importorskip("sphinx", reason="Sphinx is not installed (pip install --group docs)")
pytest.importorskip("furo", reason="Furo is not installed (pip install --group docs)")
pytest.importorskip("myst_parser", reason="MyST is not installed (pip install --group docs)")


def build(docs: Path, into: Path) -> subprocess.CompletedProcess[str]:
    """Build the documentation as `make docs` does."""
    return subprocess.run(
        [sys.executable, "-m", "sphinx", *STRICT, "-b", "html", "-d", into / "trees", docs, into / "html"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "LC_ALL": "C"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def build_docs(folder: Path) -> None:
    """Build the whole documentation in *folder*; nothing may be said of it."""
    result = build(DOCS, folder)
    assert ("", 0) == (result.stdout, result.returncode)


@pytest.fixture(scope="module")
def built(shared: MakeOnce) -> Path:
    """Return the folder of the built documentation."""
    return shared("docs", build_docs) / "html"


def test_every_link_leads_somewhere_and_nothing_comes_from_elsewhere(built: Path):
    """Pages, headings, pictures, style sheets and scripts: all there, all from here."""
    assert [] == problems(built)


def test_every_page_is_in_the_list_of_pages():
    """Who looks through the list finds everything: it is the first page of the site and of the folder."""
    listed = set(re.findall(r"\]\(([^)#]+\.md)\)", (DOCS / "README.md").read_text(encoding="utf-8")))
    pages = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md") if "_build" not in path.parts}
    assert {name for name in pages if not re.match(r"README|index|decisions/\d", name)} == listed


def test_a_link_that_leads_nowhere_stops_the_build(tmp_path: Path):
    """Strict means strict: a page or heading that does not exist is an error, and so is a page in no list."""
    docs = tmp_path / "docs"
    (docs / "_static").mkdir(parents=True)
    shutil.copy(DOCS / "conf.py", docs)
    (docs / "_static" / "docs.css").touch()
    (tmp_path / "theme" / "static").mkdir(parents=True)
    shutil.copy(ROOT / "theme" / "static" / "icon.svg", tmp_path / "theme" / "static")
    links = ("nowhere.md", "other.md#no-heading", "#none-here")
    (docs / "other.md").write_text("# Other\n", encoding="utf-8")
    (docs / "index.md").write_text("# One\n\n" + "".join(f"- [there]({link})\n" for link in links), encoding="utf-8")
    result = build(docs, tmp_path / "out")
    assert result.returncode != 0
    assert [] == [
        text
        for text in ("nowhere.md", "no-heading", "none-here", "other.md: WARNING: document isn't in")
        if text not in result.stdout
    ]


def test_the_look_at_links_is_not_blind(tmp_path: Path):
    """What is wrong is found: pages, headings, pictures, and what comes from another host."""
    (tmp_path / "a.html").write_text(
        '<link href="https://fonts.example/a.css"><img src="a.png" srcset="b.png 2x"><a href="b.html#here">b</a>'
        '<a href="https://other.example/">a click is no load</a><a href="#there">c</a><p id="x" style="background:'
        'url(//other.example/a.png)"><a href="#x">d</a></p>',
        encoding="utf-8",
    )
    (tmp_path / "b.html").write_text('<p id="there"></p>', encoding="utf-8")
    (tmp_path / "a.css").write_text('@import "https://other.example/b.css"; p { src: url(data:font/woff2) }', "utf-8")
    assert [
        "a.html: no such heading: b.html#here",
        "a.html: no such heading: #there",
        "a.html: leads nowhere: a.png",
        "a.html: leads nowhere: b.png",
        "a.html: loads from another host: https://fonts.example/a.css",
        "a.html: loads from another host: //other.example/a.png",
        "a.css: loads from another host: https://other.example/b.css",
    ] == problems(tmp_path)
