"""Sources and words that a reader hides: missing from lists, never without a word, and not for ever."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Tab, stored

pytestmark = pytest.mark.browser

NOTE = ".muted-note"
SHIFTS = """
  window.moved = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => { window.moved += value; }))
    .observe({ type: "layout-shift", buffered: true });
"""
MUTES = """
  ([word, title]) => {
    localStorage.setItem("digest/repo/muted", JSON.stringify([{ name: word, words: [word] }]));
    const story = document.querySelector(".day .story");
    story.querySelector(".story-excerpt")?.remove();
    story.querySelector(".story-title a").textContent = title;
    document.dispatchEvent(new Event("digest:change"));
    return story.closest("li").hasAttribute("data-muted");
  }
"""
# Where a word begins, in scripts with and without spaces, accents, cases, articles.
BEGINS = (
    ("bridge", "The Bridge is back", True),
    ("bridge", "Bridges fall", True),
    ("ridge", "The bridge is back", False),
    ("c++", "Why C++ lives", True),
    ("a.b", "an axb", False),
    ("two  words", "On Two Words", True),
    ("elections", "Les Élections", True),
    ("élections", "ELECTIONS at last", True),
    ("istanbul", "İstanbul'da", True),
    ("выбор", "Новые выборы", True),
    ("бор", "Новые выборы", False),
    ("εκλογ", "Οι Εκλογές", True),
    ("كرة", "مباراة الكُرة اليوم", True),
    ("كرة", "تذكرة", False),
    ("בחירות", "הנה בְּחִירוֹת", True),
    ("चुनाव", "आज चुनाव है", True),
    ("선거", "오늘 선거가", True),
    ("地震", "東京で地震があった", True),
    ("iphone", "新しいiPhoneが", True),
    ("ガス", "カス", False),
    ("ワクチン", "新ﾜｸﾁﾝ", True),
    ("ฝน", "วันนี้ฝนตก", True),
    ("🚀", "Off 🚀 we go", True),
)


def mute(tab: Tab, *words: str) -> None:
    """Mute *words* on /saved/."""
    tab.open("saved/")
    for word in words:
        tab.page.fill("[data-mute] [name=word]", word)
        tab.page.click("[data-mute] [type=submit]")


def test_a_hidden_source_is_gone_until_it_is_called_back(tab: Tab):
    """Hidden on its own page, it is missing elsewhere, in a browser without :has() or at() too; /saved/ undoes it."""
    page = tab.open("providers/transitwatch.example/")
    page.locator("[data-hide-source]").click()
    assert page.locator(".day .story:visible").count() > 0
    tab.open("latest/")
    theirs = page.locator(".day .source:visible", has_text="Transit Watch")
    assert 0 == theirs.count()
    assert page.locator(NOTE).is_visible()
    tab.open("saved/")
    page.get_by_role("button", name="Show again").click()
    tab.open("latest/")
    assert theirs.count() > 0
    assert 0 == page.locator(NOTE).count()


def test_muted_words_are_missing_from_every_list_and_it_is_said(tab: Tab):
    """The front page, lists, related reports; each says how many and shows them; nothing is seen to move."""
    tab.page.add_init_script(SHIFTS)
    mute(tab, "bridge")
    page = tab.page
    found = {}
    for address in ("", "latest/", "stories/", "topics/culture/", "2026/05/03/"):
        tab.open(address)
        words = page.locator("main :is(.story-title, .ranking-title, .story-row-title):visible", has_text="bridge")
        found[address] = (words.count(), page.locator(NOTE).inner_text().split()[1], page.evaluate("moved") < 0.0001)
    assert {(0, "hidden", True)} == set(found.values())
    before = page.locator(".story:visible").count()
    page.get_by_role("button", name="Show").click()
    assert page.locator(".story:visible").count() > before
    page.get_by_role("button", name="Hide").click()
    assert before == page.locator(".story:visible").count()
    assert [] == tab.complaints


def test_a_word_is_found_where_a_word_begins(tab: Tab):
    """In any script, whatever the case and the accents; anywhere where words are written without spaces."""
    page = tab.open("latest/")
    wrong = [(word, title) for word, title, hides in BEGINS if page.evaluate(MUTES, [word, title]) != hides]
    assert [] == wrong


def test_what_is_muted_is_taken_along(tab: Tab, tmp_path: Path):
    """Words and the owner's presets are exported and imported with the rest; an older file without them is fine."""
    mute(tab, "bridge")
    page = tab.page
    page.get_by_role("button", name="Mute: Weather").click()
    before = [{"name": "bridge", "words": ["bridge"]}, {"name": "Weather", "words": ["storm", "rain"]}]
    assert before == stored(tab, "muted")
    with page.expect_download() as download:
        page.click("[data-export]")
    file = tmp_path / "export.json"
    download.value.save_as(file)
    page.get_by_role("button", name="Remove").first.click()
    page.get_by_role("button", name="Remove").click()
    assert [] == stored(tab, "muted")
    older = tmp_path / "older.json"
    older.write_text(json.dumps({"format": "news-digest-reader", "saved": [], "read": [], "hidden": []}))
    page.set_input_files("[data-file]", older)
    page.get_by_text("The file was imported").wait_for()
    page.set_input_files("[data-file]", file)
    page.get_by_role("button", name="Remove").nth(1).wait_for()
    assert before == stored(tab, "muted")
