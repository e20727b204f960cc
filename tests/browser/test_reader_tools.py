"""What a reader can do: save, mark as read, take it along; in older browsers too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import FIRST, Tab, stored

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser


def test_a_saved_story_stays_saved(tab: Tab):
    """Saved on a list, it is saved after a reload, on other pages, and stands on /saved/ with its source."""
    page = tab.open("latest/")
    title = page.locator(FIRST).locator(".story-title").inner_text()
    page.locator(FIRST).locator(".save").click()
    page.reload()
    assert "true" == page.locator(FIRST).locator(".save").get_attribute("aria-pressed")
    tab.open("saved/")
    assert [title] == page.locator("[data-saved] .story-title").all_inner_texts()
    assert page.locator("[data-saved] .meta").inner_text().startswith("The Ellery Digest")
    page.locator("[data-saved] .story-title a").click()
    assert title == page.locator("h1").inner_text()
    page.locator(".report-tools [data-save]").click()
    tab.open("saved/")
    assert page.locator("[data-none]").is_visible()


def test_what_was_read_looks_read(tab: Tab):
    """A story whose page was opened has another colour in lists, after a reload too; "Hide read" takes it away."""
    page = tab.open("latest/")
    title = page.locator(FIRST).locator(".story-title")
    name, fresh = title.inner_text(), title.locator("a").evaluate("a => getComputedStyle(a).color")
    title.locator("a").click()
    page.wait_for_url("**/news/**")
    page.go_back()
    page.reload()
    assert page.locator(FIRST).get_attribute("data-read") is not None
    assert fresh != title.locator("a").evaluate("a => getComputedStyle(a).color")
    page.locator("[data-hide-read]").click()
    assert page.get_by_role("link", name=name).is_hidden()
    page.reload()
    assert page.get_by_role("link", name=name).is_hidden()
    assert "true" == page.locator("[data-hide-read]").get_attribute("aria-pressed")


def test_export_clear_import(tab: Tab, tmp_path: Path):
    """A file takes everything to another browser: what was exported comes back after everything was cleared."""
    page = tab.open("latest/")
    for number in (0, 1):
        page.locator(f".day .story >> nth={number}").locator(".save").click()
    before = stored(tab, "saved")
    tab.open("saved/")
    with page.expect_download() as download:
        page.click("[data-export]")
    file = tmp_path / "export.json"
    download.value.save_as(file)
    page.click("[data-clear]")
    assert before == stored(tab, "saved"), "one press clears nothing"
    page.click("[data-clear]")
    assert [] == stored(tab, "saved")
    page.set_input_files("[data-file]", file)
    page.locator("[data-saved] .story").first.wait_for()
    assert before == stored(tab, "saved")
    assert [] == tab.complaints


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"format": "news-digest-reader"}',
        '{"format": "news-digest-reader", "saved": [1], "read": [], "hidden": []}',
    ],
)
def test_another_file_is_refused(tab: Tab, tmp_path: Path, text: str):
    """A file of another kind changes nothing, and that is said."""
    page = tab.open("saved/")
    file = tmp_path / "other.json"
    file.write_text(text, encoding="utf-8")
    page.set_input_files("[data-file]", file)
    page.locator("[data-status]:not(:empty)").wait_for()
    assert "nothing was changed" in page.inner_text("[data-status]")
    assert stored(tab, "saved") is None


def test_an_imported_address_cannot_run(tab: Tab, tmp_path: Path):
    """A file that names a script instead of an address gets a link to the front page."""
    entry = {"slug": "x", "title": "<b>x</b>", "href": "javascript:alert(1)", "source": "", "date": ""}
    file = tmp_path / "bad.json"
    file.write_text(json.dumps({"format": "news-digest-reader", "saved": [entry], "read": [], "hidden": []}))
    page = tab.open("saved/")
    page.set_input_files("[data-file]", file)
    link = page.locator("[data-saved] .story-title a")
    assert ("<b>x</b>", tab.url) == (link.inner_text(), link.evaluate("a => a.href"))


def test_what_is_new_is_marked(tab: Tab):
    """On /latest/ a line stands between what came since the last visit and what was there; a reload keeps it."""
    page = tab.open("latest/")
    assert 0 == page.locator("main .since").count()
    newest = page.locator(".day .story .meta time").evaluate_all("times => times.map((time) => time.dateTime)")
    page.evaluate(f"localStorage.setItem('digest/repo/seen', JSON.stringify({newest[2]!r})); sessionStorage.clear()")
    for _ in range(2):
        page.reload()
        assert "New since your last visit" == page.locator("main .since").inner_text()
        below = page.locator("li:has(> .since) time").get_attribute("datetime")
        assert newest[2] == below


# As in Safari 15.4, Firefox 102 and Chrome 100, or older.
OLDER = """
  for (const [owner, names] of [
    [URL, ["canParse", "parse"]],
    [URLSearchParams.prototype, ["size"]],
    [Object, ["hasOwn", "groupBy", "fromAsync"]],
    [Map, ["groupBy"]],
    [Array.prototype, ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with"]],
    [String.prototype, ["at", "replaceAll", "isWellFormed"]],
    [Promise, ["withResolvers", "try"]],
    [Element.prototype, ["checkVisibility", "ariaHidden", "setHTMLUnsafe"]],
    [Navigator.prototype, ["share", "storage", "clipboard"]],
    [Crypto.prototype, ["randomUUID"]],
    [window, ["structuredClone", "HTMLDialogElement", "requestIdleCallback", "scheduler", "CloseWatcher"]],
  ]) for (const name of names) delete owner[name];
"""


def test_an_older_browser_reads_saves_and_lists(tab: Tab):
    """Where what is newer is missing no script ends: stories are saved, listed, hidden, found by key."""
    page = tab.page
    page.add_init_script(OLDER)
    tab.open("latest/")
    title = page.locator(FIRST).locator(".story-title").inner_text()
    page.keyboard.press("j")
    page.keyboard.press("s")
    tab.open("providers/transitwatch.example/")
    page.locator("[data-hide-source]").click()
    tab.open("saved/")
    assert [title] == page.locator("[data-saved] .story-title").all_inner_texts()
    assert ["Transit Watch"] == page.locator("[data-hidden-sources] li > span").all_inner_texts()
    tab.open("latest/")
    assert 0 == page.locator(".day .source:visible", has_text="Transit Watch").count()
    page.locator("[data-open-display]").click()
    page.wait_for_url("**/saved/#display")
    page.locator("[data-display] [value=dark]").check()
    page.keyboard.press("?")
    page.wait_for_url("**/saved/#keyboard")
    assert [] == tab.complaints


def test_a_page_in_an_unknown_language_keeps_its_scripts(tab: Tab):
    """A language tag that is none ends neither the list of saved stories nor the times beside stories."""
    page = tab.page
    page.route("**/repo/**/", lambda route: _with_language(route, "pt_br"))
    tab.open("latest/").locator(FIRST).locator(".save").click()
    tab.open("saved/")
    assert 1 == page.locator("[data-saved] .story").count()
    assert [] == tab.complaints


def _with_language(route: Route, tag: str) -> None:
    response = route.fetch()
    route.fulfill(response=response, body=response.text().replace('<html lang="en"', f'<html lang="{tag}"'))


@pytest.mark.parametrize(
    ("lang", "said"), [("fr", "il y a 4\N{NO-BREAK SPACE}min"), ("de", "vor 4 Min."), ("sv", "för 4 min sen")]
)
def test_age_of_a_story_is_no_negative_number(tab: Tab, lang: str, said: str):
    """The narrowest style of some languages has a minus sign: "-4 min"."""
    page = tab.page
    page.add_init_script(
        "const now = Date.now(); Date.now = () => now;"
        "document.addEventListener('readystatechange', () => {"
        f"document.documentElement.lang = '{lang}';"
        "document.querySelector('.meta time').dateTime = new Date(now - 270_000).toISOString(); }, { once: true });"
    )
    tab.open("latest/")
    assert said == page.locator(".meta time").first.text_content()
