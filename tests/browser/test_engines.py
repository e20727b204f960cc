"""One visit in each engine that is installed: a page of each kind, the reader's tools, search, and no network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .conftest import WHOLE, Demo, open_chromium
from .engines import Chromium, Engine, open_firefox, open_webkit
from .host import hosted

pytestmark = [pytest.mark.browser, pytest.mark.busy("a browser is started, and waited for")]

# What is wrong with the page that is open: nothing, where the engine understands all that it needs.
WRONG = """
  const { documentElement: root, styleSheets, images } = document;
  const shown = (element) => element.getClientRects().length > 0;
  const headings = [...document.querySelectorAll("h1")].filter(shown);
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const colours = getComputedStyle(root).backgroundColor + getComputedStyle(document.body).color;
  const wrong = {
    headings: headings.length !== 1,
    order: document.querySelector("script[src]:not([defer]) ~ link[rel=stylesheet]") !== null,
    style: !styleSheets.length || [...styleSheets].some((sheet) => !sheet.cssRules.length),
    colours: !["rgb(251, 250, 247)rgb(27, 27, 25)", "rgb(21, 21, 19)rgb(236, 234, 227)"].includes(colours),
    picture: [...images].some((image) => image.complete && image.currentSrc && !image.naturalWidth),
    script: !window.newsDigest || root.dataset.js !== "",
    width: root.scrollWidth > root.clientWidth,
    foreign: loaded.some((name) => !name.startsWith(location.origin) && !/^(data|blob):/.test(name)),
  };
  return Object.keys(wrong).filter((name) => wrong[name]);
"""
# Ask *check*, which returns whether it is so, until it is; then say so.
UNTIL = """
  for (let tries = 0; tries < 500; tries += 1) {
    if (await (async () => { %s })()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
"""
TITLES = "return [...document.querySelectorAll('%s')].filter((title) => title.offsetParent).map((a) => a.innerText)"
LOOK = """
  const { backgroundColor, fontSize } = getComputedStyle(document.documentElement);
  return [backgroundColor, parseFloat(fontSize)];
"""
OTTERS = "news/2026-05-03-while-nobody-was-looking-otters-took-over-the-bridge/"
# A voice, since machines of a test have none.
LISTEN = """
  speechSynthesis.getVoices = () => [{ lang: "en-GB", default: true }];
  speechSynthesis.dispatchEvent(new Event("voiceschanged"));
  return Boolean(document.querySelector("[data-listen]").offsetParent);
"""
# What would be in the file that "Export" writes; then that file, imported where everything was cleared.
EXPORT = """
  const make = URL.createObjectURL;
  return new Promise((resolve) => {
    URL.createObjectURL = (blob) => (blob.text().then(resolve), make.call(URL, blob));
    document.querySelector("[data-export]").click();
  });
"""
IMPORT = """
  localStorage.clear();
  const input = document.querySelector("[data-file]");
  const taken = new DataTransfer();
  taken.items.add(new File([%r], "export.json", { type: "application/json" }));
  input.files = taken.files;
  input.dispatchEvent(new Event("change"));
"""
KEPT = """
  const found = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
  return found.flat().some(({ url }) => url.endsWith("%s"));
"""


@pytest.fixture(scope="module", params=["chromium", "firefox", "webkit"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Start one browser of each engine; skip, with a word, what is not installed."""
    if request.param == "chromium":
        with open_chromium(request.getfixturevalue("playwright"), WHOLE) as browser:
            yield Chromium(browser)
        return
    folder = tmp_path_factory.mktemp("profile")
    with open_firefox(folder) if request.param == "firefox" else open_webkit() as started:
        yield started


def until(engine: Engine, check: str) -> None:
    """Wait until *check* returns that something is so."""
    assert engine.run(UNTIL % check), check


def test_every_kind_of_page_is_whole(engine: Engine, demo: Demo):
    """On a phone: style, script, pictures and one heading; nothing sideways, from elsewhere or complained about."""
    engine.resize(390)
    found = {}
    for address in demo.kinds:
        engine.open(demo.url + address)
        wrong = engine.run(WRONG) + engine.complaints()
        # Part of another site's page: it has its own paper, no script, and no icon, which Firefox would like alone.
        if address.startswith("embed/"):
            wrong = [name for name in wrong if name not in {"colours", "script"} and "favicon.ico" not in name]
        if wrong and address != "404.html":
            found[address] = wrong
    engine.resize(1280)
    engine.open(demo.url)
    assert ({}, []) == (found, engine.run(WRONG))


def test_the_readers_tools_work(engine: Engine, demo: Demo):
    """Save, hide a source, mute a word, colours, size of text, read aloud; what is kept is exported and imported."""
    with hosted(demo.output) as host:
        engine.open(host.url + "latest/")
        first = engine.run(TITLES % ".day .story-title")[0]
        before = engine.run(LOOK)
        engine.click(".day .story .save")
        engine.click("[data-open-display]")
        until(engine, "return document.querySelector('dialog[open] [data-display]')")
        engine.click("dialog[open] [name=theme][value=dark]")
        engine.click("dialog[open] [name=size][value=larger]")
        engine.open(host.url + "providers/transitwatch.example/")
        after = engine.run(LOOK)
        assert ("rgb(251, 250, 247)", "rgb(21, 21, 19)", True) == (before[0], after[0], before[1] < after[1])
        engine.click("[data-hide-source]")
        engine.open(host.url + "saved/")
        engine.run("document.querySelector('[data-mute] [name=word]').value = 'bridge'")
        engine.click("[data-mute] [type=submit]")
        engine.run(IMPORT % engine.run(EXPORT))
        until(engine, "return document.querySelector('[data-status]').textContent")
        assert [first] == engine.run(TITLES % "[data-saved] .story-title")
        engine.open(host.url + "latest/")
        titles, sources = engine.run(TITLES % ".day .story-title"), engine.run(TITLES % ".day .source")
        assert (True, []) == (len(titles) > 5, [title for title in titles if "bridge" in title.lower()])
        assert "Transit Watch" not in sources
        engine.open(host.url + "2026/05/03/")
        assert engine.run(LISTEN)
        assert [] == engine.complaints()


def test_search_finds_and_a_saved_story_is_read_without_a_network(engine: Engine, search_demo: Demo):
    """An address is a search; what was saved opens when nothing answers any more, and says that it is a copy."""
    with hosted(search_demo.output) as host:
        engine.open(host.url + "search/?q=otters")
        until(engine, "return document.querySelector('[data-results] .story-title')")
        title = engine.run(TITLES % "[data-results] .story-title")[0]
        assert "While nobody was looking, otters took over the bridge" == title
        engine.open(host.url + OTTERS)
        engine.click(".report-tools [data-save]")
        until(engine, KEPT % OTTERS)
        assert [] == engine.complaints()
        host.off = True
        engine.open(host.url + "saved/")
        assert [title] == engine.run(TITLES % "[data-saved] .story-title")
        engine.open(host.url + OTTERS)
        assert [title] == engine.run(TITLES % "h1")
        [note] = engine.run(TITLES % ".kept")
        assert note.startswith("You are offline. This is a copy of ")
        assert "rgb(251, 250, 247)" == engine.run(LOOK)[0]
