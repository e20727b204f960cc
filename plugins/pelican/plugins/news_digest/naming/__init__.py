"""Names in addresses and on disks: which ones every host takes, and who gets one that several want."""

from typing import Final

DOORS: Final = ("names", "places")
