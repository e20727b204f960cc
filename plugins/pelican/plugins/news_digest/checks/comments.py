"""Texts that a ``#`` cuts: ``title: Mayor's #2 bridge opens`` is read as ``Mayor's``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ..errors import Diagnostic, diagnose
from ..frontmatter.items.values import MAX_SHOWN_CHARS
from ..frontmatter.yaml.comments import Comment, comments_behind

# What holds words that people write; a comment behind a number, a date or an address is one.
TEXTS: Final = frozenset(
    "attribution author authors category description excerpt hashtags keywords name otherNames parent shortname summary"
    " tags title topics".split()
)


def comment_diagnostics(fm: str, *, path: str) -> Iterator[Diagnostic]:
    """Yield the diagnostics of comments behind texts: a warning where a text seems cut, else a note.

    Args:
        fm: Front matter or a record, its lines numbered as the file's.
    """
    for comment in comments_behind(fm):
        key = next((step for step in reversed(comment.path) if isinstance(step, str)), "")
        if key in TEXTS:
            yield _diagnostic(comment, path)


def _diagnostic(comment: Comment, path: str) -> Diagnostic:
    where = ".".join(map(str, comment.path))
    kept = f"'{_short(comment.kept)}'" if comment.kept else "nothing"
    message = f"{where}: {kept} is read of '{_short(comment.whole)}'"
    if comment.is_glued:
        hint = "put it in double quotes: ' #' starts a comment"
        return diagnose("ND620", message, path=path, line=comment.line, hint=hint)
    return diagnose("ND621", message, path=path, line=comment.line, hint="put comments on lines of their own")


def _short(text: str) -> str:
    return text if len(text) <= MAX_SHOWN_CHARS else f"{text[: MAX_SHOWN_CHARS - 1]}…"
