"""The engine room: processes, and what they keep between two builds. Nothing here knows what the work is."""

DOORS = ("workers", "elsewhere", "child", "collector", "kept")
