"""What the eye would see at once: edges that line up, a masthead of one line, no hole between columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Tab

pytestmark = pytest.mark.browser

EDGES = """
  () => [...document.querySelectorAll(".day .story")].map((story) => {
    const left = (selector) => story.querySelector(selector).getBoundingClientRect().left;
    const range = document.createRange();
    range.selectNodeContents(story.querySelector(".story-title a"));
    return [Math.round(range.getBoundingClientRect().left), Math.round(left(".meta > *"))];
  })
"""
HOLES = """
  (selector) => [...document.querySelectorAll(selector)].map((columns) => {
    const ends = {};
    for (const column of columns.children) {
      const { left, bottom } = column.getBoundingClientRect();
      ends[Math.round(left)] = Math.max(bottom, ends[Math.round(left)] ?? 0);
    }
    const heights = Object.values(ends);
    const highest = Math.max(...[...columns.children].map((column) => column.offsetHeight));
    return [Object.keys(ends).length, Math.max(...heights) - Math.min(...heights) <= highest];
  })
"""


def test_headlines_and_their_lines_begin_at_one_edge(tab: Tab):
    """Beside a picture or not, and a headline of the other direction too."""
    edges = tab.open("latest/").evaluate(EDGES)
    assert {True} == {abs(title - line) <= 1 for title, line in edges}


@pytest.mark.parametrize("name", ["The Ellery Digest", "Power Apps Every Day"])
def test_the_masthead_is_one_row(tab: Tab, name: str):
    """A long name has two lines beside the menu on a phone, and never pushes it below."""
    page = tab.open()
    page.evaluate("(name) => { document.querySelector('.masthead-name a').textContent = name }", name)
    high = {}
    for width, most in ((320, 76), (390, 76), (768, 84), (1090, 84), (1440, 84)):
        page.set_viewport_size({"width": width, "height": 800})
        height = page.evaluate("document.querySelector('.masthead').offsetHeight")
        if height > most:
            high[width] = height
    assert {} == high


def test_columns_leave_no_hole(tab: Tab):
    """Topics with much and with little stand below each other: no column ends more than one topic before another."""
    found = tab.open().evaluate(HOLES, "main > .band > .columns")
    assert [[3, True], [3, True]] == found


def test_a_button_without_a_word_says_what_it_does(tab: Tab):
    """The bookmark has a word beside it for the pointer, the keyboard and after a touch; Escape takes it away."""
    page = tab.open("latest/")
    save = page.locator(".save").first
    tip = "button => { const s = getComputedStyle(button, '::after'); return s.display === 'none' ? '' : s.content }"
    save.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert '"Save"' in save.evaluate(tip)
    page.keyboard.press("Enter")
    assert '"Saved"' in save.evaluate(tip)
    page.keyboard.press("Escape")
    assert save.evaluate(tip) in {"", "none"}
