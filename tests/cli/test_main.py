"""The command line: words, exit codes, and what is said to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest import __version__
from pelican.plugins.news_digest.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path


def test_version_is_the_packages(capsys: pytest.CaptureFixture[str]):
    """--version names the program and its version."""
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert 0 == stop.value.code
    assert f"news-digest {__version__}\n" == capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["dance"], ["build", "--fatal", "notes"], ["serve", "--port", "many"]])
def test_line_that_cannot_be_understood_exits_with_two(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    """A mistake on the command line is told apart from a failed build, on standard error."""
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert 2 == stop.value.code
    assert "usage: news-digest" in capsys.readouterr().err


def test_help_names_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture[str]):
    """Whoever asks for help gets all of it."""
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    for word in ("build", "serve", "exit codes"):
        assert word in text


@pytest.mark.parametrize("command", ["build", "serve"])
def test_missing_settings_file_is_named(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A folder without pelicanconf.py is said to be one, with what to do."""
    settings = tmp_path / "pelicanconf.py"
    assert 1 == main([command, "-s", str(settings)])
    said = capsys.readouterr().err
    assert str(settings) in said
    assert "-s" in said
