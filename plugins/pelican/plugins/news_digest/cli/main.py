"""The command line: which commands there are. Each lies in a module of its own name beside this one."""

from __future__ import annotations

import argparse
import os
import sys
import textwrap
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, Final, Never, cast

from ..errors import DigestError, nearest
from ..package import __version__
from .command import CommandError, CommandModule, Exit
from .terminal import complain, prepare

# Each command's name is its module's; see CommandModule for what a module has to offer.
COMMANDS: Final = {
    "init": "create a new site",
    "new": "create a new item",
    "sources": "list, add and remove the feeds that news comes from",
    "import": "bring in what is new at the sources",
    "rank": "group items into stories, and decide what is published",
    "images": "fetch and resize the pictures for the next build",
    "build": "build the site",
    "serve": "preview the site with live reload, and edit it at the desk",
    "review": "decide on what came in, on the terminal",
    "check": "check the content for problems",
    "audit": "check that the built site can be published",
    "ping": "tell the hub of the feeds which of them changed",
    "links": "find links to reports that their sources no longer have",
    "settings": "list all settings with this site's values",
    "stories": "give the stories of an archive names of their own",
    "languages": "list the languages of the theme, and translate it to another one",
    "newsletter": "write one newsletter edition as an email",
    "docs": "print the documentation",
    "completion": "set up shell completion",
}
# Where a command is called like a word of Python.
_MODULES: Final = {"import": "importing"}
EXIT_CODES: Final = """\
exit codes:
  0  done
  1  finished with problems: the build failed, or problems were found
  2  could not start: invalid arguments, or a missing or broken settings file
  130  interrupted: Ctrl-C"""
EPILOG: Final = f"""\
`news-digest COMMAND --help` shows options and examples; `news-digest docs` prints the documentation.

{EXIT_CODES}
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    words = sys.argv[1:] if argv is None else argv
    asked = next((word for word in words if not word.startswith("-")), "")
    prepare()
    try:
        args = make_parser({asked}).parse_args(words)
        code = load_command(args.command).run(args)
        sys.stdout.flush()
    except (CommandError, DigestError) as error:
        complain(str(error))
        return Exit.COULD_NOT_RUN
    except KeyboardInterrupt:
        complain("interrupted")
        return Exit.INTERRUPTED
    except BrokenPipeError:  # who reads what is said has read enough, such as `head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.PROBLEMS
    return code


def load_command(name: str) -> CommandModule:
    """Return the module of the command *name*."""
    return cast("CommandModule", import_module(f".{_MODULES.get(name, name)}", __package__))


def make_parser(complete: Iterable[str] = COMMANDS) -> argparse.ArgumentParser:
    """Return the parser of all commands.

    Args:
        complete: The commands whose options are declared, which takes importing them; the others have a name only.
    """
    parser = Parser(
        prog="news-digest",
        description="Turn a folder of news items into a static digest.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"news-digest {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    wanted = frozenset(complete)
    for name, summary in COMMANDS.items():
        command = commands.add_parser(name, help=summary, formatter_class=argparse.RawDescriptionHelpFormatter)
        if name in wanted:
            module = load_command(name)
            command.description = textwrap.fill(module.DESCRIPTION, width=78)
            examples = "\n".join(f"  {line}" for line in module.EXAMPLES.strip().splitlines())
            command.epilog = f"examples:\n{examples}\n\n{EXIT_CODES}"
            module.add_arguments(command)
    return parser


def did_you_mean(word: str, among: Iterable[str]) -> str:
    """Return the question whether the likest of *among* was meant by *word*; ``""`` where none is like it."""
    near = nearest(word.lower(), among)
    return f"; did you mean {near}?" if near else ""


def _unknown(word: str, options: Iterable[str]) -> str:
    meant = did_you_mean(word.partition("=")[0], options) if word.startswith("-") else ""
    return f"unrecognized argument: {word}{meant}"


class Parser(argparse.ArgumentParser):
    """A parser that suggests the right word, of a command line and of each command's part of it.

    Python 3.14 does a part of it; this goes when 3.14 is the oldest.
    """

    def parse_known_args(self, args: Sequence[str] | None = None, namespace: Any = None) -> tuple[Any, list[str]]:  # type: ignore[override] # noqa: ANN401 - as argparse has it
        """Return what was understood.

        An option that is not known ends it here, where those of its command are known; argparse would ask the outermost
        parser, whose usage lists none of them.
        """
        found, rest = super().parse_known_args(args, namespace)
        if rest:
            options = [option for action in self._actions for option in action.option_strings]
            self.error("; ".join(_unknown(word, options) for word in rest))
        return found, rest

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401 - as argparse has it
        choices = action.choices
        if choices is not None and value not in choices:
            names = [str(choice) for choice in choices]
            msg = f"invalid choice: {str(value)!r}{did_you_mean(str(value), names)} (choose from {', '.join(names)})"
            raise argparse.ArgumentError(action, msg)

    def error(self, message: str) -> Never:
        """Say how the command is called, and what is wrong with this call; exit with 2."""
        self.print_usage(sys.stderr)
        complain(message)
        sys.exit(Exit.COULD_NOT_RUN)
