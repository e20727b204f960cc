"""Pictures: which of the many that items name are worth showing, and where they are. A build only looks; pictures are
fetched and made by a command, before it.
"""

DOORS = ("plan", "pictures", "own", "index", "own_pictures")
