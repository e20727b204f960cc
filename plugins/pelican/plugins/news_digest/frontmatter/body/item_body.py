"""The body of one file: its HTML, and its diagnostics, each with its line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from ...errors import Diagnostic, diagnose
from .anchors import prefix_of
from .markdown import BodyError, has_deep_lists, render_body

if TYPE_CHECKING:
    from ...setting.values import MarkdownRules

# Of links that lead nowhere in one body, so many are said.
MAX_LOST: Final = 20
_REFUSED_HINT: Final = (
    "left out; include pieces of text that lie in the content folder, outside those of items and records"
)


class BodyOfFile(NamedTuple):
    """The body of one file: its HTML, what to say about it, and whether other files stand in it, too."""

    html: str
    said: tuple[Diagnostic, ...]
    reads: bool = False


def read_body(
    text: str, *, slug: str, source_path: str, first_line: int, rules: MarkdownRules | None = None
) -> BodyOfFile:
    """Return the HTML of a body, ``""`` for one that cannot be shown, and what to say about it.

    Args:
        text: What follows the front matter.
        first_line: The 1-based line in the file that *text* begins in.
        rules: What its Markdown may mean beyond what it always does.
    """
    said: list[tuple[int, str, str, str]] = []
    start = len(text) - len(text.lstrip())
    html, reads = "", False
    if has_deep_lists(text):
        said.append((start, "ND114", "the body nests lists too deeply", "the innermost ones are flattened"))
    prefix = prefix_of(slug)
    try:
        body = render_body(text, prefix=prefix, rules=rules)
    except BodyError as error:
        said.append((start, error.code, f"the body is {error}", error.hint))
    else:
        html, reads = body.html, body.reads
        said += (
            (_place_of(text, asked), "ND152", f"the body asks for {asked!r}: {why}", _REFUSED_HINT)
            for asked, why in body.refused
        )
        said += _lost(text, [place.removeprefix(prefix) for place in body.lost[:MAX_LOST]])
    lines = tuple(
        diagnose(code, message, path=source_path, line=first_line + text.count("\n", 0, at), hint=hint)
        for at, code, message, hint in said
    )
    return BodyOfFile(html, lines, reads)


def _place_of(text: str, asked: str) -> int:
    """Return where *text* names the file *asked*, or its name; its beginning where it does not."""
    return max(text.find(asked), text.find(asked.replace("\\", "/").rpartition("/")[2]), 0)


def _lost(text: str, names: list[str]) -> Iterator[tuple[int, str, str, str]]:
    for name in names:
        message = f"the body links to #{name}, but nothing in it has that name"
        hint = f"its text is shown without the link; to name a heading, write {{#{name}}} after it"
        yield max(text.find(f"#{name}"), 0), "ND126", message, hint
