"""The command line: words, exit codes, and what is said to whom."""

from __future__ import annotations

import ast
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from pelican.plugins.news_digest import __version__
from pelican.plugins.news_digest.cli.main import COMMANDS, Parser, load_command, main, make_parser


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


@pytest.mark.parametrize(
    ("expected", "arguments"),
    [
        ("argument COMMAND: invalid choice: 'bild'; did you mean build? (choose from init, ", ["bild"]),
        ("argument COMMAND: invalid choice: 'AUDIT'; did you mean audit? (choose from init, ", ["AUDIT"]),
        ("argument COMMAND: invalid choice: 'dance' (choose from init, ", ["dance"]),
        ("unrecognized argument: --formt; did you mean --format?", ["check", "--formt", "json"]),
        ("unrecognized argument: --outptu=x; did you mean --output?", ["audit", "--outptu=x"]),
        ("unrecognized argument: --versoin; did you mean --version?", ["--versoin", "build"]),
        ("unrecognized argument: two; unrecognized argument: --xyzzy", ["build", "one", "two", "--xyzzy"]),
        (
            "argument --format: invalid choice: 'jsn'; did you mean json? (choose from text, json, github, sarif)",
            ["check", "--format", "jsn"],
        ),
        ("argument --format: invalid choice: 'sarif' (choose from text, json)", ["settings", "--format", "sarif"]),
        ("argument --format: invalid choice: 'human' (choose from text, json, github)", ["audit", "--format", "human"]),
    ],
)
def test_what_was_probably_meant_is_said(expected: str, arguments: list[str], capsys: pytest.CaptureFixture[str]):
    """A mistyped command, option or value is told its likest neighbour, where it has one, and what there is."""
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert 2 == stop.value.code
    assert f"\nnews-digest: {expected}" in capsys.readouterr().err


def test_options_of_one_name_are_the_same():
    """--format has the same names for all commands, text first: what one of them cannot write is left out."""
    names = ("text", "json", "github", "sarif")
    for command in COMMANDS:
        parser = Parser()
        load_command(command).add_arguments(parser)
        for action in parser._actions:
            if "--format" in action.option_strings:
                assert [name for name in names if name in action.choices] == list(action.choices)
                assert "text" == action.default


def test_help_names_every_command_and_the_exit_codes(capsys: pytest.CaptureFixture[str]):
    """Whoever asks for help gets all of it."""
    with pytest.raises(SystemExit):
        main(["--help"])
    text = capsys.readouterr().out
    for word in (*COMMANDS, *COMMANDS.values(), "exit codes"):
        assert word in text


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_examples_and_exit_codes(command: str, capsys: pytest.CaptureFixture[str]):
    """Each says what it does, how it is called, and what its exit code means."""
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    text = capsys.readouterr().out
    assert 0 == stop.value.code
    assert load_command(command).DESCRIPTION.split(".")[0] in " ".join(text.split())
    assert f"examples:\n  news-digest {command}" in text
    assert "exit codes:\n  0  done" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_examples_of_a_command_can_be_understood(command: str):
    """What the help shows can be typed: every option in it exists."""
    for line in load_command(command).EXAMPLES.strip().splitlines():
        words = shlex.split(line.split("  ")[0].split(" > ")[0].split(" | ")[-1])
        assert words[:2] == ["news-digest", command]
        make_parser().parse_args(words[1:])


def test_asking_for_help_reads_no_command():
    """A command's module, and Pelican with it, is read when that command is asked for."""
    code = (
        "import sys; from pelican.plugins.news_digest.cli.main import make_parser; make_parser(()).format_help();"
        "print([name for name in sys.modules if 'news_digest.' in name])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    expected = [
        f"pelican.plugins.news_digest.{name}"
        for name in (
            "cli",
            "cli.command",
            "cli.main",
            "cli.terminal",
            "errors",
            "host",
            "host.terminal",
            "package",
        )
    ]
    assert expected == sorted(ast.literal_eval(said))


@pytest.mark.parametrize("command", ["build", "newsletter", "serve", "settings"])
def test_missing_settings_file_is_named(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A folder without pelicanconf.py is said to be one, with what to do."""
    settings = tmp_path / "pelicanconf.py"
    assert 2 == main([command, "-s", str(settings)])
    said = capsys.readouterr().err
    assert str(settings) in said
    assert "-s" in said


@pytest.mark.parametrize("command", ["build", "images", "newsletter", "check", "audit", "settings"])
def test_settings_file_that_does_not_run_is_said_with_its_line(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """By every command in the same words, with 2, as the help says, and without a traceback."""
    settings = tmp_path / "pelicanconf.py"
    settings.write_text("SITENAME = 'Tiny'\nSITENAME = = 1\n", encoding="utf-8")
    assert 2 == main([command, "-s", str(settings)])
    said = capsys.readouterr().err
    assert said.startswith(f"news-digest: {settings} cannot be read: line 2: SyntaxError: ")
    assert 1 == said.count("\n")


@pytest.mark.parametrize(
    "arguments", [["new", "T", "--link", ""], ["audit"], ["newsletter"], ["check"], ["images"]], ids=" ".join
)
@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("DIGEST_PAGESIZE = 3", "DIGEST_PAGESIZE is not a setting; did you mean DIGEST_PAGE_SIZE?"),
        ("DIGEST_PAGE_SIZE = 0", "DIGEST_PAGE_SIZE must be at least 1, not 0"),
    ],
)
def test_settings_that_cannot_be_used_are_said(
    arguments: list[str], line: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """By every command, with 2, as the help says, and without a traceback; nothing is done."""
    settings = tmp_path / "pelicanconf.py"
    settings.write_text(f"PLUGINS = ['pelican.plugins.news_digest']\n{line}\n", encoding="utf-8")
    assert 2 == main([*arguments, "-s", str(settings)])
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said


@pytest.mark.parametrize("command", [["build"], ["check"]], ids=" ".join)
@pytest.mark.parametrize("line", ["DIGEST_PAGESIZE = 3", "DIGEST_NOW = 'soon'"])
def test_build_and_check_end_alike_for_a_broken_setting(command: list[str], line: str, tmp_path: Path):
    """With 2, also where the value is only looked at once the content is read."""
    (tmp_path / "content").mkdir()
    (tmp_path / "pelicanconf.py").write_text(f"PLUGINS = ['pelican.plugins.news_digest']\nPATH = 'content'\n{line}\n")
    done = subprocess.run(
        [sys.executable, "-m", "pelican.plugins.news_digest", *command, "-s", "pelicanconf.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert 2 == done.returncode
    assert line.partition(" ")[0] in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
