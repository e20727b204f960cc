"""Pages of the documentation that are written from what the code declares; see ``tools/write_reference.py``."""
