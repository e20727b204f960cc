"""Take the documentation's pictures: docs/images/*.png, of the demonstration digest and of the tutorial's.

Run as ``python tools/take_screenshots.py`` after ``make build``; needs Playwright and a Chromium of the system's.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":  # run as a file: Python then looks for modules beside it, not for the package
    sys.path.insert(0, str(ROOT))

from tools.walk import Command, Picture, Visit, steps_of, walk  # noqa: E402  only now can it be found

from pelican.plugins.news_digest.preview.board import Board  # noqa: E402
from pelican.plugins.news_digest.preview.desk.desk import Desk  # noqa: E402
from pelican.plugins.news_digest.preview.owner import Owner, Wishes  # noqa: E402
from pelican.plugins.news_digest.preview.session import open_server  # noqa: E402
from pelican.plugins.news_digest.preview.site import PreviewSite  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser

IMAGES = ROOT / "docs" / "images"
TUTORIAL = ROOT / "docs" / "tutorial" / "first-digest.md"
SET_UP = ROOT / "docs" / "how-to" / "set-up.md"
FILES = re.compile(r"^\*\*`([^`]+)`\*\*\n\n```\S+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES: dict[str, tuple[str, int, int, Literal["light", "dark"]]] = {
    "home": ("", 1440, 900, "light"),
    "home-dark": ("", 1440, 900, "dark"),
    "home-phone-dark": ("", 390, 844, "dark"),
    "month": ("2026/04/", 1440, 900, "light"),
}
OTHER_THEME = "news/2026-05-03-after-twelve-days-as-an-island-northmole-gets-its-bridge-back/"

CARDS = (
    "home",
    "news/2026-04-24-storm-maren-takes-the-roof-of-the-fish-market-and-leaves-the-fish",
    "2026/05/03",
    "providers/ellery-courier.example",
)


def show_cards(path: Path, *, width_px: int = 600, gap_px: int = 16) -> None:
    """Lay some share cards beside each other, as a chat would show them."""
    height_px = round(width_px * 630 / 1200)
    size = (2 * width_px + 3 * gap_px, len(CARDS) // 2 * (height_px + gap_px) + gap_px)
    sheet = Image.new("RGB", size, "#c9c6bd")
    for number, name in enumerate(CARDS):
        with Image.open(ROOT / "output" / "cards" / f"{name}.png") as card:
            small = card.convert("RGB").resize((width_px, height_px), Image.Resampling.LANCZOS)
        at = (gap_px + number % 2 * (width_px + gap_px), gap_px + number // 2 * (height_px + gap_px))
        sheet.paste(small, at)
    sheet.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        )
        take_demonstration(browser)
        take_readers_tools(browser)
        take_tutorial(browser)
        take_other_theme(browser)
        take_desk(browser)
        take_set_up(browser)
        browser.close()


def take_demonstration(browser: Browser) -> None:
    """Take the pictures of the demonstration digest, as it lies in ``output/``."""
    with serving(ROOT / "output") as site:
        for name, (address, width_px, height_px, scheme) in PAGES.items():
            page = browser.new_page(viewport={"width": width_px, "height": height_px}, color_scheme=scheme)
            page.goto(f"{site}/{address}")
            page.screenshot(path=IMAGES / f"{name}.png")
            print(f"docs/images/{name}.png")
    show_cards(ROOT / "docs" / "images" / "share-cards.png")
    print("docs/images/share-cards.png")


def take_readers_tools(browser: Browser) -> None:
    """Take the panel over the front page, and muted words where they are kept."""
    with serving(ROOT / "output") as site:
        page = browser.new_page(viewport={"width": 1100, "height": 720})
        page.goto(f"{site}/")
        page.locator("[data-open-display]").click()
        page.locator("dialog[open]").wait_for()
        page.screenshot(path=IMAGES / "display.png")
        page.goto(f"{site}/saved/")
        for word in ("bridge", "storm"):
            page.locator("[name=word]").fill(word)
            page.locator("[data-mute] [type=submit]").click()
        page.locator("[data-muted-words]").screenshot(path=IMAGES / "muted-words.png")
    print("docs/images/display.png", "docs/images/muted-words.png", sep="\n")


def take_other_theme(browser: Browser) -> None:
    """Take an item's page in one of Pelican's own themes."""
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "output")
        arguments = ["-t", "notmyidea", "-o", str(output), "-q", "-e", "CACHE_PATH=" + json.dumps(folder)]
        subprocess.run([sys.executable, "-m", "pelican", *arguments], cwd=ROOT, check=True)  # noqa: S603 - ours
        page = browser.new_page(viewport={"width": 900, "height": 1000})
        with serving(output) as address:
            page.goto(f"{address}/{OTHER_THEME}")
            page.screenshot(path=IMAGES / "own-theme.png")
    print("docs/images/own-theme.png")


def take_desk(browser: Browser) -> None:
    """Take the desk over the demonstration, with one story that leads."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "content", f"{folder}/content")
        lines = ["import sys", f"sys.path.insert(0, {str(ROOT)!r})", "from pelicanconf import *", "PATH = 'content'"]
        lines += [f"{name} = {str(ROOT / path)!r}" for name, path in (("THEME", "theme"), ("OUTPUT_PATH", "output"))]
        lines += [f"PLUGIN_PATHS = [{str(ROOT / 'plugins/pelican/plugins')!r}]", f"CACHE_PATH = {folder!r}"]
        Path(folder, "conf.py").write_text("\n".join(lines), encoding="utf-8")
        owner, board = Owner(Wishes(settings=Path(folder, "conf.py")), site_url=str), Board()
        owner.read()
        board.tell(is_building=False)
        site = PreviewSite(board, folder=str(ROOT / "output"))
        server = open_server(site, port=0, say=print, desk=Desk(owner, board))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        page.goto(f"http://127.0.0.1:{server.port}/_desk/?show=all&since=7")
        page.get_by_role("button", name="Pin as lead").nth(1).click()
        page.locator(".notice").wait_for()
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=IMAGES / "desk.png")
        server.shutdown()
    print("docs/images/desk.png")


def take_set_up(browser: Browser) -> None:
    """Take the demonstration's front page with all that the how-to of first settings says, on a screen and a phone."""
    with tempfile.TemporaryDirectory() as folder:
        lines = ["import sys", f"sys.path.insert(0, {str(ROOT)!r})", "from pelicanconf import *"]
        lines += [f"PATH = {str(ROOT / 'content')!r}", f"THEME = {str(ROOT / 'theme')!r}", "SITENAME = 'Harbour'"]
        lines += [f"PLUGIN_PATHS = [{str(ROOT / 'plugins/pelican/plugins')!r}]", "SITESUBTITLE = ''", ""]
        Path(folder, "pelicanconf.py").write_text("\n".join(lines), encoding="utf-8")
        for path, text in FILES.findall(SET_UP.read_text(encoding="utf-8")):
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("a", encoding="utf-8") as file:
                file.write(text)
        subprocess.run([sys.executable, "-m", "pelican", "-q"], cwd=folder, check=True)
        shots = []
        with serving(Path(folder, "output")) as site:
            for width_px, scheme, opens in ((1080, "light", False), (390, "dark", True)):
                page = browser.new_page(viewport={"width": width_px, "height": 720}, color_scheme=scheme)  # type: ignore[arg-type]
                page.goto(site)
                if opens:
                    page.click(".menu summary")
                shots.append(Image.open(BytesIO(page.screenshot())).convert("RGB"))
    sheet = Image.new("RGB", (sum(shot.width for shot in shots) + 16, 720), "#c9c6bd")
    for shot, left in zip(shots, (0, shots[0].width + 16), strict=True):
        sheet.paste(shot, (left, 0))
    sheet.quantize(128, dither=Image.Dither.NONE).save(IMAGES / "set-up.png", optimize=True)
    print("docs/images/set-up.png")


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve *folder* at the address that is yielded."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


def take_tutorial(browser: Browser) -> None:
    """Walk through the tutorial with the programs that run this tool, and take each picture where the page has it."""
    steps = steps_of(TUTORIAL.read_text(encoding="utf-8"))
    installs = ("python3 -m venv", ". .venv", "pip install")
    steps = tuple(step for step in steps if not (isinstance(step, Command) and step.line.startswith(installs)))
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    page = browser.new_page(viewport={"width": 1200, "height": 640})
    with tempfile.TemporaryDirectory() as folder:
        for taken in walk(steps, Path(folder), env):
            if isinstance(taken.step, Visit):
                last = taken.step.path
            elif isinstance(taken.step, Picture):
                page.goto(f"{taken.preview}{last}")
                page.screenshot(path=IMAGES / f"{taken.step.name}.png")
                print(f"docs/images/{taken.step.name}.png")


if __name__ == "__main__":
    main()
