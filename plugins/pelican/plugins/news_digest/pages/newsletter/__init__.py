"""The newsletter: editions of days and weeks, and old mails as they were sent."""

from typing import Final

DOORS: Final = ("editions",)
