"""The theme's style sheets as one file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..errors import SettingError
from .palette import palette_problems

if TYPE_CHECKING:
    from pathlib import Path

_IMPORT: Final = re.compile(r'@import url\("([^"]+)"\)(?: layer\(([\w.-]+)\))?;[ \t]*\n?')
# What is one declaration a line in the source, made one rule a line.
_TIGHTEN: Final = (
    # But not the space that is a value, without which some browsers see no declaration.
    (re.compile(r"^([\w-]+): (?!;)", re.MULTILINE), r"\1:"),
    (re.compile(r" \{\n"), "{"),
    (re.compile(r";\n\}"), "}"),
    (re.compile(r"([;,])\n"), r"\1"),
    (re.compile(r"\}\n\}"), "}}"),
)
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)


def bundle_css(entry: Path) -> str:
    """Return *entry* with every ``@import url("…") layer(…);`` replaced by the file it names.

    Imports are one level deep. Comments, indentation and spaces that mean nothing are for people and left out: our
    own sheets write one declaration a line, so no parser is needed to know where those are.
    """

    def inline(match: re.Match[str]) -> str:
        text = (entry.parent / match[1]).read_text(encoding="utf-8")
        return f"@layer {match[2]} {{\n{text}}}\n" if match[2] else text

    css = _IMPORT.sub(inline, _COMMENT.sub("", entry.read_text(encoding="utf-8")))
    css = _COMMENT.sub("", css)
    css = "\n".join(line for raw in css.splitlines() if (line := raw.strip()))
    for pattern, tight in _TIGHTEN:
        css = pattern.sub(tight, css)
    return f"{css}\n"


def own_css(path: Path, *, theme_css: str) -> str:
    """Return a site's own style sheet, as it is.

    Args:
        path: Where it lies.
        theme_css: The theme's; it declares the colours that the site's must be readable beside.

    Raises:
        SettingError: There is no such file, or words in its colours could not be read.
    """
    try:
        css = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError([f"DIGEST_STYLE: {path} cannot be read: {error}"]) from error
    problems = [f"DIGEST_STYLE: {path.name}: {problem}" for problem in palette_problems(theme_css, css)]
    if problems:
        raise SettingError(problems)
    return css
