"""Measurements → a plot as SVG: time and memory of cold builds by the number of items, both on log scales.

The colours are of middle lightness and the ground is clear, so that it reads on a light page and on a dark one; each
line has a mark of its own beside its colour.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from report import NAMES

if TYPE_CHECKING:
    from report import Result, SetResults

WIDTH, HEIGHT, GAP = 340, 240, 80
LEFT, TOP = 60, 40
INK = "#7a7a7a"
STYLE = f'font-family="system-ui, sans-serif" font-size="12" fill="{INK}"'
COLOURS = {"us": "#2f7fd8", "us-pyyaml": "#2a9a8a", "hugo": "#d0518f", "pelican": "#b8862b"}
DASHES = {"us": "", "us-pyyaml": "6 3", "hugo": "", "pelican": "2 3"}


@dataclass(frozen=True)
class Axis:
    """A log scale from one power of ten to another, on so many points of the paper."""

    low: int
    high: int
    length: float

    @classmethod
    def around(cls, values: Sequence[float], length: float) -> Axis:
        """Return the scale that holds *values*."""
        low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        return cls(low, max(high, low + 1), length)

    def at(self, value: float) -> float:
        """Return where *value* is."""
        return (math.log10(value) - self.low) / (self.high - self.low) * self.length

    @property
    def ticks(self) -> list[float]:
        """The powers of ten."""
        return [10.0**power for power in range(self.low, self.high + 1)]


def draw_chart(sets: Sequence[SetResults]) -> str:
    """Return the plot; archives that belong to no series stand as hollow marks."""
    width = LEFT + 2 * WIDTH + GAP + 20
    peers = [peer for peer in COLOURS if any(found.of(peer, "cold") for found in sets)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {TOP + HEIGHT + 80}" role="img" {STYLE}>',
        "<title>Time and memory of a cold build, by the number of items</title>",
    ]
    if peers:
        parts += _panel(sets, peers, x=LEFT, title="cold build, seconds", value=lambda result: result.wall)
        parts += _panel(sets, peers, x=LEFT + WIDTH + GAP, title="peak memory, MiB", value=lambda result: result.peak)
    for number, peer in enumerate(peers):
        parts += _legend(peer, x=LEFT + number * 200, y=TOP + HEIGHT + 62)
    return "\n".join([*parts, "</svg>", ""])


def _panel(
    sets: Sequence[SetResults], peers: Sequence[str], *, x: float, title: str, value: Callable[[Result], float]
) -> list[str]:
    cold = [(found, peer, result) for found in sets for peer in peers if (result := found.of(peer, "cold"))]
    across = Axis.around([found.items for found, _, _ in cold], WIDTH)
    up = Axis.around([value(result) for _, _, result in cold], HEIGHT)
    parts = [f'<g transform="translate({x} {TOP})">', _text(0, -14, title, anchor="start")]
    for tick in up.ticks:
        y = HEIGHT - up.at(tick)
        parts.append(f'<path d="M0 {y:.1f}H{WIDTH}" stroke="{INK}" stroke-opacity=".35"/>')
        parts.append(_text(-8, y + 4, f"{tick:,g}", anchor="end"))
    parts += [_text(across.at(tick), HEIGHT + 20, f"{tick:,.0f}") for tick in across.ticks]
    parts.append(_text(WIDTH / 2, HEIGHT + 38, "items"))
    for peer in peers:
        points = sorted(
            (across.at(found.items), HEIGHT - up.at(value(result)), found.is_invented)
            for found, name, result in cold
            if name == peer
        )
        line = " ".join(f"{left:.1f},{top:.1f}" for left, top, is_invented in points if is_invented)
        parts.append(_line(peer, line))
        parts += [_mark(peer, left, top, is_hollow=not is_invented) for left, top, is_invented in points]
    return [*parts, "</g>"]


def _legend(peer: str, *, x: float, y: float) -> list[str]:
    name = NAMES[peer].replace("`", "")
    return [_line(peer, f"{x},{y} {x + 24},{y}"), _mark(peer, x + 12, y), _text(x + 32, y + 4, name, anchor="start")]


def _line(peer: str, points: str) -> str:
    dash = f' stroke-dasharray="{DASHES[peer]}"' if DASHES[peer] else ""
    return f'<polyline points="{points}" fill="none" stroke="{COLOURS[peer]}" stroke-width="2"{dash}/>'


def _mark(peer: str, x: float, y: float, *, is_hollow: bool = False) -> str:
    fill = "none" if is_hollow else COLOURS[peer]
    style = f'fill="{fill}" stroke="{COLOURS[peer]}" stroke-width="2"'
    match peer:
        case "us":
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" {style}/>'
        case "us-pyyaml":
            return f'<path d="M{x:.1f} {y - 5:.1f}l5 9h-10z" {style}/>'
        case "hugo":
            return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" {style}/>'
    return f'<path d="M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5z" {style}/>'


def _text(x: float, y: float, text: str, *, anchor: str = "middle") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
