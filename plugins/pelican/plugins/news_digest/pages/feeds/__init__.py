"""Feeds: which there are, what stands in them, and the page that lists them."""
