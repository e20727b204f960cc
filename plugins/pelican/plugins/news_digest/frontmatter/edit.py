"""Change some keys of a file's front matter, and nothing else: what a person wrote stays as it was written."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import yaml

from .yaml.plain import Loader
from .yaml.refused import FrontMatterError
from .yaml.words import blind_surrogates
from .yaml.writing import behind_key, block, flow
from .yaml.yaml12 import load_front_matter, split_front_matter

_BOM: Final = "\ufeff"
_COLON: Final = re.compile(r"[ \t]*:")
_COMMENT: Final = re.compile(r"[ \t]+#[^\n]*")
_BLANK_LINES: Final = re.compile(r"(?:[ \t]*\n)*")
_REST_OF_LINE: Final = re.compile(r"[^\n]*\n?")
_LINE_END: Final = re.compile(r"\r\n?|\n")


class _Entry(NamedTuple):
    """One key with its value, as places in the text of the front matter.

    Attributes:
        start, key_end: The key, quotes included.
        value: Where the value begins: anchor and tag included.
        end: Behind the value's last character. For a block scalar that is the beginning of a line: it owns the line
            ends before it.
    """

    name: str
    start: int
    key_end: int
    value: int
    end: int


class _Root(NamedTuple):
    """The map that a front matter is.

    Attributes:
        end: Where its closing bracket stands; -1 when it has none, as nearly always.
    """

    entries: tuple[_Entry, ...] = ()
    end: int = -1


class _Splice(NamedTuple):
    """What stands between two places of the front matter, and what is to stand there."""

    start: int
    end: int
    new: str


def edit_front_matter(text: str, changes: Mapping[str, object]) -> str:
    r"""Return *text* with top-level keys of its front matter set, added or removed.

    Everything else stays byte for byte: comments, order, quoting, line ends, byte-order mark, body. A key that has its
    value already stays as it is written, so a second edit changes nothing.

    Args:
        text: A whole file as ``bytes.decode()`` gives it: with its own line ends, and its BOM if it has one.
        changes: Key → its new value, of the types that YAML has; None takes the key out. New keys come last, in the
            order of *changes*.

    Raises:
        FrontMatterError: *text* has no front matter that a build reads; or the change would alter something else, as
            when another value is an alias of the one to go.
        TypeError, ValueError: A value that no file can hold.
    """
    before, body = _parts(text)
    found = load_front_matter(before)
    wanted: dict[str, Any] = found | dict(changes)
    needed: dict[str, object] = {}
    for key, value in changes.items():
        if value is None:
            del wanted[key]
        if key in found if value is None else key not in found or not _is_same(found[key], value):
            needed[key] = value
    edited = text
    for some in _at_once(before, needed):
        edited = _spliced(edited, _plan(_parts(edited)[0], some))
    after, body_after = _parts(edited)
    if body != body_after or not _is_same(_reread(after, changes), wanted):
        problem = f"{', '.join(changes)}: cannot be changed without changing something else"
        raise FrontMatterError(problem, hint="edit it by hand")
    return edited


def plain_text(text: str) -> str:
    r"""Return *text* without a byte-order mark, every line end ``\n``."""
    text = text.removeprefix(_BOM)
    return _LINE_END.sub("\n", text) if "\r" in text else text


def _parts(text: str) -> tuple[str, str]:
    return split_front_matter(plain_text(text))


def _reread(fm: str, changes: Mapping[str, object]) -> dict[str, Any]:
    try:
        return load_front_matter(fm)
    except FrontMatterError as error:
        problem = f"{', '.join(changes)}: cannot be changed: {error.problem}"
        raise FrontMatterError(problem, line=error.line, hint="edit it by hand") from None


def _at_once(fm: str, needed: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """Yield the changes in parts that do not get into each other's way: all at once, but for what is taken out."""
    if not needed:
        return
    if _root(fm).end >= 0:  # in brackets the commas between entries belong to two of them
        yield from ({key: value} for key, value in needed.items())
        return
    yield {key: value for key, value in needed.items() if value is not None}
    yield from ({key: None} for key, value in needed.items() if value is None)


def _spliced(text: str, splices: Sequence[_Splice]) -> str:
    """Return *text*, whose line ends may be any, with *splices*, whose places count each line end as one character."""
    bom = _BOM if text.startswith(_BOM) else ""
    raw = text.removeprefix(_BOM)
    ends = list(_LINE_END.finditer(raw))
    shift = ends[0].start()  # the front matter begins with the end of the first line
    wide = [end.start() - index for index, end in enumerate(e for e in ends if len(e[0]) > 1)]
    for splice in sorted(splices, reverse=True):
        start, end = (at + shift + bisect_left(wide, at + shift) for at in (splice.start, splice.end))
        raw = f"{raw[:start]}{splice.new.replace(chr(10), ends[0][0])}{raw[end:]}"
    return bom + raw


def _plan(fm: str, changes: Mapping[str, object]) -> list[_Splice]:
    """Return how *fm* has to change so that keys have their new values."""
    root = _root(fm)
    places = {entry.name: index for index, entry in enumerate(root.entries)}
    splices, added = [], ""
    for key, value in changes.items():
        if key not in places and root.end < 0:
            added += block(key, value, indent=_indent(fm, root.entries[0]) if root.entries else "")
        elif key not in places:
            splices.append(_added_in_brackets(root, key, value))
        elif value is None:
            splices.append(_removed(fm, root, places[key]))
        else:
            splices.append(_replaced(fm, root, root.entries[places[key]], value))
    if added:
        at = _line_end(fm, root.entries[-1]) if root.entries else len(fm)
        splices.append(_Splice(at, at, added))
    return splices


def _added_in_brackets(root: _Root, key: str, value: object) -> _Splice:
    last = root.entries[-1] if root.entries else None
    at = last.end if last else root.end
    return _Splice(at, at, f"{', ' if last else ''}{flow(key)}: {flow(value)}")


def _removed(fm: str, root: _Root, place: int) -> _Splice:
    entry = root.entries[place]
    if root.end >= 0:
        if place + 1 < len(root.entries):
            return _Splice(entry.start, root.entries[place + 1].start, "")
        start = root.entries[place - 1].end if place else entry.start
        return _Splice(start, entry.end, "")
    end = _line_end(fm, entry)
    if place and fm[root.entries[place - 1].end - 1] == "\n":  # a block scalar, which would own the lines that follow
        end = _blank_end(fm, end)
    return _Splice(entry.start - len(_indent(fm, entry)), end, "")


def _replaced(fm: str, root: _Root, entry: _Entry, value: object) -> _Splice:
    colon = _COLON.match(fm, entry.key_end)
    if colon is None:
        problem = f"{entry.name}: written with '?', which cannot be edited"
        raise FrontMatterError(problem, line=fm.count("\n", 0, entry.start) + 1, hint="write it as 'key: value'")
    if root.end >= 0:
        return _Splice(colon.end(), entry.end, f" {flow(value)}")
    new = behind_key(value, indent=_indent(fm, entry))
    # A comment behind the key is about the key; one behind the value is out of reach anyway.
    comment = _COMMENT.match(fm, colon.end(), entry.value)
    if comment:
        first, line_end, rest = new.partition("\n")
        new = f"{first}{comment[0]}{line_end}{rest}"
    end = entry.end
    while end > entry.value and fm[end - 1] == "\n":
        end -= 1
    return _Splice(colon.end(), end, new)


def _line_end(fm: str, entry: _Entry) -> int:
    """Return where the line after the entry begins; its own comment is behind it."""
    if fm[entry.end - 1] == "\n":
        return entry.end
    rest = _REST_OF_LINE.match(fm, entry.end)
    return rest.end() if rest else entry.end


def _blank_end(fm: str, at: int) -> int:
    blank = _BLANK_LINES.match(fm, at)
    return blank.end() if blank else at


def _indent(fm: str, entry: _Entry) -> str:
    return fm[fm.rfind("\n", 0, entry.start) + 1 : entry.start]


def _root(fm: str) -> _Root:
    """Return where the keys of *fm* and their values stand, by the marks of YAML's own parser."""
    events: Iterator[Any] = yaml.parse(blind_surrogates(fm), Loader=Loader)
    for event in events:
        if isinstance(event, yaml.MappingStartEvent):
            return _read_root(events, is_flow=bool(event.flow_style))
    return _Root()


def _read_root(events: Iterator[Any], *, is_flow: bool) -> _Root:
    entries: list[_Entry] = []
    for event in events:
        start, key_end = _span(event, events)
        if isinstance(event, yaml.MappingEndEvent):
            return _Root(tuple(entries), start if is_flow else -1)
        value, end = _span(next(events), events)
        name = event.value if isinstance(event, yaml.ScalarEvent) else ""
        entries.append(_Entry(name, start, key_end, value, end))
    return _Root(tuple(entries))


def _span(event: Any, events: Iterator[Any]) -> tuple[int, int]:  # noqa: ANN401 - events of PyYAML, whose marks are always there
    """Return where the value begins that *event* opens, and where its last character ends; *events* moves behind it.

    The end of a block collection is marked where the next token begins, behind comments that are not its own. So it
    ends with what it holds.
    """
    start, end = event.start_mark.index, event.end_mark.index
    styles: list[bool] = []
    while True:
        if isinstance(event, yaml.CollectionStartEvent):
            styles.append(bool(event.flow_style))
        elif not (styles and isinstance(event, yaml.CollectionEndEvent)) or styles.pop():
            end = event.end_mark.index
        if not styles:
            return start, end
        event = next(events)


def _is_same(one: object, other: object) -> bool:
    """Whether two values are equal as YAML has them: a number is no truth value, a tuple is a list."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_is_same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(_is_same, one, other))
    if isinstance(one, bool) or isinstance(other, bool) or isinstance(one, float) != isinstance(other, float):
        return one is other or (type(one) is type(other) and repr(one) == repr(other))
    return one == other
