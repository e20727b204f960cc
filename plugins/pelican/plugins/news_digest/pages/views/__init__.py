"""What templates may read: frozen plain data, a module for each kind of page; ``base`` has what every page has."""

from typing import Final

DOORS: Final = ("base", "story", "newsletter")
