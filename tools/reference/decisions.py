"""The list of decisions: one file each, and its heading says what was decided."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from .markdown import NOTE, table

_HEADING: Final = re.compile(r"# (\d+)\. (.+)\n")


def decisions_page(folder: Path) -> str:
    """Return ``decisions/README.md``."""
    rows = []
    for path in sorted(folder.glob("[0-9]*.md")):
        match = _HEADING.match(path.read_text(encoding="utf-8"))
        if match is None:
            raise SystemExit(f"{path}: begin with a heading such as # 7. What was decided")
        rows.append((match[1], f"[{match[2]}]({path.name})"))
    lines = [
        NOTE,
        "# Decisions\n",
        "Each closes a door, and says why. A number that is missing was given up before it was decided.\n",
        *table(("", "what was decided"), rows),
        "",
        "```{toctree}",
        ":hidden:",
        ":glob:",
        "",
        "[0-9]*",
        "```",
        "",
    ]
    return "\n".join(lines)
