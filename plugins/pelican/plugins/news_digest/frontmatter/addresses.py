"""What is known of addresses between builds: a committed file for those that several want, the cache for the rest."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from ..disk.sealed import BrokenSealError, read_packed, read_regular, renew_sealed, replace_file
from ..errors import Diagnostic, diagnose
from ..naming.names import name_key
from ..naming.places import Known, Settled

log = logging.getLogger(__name__)
FILE: Final = "addresses.yaml"
# A file for each part: those of 200,000 items have 31 MB of names, which are asked for where several want one.
CACHE_NAME: Final = "addresses-{}.msgpack"
_HEAD: Final = """\
# Who has which address, where several want one: whoever came first. Written by `news-digest build`; commit it.
# You may remove the line of a file that is gone for good.
"""
_TEXT: Final = r'"(?:[^"\\]|\\.)*"'
_LINE: Final = re.compile(rf"\s*(?:(?P<name>{_TEXT})\s*:\s*(?P<owner>{_TEXT})\s*)?(?:#.*)?\Z")
_LAST: Final = msgspec.msgpack.Decoder(dict[str, str])


class AddressBook:
    """What is written down of all parts of a site, and what the last build gave out.

    Args:
        content: Pelican's ``PATH``; the file lies there.
        cache: The folder of the cache; None: nothing is known of the last build.

    Attributes:
        lines: What is written down: part and name → owner.
        diagnostics: What there is to say of the file.
    """

    def __init__(self, content: Path, cache: Path | None = None) -> None:
        self._content = content
        self._path = content / FILE
        self._cache = cache
        self.diagnostics: list[Diagnostic] = []
        self.lines = self._read()

    def _read(self) -> dict[str, str]:
        try:
            text = read_regular(self._path).decode("utf-8-sig")
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError, BrokenSealError):
            hint = "until it can be read, addresses that several files want may change"
            self.diagnostics.append(diagnose("ND141", "is not a readable text file", path=FILE, hint=hint))
            return {}
        lines, problems = parse_lines(text)
        self.diagnostics += problems
        return lines

    def known(self, part: str) -> Known:
        """Return what is known of *part*, such as ``news``."""
        return known_of(self.lines, part, last=lambda: self._last(part))

    def slugs_of_articles(self) -> dict[str, str]:
        """Return file → slug of Pelican's own articles that are still there, as far as it is known.

        Feeds and readers' browsers know them by their slugs, as they know items.
        """
        given = {**self._last("slugs"), **{owner: slug for slug, owner in self.known("slugs").lines.items()}}
        return {owner: slug for owner, slug in given.items() if os.path.lexists(self._content / owner)}

    def unwritten(self, part: str, settled: Settled) -> Iterator[Diagnostic]:
        """Yield what a build would write down."""
        return unwritten(self.lines, part, settled)

    def keep(self, **parts: Settled) -> None:
        """Write down what is new in *parts*, and remember what was given out.

        If that fails, it is reported; the build goes on, and the next one tries again.
        """
        missing: dict[str, str] = {}
        for part, settled in parts.items():
            missing |= _missing(self.lines, part, settled)
        if missing and not self.diagnostics:  # a file that is not understood is its owner's to mend
            self._write(missing)
        if self._cache is not None:
            for part, settled in parts.items():
                name = CACHE_NAME.format(part)
                with suppress(OSError):
                    renew_sealed(self._cache / name, msgspec.msgpack.encode(settled.names), kind=name)

    def _write(self, missing: Mapping[str, str]) -> None:
        keys = {name_key(name) for name in missing}
        lines = {name: owner for name, owner in self.lines.items() if name_key(name) not in keys} | dict(missing)
        try:
            replace_file(self._path, text_of(lines).encode())
        except OSError as error:
            names = ", ".join(sorted(missing))
            reason = error.strerror
            log.warning("%s cannot be written (%s): %s may change when other files come", self._path, reason, names)
        else:
            self.lines = lines
            log.warning("%s: %d addresses are now recorded; commit it", self._path, len(missing))

    def _last(self, part: str) -> dict[str, str]:
        """Return owner → name, as the last build gave them out in *part*; a damaged cache knows nothing."""
        if self._cache is None:
            return {}
        name = CACHE_NAME.format(part)
        return read_packed(self._cache / name, _LAST.decode, kind=name, what="the list of last addresses") or {}


def known_of(lines: Mapping[str, str], part: str, *, last: Callable[[], Mapping[str, str]] = dict) -> Known:
    """Return what *lines* and the *last* build say of one part of a site."""
    start = f"{part}/"
    return Known({name.removeprefix(start): owner for name, owner in lines.items() if name.startswith(start)}, last)


def unwritten(lines: Mapping[str, str], part: str, settled: Settled) -> Iterator[Diagnostic]:
    """Yield what has to be written down beside *lines*."""
    for name, owner in sorted(_missing(lines, part, settled).items()):
        hint = f"run `news-digest build`, and commit {FILE}"
        yield diagnose("ND142", f"{name}: several files want it; {owner} has it now", path=FILE, hint=hint)


def _missing(lines: Mapping[str, str], part: str, settled: Settled) -> dict[str, str]:
    new = {f"{part}/{name}": owner for name, owner in settled.lines.items()}
    return {name: owner for name, owner in new.items() if lines.get(name) != owner}


def parse_lines(text: str) -> tuple[dict[str, str], list[Diagnostic]]:
    """Return name → owner as *text* has them, and what is not understood in it.

    Of two lines for one name the first counts: branches that were merged may both have written one.
    """
    lines: dict[str, str] = {}
    keys: dict[str, str] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        found = _LINE.match(line)
        try:
            name, owner = (
                (msgspec.json.decode(found[part], type=str) for part in ("name", "owner")) if found else ("", "")
            )
        except (TypeError, msgspec.MsgspecError):
            name, owner = "", ""
        if found and found["name"] is None:
            continue
        if not name or not owner:
            hint = 'write "news/lamps": "news/2026/lamps.md"'
            problems.append(diagnose("ND141", "a line that is not understood", path=FILE, line=number, hint=hint))
        elif keys.setdefault(name_key(name), owner) != owner:
            hint = "remove one of the two lines"
            problems.append(diagnose("ND141", f"{name}: appears twice", path=FILE, line=number, hint=hint))
        else:
            lines[name] = owner
    return lines, problems


def text_of(lines: Mapping[str, str]) -> str:
    """Return the file that says *lines*: YAML, in the order of names, one line each, so that branches merge."""
    encode = msgspec.json.encode
    entries = (f"{encode(name).decode()}: {encode(owner).decode()}\n" for name, owner in sorted(lines.items()))
    return _HEAD + "".join(entries)
