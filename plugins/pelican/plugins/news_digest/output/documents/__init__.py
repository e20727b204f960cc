"""What is no template's: feeds, JSON, emails and the style sheet, as bytes."""

DOORS = ("bundle", "mail", "older_browsers", "feed")
