"""What an import decided, on disk: new files, changed ones, and the list of everything that was ever imported."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from datetime import date, tzinfo
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from ...disk.files import item_address, stem_of
from ...disk.limits import USUAL_LIMITS
from ...disk.sealed import replace_file
from ...disk.walking import find_files
from ...errors import Severity
from ...frontmatter.items.compose import compose_file, file_stem
from ...frontmatter.items.convert import parse_item
from ...naming.names import name_key, portable_name
from .identity import FileLinks, Known, links_of_file
from .prints import updated, with_print

if TYPE_CHECKING:
    from .decide import Wanted

log = logging.getLogger(__name__)
# Everything that was imported, a line each: what has one and no file was deleted by somebody.
LEDGER: Final = ".imported"
LEDGER_HEAD: Final = (
    "# What `news-digest import` brought: day, id, link. An entry that has a line and no file was deleted here, and\n"
    "# is not imported again. Keep this file with the items; lines that are older than a year may go.\n"
)
_ENDING: Final = ".md"


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one entry.

    Attributes:
        path: Its file, relative to the content folder.
        is_new, is_updated: Whether the file is new, or changed; neither: it is as it was.
        is_edited: Whether somebody else wrote in it, so that something of it does not follow its source.
    """

    path: str = ""
    is_new: bool = False
    is_updated: bool = False
    is_edited: bool = False
    problem: str = ""


class NewsFolder:
    """The folder with the items, as an import reads and writes it.

    Args:
        content: Pelican's ``PATH``.
        tz: The site's zone, in which files have their day.
        is_dry: Whether nothing is written.
    """

    def __init__(self, content: Path, news: str, *, tz: tzinfo, is_dry: bool = False) -> None:
        self._content = content
        self._news = news
        self._tz = tz
        self._is_dry = is_dry
        self._ledger = content / news / LEDGER
        self._ended = _read_ledger(self._ledger)
        self._new_lines: list[str] = []
        self._names: set[str] = set()

    def read(self) -> Known:
        """Return what the folder has, and had."""
        files: dict[str, FileLinks] = {}
        for path in find_files(self._content, self._news, (_ENDING,)):
            self._names.add(name_key(path))
            text = self._text(path)
            if text is not None:
                links = files[path] = links_of_file(text)
                # Of a run that was killed, or of a list that somebody deleted.
                if links.id and links.id not in self._ended and not self._is_dry:
                    self._new_lines.append(_line(path.rpartition("/")[2][: len("2026-05-03")], links))
        return Known(files, self._ended)

    def write(self, wanted: Wanted, *, day: date) -> Written:
        """Write what is *wanted*, or leave it.

        Raises:
            OSError: The disk refuses.
        """
        return self._update(wanted) if wanted.path else self._create(wanted, day=day)

    def _create(self, wanted: Wanted, *, day: date) -> Written:
        stem = portable_name(wanted.stem) or file_stem(str(wanted.values["title"]), wanted.date, tz=self._tz)
        if wanted.stem and name_key(f"{self._news}/{stem}{_ENDING}") in self._names:
            return Written(path=f"{self._news}/{stem}{_ENDING}")
        names = (f"{self._news}/{stem}{f'-{number}' if number > 1 else ''}{_ENDING}" for number in count(1))
        path = next(name for name in names if name_key(name) not in self._names)
        text, problem = self._composed(wanted, path)
        if problem:
            return Written(problem=problem)
        self._add(path, text.encode(), wanted.links, day=day)
        return Written(path=path, is_new=True)

    def _add(self, path: str, data: bytes, links: FileLinks, *, day: date) -> None:
        self._names.add(name_key(path))
        if not self._is_dry:
            replace_file(self._content / path, data)
            if links.keys:
                self._new_lines.append(_line(day.isoformat(), links))

    def copy(self, name: str, data: bytes, links: FileLinks, *, day: date) -> bool:
        """Write a file of somebody else's as it is, unless one of its name is there; return whether it was written.

        Args:
            name: Relative to the news folder, as :func:`..naming.names.portable_name` would have it.
        """
        path = f"{self._news}/{'/'.join(map(portable_name, name.split('/')))}"
        if name_key(path) in self._names:
            return False
        self._add(path, data, links, day=day)
        return True

    def _composed(self, wanted: Wanted, path: str) -> tuple[str, str]:
        """Return the text of a new file, or why no build would read it; its body goes before the item does."""
        problem = ""
        for each in (wanted, msgspec.structs.replace(wanted, body="")) if wanted.body else (wanted,):
            try:
                text = compose_file(with_print(each), each.body)
            except (ValueError, TypeError) as error:
                return "", str(error)
            stem = stem_of(path)
            parsed = parse_item(text, source_path=path, slug=stem, address=item_address(stem), tz=self._tz)
            said = [each.message for each in parsed.diagnostics if each.severity is Severity.ERROR]
            if parsed.item is not None and not said:
                return text, ""
            problem = said[0] if said else "cannot be read"
        return "", problem

    def _update(self, wanted: Wanted) -> Written:
        text = self._text(wanted.path)
        if text is None:
            return Written(path=wanted.path)
        change = updated(text, wanted)
        if change.text is None:
            return Written(path=wanted.path, is_edited=change.is_edited)
        if not self._is_dry:
            replace_file(self._content / wanted.path, change.text.encode("utf-8", "surrogateescape"))
        return Written(path=wanted.path, is_updated=True, is_edited=change.is_edited)

    def _text(self, path: str) -> str | None:
        """Return a file as it stands, line ends and byte-order mark included; None when it cannot be read."""
        full = self._content / path
        try:
            if os.path.getsize(full) > USUAL_LIMITS.file_bytes:
                return None
            return full.read_bytes().decode("utf-8", "surrogateescape")
        except FileNotFoundError:  # another feed brings it in this very run
            return None
        except OSError as error:
            log.warning("%s cannot be read: %s", path, error.strerror)
            return None

    def close(self) -> None:
        """Write down what was imported.

        Raises:
            OSError: The disk refuses.
        """
        if self._new_lines:
            old = self._ledger.read_text(encoding="utf-8") if self._ledger.is_file() else LEDGER_HEAD
            end = "" if old.endswith("\n") else "\n"
            replace_file(self._ledger, f"{old}{end}{chr(10).join(self._new_lines)}\n".encode())
            self._new_lines = []


def _line(day: str, links: FileLinks) -> str:
    return " ".join(("".join(day.split()) or "-", links.id or "-", *links.keys))


def _read_ledger(path: Path) -> frozenset[str]:
    try:
        lines: Iterable[str] = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split()[1:])
