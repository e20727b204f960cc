"""``news-digest settings``: every ``DIGEST_*`` setting, what the site says, and what is wrong with that."""

from __future__ import annotations

import sys
import textwrap
from typing import TYPE_CHECKING, Any

import msgspec

from ..errors import SettingError
from ..settings import SETTINGS, read_settings
from .command import CommandError, Exit, add_settings, site_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from ..setting import Setting

DESCRIPTION = (
    "List every DIGEST_* setting: the value that holds for this site, what else it may be, and what it does. Names "
    "and values that cannot be used are reported, with the nearest that can."
)
EXAMPLES = """\
news-digest settings                    all of them, as pelicanconf.py sets them
news-digest settings feed               those whose name holds "feed"
news-digest settings --changed          what this site says in other words than the default
news-digest settings --format json      for a program
"""


class SettingView(msgspec.Struct, frozen=True, kw_only=True):
    """One setting as ``--format json`` writes it."""

    name: str
    value: str | int | bool
    default: str | int | bool
    type: str
    choices: tuple[str, ...]
    minimum: int
    help: str
    stale: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``settings`` can be told."""
    parser.add_argument("name", nargs="?", default="", help="only those whose name holds this, in upper or lower case")
    add_settings(parser)
    parser.add_argument("--changed", action="store_true", help="only those that differ from the default")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="how to write it (default: %(default)s)"
    )


def run(args: argparse.Namespace) -> int:
    """List, and return 1 when the site says something that cannot be used."""
    given = site_settings(args.settings)
    views = settings_of(given, name=args.name)
    if not views:
        msg = f"no setting's name holds {args.name!r}"
        raise CommandError(msg)
    shown = [view for view in views if view.value != view.default] if args.changed else views
    if args.format == "json":
        print(msgspec.json.format(msgspec.json.encode(shown)).decode())
    else:
        print("\n\n".join(as_text(view) for view in shown) or "Every setting has its default.")
    problems = problems_of(given)
    for problem in problems:
        print(f"{args.settings}: {problem}", file=sys.stderr)
    return Exit.PROBLEMS if problems else Exit.DONE


def settings_of(given: Mapping[str, Any], *, name: str = "") -> list[SettingView]:
    """Return each setting whose name holds *name*, with the value that *given* has for it."""
    return [_view(setting, given.get(setting.name, setting.default)) for setting in _named(SETTINGS, name)]


def problems_of(given: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what is wrong with the settings in *given*, one sentence each."""
    try:
        read_settings(given)
    except SettingError as error:
        return error.problems
    return ()


def as_text(view: SettingView) -> str:
    """Return one setting for people."""
    differs = view.value != view.default
    allowed = f" (one of {', '.join(map(repr, view.choices))})" if view.choices else ""
    note = f"here; default {view.default!r}" if differs else "default"
    first = f"{view.name} = {view.value!r}  # {note}{allowed}"
    return first + "\n" + textwrap.fill(view.help, width=96, initial_indent="    ", subsequent_indent="    ")


def _named(settings: Iterable[Setting], name: str) -> Iterable[Setting]:
    return (setting for setting in settings if name.upper() in setting.name)


def _plain(value: Any) -> str | int | bool:  # noqa: ANN401 - as below
    """Return *value*; a list, and whatever no setting may be, as Python writes it."""
    if isinstance(value, list | tuple):
        return repr(list(value))
    return value if isinstance(value, str | int | bool) else repr(value)


def _view(setting: Setting, value: Any) -> SettingView:  # noqa: ANN401 - whatever the site says
    return SettingView(
        name=setting.name,
        value=_plain(value),
        default=_plain(setting.default),
        type=type(setting.default).__name__,
        choices=setting.choices,
        minimum=setting.minimum,
        help=setting.help,
        stale=setting.stale,
    )
