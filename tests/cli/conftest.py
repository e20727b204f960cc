"""What tests of commands share."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module

import pytest

from pelican.plugins.news_digest.newsdesk.incoming import parsers, web_page

_alone = threading.Lock()


class ChildHere:
    """Stands for :class:`pelican.plugins.news_digest.running.child.Child` and answers in this process."""

    def __init__(self, module: str, function: str, **_limits: float) -> None:
        self._answer: Callable[[bytes], bytes] = getattr(import_module(module), function)

    def ask(self, question: bytes) -> bytes:
        """Return the answer to *question*."""
        with _alone:  # as in a process of its own: what is ignored of warnings is so for all threads
            return self._answer(question)

    def close(self) -> None:
        """There is nothing to end."""


@pytest.fixture
def reads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read feeds and pages without a process for each: such processes have tests of their own.

    They are ``tests/running/test_child.py``, and two hundred feeds and the whole way in ``tests/newsdesk/incoming``.
    """
    for module in (parsers, web_page):
        monkeypatch.setattr(module, "Child", ChildHere)
