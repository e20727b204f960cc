"""Markdown files without a ``---`` block are Pelican's to read: whether it could."""

from __future__ import annotations

import re
from typing import Final

# As Python-Markdown's extension `meta` has it: lines of `Key: value` from the first line on.
_HEADER: Final = re.compile(r" {0,3}([A-Za-z0-9_-]+):\s*(.*)\Z")
_MORE: Final = re.compile(r" {4,}\S")
_NEEDED: Final = ("title", "date")


def classic_problem(text: str) -> str:
    """Return why Pelican cannot make an article of *text*; ``""`` when it can."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        header = _HEADER.match(line)
        if header:
            found[header[1].lower()] = header[2].strip()
        elif not _MORE.match(line):
            break
    if all(found.get(name) for name in _NEEDED):
        return ""
    return "neither a '---' block nor Pelican's Title: and Date: headers"
