"""Front matter as YAML 1.2 in safe types, strictly: one meaning whichever library reads it.

``python-frontmatter`` splits; PyYAML's C loader reads. YAML 1.1's surprises are off (``yes`` and ``on`` are text,
``012`` is twelve, ``1:30`` is text), a repeated key is an error, and there are no merges and no custom types:
docs/decisions/0004-yaml-1-2.md.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import yaml
from frontmatter.default_handlers import YAMLHandler

if TYPE_CHECKING:
    from collections.abc import Hashable

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FrontMatterError(ValueError):
    """Front matter that cannot be read.

    Attributes:
        line: 1-based line in the file; 0 when unknown.
        problem: What is wrong, in a few words.
        is_duplicate_key: Whether the same key stands twice in one map.
    """

    def __init__(self, problem: str, *, line: int = 0, is_duplicate_key: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.is_duplicate_key = is_duplicate_key


class _DuplicateKeyError(yaml.MarkedYAMLError):
    pass


class Loader(_Base):  # type: ignore[misc]
    """PyYAML's safe C loader with YAML 1.2's core types, timestamps, and no repeated keys."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - the base's
        """Build a dict; refuse a key that stands twice (PyYAML lets the last one win)."""
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            seen: set[object] = set()
            for key_node, _ in node.value:
                if key_node.value in seen:
                    problem = f"the key {key_node.value!r} stands twice"
                    raise _DuplicateKeyError(problem=problem, problem_mark=key_node.start_mark)
                seen.add(key_node.value)
        return mapping

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Leave ``<<`` alone: YAML 1.2 has no merge key."""


def _int12(loader: Any, node: yaml.ScalarNode) -> int:  # noqa: ANN401 - a loader built from a C class
    text = str(loader.construct_scalar(node))
    return int(text, 0) if text[:2] in {"0x", "0o"} else int(text)


Loader.add_constructor("tag:yaml.org,2002:int", _int12)
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    (
        "float",
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        "-+0123456789.",
    ),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), list(_first))


class DigestYAMLHandler(YAMLHandler):
    """python-frontmatter's handler for ``---`` blocks, on :class:`Loader`."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)

    def load(self, fm: str, **_kwargs: object) -> Any:  # noqa: ANN401 - the host's signature
        """Parse *fm*.

        Raises:
            FrontMatterError: Not YAML, a repeated key, or nested too deeply.
        """
        try:
            return yaml.load(fm, Loader=Loader)  # noqa: S506 - Loader is a SafeLoader
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise FrontMatterError(
                error.problem or "not YAML",
                line=mark.line + 1 if mark else 0,
                is_duplicate_key=isinstance(error, _DuplicateKeyError),
            ) from None
        except yaml.YAMLError as error:
            raise FrontMatterError(str(error).splitlines()[0]) from None
        except RecursionError:
            problem = "nested too deeply"
            raise FrontMatterError(problem) from None


_HANDLER: Final = DigestYAMLHandler()


def has_front_matter(text: str) -> bool:
    """Whether *text* begins with a ``---`` line."""
    return bool(_HANDLER.detect(text))


def split_front_matter(text: str) -> tuple[str, str]:
    """Return the YAML between the ``---`` lines, and the body after them.

    The YAML begins with the line end of the opening ``---``, so its line numbers are those of the file.

    Raises:
        FrontMatterError: The closing ``---`` is missing.
    """
    try:
        fm, body = _HANDLER.split(text)
    except ValueError:
        problem = "the front matter has no closing '---' line"
        raise FrontMatterError(problem, line=1) from None
    return fm, body


def load_front_matter(fm: str) -> dict[str, Any]:
    """Return the map that *fm* holds, keys as text.

    Raises:
        FrontMatterError: See :meth:`DigestYAMLHandler.load`; also when it is no map.
    """
    data = _HANDLER.load(fm)
    if data is None:
        return {}
    if not isinstance(data, dict):
        problem = "the front matter is not a list of 'key: value' lines"
        raise FrontMatterError(problem, line=2)
    return {str(key): value for key, value in data.items()}


def line_of(fm: str, path: tuple[str | int, ...]) -> int:
    """Return the 1-based line in the file of the value at *path*, as ``("images", 0, "url")``, or of its parent."""
    try:
        node: Any = yaml.compose(fm, Loader=Loader)
    except yaml.YAMLError:
        return 0
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
