"""Templates: found, compiled, known by a key, rendered."""

DOORS = ("options", "render", "mistakes")
