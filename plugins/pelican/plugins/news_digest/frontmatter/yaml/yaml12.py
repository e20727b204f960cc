"""Front matter as YAML 1.2 in plain types, strictly: one meaning whichever library reads it.

``python-frontmatter`` splits. ``yaml-rs`` reads where it is installed (extra ``fast``), ten times as fast as PyYAML's C
loader, which reads otherwise, and decides whenever the two could differ: docs/decisions/0004-yaml-1-2.md. YAML 1.1's
surprises are off (``yes`` and ``on`` are text, ``012`` is twelve, ``1:30`` and dates are text), a repeated key is an
error, tags mean nothing and there are no merges.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import yaml
from frontmatter.default_handlers import YAMLHandler

from ...disk.limits import USUAL_LIMITS
from ...errors import diagnose
from .guard import has_plain_values, is_contested, is_too_deep, what_is_too_much
from .words import in_words, join_surrogates, part_surrogates

yaml_rs: Any
try:
    import yaml_rs
except ImportError:  # the extra `fast` is not installed
    yaml_rs = None

if TYPE_CHECKING:
    from collections.abc import Hashable

    from ...disk.limits import Limits
    from ...errors import Diagnostic

TOO_DEEP: Final = "nested too deeply"
_BEGIN_HINT: Final = "start the file with '---', then 'key: value' lines, then '---'"
MAX_DIGITS: Final = 400
MAX_SHOWN_CHARS: Final = 80
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FrontMatterError(ValueError):
    """Front matter that cannot be read.

    Attributes:
        line: 1-based line in the file; 0 when unknown.
        problem: What is wrong, in a few words.
        is_duplicate_key: Whether the same key stands twice in one map.
        hint: What to do about it; ``""`` for the usual.
    """

    def __init__(self, problem: str, *, line: int = 0, is_duplicate_key: bool = False, hint: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.line = line
        self.hint = hint
        self.is_duplicate_key = is_duplicate_key

    def diagnostic(self, path: str) -> Diagnostic:
        """Return the diagnostic for the file at *path*."""
        if self.is_duplicate_key:
            return diagnose("ND106", self.problem, path=path, line=self.line, hint="keep one of the two")
        if self.line == 1:
            return diagnose("ND101", self.problem, path=path, line=1, hint=_BEGIN_HINT)
        hint = self.hint or "put text that holds ':' or '#' or starts with a special character in double quotes"
        return diagnose("ND103", f"not YAML: {self.problem}", path=path, line=self.line, hint=hint)


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


def _load_fast(fm: str, data: bytes | None = None) -> dict[str, Any] | None:
    """Return the map that *fm* holds; None when PyYAML has to decide, whose words about errors are the documented."""
    if yaml_rs is None or is_contested(fm.encode("utf-8", "surrogatepass") if data is None else data):
        return None
    try:
        found = yaml_rs.loads(fm, parse_datetime=False)
    except (ValueError, TypeError, RecursionError):
        return None
    return found if isinstance(found, dict) and has_plain_values(found) else None


class DigestYAMLHandler(YAMLHandler):
    """python-frontmatter's handler for ``---`` blocks, on ``yaml-rs`` and :class:`Loader`."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)

    def split(self, text: str) -> tuple[str, str]:
        """Split at the ``---`` lines, without trying each of the thousands of lines between them."""
        start = self.FM_BOUNDARY.match(text)
        if start is None:
            raise ValueError(text[:3])
        at = text.find("\n---", start.end())
        while at >= 0:
            end = self.FM_BOUNDARY.match(text, at + 1)
            if end is not None:
                return text[start.end() : at + 1], text[end.end() :]
            at = text.find("\n---", at + 1)
        raise ValueError(text[:3])

    def load(self, fm: str, **kwargs: Any) -> Any:  # noqa: ANN401 - the host's signature
        """Parse *fm*.

        Raises:
            FrontMatterError: Not YAML, a repeated key, nested too deeply, or aliases that stand for too much.
        """
        limits: Limits = kwargs.get("limits", USUAL_LIMITS)
        data = fm.encode("utf-8", "surrogatepass")
        if is_too_deep(fm, data, limits=limits):
            raise FrontMatterError(TOO_DEEP)
        found = _load_fast(fm, data)
        if found is not None:
            return found
        plain = _load_plain(fm)
        problem = what_is_too_much(plain, limits=limits) if b"*" in data else ""
        if problem:
            raise FrontMatterError(problem)
        return plain


def _load_plain(fm: str) -> object:
    joined = join_surrogates(fm) if "\\" in fm else fm
    try:
        found = yaml.load(joined, Loader=Loader)  # noqa: S506 - Loader is a SafeLoader
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
        problem = "half a character (an unpaired surrogate)"
        raise FrontMatterError(problem) from None
    except RecursionError:
        raise FrontMatterError(TOO_DEEP) from None


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


def load_front_matter(fm: str, *, limits: Limits = USUAL_LIMITS) -> dict[str, Any]:
    """Return the map that *fm* holds, keys as text.

    Raises:
        FrontMatterError: See :meth:`DigestYAMLHandler.load`; also when it is no map.
    """
    data = _HANDLER.load(fm, limits=limits)
    if data is None:
        return {}
    if not isinstance(data, dict):
        problem = "the front matter is not a list of 'key: value' lines"
        raise FrontMatterError(problem, line=2)
    return {str(key): value for key, value in data.items()}


class LineFinder:
    """Where each value of one file's front matter stands; composed when first asked, and once for all questions."""

    def __init__(self, fm: str) -> None:
        self._fm = fm

    @cached_property
    def _root(self) -> yaml.Node | None:
        try:
            return yaml.compose(join_surrogates(self._fm), Loader=Loader)
        except (yaml.YAMLError, UnicodeEncodeError):
            return None

    def line(self, path: tuple[str | int, ...]) -> int:
        """Return the 1-based line in the file of the value at *path*, as ``("images", 0, "url")``, or of its parent."""
        if len(path) == 1:
            # Most questions are about a key of the file itself, which stands at the beginning of its line.
            at = self._fm.find(f"\n{path[0]}:")
            if at >= 0:
                return self._fm.count("\n", 0, at + 1) + 1
            name = re.escape(str(path[0]))
            key = re.search(rf"^(?:{name}|(['\"]){name}\1)[ \t]*:", self._fm, re.MULTILINE)
            if key:
                return self._fm.count("\n", 0, key.start()) + 1
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


def line_of(fm: str, path: tuple[str | int, ...]) -> int:
    """Return what :meth:`LineFinder.line` does, for one question."""
    return LineFinder(fm).line(path)
