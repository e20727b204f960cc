"""Files of the content folder: which there are, what is in them, and whether one is still what it was."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import msgspec

from ..errors import ContentError, Diagnostic, diagnose, printable_path
from .text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARKDOWN: Final = (".md", ".markdown", ".mkd", ".mdown")
YAML: Final = (".yaml", ".yml")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SLUG: Final = re.compile(r"\w[\w.-]*\Z")
# File systems keep times in steps of some milliseconds, and clocks of other machines differ.
RACY_NS: Final = 2_000_000_000


class FileState(msgspec.Struct, frozen=True, array_like=True):
    """What a file was when it was read: enough to know it again without reading it."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    digest: bytes

    def is_still(self, stat: os.stat_result, *, seen_ns: int) -> bool:
        """Whether *stat* shows the same, untouched file, which was last looked at at *seen_ns*.

        A change within the same tick of the clock would leave the times as they are; so a file that was young
        when it was read is never trusted.
        """
        return (
            self.size == stat.st_size
            and self.mtime_ns == stat.st_mtime_ns
            and self.ctime_ns == stat.st_ctime_ns
            and self.inode == stat.st_ino
            and max(self.mtime_ns, self.ctime_ns) + RACY_NS < seen_ns
        )


def digest_of(data: bytes) -> bytes:
    """Return a digest of *data*: 16 bytes of BLAKE2b."""
    return hashlib.blake2b(data, digest_size=16).digest()


def find_files(
    content: Path, folder: str, endings: tuple[str, ...], *, said: list[Diagnostic] | None = None
) -> list[str]:
    """Return the files below *folder* with one of *endings*, hidden ones left out, in the order of their paths.

    A symbolic link is followed to a file inside *content* only: one to a folder may lead in a circle, and one that
    leads out would publish what lies elsewhere. *folder* itself may be a link.

    Args:
        content: Pelican's ``PATH``.
        folder: Relative to *content*.
        endings: In lower case, with their dots.
        said: Gets a diagnostic for everything that was left out and is not hidden.
    """
    said = [] if said is None else said
    return sorted(_walk(content, folder, endings, said))


def _walk(content: Path, base: str, endings: tuple[str, ...], said: list[Diagnostic]) -> Iterator[str]:
    try:
        with os.scandir(content / base) as found:
            entries = list(found)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith((".", "#")):
            continue
        path = f"{base}/{entry.name}"
        is_folder = entry.is_dir()
        if not is_folder and not entry.name.lower().endswith(endings):
            continue
        if _SURROGATE.search(entry.name):  # what Python makes of bytes that are not UTF-8
            said.append(diagnose("ND102", "the name is not UTF-8", path=printable_path(path), hint="rename it"))
        elif entry.is_symlink():
            if is_folder or not _lies_in(content, entry.path):
                said.append(diagnose("ND115", "a symbolic link that is not followed", path=path, hint="copy the files"))
            else:
                yield path
        elif is_folder:
            yield from _walk(content, path, endings, said)
        elif entry.is_file():
            yield path


def _lies_in(content: Path, path: str) -> bool:
    return Path(path).resolve().is_relative_to(content.resolve())


def read_file(path: Path, *, source_path: str) -> tuple[str, FileState]:
    r"""Return a file's text (UTF-8, a byte-order mark dropped, every line end ``\n``) and its state.

    Raises:
        ContentError: The file cannot be read, or is not UTF-8; the diagnostic names the line.
    """
    try:
        with open(path, "rb") as file:
            stat = os.fstat(file.fileno())
            data = file.read()
    except OSError as error:
        raise ContentError(diagnose("ND102", f"cannot be read: {error.strerror}", path=source_path)) from None
    state = FileState(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, digest_of(data))
    return decode_text(data, source_path=source_path), state


def decode_text(data: bytes, *, source_path: str) -> str:
    r"""Return *data* as text: UTF-8, a byte-order mark dropped, every line end ``\n``.

    Raises:
        ContentError: It is not UTF-8; the diagnostic names the line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = diagnose("ND102", "not UTF-8", path=source_path, line=line, hint="save the file as UTF-8")
        raise ContentError(problem) from None
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def item_address(slug: str) -> str:
    """Return the site-relative address of an item's page; characters outside ASCII are percent-encoded."""
    return f"news/{quote(slug)}/"


def stem_of(path: str) -> str:
    """Return a file's name without its ending."""
    return path.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def choose_slugs(paths: Sequence[str]) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    """Return path → slug, each one once in any case, and what had to be changed for it.

    The slug is the file's stem. One that cannot be an address is mended; of files with the same stem the first in
    the order of paths keeps it and the others get a number; so do names that differ in case alone, whose pages would
    be one file on many disks.
    """
    slugs: dict[str, str] = {}
    said: list[Diagnostic] = []
    taken: set[str] = set()
    for path in paths:
        stem = unicodedata.normalize("NFC", stem_of(path))
        wanted = stem if _SLUG.match(stem) else slugify(stem) or "item"
        if wanted != stem:
            said.append(
                diagnose("ND113", f"{stem!r} became {wanted!r}", path=path, hint="use letters, digits, '-' and '_'")
            )
        slug, number = wanted, 1
        while slug.casefold() in taken:
            number += 1
            slug = f"{wanted}-{number}"
        if number > 1:
            said.append(
                diagnose("ND112", f"{wanted!r} is taken; this file is {slug!r}", path=path, hint="rename one of them")
            )
        taken.add(slug.casefold())
        slugs[path] = slug
    return slugs, tuple(said)
