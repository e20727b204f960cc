"""``news-digest settings``: every ``DIGEST_*`` setting, what the site says, and what is wrong with that."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from ..errors import SettingError, printable
from ..settings import SETTINGS, read_settings
from .command import CommandError, Exit, add_format, add_settings, site_settings
from .terminal import remark, say

if TYPE_CHECKING:
    from ..setting.values import Setting

DESCRIPTION = (
    "List all DIGEST_* settings in a form that can be pasted into a settings file: this site's value, the allowed "
    "values, and what the setting does. Invalid names and values are reported with the closest valid one."
)
EXAMPLES = """\
news-digest settings                    all settings, ready for pelicanconf.py
news-digest settings feed               settings whose name contains "feed"
news-digest settings --changed          settings that differ from their default
news-digest settings --format json      as JSON, for other tools
"""


Value: TypeAlias = str | int | bool | list[str]


class SettingView(msgspec.Struct, frozen=True, kw_only=True):
    """One setting as ``--format json`` writes it.

    Attributes:
        value: What holds for the site; as Python writes it where no setting can have it.
        problem: Why it cannot be used; ``""`` when it can.
    """

    name: str
    value: Value
    problem: str
    default: Value
    type: str
    choices: tuple[str, ...]
    minimum: int
    help: str
    stale: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``settings`` can be told."""
    parser.add_argument(
        "name", nargs="?", default="", help="only settings whose name contains this, in upper or lower case"
    )
    add_settings(parser)
    parser.add_argument("--changed", action="store_true", help="only settings that differ from their default")
    add_format(parser, "text", "json")


def run(args: argparse.Namespace) -> int:
    """List, and return 1 when the site says something that cannot be used."""
    given = site_settings(args.settings)
    views = settings_of(given, name=args.name)
    if not views:
        raise CommandError(f"no setting's name contains {args.name!r}")
    shown = [view for view in views if view.value != view.default] if args.changed else views
    if args.format == "json":
        print(msgspec.json.format(msgspec.json.encode(shown)).decode())
    else:
        say("\n\n".join(as_python(view) for view in shown) or "# All settings have their default values.")
    problems = problems_of(given)
    for problem in problems:
        remark(f"{args.settings}: {problem}")
    return Exit.PROBLEMS if problems else Exit.DONE


def settings_of(given: Mapping[str, Any], *, name: str = "") -> list[SettingView]:
    """Return each setting whose name holds *name*, with the value that *given* has for it."""
    named = (setting for setting in SETTINGS if name.upper() in setting.name)
    return [_view(setting, given.get(setting.name, setting.default)) for setting in named]


def problems_of(given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is wrong with the settings in *given*, one sentence each."""
    try:
        read_settings(given)
    except SettingError as error:
        return error.problems
    return ()


def as_python(view: SettingView) -> str:
    """Return one setting as ``pelicanconf.py`` may have it; in a comment where no setting may have that value."""
    allowed = f" One of {', '.join(map(_literal, view.choices))}." if view.choices else ""
    default = f" Default: {_literal(view.default)}." if view.value != view.default else ""
    problem = f" Cannot be used: {printable(view.problem)}." if view.problem else ""
    text = textwrap.fill(
        f"{view.help}{allowed}{default}{problem}",
        width=78,
        initial_indent="# ",
        subsequent_indent="# ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    line = f"# {view.name} = {printable(str(view.value))}" if view.problem else f"{view.name} = {_literal(view.value)}"
    return f"{text}\n{line}"


def _literal(value: Value) -> str:
    """Return *value* as it is written in a settings file: texts in double quotes, as in those that `init` writes."""
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, str) and value.isprintable():
        return msgspec.json.encode(value).decode()  # of a printable text, JSON's escapes are Python's
    return repr(value)


def _view(setting: Setting, value: Any) -> SettingView:  # noqa: ANN401 - whatever the site says
    problem = " ".join(problems_of({setting.name: value}))
    default = setting.default
    return SettingView(
        name=setting.name,
        value=repr(value) if problem else list(value) if isinstance(value, list | tuple) else value,
        problem=problem,
        default=list(default) if isinstance(default, tuple) else default,
        type=type(setting.default).__name__,
        choices=setting.choices,
        minimum=setting.minimum,
        help=setting.help,
        stale=setting.stale,
    )
