"""Take the documentation's pictures of the demonstration digest: docs/images/*.png.

Run as ``python tools/take_screenshots.py`` after ``make build``; needs Playwright and a Chromium of the system's.
"""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

from pelican.plugins.news_digest.cli.serve import open_server

ROOT = Path(__file__).resolve().parents[1]
PAGES: dict[str, tuple[str, int, int, Literal["light", "dark"]]] = {
    "home": ("", 1440, 900, "light"),
    "home-dark": ("", 1440, 900, "dark"),
    "home-phone-dark": ("", 390, 844, "dark"),
    "month": ("2026/04/", 1440, 900, "light"),
}


def main() -> None:
    """Take every picture."""
    server = open_server(ROOT / "output", port=0)
    if server is None:
        raise SystemExit("no free port")  # noqa: TRY003, EM101 - a tool's last word
    threading.Thread(target=server.serve_forever, daemon=True).start()
    images = ROOT / "docs" / "images"
    images.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        )
        for name, (address, width_px, height_px, scheme) in PAGES.items():
            page = browser.new_page(viewport={"width": width_px, "height": height_px}, color_scheme=scheme)
            page.goto(f"http://127.0.0.1:{server.server_address[1]}/{address}")
            page.screenshot(path=images / f"{name}.png")
            print(f"docs/images/{name}.png")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
