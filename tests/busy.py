"""Which failures may be luck: only those of tests that are marked ``busy``, each with its reason."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pytest

MARK = "busy"


class Verdict(NamedTuple):
    """What is to be done about failures: tests to ask once more, and what counts at once."""

    again: frozenset[str]
    final: tuple[str, ...]


def judge(failed: Iterable[str], busy: Collection[str]) -> Verdict:
    """Return what is to be asked once more.

    One failure that counts at once makes asking the others pointless, and where no test failed it was something else,
    such as style, types or coverage: then nothing is asked.

    Args:
        failed: The ids of what failed; a file or a folder that could not even be collected has one, too.
        busy: The ids of the tests that are marked.
    """
    found = sorted(failed)
    final = tuple(name for name in found if name not in busy)
    if not found:
        final = ("no test failed: it was something else",)
    return Verdict(frozenset() if final else frozenset(found), final)


def reasons_missing(items: Iterable[pytest.Item]) -> list[str]:
    """Return the tests that are marked without a reason."""
    marks = ((item.nodeid, mark) for item in items if (mark := item.get_closest_marker(MARK)))
    return [name for name, mark in marks if not (mark.args and isinstance(mark.args[0], str))]
