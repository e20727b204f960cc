"""The command line: ``reference/commands.md``, from the parser that reads it."""

from __future__ import annotations

import argparse
import inspect
import re
from collections.abc import Iterator

from pelican.plugins.news_digest.cli.main import COMMANDS, EXIT_CODES, load_command, make_parser

from .markdown import NOTE, table

TERMINALS = """
    ## On a terminal, and in a pipe

    On a terminal there are colours and one display of how far the command is. `NO_COLOR=1`, `CLICOLOR=0` and
    `TERM=dumb` switch colours off; `FORCE_COLOR=1` gives them to logs that can show them, such as those of CI.

    In a pipe or a file every message is one line, `path:line: CODE message`, however long, without colours and without
    anything that moves:

    ```console
    $ news-digest build | grep ND104
    ```

    Answers are written to standard output; why a command could not begin, to standard error. `--format` has the same
    names for every command that has it: `text` for people, `json` for programs, `github` for the annotations of a
    workflow, `sarif` for code scanning.

    Plain `pelican` logs in its own way, which breaks messages into columns. `pelican --log-handler plain` does not.
"""


def commands_page() -> str:
    """Return ``reference/commands.md``."""
    parsers = _parsers(make_parser())
    lines = [
        NOTE,
        "# The command line\n",
        "`news-digest COMMAND --help` says the same. `python -m pelican.plugins.news_digest` is the same program,",
        "for where `news-digest` is not on the path.\n",
        *table(("command", "what it does"), [(f"[{name}](#{name})", words) for name, words in COMMANDS.items()]),
        "",
    ]
    for name in COMMANDS:
        module = load_command(name)
        lines += [f"## {name}\n", f"{' '.join(module.DESCRIPTION.split())}\n"]
        lines += ["```console", *(f"$ {line}" for line in _examples(module.EXAMPLES)), "```", ""]
        lines += [*table(("argument", "what it does"), _arguments(parsers[name])), ""]
    lines += ["## Exit codes\n", "```text", *inspect.cleandoc(EXIT_CODES.partition(":")[2]).splitlines(), "```", ""]
    lines += [inspect.cleandoc(TERMINALS), ""]
    return "\n".join(lines)


def _parsers(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of the commands by name."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no other list of them
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            return dict(action.choices)
    raise TypeError(parser)


def _examples(text: str) -> Iterator[str]:
    """Yield example lines with what they do as a shell's comment, in one column."""
    pairs = [(*re.split(r" {2,}", line.rstrip(), maxsplit=1), "")[:2] for line in text.strip().splitlines()]
    width = max(len(command) for command, _ in pairs)
    for command, words in pairs:
        yield f"{command:<{width}}  # {words}" if words else command


def _arguments(parser: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Yield what a command can be told, arguments before options, and what each of them does."""
    actions = [action for action in parser._actions if action.help != argparse.SUPPRESS]  # noqa: SLF001
    for action in sorted(actions, key=lambda action: bool(action.option_strings)):
        if isinstance(action, argparse._HelpAction):  # noqa: SLF001
            continue
        names = ", ".join(f"`{name}`" for name in action.option_strings) or f"`{action.dest}`"
        if action.option_strings and action.nargs != 0:
            names += f" `{action.metavar or action.dest.upper()}`"
        elif action.nargs in {"?", "*"}:
            names += " (may be left out)"
        words = (action.help or "") % {**vars(action), "prog": parser.prog}
        choices = ", ".join(f"`{choice}`" for choice in action.choices or ())
        yield names, f"{words}: {choices}" if choices else words
