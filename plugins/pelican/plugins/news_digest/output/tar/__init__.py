"""A site as one tar, without an output folder: its members, where each lies, and what of the last one is still good."""

DOORS = ("stage", "known", "pack")
