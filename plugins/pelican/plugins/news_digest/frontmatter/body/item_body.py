"""The body of one file: its HTML, and what there is to say about it, each with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...errors import Diagnostic, diagnose
from .anchors import prefix_of
from .markdown import BodyError, has_deep_lists, render_body

if TYPE_CHECKING:
    from collections.abc import Iterator

# Of links that lead nowhere in one body, so many are said.
MAX_LOST: Final = 20


def read_body(text: str, *, slug: str, source_path: str, first_line: int) -> tuple[str, tuple[Diagnostic, ...]]:
    """Return the HTML of a body, ``""`` for one that cannot be shown, and what to say about it.

    Args:
        text: What follows the front matter.
        slug: The item's.
        source_path: For diagnostics.
        first_line: The 1-based line in the file that *text* begins in.
    """
    said: list[tuple[int, str, str, str]] = []
    start = len(text) - len(text.lstrip())
    html = ""
    if has_deep_lists(text):
        said.append((start, "ND114", "the body nests lists too deeply", "the innermost ones are flattened"))
    prefix = prefix_of(slug)
    try:
        body = render_body(text, prefix=prefix)
    except BodyError as error:
        said.append((start, error.code, f"the body is {error}", error.hint))
    else:
        html = body.html
        said += _lost(text, [place.removeprefix(prefix) for place in body.lost[:MAX_LOST]])
    return html, tuple(
        diagnose(code, message, path=source_path, line=first_line + text.count("\n", 0, at), hint=hint)
        for at, code, message, hint in said
    )


def _lost(text: str, names: list[str]) -> Iterator[tuple[int, str, str, str]]:
    for name in names:
        message = f"the body links to #{name}, but nothing in it has that name"
        hint = f"its text is shown without the link; to name a heading, write {{#{name}}} after it"
        yield max(text.find(f"#{name}"), 0), "ND126", message, hint
