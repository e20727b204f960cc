"""The preview in a real browser: what is edited is seen, what breaks is said, and nobody presses a key."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.preview.owner import Wishes
from pelican.plugins.news_digest.preview.session import Session
from tests.preview.talking import Listener

from .conftest import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.busy("the browser waits for builds of a preview")]

ITEM = "2026-04-16-new-timetable-for-the-sandbar-ferry"
SETTINGS = """\
import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
sys.path.pop(0)
THEME = "theme"
PATH = "content"
PLUGIN_PATHS = [{root!r} + "/plugins/pelican/plugins"]
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
DIGEST_SEARCH = DIGEST_API = False
DIGEST_WORKERS = 1
"""


class Preview:
    """A preview of a copy of the demonstration, which tests may change."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lines: list[str] = []
        self.url = ""
        self._session: Session | None = None
        self._thread: threading.Thread | None = None

    def start(self, port: int = 0, **wishes: object) -> None:
        """Begin to serve; the first build may take its time."""
        self._session = Session(Wishes(settings=self.root / "conf.py", **wishes), say=self.lines.append)
        self.url = self._session.open(port=port)
        self._thread = threading.Thread(target=self._session.run)
        self._thread.start()
        with Listener(self.port, "/") as page:  # what is open during the first build may be loaded anew by it
            page.until("state", is_building=False)

    @property
    def port(self) -> int:
        """Where it serves."""
        return int(self.url.split(":")[2].partition("/")[0])

    def stop(self) -> None:
        """End it."""
        if self._session is not None and self._thread is not None:
            self._session.end()
            self._thread.join()
            self._session = None

    def edit(self, path: str, pattern: str, new: str) -> None:
        """Change the first line of a file that matches."""
        file = self.root / path
        text, count = re.subn(pattern, new, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
        assert count == 1
        file.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a week of the demonstration and a theme that may be changed."""
    root = tmp_path_factory.mktemp("preview")
    shutil.copytree(ROOT / "content", root / "content")
    for path in (root / "content/news").iterdir():
        if not path.name.startswith("2026-04-1"):
            path.unlink()
    shutil.copytree(ROOT / "theme", root / "theme")
    (root / "conf.py").write_text(SETTINGS.format(root=str(ROOT)), encoding="utf-8")
    return root


@pytest.fixture
def preview(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    """Return a preview that is started by the test, and everything put back after it."""
    kept = {path: path.read_bytes() for name in ("content", "theme", ".") for path in files(workshop, name)}
    monkeypatch.chdir(workshop)
    made = Preview(workshop)
    yield made
    made.stop()
    for name in ("content", "theme", "."):
        for path in files(workshop, name):
            if path not in kept:
                path.unlink()
            elif path.read_bytes() != kept[path]:
                path.write_bytes(kept[path])


def files(root: Path, name: str) -> list[Path]:
    """Return the files of a folder that tests change: all of it, or for ``.`` those right in it."""
    folder = root / name
    return [path for path in (folder.glob("*") if name == "." else folder.rglob("*")) if path.is_file()]


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Return a tab that may complain of nothing but what is not there (404, or 503 while there is no site)."""
    opened = context.new_page()
    opened.set_default_timeout(20_000)
    complaints: list[str] = []
    opened.on("console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    assert [] == [said for said in complaints if not re.search("404|503|ERR_", said)]


def ready(page: Page, preview: Preview, address: str = "") -> None:
    """Open a page of the site, once it is there, and mark it: what is loaded anew has no mark."""
    page.goto(preview.url + address)
    page.locator("html:not(.placeholder) main").wait_for()
    page.evaluate("window.mark = true")


PANEL = "news-digest-preview"
# How often a page is asked for that a build has yet to write, and how long each time.
TRIES, WAIT_MS = 100, 100


def wait_until(page: Page, holds: str) -> None:
    """Return when *holds*, an expression, is true in the page; its policy allows no text that becomes code."""
    page.evaluate(
        f"new Promise((done) => {{ const look = () => ({holds}) ? done() : requestAnimationFrame(look); look(); }})"
    )


def test_edit_is_seen_where_the_reader_was(page: Page, preview: Preview):
    """The title changes; the place on the page and what was opened stay."""
    preview.start()
    page.set_viewport_size({"width": 900, "height": 500})
    ready(page, preview, f"news/{ITEM}/")
    page.evaluate("document.querySelector('details.disclosure').open = true; scrollTo(0, 240)")
    preview.edit(f"content/news/{ITEM}.md", "^title:.*", 'title: "Seen at once"')
    page.get_by_role("heading", level=1, name="Seen at once").wait_for()
    wait_until(page, "scrollY === 240")
    assert page.evaluate("document.querySelector('details.disclosure').open")
    assert "Seen at once" in page.title()
    assert page.evaluate("window.mark") is None


def test_page_that_does_not_show_the_edit_stays(page: Page, context: BrowserContext, preview: Preview):
    """What somebody wrote into its search box is not lost."""
    preview.start()
    ready(page, preview, "topics/")
    other = context.new_page()
    ready(other, preview, f"news/{ITEM}/")
    preview.edit(f"content/news/{ITEM}.md", "^excerpt:.*", 'excerpt: "Other words, and few."')
    other.get_by_text("Other words, and few.").first.wait_for()
    preview.edit("content/news/2026-04-14-four-schools-swap-the-bell-for-a-song.md", "^title:.*", 'title: "[broken"x')
    page.locator(PANEL).wait_for()  # it heard of this build, so it heard of the one before
    assert page.evaluate("window.mark") is True


def test_style_sheet_is_exchanged_without_a_reload(page: Page, preview: Preview):
    """The page goes on, in another dress."""
    preview.start()
    ready(page, preview)
    with (preview.root / "theme/static/css/base.css").open("a", encoding="utf-8") as sheet:
        sheet.write("body {\n  background: rgb(1, 2, 3);\n}\n")
    wait_until(page, "getComputedStyle(document.body).backgroundColor === 'rgb(1, 2, 3)'")
    assert page.evaluate("window.mark") is True
    wait_until(page, "document.querySelectorAll('link[rel=stylesheet]').length === 1")


def test_what_is_broken_is_said_in_the_page(page: Page, preview: Preview):
    """File, line, message, the lines themselves and a hint, as text; put aside on request, until there is news."""
    preview.start()
    ready(page, preview, f"news/{ITEM}/")
    path = f"content/news/{ITEM}.md"
    good = (preview.root / path).read_text(encoding="utf-8")
    (preview.root / "content/news/new.md").write_text(
        '---\ntitle: "<img src=x onerror=alert(1)>\n---\n', encoding="utf-8"
    )
    preview.edit(path, "^publishedDateTime:.*", "publishedDateTime: <b>soon</b>")
    panel = page.locator(PANEL)
    panel.get_by_text("2 problems").wait_for()
    said = panel.locator(".panel").inner_text()
    line = good[: good.index("publishedDateTime")].count("\n") + 1
    assert f"{path}:{line} ND104" in said
    assert "<b>soon</b>" in said
    assert "use YYYY-MM-DD" in said
    assert "content/news/new.md:" in said
    assert 0 == panel.locator("img, b").count()
    assert page.get_by_role("heading", level=1).is_visible()
    size = page.viewport_size
    page.set_viewport_size({"width": 1440, "height": 900})
    edges = panel.locator("summary, .problems").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().left + parseFloat(getComputedStyle(each).paddingLeft))"
    )
    assert 1 == len(set(edges))
    if size:
        page.set_viewport_size(size)
    box = panel.locator(".panel").bounding_box()
    assert box is not None
    assert box["height"] <= 450
    panel.get_by_text("2 problems").click()
    assert not panel.locator(".problems").is_visible()
    page.reload()
    panel.get_by_text("2 problems").wait_for()
    assert not panel.locator(".problems").is_visible()
    os.unlink(preview.root / "content/news/new.md")
    panel.locator(".problems").wait_for()
    panel.get_by_text("1 problem").wait_for()
    (preview.root / path).write_text(good, encoding="utf-8")
    panel.wait_for(state="detached")


def test_broken_template_and_settings_are_said_in_the_page(page: Page, preview: Preview):
    """One after the other, and what was good is seen all the time."""
    preview.start()
    ready(page, preview)
    preview.edit("theme/templates/home.html", "{% block main %}", "{% block main %}\n{{ nothing.of.this }}")
    panel = page.locator(PANEL)
    panel.get_by_text("UndefinedError").wait_for()
    assert "theme/templates/home.html:" in panel.locator(".panel").inner_text()
    (preview.root / "theme/templates/home.html").write_text(
        (ROOT / "theme/templates/home.html").read_text(encoding="utf-8"), encoding="utf-8"
    )
    panel.wait_for(state="detached")
    preview.edit("conf.py", "^OUTPUT_PATH.*", "OUTPUT_PATH = [")
    panel.get_by_text("SyntaxError").wait_for()
    preview.edit("conf.py", r"^OUTPUT_PATH.*", 'OUTPUT_PATH = "output"')
    panel.wait_for(state="detached")
    assert page.locator("main .story").count() > 3


def test_page_comes_back_to_a_preview_that_was_started_again(page: Page, preview: Preview):
    """What changed meanwhile is seen; nobody reloads by hand."""
    preview.start()
    ready(page, preview, f"news/{ITEM}/")
    port = preview.port
    preview.stop()
    preview.edit(f"content/news/{ITEM}.md", "^title:.*", 'title: "While it slept"')
    preview.start(port=port)
    assert port == preview.port
    page.get_by_role("heading", level=1, name="While it slept").wait_for()


def test_site_that_cannot_be_built_yet_turns_into_one(page: Page, preview: Preview):
    """The first page says what is wrong, then it is the front page."""
    preview.edit("conf.py", "^THEME.*", "THEME = nothing")
    shutil.rmtree(preview.root / "output", ignore_errors=True)
    preview.start()
    page.goto(preview.url)
    page.get_by_role("heading", name="The site cannot be built yet").wait_for()
    assert "NameError" in page.locator("main").inner_text()
    preview.edit("conf.py", "^THEME.*", 'THEME = "theme"')
    page.locator("main .story").first.wait_for()


def test_drafts_are_marked(page: Page, preview: Preview):
    """Before their headlines, on their pages and in lists."""
    preview.edit(f"content/news/{ITEM}.md", "^published:.*", "published: true\nstatus: draft")
    preview.start(shows_drafts=True)
    ready(page, preview, f"news/{ITEM}/")
    mark = "getComputedStyle(document.querySelector(`[data-slug='%s']`), '::before').content"
    assert '"Draft"' == page.evaluate(mark % ITEM)
    ready(page, preview, "2026/04/16/")
    assert '"Draft"' == page.evaluate(mark % ITEM)


def test_stricter_policy_lets_the_preview_in_and_nothing_else(page: Page, preview: Preview):
    """A site's own page under which nothing runs: the preview does, the page's script still does not."""
    from playwright.sync_api import Error  # only where there is a browser

    preview.start()
    ready(page, preview)
    (preview.root / "theme/templates/about.html").write_text(
        '<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
        '<title>Strict</title><script src="{{ root }}theme/js/digest.js"></script></head>'
        "<body><main><article>Strict</article></main><script>window.evil = true</script></body></html>",
        encoding="utf-8",
    )
    refused: list[str] = []
    strict = page.context.new_page()
    strict.on("console", lambda message: refused.append(message.text))
    for _ in range(TRIES):
        with suppress(Error):  # the preview may send the page on while it is being opened
            strict.goto(f"{preview.url}about/")
            if "Strict" in strict.title():
                break
        strict.wait_for_timeout(WAIT_MS)
    preview.edit("theme/templates/about.html", "<article>Strict", "<article>Stricter")
    strict.get_by_text("Stricter").wait_for()
    assert strict.evaluate("window.evil") is None
    assert any("'" + preview.url + "theme/js/digest.js' violates" in said for said in refused)
    assert not [said for said in refused if "_preview/preview.js' violates" in said]
    assert "_preview" not in (preview.root / "output/about/index.html").read_text(encoding="utf-8")


def test_no_page_is_touched_without_scripts(browser: Browser, preview: Preview):
    """With JavaScript off the preview serves the site, and that is all."""
    preview.start()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(preview.url)
    page.locator("main .story").first.wait_for()
    assert 0 == page.locator(PANEL).count()
    context.close()
