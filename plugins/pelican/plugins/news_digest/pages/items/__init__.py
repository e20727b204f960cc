"""What belongs to one item: its page, its share card, its pictures."""

from typing import Final

DOORS: Final = ("cards",)
