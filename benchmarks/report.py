"""Measurements → Markdown: medians, ratios, memory, pages a second, growth."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from peer import Usage

# Whom each program is compared with: one that makes the same site.
BASES = {"us-whole": "hugo-pagefind", "hugo-pagefind": "hugo-pagefind"}
BASE = "hugo"
NAMES = {
    "us": "News Digest",
    "us-pyyaml": "News Digest, without `fast`",
    "hugo": "Hugo",
    "pelican": "plain Pelican",
    "us-whole": "News Digest as it comes",
    "hugo-pagefind": "Hugo, then Pagefind",
}
MODES = {
    "cold": "cold",
    "same": "no change",
    "edit": "one edit",
    "add": "one addition in the middle",
    "day": "a day's news",
    "template": "article template edited",
}
BEGIN, END = "<!-- results -->", "<!-- end of results -->"


@dataclass
class Result:
    """The runs of one program in one mode."""

    peer: str
    mode: str
    usages: list[Usage]

    @property
    def wall(self) -> float:
        """The median, in seconds."""
        return median(usage.wall for usage in self.usages)

    @property
    def cpu(self) -> float:
        """The median, in seconds."""
        return median(usage.cpu for usage in self.usages)

    @property
    def peak(self) -> float:
        """The median, in MiB."""
        return median(usage.peak for usage in self.usages)

    @property
    def all_peak(self) -> float | None:
        """The median of what all processes have together, in MiB, where the system says it."""
        peaks = [usage.all_peak for usage in self.usages if usage.all_peak is not None]
        return median(peaks) if peaks else None

    @property
    def first(self) -> float | None:
        """The median of the seconds until there was a page, where there had been none."""
        waits = [usage.first for usage in self.usages if usage.first is not None]
        return median(waits) if waits else None


@dataclass
class SetResults:
    """Everything that was measured with one archive.

    Attributes:
        size: Bytes of front matter.
        pages: Program → what it wrote.
    """

    name: str
    items: int
    size: int
    runs: int
    machine: str
    pages: dict[str, dict[str, int]]
    results: list[Result]

    @classmethod
    def load(cls, stored: dict[str, Any]) -> SetResults:
        """Return what was written as JSON."""
        results = [Result(r["peer"], r["mode"], [Usage(**u) for u in r["usages"]]) for r in stored.pop("results")]
        return cls(**stored, results=results)

    def of(self, peer: str, mode: str) -> Result | None:
        """Return one program's runs in one mode."""
        return next((r for r in self.results if (r.peer, r.mode) == (peer, mode)), None)

    @property
    def is_invented(self) -> bool:
        """Whether it is one of a series that differ only in their length."""
        return self.name[0].isdigit()


def make_report(sets: Sequence[SetResults]) -> str:
    """Return the whole report."""
    machines = dict.fromkeys(found.machine for found in sets)
    parts = [f"Measured on {machine}." for machine in machines]
    parts += [_table(found) for found in sets]
    growth = _growth([found for found in sets if found.is_invented])
    return "\n\n".join([*parts, *([growth] if growth else [])]) + "\n"


def name_of(peer: str) -> str:
    """Return what the row of a :attr:`peer.Peer.name` is called: the program, and the Python it was run by."""
    program, _, python = peer.partition("@")
    return ", ".join(filter(None, (NAMES[program], python)))


def _table(found: SetResults) -> str:
    columns = (
        "wall | ÷ Hugo | first page | CPU | a page | peak memory | ÷ Hugo | all processes | HTML pages | pages/s | MB/s"
    )
    lines = [
        f"### {found.name}: {found.items:,} items, {found.size / 1e6:,.1f} MB of front matter",
        "",
        f"Medians of {found.runs} (in brackets: fastest to slowest).",
        "",
        f"| build | program | {columns} |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for result in found.results:
        base = found.of(BASES.get(result.peer.partition("@")[0], BASE), result.mode)
        walls = [usage.wall for usage in result.usages]
        pages = found.pages[result.peer]
        html = pages["html"]
        cells = [
            MODES[result.mode],
            name_of(result.peer),
            f"{result.wall:.2f} s ({min(walls):.2f}–{max(walls):.2f})",
            f"{result.wall / base.wall:.2f}" if base else "",
            "" if result.first is None else f"{result.first:.2f} s",
            f"{result.cpu:.2f} s",
            f"{1000 * result.cpu / html:.2f} ms",
            f"{result.peak:.0f} MiB",
            f"{result.peak / base.peak:.2f}" if base else "",
            "" if result.all_peak is None else f"{result.all_peak:.0f} MiB",
            f"{html:,}",
            f"{html / result.wall:,.0f}",
            f"{pages.get('size', 0) / result.wall / 1e6:,.1f}",
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _growth(sets: Sequence[SetResults]) -> str:
    """Return the exponents of growth between the smallest and the largest archive, and for each step."""
    ordered = sorted(sets, key=lambda found: found.items)
    steps = list(pairwise(ordered))
    if not steps:
        return ""
    lines = [
        "### Growth",
        "",
        "The exponent between two archives: 1 means that twice the items take twice as much, 2 four times as much.",
        "",
        "| build | program | from → to | wall | CPU | memory |",
        "|---|---|---|--:|--:|--:|",
    ]
    for mode, mode_name in MODES.items():
        for peer in dict.fromkeys(result.peer for found in ordered for result in found.results):
            for small, large in steps:
                before, after = small.of(peer, mode), large.of(peer, mode)
                if before and after:
                    pairs = ((before.wall, after.wall), (before.cpu, after.cpu), (before.peak, after.peak))
                    powers = [f"{exponent(small.items, large.items, *pair):.2f}" for pair in pairs]
                    cells = [mode_name, name_of(peer), f"{small.name} → {large.name}", *powers]
                    lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def exponent(small: float, large: float, before: float, after: float) -> float:
    """Return by which power of the size something grew: the slope between two points on paper with log scales."""
    return math.log(after / before) / math.log(large / small)


def publish(report: str, chart: str, *, docs: Path) -> None:
    """Put table and plot into the documentation, in the place of those that are there."""
    page = docs / "explanation" / "speed.md"
    text = page.read_text(encoding="utf-8")
    picture = "![Time and memory of a cold build, by the number of items](../images/speed.svg)"
    made = f"{BEGIN}\n\n{picture}\n\n{report}\n{END}"
    text, found = re.subn(f"{BEGIN}.*{END}", lambda _: made, text, flags=re.DOTALL)
    if not found:
        problem = f"{page.name} has no place for results"
        raise ValueError(problem)
    page.write_text(text, encoding="utf-8")
    images = docs / "images"
    images.mkdir(exist_ok=True)
    (images / "speed.svg").write_text(chart, encoding="utf-8")
