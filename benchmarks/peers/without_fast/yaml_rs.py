"""Stands before the real one on the path: as if the extra ``fast`` were not installed."""

raise ImportError(__name__)
