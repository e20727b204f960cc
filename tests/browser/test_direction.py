"""From right to left, arrows point the other way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.browser.conftest import Tab

pytestmark = pytest.mark.browser

DRAWN = "([selector, part]) => getComputedStyle(document.querySelector(selector), part).content.trim()"


@pytest.mark.parametrize(
    ("address", "selector", "part", "arrows"),
    [
        ("", ".meta .read", "::after", "↗↖"),
        ("2026/05/02/", ".around-newer", "::after", "→←"),
        ("2026/05/03/", ".around-older", "::before", "←→"),
    ],
)
def test_arrows_follow_the_direction_of_the_page(tab: Tab, address: str, selector: str, part: str, arrows: str):
    """Out, on and back are where a reader of the language looks for them."""
    page = tab.open(address)
    drawn = []
    for direction in ("ltr", "rtl"):
        page.evaluate("direction => document.documentElement.setAttribute('dir', direction)", direction)
        drawn.append(next(c for c in page.evaluate(DRAWN, [selector, part]) if c in arrows))
    assert list(arrows) == drawn
