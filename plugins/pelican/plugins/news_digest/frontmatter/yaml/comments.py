"""Comments behind a value on its line: YAML begins one at each `` #``, whatever the writer meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Any, Final

import msgspec
import yaml

# What stands before a value on its line: the dashes of lists, and a key.
_BEFORE: Final = re.compile(r"""[ \t]*(?:-[ \t]+)*(?:(?:"[^"]*"|'[^']*'|[^\s"'#][^:]*)[ \t]*:[ \t]+)?""")
# A value that begins so is not cut on this line.
_SAFE: Final = ('"', "'", "|", ">")
_SIGN: Final = re.compile(r"[ \t]*#[^\n]*")
_FLOW_END: Final = re.compile(r"[,\]}]")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ENDS: Final = (yaml.BlockEntryToken, yaml.BlockEndToken, yaml.KeyToken, yaml.StreamEndToken, yaml.DocumentEndToken)


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """A comment behind a plain value, or in the place of one.

    Attributes:
        path: Keys and indices that lead to the value.
        line: 1-based, as the front matter counts.
        kept: The value without the comment; ``""``: nothing is left of it.
        whole: The value with it.
    """

    path: tuple[str | int, ...]
    line: int
    kept: str
    whole: str

    @property
    def is_glued(self) -> bool:
        """Whether the sign begins a word, as in ``#2``: comments of people have a space behind it."""
        sign = self.whole[len(self.kept) :].lstrip().lstrip("#")
        return bool(sign) and not sign[0].isspace()


def comments_behind(fm: str) -> tuple[Comment, ...]:
    """Return the comments of *fm* that cut a plain value, or stand in its place; those on lines of their own are none.

    Nothing can be cut from a text in quotes, so a comment behind one is a comment.

    Args:
        fm: Front matter, as :func:`.yaml12.split_front_matter` returns it, or a record.
    """
    # Most files have none: scanning all of an archive would take a minute.
    if not any(map(_may_be_cut, _lines_with_signs(fm))):
        return ()
    tokens: list[Any] = []
    with suppress(yaml.YAMLError, UnicodeEncodeError):  # whoever reads it says what is wrong; up to there it is known
        tokens.extend(yaml.scan(fm, Loader=_LOADER))
    return tuple(_comments(fm, tokens))


def _lines_with_signs(fm: str) -> Iterator[str]:
    """Yield the lines of *fm* that have a sign which may begin a comment."""
    at = fm.find("#")
    while at >= 0:
        end = at + 1
        if at and fm[at - 1] in " \t[{,":
            end = len(fm) if (found := fm.find("\n", at)) < 0 else found
            yield fm[fm.rfind("\n", 0, at) + 1 : end]
        at = fm.find("#", end)


def _may_be_cut(line: str) -> bool:
    """Whether *line* may have a comment behind a value without quotes, or in the place of one."""
    before = _BEFORE.match(line)
    start = line[before.end() :] if before else line
    return not line.lstrip().startswith("#") and not start.startswith(_SAFE)


def _comments(fm: str, tokens: list[Any]) -> Iterator[Comment]:
    place = _Place()
    for token, following in pairwise(tokens):
        place.pass_by(token)
        end = token.end_mark.index
        found = _SIGN.match(fm, end)
        is_value = isinstance(token, yaml.ScalarToken) and token.plain and not place.is_key
        if found is None or not (is_value or _is_empty(token, following)):
            continue
        start = token.start_mark.index if is_value else found.end() - len(found[0].lstrip())
        whole = fm[start : found.end()]
        if place.is_flow:
            cut = _FLOW_END.search(whole, end - start)
            whole = whole[: cut.start()] if cut else whole
        kept = " ".join(token.value.split()) if is_value else ""
        yield Comment(path=place.path, line=token.end_mark.line + 1, kept=kept, whole=" ".join(whole.split()))


def _is_empty(token: Any, following: Any) -> bool:  # noqa: ANN401 - tokens of YAML
    """Whether a value belongs behind *token*, and there is none."""
    if isinstance(token, yaml.BlockEntryToken):
        return isinstance(following, _ENDS)
    return isinstance(token, yaml.ValueToken) and isinstance(following, _ENDS[1:])


class _Place:
    """Where in the values a token stands."""

    def __init__(self) -> None:
        self.is_key = False
        # For each map and list around it: what kind it is, its key, and the number of its entry (-1: not in a list).
        self._around: list[tuple[str, str, int]] = []
        self._was_key = False
        self._brackets = 0

    @property
    def path(self) -> tuple[str | int, ...]:
        """The keys and indices that lead here."""
        found: list[str | int] = []
        for kind, key, index in self._around:
            found += [key] if kind != "list" else []
            found += [index] if index >= 0 else []
        return tuple(found)

    @property
    def is_flow(self) -> bool:
        """Whether it stands in brackets or braces."""
        return self._brackets > 0

    def pass_by(self, token: Any) -> None:  # noqa: ANN401 - a token of YAML
        """Take note of the next token."""
        self.is_key = self._was_key and isinstance(token, yaml.ScalarToken)
        self._was_key = isinstance(token, yaml.KeyToken)
        match token:
            case yaml.BlockMappingStartToken() | yaml.FlowMappingStartToken():
                self._around.append(("map", "", -1))
            case yaml.BlockSequenceStartToken():
                self._around.append(("list", "", -1))
            case yaml.FlowSequenceStartToken():
                self._around.append(("list", "", 0))
            case yaml.BlockEndToken() | yaml.FlowMappingEndToken() | yaml.FlowSequenceEndToken() if self._around:
                self._around.pop()
            case yaml.BlockEntryToken() | yaml.FlowEntryToken() if self._around:
                kind, key, index = self._around[-1]
                # A list may stand under its key without being indented; in braces the comma parts keys.
                is_entry = kind == "list" or isinstance(token, yaml.BlockEntryToken)
                self._around[-1] = (kind, key, index + 1 if is_entry else -1)
            case yaml.ScalarToken() if self.is_key and self._around:
                self._around[-1] = ("map", token.value, -1)
        if isinstance(token, (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken)):
            self._brackets += 1
        elif isinstance(token, (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)):
            self._brackets -= 1
