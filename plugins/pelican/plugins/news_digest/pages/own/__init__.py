"""Pages about the site itself: the owner's own, search and saved stories, about, status."""

DOORS = ("pages", "tools", "status", "kinds")
