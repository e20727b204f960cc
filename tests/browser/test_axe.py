"""Axe (https://github.com/dequelabs/axe-core) finds nothing on a page of any kind, at any width, in both modes."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from .conftest import Demo, open_tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

RUN = """
  async () => (await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }))
    .violations.map((found) => [found.id, found.nodes.map((node) => node.html.slice(0, 120)).slice(0, 3)])
"""
OWNER = """
  (link) => {
    const { left, right, top, bottom } = link.getBoundingClientRect();
    return [top + 1, bottom - 1].map((y) => document.elementFromPoint((left + right) / 2, y).closest("a").textContent);
  }
"""


@pytest.fixture(scope="session")
def axe() -> str:
    """Return axe's script; skip where its package is not installed."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_violations(browser: Browser, demo: Demo, axe: str, colours: str, width: int):
    """WCAG 2.2 AA and what axe calls best practice, on one page of each kind."""
    context = browser.new_context(
        color_scheme=colours,  # type: ignore[arg-type]
        viewport={"width": width, "height": 900},
        bypass_csp=True,
    )
    tab = open_tab(context, demo)
    found = {}
    for address in demo.kinds:
        tab.open(address).evaluate(axe)
        violations = tab.page.evaluate(RUN)
        if violations:
            found[address] = violations
    context.close()
    assert {} == found


@pytest.mark.parametrize("width", [320, 600])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_violations_in_a_mail(browser: Browser, demo: Demo, axe: str, colours: str, width: int):
    """A mail is shown inside somebody else's page, so it has no landmarks of its own."""
    context = browser.new_context(
        color_scheme=colours,  # type: ignore[arg-type]
        viewport={"width": width, "height": 900},
        bypass_csp=True,
    )
    tab = open_tab(context, demo)
    found = []
    for address in ("newsletter/2026-05-03/mail.html", "newsletter/2026-w18/mail.html"):
        tab.open(address).evaluate(axe)
        found += [name for name, _ in tab.page.evaluate(RUN) if name not in {"region", "landmark-one-main"}]
    context.close()
    assert [] == found


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
