"""The engine room: processes, and what they keep between two builds. Nothing here knows what the work is."""

from typing import Final

DOORS: Final = ("workers", "elsewhere", "child", "collector", "kept")
