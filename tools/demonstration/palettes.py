"""Colours that several scenes share. What only one scene shows stands in that scene."""

from __future__ import annotations

FAIR = "#f0c9a4"
OLIVE = "#e8bb95"
TAN = "#d9a37c"
BROWN = "#8a5a44"
SKINS = (FAIR, BROWN, TAN)

PAPER = "#fdf3e0"
SAILCLOTH = "#fdf6e4"
WHITE_PAINT = "#fff7e6"
CREAM_PAINT = "#f7ecd8"

MUSTARD = "#f0c25c"
SUNFLOWER = "#f3c14b"
POPPY = "#e4572e"
SCARLET = "#d8402f"
RED = "#d8503a"
PETROL = "#2f6a78"
SLATE = "#4c5567"
