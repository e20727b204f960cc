"""Provider icons, drawn in a square of 100 by 100."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .palettes import PAPER
from .shapes.animals import fish
from .shapes.buildings import roof

if TYPE_CHECKING:
    from .canvas import Canvas, Scene


def _courier(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#a3291c")
    letter = (
        *((24, 20), (76, 20), (76, 34), (40, 34), (40, 43), (68, 43)),
        *((68, 57), (40, 57), (40, 66), (76, 66), (76, 80), (24, 80)),
    )
    icon.polygon(letter, "#fff6e6")


def _radio(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#123b57")
    for radius in (42, 29):
        icon.arc(50, 66, radius, (205, 335), "#ffc857", 7)
    icon.disc(50, 62, 9, "#ffc857")
    icon.polygon([(46, 66), (54, 66), (60, 92), (40, 92)], "#ffc857")


def _transit(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#f2b632")
    icon.rect(26, 18, 48, 58, "#1f2438", radius=10)
    icon.rect(33, 28, 34, 20, "#f2b632", radius=3)
    icon.disc(38, 62, 5, "#f2b632")
    icon.disc(62, 62, 5, "#f2b632")
    icon.line([(30, 90), (38, 77)], "#1f2438", 6)
    icon.line([(70, 90), (62, 77)], "#1f2438", 6)


def _ledger(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#15443a")
    for x, height in ((20, 24), (38, 38), (56, 32), (74, 58)):
        icon.rect(x - 1, 80 - height, 12, height, "#d9f2c4")
    icon.rect(16, 84, 70, 4, "#d9f2c4")


def _city(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#2a4d8f")
    roof(icon, (18, 44, 64), 24, "#ffffff")
    for x in (24, 39, 54, 69):
        icon.rect(x, 48, 8, 24, "#ffffff")
    icon.rect(18, 75, 64, 7, "#ffffff")


def _food(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#f4e6cf")
    fish(icon, 54, 58, 62, -18, ("#e4572e", "#f6a57a", "#b8401f"))
    for x in (34, 50, 66):
        icon.line([(x + 3 * math.sin(t / 2), 36 - t * 2.2) for t in range(10)], "#6b4a3a", 4)


def _lantern(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#4a2360")
    icon.glow(50, 54, 42, "#ffcf6e", 0.8)
    icon.arc(50, 26, 12, (180, 360), "#f7e6c4", 5)
    icon.rect(32, 26, 36, 8, "#f7e6c4", radius=3)
    icon.polygon([(36, 38), (64, 38), (70, 74), (30, 74)], "#ffd97a")
    icon.rect(47, 38, 6, 36, "#4a2360")
    icon.rect(26, 77, 48, 8, "#f7e6c4", radius=3)


def _digest(icon: Canvas) -> None:
    icon.rect(0, 0, 100, 100, "#0f4c5c")
    icon.ring(50, 24, 12, PAPER, 6)
    icon.rect(46, 34, 8, 48, PAPER)
    icon.rect(32, 42, 36, 7, PAPER, radius=3)
    icon.arc(50, 52, 32, (20, 160), PAPER, 8)
    icon.polygon([(12, 66), (30, 58), (26, 76)], PAPER)
    icon.polygon([(88, 66), (70, 58), (74, 76)], PAPER)


ICONS: dict[str, Scene] = {
    "ellery-courier.example": _courier,
    "harbourradio.example": _radio,
    "transitwatch.example": _transit,
    "wendledger.example": _ledger,
    "cityofportellery.example": _city,
    "saltandsmoke.example": _food,
    "lanternreview.example": _lantern,
    "ellerydigest.example": _digest,
}
