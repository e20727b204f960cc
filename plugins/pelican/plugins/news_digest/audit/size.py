"""How large a site is, what is largest in it, whether its host accepts it, and how many items hosts have room for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

import msgspec

from ..errors import Diagnostic, diagnose
from ..text.address import parts_of as address_parts

KILO: Final = 1000
# From here on a limit is near.
NEAR_PERCENT: Final = 80
LARGEST: Final = 5


# With fewer items than this, what every site has (topics, sources, the first lists) says more than what items add.
ENOUGH_ITEMS: Final = 200
# A limit further away than this is none.
MANY_ITEMS: Final = 10_000_000
# What a site has once, however many items it holds.
_FIXED: Final = ("theme/", "pagefind/pagefind", "pagefind/wasm")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a host takes; 0 is no limit.

    Attributes:
        total_bytes: Of all files.
        file_bytes: Of one file.
        files: How many files.
        entries: How many files and folders together.
        folder_files: How many files lie in one folder.
    """

    total_bytes: int = 0
    file_bytes: int = 0
    files: int = 0
    entries: int = 0
    folder_files: int = 0


# As the hosts state them; docs/explanation/scale.md links to where. Without "-paid", for sites that cost nothing.
HOSTS: Final = {
    "github-pages": Limits(total_bytes=1_000_000_000),
    "gitlab-pages": Limits(total_bytes=1_000_000_000, entries=200_000),
    "cloudflare-pages": Limits(file_bytes=25 * 1024 * 1024, files=20_000),
    "cloudflare-pages-paid": Limits(file_bytes=25 * 1024 * 1024, files=100_000),
    "netlify": Limits(folder_files=54_000),
    "none": Limits(),
}
# The addresses that a host gives away.
_DOMAINS: Final = {
    ".github.io": "github-pages",
    ".gitlab.io": "gitlab-pages",
    ".pages.dev": "cloudflare-pages",
    ".netlify.app": "netlify",
}
USUAL_HOST: Final = "github-pages"


class Measure(NamedTuple):
    """One thing that a host counts.

    Attributes:
        value: How much of it the site has.
        fixed: How much of that does not grow with the items.
        limit: How much the host takes; 0: as much as there is.
        unit: What is counted; ``""``: bytes.
        hint: Where most of it is.
    """

    value: int
    fixed: int
    limit: int
    unit: str
    hint: str

    def said(self, number: int) -> str:
        """Return *number* of it in words."""
        return f"{number:,} {self.unit}" if self.unit else megabytes(number)


class Reach(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """How many items a host has room for, and which of its limits comes first, in words."""

    items: int
    host: str
    limit: str


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


def host_of(siteurl: str) -> str:
    """Return which of :data:`HOSTS` a site is published on, as its address tells; the usual one where it does not."""
    name = address_parts(siteurl).hostname or ""
    return next((host for domain, host in _DOMAINS.items() if name.endswith(domain)), USUAL_HOST)


def reaches(sizes: Mapping[str, int], *, items: int) -> tuple[Reach, ...]:
    """Return how many items each host has room for, the smallest first; a host without an end in sight is left out.

    Reckoned in proportion: each further item adds as much as the present ones did on average. A limit on single files
    is left out, since the largest file of a site is seldom one that grows.

    Args:
        sizes: Path → bytes of every file.
        items: How many items the site is made from.
    """
    if items < ENOUGH_ITEMS:
        return ()
    found = []
    for host, limits in HOSTS.items():
        first = min(
            (
                (_rounded((m.limit - m.fixed) * items // (m.value - m.fixed)), m)
                for m in _measures(sizes, limits)
                if m.value > m.fixed
            ),
            default=None,
        )
        if first is not None and first[0] < MANY_ITEMS:
            found.append(Reach(items=first[0], host=host, limit=first[1].said(first[1].limit)))
    return tuple(sorted(found))


def check_size(sizes: Mapping[str, int], *, host: str, items: int = 0) -> Iterator[Diagnostic]:
    """Yield what *host*, one of :data:`HOSTS`, will not take, and what it soon will not.

    Args:
        sizes: Path → bytes of every file.
        items: How many items the site is made from; 0: nobody knows.
    """
    limits = HOSTS[host]
    reach = next((reach for reach in reaches(sizes, items=items) if reach.host == host), None)
    room = f"; {host} has room for about {reach.items:,} items, and there are {items:,}" if reach else ""
    for measure in _measures(sizes, limits):
        message = f"the site has {measure.said(measure.value)}; {host} allows {measure.said(measure.limit)}"
        yield from _compare(measure.value, measure.limit, message, f"{measure.hint}{room}")
    for path, size in largest_files(sizes):
        message = f"the file has {megabytes(size)}; {host} allows {megabytes(limits.file_bytes)}"
        yield from _compare(size, limits.file_bytes, message, "make it smaller, or remove it", path=path)


def _measures(sizes: Mapping[str, int], limits: Limits) -> Iterator[Measure]:
    """Yield what *limits* count of a site."""
    fixed = [path for path in sizes if path.startswith(_FIXED)]
    parts = parts_of(sizes)
    if limits.total_bytes:
        largest = ", ".join(f"{part.path} {megabytes(part.bytes)}" for part in parts[:LARGEST])
        once = sum(map(sizes.__getitem__, fixed))
        yield Measure(sum(sizes.values()), once, limits.total_bytes, "", f"largest: {largest}")
    most = ", ".join(
        f"{part.path} {part.files:,}" for part in sorted(parts, key=lambda part: (-part.files, part.path))[:LARGEST]
    )
    if limits.files:
        yield Measure(len(sizes), len(fixed), limits.files, "files", f"most: {most}")
    if limits.entries:
        once = len(fixed) + len(_folders(fixed))
        both = len(sizes) + len(_folders(sizes))
        yield Measure(both, once, limits.entries, "files and folders", f"most files: {most}")
    if limits.folder_files:
        inside = Counter(path.rpartition("/")[0] for path in sizes)
        folder, count = min(inside.items(), key=lambda pair: (-pair[1], pair[0]), default=("", 0))
        yield Measure(count, 0, limits.folder_files, "files in one folder", f"it is {folder or 'the top'}")


def _folders(paths: Iterable[str]) -> set[str]:
    """Return every folder that *paths* lie in."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _rounded(count: int) -> int:
    """Return *count* with two digits that say something, and never more than it is."""
    unit = int(10 ** max(len(str(max(count, 0))) - 2, 0))
    return int(max(count, 0) // unit * unit)


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
