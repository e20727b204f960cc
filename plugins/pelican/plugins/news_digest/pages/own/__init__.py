"""Pages about the site itself: the owner's own, search and saved stories, about, status."""

from typing import Final

DOORS: Final = ("pages", "tools", "status", "kinds")
