"""Templates: found, compiled, known by a key, rendered."""
