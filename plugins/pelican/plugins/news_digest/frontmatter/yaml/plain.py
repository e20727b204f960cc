"""PyYAML's side: it reads where ``yaml-rs`` is not installed or not asked, and says where a value is written.

Imported when the first such text comes: most builds have none, and PyYAML's modules take a fortieth of a start.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from contextlib import suppress
from typing import Any, Final

import yaml
from frontmatter.default_handlers import YAMLHandler

from .refused import TOO_DEEP, FrontMatterError
from .words import in_words, join_surrogates, part_surrogates

MAX_DIGITS: Final = 400
MAX_SHOWN_CHARS: Final = 80
_HANDLER: Final = YAMLHandler()
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _DuplicateKeyError(yaml.MarkedYAMLError):
    pass


class Loader(_Base):  # type: ignore[misc]
    """PyYAML's safe C loader with YAML 1.2's core types and no repeated keys."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - the base's
        """Build a dict; refuse a key that stands twice, be it as number and as text (PyYAML lets the last one win)."""
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) == len(node.value) and all(type(key) is str for key in mapping):
            return mapping
        named: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            # Both are made already: this only asks for them again.
            name = str(self.construct_object(key_node, deep=deep))
            if name in named:
                shown = name if len(name) <= MAX_SHOWN_CHARS else f"{name[:MAX_SHOWN_CHARS]}…"
                raise _DuplicateKeyError(problem=f"the key {shown!r} appears twice", problem_mark=key_node.start_mark)
            named[name] = self.construct_object(value_node, deep=deep)
        # Python takes 1 and True for one key; then the names are the keys.
        return mapping if len(mapping) == len(named) else named

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Leave ``<<`` alone: YAML 1.2 has no merge key."""


def _int(loader: Any, node: yaml.ScalarNode) -> int | str:  # noqa: ANN401 - a loader built from a C class
    written = str(loader.construct_scalar(node))
    text = written.replace("_", "").lower()
    try:
        # Python refuses to print very long numbers; text is as good for what no ranking can use.
        if len(text) > MAX_DIGITS:
            return written
        return int(text, 0) if re.match(r"[-+]?0[xob]", text) else int(text)
    except ValueError:
        return written


def _float(loader: Any, node: yaml.ScalarNode) -> float | str:  # noqa: ANN401 - as above
    written = str(loader.construct_scalar(node))
    try:
        return float(written.replace("_", "").lower().replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        return written


def _bool(loader: Any, node: yaml.ScalarNode) -> bool | str:  # noqa: ANN401 - as above
    written = str(loader.construct_scalar(node))
    return {"true": True, "false": False}.get(written.lower(), written)


def _untagged(loader: Any, _suffix: str, node: yaml.Node) -> object:  # noqa: ANN401 - as above
    """Build what *node* holds without the tag: a tag names a type, and there are no types but plain ones."""
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


_TAG: Final = "tag:yaml.org,2002:"
# Sets, ordered maps, binaries and timestamps are what they are written as.
Loader.yaml_constructors = {
    tag: constructor
    for tag, constructor in Loader.yaml_constructors.items()
    if tag in {f"{_TAG}{name}" for name in ("null", "str", "seq", "map")}
}
Loader.add_constructor(f"{_TAG}bool", _bool)
Loader.add_constructor(f"{_TAG}int", _int)
Loader.add_constructor(f"{_TAG}float", _float)
Loader.add_multi_constructor("", _untagged)
for _name, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    (
        "int",
        r"[-+]?(?:_*[0-9][0-9_]*|0[xX]_*[0-9a-fA-F][0-9a-fA-F_]*|0[oO]_*[0-7][0-7_]*|0[bB]_*[01][01_]*)",
        "-+0123456789_",
    ),
    (
        "float",
        r"[-+]?(?:_*\._*[0-9][0-9_]*|_*[0-9][0-9_]*(?:\.[0-9_]*)?)(?:_*[eE]_*[-+]?_*[0-9][0-9_]*)?"  # noqa: ISC004
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+0123456789._",
    ),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Loader.add_implicit_resolver(f"{_TAG}{_name}", re.compile(rf"(?:{_pattern})\Z"), list(_first))


def load_plain(fm: str) -> object:
    """Return what *fm* holds; ``python-frontmatter`` asks PyYAML.

    Raises:
        FrontMatterError: It is not YAML, or a key stands twice.
    """
    joined = join_surrogates(fm) if "\\" in fm else fm
    try:
        found = _HANDLER.load(joined, Loader=Loader)
        return found if joined is fm or joined == fm else part_surrogates(found, fm)
    except yaml.MarkedYAMLError as error:
        if isinstance(error, _DuplicateKeyError):
            line = error.problem_mark.line + 1 if error.problem_mark else 0
            raise FrontMatterError(str(error.problem), line=line, is_duplicate_key=True) from None
        problem, line, hint = in_words(error, fm)
        raise FrontMatterError(problem, line=line, hint=hint) from None
    except yaml.YAMLError as error:
        raise FrontMatterError(str(error).splitlines()[0]) from None
    except UnicodeEncodeError:
        raise FrontMatterError("half a character (an unpaired surrogate)") from None
    except RecursionError:
        raise FrontMatterError(TOO_DEEP) from None


def depths(fm: str) -> Iterator[int]:
    """Yield the depth of each list and map of *fm*, as PyYAML's parser meets them: it keeps its own stack."""
    depth = 0
    try:
        for event in yaml.parse(fm, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                yield depth
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except (yaml.YAMLError, ValueError):  # not YAML: whoever reads it says so better
        return


class Nodes:
    """Where each value of *fm* is written, if it is YAML at all."""

    def __init__(self, fm: str) -> None:
        self._root: Any = None
        with suppress(yaml.YAMLError, UnicodeEncodeError):
            self._root = yaml.compose(join_surrogates(fm), Loader=Loader)

    def line(self, path: tuple[str | int, ...]) -> int:
        """Return the 1-based line in the file of the value at *path*, or of the last of its parents; 0: of none."""
        node: Any = self._root
        line = 0
        for step in path:
            found: Any = None
            if isinstance(node, yaml.MappingNode):
                for key_node, value_node in node.value:
                    if key_node.value == step:
                        found, line = value_node, key_node.start_mark.line + 1
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                found = node.value[step]
                line = found.start_mark.line + 1
            if found is None:
                break
            node = found
        return line
