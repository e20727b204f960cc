"""From what is asked for to a file, as GitHub Pages answers it, and never out of the folder."""

from __future__ import annotations

import os
import stat
from enum import StrEnum
from typing import Final
from urllib.parse import unquote, urlsplit

import msgspec

# Where the preview's own files are, below the path of the site.
TOOLS: Final = "_preview/"
TYPES: Final = {
    ".atom.xml": "application/atom+xml; charset=utf-8",
    ".rss.xml": "application/rss+xml; charset=utf-8",
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".gz": "application/gzip",
    ".htm": "text/html; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".map": "application/json; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".opml": "text/x-opml; charset=utf-8",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".sqlite": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml; charset=utf-8",
}
UNKNOWN: Final = "application/octet-stream"


class Kind(StrEnum):
    """What an address leads to."""

    FILE = "file"
    FOLDER = "folder without its slash"
    NOTHING = "nothing"
    OUTSIDE = "outside the site's path"


class Found(msgspec.Struct, frozen=True):
    """Where an address leads; *path* is absolute, and ``""`` but for a file."""

    kind: Kind
    path: str = ""


def base_path(path: str) -> str:
    """Return *path* with one slash at both ends: ``repo`` → ``/repo/``, ``""`` → ``/``."""
    inside = "/".join(part for part in path.split("/") if part)
    return f"/{inside}/" if inside else "/"


def find(target: str, *, folder: str, base: str) -> Found:
    """Return what the request target *target* leads to.

    Args:
        target: As it stands in the request: a path that begins with a slash, and perhaps a query.
        base: The path of the site, such as ``/`` or ``/repo/``.
    """
    path = unquote(urlsplit(f"http://host{target}").path) if target.startswith("/") else ""
    if not path.startswith(base):
        return Found(Kind.OUTSIDE)
    parts = path[len(base) :].split("/")
    is_folder = parts[-1] == ""
    inner = parts[:-1] if is_folder else parts
    if any(not part or part in {".", ".."} or _is_odd(part) for part in inner):
        return Found(Kind.NOTHING)
    wanted = os.path.join(folder, *inner)
    mode = _mode(wanted)
    if stat.S_ISDIR(mode) and not is_folder:
        return Found(Kind.FOLDER) if _inside(wanted, folder) else Found(Kind.NOTHING)
    candidates = [os.path.join(wanted, "index.html")] if is_folder else [wanted, f"{wanted}.html"]
    for candidate in candidates:
        if stat.S_ISREG(_mode(candidate)) and (real := _inside(candidate, folder)):
            return Found(Kind.FILE, real)
    return Found(Kind.NOTHING)


def _is_odd(part: str) -> bool:
    """Whether a part of a path is more than a name on some system: a drive, a separator, a control character."""
    return "\\" in part or (os.name == "nt" and ":" in part) or any(mark < " " or mark == "\x7f" for mark in part)


def _mode(path: str) -> int:
    try:
        return os.stat(path).st_mode
    except (OSError, ValueError):  # not there, a loop of links, a name that is too long
        return 0


def _inside(path: str, folder: str) -> str:
    """Return the real path when no symbolic link leads out of *folder*, else ``""``."""
    real, root = os.path.realpath(path), os.path.realpath(folder)
    return real if real == root or real.startswith(f"{root.rstrip(os.sep)}{os.sep}") else ""


def type_of(path: str) -> str:
    """Return the media type of a file by its name: from one table, not from what this machine has been told."""
    name = os.path.basename(path).lower()
    double = ".".join(["", *name.split(".")[-2:]])
    return TYPES.get(double) or TYPES.get(os.path.splitext(name)[1], UNKNOWN)
