"""What owners change first, as the how-to has it: one site with all of it."""

from __future__ import annotations

import re

import pytest

from tests.builders import front_matter
from tests.conftest import ROOT, Site

HOW_TO = (ROOT / "docs" / "how-to" / "set-up.md").read_text(encoding="utf-8")
_FILE = re.compile(r"^\*\*`([^`]+)`\*\*\n\n```\S+\n(.*?)^```$", re.MULTILINE | re.DOTALL)

# Section → a file of the output, and what must stand in it.
SEEN = {
    "A logo": [
        ("index.html", '<img class="logo by-light" src="/theme/site-logo.svg?v='),
        ("index.html", 'alt="Harbour Watch" width="180" height="40"'),
        ("theme/site-logo-dark.svg", "#8cc4ec"),
    ],
    "Menu entries": [
        ("index.html", '<li><a href="/imprint/">Imprint</a></li>\n<li><a href="https://forum.example/" rel="external'),
    ],
    "How many stories the front page has": [
        ("index.html", '<a href="/latest/">All stories (9)</a>'),
    ],
    "Visitors counted": [
        ("latest/index.html", '<script src="https://stats.example/count.js" data-site="harbour" defer></script>'),
        ("latest/index.html", "script-src &#39;self&#39;"),
        ("latest/index.html", " https://stats.example"),
        ("about/index.html", "which can then see your visit: stats.example."),
    ],
    "Other addresses for items": [
        ("index.html", 'href="/2026/05/2026-05-09-bridge/"'),
        ("news/2026-05-09-bridge/index.html", "url=../../2026/05/2026-05-09-bridge/"),
    ],
    "An icon": [
        ("index.html", '<link rel="icon" type="image/svg+xml" href="/theme/site-icon.svg?v='),
        ("index.html", '<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#151513">'),
        ("site.webmanifest", '"name": "Harbour Watch"'),
        ("site.webmanifest", '"src": "theme/site-icon.svg"'),
    ],
}


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site that does all that the how-to says, built once."""
    site = Site(tmp_path_factory.mktemp("harbour"))
    for day in range(1, 10):
        values = {"title": f"Day {day}", "webUrl": f"https://post.example/{day}/"}
        text = front_matter(publishedDateTime=f"2026-05-0{day}T08:00:00Z", **values)
        site.write(f"news/2026-05-0{day}-bridge.md", text)
    site.settings(SITENAME="Harbour Watch")
    site.follow(_FILE.findall(HOW_TO))
    result = site.build("--fatal", "warnings")
    assert 0 == result.returncode, result.stdout
    return site


@pytest.mark.parametrize("heading", SEEN)
def test_section_does_what_it_says(heading: str, harbour: Site):
    """Each example is in the site that has all of them."""
    for page, expected in SEEN[heading]:
        assert expected in harbour.page(page)


def test_every_section_is_tested():
    """No example stands in the how-to that nobody looks for."""
    assert list(SEEN) == re.findall(r"^## (.*)$", HOW_TO, re.MULTILINE)
