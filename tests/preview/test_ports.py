"""Where a preview listens when others do: beside them, and it is said who they are."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from pelican.plugins.news_digest.preview.ports import who_has
from pelican.plugins.news_digest.preview.session import PORTS_TO_TRY, NoPortError, open_server

from .talking import plain


def test_taken_port_is_reported_and_the_next_one_tried(folder: Path):
    """Two previews run beside each other, and the second says who has the place of the first."""
    said: list[str] = []
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        server = open_server(plain(folder), port=port, say=said.append)
        server.server_close()
    assert port < server.port < port + PORTS_TO_TRY
    assert f"port {port} is taken by process {os.getpid()}: " in said[0]


def test_when_no_port_is_free_it_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """The first and the last that were tried are named."""
    monkeypatch.setattr("pelican.plugins.news_digest.preview.session.PORTS_TO_TRY", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(NoPortError, match=f"ports {port} to {port} are all taken"):
            open_server(plain(folder), port=port, say=print)


def test_where_processes_are_not_listed_it_says_how_to_ask(tmp_path: Path):
    """On a system without /proc, or for a process of somebody else."""
    assert "says by whom" in who_has(8000, proc=str(tmp_path))
