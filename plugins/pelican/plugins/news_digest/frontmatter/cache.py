"""Parsed items between builds: one file, trusted only as far as it can be checked, never fatal, never pickle."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

import msgspec

from .batch import Batch, FileRecord, LinkPool, LinkTable
from .limits import USUAL_LIMITS, Limits

log = logging.getLogger(__name__)
NAME: Final = "items.msgpack"
_LIBRARIES: Final = ("PyYAML", "python-frontmatter", "msgspec", "Markdown", "nh3", "yaml-rs")


class CacheFile(msgspec.Struct, array_like=True):
    """What is on disk: the code and the settings it was made with, when, and the records."""

    made_with: str
    timezone: str
    seen_ns: int
    batch: Batch


_DECODER: Final = msgspec.msgpack.Decoder(CacheFile)
_HEADER: Final = msgspec.msgpack.Decoder(tuple[str, str, int, msgspec.Raw])


@lru_cache(maxsize=1)
def code_version() -> str:
    """Return what the records depend on beside the files: our own code and the libraries that read them."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted([*package.glob("frontmatter/*.py"), package / "model.py", package / "errors.py"]):
        digest.update(path.read_bytes())
    for name in _LIBRARIES:
        try:
            digest.update(f"{name} {version(name)}".encode())
        except PackageNotFoundError:
            digest.update(name.encode())
    return digest.hexdigest()


class ItemCache:
    """Records of the last build, by path.

    Args:
        folder: Where the cache lives; None keeps nothing.
        timezone, limits: The site's; records made with others are useless.
    """

    def __init__(self, folder: Path | None, *, timezone: str, limits: Limits = USUAL_LIMITS) -> None:
        self._path = folder / NAME if folder else None
        self._timezone = timezone
        self._made_with = f"{code_version()} {limits}"
        self._seen_ns = 0
        self._batch: Batch | None = None
        self.records: dict[str, FileRecord] = self._load()

    def _load(self) -> dict[str, FileRecord]:
        if self._path is None:
            return {}
        try:
            data = self._path.read_bytes()
        except OSError:
            return {}
        try:
            made_with, timezone, _, _ = _HEADER.decode(data)
            if (made_with, timezone) != (self._made_with, self._timezone):
                return {}
            cached = _DECODER.decode(data)
            LinkPool().restore(cached.batch)
        except (msgspec.MsgspecError, IndexError) as error:
            log.warning("the cache of parsed items (%s) is damaged; it is made anew: %s", self._path, error)
            with suppress(OSError):  # so that it is complained of once
                self._path.unlink()
            return {}
        self._seen_ns = cached.seen_ns
        return {record.path: record for record in cached.batch.files}

    def fresh(self, path: Path, *, source_path: str, slug: str) -> FileRecord | None:
        """Return the record of a file that is unchanged since it was read; None when it must be read."""
        record = self.records.get(source_path)
        if record is None or record.slug != slug or record.state is None:
            return None
        try:
            stat = os.stat(path)
        except OSError:
            return None
        return record if record.state.is_still(stat, seen_ns=self._seen_ns) else None

    def save(self, records: list[FileRecord], *, seen_ns: int) -> None:
        """Keep *records* for the next build. A cache that cannot be written is only a slower build."""
        if self._path is None:
            return
        table = LinkTable()
        files = [
            FileRecord(
                path=record.path,
                slug=record.slug,
                state=record.state,
                item=msgspec.structs.replace(record.item, related=()) if record.item else None,
                related=table.positions(record.item.related) if record.item else (),
                is_classic=record.is_classic,
                diagnostics=record.diagnostics,
            )
            for record in records
        ]
        data = msgspec.msgpack.encode(
            CacheFile(self._made_with, self._timezone, seen_ns, Batch(links=table.links, files=files))
        )
        part = self._path.with_suffix(f".{os.getpid()}.part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(data)
            os.replace(part, self._path)
        except OSError as error:
            log.info("the cache of parsed items cannot be written: %s", error)
            with suppress(OSError):
                part.unlink()


def clock_ns() -> int:
    """Return the time by the clock that file times are compared with."""
    return time.time_ns()
