"""The theme's style sheets as one file, and its scripts as another, both without what is for people only."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from ...errors import UNREADABLE_COLOUR, Diagnostic, SettingError, diagnose
from ..templates.palette import palette_problems, without_colours

# What every page needs, what only some kinds of page do, and what only some texts do.
STYLE_SHEETS: Final = ("digest.css", "more.css", "texts.css", "stories.css")
# And what pages inside those of other sites do, where there are such.
EMBED_SHEET: Final = "embed.css"
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
    css = "\n".join(line for raw in css.splitlines() if (line := _tight(raw.strip())))
    for pattern, tight in _TIGHTEN:
        css = pattern.sub(tight, css)
    return f"{css}\n"


def _tight(line: str) -> str:
    """Return a line without the spaces that mean nothing outside texts: behind a comma, and in what a block is for."""
    if '"' in line:
        return line
    line = line.replace(", ", ",")
    return line.replace(": ", ":") if line.startswith("@") else line


def pack_script(text: str) -> str:
    """Return a script without indentation, empty lines and lines that are comments; its statements stay on their lines.

    A script with a text that goes over lines is returned as it is: there such a line may be part of the text.
    """
    lines = text.splitlines()
    if any(line.count("`") % 2 for line in lines) or "/*" in text:
        return text
    bare = (line.strip() for line in lines)
    return "".join(f"{line}\n" for line in bare if line and not line.startswith("//"))


def bundle_scripts(static: Path, names: Iterable[str]) -> str:
    """Return those of *names* that lie in *static* as one packed script, so that a page asks for one file.

    They follow each other as they are named, and none goes on where the one before it ends. ``""``: there are none.
    """
    paths = (static / name for name in names)
    return "\n;".join(pack_script(path.read_text(encoding="utf-8")) for path in paths if path.is_file())


def own_css(path: Path, *, theme_css: str) -> str:
    """Return a site's own style sheet as it is; without its colours where words in them could not be read.

    Args:
        theme_css: The theme's; it declares the colours that the site's must be readable beside.

    Raises:
        SettingError: There is no such file.
    """
    css = _text_of(path)
    is_bad = any(not problem.is_misspelt for problem in palette_problems(theme_css, css))
    return without_colours(css) if is_bad else css


def style_diagnostics(style: str, *, theme: Path, folder: Path) -> tuple[Diagnostic, ...]:
    """Return what is wrong with a site's own style sheet; nothing beside a theme that is not made like ours.

    Args:
        style: Where it lies, from the root of the disk on.
        theme: The theme's folder.
        folder: What the path in a diagnostic is relative to.

    Raises:
        SettingError: There is no such file.
    """
    sheet = theme / "static" / "css" / STYLE_SHEETS[0]
    if not sheet.is_file():
        return ()
    shown_as = Path(os.path.relpath(style, folder)).as_posix()
    return tuple(
        diagnose(
            "ND513" if problem.is_misspelt else UNREADABLE_COLOUR,
            problem.text,
            path=shown_as,
            line=problem.line,
            hint="" if problem.is_misspelt else "until then the theme's own colours are shown",
        )
        for problem in palette_problems(bundle_css(sheet), _text_of(Path(style)))
    )


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError([f"DIGEST_STYLE: {path} cannot be read: {error}"]) from error
