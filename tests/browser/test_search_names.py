"""``/search/`` finds names that are told apart by their signs alone, in sites of any language."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.preview.session import open_server
from pelican.plugins.news_digest.preview.site import PreviewSite
from tests.builders import front_matter
from tests.conftest import Site

from .conftest import Demo, open_tab
from .test_search import found

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser

TITLES = {
    "C++": "Why C++ stays",
    "C#": "What C# learned",
    "F#": "A word for F#",
    ".NET": "Where .NET goes",
    "$AAPL": "How $AAPL fell",
    "£5": "A pint for £5",
    "Node.js": "Nine years of Node.js",
    "AT&T": "AT&T hangs up",
    "R&D": "Less for R&D",
    "@handle": "Ask @handle first",
    "#tag": "All under #tag",
    "3.5%": "Rates rise to 3.5%",
    "24/7": "Open 24/7 from May",
}
OTHERS = ("Vitamin C helps nobody", "C is fifty", "Net of fish", "Five pints", "A day in research and development")


@pytest.fixture(scope="module", params=["en", "ja"])
def names_demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Build a site in one language whose headlines differ by signs, and serve it."""
    site = Site(tmp_path_factory.mktemp("names"))
    site.settings(DEFAULT_LANG=request.param, DIGEST_CARDS="none", SITEURL="")
    for number, title in enumerate((*TITLES.values(), *OTHERS)):
        address = f"https://post.example/{number}"
        site.write(f"news/{number}.md", front_matter(title=f"'{title}'", webUrl=address, excerpt="'Nothing of it.'"))
    done = site.build()
    assert 0 == done.returncode, done.stdout
    if not (site.output / "pagefind" / "pagefind.js").is_file():
        pytest.skip("no search index: Pagefind is not installed (pip install -e '.[search]')")
    server = open_server(PreviewSite(None, folder=str(site.output), base="/"), port=0, say=print)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Demo(url=f"http://127.0.0.1:{server.port}/", output=site.output)
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_name_finds_what_has_it(names_demo: Demo, context: BrowserContext):
    """Nothing else stands before it; without a name in it a search is as ever."""
    tab = open_tab(context, names_demo)
    tab.open("search/")
    first = {}
    for name in TITLES:
        tab.page.evaluate("document.querySelector('[data-count]').textContent = ''")
        tab.page.fill("#q", name)
        first[name] = found(tab.page)[:1]
    assert {name: [title] for name, title in TITLES.items()} == first
    tab.page.evaluate("document.querySelector('[data-count]').textContent = ''")
    tab.page.fill("#q", "c")
    assert "C is fifty" in found(tab.page)
    assert [] == tab.complaints
