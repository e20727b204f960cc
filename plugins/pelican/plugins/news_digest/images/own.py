"""Pictures of the site's own: which file a path means, and what is known of that file. Values only; no disk."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final
from urllib.parse import unquote

import msgspec

from ..errors import nearest

_NEIGHBOURS: Final = 8
_QUERY: Final = re.compile(r"[?#].*", re.DOTALL)


class OwnLook(msgspec.Struct, frozen=True, kw_only=True):
    """What looking at a file of the site's own has shown.

    Attributes:
        width_px, height_px: As it is seen (turned upright); 0 when nobody asked or it does not say.
        problem: Why it cannot be shown, as what follows "it is"; ``""`` when it can.
    """

    width_px: int = 0
    height_px: int = 0
    problem: str = ""


class OwnFiles:
    """Finds the file that a path means.

    A path is tried as it stands, then without its query, decoded, with ``+`` for a space, and at last without regard to
    case or to how accents are composed. Only files that the site publishes can be found, whatever is asked for.

    Args:
        files: Paths below the content folder that the site publishes, such as ``images/a.jpg``.
    """

    def __init__(self, files: Iterable[str]) -> None:
        self.files = frozenset(files)
        self._found: dict[str, str] = {}

    def find(self, path: str) -> str:
        """Return the file that *path*, which begins with ``/``, means; ``""`` for none."""
        found = self._found.get(path)
        if found is None:
            found = self._found[path] = self._find(path.lstrip("/"))
        return found

    def nearest(self, path: str) -> str:
        """Return the file that *path* was probably meant to mean: one of a like name; ``""`` for none.

        Only names that begin or end as this one does are compared: a site may have thousands, and miss hundreds.
        """
        wanted = unquote(_QUERY.sub("", path)).lstrip("/")
        name = _folded(wanted.rpartition("/")[2])
        forwards, backwards = self._sorted_names
        near = {*_around(name, forwards), *(found[::-1] for found in _around(name[::-1], backwards))}
        found = nearest(name, near)
        return nearest(wanted, self._by_name[found]) or self._by_name[found][0] if found else ""

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """The files by their folded names without folders."""
        names: dict[str, list[str]] = {}
        for file in sorted(self.files):
            names.setdefault(_folded(file.rpartition("/")[2]), []).append(file)
        return names

    @cached_property
    def _sorted_names(self) -> tuple[list[str], list[str]]:
        """Those names in the order of the alphabet, and the same read backwards."""
        return sorted(self._by_name), sorted(name[::-1] for name in self._by_name)

    def _find(self, path: str) -> str:
        for written in _readings(path):
            if written in self.files:
                return written
        return next((file for written in _readings(path) if (file := self._by_fold.get(_folded(written)))), "")

    @cached_property
    def _by_fold(self) -> dict[str, str]:
        """The files by their folded paths; of two the first in the order of the alphabet."""
        return {_folded(file): file for file in sorted(self.files, reverse=True)}


def _readings(path: str) -> Iterator[str]:
    """Yield what *path* may mean, the likeliest first."""
    for written in dict.fromkeys((path, _QUERY.sub("", path))):
        yield written
        if "%" in written:
            yield unquote(written)
        if "+" in written:
            yield unquote(written.replace("+", " "))


def _around(name: str, among: list[str]) -> list[str]:
    """Return those of the sorted *among* that share most of their beginning with *name*."""
    at = bisect_left(among, name)
    return among[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS]


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
