"""Front matter as YAML 1.2 in plain types, strictly: one meaning whichever library reads it.

``yaml-rs`` reads where it is installed (extra ``fast``), ten times as fast as PyYAML's C loader (:mod:`.plain`), which
reads otherwise, and decides whenever the two could differ: docs/decisions/0004-yaml-1-2.md. YAML 1.1's surprises are
off (``yes`` and ``on`` are text, ``012`` is twelve, ``1:30`` and dates are text), a repeated key is an error, tags mean
nothing and there are no merges.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from ...disk.limits import USUAL_LIMITS
from .guard import has_plain_values, is_contested, is_too_deep, what_is_too_much
from .refused import TOO_DEEP, FrontMatterError

yaml_rs: Any
try:
    import yaml_rs
except ImportError:  # the extra `fast` is not installed
    yaml_rs = None

if TYPE_CHECKING:
    from ...disk.limits import Limits
    from .plain import Nodes

_BOUNDARY: Final = re.compile(r"^---[ \t]*$", re.MULTILINE)


def _load_fast(fm: str, data: bytes | None = None) -> dict[str, Any] | None:
    """Return the map that *fm* holds; None when PyYAML has to decide, whose words about errors are the documented."""
    if yaml_rs is None or is_contested(fm.encode("utf-8", "surrogatepass") if data is None else data):
        return None
    try:
        found = yaml_rs.loads(fm, parse_datetime=False)
    except (ValueError, TypeError, RecursionError):
        return None
    return found if isinstance(found, dict) and has_plain_values(found) else None


def load_yaml(fm: str, *, limits: Limits = USUAL_LIMITS) -> object:
    """Return what *fm* holds, in plain types.

    Raises:
        FrontMatterError: Not YAML, a repeated key, nested too deeply, or aliases that stand for too much.
    """
    data = fm.encode("utf-8", "surrogatepass")
    if is_too_deep(fm, data, limits=limits):
        raise FrontMatterError(TOO_DEEP)
    found = _load_fast(fm, data)
    if found is not None:
        return found
    from .plain import load_plain  # noqa: PLC0415 - see there

    plain = load_plain(fm)
    problem = what_is_too_much(plain, limits=limits) if b"*" in data else ""
    if problem:
        raise FrontMatterError(problem)
    return plain


def has_front_matter(text: str) -> bool:
    """Whether *text* begins with a ``---`` line."""
    return _BOUNDARY.match(text) is not None


def split_front_matter(text: str) -> tuple[str, str]:
    """Return the YAML between the ``---`` lines, and the body after them.

    The YAML begins with the line end of the opening ``---``, so its line numbers are those of the file. None of the
    thousands of lines between is tried.

    Raises:
        FrontMatterError: The closing ``---`` is missing.
    """
    start = _BOUNDARY.match(text)
    at = text.find("\n---", start.end()) if start else -1
    while start and at >= 0:
        end = _BOUNDARY.match(text, at + 1)
        if end:
            return text[start.end() : at + 1], text[end.end() :]
        at = text.find("\n---", at + 1)
    raise FrontMatterError("the front matter has no closing '---' line", line=1)


def load_front_matter(fm: str, *, limits: Limits = USUAL_LIMITS) -> dict[str, Any]:
    """Return the map that *fm* holds, keys as text.

    Raises:
        FrontMatterError: See :func:`load_yaml`; also when it is no map.
    """
    data = load_yaml(fm, limits=limits)
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise FrontMatterError("the front matter is not a list of 'key: value' lines", line=2)
    return {str(key): value for key, value in data.items()}


def load_uncontested(fm: str) -> dict[str, Any] | None:
    """Return the map that *fm* holds; None where it cannot be read, or two libraries could read it differently."""
    data = fm.encode("utf-8", "surrogatepass")
    if is_too_deep(fm, data, limits=USUAL_LIMITS):
        return None
    found = _load_fast(fm, data)  # asks whether it is contested, once for most
    if found is not None or is_contested(data):
        return found
    try:
        return load_front_matter(fm)
    except FrontMatterError:
        return None


class LineFinder:
    """Where each value of one file's front matter stands; composed when first asked, and once for all questions."""

    def __init__(self, fm: str) -> None:
        self._fm = fm

    @cached_property
    def _nodes(self) -> Nodes:
        from .plain import Nodes  # noqa: PLC0415 - see there

        return Nodes(self._fm)

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
        return self._nodes.line(path)


def line_of(fm: str, path: tuple[str | int, ...]) -> int:
    """Return what :meth:`LineFinder.line` does, for one question."""
    return LineFinder(fm).line(path)
