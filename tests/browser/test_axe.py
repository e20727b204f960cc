"""Axe (https://github.com/dequelabs/axe-core) finds nothing on a page of any kind, at any width, in both modes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import pytest

from .conftest import Demo, open_tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

WIDTHS = (320, 768, 1440)
RUN = """
  async (asked) => (await axe.run({ runOnly: asked, resultTypes: ["violations"] }))
    .violations.map((found) => [found.id, found.nodes.map((node) => node.html.slice(0, 120)).slice(0, 3)])
"""
# In the dark a page has the same elements in the same places: only what looks at colours is asked again there.
ASKED: dict[Literal["light", "dark"], Any] = {
    "light": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
OWNER = """
  (link) => {
    const { left, right, top, bottom } = link.getBoundingClientRect();
    return [top + 1, bottom - 1].map((y) => document.elementFromPoint((left + right) / 2, y).closest("a").textContent);
  }
"""


def violations(page: Page, axe: str, widths: Sequence[int]) -> list[Any]:
    """Return what axe finds on the page that is open, in both modes at each width: mode, width, its id, and where."""
    page.evaluate(axe)
    found = []
    for colours, asked in ASKED.items():
        page.emulate_media(color_scheme=colours)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            found += [(colours, width, *one) for one in page.evaluate(RUN, asked)]
    page.emulate_media(color_scheme="light")
    return found


def test_no_violations(browser: Browser, demo: Demo, axe: str):
    """WCAG 2.2 AA and what axe calls best practice, on one page of each kind."""
    context = browser.new_context(bypass_csp=True)
    tab = open_tab(context, demo)
    found = {address: violations(tab.open(address), axe, WIDTHS) for address in demo.kinds}
    context.close()
    assert {} == {address: what for address, what in found.items() if what}


def test_no_violations_in_a_mail(browser: Browser, demo: Demo, axe: str):
    """A mail is shown inside somebody else's page, so it has no landmarks of its own."""
    context = browser.new_context(bypass_csp=True)
    tab = open_tab(context, demo)
    found = []
    for address in ("newsletter/2026-05-03/mail.html", "newsletter/2026-w18/mail.html"):
        found += violations(tab.open(address), axe, (320, 600))
    context.close()
    assert [] == [one for one in found if one[2] not in {"region", "landmark-one-main"}]


@pytest.mark.parametrize("address", ["", "2026/05/03/", "2026/w18/"])
def test_a_headline_never_covers_its_kicker(browser: Browser, demo: Demo, address: str):
    """In a typeface whose letters reach above their line, the whole of the kicker still leads to its topic."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    page = open_tab(context, demo).open(address)
    page.add_style_tag(content=".story-title a { padding-block: 0.4em }")
    kickers = page.locator(".story .kicker a:visible").all()[:3]
    owners = []
    for kicker in kickers:
        kicker.scroll_into_view_if_needed()
        owners.append((kicker.inner_text(), kicker.evaluate(OWNER)))
    context.close()
    assert owners
    assert [] == [(name, found) for name, found in owners if {name} != set(found)]
