"""Look at the built documentation as a browser would: every link leads somewhere, and nothing comes from elsewhere.

Run as ``python tools/check_docs.py FOLDER``; prints what is wrong and then exits with 1. ``make docs`` runs it.
"""

from __future__ import annotations

import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

# What a browser asks for without a click, by element and attribute.
LOADS: Final = {
    ("audio", "src"), ("embed", "src"), ("iframe", "src"), ("img", "src"), ("img", "srcset"), ("input", "src"),
    ("link", "href"), ("object", "data"), ("script", "src"), ("source", "src"), ("source", "srcset"), ("video", "src"),
    ("video", "poster"),
}  # fmt: skip
CSS_LOAD: Final = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")


class Page(HTMLParser):
    """A page's anchors, its links, and what it loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.anchors: set[str] = {"", "top"}
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        for name, value in attrs:
            if not value:
                continue
            if name == "id" or (tag == "a" and name == "name"):
                self.anchors.add(value)
            elif tag == "a" and name == "href":
                self.links.append(value)
            elif (tag, name) in LOADS:
                self.loads += [part.split()[0] for part in value.split(",")] if name == "srcset" else [value]
            elif name == "style":
                self.loads += loads_of(value)


def loads_of(css: str) -> list[str]:
    """Return the addresses that a style sheet loads."""
    return [first or second for first, second in CSS_LOAD.findall(css)]


def is_elsewhere(address: str) -> bool:
    """Return whether an address belongs to a host, and not to this folder."""
    return bool(urlsplit(address).netloc)


def problems(folder: Path) -> list[str]:
    """Return what is wrong with the site in *folder*: links that lead nowhere, and loads from other hosts."""
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        name = path.relative_to(folder).as_posix()
        for address in (*page.links, *page.loads):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if not target.is_file():
                found.append(f"{name}: leads nowhere: {address}")
            elif target in pages and unquote(parts.fragment) not in pages[target].anchors:
                found.append(f"{name}: no such heading: {address}")
        found += [f"{name}: loads from another host: {address}" for address in page.loads if is_elsewhere(address)]
    for path in sorted(folder.rglob("*.css")):
        loads = loads_of(path.read_text(encoding="utf-8"))
        name = path.relative_to(folder).as_posix()
        found += [f"{name}: loads from another host: {address}" for address in loads if is_elsewhere(address)]
    return found if pages else [f"no pages in {folder}"]


def main() -> int:
    """Print what is wrong; return 1 when something is."""
    found = problems(Path(sys.argv[1]).resolve())
    print("\n".join(found) or "every link leads somewhere, and nothing comes from another host")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
