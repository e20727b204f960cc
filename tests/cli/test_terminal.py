"""What commands print on a terminal, and what a program gets that reads them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.builders import front_matter

if TYPE_CHECKING:
    from tests.conftest import Site

pty = pytest.importorskip("pty", reason="Windows has no terminals of this kind")

WHAT = "content/news/bad.md:1: ND104 publishedDateTime: missing → use YYYY-MM-DDThh:mm:ssZ, e.g. 2026-03-02T08:00:00Z"
# What decides about colours, and is not to come from whoever runs the tests.
DECIDERS = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLORTERM", "COLUMNS", "TTY_COMPATIBLE")
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[0-8]|9[0-7])(?:;\d+)*m")
COMMANDS = {"news-digest": "pelican.plugins.news_digest", "pelican": "pelican"}


@pytest.fixture
def one_bad(site: Site) -> Site:
    """Return a site with one item that can be used, and one that cannot."""
    site.settings(DIGEST_SEARCH=False, DIGEST_CARDS="none", DIGEST_NEWSLETTER="none", DIGEST_WORKERS=1)
    site.write("news/good.md", front_matter(title="Good", publishedDateTime="2026-05-02", webUrl="https://a.example/"))
    site.write("news/bad.md", "---\ntitle: Bad\n---\nText.\n")
    return site


def environment(**given: str) -> dict[str, str]:
    """Return this process's environment with *given*, and no other wish for colours."""
    inherited = {name: value for name, value in os.environ.items() if name not in DECIDERS}
    return {**inherited, "TERM": "xterm-256color", **given}


def piped(command: str, folder: Path, **given: str) -> tuple[int, str]:
    """Return exit code and output, standard error included, of *command* run where no terminal is."""
    program, *words = command.split()
    done = subprocess.run(
        [sys.executable, "-m", COMMANDS[program], *words],
        cwd=folder,
        env=environment(**given),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return done.returncode, done.stdout


def on_terminal(command: str, folder: Path, *, columns: int = 80, **given: str) -> tuple[int, str]:
    """Return exit code and all that *command* sends to a terminal of *columns*."""
    import fcntl
    import struct
    import termios

    program, *words = command.split()
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-m", COMMANDS[program], *words],
        cwd=folder,
        env=environment(**given),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        said = b""
        try:
            while part := os.read(ours, 1 << 16):
                said += part
        except OSError:  # how Linux says that nobody has the other end any more
            pass
    os.close(ours)
    return process.returncode, said.decode().replace("\r\n", "\n")


def shown(said: str) -> str:
    """Return *said* as letters alone: without what moves and colours them."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said)


def test_a_piped_build_says_one_line_a_message(one_bad: Site):
    """Whatever the width: no columns, no times, no modules; nothing of Pelican's that ours has said."""
    code, said = piped("news-digest build", one_bad.root, COLUMNS="20")
    assert 0 == code
    expected = f"""\
Reading: 2 files in N s
error: 1 file could not be used and was left out:
  {WHAT}
Writing: N files in N s
News Digest: N items of N, N pages, N files changed, 0 removed, 1 error, 0 warnings, 0 notes in N s
"""
    numbers = re.sub(r"(?<=Writing: )\d+|(?<=in )[\d.]+|(?<=Digest: ).*(?= removed)", "N", said)
    assert re.sub(r"(?<=Digest: ).*(?= removed)", "N", expected) == numbers


@pytest.mark.parametrize("command", ["news-digest build", "pelican"])
@pytest.mark.parametrize("columns", [40, 120])
def test_a_terminal_shows_one_display_that_knows_its_total(command: str, columns: int, one_bad: Site):
    """Ours stands for Pelican's too, from the first moment on; what is said is said beside it, in colours."""
    code, said = on_terminal(command, one_bad.root, columns=columns)
    text = shown(said)
    assert 0 == code
    assert "Generating" not in text
    assert "?" not in text
    assert "0 of 2 " in text
    assert re.search(r"Writing +\S+ 0 of \d\d ", text)
    frames = [shown(frame) for frame in re.split(r"[\r\n]|\x1b\[2K", said)]
    assert max(len(frame) for frame in frames if "━" in frame) <= columns
    assert COLOUR.search(said)


def test_what_a_terminal_shows_is_not_broken(one_bad: Site):
    """A terminal wraps by itself: what is copied out of it is a line, and a place to click is whole."""
    assert WHAT in shown(on_terminal("news-digest build", one_bad.root, columns=40)[1])
    assert WHAT in shown(on_terminal("news-digest check", one_bad.root, columns=40)[1])


@pytest.mark.parametrize(
    ("has_colours", "command", "wishes"),
    [
        (True, "bild", {}),
        (True, "bild", {"CLICOLOR": "1"}),
        (True, "bild", {"FORCE_COLOR": "1", "CLICOLOR": "0"}),
        (False, "bild", {"NO_COLOR": "1"}),
        (False, "bild", {"NO_COLOR": "1", "FORCE_COLOR": "1"}),
        (False, "bild", {"TERM": "dumb"}),
        (False, "bild", {"CLICOLOR": "0"}),
        (True, "check", {}),
        (False, "check", {"CLICOLOR": "0"}),
        (False, "build", {"NO_COLOR": "1"}),
        (False, "build", {"TERM": "dumb"}),
    ],
)
def test_wishes_for_colours_are_heard(command: str, wishes: dict[str, str], *, has_colours: bool, one_bad: Site):
    """A terminal has colours unless somebody wants none."""
    said = on_terminal(f"news-digest {command}", one_bad.root, **wishes)[1]
    assert has_colours == bool(COLOUR.search(said))


@pytest.mark.parametrize("command", ["news-digest check", "news-digest build", "news-digest bild"])
def test_what_is_piped_is_plain_unless_colours_are_forced(command: str, one_bad: Site):
    """FORCE_COLOR, as CI sets it, gives the same lines with colours, and nothing that moves."""
    code, plain = piped(command, one_bad.root)
    assert "\x1b" not in plain
    forced_code, forced = piped(command, one_bad.root, FORCE_COLOR="1")
    assert code == forced_code
    assert COLOUR.search(forced)
    assert "━" not in forced
    other = re.compile(r"(?<=in )[\d.]+|\d+ files changed|Writing: .*\n")  # of a second build
    assert other.sub("", plain) == other.sub("", shown(forced))


def test_a_fatal_error_is_told_without_a_traceback(one_bad: Site):
    """What is wrong has been said: where Pelican stopped adds nothing to it."""
    code, said = piped("news-digest build --fatal errors", one_bad.root)
    assert 1 == code
    assert said.endswith(f"  {WHAT}\nerror: the build was stopped, as --fatal asks\n")


def test_a_reader_that_has_read_enough_is_no_error(one_bad: Site):
    """`news-digest settings | head -1` has its line, and no traceback."""
    script = f"{sys.executable} -m {COMMANDS['news-digest']} settings | head -1"
    done = subprocess.run(
        ["sh", "-c", script], cwd=one_bad.root, env=environment(), capture_output=True, text=True, check=False
    )
    assert "" == done.stderr
    assert done.stdout.startswith("# ")


def test_signs_that_an_encoding_lacks_are_written_as_numbers(one_bad: Site):
    """A terminal without an arrow is no reason to say nothing."""
    code, said = piped("news-digest check", one_bad.root, PYTHONIOENCODING="ascii")
    assert 1 == code
    assert WHAT.replace("→", r"\u2192") in said


def test_logs_of_a_command_stay_out_of_its_answer(one_bad: Site):
    """What Pelican warns of while settings are read does not stand in JSON."""
    conf = one_bad.root / "pelicanconf.py"
    conf.write_text(f"{conf.read_text(encoding='utf-8')}\nimport logging\nlogging.warning('hm')\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", COMMANDS["news-digest"], "settings", "page_size", "--format", "json"],
        cwd=one_bad.root,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("[")
    assert "warning: hm\n" == done.stderr
