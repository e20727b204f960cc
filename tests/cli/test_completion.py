"""Completion: what each shell makes of the script, in that shell."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from pelican.plugins.news_digest.cli.completion import SHELLS, completion_script
from pelican.plugins.news_digest.cli.main import COMMANDS, main, make_parser

# Ask a shell what it would offer for a line whose last word is begun: the answers, one a line.
ASK = {
    "bash": (
        'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE};'
        '_shtab_news_digest "$1" "${COMP_WORDS[$COMP_CWORD]}" "$3"; printf "%s\\n" "${COMPREPLY[@]}"'
    ),
    "fish": 'source $argv[1]; complete -C "$argv[2..]"',
}


def offered(shell: str, folder: Path, *words: str) -> list[str]:
    """Return what *shell* offers for *words*; skip where there is no such shell."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"no {shell} on this machine")
    script = folder / "script"
    script.write_text(completion_script(make_parser(), shell), encoding="utf-8")
    arguments = [program, "-c", ASK[shell], *([shell] if shell == "bash" else []), str(script), *words]
    said = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, check=True)
    return [line.partition("\t")[0].strip() for line in said.stdout.splitlines()]


@pytest.mark.parametrize("shell", ASK)
def test_commands_are_offered(shell: str, tmp_path: Path):
    """The first word is one of the commands."""
    assert set(COMMANDS) <= set(offered(shell, tmp_path, "news-digest", ""))


@pytest.mark.parametrize("shell", ASK)
def test_options_of_a_command_are_offered(shell: str, tmp_path: Path):
    """Each command has its own."""
    found = offered(shell, tmp_path, "news-digest", "build", "--f")
    assert {"--fatal", "--fresh"} <= set(found)
    assert "--port" not in found


@pytest.mark.parametrize("shell", ASK)
def test_values_and_files_are_offered(shell: str, tmp_path: Path):
    """Choices are those of the option; where a path is wanted, files are named."""
    (tmp_path / "otherconf.py").write_text("", encoding="utf-8")
    assert ["errors", "warnings"] == sorted(offered(shell, tmp_path, "news-digest", "build", "--fatal", ""))
    assert ["otherconf.py"] == offered(shell, tmp_path, "news-digest", "build", "--settings", "other")


@pytest.mark.parametrize("shell", SHELLS)
def test_script_is_one_that_its_shell_can_read(shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """No help text breaks the script, whatever quotes stand in it."""
    assert 0 == main(["completion", shell])
    script = tmp_path / "script"
    script.write_text(capsys.readouterr().out, encoding="utf-8")
    assert "news-digest" in script.read_text(encoding="utf-8")
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} on this machine")
    said = subprocess.run([shell, "-n", str(script)], capture_output=True, text=True, check=False)
    assert (0, "") == (said.returncode, said.stderr)
