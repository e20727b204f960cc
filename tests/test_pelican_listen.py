"""``pelican -lr``, Pelican's own preview, goes on working beside ours."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import watchfiles

from tests.builders import front_matter
from tests.preview.talking import ask

if TYPE_CHECKING:
    from tests.conftest import Site

LOOKS = 600


def test_pelican_serves_and_builds_again(site: Site):
    """An edit is in what it serves, without a restart, and so is the next one."""
    site.settings(SITEURL="", DIGEST_SEARCH=False)
    site.write("news/a.md", front_matter(title='"First"'))
    site.output.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    changes = watchfiles.watch(site.output, step=50, rust_timeout=100, yield_on_timeout=True)
    next(changes)
    command = [sys.executable, "-m", "pelican", "-lr", "-p", str(port)]
    process = subprocess.Popen(
        command, cwd=site.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    page = site.output / "news/a/index.html"
    try:
        for title in ("First", "Second", "Third"):
            site.write("news/a.md", front_matter(title=f'"{title}"'))
            for attempt, _ in enumerate(changes):
                assert process.poll() is None
                assert attempt < LOOKS
                if page.is_file() and title in page.read_text(encoding="utf-8"):
                    break
                # Pelican begins to watch at some moment after a build: until it does, what it misses is written again.
                os.utime(site.root / "content/news/a.md")
            assert title in ask(port, "/news/a/").body
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
