"""The theme's style sheets as one file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_IMPORT: Final = re.compile(r'@import url\("([^"]+)"\)(?: layer\(([\w.-]+)\))?;[ \t]*\n?')
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)


def bundle_css(entry: Path) -> str:
    """Return *entry* with every ``@import url("…") layer(…);`` replaced by the file it names.

    Imports are one level deep. Comments and indentation, which are for people, are left out.
    """

    def inline(match: re.Match[str]) -> str:
        text = (entry.parent / match[1]).read_text(encoding="utf-8")
        return f"@layer {match[2]} {{\n{text}}}\n" if match[2] else text

    css = _IMPORT.sub(inline, _COMMENT.sub("", entry.read_text(encoding="utf-8")))
    css = _COMMENT.sub("", css)
    lines = (line.strip() for line in css.splitlines())
    return "".join(f"{line}\n" for line in lines if line)
