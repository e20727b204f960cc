"""``/search/`` of a whole site: with an index, without its tool, and switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.output.search import find_pagefind

from ..builders import front_matter

if TYPE_CHECKING:
    from ..conftest import Site


@pytest.fixture
def written(site: Site) -> Site:
    """Return a site with one item."""
    site.write("news/2026-05-01-a.md", front_matter())
    return site


def test_switched_off(written: Site):
    """The page says so and leads to the lists; an index of an earlier build is removed."""
    (written.output / "pagefind").mkdir(parents=True)
    written.settings(DIGEST_SEARCH=False)
    written.build()
    page = written.page("search/index.html")
    assert "This site has no search" in page
    assert 'href="/topics/harbour/"' in page
    assert ("<form" in page, "wasm-unsafe-eval" in page, (written.output / "pagefind").exists()) == (False,) * 3


def test_without_pagefind(written: Site):
    """The build goes on without a warning; the page says what is missing and how to get it."""
    (written.root / "pagefind").mkdir()
    (written.root / "pagefind" / "__init__.py").touch()
    said = written.build("--fatal", "warnings", env={"PYTHONPATH": str(written.root), "PATH": ""})
    assert 0 == said.returncode, said.stdout
    assert "pip install &#39;pelican-news-digest[search]&#39;" in written.page("search/index.html").replace(
        "'", "&#39;"
    )


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
