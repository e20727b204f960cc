"""The demonstration digest in a real browser."""
