"""``news-digest completion``: what a shell needs to finish commands, options and their values."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import shtab

from .command import Exit

DESCRIPTION = (
    "Write the completion script for a shell to standard output. It is generated from the commands, and runs none of "
    "them when you press Tab."
)
EXAMPLES = """\
news-digest completion bash > ~/.local/share/bash-completion/completions/news-digest
news-digest completion zsh > ~/.zfunc/_news-digest        with `fpath+=~/.zfunc` before `compinit` in ~/.zshrc
news-digest completion fish > ~/.config/fish/completions/news-digest.fish
"""
SHELLS: Final = ("bash", "zsh", "fish")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what ``completion`` can be told."""
    parser.add_argument("shell", choices=SHELLS, help="the shell to write it for")


def run(args: argparse.Namespace) -> int:
    """Write the script."""
    from .main import make_parser  # noqa: PLC0415 - main imports this module when it is asked for

    print(completion_script(make_parser(), args.shell))
    return Exit.DONE


def completion_script(parser: argparse.ArgumentParser, shell: str) -> str:
    """Return the script that completes *parser*'s command line in *shell*."""
    for action in _actions(parser):
        if action.type is Path:
            action.complete = shtab.FILE  # type: ignore[attr-defined]  # how shtab is told
    return shtab.complete(parser, shell=shell)


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield every action of *parser* and of its commands."""
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way to ask
        yield action
        if isinstance(action.choices, dict):
            for command in action.choices.values():
                yield from _actions(command)
