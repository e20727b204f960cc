"""The desk in a real browser: what an editor does with a mouse, with keys, and without JavaScript."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.preview.board import Board
from pelican.plugins.news_digest.preview.desk.desk import Desk
from pelican.plugins.news_digest.preview.owner import Owner, Wishes
from pelican.plugins.news_digest.preview.session import Session, open_server
from pelican.plugins.news_digest.preview.site import PreviewSite
from tests.preview.talking import Listener, serving

from .conftest import ROOT
from .test_axe import WIDTHS, violations
from .test_preview import SETTINGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

KIOSK = "2026-05-02-coffee-kiosk-on-the-quay-moves-eleven-metres"
PARKING = "2026-04-28-parking-app-down-for-a-second-morning"
BRIDGE = "2026-05-03-after-twelve-days-as-an-island-northmole-gets-its-bridge-back"
SHARES = "2026-04-24-ropeworks-shares-give-back-half-of-last-weeks-gain"
WAITING = [f"s-{slug}" for slug in (KIOSK, PARKING, SHARES)]
FOCUSED = "document.activeElement.id"


@dataclass(frozen=True)
class AtDesk:
    """A desk over a copy of the demonstration."""

    url: str
    content: Path

    def text(self, slug: str) -> str:
        """Return the file of *slug*."""
        return (self.content / f"news/{slug}.md").read_text(encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[AtDesk]:
    """Serve the desk alone: no site was built, and none is needed."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    settings = SETTINGS.format(root=str(ROOT)).replace('THEME = "theme"', f"THEME = {str(ROOT / 'theme')!r}")
    (tmp_path / "conf.py").write_text(settings, encoding="utf-8")
    owner = Owner(Wishes(settings=tmp_path / "conf.py"), site_url=lambda base: base)
    owner.read()
    board = Board()
    board.tell(is_building=False)
    server = open_server(PreviewSite(board), port=0, say=print, desk=Desk(owner, board))
    with serving(server):
        yield AtDesk(url=f"http://127.0.0.1:{server.port}/_desk/", content=tmp_path / "content")


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Return a tab that complains of nothing, and asks nobody but the preview."""
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    complaints: list[str] = []
    opened.on("console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda r: None if r.url.startswith("http://127.0.0.1:") else complaints.append(r.url))
    yield opened
    assert [] == complaints


def stories(page: Page) -> list[str]:
    """Return the stories on the page, in order."""
    return page.locator("article.group").evaluate_all("all => all.map(one => one.id)")


def said(page: Page, words: str) -> None:
    """Wait until the page says *words* of the last act."""
    page.locator(".notice", has_text=words).wait_for()


def test_a_morning_by_keyboard(page: Page, desk: AtDesk):
    """Every key does what its button does, and the next story is chosen without a search for it."""
    page.goto(f"{desk.url}?since=all")
    assert WAITING == stories(page)
    page.keyboard.press("j")
    assert WAITING[0] == page.evaluate(FOCUSED)
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("p")
    said(page, "Published “Coffee kiosk")
    assert WAITING[1:] == stories(page)
    assert WAITING[1] == page.evaluate(FOCUSED)
    page.keyboard.press("j")
    page.keyboard.press("h")
    said(page, "Hid “Ropeworks")
    assert WAITING[1:2] == stories(page)
    assert "hide: true" in desk.text(SHARES)
    page.keyboard.press("u")
    said(page, "Undone: hid")
    assert WAITING[1:] == stories(page)
    assert "hide: false" in desk.text(KIOSK)
    assert "curated" not in desk.text(SHARES)


def test_keys_that_edit(page: Page, desk: AtDesk):
    """``e`` opens what is edited; letters that are typed there are letters, and Enter saves."""
    page.goto(f"{desk.url}?since=all")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.locator(f"#title-{KIOSK}").fill("")
    page.keyboard.type("A hump, just keep up")
    page.keyboard.press("Enter")
    said(page, "Changed the headline")
    assert re.search(r'^title: ["\']?A hump, just keep up["\']?$', desk.text(KIOSK), re.MULTILINE)
    assert "published: false" in desk.text(KIOSK)


def test_keys_that_merge_and_split(page: Page, desk: AtDesk):
    """``m`` leads to other stories, and there merges with the chosen one; ``s`` parts them again."""
    page.goto(f"{desk.url}?since=all")
    page.keyboard.press("j")
    page.keyboard.press("m")
    page.locator("#q").fill("bridge back")
    page.keyboard.press("Enter")
    page.locator(".candidate").first.wait_for()
    page.locator(".candidate").first.focus()
    page.keyboard.press("m")
    said(page, "Merged “Coffee kiosk")
    assert "story:" in desk.text(KIOSK)
    assert "story:" in desk.text(BRIDGE)
    page.goto(f"{desk.url}?since=all&show=all&q=coffee")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.locator(f"#s-{KIOSK}").focus()
    page.keyboard.press("s")
    said(page, "is a story of its own now")
    assert "story: coffee-kiosk-on-the-quay-moves-eleven-metres" in desk.text(KIOSK)


def test_keys_are_shown_and_can_be_switched_off(page: Page, desk: AtDesk):
    """``?`` lists them. Who speaks to a computer, or types by mistake, switches them off, and they stay off."""
    page.goto(f"{desk.url}?since=all")
    page.keyboard.press("j")
    page.keyboard.press("?")
    page.locator("dialog").get_by_text("Pin as lead / Lead no more").wait_for()
    page.keyboard.press("p")
    page.keyboard.press("Escape")
    assert WAITING[0] == page.evaluate(FOCUSED)
    page.locator(".keys summary").click()
    page.locator("[data-keys]").uncheck()
    page.goto(f"{desk.url}?since=all")
    page.keyboard.press("j")
    page.keyboard.press("p")
    assert "" == page.evaluate(FOCUSED)
    assert "published: false" in desk.text(KIOSK)


def test_keys_of_the_browser_are_its_own(page: Page, desk: AtDesk):
    """Ctrl+P prints, and publishes nothing."""
    page.goto(f"{desk.url}?since=all")
    page.keyboard.press("j")
    page.evaluate("addEventListener('keydown', (event) => event.preventDefault())")
    page.keyboard.press("Control+p")
    assert "published: false" in desk.text(KIOSK)


def test_the_same_place_after_an_act(page: Page, desk: AtDesk):
    """Whoever was far down a long list still is, to the pixel."""
    page.set_viewport_size({"width": 1000, "height": 500})
    page.goto(f"{desk.url}?since=all&show=all")
    row = page.locator("article.group").nth(12)
    slug = row.get_attribute("id")
    row.locator(".edit summary").click()
    field = row.locator("[data-topics]")
    field.fill("Harbour")
    top = row.evaluate("one => one.getBoundingClientRect().top")
    field.press("Enter")
    said(page, "Changed the topics")
    now = page.locator(f"#{slug}").evaluate("one => one.getBoundingClientRect().top")
    assert abs(top - now) < 2


def test_without_javascript(browser: Browser, desk: AtDesk):
    """Everything is a form or a link: publish, undo, edit, filter, merge."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"{desk.url}?since=all")
    page.locator(f"#s-{KIOSK}").get_by_role("button", name="Publish").click()
    said(page, "Published “Coffee kiosk")
    assert "published: true" in desk.text(KIOSK)
    page.locator(".notice").get_by_role("button", name="Undo").click()
    said(page, "Undone")
    assert "published: false" in desk.text(KIOSK)
    row = page.locator(f"#s-{KIOSK}")
    row.locator("summary", has_text="Edit").click()
    row.get_by_label("Topics, with commas").fill("Food, Harbour")
    row.get_by_role("button", name="Save topics").click()
    said(page, "Changed the topics")
    assert "- Harbour" in desk.text(KIOSK)
    page.get_by_label("Search").fill("coffee")
    page.get_by_role("button", name="Show").click()
    assert [f"s-{KIOSK}"] == stories(page)
    page.get_by_role("link", name="Merge…").click()
    page.locator(".candidate button").first.click()
    said(page, "Merged")
    context.close()


def test_a_reload_sends_nothing_again(page: Page, desk: AtDesk):
    """An act is answered with a way on: what the browser loads again is a page."""
    page.goto(f"{desk.url}?since=all")
    page.locator(f"#s-{KIOSK}").get_by_role("button", name="Publish").click()
    said(page, "Published")
    kept = desk.text(KIOSK)
    page.reload()
    said(page, "Published")
    page.go_back()
    assert kept == desk.text(KIOSK)


def test_another_page_cannot_press_its_buttons(page: Page, context: BrowserContext, desk: AtDesk):
    """A form of another origin does nothing, and is told so."""
    other = context.new_page()
    other.set_content(
        f'<form method="post" action="{desk.url}act"><input name="item" value="{KIOSK}">'
        '<button name="act" value="hide">x</button></form>'
    )
    other.locator("button").click()
    other.get_by_text("was not sent from the desk").wait_for()
    assert "curated" not in desk.text(KIOSK)
    page.goto(desk.url)  # the tab that may not complain


def test_a_script_of_the_site_cannot_read_it(context: BrowserContext, desk: AtDesk):
    """The site behind the desk has its origin: what runs there gets neither a page of the desk nor its token."""
    other = context.new_page()
    other.goto(desk.url.replace("_desk/", "_preview/preview.css"))
    asked = "fetch('/_desk/').then(async (reply) => [reply.status, (await reply.text()).includes('name=\"token\"')])"
    assert [403, False] == other.evaluate(asked)
    sent = f"fetch('/_desk/act', {{method: 'POST', body: new URLSearchParams({{act: 'hide', item: '{KIOSK}'}})}})"
    assert 403 == other.evaluate(f"{sent}.then((reply) => reply.status)")
    framed = """
      new Promise((done) => {
        const frame = document.createElement("iframe");
        frame.onload = () => done(frame.contentDocument?.querySelector("[name=token]") ?? null);
        frame.src = "/_desk/";
        document.body.append(frame);
      })
    """
    assert other.evaluate(framed) is None
    assert "curated" not in desk.text(KIOSK)


@pytest.mark.parametrize("width", [320, 760, 1080, 1600])
def test_nothing_stands_beside_the_page(page: Page, desk: AtDesk, width: int):
    """No width is scrolled sideways, whatever is unfolded; nothing that is pressed is smaller than 24 pixels."""
    page.set_viewport_size({"width": width, "height": 900})
    for address in ("?since=all&show=all", f"story?item={BRIDGE}", "story?item=gone"):
        page.goto(desk.url + address) if "gone" not in address else page.evaluate("0")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        small = page.evaluate("""
          [...document.querySelectorAll("button, summary, select, input:not([type=hidden]), .tabs a, a.act")]
            .filter((one) => one.getClientRects().length)
            .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])
            .filter(([, height]) => height < 24)
        """)
        assert [] == [name for name, _ in small if "checkbox" not in name]


def test_texts_of_other_directions(page: Page, desk: AtDesk):
    """A headline in Arabic runs from the right, also while it is edited; the page around it does not move."""
    path = desk.content / f"news/{KIOSK}.md"
    text = re.sub(r"^title:.*$", 'title: "انتقل الكشك أحد عشر مترا"', path.read_text(), flags=re.MULTILINE)
    path.write_text(text)
    page.goto(f"{desk.url}?since=all")
    row = page.locator(f"#s-{KIOSK}")
    assert "rtl" == row.locator("h2").evaluate("one => getComputedStyle(one).direction")
    assert "rtl" == row.locator(f"#title-{KIOSK}").evaluate("one => getComputedStyle(one).direction")
    assert "ltr" == row.locator(".group-acts").evaluate("one => getComputedStyle(one).direction")


def test_axe_finds_nothing(browser: Browser, desk: AtDesk, axe: str):
    """WCAG 2.2 AA and what axe calls best practice, with everything unfolded and after an act."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{desk.url}?since=all")
    page.locator(f"#s-{KIOSK}").get_by_role("button", name="Pin as lead").click()
    found = {}
    for address in (f"{page.url}#".replace("show=waiting", "show=all"), f"{desk.url}?show=all&since=all",
                    f"{desk.url}story?item={BRIDGE}", f"{desk.url}nothing"):  # fmt: skip
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found[address] = violations(page, axe, WIDTHS)
    context.close()
    assert {} == {address: what for address, what in found.items() if what}


@pytest.mark.busy("the browser waits for builds of a preview")
def test_the_site_behind_the_desk_follows(page: Page, desk: AtDesk, monkeypatch: pytest.MonkeyPatch):
    """What is published at the desk is on the site a moment later, without anybody starting a build."""
    root = desk.content.parent
    monkeypatch.chdir(root)
    for path in (root / "content/news").iterdir():
        if not path.name.startswith("2026-05-0"):
            path.unlink()
    session = Session(Wishes(settings=root / "conf.py"), say=print)
    url = session.open(port=0)
    thread = threading.Thread(target=session.run)
    thread.start()
    try:
        with Listener(int(url.split(":")[2].strip("/")), "/") as listener:
            listener.until("state", is_building=False)
            page.goto(f"{url}_desk/?since=all")
            page.locator(f"#s-{KIOSK}").get_by_role("button", name="Publish").click()
            said(page, "Published")
            while not (root / f"output/news/{KIOSK}/index.html").exists():
                listener.until("state")
        page.goto(f"{url}_desk/?show=published&since=all&q=coffee")
        page.get_by_role("link", name="Preview").click()
        page.get_by_role("heading", level=1, name="Coffee kiosk").wait_for()
    finally:
        session.end()
        thread.join()
