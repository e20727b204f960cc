"""Names in addresses and on disks: which ones every host takes, and who gets one that several want."""

DOORS = ("names", "places")
