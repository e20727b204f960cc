"""Text in, clean items out: the only door to YAML, and to the Markdown of an item's body. ``reader`` reads a whole
archive, from the cache where nothing changed; what cannot be used becomes a diagnostic with file and line.
"""

DOORS = ("reader", "cache", "mails", "classic", "addresses")
