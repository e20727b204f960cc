"""Which files there are below a folder, and which of them are refused: nothing is opened."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ..errors import Diagnostic, diagnose, printable_path

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


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
        if _is_plain(entry):  # thousands are just this
            if entry.name.lower().endswith(endings):
                yield path
            continue
        is_folder = _is_folder(entry)
        if not is_folder and not entry.name.lower().endswith(endings):
            continue
        if _SURROGATE.search(entry.name):  # what Python makes of bytes that are not UTF-8
            said.append(diagnose("ND102", "the name is not UTF-8", path=printable_path(path), hint="rename it"))
        elif (problem := _refusal(entry, content)) is not None:
            said.append(problem.at(path))
        elif is_folder:
            yield from _walk(content, path, endings, said)
        else:
            yield path


def published_files(content: Path, folders: Sequence[str]) -> Iterator[str]:
    """Yield the files below *folders* that Pelican copies to the same place, in no order; refused ones left out."""
    refused = find_refused(content, folders)
    for root in folders:
        for folder, _, names in os.walk(content / root):
            base = Path(folder).relative_to(content).as_posix()
            paths = (f"{base}/{name}" if base != "." else name for name in names)
            yield from (path for path in paths if path not in refused)


def find_refused(content: Path, folders: Iterable[str], *, without: Iterable[str] = ()) -> dict[str, Diagnostic]:
    """Return what stands below *folders* and is never read or published, by its path: links that lead out or to
    folders, circles, pipes, devices.

    Args:
        content: Pelican's ``PATH``.
        folders: Relative to *content*; ``""`` is *content* itself. Each may be a link.
        without: Folders below them that somebody else looks at, relative to *content*.
    """
    found: dict[str, Diagnostic] = {}
    skipped = {folder.strip("/") for folder in without}
    rest = [folder.strip("/") for folder in folders]
    roots = (content, *(content / folder for folder in rest))
    while rest:
        base = rest.pop()
        try:
            with os.scandir(content / base) as entries:
                for entry in entries:
                    path = f"{base}/{entry.name}".lstrip("/")
                    if path in skipped or path in found:
                        continue
                    problem = _refusal(entry, *roots)
                    if problem is not None:
                        found[path] = problem.at(printable_path(path))
                    elif entry.is_dir(follow_symlinks=False):
                        rest.append(path)
        except OSError:
            continue
    return {path: found[path] for path in sorted(found)}


def _is_plain(entry: os.DirEntry[str]) -> bool:
    """Whether there is nothing to be asked about *entry*: a regular file whose name is ASCII."""
    try:
        return entry.is_file(follow_symlinks=False) and entry.name.isascii()
    except OSError:  # a folder that may be listed and not entered
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link in a circle
        return False


class _Refusal(NamedTuple):
    code: str
    message: str
    hint: str = "copy the files instead"

    def at(self, path: str) -> Diagnostic:
        return diagnose(self.code, self.message, path=path, hint=self.hint)


def _refusal(entry: os.DirEntry[str], *roots: Path) -> _Refusal | None:
    """Return what there is against reading *entry*; None when there is nothing."""
    try:
        if entry.is_symlink():
            if entry.is_dir() or not _lies_in(roots, entry.path):
                return _Refusal("ND115", "a symbolic link that is not followed")
            if not entry.is_file():
                return _Refusal("ND116", "a link to something that is not a regular file")
        elif not (entry.is_dir() or entry.is_file()):
            return _Refusal("ND116", "not a regular file", hint="")
    except OSError as error:
        return _Refusal("ND115", f"a symbolic link that leads nowhere: {error.strerror}")
    return None


def _lies_in(roots: Iterable[Path], path: str) -> bool:
    try:
        target = Path(path).resolve(strict=True)
    except RuntimeError:  # what older Pythons call a circle
        return False
    return any(target.is_relative_to(root.resolve()) for root in roots)
