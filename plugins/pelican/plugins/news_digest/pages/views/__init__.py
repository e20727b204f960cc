"""What templates may read: frozen plain data, a module for each kind of page; ``base`` has what every page has."""

DOORS = ("base", "story", "newsletter")
