"""``news-digest serve`` as a program: how it begins, ends, and makes room for itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.builders import front_matter
from tests.preview.talking import PATIENCE_S, Listener, ask

if TYPE_CHECKING:
    from tests.conftest import Site

pytestmark = pytest.mark.busy("a preview in a process of its own is waited for")

PLUGIN = """\
import os
from pelican import signals

def say(generators):
    with open({path!r}, "w") as file:
        file.write({words!r})

def register():
    signals.all_generators_finalized.connect(say)
"""


class Program:
    """A running ``news-digest serve``."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.heard: list[str] = []

    def hear(self, words: str) -> str:
        """Return the next line that holds *words*."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.heard.append(line)
            if words in line:
                return line
        raise EOFError("".join(self.heard))

    def port(self) -> int:
        """Return where it serves, as it says itself."""
        return int(self.hear("Serving at").partition("127.0.0.1:")[2].partition("/")[0])

    def end(self, number: int) -> str:
        """Send a signal, and return all that was said when it has ended well."""
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=PATIENCE_S)
        said = "".join(self.heard) + rest
        assert 0 == self.process.returncode, said
        assert "Traceback" not in said
        return said


@contextmanager
def program(site: Site, *arguments: str, **env: str) -> Iterator[Program]:
    """Start the program in the site's folder; end it with the block, whatever happens."""
    command = [sys.executable, "-u", "-m", "pelican.plugins.news_digest", "serve", *arguments]
    process = subprocess.Popen(
        command,
        cwd=site.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "COLUMNS": "300", **env},
        # A shell that starts programs in the background has them ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )
    try:
        yield Program(process)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def news(site: Site) -> Site:
    """Return a site with one item."""
    site.settings(DIGEST_SEARCH=False, SITEURL="")
    site.write("news/a.md", front_matter())
    return site


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(news: Site, number: int):
    """With Ctrl-C, or when it is asked to; also while pages listen and connections are open."""
    with program(news, "-p", "0") as running:
        port = running.port()
        assert 200 == ask(port, "/").status
        with Listener(port, "/"):
            running.end(number)


def test_it_ends_cleanly_while_a_build_runs(news: Site):
    """Ctrl-C in the middle: here a plugin that waits for ever."""
    fifo = news.root / "fifo"
    os.mkfifo(fifo)
    (news.root / "mine").mkdir()
    (news.root / "mine" / "slow.py").write_text(PLUGIN.format(path=str(fifo), words=""), encoding="utf-8")
    conf = (news.root / "pelicanconf.py").read_text(encoding="utf-8")
    conf += f"PLUGIN_PATHS += [{str(news.root / 'mine')!r}]\nPLUGINS += ['slow']\n"
    (news.root / "pelicanconf.py").write_text(conf, encoding="utf-8")
    with program(news, "-p", "0") as running:
        running.hear("Reading")  # the archive is read, and the plugin waits for somebody to read its pipe
        running.end(signal.SIGINT)


def test_it_ends_cleanly_while_settings_are_read(news: Site):
    """Ctrl-C before there is anything to end."""
    fifo = news.root / "fifo"
    os.mkfifo(fifo)
    (news.root / "pelicanconf.py").write_text(f"print('here', flush=True)\nopen({str(fifo)!r})\n", encoding="utf-8")
    with program(news, "-p", "0") as running:
        running.hear("here")
        running.end(signal.SIGINT)


def test_it_starts_anew_when_a_plugin_changes(news: Site):
    """At the same port; an open page comes back, and hears of what changed. What cannot be run is said instead."""
    (news.root / "mine").mkdir()
    plugin, spoken = news.root / "mine" / "speaker.py", news.root / "spoken"
    plugin.write_text(PLUGIN.format(path=str(spoken), words="one"), encoding="utf-8")
    conf = (news.root / "pelicanconf.py").read_text(encoding="utf-8")
    conf += f"PLUGIN_PATHS += [{str(news.root / 'mine')!r}]\nPLUGINS += ['speaker']\n"
    (news.root / "pelicanconf.py").write_text(conf, encoding="utf-8")
    with program(news, "-p", "0") as running:
        port = running.port()
        assert "one" == spoken.read_text(encoding="utf-8")
        plugin.write_text("def register(:\n", encoding="utf-8")
        running.hear("keeping the last good build")
        running.hear("speaker.py:1: SyntaxError")
        # Of another length: Python takes a file of the same second and size for the one that it has compiled.
        plugin.write_text(PLUGIN.format(path=str(spoken), words="another"), encoding="utf-8")
        running.hear("speaker.py changed: restarting")
        running.hear("News Digest: ")
        running.hear("files written in")
        assert "another" == spoken.read_text(encoding="utf-8")
        assert 200 == ask(port, "/").status
        running.end(signal.SIGINT)


def test_second_preview_takes_the_next_port(news: Site):
    """And says who has the first, so that one can be ended."""
    with program(news, "-p", "0") as first:
        port = first.port()
        with program(news, "-p", str(port)) as second:
            assert f"port {port} is taken by process {first.process.pid}: " in second.hear("is taken")
            assert second.port() > port


def test_browser_is_opened_on_request(news: Site):
    """The one that the system names, at the address of the site."""
    fifo = news.root / "fifo"
    os.mkfifo(fifo)
    opener = news.root / "browser"
    opener.write_text(f'#!/bin/sh\necho "$1" > {fifo}\n', encoding="utf-8")
    opener.chmod(0o755)
    with program(news, "-p", "0", "--open", BROWSER=f"{opener} %s") as running:
        port = running.port()
        assert f"http://127.0.0.1:{port}/\n" == fifo.read_text(encoding="utf-8")
        running.end(signal.SIGINT)
