"""Pagefind's program: words in, what it makes of each out. Nothing but its answer lies on a disk meanwhile.

It runs as a service that reads messages and answers each: JSON in base64, with a comma behind it. It ends as soon as
nobody can send another one, so that its input stays open until all is answered.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from subprocess import PIPE
from typing import IO, Final

import msgspec

from .form import ENTRY, VERSION, UnknownFormError, Word, read_words

TIMEOUT_S: Final = 600
# Of what Pagefind writes, what runs in the browser: its own widgets are left out.
_PROGRAM: Final = frozenset({"pagefind.js", "pagefind-worker.js", ENTRY})
_PROGRAM_ENDING: Final = ".pagefind"
OTHER_FORM: Final = (
    f"its index has another form than that of version {VERSION}x; pip install 'pagefind[bin]~={VERSION}0'"
)
# Is read with all others: without a word there is no index.
_ALWAYS: Final = "a"
_READ_BYTES: Final = 1 << 20


class PagefindError(Exception):
    """Pagefind did not make an index.

    Attributes:
        said: What it said, or what became of it.
    """

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class _File(msgspec.Struct):
    path: str
    content: bytes  # which stands there in base64


class _Payload(msgspec.Struct):
    type: str
    message: str = ""
    files: list[_File] = []


class _Answer(msgspec.Struct):
    payload: _Payload


_DECODER: Final = msgspec.json.Decoder(_Answer)


def find_pagefind() -> Path | None:
    """Return Pagefind's program: what ``PAGEFIND_BINARY_PATH`` names, else that of its packages, else that on ``PATH``.

    Pagefind's own Python looks in the same places, but imports asyncio for it.
    """
    if named := os.environ.get("PAGEFIND_BINARY_PATH"):
        return Path(named)
    for package in ("pagefind_bin_extended", "pagefind_bin"):
        # They are optional (the extra "search"), and may be without the program.
        with suppress(ImportError, AttributeError, FileNotFoundError):
            found: Path = import_module(package).get_executable()
            return found
    on_path = shutil.which("pagefind_extended") or shutil.which("pagefind")
    return Path(on_path) if on_path else None


def ask_for_words(words: Sequence[str], *, lang: str, tool: Path) -> tuple[dict[str, Word], dict[str, bytes]]:
    """Return what Pagefind makes of each of *words*, and the files of its program for the browser.

    Args:
        words: What stands between two spaces, each once.
        lang: The site's language: the index has one, so that everything can be found from one page.
        tool: See :func:`find_pagefind`.

    Raises:
        PagefindError: It failed, or what it wrote is not understood.
    """
    asked = (_ALWAYS, *words)
    files = _ask(_messages(" ".join(asked), lang), tool)
    try:
        found = read_words(files, asked)
    except UnknownFormError as error:
        msg = f"{OTHER_FORM} ({error})"
        raise PagefindError(msg) from error
    program = {name: data for name, data in files.items() if name in _PROGRAM or name.endswith(_PROGRAM_ENDING)}
    return found, program


def _messages(text: str, lang: str) -> Iterator[dict[str, object]]:
    config = {"force_language": lang.partition("-")[0].lower(), "keep_index_url": True}
    yield {"type": "NewIndex", "config": config}
    yield {
        "type": "AddRecord",
        "index_id": 0,
        "url": "/",
        "content": text,
        "language": config["force_language"],
        "meta": {"title": text},
    }
    yield {"type": "GetFiles", "index_id": 0}


def _ask(messages: Iterator[dict[str, object]], tool: Path) -> dict[str, bytes]:
    """Return the files of the index that Pagefind makes when it is sent *messages*.

    Raises:
        PagefindError: It failed.
    """
    sent = [
        b64encode(msgspec.json.encode({"message_id": number, "payload": payload})) + b","
        for number, payload in enumerate(messages)
    ]
    # Pagefind reads settings from the folder it is in and from PAGEFIND_*: neither is the site's business.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PAGEFIND_")}
    with tempfile.TemporaryDirectory() as empty, tempfile.TemporaryFile() as complaints:
        command = [str(tool), "--service"]
        try:
            process = subprocess.Popen(  # noqa: S603 - the program that find_pagefind found, and our own arguments
                command, bufsize=0, cwd=empty, env=environment, stdin=PIPE, stdout=PIPE, stderr=complaints
            )
        except OSError as error:
            raise PagefindError(str(error)) from error
        with process:
            answers, rest = _exchange(process, sent)
        complaints.seek(0)
        said = (rest + complaints.read()).decode(errors="replace").strip()
    if len(answers) < len(sent):
        raise PagefindError(said or f"exit code {process.returncode}")
    return _files(answers)


def _exchange(process: subprocess.Popen[bytes], sent: Sequence[bytes]) -> tuple[list[bytes], bytes]:
    """Send messages, and return the answers, fewer where the program gives up, and what it said beside them."""
    assert process.stdin is not None  # noqa: S101 - see _ask
    assert process.stdout is not None  # noqa: S101
    timer = threading.Timer(TIMEOUT_S, process.kill)
    answers: list[bytes] = []
    begun: list[bytes] = []
    try:
        timer.start()
        _send(process.stdin, sent)  # it reads all of it, whatever it has answered
        while len(answers) < len(sent) and (data := process.stdout.read(_READ_BYTES)):
            first, *others = data.split(b",")
            begun.append(first)
            for other in others:
                answers.append(b"".join(begun))
                begun = [other]
        if len(answers) < len(sent):
            process.wait()
    finally:
        timer.cancel()
        process.kill()
        timer.join()  # no process is copied that has a thread
    return answers, b"".join(begun)


def _send(pipe: IO[bytes], messages: Sequence[bytes]) -> None:
    left = memoryview(b"".join(messages))
    with suppress(OSError):  # it has given up: what it said is looked at
        while left:
            left = left[pipe.write(left) :]


def _files(answers: Sequence[bytes]) -> dict[str, bytes]:
    """Return the files in *answers*.

    Raises:
        PagefindError: One of them is an error.
    """
    files: dict[str, bytes] = {}
    for answer in answers:
        try:
            payload = _DECODER.decode(b64decode(answer)).payload
        except (ValueError, msgspec.MsgspecError) as error:
            raise PagefindError(answer.decode(errors="replace")) from error
        if payload.type == "Error":
            raise PagefindError(payload.message)
        files.update((file.path.replace("\\", "/"), file.content) for file in payload.files)
    return files
