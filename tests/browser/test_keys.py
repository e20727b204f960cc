"""The digest read by keyboard, on any layout."""

from __future__ import annotations

import pytest

from .conftest import Tab, stored

pytestmark = pytest.mark.browser

PRESS = "event => document.body.dispatchEvent(new KeyboardEvent('keydown', { ...event, bubbles: true }))"
LAYOUTS: tuple[tuple[dict[str, object], bool], ...] = (
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
)


def test_keys_of_every_layout(tab: Tab):
    """Latin letters count as they are written, letters of other scripts by the place of their key; words in the making
    and combinations are left alone.
    """
    page = tab.open("latest/")
    wrong = []
    for event, moves in LAYOUTS:
        page.evaluate("document.activeElement.blur()")
        page.evaluate(PRESS, event)
        if page.evaluate("document.activeElement.matches('.story')") != moves:
            wrong.append(event)
    assert ([], []) == (wrong, tab.complaints)


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
