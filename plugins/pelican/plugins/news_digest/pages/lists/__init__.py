"""Pages that list items: home, the latest, topics, sources."""
