"""The newsletter: editions of days and weeks, and old emails as they were sent."""

DOORS = ("editions",)
