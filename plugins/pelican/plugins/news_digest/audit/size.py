"""How large a site is, what is largest in it, and whether its host accepts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from ..errors import Diagnostic, diagnose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

KILO: Final = 1000
# From here on a limit is near.
NEAR_PERCENT: Final = 80
LARGEST: Final = 5


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a host takes; 0 is no limit.

    Attributes:
        total_bytes: Of all files.
        file_bytes: Of one file.
        files: How many files.
    """

    total_bytes: int = 0
    file_bytes: int = 0
    files: int = 0


# As the hosts state them for sites that cost nothing.
HOSTS: Final = {
    "github-pages": Limits(total_bytes=1_000_000_000),
    "gitlab-pages": Limits(total_bytes=1_000_000_000),
    "cloudflare-pages": Limits(file_bytes=25 * 1024 * 1024, files=20_000),
    "none": Limits(),
}


class Part(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A folder or a file at the top of a site."""

    bytes: int
    path: str
    files: int


def parts_of(sizes: Mapping[str, int]) -> tuple[Part, ...]:
    """Return the folders and files at the top, largest first.

    Args:
        sizes: Path → bytes of every file.
    """
    found: dict[str, list[int]] = {}
    for path, size in sizes.items():
        first, slash, _ = path.partition("/")
        found.setdefault(first + slash, []).append(size)
    parts = (Part(bytes=sum(each), path=path, files=len(each)) for path, each in found.items())
    return tuple(sorted(parts, key=lambda part: (-part.bytes, part.path)))


def largest_files(sizes: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Return path and bytes of the five largest files."""
    return tuple(sorted(sizes.items(), key=lambda item: (-item[1], item[0]))[:LARGEST])


def check_size(sizes: Mapping[str, int], *, host: str) -> Iterator[Diagnostic]:
    """Yield what *host*, one of :data:`HOSTS`, will not take, and what it soon will not."""
    limits = HOSTS[host]
    largest = ", ".join(f"{part.path} {megabytes(part.bytes)}" for part in parts_of(sizes)[:LARGEST])
    total = sum(sizes.values())
    yield from _compare(
        total,
        limits.total_bytes,
        f"the site has {megabytes(total)}; {host} allows {megabytes(limits.total_bytes)}",
        f"largest: {largest}",
    )
    folders = sorted(parts_of(sizes), key=lambda part: (-part.files, part.path))[:LARGEST]
    most = ", ".join(f"{part.path} {part.files:,}" for part in folders)
    yield from _compare(
        len(sizes), limits.files, f"the site has {len(sizes):,} files; {host} allows {limits.files:,}", f"most: {most}"
    )
    for path, size in largest_files(sizes):
        message = f"the file has {megabytes(size)}; {host} allows {megabytes(limits.file_bytes)}"
        yield from _compare(size, limits.file_bytes, message, "make it smaller, or remove it", path=path)


def megabytes(size: int) -> str:
    """Return *size* bytes for people: ``812 B``, ``3.4 kB``, ``1.2 GB``."""
    number, unit = float(size), "B"
    for larger in ("kB", "MB", "GB"):
        if number < KILO:
            break
        number, unit = number / KILO, larger
    return f"{size} B" if unit == "B" else f"{number:.1f} {unit}"


def _compare(value: int, limit: int, message: str, hint: str, *, path: str = "output") -> Iterator[Diagnostic]:
    if limit and value > limit:
        yield diagnose("ND502", message, path=path, hint=hint)
    elif limit and value * 100 > limit * NEAR_PERCENT:
        yield diagnose("ND503", message, path=path, hint=hint)
