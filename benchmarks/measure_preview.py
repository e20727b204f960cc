"""Measure the preview as a person sees it: from the moment a file is saved to the moment the browser shows it.

Run as ``python benchmarks/measure_preview.py [--edits 7]``; needs Playwright and a Chromium of the system's. It edits
the title of one item after another in a copy of the demonstration and, where a real archive lies beside the checkout,
of that, and waits until the open page shows it. Nobody presses a key.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
ARCHIVE = ROOT.parent / "shared" / "corpus" / "azure.tar.xz"
SETTINGS = f"""\
SITENAME = "Measured"
SITEURL = ""
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
PATH = "content"
CACHE_PATH = ".cache"
STATIC_PATHS = ["images", "assets"]
PLUGIN_PATHS = [{str(ROOT / "plugins/pelican/plugins")!r}]
PLUGINS = ["pelican.plugins.news_digest"]
THEME = {str(ROOT / "theme")!r}
"""


def demonstration(folder: Path) -> None:
    """Copy the demonstration's content."""
    shutil.copytree(ROOT / "content", folder / "content")


def archive(folder: Path) -> None:
    """Unpack the real archive."""
    with tarfile.open(ARCHIVE) as packed:
        packed.extractall(folder, filter="data")
    (folder / "content").mkdir()
    for source, target in (("_news", "news"), ("_data/topics", "topics"), ("_data/organizations", "providers")):
        (folder / source).rename(folder / "content" / target)


def measure(browser: Browser, make: Callable[[Path], None], *, edits: int) -> list[float]:
    """Return the seconds from saving to seeing, for each of *edits* items."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder)
        (folder / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
        command = [sys.executable, "-u", "-m", "pelican.plugins.news_digest", "serve", "-p", "0"]
        with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None  # noqa: S101 - a pipe was asked for
                url = next(line for line in server.stdout if "Serving" in line).split()[2]
                return [_edit(browser, url, path) for path in _published(folder)[:edits]]
            finally:
                server.send_signal(signal.SIGINT)


def _published(folder: Path) -> list[Path]:
    """Return items that have a page, from the middle of the archive on."""
    paths = [
        path
        for path in sorted((folder / "content/news").glob("*.md"))
        if "\npublished: true" in path.read_text(encoding="utf-8")
    ]
    return paths[len(paths) // 2 :]


def _edit(browser: Browser, url: str, path: Path) -> float:
    page = browser.new_page()
    page.goto(f"{url}news/{path.stem}/")
    text = re.sub(r"^title:.*$", 'title: "Seen at once"', path.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    began = time.perf_counter()
    path.write_text(text, encoding="utf-8")
    page.get_by_role("heading", level=1, name="Seen at once").wait_for()
    seconds = time.perf_counter() - began
    page.close()
    return seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=7, help="how many items to edit (default: %(default)s)")
    edits = parser.parse_args().edits
    sites = {"demonstration": demonstration, **({"archive of 4,958": archive} if ARCHIVE.exists() else {})}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, make in sites.items():
            took = measure(browser, make, edits=edits)
            load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
            print(
                f"{name}: median {statistics.median(took):.2f} s, longest {max(took):.2f} s, "
                f"each {', '.join(f'{s:.2f}' for s in took)} ({load})",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
