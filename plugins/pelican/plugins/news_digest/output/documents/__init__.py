"""What is no template's: feeds, JSON, emails and the style sheet, as bytes."""

from typing import Final

DOORS: Final = ("bundle", "mail", "older_browsers", "feed")
