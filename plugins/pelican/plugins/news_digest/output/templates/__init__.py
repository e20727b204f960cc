"""Templates: found, compiled, known by a key, rendered."""

from typing import Final

DOORS: Final = ("options", "render", "mistakes")
