"""Extensions of Markdown that a site asks for in items' bodies (``DIGEST_MARKDOWN``), and what they are known by."""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import sys
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ...errors import SettingError

if TYPE_CHECKING:
    from markdown import Markdown

    from ...setting.values import MarkdownRules

# Part of Markdown, whose version is known by itself; what colours code is another library's.
_KNOWN: Final = frozenset({"markdown"})
_PYGMENTS: Final = "pygments"


def markdown_with(rules: MarkdownRules, *, ours: Sequence[Any], configs: dict[str, dict[str, Any]]) -> Markdown:
    """Return a reader of Markdown with *ours* and what *rules* ask for; a new one, that no other body has been in.

    Args:
        configs: Their options; those of *rules* come on top.

    Raises:
        SettingError: There is no such extension, or it does not take its options.
    """
    from markdown import Markdown  # noqa: PLC0415 - most archives have no body at all

    _look_in(rules.search)
    merged = {name: dict(options) for name, options in configs.items()}
    for name, options in rules.configs.items():
        mine = merged.setdefault(name, {})
        mine.update({k: {**mine.get(k, {}), **v} if isinstance(v, dict) else v for k, v in options.items()})
    extensions = [*ours, *(each for each in rules.extensions if each not in ours)]
    try:
        return Markdown(extensions=extensions, extension_configs=merged, output_format="html")
    except Exception as error:
        raise SettingError([f"MARKDOWN, with DIGEST_MARKDOWN: {type(error).__name__}: {error}"]) from error


def known_by(rules: MarkdownRules) -> str | None:
    """Return what tells whether a body that was read with *rules* would be the same now; None: nothing does.

    That is the code of every extension, and its options.
    """
    _look_in(rules.search)
    parts = [rules.content, *rules.closed, _code_of(_PYGMENTS)]
    try:
        for each in rules.extensions:
            parts.append(each if isinstance(each, str) else f"{type(each).__qualname__} {_values(vars(each))}")
            parts.append(_code_of(_module_of(each) if isinstance(each, str) else type(each).__module__))
        parts.append(_values(rules.configs))
    except TypeError:
        return None
    return hashlib.blake2b("|".join(parts).encode(), digest_size=16).hexdigest()


def _look_in(folders: Sequence[str]) -> None:
    """Let Python find what the settings' process finds."""
    sys.path.extend(folder for folder in folders if folder not in sys.path)


def _values(value: object) -> str:
    """Return *value* as text."""
    return msgspec.json.encode(value, enc_hook=_name_of, order="deterministic").decode()


def _name_of(value: object) -> str:
    if inspect.isfunction(value) or inspect.isclass(value):
        name = f"{value.__module__}.{value.__qualname__}"
        if "<" not in name:  # neither a lambda nor made within another function
            return f"{name} {_code_of(value.__module__)}"
    raise TypeError(value)


def _module_of(name: str) -> str:
    """Return the module of an extension, as Markdown finds it."""
    found = [each.value for each in entry_points(group="markdown.extensions") if each.name == name]
    return (found[0] if found else name).partition(":")[0]


@lru_cache(maxsize=64)
def _code_of(module: str) -> str:
    """Return a digest of the package that *module* belongs to; ``"?"``: it cannot be found."""
    package = module.partition(".")[0]
    if package in _KNOWN:
        return ""
    spec = importlib.util.find_spec(package)
    if spec is None:
        return "?"
    folders = spec.submodule_search_locations or ()
    files = [p for folder in folders for p in Path(folder).rglob("*.py")] or [Path(spec.origin or "")]
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(path for path in files if path.is_file()):
        digest.update(path.read_bytes())
    return digest.hexdigest()
