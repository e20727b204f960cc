"""``/search/`` of a whole site: with an index, without its tool, and switched off."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.output.search import index
from pelican.plugins.news_digest.output.search.program import find_pagefind

from ..builders import front_matter
from ..output.search.records import needs_pagefind

if TYPE_CHECKING:
    from ..conftest import Site


@pytest.fixture
def written(site: Site) -> Site:
    """Return a site with one item."""
    site.write("news/2026-05-01-a.md", front_matter())
    return site


def test_switched_off(written: Site):
    """The page says so and leads to the lists; an index of an earlier build is removed."""
    written.build()
    written.settings(DIGEST_SEARCH=False)
    written.build()
    page = written.page("search/index.html")
    assert "This site has no search" in page
    assert 'href="/topics/harbour/"' in page
    assert ("<form" in page, "wasm-unsafe-eval" in page, (written.output / "pagefind").exists()) == (False,) * 3
    assert [] == leading_to_search(written)


def leading_to_search(site: Site) -> list[str]:
    """Return the other pages that lead to ``/search/``."""
    pages = sorted(path for path in site.output.rglob("*.html") if path.parent.name != "search")
    return [str(page) for page in pages if re.search(r"""(?:href|action)="[^"]*search/""", page.read_text("utf-8"))]


def build_without_pagefind(site: Site) -> str:
    """Build where neither the package nor its program can be found; return what was said."""
    hidden = site.root / "hidden"
    for package in ("pagefind_bin", "pagefind_bin_extended"):
        (hidden / package).mkdir(parents=True, exist_ok=True)
        (hidden / package / "__init__.py").touch()
    said = site.build("--fatal", "warnings", env={"PYTHONPATH": str(hidden), "PATH": ""})
    assert 0 == said.returncode, said.stdout
    return " ".join(said.stdout.split())


def test_without_pagefind(written: Site):
    """The build goes on and tells the owner once, without a warning; readers are offered no search anywhere."""
    said = build_without_pagefind(written)
    assert 1 == said.count("pip install 'pelican-news-digest[search]'")
    page = written.page("search/index.html")
    assert "This site has no search" in page
    assert "pip" not in page
    assert [] == leading_to_search(written)


def test_a_search_that_comes_is_in_the_menu(written: Site):
    """When Pagefind is installed every page gets its way to the search, in the build that follows."""
    if find_pagefind() is None:
        pytest.skip("Pagefind is not installed (pip install -e '.[search]')")
    build_without_pagefind(written)
    shutil.rmtree(written.root / "hidden")
    written.build()
    pages = leading_to_search(written)
    assert {str(written.output / name) for name in ("index.html", "404.html", "latest/index.html")} <= {*pages}


def test_two_builds_from_nothing_are_the_same(written: Site):
    """With the index, byte for byte; and a third build changes nothing."""
    if find_pagefind() is None:
        pytest.skip("Pagefind is not installed (pip install -e '.[search]')")
    written.settings(DIGEST_CACHE=False)
    written.build("-o", "first")
    written.build("-o", "second")
    first, second = (
        {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        for folder in (written.root / "first", written.root / "second")
    )
    assert "pagefind/pagefind.js" in first
    assert first == second
    assert " 0 files changed" in written.build("-o", "second").stdout


@needs_pagefind
def test_an_index_is_written_while_pages_are(written: Site):
    """Where there are enough of them; it is the one that is written after them, and is known to the next build."""
    written.build()
    after = written.files()
    shutil.rmtree(written.output)
    shutil.rmtree(written.root / "cache")
    beside = f"import {index.__name__} as index\nindex.BEFORE = 0\n"
    written.follow([("pelicanconf.py", f"{beside}index.SearchIndex.files = None  # nobody asks for them\n")])
    assert 0 == written.build().returncode
    assert after == written.files()
    assert " 0 files changed, 0 removed" in written.build().stdout
