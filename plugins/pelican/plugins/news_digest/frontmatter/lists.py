"""A file that is one list of YAML, such as ``sources.yaml``: read strictly, and changed an entry at a time.

Entries are added and taken out as lines of text, by the marks of YAML's own scanner: whatever else a person wrote,
comments above all, stays byte for byte. Libraries that write a whole file anew move comments to other entries.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import yaml

from .yaml.plain import Loader
from .yaml.refused import FrontMatterError
from .yaml.writing import flow
from .yaml.yaml12 import load_yaml

_BOM: Final = "\ufeff"
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+\Z")
_NO_CONTENT: Final = re.compile(r"[ \t]*(?:#[^\n]*)?\r?\n?\Z")
_OPENING: Final = (yaml.BlockSequenceStartToken, yaml.BlockMappingStartToken)
_NESTING: Final = (*_OPENING, yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_CLOSING: Final = (yaml.BlockEndToken, yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
_BY_HAND: Final = "edit it by hand"


class ListEntry(NamedTuple):
    """One entry of the list: its value as YAML has it, and the 1-based line that it begins in."""

    value: Any
    line: int


class _Dash(NamedTuple):
    line: int  # 0-based
    column: int


def read_list(text: str) -> tuple[ListEntry, ...]:
    """Return the entries of the list that *text* is; none for a file of nothing but comments.

    Raises:
        FrontMatterError: It is not YAML, or no list.
    """
    found = _load(text)
    dashes = _dashes(text)
    lines = [dash.line + 1 for dash in dashes] if len(dashes) == len(found) else [1] * len(found)
    return tuple(map(ListEntry, found, lines))


def add_entries(text: str, entries: Sequence[Mapping[str, object]]) -> str:
    """Return *text* with *entries* after its last one, a key a line.

    Raises:
        FrontMatterError: *text* is no list in lines with dashes.
        TypeError, ValueError: A value that no file can hold.
    """
    if not entries:
        return text
    old, dashes = _in_lines(text)
    end = "\r\n" if "\r\n" in text else "\n"
    if not old:
        text = "".join(line for line in _LINE.findall(text) if line.strip() != "[]")
    before = text if not text or text.endswith("\n") else text + end
    indent = " " * (dashes[0].column if dashes else 0)
    added = "".join(_lines(entry, indent=indent, end=end) for entry in entries)
    return _checked(before + added, [*old, *map(dict, entries)])


def remove_entry(text: str, index: int) -> str:
    """Return *text* without the entry at *index*; comments on lines of their own stay, also inside of it.

    Raises:
        FrontMatterError: *text* is no list in lines with dashes.
        IndexError: There is no such entry.
    """
    old, dashes = _in_lines(text)
    lines = _LINE.findall(text)
    start = dashes[index].line
    end = dashes[index + 1].line if index + 1 < len(dashes) else len(lines)
    kept = [line for line in lines[start:end] if _NO_CONTENT.match(line)]
    return _checked("".join([*lines[:start], *kept, *lines[end:]]), [*old[:index], *old[index + 1 :]])


def _in_lines(text: str) -> tuple[list[Any], tuple[_Dash, ...]]:
    """Return the entries of a list that is written in lines with dashes, and where those are."""
    found, dashes = _load(text), _dashes(text)
    if len(dashes) != len(found):
        raise FrontMatterError("the list is not written in lines that begin with '-'", line=1, hint=_BY_HAND)
    return found, dashes


def _load(text: str) -> list[Any]:
    found = load_yaml(text.removeprefix(_BOM))
    if found is None:
        return []
    if not isinstance(found, list):
        raise FrontMatterError("not a list: begin each entry with '- '", line=2)
    return found


def _checked(text: str, wanted: list[Any]) -> str:
    if _load(text) != wanted:
        raise FrontMatterError("the list cannot be changed without changing something else", hint=_BY_HAND)
    return text


def _dashes(text: str) -> tuple[_Dash, ...]:
    """Return where the entries of the outermost list begin."""
    depth, found = 0, []
    for token in yaml.scan(text.removeprefix(_BOM), Loader=Loader):
        if isinstance(token, yaml.BlockEntryToken) and depth == 1:
            found.append(_Dash(token.start_mark.line, token.start_mark.column))
        elif isinstance(token, _NESTING):
            depth += 1
        elif isinstance(token, _CLOSING):
            depth -= 1
    return tuple(found)


def _lines(entry: Mapping[str, object], *, indent: str, end: str) -> str:
    return "".join(
        f"{indent}{'  ' if number else '- '}{key}: {flow(value)}{end}"
        for number, (key, value) in enumerate(entry.items())
    )
