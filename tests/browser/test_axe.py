"""Axe (https://github.com/dequelabs/axe-core) finds nothing; runs where ``npm install axe-core`` has put it here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import ROOT, Demo, open_tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

AXE = Path(os.environ.get("AXE", ROOT / "node_modules" / "axe-core" / "axe.min.js"))
RUN = """
  async () => (await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }))
    .violations.map((found) => [found.id, found.nodes.map((node) => node.html.slice(0, 120)).slice(0, 3)])
"""


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_violations(browser: Browser, demo: Demo, colours: str):
    """One page of each kind, in both modes."""
    if not AXE.is_file():
        pytest.skip("axe-core is not here: npm install --no-save axe-core")
    context = browser.new_context(color_scheme=colours, bypass_csp=True)  # type: ignore[arg-type]
    tab = open_tab(context, demo)
    found = {}
    for address in demo.kinds:
        tab.open(address).evaluate(AXE.read_text(encoding="utf-8"))
        violations = tab.page.evaluate(RUN)
        if violations:
            found[address] = violations
    context.close()
    assert {} == found
