"""Plain values → one clean item, or the diagnostics that say why not; and the way back, for new files."""
