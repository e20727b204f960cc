"""A story and a day read aloud by the browser's own voice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Tab

pytestmark = pytest.mark.browser

REPORT = "news/2026-04-13-council-opens-340-allotment-plots-on-the-old-gasworks/"
# A browser that speaks the languages in VOICES; what it says is kept where the next page finds it.
SPEECH = """
  const note = (...entry) => sessionStorage.setItem("heard", JSON.stringify([...heard(), entry]));
  const heard = () => JSON.parse(sessionStorage.getItem("heard") || "[]");
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const queue = [];
  const speech = {
    getVoices: () => VOICES.map((lang) => ({ lang, name: lang, default: lang === "en-US" })),
    speak(said) { queue.push(said); note(said.lang, said.voice?.lang ?? "", said.text); },
    cancel() { queue.length = 0; note("silence"); },
    next() { const said = queue.shift(); said.onstart(); said.onend(); },
    addEventListener() {},
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
"""
HEARD = "JSON.parse(sessionStorage.getItem('heard') || '[]').filter((entry) => entry.length > 1)"


def with_voices(tab: Tab, *languages: str) -> None:
    """Let the browser have a voice for each of *languages*."""
    tab.page.add_init_script(SPEECH.replace("VOICES", repr(list(languages))))


def test_a_story_is_read_sentence_by_sentence_and_stops(tab: Tab):
    """Headline, then text, in the page's language and its own voice; the button stops it, and so does leaving."""
    with_voices(tab, "de-DE", "en-US", "en-GB")
    page = tab.open(REPORT)
    page.get_by_role("button", name="Listen").click()
    said = page.evaluate(HEARD)
    assert {("en", "en-US")} == {(lang, voice) for lang, voice, _ in said}
    assert "Council opens 340 allotment plots on the old gasworks" == said[0][2]
    assert len(said) > 2
    page.evaluate("speechSynthesis.next()")
    assert page.locator("h1[data-spoken]").count() == 1
    page.get_by_role("button", name="Stop listening").click()
    assert "Listen" == page.locator("[data-listen]").inner_text()
    page.get_by_role("button", name="Listen").click()
    tab.open("latest/")
    assert ["silence"] == page.evaluate("JSON.parse(sessionStorage.getItem('heard')).pop()")
    assert [] == tab.complaints


def test_a_day_is_read_in_the_languages_of_its_stories(tab: Tab):
    """Each headline has the voice of its own language; at the end the button is as it was."""
    with_voices(tab, "en_GB", "ar")
    page = tab.open("2026/04/29/")
    page.get_by_role("button", name="Listen").click()
    said = page.evaluate(HEARD)
    assert {("en", "en_GB"), ("ar", "ar")} <= {(lang, voice) for lang, voice, _ in said}
    for _ in said:
        page.evaluate("speechSynthesis.next()")
    assert "Listen" == page.locator("[data-listen]").inner_text()


@pytest.mark.parametrize("languages", [(), ("de-DE", "fr-FR")])
def test_no_voice_no_button(tab: Tab, languages: tuple[str, ...]):
    """A browser without a voice for the page's language offers nothing."""
    with_voices(tab, *languages)
    assert tab.open(REPORT).locator("[data-listen]").is_hidden()
