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


@pytest.mark.parametrize(
    ("address", "selector"),
    [
        ("", ".story-title"),
        ("latest/", ".story-excerpt"),
        ("newsletter/", ".edition-subject"),
        ("stories/kittiwake-bridge-closed/", "h1"),
        ("stories/", ".story-row-title"),
        ("news/2026-05-01-finch-row-is-saved-council-votes-31-14-to-mend-not-flatten/", ".report-title"),
        ("news/2026-05-01-finch-row-is-saved-council-votes-31-14-to-mend-not-flatten/", ".report-excerpt"),
    ],
)
def test_words_of_another_direction_begin_at_the_pages_edge(tab: Tab, address: str, selector: str):
    """An English headline on an Arabic page stands above its source and time, not at the other end of the line."""
    page = tab.open(address)
    assert "auto" == page.locator(selector).first.get_attribute("dir")
    page.evaluate("document.documentElement.setAttribute('dir', 'rtl')")
    assert "right" == page.locator(selector).first.evaluate("element => getComputedStyle(element).textAlign")
