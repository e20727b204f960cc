"""One build of the demonstration digest below ``/repo/``, one browser, and a fresh tab for each test."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.preview.session import open_server
from pelican.plugins.news_digest.preview.site import PreviewSite

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request

    from tests.conftest import MakeOnce

ROOT = Path(__file__).resolve().parents[2]
WHOLE = ("chromium", "chromium-browser", "google-chrome")
# The same engine without the browser's own windows: a tab costs a third of the time. `test_engines.py` has windows.
SHELLS = ("chromium-headless-shell", *WHOLE)
# Nothing but what a test asks for: no update, no report, no other protocol, no process that waits for another site.
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --disable-site-isolation-trials"
).split()
SETTINGS = """\
import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
SITEURL = "http://127.0.0.1/repo"
PATH = {root!r} + "/content"
THEME = {root!r} + "/theme"
PLUGIN_PATHS = [{root!r} + "/plugins/pelican/plugins"]
OUTPUT_PATH = "output"
CACHE_PATH = "cache"
DIGEST_NEWSLETTER_MAILS = True
DIGEST_EMBED = 3
DIGEST_NEWSLETTER_BOOKS = True
DIGEST_DATA = True
DIGEST_OFFLINE = True
DIGEST_MUTE_PRESETS = {{"Weather": ["storm", "rain"]}}
"""


@dataclass(frozen=True)
class Demo:
    """The demonstration digest as it is served."""

    url: str
    output: Path

    @property
    def kinds(self) -> tuple[str, ...]:
        """Return the address of one page of each kind: pages in folders of one name and depth are of one kind."""
        found: dict[tuple[str, int], str] = {}
        for path in sorted(self.output.rglob("*.html")):
            address = path.relative_to(self.output).as_posix()
            first, *rest = address.split("/")
            kind = "date" if first.isdigit() else first if rest else address
            # A week is among the months of its year, and among the days of the newsletter.
            kind += " week" if re.search(r"(^|/|-)w\d\d/", address) else ""
            found.setdefault((kind, len(rest)), address.removesuffix("index.html"))
        videos = [path for path in sorted(self.output.glob("news/*/index.html")) if "data-video=" in path.read_text()]
        return (*found.values(), *(path.parent.relative_to(self.output).as_posix() + "/" for path in videos[:1]))


@dataclass
class Tab:
    """A page of the browser, what it complained about, and what it asked of other hosts."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, address: str = "") -> Page:
        """Go to an address of the site."""
        self.page.goto(self.url + address)
        return self.page

    def note_message(self, message: ConsoleMessage) -> None:
        """Note an error or a warning; policies are broken by errors in the console."""
        if message.type in {"error", "warning"} and "404.html" not in self.page.url:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def note_request(self, request: Request) -> None:
        """Note a request that leaves the site."""
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.foreign.append(request.url)


FIRST = ".day .story >> nth=0"


def stored(tab: Tab, name: str) -> object:
    """Return what the browser keeps under *name*."""
    return tab.page.evaluate(f"JSON.parse(localStorage.getItem('digest/repo/{name}'))")


@pytest.fixture(scope="session")
def demo(shared: MakeOnce) -> Iterator[Demo]:
    """Build the demonstration digest once, as a project page of GitHub has it, and serve it."""
    folder = shared("demo", build_demo)
    server = open_server(PreviewSite(None, folder=str(folder / "output"), base="/repo/"), port=0, say=print)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Demo(url=f"http://127.0.0.1:{server.port}/repo/", output=folder / "output")
    server.shutdown()
    server.server_close()
    thread.join()


def build_demo(folder: Path) -> None:
    """Make the pictures and the site of the demonstration digest in *folder*."""
    (folder / "conf.py").write_text(SETTINGS.format(root=str(ROOT)), encoding="utf-8")
    make_pictures = ("pelican.plugins.news_digest", "images", "-s", "conf.py", "--offline")
    for command in (make_pictures, ("pelican", "-s", "conf.py", "--fatal", "errors")):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return what drives Chromium; skip where it is not installed."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start the machine's own Chromium, without windows where there is such a one; skip where there is none."""
    with open_chromium(playwright, SHELLS) as started:
        yield started


@contextmanager
def open_chromium(playwright: Playwright, names: Sequence[str]) -> Iterator[Browser]:
    """Start the first program of *names* that is installed; skip where there is none."""
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        pytest.skip(f"no browser: none of {', '.join(names)} is installed")
    started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
    yield started
    started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser that has been nowhere yet."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def tab(context: BrowserContext, demo: Demo) -> Tab:
    """Return a tab that notes complaints and foreign requests."""
    return open_tab(context, demo)


def open_tab(context: BrowserContext, demo: Demo) -> Tab:
    """Return a tab of *context* that notes complaints and foreign requests."""
    page = context.new_page()
    page.set_default_timeout(10_000)
    opened = Tab(page, demo.url)
    page.on("console", opened.note_message)
    page.on("pageerror", lambda error: opened.complaints.append(f"{page.url}: {error}"))
    page.on("request", opened.note_request)
    return opened


@pytest.fixture(scope="session")
def search_demo(demo: Demo) -> Demo:
    """Return the digest with its search index; skip where it could not be made."""
    if not (demo.output / "pagefind" / "pagefind.js").is_file():
        pytest.skip("no search index: Pagefind is not installed (pip install -e '.[search]')")
    return demo


@pytest.fixture(scope="session")
def axe() -> str:
    """Return axe's script; skip where its package is not installed."""
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
