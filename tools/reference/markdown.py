"""Markdown as the generated pages have it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence
from typing import Final

NOTE: Final = "<!-- Written by tools/write_reference.py: change the code, not this file. -->\n"
_ATTRIBUTE: Final = re.compile(r"^ {4}(\w+): ")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table."""
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines]


def as_markdown(text: str) -> str:
    """Return a text of a docstring as one paragraph of Markdown: its code in single backquotes, no roles."""
    text = re.sub(r":\w+:`[.~]*(?:\w+\.)*(\w+)`", r"`\1`", text)
    return re.sub(r"``(.+?)``", r"`\1`", " ".join(text.split()))


def summary_of(thing: object) -> str:
    """Return what a docstring says before its list of attributes, as one paragraph."""
    return as_markdown((inspect.getdoc(thing) or "").partition("\n\nAttributes:")[0])


def attributes_of(thing: object) -> dict[str, str]:
    """Return the attributes that a docstring describes."""
    found: dict[str, str] = {}
    name = ""
    for line in (inspect.getdoc(thing) or "").partition("\n\nAttributes:\n")[2].splitlines():
        if match := _ATTRIBUTE.match(line):
            name = match[1]
            found[name] = line[match.end() :]
        elif name and line.startswith("     "):
            found[name] += f" {line.strip()}"
        elif line.strip():
            break
    return {name: as_markdown(text) for name, text in found.items()}
