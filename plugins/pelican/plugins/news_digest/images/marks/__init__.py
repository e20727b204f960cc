"""The pictures that a site is known by, its logo and its icon: files of the owner's that settings name."""

DOORS = ("mark", "icon")
