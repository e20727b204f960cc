"""What holds for a page of any kind."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from .conftest import Demo, Tab, open_tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

pytestmark = pytest.mark.browser

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
SHIFTS = """
  window.shifts = [];
  const name = ({ node }) => node?.outerHTML?.slice(0, 80);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) window.shifts.push([entry.value, entry.sources.map(name)]);
  }).observe({ type: "layout-shift", buffered: true });
"""
ORDER = """
  [...document.querySelectorAll("h1, h2, h3, h4")]
    .filter((heading) => heading.checkVisibility()).map((heading) => Number(heading.localName[1]))
"""


@dataclass(frozen=True)
class Visit:
    """What was seen on a walk past one page of each kind.

    Attributes:
        missing: What the server did not have.
        levels: Address → the levels of the headings that are seen, in order.
        widths: Address → how wide it is on a narrow screen.
    """

    tab: Tab
    missing: list[str]
    levels: dict[str, list[int]]
    widths: dict[str, int]


@pytest.fixture(scope="module")
def visit(browser: Browser, demo: Demo) -> Iterator[Visit]:
    """Open one page of each kind, on a wide screen that becomes narrow."""
    context = browser.new_context(viewport=WIDE)
    seen = Visit(open_tab(context, demo), [], {}, {})
    page = seen.tab.page
    page.on("response", lambda r: seen.missing.append(r.url) if r.status >= 400 else None)
    for address in demo.kinds:
        page.set_viewport_size(WIDE)
        seen.levels[address] = seen.tab.open(address).evaluate(ORDER)
        page.wait_for_timeout(50)
        page.set_viewport_size(NARROW)
        seen.widths[address] = page.evaluate("document.documentElement.scrollWidth")
    yield seen
    context.close()


def test_nothing_complains_and_nothing_is_asked_of_another_host(visit: Visit):
    """No error of script or policy, no missing file, and no request that leaves the site before a click."""
    assert ([], [], []) == (visit.tab.complaints, visit.tab.foreign, visit.missing)


# Bytes of a page, compressed, before what 0.1.0 has for owners and readers was made.
BEFORE = {
    "": 7_645,
    "2026/": 6_050,
    "2026/05/": 6_213,
    "2026/05/01/": 3_784,
    "2026/w18/": 7_457,
    "about/": 3_384,
    "archive/": 2_285,
    "feeds/": 3_829,
    "latest/": 14_623,
    "news/2026-05-01-finch-row-is-saved-council-votes-31-14-to-mend-not-flatten/": 3_650,
    "newsletter/": 3_253,
    "newsletter/2026-05-03/": 4_079,
    "providers/": 2_841,
    "providers/harbourradio.example/": 3_201,
    "saved/": 2_900,
    "search/": 3_462,
    "status/": 2_341,
    "topics/": 2_479,
    "topics/transport/": 5_416,
}


def test_no_kind_of_page_became_much_heavier(demo: Demo):
    """What was added to pages since then costs less than a tenth of each."""
    found = {address: (demo.output / address / "index.html").read_bytes() for address in BEFORE}
    sizes = {address: len(gzip.compress(data, 9, mtime=0)) for address, data in found.items()}
    assert {} == {address: size for address, size in sizes.items() if size > 1.1 * BEFORE[address]}


def test_one_title_and_headings_in_order(visit: Visit):
    """Each page has one h1, and no heading is more than one step below the last."""
    assert {} == {
        address: levels
        for address, levels in visit.levels.items()
        if levels.count(1) != 1 or any(b > a + 1 for a, b in pairwise(levels))
    }


def test_no_page_scrolls_sideways_on_a_narrow_screen(visit: Visit):
    """Everything fits into 320 CSS pixels (WCAG 1.4.10)."""
    assert {} == {address: width for address, width in visit.widths.items() if width > NARROW["width"]}


def test_every_page_reads_without_scripts(browser: Browser, demo: Demo):
    """With JavaScript off there is text to read, links to follow, and no button that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    tab = open_tab(context, demo)
    silent = {}
    for address in demo.kinds:
        page = tab.open(address)
        main = page.locator("main")
        # The menu is a disclosure; it needs no script.
        dead = page.locator("button:visible, input:visible, select:visible").count()
        if len(main.inner_text()) < 40 or main.locator("a:visible").count() + page.locator("nav a").count() < 3 or dead:
            silent[address] = dead
    context.close()
    assert {} == silent


# A fraction of a pixel, when an icon of fixed size is laid out again: four millionths were seen.
ROUNDING = 0.0001


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_while_a_page_loads(browser: Browser, demo: Demo, width: int):
    """Home, a list and a report have no layout shift at all."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    context.add_init_script(SHIFTS)
    tab = open_tab(context, demo)
    moved = {}
    report = next(kind for kind in demo.kinds if kind.startswith("news/"))
    for address in ("", "latest/", report):
        page = tab.open(address)
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
        shifts = page.evaluate("window.shifts")
        if sum(score for score, _ in shifts) >= ROUNDING:
            moved[address] = shifts
    context.close()
    assert {} == moved


WORDS_AND_PAPER = """
  [getComputedStyle(document.body).color, getComputedStyle(document.documentElement).backgroundColor]
"""


LIGHT = (["rgb(27, 27, 25)", "rgb(251, 250, 247)"], "none")
DARK = (["rgb(236, 234, 227)", "rgb(21, 21, 19)"], "brightness(0.9)")


@pytest.mark.parametrize("system", ["light", "dark"])
def test_colours_are_the_readers_or_the_systems(browser: Browser, demo: Demo, system: str):
    """What the reader chose holds over what the system says, for words, paper, pictures and the browser's own parts."""
    context = browser.new_context(color_scheme=system)  # type: ignore[arg-type]
    page = open_tab(context, demo).open()
    found = {}
    for chosen in (None, "light", "dark"):
        page.evaluate("(theme) => theme && localStorage.setItem('theme', theme)", chosen)
        page.reload()
        filtered = page.locator(".story-picture").first.evaluate("image => getComputedStyle(image).filter")
        found[chosen] = (page.evaluate(WORDS_AND_PAPER), filtered)
    context.close()
    assert {None: LIGHT if system == "light" else DARK, "light": LIGHT, "dark": DARK} == found
