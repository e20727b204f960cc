"""Who has a port: so that "taken" comes with a name."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from typing import Final

from ..errors import printable

_LISTENING: Final = "0A"
_SOCKET: Final = re.compile(r"socket:\[(\d+)\]\Z")
_MAX_CHARS: Final = 80


def who_has(port: int, *, proc: str = "/proc") -> str:
    """Return who listens at *port*, or how to ask: in words that follow "taken"."""
    inodes = set(_listeners(port, proc))
    for process in sorted(filter(str.isdigit, _names(proc)), key=int) if inodes else ():
        folder = f"{proc}/{process}"
        if any(_inode(f"{folder}/fd/{number}") in inodes for number in _names(f"{folder}/fd")):
            return f"by process {process}: {_command(folder)}"
    return f"(`{_question(port)}` says by whom)"


def _listeners(port: int, proc: str) -> Iterator[str]:
    """Yield the inodes of the sockets that listen at *port*, as Linux lists them."""
    for name in ("tcp", "tcp6"):
        try:
            with open(f"{proc}/net/{name}", encoding="ascii") as file:
                rows = [line.split() for line in file.readlines()[1:]]
        except OSError:
            continue
        yield from (row[9] for row in rows if row[3] == _LISTENING and int(row[1].rpartition(":")[2], 16) == port)


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:  # gone, or not ours to look at
        return []


def _inode(link: str) -> str:
    try:
        match = _SOCKET.match(os.readlink(link))
    except OSError:
        return ""
    return match[1] if match else ""


def _command(folder: str) -> str:
    try:
        with open(f"{folder}/cmdline", "rb") as file:
            words = file.read().decode("utf-8", "replace").split("\0")
    except OSError:
        return "?"
    line = printable(" ".join([os.path.basename(words[0]), *words[1:]]).strip())
    return line if len(line) <= _MAX_CHARS else f"{line[: _MAX_CHARS - 1]}…"


def _question(port: int) -> str:
    match sys.platform:
        case "win32":
            return f"netstat -ano | findstr :{port}"
        case "darwin":
            return f"lsof -nP -iTCP:{port} -sTCP:LISTEN"
        case _:
            return f"ss -ltnp 'sport = :{port}'"
