"""A process for strangers' work: it answers, or it is said why not, and the next question is answered again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pelican.plugins.news_digest.running.child import Child, ChildError

MEGABYTES = 120

WORK = """
import os, socket, subprocess, sys, time

def answer(question):
    if question == b"loop":
        while True:
            pass
    if question == b"memory":
        return b"x" * (1 << 30)
    if question == b"raise":
        raise ValueError("no \\x1b good")
    if question == b"deep":
        return answer(question)
    if question == b"exit":
        os._exit(3)
    if question == b"net":
        socket.create_connection(("127.0.0.1", 9))
    if question == b"run":
        subprocess.run(["true"])
    if question == b"print":
        print("noise")
    return b"<" + question + b">"
"""


@pytest.fixture
def child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Child]:
    """Return a child that does this test's work."""
    (tmp_path / "work_of_a_test.py").write_text(WORK, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    made = Child("work_of_a_test", "answer", memory_bytes=MEGABYTES << 20, time_s=8)
    yield made
    made.close()


def test_it_answers_again_and_again(child: Child):
    """Small and large questions; what is printed on the way is no answer."""
    assert [b"<a>", b"<print>", b"<b>"] == [child.ask(question) for question in (b"a", b"print", b"b")]
    assert 2_000_002 == len(child.ask(b"x" * 2_000_000))


@pytest.mark.parametrize(
    ("expected", "question"),
    [
        ("ValueError: no", b"raise"),
        ("is nested too deeply", b"deep"),
        ("ended the process that read it", b"exit"),
        ("not allowed here", b"net"),
        ("not allowed here", b"run"),
        pytest.param(
            f"needs more than {MEGABYTES} MB of memory",
            b"memory",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits it"),
        ),
    ],
)
def test_what_it_fails_is_said_and_the_next_is_answered(child: Child, expected: str, question: bytes):
    """In words; a new process takes over."""
    with pytest.raises(ChildError, match=expected):
        child.ask(question)
    assert b"<a>" == child.ask(b"a")


@pytest.mark.busy("a process has a second to start and to answer")
def test_it_is_ended_when_it_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Whatever it is doing."""
    (tmp_path / "work_of_a_test.py").write_text(WORK, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    child = Child("work_of_a_test", "answer", memory_bytes=MEGABYTES << 20, time_s=1.5)
    with pytest.raises(ChildError, match=r"took longer than 1\.5 s"):
        child.ask(b"loop")
    child.close()


def test_functions_of_this_package_answer():
    """They are found in the other process, wherever the package lies."""
    ask: Callable[[bytes], bytes] = Child(
        "pelican.plugins.news_digest.newsdesk.incoming.parsing", "answer", memory_bytes=MEGABYTES << 20, time_s=20
    ).ask
    with pytest.raises(ChildError, match="FileNotFoundError"):
        ask(b"\x81\xa4path\xa4gone\xa3url\xa0".replace(b"\x81", b"\x82"))
