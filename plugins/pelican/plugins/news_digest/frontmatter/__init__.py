"""Text in, clean items out: the only door to YAML, and to the Markdown of an item's body."""
