"""Feeds: which there are, what they contain, and the page that lists them."""
