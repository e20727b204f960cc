"""Pages that list items: home, the latest, topics, sources. ``home`` decides what stands where on the front page."""

DOORS = ("topics",)
