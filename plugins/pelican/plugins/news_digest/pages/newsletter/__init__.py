"""The newsletter: editions of days and weeks, and old emails as they were sent."""

from typing import Final

DOORS: Final = ("editions",)
