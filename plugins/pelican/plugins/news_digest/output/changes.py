"""What differs between the output folder and what was sent from it: for programs that send files or empty caches.

The list goes on from what is known to have been sent, and from nothing else: two builds before one sending are one
list, and where nobody knows what was sent all of the site is listed.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import msgspec

from ..disk.files import FileState
from ..disk.sealed import name_for, read_packed, replace_file, write_sealed

log = logging.getLogger(__name__)
FORMAT: Final = 1
KIND: Final = "sent files"
# What the list is called once all that it says was done.
SENT: Final = ".sent"
_INDEX: Final = "index.html"
# By its name: what a site's own settings call a feed has one of these words in it, too.
_FEED: Final = re.compile(
    r"feeds/.*\.xml | (?:.*/)?[^/]*(?:atom|feed|rss)[^/]*\.xml | (?:.*/)?feed\.json | feeds/all\.json", re.VERBOSE
)


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """All files of a site: what each was when it was read, its digest being the whole SHA-256."""

    files: dict[str, FileState] = {}

    def name(self) -> str:
        """Return what this site is called: equal names, equal files."""
        digest = hashlib.sha256()
        for path, state in sorted(self.files.items()):
            digest.update(f"{state.digest.hex()}  {path}\n".encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


class _Memory(msgspec.Struct, array_like=True):
    """What is remembered: the site that was sent last, and the one that was listed last."""

    format: int
    seen_ns: int
    sent: Listed
    listed: Listed


_DECODER: Final = msgspec.msgpack.Decoder(_Memory)


def write_changes(output: Path, target: Path, *, cache: Path | None, seen_ns: int) -> None:
    """Write to *target* how *output*, a folder or a tar, differs from what was sent.

    Args:
        target: A file outside *output*. Beside it, with ``.sent`` added to its name, lies the list that was sent last.
        cache: The plugin's folder in Pelican's ``CACHE_PATH``; None: nothing is known, and everything is listed.
        seen_ns: The time before the first file was looked at.

    Raises:
        OSError: A file cannot be read, or *target* cannot be written.
        tarfile.TarError: *output* is a file, and no tar.
    """
    name = name_for(target.resolve())
    path = cache / f"changes-{name}.msgpack" if cache else None
    memory = read_packed(path, _DECODER.decode, kind=KIND, what="the list of sent files") if path else None
    if memory is None or memory.format != FORMAT:
        memory = _Memory(FORMAT, 0, Listed(), Listed())
    now = survey(output, memory.listed, seen_ns=memory.seen_ns) if output.is_dir() else survey_tar(output)
    known = {site.name(): site for site in (memory.sent, memory.listed) if site.files}
    sent = known.get(_sent_name(target.with_name(f"{target.name}{SENT}")))
    replace_file(target, changes_text(now, sent).encode())
    if path:
        memory = _Memory(FORMAT, seen_ns, sent or Listed(), now)
        try:
            write_sealed(path, msgspec.msgpack.encode(memory), kind=KIND)
        except OSError as error:
            log.info("the list of sent files cannot be saved: %s", error)


def survey(output: Path, last: Listed, *, seen_ns: int) -> Listed:
    """Return all files below *output*; one that is still what *last* says is not read again.

    Args:
        seen_ns: When *last* was made.

    Raises:
        OSError: A file cannot be read.
    """
    found: dict[str, FileState] = {}
    for path in _files(os.fspath(output)):
        place = os.path.join(output, path)
        stat, known = os.stat(place), last.files.get(path)
        if known is None or not known.is_still(stat, seen_ns=seen_ns):
            with open(place, "rb") as file:
                known = FileState.of(stat, hashlib.file_digest(file, "sha256").digest())
        found[path] = known
    return Listed(found)


def survey_tar(tar: Path) -> Listed:
    """Return all files in *tar*. Each is read: where it lies there, and when it was put there, says nothing of it.

    Raises:
        OSError: It cannot be read.
        tarfile.TarError: It is no tar.
    """
    found: dict[str, FileState] = {}
    with tarfile.open(tar) as archive:
        for member in archive:
            if (file := archive.extractfile(member)) is not None:
                path = member.name.removeprefix("./")
                found[path] = FileState(member.size, 0, 0, 0, hashlib.sha256(file.read()).digest())
    return Listed(found)


def changed_feeds(text: str) -> tuple[str, ...]:
    """Return the feeds that a list of changes calls new or changed: their addresses below the site's, percent-encoded.

    Feeds of the whole site come first.

    Args:
        text: What :func:`changes_text` returned.

    Raises:
        ValueError: It is no such list.
    """
    try:
        found = json.loads(text)
        lines = (*found["new"], *found["changed"])
        addresses = {line["address"] for line in lines if _FEED.fullmatch(line["path"])}
    except (KeyError, TypeError) as error:
        raise ValueError(f"no list of changes: {error}") from error
    return tuple(sorted(addresses, key=lambda address: (address.count("/"), address)))


def changes_text(now: Listed, sent: Listed | None) -> str:
    """Return how *now* differs from *sent*, as JSON with a line for each file, in the order of their paths.

    Args:
        sent: None: nobody knows what was sent, so every file is new.
    """
    before: Mapping[str, FileState] = sent.files if sent else {}
    both = now.files.keys() & before.keys()
    parts = {
        "new": _lines(now, now.files.keys() - both),
        "changed": _lines(now, (path for path in both if now.files[path].digest != before[path].digest)),
        "gone": _lines(sent, before.keys() - both) if sent else [],
    }
    head = [f'"format": {FORMAT}', f'"site": "{now.name()}"', f'"since": {json.dumps(sent.name() if sent else None)}']
    lists = [f'"{name}": [{",".join(lines)}\n]' if lines else f'"{name}": []' for name, lines in parts.items()]
    return "{\n" + ",\n".join((*head, *lists)) + "\n}\n"


def _lines(site: Listed, paths: Iterable[str]) -> list[str]:
    return [f"\n{json.dumps(_line(path, site.files[path]))}" for path in sorted(paths)]


def _line(path: str, state: FileState) -> dict[str, Any]:
    address = path.removesuffix(_INDEX) if path == _INDEX or path.endswith(f"/{_INDEX}") else path
    shown = quote(address, errors="surrogateescape")
    return {"path": path, "address": shown, "bytes": state.size, "sha256": state.digest.hex()}


def _sent_name(path: Path) -> str:
    """Return the site that the list at *path* is about; ``""`` where there is none that can be read."""
    try:
        found = json.loads(path.read_bytes())
        return str(found["site"])
    except FileNotFoundError:
        return ""
    except (OSError, ValueError, KeyError, TypeError):
        log.warning("%s is no list of changes; all files are listed", path)
        return ""


def _files(output: str) -> Iterator[str]:
    for base, _, names in os.walk(output):
        below = os.path.relpath(base, output).replace(os.sep, "/")
        for name in names:
            yield name if below == "." else f"{below}/{name}"
