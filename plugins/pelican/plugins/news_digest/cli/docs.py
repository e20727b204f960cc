"""``news-digest docs``: the documentation that comes with the package, for reading on the terminal."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from ..errors import nearest
from ..package import documentation_url
from .command import CommandError, Exit

DESCRIPTION = (
    "Print the documentation of this version as Markdown: a list of its pages, one page, or the section about a "
    "setting, a diagnostic or a front matter key."
)
EXAMPLES = """\
news-digest docs                   list all pages
news-digest docs preview           print one of them
news-digest docs ND104             what a diagnostic means
news-digest docs DIGEST_PAGES      what a setting does
"""
FOLDERS: Final = ("tutorial", "how-to", "reference", "explanation")
_HEADING: Final = re.compile(r"(#+) +(.+)")


def docs_path() -> Path:
    """Return the folder of the documentation: in the wheel, or beside the source tree."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "docs"
    return packaged if packaged.is_dir() else package.parents[3] / "docs"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``docs`` can be told."""
    parser.add_argument("word", nargs="?", default="", help="a page, a setting, a code such as ND104 (default: a list)")


def run(args: argparse.Namespace) -> int:
    """Print."""
    pages = find_pages(docs_path())
    word = args.word.removesuffix(".md").rpartition("/")[2]
    with suppress(BrokenPipeError):  # who reads it may have read enough
        print(text_about(word, pages), flush=True)
    return Exit.DONE


def text_about(word: str, pages: Mapping[str, Path]) -> str:
    """Return the list of *pages* for no *word*, else that page, else what they say about it.

    Raises:
        CommandError: They say nothing.
    """
    if not word:
        width = max(map(len, pages))
        lines = [f"{name:{width}}  {title_of(path)}" for name, path in pages.items()]
        url = documentation_url()
        return "\n".join([*lines, *([f"\nOn the web: {url}"] if url else [])])
    if word.lower() in pages:
        return pages[word.lower()].read_text(encoding="utf-8").rstrip("\n")
    found = list(passages(word, pages))
    if not found:
        like = nearest(word.lower(), pages)
        raise CommandError(f"there is no documentation about {word!r}{f'; did you mean {like}?' if like else ''}")
    return "\n\n".join(found)


def find_pages(folder: Path) -> dict[str, Path]:
    """Return name → file of every page below *folder*, in the order in which one reads them.

    Raises:
        CommandError: There are none.
    """
    pages = {path.stem: path for name in FOLDERS for path in sorted((folder / name).glob("*.md"))}
    if not pages:
        raise CommandError(f"no documentation found in {folder}")
    return pages


def title_of(page: Path) -> str:
    """Return the first heading of *page*."""
    found = _HEADING.search(page.read_text(encoding="utf-8"))
    return found[2] if found else page.stem


def passages(word: str, pages: Mapping[str, Path]) -> Iterator[str]:
    """Yield what is written about *word*, with its page: sections with that heading, rows of tables that begin so."""
    row = re.compile(rf"\| *`?{re.escape(word)}`? *\|", re.IGNORECASE)
    for name, path in pages.items():
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [line for line in lines if row.match(line)]
        for number, line in enumerate(lines):
            heading = _HEADING.match(line)
            if heading and heading[2].strip("` ").lower() == word.lower():
                found += _section(lines[number:], len(heading[1]))
        if found:
            yield "\n".join([f"{name}:", "", *found])


def _section(lines: list[str], level: int) -> Iterator[str]:
    """Yield the first of *lines*, a heading, and what stands below it."""
    for number, line in enumerate(lines):
        heading = _HEADING.match(line)
        if number and heading and len(heading[1]) <= level:
            return
        yield line
