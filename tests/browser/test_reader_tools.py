"""What a reader can do: save, mark as read, hide, take it along, and all of it by keyboard."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Route

    from .conftest import Tab

pytestmark = pytest.mark.browser

FIRST = ".day .story >> nth=0"


def stored(tab: Tab, name: str) -> object:
    """Return what the browser keeps under *name*."""
    return tab.page.evaluate(f"JSON.parse(localStorage.getItem('digest/repo/{name}'))")


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


def test_a_hidden_source_is_gone_until_it_is_called_back(tab: Tab):
    """Hidden on its own page, it is missing elsewhere; /saved/ undoes it."""
    page = tab.open("providers/transitwatch.example/")
    page.locator("[data-hide-source]").click()
    assert page.locator(".day .story:visible").count() > 0
    tab.open("latest/")
    theirs = page.locator(".day .source:visible", has_text="Transit Watch")
    assert 0 == theirs.count()
    tab.open("saved/")
    page.get_by_role("button", name="Show again").click()
    tab.open("latest/")
    assert theirs.count() > 0


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


def test_the_keyboard_reads_the_digest(tab: Tab):
    """With j and k a story is chosen, s saves, m marks, p opens, Enter goes to the source, g h goes home."""
    page = tab.open("latest/")
    press = page.keyboard.press
    chosen = "document.activeElement.dataset.slug"
    press("j")
    first = page.evaluate(chosen)
    press("j")
    second = page.evaluate(chosen)
    press("k")
    assert (first, True) == (page.evaluate(chosen), first != second)
    press("s")
    press("m")
    assert ([first], [first]) == ([entry["slug"] for entry in stored(tab, "saved")], stored(tab, "read"))
    press("m")
    assert [] == stored(tab, "read")
    press("p")
    page.wait_for_url(f"**/news/{first}/")
    press("g")
    press("h")
    page.wait_for_url(tab.url)
    press("/")
    page.wait_for_url("**/search/")


def test_enter_on_a_chosen_story_goes_to_its_source(tab: Tab):
    """The chosen story leads out; nothing is really asked of the other host here."""
    page = tab.page
    page.route("**/*", lambda route: route.continue_() if route.request.url.startswith(tab.url) else route.abort())
    tab.open("latest/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expected = page.evaluate("document.activeElement.querySelector('.read').href")
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert [expected] == tab.foreign


def test_keys_are_listed_and_can_be_switched_off(tab: Tab):
    """? shows what the keys do; there they are switched off, and then no key does anything."""
    page = tab.open("latest/")
    page.keyboard.press("?")
    dialog = page.locator("dialog[open]")
    dialog.wait_for()
    assert "next or previous story" in dialog.inner_text()
    dialog.locator("[data-keys]").uncheck()
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    page.reload()
    page.keyboard.press("j")
    assert "BODY" == page.evaluate("document.activeElement.tagName")
    assert [] == tab.complaints


def test_keys_are_letters_while_typing(tab: Tab):
    """In a field a letter is a letter."""
    page = tab.open("search/")
    if page.locator("#q").count() == 0:
        pytest.skip("no search box: Pagefind is not installed (pip install -e '.[search]')")
    page.focus("#q")
    page.keyboard.type("jts")
    assert ("jts", None) == (page.input_value("#q"), page.evaluate("document.documentElement.dataset.theme ?? null"))


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
NO_STORAGE = """
  for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
"""
FILL = """
  () => {
    let size = 1 << 20;
    for (let number = 0; size > 0; )
      try { localStorage.setItem(`filler${number}`, "x".repeat(size)); number += 1; } catch { size >>= 1; }
  }
"""
EMPTY = "for (const key of Object.keys(localStorage)) if (key.startsWith('filler')) localStorage.removeItem(key)"
PRESS = "event => document.body.dispatchEvent(new KeyboardEvent('keydown', { ...event, bubbles: true }))"
NOT_KEPT = "This could not be saved"


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
    page.locator("[data-theme-switch]").click()
    page.keyboard.press("?")
    page.wait_for_url("**/saved/#keyboard")
    assert [] == tab.complaints


def test_an_older_browser_gets_every_list_right(tab: Tab):
    """Sources that are hidden are missing from lists in older browsers, too."""
    tab.page.add_init_script(OLDER)
    tab.open("providers/transitwatch.example/").locator("[data-hide-source]").click()
    tab.open("latest/")
    assert 0 == tab.page.locator(".day .source:visible", has_text="Transit Watch").count()
    assert [] == tab.complaints


@pytest.mark.parametrize(
    ("event", "moves"),
    [
        ({"key": "j", "code": "KeyJ"}, True),
        ({"key": "о", "code": "KeyJ"}, True),  # Russian
        ({"key": "ξ", "code": "KeyJ"}, True),  # Greek
        ({"key": "ת", "code": "KeyJ"}, True),  # Hebrew
        ({"key": "ت", "code": "KeyJ"}, True),  # Arabic
        ({"key": "ま", "code": "KeyJ"}, True),  # Japanese, kana on the keys
        ({"key": "ㅓ", "code": "KeyJ"}, True),  # Korean
        ({"key": "र", "code": "KeyJ"}, True),  # Hindi
        ({"key": "่", "code": "KeyJ"}, True),  # Thai: a mark, no letter
        ({"key": "ｊ", "code": "KeyJ"}, True),  # full width
        ({"key": "j", "code": "KeyC"}, True),  # Dvorak has its j where others have c
        ({"key": "h", "code": "KeyJ"}, False),  # and its h where others have j: there is no page before this one
        ({"key": "é", "code": "KeyJ"}, False),
        ({"key": "ö", "code": "Semicolon"}, False),
        ({"key": "ı", "code": "KeyJ"}, False),  # Turkish
        ({"key": "о", "code": ""}, False),  # a keyboard on the screen
        ({"key": "о", "code": "KeyJ", "shiftKey": True}, False),
        ({"key": "j", "code": "KeyJ", "ctrlKey": True}, False),
        ({"key": "о", "code": "KeyJ", "altKey": True}, False),
        ({"key": "о", "code": "KeyJ", "metaKey": True}, False),
        ({"key": "о", "code": "KeyJ", "modifierAltGraph": True}, False),
        ({"key": "j", "code": "KeyJ", "isComposing": True}, False),
        ({"key": "о", "code": "KeyJ", "isComposing": True}, False),
        ({"key": "Process", "code": "KeyJ"}, False),
        ({"key": "Process", "code": "KeyJ", "keyCode": 229}, False),
        ({"key": "j", "code": "KeyJ", "keyCode": 229}, False),
        ({"key": "Dead", "code": "KeyJ"}, False),
        ({"key": "constructor", "code": "KeyJ"}, False),
    ],
)
def test_keys_of_every_layout(tab: Tab, event: dict[str, object], *, moves: bool):
    """Latin letters count as they are written, letters of other scripts by the place of their key; words in the making
    and combinations are left alone.
    """
    page = tab.open("latest/")
    page.evaluate(PRESS, event)
    assert moves == page.evaluate("document.activeElement.matches('.story')")
    assert [] == tab.complaints


def test_keys_on_nothing_in_particular(tab: Tab):
    """A key whose target is the document, or that has no name (a field that fills itself), ends no script."""
    page = tab.open("latest/")
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'j'}))")
    page.evaluate("document.body.dispatchEvent(new Event('keydown', {bubbles: true}))")
    assert page.evaluate("document.activeElement.matches('.story')")
    assert [] == tab.complaints


@pytest.mark.parametrize("key", ["/", "ظ"])
def test_the_search_is_a_key_away(tab: Tab, key: str):
    """Arabic keyboards have a letter where others have the slash."""
    page = tab.open("latest/")
    page.evaluate(PRESS, {"key": key, "code": "Slash"})
    page.wait_for_url("**/search/")


def test_a_switched_off_storage_is_said_where_it_matters(tab: Tab):
    """Nothing ends, and whoever saves, hides, marks or chooses learns that it will not last."""
    page = tab.page
    page.add_init_script(NO_STORAGE)
    tab.open("latest/")
    page.locator(FIRST).locator(".save").click()
    assert "false" == page.locator(FIRST).locator(".save").get_attribute("aria-pressed")
    assert NOT_KEPT in page.locator(FIRST).locator(".unkept").inner_text()
    assert "alert" == page.locator(FIRST).locator(".unkept").get_attribute("role")
    page.locator("[data-hide-read]").click()
    assert [NOT_KEPT] == [text[: len(NOT_KEPT)] for text in page.locator(".unkept").all_inner_texts()]
    page.locator("[data-theme-switch]").click()
    assert NOT_KEPT in page.locator(".masthead .unkept").inner_text()
    tab.open("providers/transitwatch.example/").locator("[data-hide-source]").click()
    assert 1 == page.locator(".unkept").count()
    tab.open("saved/")
    assert "Nothing can be saved here" in page.inner_text("[data-status]")
    assert [] == tab.complaints


def test_a_full_storage_is_said_and_loses_nothing(tab: Tab, tmp_path: Path):
    """What was saved before stays; an import that does not fit changes nothing, and says so."""
    page = tab.open("latest/")
    page.locator(FIRST).locator(".save").click()
    before = stored(tab, "saved")
    page.evaluate(FILL)
    page.locator(".day .story >> nth=1").locator(".save").click()
    assert NOT_KEPT in page.locator(".day .story >> nth=1").locator(".unkept").inner_text()
    assert before == stored(tab, "saved")
    entry = {"slug": "x", "title": "x" * 500, "href": "news/x/", "source": "", "date": ""}
    file = tmp_path / "export.json"
    data = {"format": "news-digest-reader", "version": 1, "saved": [entry], "read": [], "hidden": []}
    file.write_text(json.dumps(data), encoding="utf-8")
    tab.open("saved/")
    page.set_input_files("[data-file]", file)
    page.locator("[data-status]:not(:empty)").wait_for()
    assert page.inner_text("[data-status]").startswith(NOT_KEPT)
    assert page.inner_text("[data-status]").endswith("Nothing was changed.")
    assert (before, 1) == (stored(tab, "saved"), page.locator("[data-saved] .story").count())
    page.evaluate(EMPTY)
    page.set_input_files("[data-file]", file)
    page.locator("[data-saved] .story >> nth=1").wait_for()
    assert "The file was imported" in page.inner_text("[data-status]")


def test_a_storage_that_was_wiped_is_an_empty_one(tab: Tab):
    """Browsers may take away what a site kept while a page is open: nothing ends, and saving begins anew."""
    page = tab.open("latest/")
    page.locator(FIRST).locator(".save").click()
    page.evaluate("localStorage.clear()")
    page.locator(".day .story >> nth=1").locator(".save").click()
    assert 1 == len(stored(tab, "saved"))  # type: ignore[arg-type]
    assert "false" == page.locator(FIRST).locator(".save").get_attribute("aria-pressed")
    assert [] == tab.complaints


def test_the_browser_is_asked_to_keep_what_was_saved(tab: Tab):
    """Once, with the first story, and not before: some browsers put the question to the reader."""
    page = tab.page
    page.add_init_script("window.asked = 0; StorageManager.prototype.persist = async () => { window.asked += 1; }")
    tab.open("latest/")
    asked = [page.evaluate("asked")]
    for number in (0, 1):
        page.locator(f".day .story >> nth={number}").locator(".save").click()
        asked.append(page.evaluate("asked"))
    assert [0, 1, 1] == asked


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
