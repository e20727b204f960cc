"""Walk through a page of the documentation as its reader does: write its files, type its lines, open its addresses.

A page is walked when it keeps to a form, which is also how it reads best:

- a line that is a file's name in backquotes and a colon, then a block: the file; with ``Add to`` before it, its end;
- a block of ``console``: lines after ``$`` are typed, the others are the answer, ``…`` stands for anything;
- an address of the preview in angle brackets: it is opened; “quoted” words behind it are on that page;
- a picture below ``images/``: what the address opened last looks like at this point.

A command with ``serve`` goes on. Until a paragraph speaks of Ctrl-C, a block of ``console`` without a ``$`` is what it
says by itself, and lines are typed into another terminal.
"""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

import msgspec

PREVIEW: Final = "http://127.0.0.1:8000/"
_FENCE: Final = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE: Final = re.compile(r"^(Add to )?`([\w./-]+)`:$")
_ADDRESS: Final = re.compile(rf"<({re.escape(PREVIEW)}[^>]*)>")
_QUOTED: Final = re.compile("“([^”]+)”")
_PICTURE: Final = re.compile(r"!\[[^\]]*\]\([./]*images/([\w-]+)\.png\)")
_DONE: Final = "~~ done "


class File(msgspec.Struct, frozen=True):
    """A file to write, or to add to, relative to the folder that the reader is in."""

    path: str
    text: str
    is_added: bool = False


class Command(msgspec.Struct, frozen=True):
    """A line to type, and what it answers."""

    line: str
    answer: str


class Heard(msgspec.Struct, frozen=True):
    """What a command that goes on says by itself."""

    answer: str


class Interrupt(msgspec.Struct, frozen=True):
    """Ctrl-C, in the terminal of what goes on."""


class Visit(msgspec.Struct, frozen=True):
    """An address to open, below the preview's, and what it says."""

    path: str
    says: tuple[str, ...]


class Picture(msgspec.Struct, frozen=True):
    """A picture of the page that was opened last: ``images/<name>.png``."""

    name: str


Step = File | Command | Heard | Interrupt | Visit | Picture


def steps_of(page: str) -> tuple[Step, ...]:
    """Return what a reader of *page* does, in order."""
    return tuple(_steps(page))


def _steps(page: str) -> Iterator[Step]:
    end = 0
    for match in _FENCE.finditer(page):
        yield from _prose(page[end : match.start()])
        before = page[end : match.start()].rstrip().rpartition("\n")[2]
        end = match.end()
        if named := _FILE.match(before):
            yield File(named[2], match[2], is_added=bool(named[1]))
        elif match[1] == "console":
            yield from _commands(match[2])
    yield from _prose(page[end:])


def _prose(text: str) -> Iterator[Step]:
    for paragraph in text.split("\n\n"):
        line = " ".join(paragraph.split())
        _, *parts = _ADDRESS.split(line)
        for address, words in zip(parts[::2], parts[1::2], strict=True):
            yield Visit(address.removeprefix(PREVIEW), tuple(_QUOTED.findall(words)))
        for match in _PICTURE.finditer(line):
            yield Picture(match[1])
        if "Ctrl-C" in line:
            yield Interrupt()


def _commands(block: str) -> Iterator[Command | Heard]:
    if not block.startswith("$ "):
        yield Heard(block.strip())
        return
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, answer = part.partition("\n")
        yield Command(line.strip(), answer.strip())


def answers(said: str, expected: str) -> bool:
    """Return whether a command said what the page has, white space and ``…`` apart."""
    parts = [re.escape(" ".join(part.split())) for part in expected.split("…")]
    pattern = ".*?".join(part.replace(r"\ ", r"\s+") for part in parts)
    return re.fullmatch(pattern if expected else ".*", " ".join(said.split()), re.DOTALL) is not None


class Terminal:
    """A shell that a reader types into.

    Args:
        folder: Where it is opened.
        env: Its environment.
    """

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self._shell = subprocess.Popen(
            ["bash", "--norc"],  # noqa: S607 - the reader's own
            cwd=folder,
            env=dict(env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # As in a terminal, where Ctrl-C means something; who starts this in the background has it ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - nothing else runs yet
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self.folder = str(folder)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._shell.stdout or ():
            self._lines.put(line)

    def type(self, line: str, *, until: str = "", timeout_s: float = 300) -> tuple[str, int]:
        """Type a line; return what it says and its exit code.

        Args:
            line: A command.
            until: Do not wait for its end, but for this text: the command goes on, and the code is 0.
            timeout_s: How long to wait.

        Raises:
            TimeoutError: It did neither; the text is what it said.
        """
        self._write(line if until else f'{line}\necho "{_DONE}$? $PWD"')
        return self._read_until(lambda said: bool(until) and until in said, timeout_s=timeout_s)

    def hear(self, answer: str, *, timeout_s: float = 180) -> str:
        """Return what a command that goes on says, as soon as that is *answer*."""
        return self._read_until(lambda said: answers(said, answer), timeout_s=timeout_s)[0]

    def interrupt(self, *, timeout_s: float = 180) -> tuple[str, int]:
        """Press Ctrl-C; return what the command still says, and its exit code."""
        os.killpg(self._shell.pid, signal.SIGINT)
        self._write(f'echo "{_DONE}$? $PWD"')
        return self._read_until(lambda _: False, timeout_s=timeout_s)

    def _write(self, text: str) -> None:
        assert self._shell.stdin is not None  # noqa: S101 - a pipe was asked for
        self._shell.stdin.write(f"{text}\n")
        self._shell.stdin.flush()

    def _read_until(self, is_enough: Callable[[str], bool], *, timeout_s: float) -> tuple[str, int]:
        said = ""
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            try:
                text = self._lines.get(timeout=0.1)
            except queue.Empty:
                continue
            if text.startswith(_DONE):
                code, _, self.folder = text.removeprefix(_DONE).strip().partition(" ")
                return said, int(code)
            said += text
            if is_enough(said):
                return said, 0
        raise TimeoutError(said)

    def write(self, file: File) -> None:
        """Write a file, relative to where this terminal is."""
        target = os.path.join(self.folder, file.path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "a" if file.is_added else "w", encoding="utf-8") as out:
            out.write(file.text)

    def close(self) -> int:
        """Press Ctrl-C, close the terminal, and return the exit code; what does not heed it is killed."""
        os.killpg(self._shell.pid, signal.SIGINT)
        assert self._shell.stdin is not None  # noqa: S101 - as above
        self._shell.stdin.close()
        try:
            code = self._shell.wait(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(self._shell.pid, signal.SIGKILL)
            code = self._shell.wait()
        self._reader.join()
        if self._shell.stdout:
            self._shell.stdout.close()
        return code


class Taken(msgspec.Struct, frozen=True):
    """A step that was taken, and what came of it.

    Attributes:
        said: What a command said; ``""`` for other steps.
        code: Its exit code.
        preview: Where the preview is, ``""`` before there is one: the port of the page may be taken.
    """

    step: Step
    said: str = ""
    code: int = 0
    preview: str = ""


def walk(steps: tuple[Step, ...], folder: Path, env: Mapping[str, str]) -> Iterator[Taken]:
    """Take every step in terminals opened in *folder*, and at the end stop what still runs.

    Yields:
        Each step after it was taken, while the preview runs.
    """
    terminals = [Terminal(folder, env)]
    preview = ""
    try:
        for step in steps:
            said, code = "", 0
            match step:
                case File():
                    terminals[-1].write(step)
                case Command() if re.search(r"\bserve\b", step.line):
                    said, code = terminals[-1].type(step.line, until=PREVIEW.rpartition(":")[0])
                    preview = (re.findall(rf"{re.escape(PREVIEW.rpartition(':')[0])}:\d+/", said) or [""])[0]
                    said = said.replace(preview, PREVIEW)
                case Command():
                    if preview:
                        terminals.append(Terminal(folder, env))
                    said, code = terminals[-1].type(step.line)
                case Heard():
                    said = terminals[0].hear(step.answer)
                case Interrupt():
                    said, code = terminals[0].interrupt()
                    preview = ""
                case _:
                    pass
            yield Taken(step, said=said, code=code, preview=preview)
    finally:
        for terminal in terminals:
            terminal.close()
