"""A build that is stopped by what it renders: what it leaves, what it says, and what the next one does."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

BROKEN = '{% extends "base.html" %}\n{% block main %}{{ view.nothing.of.it }}{% endblock %}\n'


def test_template_that_breaks_a_first_build_half_way(site: Site):
    """Pages before it are there and whole, its line is said, and the next build leaves what a clean one makes."""
    site.write("news/a.md", front_matter(webUrl=""))
    site.settings(
        THEME_TEMPLATES_OVERRIDES=["templates"],
        DIGEST_WORKERS=1,
        DIGEST_SEARCH=False,
        DIGEST_API=False,
        CACHE_PATH="cache",
    )
    broken = site.root / "templates" / "about.html"
    broken.parent.mkdir()
    broken.write_text(BROKEN)
    failed = site.build()
    assert 1 == failed.returncode
    assert "templates/about.html:2: UndefinedError" in " ".join(failed.stdout.split())
    left = site.files()
    assert "news/a/index.html" in left
    broken.unlink()
    mended = site.build()
    assert 0 == mended.returncode
    found = site.files()
    assert "about/index.html" in found.keys() - left.keys()
    assert left.items() <= found.items()
    for folder in ("output", "cache"):
        shutil.rmtree(site.root / folder)
    site.build()
    assert site.files() == found
