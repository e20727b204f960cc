"""What the package's metadata says of places on the web: the repository that it is built from says where those are.

No address is written in this repository, so that the package of a fork leads to the fork. A clone knows it by its
``origin``, a source distribution by its own metadata. Where nothing is known, the package says nothing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from hatchling.metadata.plugin.interface import MetadataHookInterface

# How the web pages of a host are called: of a file as it is read, and as it is. HEAD is the branch that a clone gets.
_PAGES: Final = {
    "github": ("blob/HEAD", "raw/HEAD"),
    "gitlab": ("-/blob/HEAD", "-/raw/HEAD"),
    "codeberg": ("src/branch/main", "raw/branch/main"),
}
_ORIGIN: Final = re.compile(r'^\[remote "origin"\]\n(?:[ \t].*\n)*?[ \t]*url\s*=\s*(\S+)', re.MULTILINE)
_SOURCE: Final = re.compile(r"^Project-URL: Source, (\S+)", re.MULTILINE)
_SSH: Final = re.compile(r"(?:ssh://)?(?:\w+@)?([\w.-]+\.[a-z]+)[:/](?!/)(?:\d+/)?(.+)")
_LINK: Final = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?!https?:|mailto:|#)(?P<path>[^)]+)\)")


class WebPlaces(MetadataHookInterface):
    """Completes the metadata when the package is built."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Set ``urls`` and ``readme``."""
        root = Path(self.root)
        source = source_url(root)
        metadata["urls"] = urls(source)
        text = (root / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": with_absolute_links(text, source)}


def source_url(root: Path) -> str:
    """Return where the repository in *root* is on the web; ``""``: nobody knows."""
    for name, known in (("PKG-INFO", _SOURCE), (".git/config", _ORIGIN)):
        file = root / name
        found = known.search(file.read_text(encoding="utf-8")) if file.is_file() else None
        if found:
            return web_address(found[1])
    return ""


def web_address(origin: str) -> str:
    """Return the page of a repository that is fetched from *origin*, without any password; ``""``: it has none."""
    parts = urlsplit(origin)
    if parts.scheme == "https" and parts.hostname and "." in parts.hostname:
        host, path = parts.hostname, parts.path.strip("/")
    elif found := _SSH.fullmatch(origin):
        host, path = found[1], found[2].strip("/")
    else:
        return ""
    return f"https://{host}/{path.removesuffix('.git')}"


def urls(source: str) -> dict[str, str]:
    """Return the project's addresses, by the names that package indexes know."""
    if not source:
        return {}
    pages = _pages(source)
    if not pages:
        return {"Source": source}
    return {
        "Documentation": f"{source}/{pages[0]}/docs/README.md",
        "Source": source,
        "Changelog": f"{source}/{pages[0]}/CHANGELOG.md",
        "Issues": f"{source}/{'-/issues' if 'gitlab' in _host(source) else 'issues'}",
    }


def with_absolute_links(text: str, source: str) -> str:
    """Return Markdown whose links into the repository lead there from anywhere; as it is where nobody knows the way."""
    pages = _pages(source)
    if not pages:
        return text
    read, raw = (f"{source}/{page}" for page in pages)

    def absolute(link: re.Match[str]) -> str:
        return f"{link['image']}[{link['text']}]({raw if link['image'] else read}/{link['path']})"

    return _LINK.sub(absolute, text)


def _pages(source: str) -> tuple[str, str] | None:
    return next((pages for name, pages in _PAGES.items() if name in _host(source)), None)


def _host(source: str) -> str:
    return urlsplit(source).hostname or ""
